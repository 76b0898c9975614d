"""The readings that a check-in page shows: what is left of a series when the database is lost."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lxml import etree

from connector.pages.amounts import number
from connector.pages.cells import rows, text
from connector.pages.given import begins, plain
from connector.pages.markup import parse
from connector.pages.questions import DATA_FROM, NO_DATA
from connector.pages.regions import key_result_slugs, machine_regions
from mappings.calendar import IsoWeek
from mappings.indicators import Indicator, Reading
from mappings.okr import Cycle, Language, Team, indicator_ref, key_result_ref, key_results
from mappings.team_text import TeamText

_WEEK = re.compile(r"\D*([0-9]{1,2})\Z")
_VALUE = re.compile(r"([-−]?)([0-9][0-9.,]*)\s*%?\Z")
_GERMAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.")
_ENGLISH_DAY = re.compile(r"([0-9]{1,2}) ([A-Za-z]{3})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of readings as it is printed."""

    weeks: tuple[IsoWeek, ...]
    rows: tuple[tuple[str, Cells], ...]  # head and cells of each indicator
    days: Cells  # of the row that dates the readings
    language: Language


def read_series(body: TeamText, team: Team, cycle: Cycle, week: IsoWeek) -> tuple[Reading, ...]:
    """The readings in the tables that nobody changed, at most one for an indicator and week. Raises BodyUnreadable.

    In tables of key results that the team no longer has, indicators that live on are known by their names.
    """
    untouched = {r.name: r.inside for r in machine_regions(body) if r.untouched and r.name.startswith("kr-")}
    slugs = key_result_slugs(team, cycle)
    tables: list[tuple[str, tuple[Indicator, ...], tuple[Indicator, ...]]] = []
    for objective, key_result in key_results(team, cycle):
        inside = untouched.pop(f"kr-{slugs[key_result_ref(team, objective, key_result)]}", None)
        tables += [(inside, key_result.indicators, key_result.leading)] if inside else []
    tables += [(inside, team.indicators, ()) for inside in untouched.values()]
    found: dict[tuple[str, IsoWeek], Reading] = {}
    for inside, indicators, by_place in tables:
        for reading in _readings(inside, team, indicators, by_place, week):
            found.setdefault((reading.indicator, reading.week), reading)
    return tuple(sorted(found.values(), key=lambda reading: (reading.indicator, reading.on)))


def _readings(
    inside: str, team: Team, indicators: Sequence[Indicator], by_place: Sequence[Indicator], week: IsoWeek
) -> Iterator[Reading]:
    printed = _table(parse(inside), week)
    if printed is None:
        return
    named = _named(printed, indicators, by_place)
    for column, of in enumerate(printed.weeks):
        shown = [(i, cells[column]) for i, (_, cells) in zip(named, printed.rows, strict=True)]
        known = [cell != NO_DATA[printed.language] for _, cell in shown]
        days = _days(printed.days[column], of)
        on = _spread(days, known)
        for (indicator, cell), day, is_known in zip(shown, on, known, strict=True):
            reading = _reading(team, indicator, cell, day or (of.day(0) if is_known else None), printed.language)
            if reading is not None:
                yield reading


def _table(inside: etree._Element, week: IsoWeek) -> Table | None:
    printed = [tuple(text(cell) for cell in row) for row in rows(inside)]
    for start, row in enumerate(printed):
        weeks = _weeks(row[1:], week)
        if weeks:
            return _below(weeks, [r for r in printed[start + 1 :] if len(r) == len(row)])
    return None


def _below(weeks: tuple[IsoWeek, ...], printed: Sequence[Cells]) -> Table | None:
    dated = {plain(head): language for language, head in DATA_FROM.items()}
    for place, row in enumerate(printed):
        language = dated.get(plain(row[0]))
        if language is not None:
            above = tuple((r[0], r[1:]) for r in printed[:place])
            return Table(weeks=weeks, rows=above, days=row[1:], language=language)
    return None


def _weeks(heads: Cells, last: IsoWeek) -> tuple[IsoWeek, ...]:
    """The weeks of a header row, counted back from the page's own; empty for any other row."""
    numbers = [int(match[1]) for match in map(_WEEK.match, heads) if match]
    if not numbers or len(numbers) != len(heads) or numbers[-1] != last.week:
        return ()
    try:
        return tuple(IsoWeek(last.year if n <= last.week else last.year - 1, n) for n in numbers)
    except ValueError:
        return ()


def _named(printed: Table, indicators: Sequence[Indicator], by_place: Sequence[Indicator]) -> list[Indicator | None]:
    """The indicator of each row: by the name its head begins with, else by place among as many as there are."""
    names = sorted(((plain(i.name), i) for i in indicators), key=lambda pair: -len(pair[0]))
    heads = [plain(head) for head, _ in printed.rows]
    found = [next((i for name, i in names if begins(head, name)), None) for head in heads]
    if len(found) != len(by_place):
        return found
    left = [i if i not in found else None for i in by_place]
    return [named or placed for named, placed in zip(found, left, strict=True)]


def _days(cell: str, week: IsoWeek) -> list[date]:
    """The days of a dating cell that lie in the column's week."""
    wanted = [week.day(weekday) for weekday in range(7)]
    found = [(int(day), int(month)) for day, month in _GERMAN_DAY.findall(cell)]
    for day, month in _ENGLISH_DAY.findall(cell):
        found += [(int(day), _MONTHS.index(month.casefold()) + 1)] if month.casefold() in _MONTHS else []
    return [day for pair in found for day in wanted if (day.day, day.month) == pair]


def _spread(days: list[date], known: list[bool]) -> list[date | None]:
    """The day of each cell: one day counts for all numbers, several go to the numbers in order of appearance.

    Cells without a number have a day only when there are as many days as cells, or no number at all.
    """
    dated = known if any(known) and len(days) != len(known) else [bool(days)] * len(known)
    spread: list[date | None] = []
    place = 0
    for has_day in dated:
        spread.append(days[min(place, len(days) - 1)] if has_day and days else None)
        place += has_day
    return spread


def _reading(
    team: Team, indicator: Indicator | None, cell: str, day: date | None, language: Language
) -> Reading | None:
    if indicator is None or day is None:
        return None
    if cell == NO_DATA[language]:
        return Reading(indicator=indicator_ref(team, indicator), on=day, value=None)
    match = _VALUE.match(cell)
    value = number(match[2], language, max(indicator.decimals, 3)) if match else None
    if match is None or value is None:
        return None
    return Reading(
        indicator=indicator_ref(team, indicator), on=day, value=indicator.quantised(-value if match[1] else value)
    )
