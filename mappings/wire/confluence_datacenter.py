"""Confluence Data Center's answers: content of the first version of its interface, counted through by offset."""

import re
from urllib.parse import parse_qs, urlsplit

import msgspec

from mappings.records import ChildRecord, DraftRecord, PageRecord, PageVersion, SpaceRecord
from mappings.team_text import TeamText
from mappings.wire.shape import BoundaryError, Page, Record, Wire, decoded, identifier, our_labels

_SPACE_KEY = re.compile(r"[0-9A-Za-z_.-]{1,255}")  # the key of a personal space begins with ~
_PICTURE_ID = re.compile(r"(?:att)?[0-9]{1,20}")
_OFFSET = re.compile(r"[0-9]{1,9}")
_CURRENT, _TRASHED = "current", "trashed"
_HIDDEN_SPACES = frozenset({"personal", "archived"})


class _Links(Wire):
    next: str | None = None


class _Listed(Wire):
    links: _Links | None = msgspec.field(name="_links", default=None)


class _Identified(Wire):
    id: str | int


class _Space(Wire):
    id: str | int
    key: str
    homepage: _Identified | None = None
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
    space: _Identified
    title: str
    body: _Body
    status: str = _CURRENT
    ancestors: list[_Identified] = msgspec.field(default_factory=list)


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


class _Standing(Wire):
    ancestors: list[_Identified]


class _Picture(Wire):
    id: str


class _Pictures(_Listed, kw_only=True):
    results: list[_Picture]


_SPACES = msgspec.json.Decoder(_Spaces)
_DATED = msgspec.json.Decoder(_Dated)
_DATED_PAGES = msgspec.json.Decoder(_DatedPages)
_PAGES = msgspec.json.Decoder(_Pages)
_ONE_PAGE = msgspec.json.Decoder(_Page)
_CHILDREN = msgspec.json.Decoder(_Children)
_LABELS = msgspec.json.Decoder(_Labels)
_STANDING = msgspec.json.Decoder(_Standing)
_PICTURES = msgspec.json.Decoder(_Pictures)


def content_spaces(answer: bytes) -> Page[SpaceRecord]:
    """Some spaces; personal and archived ones do not exist here."""
    spaces = decoded(answer, _SPACES)
    return _listed(spaces, tuple(_space(space) for space in spaces.results if _for_teams(space)))


def content_versions(answer: bytes) -> Page[PageVersion]:
    """Which versions of some pages are current; trashed pages do not exist here."""
    pages = decoded(answer, _DATED_PAGES)
    return _listed(pages, tuple(_version(page) for page in pages.results if page.status == _CURRENT))


def content_pages(answer: bytes) -> Page[PageRecord]:
    """Some current pages with their bodies; a page without a body is no answer to what was asked."""
    pages = decoded(answer, _PAGES)
    return _listed(pages, tuple(_page(page) for page in pages.results if page.status == _CURRENT))


def content_put_away(answer: bytes) -> Page[PageRecord]:
    """Some pages in the trash, as current ones are read elsewhere."""
    pages = decoded(answer, _PAGES)
    return _listed(pages, tuple(_page(page) for page in pages.results if page.status == _TRASHED))


def content_page(answer: bytes) -> PageRecord:
    """One version of a page with its body."""
    return _page(decoded(answer, _ONE_PAGE))


def content_draft(answer: bytes) -> DraftRecord:
    """A page as its editor would show it."""
    shown = decoded(answer, _ONE_PAGE)
    body = TeamText(shown.body.storage.value)
    return DraftRecord(version=shown.version.number, unpublished=shown.status != _CURRENT, body=body)


def content_version(answer: bytes) -> PageVersion:
    """What a create or an update confirms."""
    return _version(decoded(answer, _DATED))


def content_children(answer: bytes) -> Page[ChildRecord]:
    """Some current pages below a page."""
    children = decoded(answer, _CHILDREN)
    pages = (child for child in children.results if child.status == _CURRENT and child.type == "page")
    return _listed(
        children, tuple(ChildRecord(id=identifier(child.id), title=TeamText(child.title)) for child in pages)
    )


def content_labels(answer: bytes) -> Page[str]:
    """Some labels of a page: the global ones that can be ours."""
    labels = decoded(answer, _LABELS)
    return _listed(labels, tuple(sorted(our_labels(x.name for x in labels.results if x.prefix == "global"))))


def content_line(answer: bytes) -> tuple[str, ...]:
    """The ids of what stands above a page, the topmost first."""
    return tuple(identifier(one.id) for one in decoded(answer, _STANDING).ancestors)


def pictures(answer: bytes) -> Page[str]:
    """Ids of the files below a page that were asked for by name; who put them there does not exist here."""
    found = decoded(answer, _PICTURES)
    ids = tuple(picture.id for picture in found.results)
    if not all(map(_PICTURE_ID.fullmatch, ids)):
        raise BoundaryError
    return _listed(found, ids)


def _listed(listed: _Listed, records: tuple[Record, ...]) -> Page[Record]:
    return Page(records=records, next=_start(listed.links.next if listed.links else None))


def _start(link: str | None) -> str | None:
    """Only the offset of a link, never its host or path; a link that has none is no answer."""
    if not link:
        return None
    try:
        starts = parse_qs(urlsplit(link).query).get("start", [])
    except ValueError:
        starts = []
    if len(starts) != 1 or not _OFFSET.fullmatch(starts[0]):
        raise BoundaryError
    return starts[0]


def _for_teams(space: _Space) -> bool:
    return _SPACE_KEY.fullmatch(space.key) is not None and not {space.type, space.status} & _HIDDEN_SPACES


def _space(space: _Space) -> SpaceRecord:
    homepage = None if space.homepage is None else identifier(space.homepage.id)
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
        space=identifier(page.space.id),
        parent=identifier(page.ancestors[-1].id) if page.ancestors else None,
        title=TeamText(page.title),
        body=TeamText(page.body.storage.value),
    )
