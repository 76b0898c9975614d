"""Confluence Cloud's answers: spaces, pages, children, labels."""

import re
from urllib.parse import parse_qs, urlsplit

import msgspec

from mappings.records import ChildRecord, DraftRecord, PageRecord, PageVersion, SpaceRecord
from mappings.team_text import TeamText
from mappings.wire.declared import declared
from mappings.wire.shape import BoundaryError, Page, Record, Wire, continuation, decoded, identifier, our_labels

_SPACE_KEY = re.compile(r"[0-9A-Za-z_.-]{1,255}")  # the key of a personal space begins with ~
_CURRENT, _PUT_AWAY = "current", frozenset({"trashed", "archived"})
_HIDDEN_SPACES = frozenset({"personal", "archived"})


class _Links(Wire):
    next: str | None = None


class _Listed(Wire):
    links: _Links | None = msgspec.field(name="_links", default=None)


class _Space(Wire):
    id: str | int
    key: str
    homepage_id: str | int | None = None
    type: str | None = None
    status: str | None = None


class _Spaces(_Listed, kw_only=True):
    results: list[_Space]


class _Number(Wire):
    number: int


class _Dated(Wire):
    id: str | int
    version: _Number
    status: str = _CURRENT


class _DatedPages(_Listed, kw_only=True):
    results: list[_Dated]


class _Storage(Wire):
    value: str


class _Body(Wire):
    storage: _Storage


class _Page(Wire):
    id: str | int
    version: _Number
    space_id: str | int
    title: str
    body: _Body
    status: str = _CURRENT
    parent_id: str | int | None = None


class _Pages(_Listed, kw_only=True):
    results: list[_Page]


class _Child(Wire):
    id: str | int
    status: str = _CURRENT
    type: str = "page"
    title: str = ""


class _Children(_Listed, kw_only=True):
    results: list[_Child]


class _Label(Wire):
    name: str
    prefix: str = "global"


class _Labels(_Listed, kw_only=True):
    results: list[_Label]


_SPACES = msgspec.json.Decoder(_Spaces)
_DATED = msgspec.json.Decoder(_Dated)
_DATED_PAGES = msgspec.json.Decoder(_DatedPages)
_PAGES = msgspec.json.Decoder(_Pages)
_ONE_PAGE = msgspec.json.Decoder(_Page)
_CHILDREN = msgspec.json.Decoder(_Children)
_LABELS = msgspec.json.Decoder(_Labels)


def spaces_page(answer: bytes) -> Page[SpaceRecord]:
    """Some spaces; personal and archived ones do not exist here."""
    spaces = decoded(answer, _SPACES)
    return _listed(spaces, tuple(_space(space) for space in spaces.results if _for_teams(space)))


def versions_page(answer: bytes) -> Page[PageVersion]:
    """Which versions of some pages are current; trashed and archived pages do not exist here."""
    pages = decoded(answer, _DATED_PAGES)
    return _listed(pages, tuple(_version(page) for page in pages.results if page.status == _CURRENT))


def pages_page(answer: bytes) -> Page[PageRecord]:
    """Some current pages with their bodies; a page without a body is no answer to what was asked."""
    pages = decoded(answer, _PAGES)
    return _listed(pages, tuple(_page(page) for page in pages.results if page.status == _CURRENT))


def pages_put_away(answer: bytes) -> Page[PageRecord]:
    """Some pages in the trash or the archive, as current ones are read elsewhere."""
    pages = decoded(answer, _PAGES)
    return _listed(pages, tuple(_page(page) for page in pages.results if page.status in _PUT_AWAY))


def page(answer: bytes) -> PageRecord:
    """One page with its body."""
    return _page(decoded(answer, _ONE_PAGE))


def page_draft(answer: bytes) -> DraftRecord:
    """A page as its editor would show it."""
    shown = decoded(answer, _ONE_PAGE)
    body = TeamText(shown.body.storage.value)
    return DraftRecord(version=shown.version.number, unpublished=shown.status != _CURRENT, body=body)


def page_version(answer: bytes) -> PageVersion:
    """What a create or an update confirms."""
    return _version(decoded(answer, _DATED))


def children_page(answer: bytes) -> Page[ChildRecord]:
    """Some current pages below a page; whiteboards, folders and databases are left out."""
    children = decoded(answer, _CHILDREN)
    pages = (child for child in children.results if child.status == _CURRENT and child.type == "page")
    return _listed(
        children, tuple(ChildRecord(id=identifier(child.id), title=TeamText(child.title)) for child in pages)
    )


def labels_page(answer: bytes) -> Page[str]:
    """Some labels of a page: the global ones that can be ours."""
    labels = decoded(answer, _LABELS)
    return _listed(labels, tuple(sorted(our_labels(x.name for x in labels.results if x.prefix == "global"))))


def _listed(listed: _Listed, records: tuple[Record, ...]) -> Page[Record]:
    return Page(records=records, next=_cursor(listed.links.next if listed.links else None))


def _cursor(link: str | None) -> str | None:
    """Only the cursor of a link, never its host or path; a link that has none is no answer."""
    if not link:
        return None
    try:
        cursors = parse_qs(urlsplit(link).query).get("cursor", [])
    except ValueError:
        cursors = []
    if len(cursors) != 1:
        raise BoundaryError
    return continuation(cursors[0])


def _for_teams(space: _Space) -> bool:
    return _SPACE_KEY.fullmatch(space.key) is not None and not {space.type, space.status} & _HIDDEN_SPACES


def _space(space: _Space) -> SpaceRecord:
    homepage = None if space.homepage_id is None else identifier(space.homepage_id)
    return SpaceRecord(id=identifier(space.id), key=space.key, homepage=homepage)


def _version(page: _Dated) -> PageVersion:
    if page.version.number < 1:
        raise BoundaryError
    return PageVersion(id=identifier(page.id), version=page.version.number)


def _page(page: _Page) -> PageRecord:
    if page.version.number < 1:
        raise BoundaryError
    return PageRecord(
        id=identifier(page.id),
        version=page.version.number,
        space=identifier(page.space_id),
        parent=None if page.parent_id in (None, "") else identifier(page.parent_id or ""),
        title=TeamText(page.title),
        body=TeamText(page.body.storage.value),
    )


def pages_paths() -> frozenset[str]:
    """What of an answer with pages, or with one, is looked at."""
    return declared(_Pages) | declared(_Page)
