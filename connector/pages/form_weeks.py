"""Quiet weeks as people write them: weeks, spans of weeks, spans of days."""

import re
from datetime import date, timedelta
from itertools import pairwise

from connector.pages.form_days import days_in, in_doubt, month_of, weeks_in
from mappings.calendar import IsoWeek, Weekday
from mappings.okr import Cycle

_SAME_MONTH = re.compile(
    r"(?<![\w.])([0-9]{1,2})\.?\s*(-|–|—|bis|to)\s*([0-9]{1,2}\.?\s?)((?:[0-9]{1,2}\.|(?P<month>[A-Za-zäÄ]{3,9})\b\.?)"
    r"(?:\s?[0-9]{4})?)",
)
_NOTHING = re.compile(r"\W*(?:keine?|nichts|none|no|nein|kein|no quiet weeks|keine ruhigen wochen)\W*", re.IGNORECASE)
_FROM = re.compile(r"\b(?:vom|von|from|ab)\s*\Z", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|–|—|bis(?: zum)?(?: einschließlich)?|to|until|through)\s*", re.IGNORECASE)


_HOLIDAY = (
    r"[^\W\d_]*(?:ferien|urlaub|feiertage?|weihnachten|neujahr|messe|offsite|betriebsruhe|inventur|holidays?|vacation|break"
    r"|christmas|new year|shutdown)"
)
_WEEK_AHEAD = r"(?=(?:kw|cw|wk|w|kalenderwochen?|wochen?|calendar weeks?|weeks?)\.?\s*[0-9])"
_WHY = re.compile(rf"(?:\A|(?<=[,;\n(])|(?<=\bund)|(?<=\band))\s*{_HOLIDAY}\s*[:(–-]?\s*{_WEEK_AHEAD}", re.IGNORECASE)
_WHY_AFTER = re.compile(rf"(?<=[0-9])\s*[:–-]?\s*{_HOLIDAY}(?=\s*(?:[,;)\n]|\Z))", re.IGNORECASE)


def quiet_weeks(text: str, cycle: Cycle, check_in: Weekday | None) -> tuple[frozenset[IsoWeek], bool]:
    """The weeks that a cell names, and whether everything in it was understood.

    A span of days makes those weeks quiet in which it covers the day of the check-in.
    """
    if not text or _NOTHING.fullmatch(text):
        return frozenset(), True
    weeks: set[IsoWeek] = set()
    said = _WHY_AFTER.sub(" ", _WHY.sub(" ", re.sub(r"\([^()0-9]*\)", " ", text)))
    left, understood = _spans_of_days(_SAME_MONTH.sub(_month_twice, said), cycle, check_in, weeks)
    left, whole = _weeks(left, cycle, weeks)
    if in_doubt(left) or re.search(r"\b(?:ab|seit|from|since)\b", left, re.IGNORECASE):
        return frozenset(), False
    clean = re.sub(
        r"\b(?:und|and|sowie)\b|[\s,;&+/.()·•\u2600-\u27bf\U0001f000-\U0001faff\ufe0f]+|\b(?:jeweils|in)\b",
        "",
        left,
        flags=re.IGNORECASE,
    )
    return frozenset(weeks), understood and whole and not clean


def _month_twice(span: re.Match[str]) -> str:
    """`19. Oktober – 30. Oktober` for `19.–30. Oktober`; in `42–44 und 52` no month stands."""
    if span["month"] and month_of(span["month"]) is None:
        return span[0]
    return span.expand(r"\1. \4 \2 \3\4")


def _spans_of_days(text: str, cycle: Cycle, check_in: Weekday | None, weeks: set[IsoWeek]) -> tuple[str, bool]:
    known = days_in(text, _with_turn_of_year(cycle))
    found = [each for each in known if each.day is not None or "/" not in text[slice(*each.at)]]
    kept, understood, place = "", True, 0
    for one, two in zip(found[::2], found[1::2], strict=False):
        between = text[one.at[1] : two.at[0]]
        if one.day is None or two.day is None or not _RANGE.fullmatch(between) or not _fits(one.day, two.day):
            understood = False
        else:
            weeks |= _covered(one.day, two.day, check_in)
        kept += f"{_FROM.sub(' ', text[place : one.at[0]])} "
        place = two.at[1]
    return kept + text[place:], understood and len(found) % 2 == 0


def _with_turn_of_year(cycle: Cycle) -> Cycle:
    """The cycle and some days more, so that 21.12.–3.1. finds its years."""
    return Cycle(id=cycle.id, first=cycle.first - timedelta(days=31), last=cycle.last + timedelta(days=31))


def _fits(first: date, last: date) -> bool:
    return timedelta(0) <= last - first <= timedelta(weeks=8)


def _covered(first: date, last: date, check_in: Weekday | None) -> set[IsoWeek]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    meant = [d for d in days if (d.weekday() <= Weekday.FRIDAY if check_in is None else d.weekday() == check_in)]
    return {IsoWeek.of(day) for day in meant}


def _weeks(text: str, cycle: Cycle, weeks: set[IsoWeek]) -> tuple[str, bool]:
    """Takes weeks, bare numbers after them, and spans of them out of a text."""
    marked = re.sub(
        r"(?<![\w.])([0-9]{1,2})(?=\s*(?:[,;&/)+\n]|und\b|and\b|bis\b|to\b|-|–|—|\Z))(?!\s?/\s?[0-9]{4})",
        r"KW \1",
        re.sub(
            r"(?i)(?<![\w-])(?:kws?|cw|wk|w|kalenderwochen?|wochen?|calendar weeks?|weeks?)\.?\s*(?=[0-9])", "KW ", text
        ),
    )
    marked = re.sub(r"KW KW ", "KW ", marked)
    found = list(weeks_in(marked, cycle))
    understood = all(week is not None for _, week in found)
    backwards: set[IsoWeek] = set()
    for ((begin, end), one), ((start, _), two) in pairwise(found):
        if one and two and _RANGE.fullmatch(marked[end:start]):
            fits = one <= two <= one.shifted(8)
            understood &= fits
            weeks |= set(one.until(two)) if fits else set()
            backwards |= set() if fits else {one, two}
            ahead = _FROM.sub(lambda match: " " * len(match[0]), marked[:begin])
            marked = f"{ahead}{marked[begin:end]}{' ' * (start - end)}{marked[start:]}"
    weeks |= {week for _, week in found if week} - backwards
    for (start, end), _ in reversed(found):
        marked = f"{marked[:start]} {marked[end:]}"
    return marked, understood and bool(found or not text.strip())
