"""Confluence Data Center's answers: content of the first version of its interface, counted through by offset."""

import re

import msgspec

from mappings.records import ChildRecord, DraftRecord, PageRecord, PageVersion, SpaceRecord
from mappings.team_text import TeamText
from mappings.wire.confluence_shape import (
    CURRENT,
    Listed,
    Space,
    Written,
    children_in,
    draft,
    for_teams,
    labels_in,
    listed,
    numbered,
    only_in_query,
    version_of,
    versions_in,
)
from mappings.wire.shape import BoundaryError, Page, Wire, decoded, identifier

_PICTURE_ID = re.compile(r"(?:att)?[0-9]{1,20}")
_OFFSET = re.compile(r"[0-9]{1,9}")
_TRASHED = "trashed"


class _Identified(Wire):
    id: str | int


class _Space(Space, kw_only=True):
    homepage: _Identified | None = None


class _Spaces(Listed, kw_only=True):
    results: list[_Space]


class _Page(Written, kw_only=True):
    space: _Identified
    ancestors: list[_Identified] = msgspec.field(default_factory=list)


class _Pages(Listed, kw_only=True):
    results: list[_Page]


class _Standing(Wire):
    ancestors: list[_Identified]


class _Picture(Wire):
    id: str


class _Pictures(Listed, kw_only=True):
    results: list[_Picture]


_SPACES = msgspec.json.Decoder(_Spaces)
_PAGES = msgspec.json.Decoder(_Pages)
_ONE_PAGE = msgspec.json.Decoder(_Page)
_STANDING = msgspec.json.Decoder(_Standing)
_PICTURES = msgspec.json.Decoder(_Pictures)


def content_spaces(answer: bytes) -> Page[SpaceRecord]:
    """Some spaces; personal and archived ones do not exist here."""
    spaces = decoded(answer, _SPACES)
    return listed(spaces, tuple(_space(space) for space in spaces.results if for_teams(space)), _start)


def content_versions(answer: bytes) -> Page[PageVersion]:
    """Which versions of some pages are current; trashed pages do not exist here."""
    return versions_in(answer, _start)


def content_pages(answer: bytes) -> Page[PageRecord]:
    """Some current pages with their bodies; a page without a body is no answer to what was asked."""
    pages = decoded(answer, _PAGES)
    return listed(pages, tuple(_page(page) for page in pages.results if page.status == CURRENT), _start)


def content_put_away(answer: bytes) -> Page[PageRecord]:
    """Some pages in the trash, as current ones are read elsewhere."""
    pages = decoded(answer, _PAGES)
    return listed(pages, tuple(_page(page) for page in pages.results if page.status == _TRASHED), _start)


def content_page(answer: bytes) -> PageRecord:
    """One version of a page with its body."""
    return _page(decoded(answer, _ONE_PAGE))


def content_draft(answer: bytes) -> DraftRecord:
    """A page as its editor would show it."""
    return draft(decoded(answer, _ONE_PAGE))


def content_version(answer: bytes) -> PageVersion:
    """What a create or an update confirms."""
    return version_of(answer)


def content_children(answer: bytes) -> Page[ChildRecord]:
    """Some current pages below a page."""
    return children_in(answer, _start)


def content_labels(answer: bytes) -> Page[str]:
    """Some labels of a page: the global ones that can be ours."""
    return labels_in(answer, _start)


def content_line(answer: bytes) -> tuple[str, ...]:
    """The ids of what stands above a page, the topmost first."""
    return tuple(identifier(one.id) for one in decoded(answer, _STANDING).ancestors)


def pictures(answer: bytes) -> Page[str]:
    """Ids of the files below a page that were asked for by name; who put them there does not exist here."""
    found = decoded(answer, _PICTURES)
    ids = tuple(picture.id for picture in found.results)
    if not all(map(_PICTURE_ID.fullmatch, ids)):
        raise BoundaryError
    return listed(found, ids, _start)


def _start(link: str | None) -> str | None:
    start = only_in_query(link, "start")
    if start is not None and not _OFFSET.fullmatch(start):
        raise BoundaryError
    return start


def _space(space: _Space) -> SpaceRecord:
    homepage = None if space.homepage is None else identifier(space.homepage.id)
    return SpaceRecord(id=identifier(space.id), key=space.key, homepage=homepage)


def _page(page: _Page) -> PageRecord:
    dated = numbered(page)
    return PageRecord(
        id=dated.id,
        version=dated.version,
        space=identifier(page.space.id),
        parent=identifier(page.ancestors[-1].id) if page.ancestors else None,
        title=TeamText(page.title),
        body=TeamText(page.body.storage.value),
    )
