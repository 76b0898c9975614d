"""The text of a series file: a header `on,value`, then a day and a number in every line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mappings.indicators import written_number

UNKNOWN = frozenset({"", "unknown"})
_HEADER = ["on", "value"]
_CELL = re.compile(r'[ \t]*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^",]*))[ \t]*(?P<end>,|\Z)')
_LINE_END = re.compile(r"\r\n|\n|\r")
_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")

Entry = tuple[date, Decimal | None]


class Fault(StrEnum):
    """What can be wrong with a line, as people read it."""

    NOT_UTF8 = "the file is not written in UTF-8"
    HEADER = "the first line is not `on,value`"
    SHAPE = "a day, a comma and a value were expected"
    DAY = "a day like 2026-11-23 was expected"
    FUTURE = "this day is still to come"
    TWICE = "this day stands in the file already"
    VALUE = "a number like 41.5 or `unknown` was expected"


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """The first thing that is wrong, and where; both numbers begin at 1."""

    line: int
    column: int
    fault: Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    text: str
    column: int


def read_series_text(content: bytes, today: date) -> tuple[Entry, ...] | BadLine:
    """All entries, or the first bad line; total over any bytes. An empty value and `unknown` are unknown."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return BadLine(line=content[: error.start].count(b"\n") + 1, column=1, fault=Fault.NOT_UTF8)
    lines = _LINE_END.split(text)
    header = _cells(lines[0])
    if isinstance(header, int) or [cell.text.casefold() for cell in header] != _HEADER:
        return BadLine(line=1, column=1, fault=Fault.HEADER)
    entries: dict[date, Decimal | None] = {}
    for number, line in _filled(lines):
        entry = _entry(line, number, today)
        if isinstance(entry, BadLine):
            return entry
        if entry[0] in entries:
            return BadLine(line=number, column=1, fault=Fault.TWICE)
        entries[entry[0]] = entry[1]
    return tuple(entries.items())


def _filled(lines: list[str]) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines[1:], start=2) if line.strip(" \t"))


def _entry(line: str, number: int, today: date) -> Entry | BadLine:
    cells = _cells(line)
    if isinstance(cells, int):
        return BadLine(line=number, column=cells, fault=Fault.SHAPE)
    if len(cells) != len(_HEADER):
        column = cells[2].column if len(cells) > 2 else len(line) + 1
        return BadLine(line=number, column=column, fault=Fault.SHAPE)
    first, second = cells
    day = _day(first.text)
    if day is None or day > today:
        return BadLine(line=number, column=first.column, fault=Fault.DAY if day is None else Fault.FUTURE)
    if second.text.casefold() in UNKNOWN:
        return day, None
    try:
        return day, written_number(second.text)
    except ValueError:
        return BadLine(line=number, column=second.column, fault=Fault.VALUE)


def _cells(line: str) -> list[_Cell] | int:
    """The cells of a line with the columns at which they begin, or the column from which on it cannot be read."""
    cells: list[_Cell] = []
    place = 0
    while True:
        match = _CELL.match(line, place)
        if match is None:
            return place + 1
        group = "quoted" if match["quoted"] is not None else "bare"
        cells.append(_Cell(text=match[group].strip(" \t"), column=match.start(group) + 1))
        place = match.end()
        if not match["end"]:
            return cells


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
