"""What people do to the tables of a page beyond one cell: many cells at once, rows, whole blocks copied and pasted."""

from collections.abc import Mapping, Sequence
from copy import deepcopy

from lxml import etree

from connector.sandbox.storage_format import parse, serialise, text_of
from connector.sandbox.team_cells import fill, regions, rows, tables


def typed(body: str, region: str, nth: int, answers: Mapping[str, str]) -> str:
    """The body with answers beside the questions that contain the given words, in the nth region of that name.

    A name that no region bears means the regions whose names begin with it. KeyError where a question does not stand.
    """
    root = parse(body)
    for question, answer in answers.items():
        fill(_row(_region(root, region, nth), question)[1], answer)
    return serialise(root)


def lined(body: str, region: str, nth: int, row: int, cells: Sequence[str | None]) -> str:
    """The body with texts in one row of the last table of a region; rows that are missing are added; None: as it is."""
    root = parse(body)
    table = tables(_region(root, region, nth))[-1]
    while len(rows(table)) <= row:
        last = rows(table)[-1][0].getparent()
        if last is None:
            raise ValueError("a cell stands in a row")
        added = deepcopy(last)
        last.addnext(added)
        for cell in added:
            fill(cell, "")
    for cell, text in zip(rows(table)[row], cells, strict=True):
        if text is not None:
            fill(cell, text)
    return serialise(root)


def copied(body: str, region: str, nth: int, heading: str) -> str:
    """The body with the nth region copied and pasted below the last one of its name, under a heading of its own."""
    root = parse(body)
    same = [node for name, node in regions(root) if name == region]
    block = deepcopy(same[nth])
    block.tail = None
    same[-1].addnext(block)
    for title in block.iter("h3"):
        title.text = heading
    return serialise(root)


def struck(body: str, region: str, nth: int, questions: Sequence[str]) -> str:
    """The body without the rows of these questions."""
    root = parse(body)
    for question in questions:
        row = _row(_region(root, region, nth), question)[0].getparent()
        table = row.getparent() if row is not None else None
        if row is not None and table is not None:
            table.remove(row)
    return serialise(root)


def _region(root: etree._Element, region: str, nth: int) -> etree._Element:
    known = regions(root)
    exact = [node for name, node in known if name == region]
    meant = exact or [node for name, node in known if name.startswith(region)]
    if len(meant) <= nth:
        raise KeyError(f"no region {region!r} number {nth + 1} on the page")
    return meant[nth]


def _row(region: etree._Element, question: str) -> list[etree._Element]:
    for table in tables(region):
        for cells in rows(table):
            if len(cells) == 2 and question in text_of(cells[0]):
                return cells
    raise KeyError(question)
