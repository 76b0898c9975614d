"""Confluence Cloud's answers: spaces, pages, children, labels."""

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
from mappings.wire.declared import declared
from mappings.wire.shape import Page, continuation, decoded, identifier

_PUT_AWAY = frozenset({"trashed", "archived"})


class _Space(Space, kw_only=True):
    homepage_id: str | int | None = None


class _Spaces(Listed, kw_only=True):
    results: list[_Space]


class _Page(Written, kw_only=True):
    space_id: str | int
    parent_id: str | int | None = None


class _Pages(Listed, kw_only=True):
    results: list[_Page]


_SPACES = msgspec.json.Decoder(_Spaces)
_PAGES = msgspec.json.Decoder(_Pages)
_ONE_PAGE = msgspec.json.Decoder(_Page)


def spaces_page(answer: bytes) -> Page[SpaceRecord]:
    """Some spaces; personal and archived ones do not exist here."""
    spaces = decoded(answer, _SPACES)
    return listed(spaces, tuple(_space(space) for space in spaces.results if for_teams(space)), _cursor)


def versions_page(answer: bytes) -> Page[PageVersion]:
    """Which versions of some pages are current; trashed and archived pages do not exist here."""
    return versions_in(answer, _cursor)


def pages_page(answer: bytes) -> Page[PageRecord]:
    """Some current pages with their bodies; a page without a body is no answer to what was asked."""
    pages = decoded(answer, _PAGES)
    return listed(pages, tuple(_page(page) for page in pages.results if page.status == CURRENT), _cursor)


def pages_put_away(answer: bytes) -> Page[PageRecord]:
    """Some pages in the trash or the archive, as current ones are read elsewhere."""
    pages = decoded(answer, _PAGES)
    return listed(pages, tuple(_page(page) for page in pages.results if page.status in _PUT_AWAY), _cursor)


def page(answer: bytes) -> PageRecord:
    """One page with its body."""
    return _page(decoded(answer, _ONE_PAGE))


def page_draft(answer: bytes) -> DraftRecord:
    """A page as its editor would show it."""
    return draft(decoded(answer, _ONE_PAGE))


def page_version(answer: bytes) -> PageVersion:
    """What a create or an update confirms."""
    return version_of(answer)


def children_page(answer: bytes) -> Page[ChildRecord]:
    """Some current pages below a page; whiteboards, folders and databases are left out."""
    return children_in(answer, _cursor)


def labels_page(answer: bytes) -> Page[str]:
    """Some labels of a page: the global ones that can be ours."""
    return labels_in(answer, _cursor)


def _cursor(link: str | None) -> str | None:
    cursor = only_in_query(link, "cursor")
    return None if cursor is None else continuation(cursor)


def _space(space: _Space) -> SpaceRecord:
    homepage = None if space.homepage_id is None else identifier(space.homepage_id)
    return SpaceRecord(id=identifier(space.id), key=space.key, homepage=homepage)


def _page(page: _Page) -> PageRecord:
    dated = numbered(page)
    return PageRecord(
        id=dated.id,
        version=dated.version,
        space=identifier(page.space_id),
        parent=None if page.parent_id in (None, "") else identifier(page.parent_id or ""),
        title=TeamText(page.title),
        body=TeamText(page.body.storage.value),
    )


def pages_paths() -> frozenset[str]:
    """What of an answer with pages, or with one, is looked at."""
    return declared(_Pages) | declared(_Page)
