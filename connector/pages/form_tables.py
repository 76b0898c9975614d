"""The tables of a form as people left them: which one each is, what stands beside each question, and where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from connector.pages.cells import lines, rows, text
from connector.pages.form_fields import Field, Sheet, field_in
from connector.pages.given import plain
from connector.pages.markup import attribute, parse, tag
from connector.pages.spans import Span, cell_places
from connector.pages.written import FormUnreadable
from mappings.okr import Language
from mappings.team_text import TeamText

_PAIRS = (Sheet.RHYTHM, Sheet.OBJECTIVE, Sheet.KEY_RESULT, Sheet.STRATEGY, Sheet.CARRIED)
_LONGEST = 15_000  # letters in a cell that is read; what is longer is no answer, and takes long to look through
_KNOWN = 2  # questions of a kind by which a table is known, its region counting as one


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One cell beside a question; without words when nothing was written there."""

    lines: tuple[str, ...] = field(default=(), repr=False)  # people's names left out, struck words too
    language: Language = Language.DE  # of the question, by which numbers are read
    node: etree._Element = field(repr=False)
    place: Span
    inside: Span | None  # None: the element is empty
    markup: str = field(repr=False)  # the whole element as it stands in the body

    @property
    def text(self) -> str:
        """The words as one line; a dash or a question mark alone is no answer."""
        said = " ".join(self.lines)
        return said if plain(said) or "%" in said else ""


Row = Mapping[Field, Written]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of the form: a single row of answers, or for indicators one row each."""

    sheet: Sheet
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """All cells of a body with their places."""

    body: str = field(repr=False)
    places: Mapping[etree._Element, tuple[Span, Span | None]]

    def written(self, node: etree._Element, language: Language) -> Written:
        place, inside = self.places[node]
        markup = self.body[slice(*place)]
        said = lines(node, language)
        if sum(map(len, said)) > _LONGEST:
            raise FormUnreadable(f"a cell that is read holds more than {_LONGEST:,} letters")
        return Written(lines=said, language=language, node=node, place=place, inside=inside, markup=markup)


def tables(body: TeamText) -> tuple[Table, ...]:
    """The tables of a form in the order of the page, wherever people put them, except in machine regions.

    Raises BodyUnreadable; FormUnreadable when cells that are read were merged.
    """
    root = parse(body)
    cells = list(root.iter("td", "th"))
    sheet = _Sheet(body.words, dict(zip(cells, cell_places(body.words), strict=True)))
    found = (_table(node, sheet) for node in root.iter("table") if _is_theirs(node))
    return tuple(table for table in found if table is not None)


def _is_theirs(table: etree._Element) -> bool:
    above = list(table.iterancestors())
    if any(tag(node) in ("td", "th") for node in above):
        return False
    return not any(_ref(node).startswith("okr-m-") for node in above)


def _ref(node: etree._Element) -> str:
    if tag(node) != "ac:structured-macro" or attribute(node, "name") != "details":
        return ""
    return next(((n.text or "").strip() for n in node if attribute(n, "name") == "id"), "")


def _table(node: etree._Element, sheet: _Sheet) -> Table | None:
    lines_of_cells = list(rows(node))
    region = next((ref.removeprefix("okr-t-") for ref in map(_ref, node.iterancestors()) if ref), "")
    for place, cells in enumerate(lines_of_cells):
        heads = [field_in(Sheet.INDICATORS, text(cell)) for cell in cells]
        if len({head[0] for head in heads if head}) > _KNOWN:
            return Table(sheet=Sheet.INDICATORS, rows=tuple(_columns(heads, cells, lines_of_cells[place + 1 :], sheet)))
    scores = {kind: _score(kind, lines_of_cells, region) for kind in _PAIRS}
    best = max(_PAIRS, key=lambda kind: scores[kind])
    if scores[best] < _KNOWN:
        return None
    return Table(sheet=best, rows=(dict(_pairs(best, lines_of_cells, sheet)),))


def _score(kind: Sheet, lines_of_cells: list[tuple[etree._Element, ...]], region: str) -> int:
    known = {head[0] for cells in lines_of_cells if cells and (head := field_in(kind, text(cells[0])))}
    return len(known) + (region.startswith(kind.value) and bool(known))


def _pairs(
    kind: Sheet, lines_of_cells: list[tuple[etree._Element, ...]], sheet: _Sheet
) -> Iterator[tuple[Field, Written]]:
    """Question and answer by question; of two rows with one question the first with an answer counts."""
    seen: dict[Field, Written] = {}
    for cells in lines_of_cells:
        known = field_in(kind, text(cells[0])) if cells else None
        if known is None:
            continue
        if len(cells) < 2 or _is_merged(cells[0]) or _is_merged(cells[1]):
            raise FormUnreadable("an answer was merged with its question or its neighbour")
        answer = sheet.written(cells[1], known[1])
        if not seen.get(known[0], answer).text or known[0] not in seen:
            seen[known[0]] = answer
    yield from seen.items()


def _columns(
    heads: list[tuple[Field, Language] | None],
    head_cells: tuple[etree._Element, ...],
    below: list[tuple[etree._Element, ...]],
    sheet: _Sheet,
) -> Iterator[Row]:
    known = {head[0] for head in heads if head}
    if not {Field.NOTICED, Field.IDENTIFIER} <= known:
        raise FormUnreadable("a table of indicators has lost the column of their names or identifiers")
    if any(map(_is_merged, head_cells)):
        raise FormUnreadable("columns of a table of indicators were merged")
    for cells in below:
        if len(cells) != len(heads) or any(map(_is_merged, cells)):
            if not any(text(cell) for cell in cells) or _is_remark(cells, len(heads)):
                continue
            raise FormUnreadable("cells of a table of indicators were merged")
        row: dict[Field, Written] = {}
        for head, cell in zip(heads, cells, strict=True):
            if head is not None:
                row.setdefault(head[0], sheet.written(cell, head[1]))
        yield row


def _is_remark(cells: tuple[etree._Element, ...], columns: int) -> bool:
    """A single cell across the whole table is a remark of the team."""
    return len(cells) == 1 and cells[0].get("colspan") == str(columns)


def _is_merged(cell: etree._Element) -> bool:
    return any(cell.get(name, "1") not in ("", "1") for name in ("colspan", "rowspan"))
