"""Answers in page-properties tables: where a person finds the cell and how the typed text becomes storage format."""

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from connector.sandbox.storage_format import ac, parameters, parse, serialise, tag_of, text_of

TEAM_MARK = "okr-t-"
URL = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)]")


def regions(root: etree._Element) -> list[tuple[str, etree._Element]]:
    """The page-properties macros of a body with their ids, in order; macros without an id give an empty one."""
    found = [node for node in root.iter(ac("structured-macro")) if node.get(ac("name")) == "details"]
    return [(parameters(node).get("id", ""), node) for node in found]


def tables(region: etree._Element) -> list[etree._Element]:
    """The tables of a region, those inside other macros left out."""
    return [node for node in region.iter("table") if _macro_of(node) is region]


def rows(table: etree._Element) -> list[list[etree._Element]]:
    """The rows of a table as lists of their cells."""
    return [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr") if _table_of(row) is table]


def fill(cell: etree._Element, text: str) -> None:
    """The cell holds exactly this text; each line is a paragraph, addresses become links."""
    for child in list(cell):
        cell.remove(child)
    cell.text = None
    for line in text.replace("\r\n", "\n").strip().split("\n"):
        _write_line(etree.SubElement(cell, "p"), line.strip())


def lines_of(cell: etree._Element) -> str:
    """The cell's text as a person would see it in a plain field: one line per paragraph or list item."""
    pieces = [text_of(block) for block in cell.iter("p", "li") if not block.xpath("ancestor::li")]
    return "\n".join(piece for piece in pieces if piece) if pieces else text_of(cell)


def fields(root: etree._Element) -> list[tuple[str, etree._Element]]:
    """The cells that a team fills, with a name for each: beside a question, or below the headings of a wider table."""
    own = [region for name, region in regions(root) if name.startswith(TEAM_MARK)]
    found = []
    for r, region in enumerate(own):
        for t, table in enumerate(tables(region)):
            for n, cells in enumerate(rows(table)):
                answers = cells[1:2] if len(cells) == 2 else [cell for cell in cells if cell.tag == "td"]
                found += [(f"cell-{r}-{t}-{n}-{cells.index(cell)}", cell) for cell in answers]
    return found


def filled(body: str, given: Mapping[str, str]) -> str:
    """The body with the named cells holding what was given; cells whose text is the same stay as they are."""
    root = parse(body)
    for name, cell in fields(root):
        text = "\n".join(line.strip() for line in given.get(name, "").replace("\r\n", "\n").strip().split("\n"))
        if name in given and text != lines_of(cell):
            fill(cell, text)
    return serialise(root)


def all_answered(body: str, answers: Iterable[tuple[str, str, str]]) -> str:
    """The body with each answer (region, part of the question, answer) in the right-hand cell of its question's row.

    A region is the one with that id, else the first whose id begins with it. KeyError when there is no such row.
    """
    root = parse(body)
    for region_id, question_contains, answer in answers:
        fill(_beside(root, region_id, question_contains), answer)
    return serialise(root)


def answered(body: str, region_id: str, question_contains: str, answer: str) -> str:
    """The body with one answer."""
    return all_answered(body, [(region_id, question_contains, answer)])


def _beside(root: etree._Element, region_id: str, question_contains: str) -> etree._Element:
    for cells in _rows_of_region(root, region_id):
        if len(cells) > 1 and question_contains in text_of(cells[0]):
            return cells[1]
    raise KeyError(f"no row with {question_contains!r} in region {region_id!r}")


def _rows_of_region(root: etree._Element, region_id: str) -> list[list[etree._Element]]:
    known = regions(root)
    exact = [node for name, node in known if name == region_id]
    meant = exact or [node for name, node in known if name.startswith(region_id)]
    if not meant:
        raise KeyError(f"no region {region_id!r} on the page")
    return [cells for table in tables(meant[0]) for cells in rows(table)]


def _write_line(paragraph: etree._Element, line: str) -> None:
    place, last = 0, None
    for match in URL.finditer(line):
        _append(paragraph, last, line[place : match.start()])
        last = etree.SubElement(paragraph, "a", {"href": match[0], "data-card-appearance": "inline"})
        last.text = match[0]
        place = match.end()
    _append(paragraph, last, line[place:])


def _append(paragraph: etree._Element, last: etree._Element | None, text: str) -> None:
    if last is None:
        paragraph.text = (paragraph.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _macro_of(node: etree._Element) -> etree._Element | None:
    return next((up for up in node.iterancestors() if tag_of(up) == "ac:structured-macro"), None)


def _table_of(row: etree._Element) -> etree._Element | None:
    return next(iter(row.iterancestors("table")), None)
