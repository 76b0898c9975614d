"""Jira's way of saying no."""

from collections.abc import Mapping
from typing import Any


class JiraRefusal(Exception):  # an answer of the imitation, not an error of it
    """A request that Jira answers with an error, in the shape of its error collection."""

    def __init__(
        self,
        status: int,
        *messages: str,
        errors: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status}")
        self.status = status
        self.messages = list(messages)
        self.errors = dict(errors or {})
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        """The error collection as sent."""
        return {"errorMessages": self.messages, "errors": self.errors}


def unreadable() -> JiraRefusal:
    """The refusal of a body whose shape is not the documented one."""
    return JiraRefusal(400, "Invalid request payload. Refer to the REST API documentation and try again.")


def no_issue() -> JiraRefusal:
    """The refusal for an issue that is gone, was never there, or may not be seen."""
    return JiraRefusal(404, "Issue does not exist or you do not have permission to see it.")


def no_project(key: str) -> JiraRefusal:
    """The refusal for a project that is not there or may not be seen."""
    return JiraRefusal(404, f"No project could be found with key '{key}'.")


def off_screen(field: str) -> str:
    """The reason given for a field that the screen does not show."""
    return f"Field '{field}' cannot be set. It is not on the appropriate screen, or unknown."
