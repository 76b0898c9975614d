"""What Confluence's answers have in common, whichever edition gives them."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import msgspec

from mappings.records import ChildRecord, DraftRecord, PageVersion
from mappings.team_text import TeamText
from mappings.wire.shape import BoundaryError, Page, Record, Wire, decoded, identifier, our_labels

CURRENT = "current"
_SPACE_KEY = re.compile(r"[0-9A-Za-z_.-]{1,255}")  # the key of a personal space begins with ~
_HIDDEN_SPACES = frozenset({"personal", "archived"})

NextMark = Callable[[str | None], str | None]


class _Links(Wire):
    next: str | None = None


class Listed(Wire):
    """Some of a longer list, and the way to the rest."""

    links: _Links | None = msgspec.field(name="_links", default=None)


class Space(Wire):
    """A space without its first page, which each edition tells in its own way."""

    id: str | int
    key: str
    type: str | None = None
    status: str | None = None


class _Number(Wire):
    number: int


class Dated(Wire):
    """A page in one of its versions."""

    id: str | int
    version: _Number
    status: str = CURRENT


class _DatedPages(Listed, kw_only=True):
    results: list[Dated]


class _Storage(Wire):
    value: str


class _Body(Wire):
    storage: _Storage


class Written(Dated, kw_only=True):
    """A page with its text, without its place."""

    title: str
    body: _Body


class _Child(Wire):
    id: str | int
    status: str = CURRENT
    type: str = "page"
    title: str = ""


class _Children(Listed, kw_only=True):
    results: list[_Child]


class _Label(Wire):
    name: str
    prefix: str = "global"


class _Labels(Listed, kw_only=True):
    results: list[_Label]


_DATED = msgspec.json.Decoder(Dated)
_DATED_PAGES = msgspec.json.Decoder(_DatedPages)
_CHILDREN = msgspec.json.Decoder(_Children)
_LABELS = msgspec.json.Decoder(_Labels)


def listed(answer: Listed, records: tuple[Record, ...], following: NextMark) -> Page[Record]:
    """These records, and where the rest of them begins."""
    return Page(records=records, next=following(answer.links.next if answer.links else None))


def only_in_query(link: str | None, name: str) -> str | None:
    """The one value of that name in a link, never its host or path; a link that has none or several is no answer."""
    if not link:
        return None
    try:
        values = parse_qs(urlsplit(link).query).get(name, [])
    except ValueError:
        values = []
    if len(values) != 1:
        raise BoundaryError
    return values[0]


def for_teams(space: Space) -> bool:
    """Not somebody's own, and in use."""
    return _SPACE_KEY.fullmatch(space.key) is not None and not {space.type, space.status} & _HIDDEN_SPACES


def numbered(page: Dated) -> PageVersion:
    """Versions count from one."""
    if page.version.number < 1:
        raise BoundaryError
    return PageVersion(id=identifier(page.id), version=page.version.number)


def draft(shown: Written) -> DraftRecord:
    """A page as its editor would show it."""
    body = TeamText(shown.body.storage.value)
    return DraftRecord(version=shown.version.number, unpublished=shown.status != CURRENT, body=body)


def version_of(answer: bytes) -> PageVersion:
    """What a create or an update confirms."""
    return numbered(decoded(answer, _DATED))


def versions_in(answer: bytes, following: NextMark) -> Page[PageVersion]:
    """Which versions of some pages are current; what is in the trash or the archive does not exist here."""
    pages = decoded(answer, _DATED_PAGES)
    return listed(pages, tuple(numbered(page) for page in pages.results if page.status == CURRENT), following)


def children_in(answer: bytes, following: NextMark) -> Page[ChildRecord]:
    """Some current pages below a page; whiteboards, folders and databases are left out."""
    children = decoded(answer, _CHILDREN)
    pages = (child for child in children.results if child.status == CURRENT and child.type == "page")
    records = tuple(ChildRecord(id=identifier(child.id), title=TeamText(child.title)) for child in pages)
    return listed(children, records, following)


def labels_in(answer: bytes, following: NextMark) -> Page[str]:
    """Some labels of a page: the global ones that can be ours."""
    labels = decoded(answer, _LABELS)
    names = tuple(sorted(our_labels(label.name for label in labels.results if label.prefix == "global")))
    return listed(labels, names, following)
