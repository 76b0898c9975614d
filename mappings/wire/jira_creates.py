"""Jira's answers around making things: create dialogs, bulk creates, link types, remote links."""

import re

import msgspec

from mappings.records import CreatedIssue, IssueTypeRecord, RemoteLinkRecord
from mappings.team_text import TeamText
from mappings.wire.refusal import Refusal, refusal
from mappings.wire.shape import (
    NOTHING,
    BoundaryError,
    Page,
    Wire,
    decoded,
    either,
    identifier,
    issue_key,
    level_of,
    named,
)

_GLOBAL_ID = re.compile(r"okr:[0-9A-Za-z:/-]{1,250}")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}")
_CREATE_FIELDS = frozenset({"assignee", "description", "labels"})


class _Created(Wire):
    id: str | int
    key: str


class _Failed(Wire):
    failed_element_number: int
    status: int | None = None
    element_errors: msgspec.Raw = NOTHING


class _Bulk(Wire):
    issues: list[_Created] = msgspec.field(default_factory=list)
    errors: list[_Failed] = msgspec.field(default_factory=list)


class _OfferedType(Wire):
    id: str | int
    name: str
    hierarchy_level: int | None = None
    subtask: bool = False


class _OfferedTypes(Wire):
    issue_types: list[_OfferedType] | None = None  # of Cloud
    values: list[_OfferedType] | None = None  # of Data Center
    start_at: int = 0
    total: int | None = None


class _OfferedField(Wire):
    field_id: str | None = None
    key: str | None = None


class _OfferedFields(Wire):
    fields: list[_OfferedField] | None = None  # of Cloud
    values: list[_OfferedField] | None = None  # of Data Center
    start_at: int = 0
    total: int | None = None


class _LinkType(Wire):
    name: str = ""


class _LinkTypes(Wire):
    issue_link_types: list[_LinkType]


class _Target(Wire):
    url: str = ""
    title: str = ""


class _RemoteLink(Wire):
    global_id: str | None = None
    object: _Target | None = None


_BULK = msgspec.json.Decoder(_Bulk)
_TYPES = msgspec.json.Decoder(_OfferedTypes)
_FIELDS = msgspec.json.Decoder(_OfferedFields)
_LINK_TYPES = msgspec.json.Decoder(_LinkTypes)
_REMOTE_LINKS = msgspec.json.Decoder(list[_RemoteLink] | _RemoteLink)


def created_issues(answer: bytes, drafts: int) -> tuple[CreatedIssue | Refusal, ...]:
    """One outcome for each of so many drafts, in their order; a BoundaryError where the numbers do not match."""
    bulk = decoded(answer, _BULK)
    failed = {failure.failed_element_number: _refused(failure) for failure in bulk.errors}
    if len(bulk.issues) + len(failed) != drafts or not failed.keys() <= set(range(drafts)):
        raise BoundaryError
    made = iter([CreatedIssue(id=identifier(issue.id), key=issue_key(issue.key)) for issue in bulk.issues])
    return tuple(failed[number] if number in failed else next(made) for number in range(drafts))


def refused_creates(answer: bytes, drafts: int) -> tuple[Refusal, ...]:
    """Of a bulk create that made nothing: what each of so many drafts is refused for; any bytes give an outcome."""
    whole = refusal(answer)
    try:
        failed = {failure.failed_element_number: _refused(failure) for failure in decoded(answer, _BULK).errors}
    except BoundaryError:
        failed = {}
    return tuple(failed.get(number, whole) for number in range(drafts))


def _refused(failure: _Failed) -> Refusal:
    inner = refusal(bytes(failure.element_errors))
    return Refusal(fields=inner.fields, title_taken=inner.title_taken, version=inner.version, status=failure.status)


def issue_types_page(answer: bytes) -> Page[IssueTypeRecord]:
    """One page of the issue types that a project's create dialog offers."""
    offered = decoded(answer, _TYPES)
    kinds = either(offered.issue_types, offered.values)
    records = tuple(IssueTypeRecord(id=identifier(kind.id), name=kind.name, level=_level(kind)) for kind in kinds)
    return Page(records=records, next=_after(offered.start_at, len(records), offered.total))


def _level(kind: _OfferedType) -> int:
    return level_of(kind.hierarchy_level, kind.name, subtask=kind.subtask)


def create_fields_page(answer: bytes) -> Page[str]:
    """One page of a create screen: of assignee, description and labels, those on it."""
    offered = decoded(answer, _FIELDS)
    fields = either(offered.fields, offered.values)
    present = _CREATE_FIELDS & {field.field_id or field.key or "" for field in fields}
    return Page(records=tuple(sorted(present)), next=_after(offered.start_at, len(fields), offered.total))


def _after(start: int, count: int, total: int | None) -> str | None:
    return str(start + count) if count and total is not None and start + count < total else None


def link_types(answer: bytes, names: frozenset[str]) -> frozenset[str]:
    """Of these names, those that are link types of the site."""
    return named((kind.name for kind in decoded(answer, _LINK_TYPES).issue_link_types), names)


def remote_links(answer: bytes) -> tuple[RemoteLinkRecord, ...]:
    """The remote links of ours, whether one was asked for or all; those of others do not exist here."""
    found = decoded(answer, _REMOTE_LINKS)
    records = (_remote_link(link) for link in (found if isinstance(found, list) else [found]))
    return tuple(record for record in records if record is not None)


def _remote_link(link: _RemoteLink) -> RemoteLinkRecord | None:
    target = link.object
    if target is None or not _GLOBAL_ID.fullmatch(link.global_id or "") or not _WEB_ADDRESS.fullmatch(target.url):
        return None
    return RemoteLinkRecord(global_id=link.global_id or "", url=target.url, title=TeamText(target.title))
