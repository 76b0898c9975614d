"""Jira Data Center's answers where they differ: searches by offset, our mark by itself, fields of epics."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic

import msgspec

from mappings.epics import Epic
from mappings.records import EpicFields, IssueRecord, MarkRecord
from mappings.team_text import TeamText
from mappings.wire.jira_issues import Link, Status, category_of, links_of, mark_of
from mappings.wire.shape import (
    NOTHING,
    BoundaryError,
    Record,
    Wire,
    decoded,
    identifier,
    is_epic,
    issue_key,
    lenient,
    named,
    optional_key,
    our_labels,
    project_of,
)

_CUSTOM_FIELD = re.compile(r"customfield_[0-9]{1,10}")
_EPIC_NAME = "com.pyxis.greenhopper.jira:gh-epic-label"
_PARENT_LINK = "com.atlassian.jpo:jpo-custom-field-parent"
_CLOUD = "cloud"


class _Type(Wire):
    name: str = ""


class _Fields(Wire):
    issuetype: _Type | None = None
    status: Status | None = None
    labels: list[str] | None = None
    summary: str | None = None
    issuelinks: list[Link] | None = None


class _Properties(Wire):
    okr: msgspec.Raw = NOTHING


class _Found(Wire):
    id: str | int
    key: str
    fields: msgspec.Raw = NOTHING
    properties: _Properties | None = None  # only where an issue is read by itself


class _Search(Wire):
    issues: list[_Found]
    start_at: int = 0
    total: int = 0
    max_result_window: int | None = None


class _Above(Wire):
    key: str | None = None


class _Nested(Wire):
    data: _Above | None = None
    key: str | None = None


class _Schema(Wire):
    custom: str | None = None


class _Field(Wire):
    id: str
    schema: _Schema | None = None


class _Server(Wire):
    deployment_type: str = ""
    version_numbers: tuple[int, ...] = ()


_SEARCH = msgspec.json.Decoder(_Search)
_FIELDS = msgspec.json.Decoder(_Fields)
_BY_FIELD = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ABOVE = msgspec.json.Decoder(str | _Nested)
_FIELD_LIST = msgspec.json.Decoder(list[_Field])
_ONE = msgspec.json.Decoder(_Found)
_WRITTEN = msgspec.json.Decoder(str)
_SERVER = msgspec.json.Decoder(_Server)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch(Generic[Record]):
    """Some records of a longer answer that is counted through."""

    records: tuple[Record, ...]
    keys: tuple[str, ...]  # of all issues in it, whether they became records or not
    end: int  # how many of the whole are read with it
    total: int  # of the whole
    window: int | None  # beyond so many the site refuses to count; None: it does not say


def found_epics(answer: bytes, labels: frozenset[str], fields: EpicFields) -> Stretch[Epic]:
    """A stretch of a search for epics; where the site has no Epic Name, those whose type is called Epic."""
    search = decoded(answer, _SEARCH)
    return _stretch(search, _epics(search.issues, labels, fields))


def found_issues(answer: bytes, link_types: frozenset[str]) -> Stretch[IssueRecord]:
    """A stretch of a search for issues of ours; their marks do not come with it."""
    search = decoded(answer, _SEARCH)
    return _stretch(search, (_issue(found, link_types) for found in search.issues))


def found_ids(answer: bytes) -> Stretch[str]:
    """A stretch of a search for ids."""
    search = decoded(answer, _SEARCH)
    return _stretch(search, (identifier(found.id) for found in search.issues))


def found_issue(answer: bytes, link_types: frozenset[str]) -> IssueRecord:
    """One issue that was read by itself, with its mark."""
    found = decoded(answer, _ONE)
    mark = _mark(found.properties.okr if found.properties else NOTHING)
    return replace(_issue(found, link_types), ref=mark.ref, digest=mark.digest, marked=True)


def epic_fields(answer: bytes) -> EpicFields:
    """Of the site's fields, those by which epics are told; names of fields do not exist here."""
    known = {field.schema.custom: field.id for field in decoded(answer, _FIELD_LIST) if field.schema}
    return EpicFields(name=_field_id(known.get(_EPIC_NAME)), above=_field_id(known.get(_PARENT_LINK)))


def is_cloud(answer: bytes) -> bool:
    """Whether the server says that it is Cloud."""
    return decoded(answer, _SERVER).deployment_type.casefold() == _CLOUD


def server_version(answer: bytes) -> tuple[int, int]:
    """Major and minor version of the server; zeros where it does not say them."""
    major, minor, *_ = (*decoded(answer, _SERVER).version_numbers, 0, 0)
    return major, minor


def _stretch(search: _Search, records: Iterable[Record]) -> Stretch[Record]:
    if search.start_at < 0 or search.total < 0:
        raise BoundaryError
    keys = tuple(issue_key(found.key) for found in search.issues)
    return Stretch(
        records=tuple(records),
        keys=keys,
        end=search.start_at + len(keys),
        total=search.total,
        window=search.max_result_window if search.max_result_window and search.max_result_window > 0 else None,
    )


def _epics(issues: Iterable[_Found], labels: frozenset[str], by: EpicFields) -> Iterator[Epic]:
    for found in issues:
        fields = decoded(bytes(found.fields), _FIELDS)
        if by.name is None and not is_epic(fields.issuetype.name if fields.issuetype else ""):
            continue
        key = issue_key(found.key)
        yield Epic(
            id=identifier(found.id),
            key=key,
            project=project_of(key),
            status=category_of(fields.status),
            parent=_parent(found, by.above),
            labels=named(fields.labels or (), labels),
        )


def _parent(found: _Found, field: str | None) -> str | None:
    """What a Parent Link names: a key, or a thing with a key."""
    value = (lenient(found.fields, _BY_FIELD) or {}).get(field or "")
    above = None if value is None else lenient(value, _ABOVE)
    if isinstance(above, _Nested):
        return optional_key(above.key or (above.data.key if above.data else None))
    return optional_key(above)


def _issue(found: _Found, link_types: frozenset[str]) -> IssueRecord:
    key = issue_key(found.key)
    fields = decoded(bytes(found.fields), _FIELDS)
    return IssueRecord(
        id=identifier(found.id),
        key=key,
        project=project_of(key),
        ref=None,
        digest=None,
        summary=TeamText(fields.summary or ""),
        labels=our_labels(fields.labels or ()),
        links=links_of(fields.issuelinks or (), link_types),
        marked=False,
    )


def _mark(value: msgspec.Raw) -> MarkRecord:
    """Whether it comes as JSON or as a text of JSON."""
    written = lenient(value, _WRITTEN)
    return mark_of(value if written is None else written.encode())


def _field_id(name: str | None) -> str | None:
    return name if name is not None and _CUSTOM_FIELD.fullmatch(name) else None
