"""What an Automation rule sends in our documented form: `{"event", "issue", "project"}` or `{"event", "page"}`."""

from collections.abc import Mapping

import msgspec

from mappings.hints import IssueHint, PageHint
from mappings.wire.confluence_events import page_of
from mappings.wire.declared import declared
from mappings.wire.jira_events import from_address
from mappings.wire.shape import Wire, decoded


class _Named(Wire):
    id: str | int | None = None
    key: str | None = None


class _Call(Wire):
    issue: str | int | _Named | None = None
    key: str | None = None
    project: str | int | _Named | None = None
    page: str | int | _Named | None = None


_CALL = msgspec.json.Decoder(_Call)


def automation_event(body: bytes, variables: Mapping[str, str]) -> tuple[IssueHint | PageHint, ...]:
    """The issue or page a rule names, by id or key; empty where it names none. What the event was is not asked.

    A rule that sends a whole issue or page instead of the documented form is understood by its id and key alone.
    """
    if not body.strip():
        return (*from_address(variables), *page_of(variables.get("page")))
    call = decoded(body, _CALL)
    named = call.issue if isinstance(call.issue, _Named) else _Named()
    issue = named.id if isinstance(call.issue, _Named) else call.issue
    given = {"issue": _text(issue), "key": call.key or named.key or "", "project": _key(call.project)}
    return (*from_address(given), *page_of(call.page.id if isinstance(call.page, _Named) else call.page))


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)


def _key(project: str | int | _Named | None) -> str:
    return (project.key or "") if isinstance(project, _Named) else _text(project)


def automation_paths() -> frozenset[str]:
    """What of a body is looked at."""
    return declared(_Call)
