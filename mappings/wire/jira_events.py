"""Jira's events, of Cloud, Server and Data Center, with a body or without: which issues to look at."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import msgspec

from mappings.hints import IssueHint
from mappings.wire.declared import declared
from mappings.wire.shape import NOTHING, Wire, decoded, lenient, named, optional_id, optional_key, project_of

_OF_ISSUES = ("jira:issue_", "issue_property_", "comment_", "worklog_", "attachment_", "issuelink_", "jira:worklog_")
_PROJECT = re.compile(r"[A-Z][A-Z0-9_]{0,19}")
_ISSUE_WITHIN = re.compile(r"/rest/api/[23]/issue/([0-9]{1,20})/comment/")
_PARENTS = frozenset({"Parent", "IssueParentAssociation", "Epic Link"})
_BELONGING = _PARENTS | {"Key", "labels"}
_HIGHEST = 20  # levels; a site has a handful
_SUB_TASK = -1

VARIABLES: Final = ("issue", "key", "project")
"""Names in the address where the body is excluded: `?issue={issue.id}&key={issue.key}&project={project.key}`."""


class _Type(Wire):
    hierarchy_level: int | None = None
    subtask: bool = False


class _Keyed(Wire):
    key: str | None = None


class _Fields(Wire):
    issuetype: _Type | None = None
    project: _Keyed | None = None
    parent: _Keyed | None = None
    labels: list[str] | None = None


class _Issue(Wire):
    id: str | int | None = None
    key: str | None = None
    fields: _Fields | None = None


class _Change(Wire):
    field: str | None = None
    from_string: msgspec.Raw = NOTHING  # decoded only where it says where an issue belonged


class _Changes(Wire):
    items: list[_Change] | None = None


class _Comment(Wire):
    self: str | None = None


class _Worklog(Wire):
    issue_id: str | int | None = None


class _Ends(Wire):
    source_issue_id: str | int | None = None
    destination_issue_id: str | int | None = None


class _Event(Wire):
    webhook_event: str | None = None
    issue: _Issue | None = None
    changelog: msgspec.Raw = NOTHING
    issue_link: _Ends | None = None
    worklog: _Worklog | None = None
    comment: _Comment | None = None


_NO_FIELDS = _Fields()
_EVENT = msgspec.json.Decoder(_Event)
_CHANGES = msgspec.json.Decoder(_Changes)
_TEXT = msgspec.json.Decoder(str)


def jira_event(body: bytes, variables: Mapping[str, str], labels: frozenset[str]) -> tuple[IssueHint, ...]:
    """The issues an event is about, those at both ends of a link, and where one was moved from; empty: nothing of ours.

    An empty body is one that the site was told to leave out: the address says which issue. Labels that an issue lost
    count as well, for the teams that named them.
    """
    if not body.strip():
        return from_address(variables)
    event = decoded(body, _EVENT)
    if event.webhook_event is not None and not event.webhook_event.startswith(_OF_ISSUES):
        return ()
    if event.issue is not None:
        return _hints(event.issue, event.changelog, labels)
    return tuple(IssueHint(id=known) for known in _ids(event)) or from_address(variables)


def from_address(variables: Mapping[str, str]) -> tuple[IssueHint, ...]:
    """The issue that the address names; empty where no variable was filled in."""
    given = {name: variables.get(name, "") for name in VARIABLES}
    key = optional_key(given["key"]) or optional_key(given["issue"])
    number = optional_id(given["issue"])
    if key is None and number is None:
        return ()
    project = project_of(key) if key else _project(given["project"])
    return (IssueHint(id=number, key=key, project=project),)


def _hints(issue: _Issue, changelog: msgspec.Raw, labels: frozenset[str]) -> tuple[IssueHint, ...]:
    number, key = optional_id(issue.id), optional_key(issue.key)
    if number is None and key is None:
        return ()
    fields = issue.fields or _NO_FIELDS
    changed = _changed(changelog) if changelog is not NOTHING else []
    told = [*(fields.labels or ()), *(_lost(changed) if changed else ())]
    hint = IssueHint(
        id=number,
        key=key,
        project=project_of(key) if key else _project(fields.project.key if fields.project else None),
        level=_level(fields.issuetype) if fields.issuetype else None,
        labels=named(told, labels) if told else frozenset(),
        parent=optional_key(fields.parent.key) if fields.parent else None,
    )
    return (hint, *_earlier(hint, changed)) if changed else (hint,)


def _level(kind: _Type) -> int | None:
    level = kind.hierarchy_level
    if level is None:
        return _SUB_TASK if kind.subtask else None
    return level if _SUB_TASK <= level <= _HIGHEST else None


def _project(key: str | None) -> str | None:
    return key if key is not None and _PROJECT.fullmatch(key) else None


def _changed(changelog: msgspec.Raw) -> list[tuple[str, str]]:
    """Of the fields that say where an issue belongs, what stood there before; no other field's values are decoded."""
    changes = lenient(changelog, _CHANGES)
    belonging = [change for change in (changes.items if changes else None) or () if change.field in _BELONGING]
    return [(change.field or "", lenient(change.from_string, _TEXT) or "") for change in belonging]


def _lost(changed: list[tuple[str, str]]) -> list[str]:
    return [label for field, before in changed if field == "labels" for label in before.split()]


def _earlier(hint: IssueHint, changed: list[tuple[str, str]]) -> Iterator[IssueHint]:
    for field, before in changed:
        key = optional_key(before)
        if key is not None and field == "Key":
            yield replace(hint, key=key, project=project_of(key))
        elif key is not None and field in _PARENTS:
            yield replace(hint, parent=key)


def _ids(event: _Event) -> Iterator[str]:
    found: list[str | int | None] = []
    if event.issue_link is not None:
        found += (event.issue_link.source_issue_id, event.issue_link.destination_issue_id)
    if event.worklog is not None:
        found.append(event.worklog.issue_id)
    if event.comment is not None:
        within = _ISSUE_WITHIN.search(event.comment.self or "")
        found.append(within[1] if within else None)
    yield from dict.fromkeys(known for known in map(optional_id, found) if known is not None)


def jira_paths() -> frozenset[str]:
    """What of a body is looked at."""
    return declared(_Event) | declared(_Changes, "changelog")
