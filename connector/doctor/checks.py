"""What one look brought: fine, a question, or something that will fail."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from connector.errors import ConnectorError


class Outcome(StrEnum):
    """The three ways a look can end."""

    OK = "ok"
    QUESTION = "question"
    FAILED = "failed"


class Name(StrEnum):
    """The closed list of what is looked at."""

    SETTINGS = "settings"
    BOOK = "book"
    DATABASE = "database"
    ACCOUNT = "account"
    TOKEN = "token"  # noqa: S105 (a name, no secret)
    JIRA = "jira"
    RELEASE = "release"
    EXCESS = "excess"
    SCOPES = "scopes"
    PROJECT = "project"
    PERMISSIONS = "permissions"
    ISSUE_TYPES = "issue-types"
    CREATE_SCREEN = "create-screen"
    DEFAULT_ASSIGNEE = "default-assignee"
    HIERARCHY = "hierarchy"
    LINK_TYPES = "link-types"
    PAGES = "pages"
    SOURCES = "sources"
    EPICS = "epics"
    ASSIGNED = "assigned"
    CONFLUENCE = "confluence"
    SPACE = "space"
    SPACE_PERMISSIONS = "space-permissions"
    HOME = "home"
    QUOTA = "quota"
    CLOCK = "clock"
    DOOR = "door"
    WEBHOOKS = "webhooks"
    DELIVERIES = "deliveries"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One look; a question or a failure says what, where, why in one clause, and two ways on."""

    name: Name
    outcome: Outcome
    what: str
    where: str = ""
    why: str = ""
    options: tuple[str, ...] = ()


def fine(name: Name, what: str, where: str = "") -> Check:
    """Nothing to do."""
    return Check(name=name, outcome=Outcome.OK, what=what, where=where)


def question(name: Name, what: str, where: str, why: str, *options: str) -> Check:
    """Works, and somebody should decide about it."""
    return Check(name=name, outcome=Outcome.QUESTION, what=what, where=where, why=why, options=options)


def failing(name: Name, what: str, where: str, why: str, *options: str) -> Check:
    """Will fail as it is now."""
    return Check(name=name, outcome=Outcome.FAILED, what=what, where=where, why=why, options=options)


def refused(name: Name, error: ConnectorError, where: str = "") -> Check:
    """An error of the house as the failure it announces."""
    advice = error.advice
    return failing(name, advice.what, where or advice.where, advice.why, *advice.options)


def will_fail(checks: Iterable[Check]) -> bool:
    """Whether at least one look found something that will fail."""
    return any(check.outcome is Outcome.FAILED for check in checks)
