"""Where page-properties macros stand in the original text of a body, so that the rest stays byte for byte."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from connector.pages.markup import BodyUnreadable

_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<(?P<close>/?)(?P<name>[^\s/>]+)(?P<attributes>(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(?P<empty>/?)>",
    re.DOTALL,
)
_NAME = re.compile(r"\bac:name\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>|<!--.*?-->", re.DOTALL)
_FLAT = frozenset({"p", "ac:layout", "ac:layout-section", "ac:layout-cell", "div"})

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """One `details` macro with an id that stands in no other one, and in no copy for other editors."""

    id: str
    id_at: Span  # the text of its id
    body_at: Span  # its rich-text-body element; without length where there is none
    inside_at: Span | None  # what that element holds; None when the element is empty or missing
    inside: str = field(repr=False)
    deep: bool  # stands inside something else than a layout

    def edits(self, new_id: str, inside: str) -> tuple[tuple[Span, str], ...]:
        """The two replacements that give the macro another id and another inside."""
        if self.inside_at is not None:
            return ((self.id_at, new_id), (self.inside_at, inside))
        return ((self.id_at, new_id), (self.body_at, f"<ac:rich-text-body>{inside}</ac:rich-text-body>"))


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet, and what was found in it if it is a `details` macro."""

    name: str
    called: str  # ac:name
    start: int
    inner: int
    id_at: Span | None = None
    body_at: Span | None = None
    inside_at: Span | None = None

    @property
    def is_details(self) -> bool:
        return self.name == "ac:structured-macro" and self.called == "details"


def details_macros(body: str) -> tuple[Macro, ...]:
    """The outermost `details` macros that have an id, in the order of the body, which must be well-formed.

    Raises BodyUnreadable.
    """
    found: list[Macro] = []
    path: list[_Open] = []
    for token in _TOKEN.finditer(body):
        if not token["name"]:
            continue
        if token["close"]:
            element = path.pop() if path else None
            if element is None or element.name != token["name"]:
                raise BodyUnreadable("a tag ends that did not begin")
            found += _ended(body, path, element, (element.inner, token.start()), token.end())
            continue
        element = _Open(token["name"], _called(token["attributes"]), token.start(), token.end())
        if token["empty"]:
            found += _ended(body, path, element, None, token.end())
        else:
            path.append(element)
    return tuple(found)


def text_places(markup: str) -> Iterator[Span]:
    """The stretches of plain text between the tags of a well-formed piece."""
    place = 0
    for token in _TOKEN.finditer(markup):
        yield place, token.start()
        place = token.end()
    yield place, len(markup)


def cell_places(body: str) -> tuple[tuple[Span, Span | None], ...]:
    """Every table cell of a well-formed body in the order in which it begins: the element, and its inside if any."""
    places: list[tuple[Span, Span | None]] = []
    waiting: list[int] = []
    for token in _TOKEN.finditer(body):
        if token["name"] not in ("td", "th"):
            continue
        if token["close"]:
            place = waiting.pop()
            start, inner = places[place][0]
            places[place] = ((start, token.end()), (inner, token.start()))
            continue
        places.append(((token.start(), token.end()), None))
        if not token["empty"]:
            waiting.append(len(places) - 1)
    return tuple(places)


def spliced(text: str, edits: tuple[tuple[Span, str], ...]) -> str:
    """The text with the given places replaced; the places do not overlap."""
    for (start, end), new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _called(attributes: str) -> str:
    match = _NAME.search(attributes)
    return html.unescape(match[1] or match[2] or "") if match else ""


def _ended(body: str, path: list[_Open], element: _Open, inner: Span | None, end: int) -> Iterator[Macro]:
    if path and path[-1].is_details:
        _note_part(path[-1], element, inner, end)
    outermost = not any(above.is_details or above.name == "ac:adf-fallback" for above in path)
    if element.is_details and element.id_at is not None and inner is not None and outermost:
        inside_at = element.inside_at
        yield Macro(
            id=html.unescape(_CDATA.sub("", body[slice(*element.id_at)])).strip(),
            id_at=element.id_at,
            body_at=element.body_at or (inner[1], inner[1]),
            inside_at=inside_at,
            inside=body[slice(*inside_at)] if inside_at else "",
            deep=any(above.name not in _FLAT for above in path),
        )


def _note_part(macro: _Open, part: _Open, inner: Span | None, end: int) -> None:
    if part.name == "ac:parameter" and part.called == "id" and macro.id_at is None:
        macro.id_at = inner
    elif part.name == "ac:rich-text-body" and macro.body_at is None:
        macro.body_at, macro.inside_at = (part.start, end), inner
