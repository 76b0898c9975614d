"""Jira's issues as searches and bulk reads send them: epics, issues of ours, or ids alone."""

import re
from collections.abc import Iterable

import msgspec

from mappings.epics import Epic, StatusCategory
from mappings.records import IssueRecord, LinkRecord, MarkRecord
from mappings.team_text import TeamText
from mappings.wire.declared import declared
from mappings.wire.shape import (
    NOTHING,
    BoundaryError,
    Flaw,
    Page,
    Record,
    Wire,
    continuation,
    decoded,
    identifier,
    issue_key,
    lenient,
    named,
    optional_key,
    our_labels,
    project_of,
)

_EPIC_LEVEL = 1
_CATEGORIES = {category.value: category for category in StatusCategory}
_REF = re.compile(r"[0-9A-Za-z-]{1,80}(?:/[0-9A-Za-z-]{1,80}){1,5}")
_DIGEST = re.compile(r"[0-9a-f]{20}")  # as sync writes it; no account id has this form
_LEFT_OUT = re.compile(r"LIMIT|TRUNC", re.IGNORECASE)


class _Category(Wire):
    key: str | None = None


class Status(Wire):
    """A status as far as its category."""

    status_category: _Category | None = None


class _Type(Wire):
    hierarchy_level: int | None = None


class _Keyed(Wire):
    key: str | None = None


class _LinkType(Wire):
    name: str = ""


class Link(Wire):
    """One link, with whichever end is the other one."""

    id: str | int | None = None
    type: _LinkType | None = None
    inward_issue: _Keyed | None = None
    outward_issue: _Keyed | None = None


class _Fields(Wire):
    issuetype: _Type | None = None
    status: Status | None = None
    parent: _Keyed | None = None
    labels: list[str] | None = None
    summary: str | None = None
    issuelinks: list[Link] | None = None


class _Mark(Wire):
    ref: str | None = None
    digest: str | None = None


class _Properties(Wire):
    okr: msgspec.Raw = NOTHING  # anybody may write it, so it is read leniently


class _Issue(Wire):
    id: str | int
    key: str
    fields: _Fields
    properties: _Properties | None = None


class _Warning(Wire):
    type: str = ""


class _Identified(Wire):
    id: str | int


class _Continued(Wire):
    next_page_token: str | None = None
    is_last: bool | None = None
    warnings: msgspec.Raw = NOTHING


class _Search(_Continued, kw_only=True):
    issues: list[_Issue]


class _IdSearch(_Continued, kw_only=True):
    issues: list[_Identified]


class _Fetched(Wire):
    issues: list[_Issue]


_WARNINGS = msgspec.json.Decoder(list[_Warning])
_SEARCH = msgspec.json.Decoder(_Search)
_ID_SEARCH = msgspec.json.Decoder(_IdSearch)
_FETCHED = msgspec.json.Decoder(_Fetched)
_MARK = msgspec.json.Decoder(_Mark)


def epics_page(answer: bytes, labels: frozenset[str]) -> Page[Epic]:
    """One page of a search for epics: issues of hierarchy level 1 and above, with those of the labels they carry."""
    search = decoded(answer, _SEARCH)
    return _page(search, _epics(search.issues, labels))


def fetched_epics(answer: bytes, labels: frozenset[str]) -> tuple[Epic, ...]:
    """The epics among bulk-fetched issues; what the site could not give is absent."""
    return _epics(decoded(answer, _FETCHED).issues, labels)


def issues_page(answer: bytes, link_types: frozenset[str]) -> Page[IssueRecord]:
    """One page of a search for issues of ours; links of other than the named types have an empty type."""
    search = decoded(answer, _SEARCH)
    return _page(search, tuple(_issue(issue, link_types) for issue in search.issues))


def fetched_issues(answer: bytes, link_types: frozenset[str]) -> tuple[IssueRecord, ...]:
    """Bulk-fetched issues of ours; what the site could not give is absent."""
    return tuple(_issue(issue, link_types) for issue in decoded(answer, _FETCHED).issues)


def ids_page(answer: bytes) -> Page[str]:
    """One page of a search for ids."""
    search = decoded(answer, _ID_SEARCH)
    return _page(search, tuple(identifier(issue.id) for issue in search.issues))


def _page(search: _Continued, records: tuple[Record, ...]) -> Page[Record]:
    token = None if search.is_last else continuation(search.next_page_token)
    if search.is_last is False and token is None:
        raise BoundaryError(Flaw.UNREADABLE)  # more is announced and cannot be had: a half answer
    warnings = lenient(search.warnings, _WARNINGS) or []
    return Page(records=records, next=token, partial=any(_LEFT_OUT.search(warning.type) for warning in warnings))


def _epics(issues: list[_Issue], labels: frozenset[str]) -> tuple[Epic, ...]:
    return tuple(_epic(issue, labels) for issue in issues if _level(issue) >= _EPIC_LEVEL)


def _level(issue: _Issue) -> int:
    issue_type = issue.fields.issuetype
    level = issue_type.hierarchy_level if issue_type else None
    return 0 if level is None else level


def _epic(issue: _Issue, labels: frozenset[str]) -> Epic:
    key = issue_key(issue.key)
    fields = issue.fields
    return Epic(
        id=identifier(issue.id),
        key=key,
        project=project_of(key),
        status=category_of(fields.status),
        parent=optional_key(fields.parent.key) if fields.parent else None,
        labels=named(fields.labels or (), labels),
    )


def category_of(status: Status | None) -> StatusCategory:
    """One of the three categories of Jira, whatever a status is called."""
    category = status.status_category if status else None
    return _CATEGORIES.get((category.key if category else None) or "", StatusCategory.OTHER)


def _issue(issue: _Issue, link_types: frozenset[str]) -> IssueRecord:
    key = issue_key(issue.key)
    mark = mark_of(issue.properties.okr if issue.properties else NOTHING)
    return IssueRecord(
        id=identifier(issue.id),
        key=key,
        project=project_of(key),
        ref=mark.ref,
        digest=mark.digest,
        summary=TeamText(issue.fields.summary or ""),
        labels=our_labels(issue.fields.labels or ()),
        links=links_of(issue.fields.issuelinks or (), link_types),
    )


def mark_of(part: msgspec.Raw | bytes) -> MarkRecord:
    """Ref and digest of a mark of ours; anybody may write one, so that of another form is none."""
    mark = lenient(part, _MARK)
    return MarkRecord(
        ref=_matching(_REF, mark.ref if mark else None), digest=_matching(_DIGEST, mark.digest if mark else None)
    )


def _matching(pattern: re.Pattern[str], value: str | None) -> str | None:
    return value if value is not None and pattern.fullmatch(value) else None


def links_of(links: Iterable[Link], link_types: frozenset[str]) -> tuple[LinkRecord, ...]:
    """Links of an issue, without those to issues that are hidden from us."""
    return tuple(filter(None, (_link(link, link_types) for link in links)))


def _link(link: Link, link_types: frozenset[str]) -> LinkRecord | None:
    """None where the issue at the other end is hidden from us."""
    end = link.outward_issue or link.inward_issue
    other = optional_key(end.key) if end else None
    if other is None or link.id is None:
        return None
    known = named((link.type.name,), link_types) if link.type else frozenset()
    return LinkRecord(id=identifier(link.id), type=next(iter(known), ""), other=other)


def issues_paths() -> frozenset[str]:
    """What of a search's or a bulk read's answer is looked at."""
    return declared(_Search) | declared(_Fetched)
