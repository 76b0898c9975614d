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
    """A `details` macro whose end has not come yet, below so many elements, and what was found in it."""

    depth: int
    id_at: Span | None = None
    body_at: Span | None = None
    inside_at: Span | None = None


def details_macros(body: str) -> tuple[Macro, ...]:
    """The outermost `details` macros that have an id, in the order of the body, which must be well-formed.

    Raises BodyUnreadable.
    """
    found: list[Macro] = []
    path: list[re.Match[str]] = []  # the beginnings of what has not ended yet
    macros: list[_Open] = []
    for token in _TOKEN.finditer(body):
        close, name, attributes, empty = token.groups()
        if not name:
            continue
        if not close and not empty:
            if name == "ac:structured-macro" and _called(attributes) == "details":
                macros.append(_Open(len(path)))
            path.append(token)
            continue
        begun = _begun(path, name) if close else token
        if macros and len(path) == macros[-1].depth + 1:
            _note_part(macros[-1], begun, (begun.end(), token.start()) if close else None, token.end())
        elif macros and len(path) == macros[-1].depth:
            found += _ended(body, path, macros.pop(), token.start(), inner=bool(macros))
    return tuple(found)


def _begun(path: list[re.Match[str]], name: str) -> re.Match[str]:
    begun = path.pop() if path else None
    if begun is None or begun["name"] != name:
        raise BodyUnreadable("a tag ends that did not begin")
    return begun


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


def _ended(body: str, path: list[re.Match[str]], macro: _Open, end: int, *, inner: bool) -> Iterator[Macro]:
    """A macro whose inside ends there, unless it has no id, or stands in another one or in a copy."""
    above = [element["name"] for element in path]
    if macro.id_at is None or inner or "ac:adf-fallback" in above:
        return
    yield Macro(
        id=html.unescape(_CDATA.sub("", body[slice(*macro.id_at)])).strip(),
        id_at=macro.id_at,
        body_at=macro.body_at or (end, end),
        inside_at=macro.inside_at,
        inside=body[slice(*macro.inside_at)] if macro.inside_at else "",
        deep=not _FLAT.issuperset(above),
    )


def _note_part(macro: _Open, begun: re.Match[str], inner: Span | None, end: int) -> None:
    name = begun["name"]
    if name == "ac:parameter" and macro.id_at is None and _called(begun["attributes"]) == "id":
        macro.id_at = inner
    elif name == "ac:rich-text-body" and macro.body_at is None:
        macro.body_at, macro.inside_at = (begun.start(), end), inner
