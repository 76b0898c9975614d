"""Days and weeks as people write them in a cell; what could mean two things is no day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from connector.pages.spans import Span
from mappings.calendar import IsoWeek
from mappings.okr import Cycle

_NEAR = 4  # weeks around a cycle in which a week without a year is looked for
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner january jan jän", "februar feber february feb", "märz maerz march mär mrz mar", "april apr",
            "mai may", "juni june jun", "juli july jul", "august aug", "september sept sep",
            "oktober october okt oct", "november nov", "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_IS_CLOCK = (  # 15. Dezember, 14 Uhr: fourteen is no year
    r"(?:[:.][0-9]{{2}})?\s*(?:(?:-|–|—|bis|to)\s*[0-9]{{1,2}}(?:[:.][0-9]{{2}})?\s*)?(?:uhr\b|h\b|[ap]\.?m\b|o.clock)|:[0-9]{{2}}"
)
_YEAR = rf"(?:['’]?(?P<{{0}}>[0-9]{{{{4}}}}|[0-9]{{{{2}}}}(?!{_IS_CLOCK}))(?![0-9]))"
_SHAPES = (
    r"(?P<iso>[0-9]{4})-(?P<m1>[0-9]{2})-(?P<d1>[0-9]{2})",
    r"(?P<d2>[0-9]{1,2})\s?\.\s?(?P<m2>[0-9]{1,2})\s?\.(?:\s?" + _YEAR.format("y2") + r")?",
    r"(?P<d3>[0-9]{1,2})(?:\.|st|nd|rd|th)?\s*(?:of\s+)?(?P<m3>"
    + _MONTH
    + r")\b\.?,?(?:\s*"
    + _YEAR.format("y3")
    + ")?",
    r"(?P<m4>" + _MONTH + r")\b\.?\s+(?P<d4>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9.])(?:,?\s+" + _YEAR.format("y4") + ")?",
    r"(?P<a5>[0-9]{1,2})/(?P<b5>[0-9]{1,2})(?:/" + _YEAR.format("y5") + ")?",
)
# of two days with a dash between them, 19.10.-23.10., both are days
_DOTTED = r"(?:(?<=\.[0-9]\.-)|(?<=\.[0-9]{2}\.-)|(?<=\.[0-9]{4}-)|(?<![\w.,/-]))" + _SHAPES[1] + r"(?![\w/])"
_DAY = re.compile(
    "|".join((_DOTTED, *(rf"(?<![\w.,/-]){shape}(?![\w/]|-[0-9])" for shape in _SHAPES if shape is not _SHAPES[1]))),
    re.IGNORECASE,
)
_WEEK = re.compile(
    r"(?<!\w)(?:(?P<y1>[0-9]{4})-?W(?P<w1>[0-9]{2})|(?:kw|cw|wk\.?|w|kalenderwochen?|wochen?|calendar weeks?|weeks?)"
    r"\s*(?P<w2>[0-9]{1,2})(?:\s?/\s?(?P<y2>[0-9]{4}))?)(?!\w|\.[0-9])",
    re.IGNORECASE,
)
_WEEKDAY = (
    r"(?:(?P<weekday>montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mo|di|mi|do|fr|sa|so|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\b\.?,?\s*)?"
)
_BEFORE = re.compile(
    r"\W*(?:(?:gilt )?ab(?: dem)?|vom|am|seit(?: dem)?|den|der|from|on|since|as of|starting(?: on)?|valid from|the)?"
    rf"\s*{_WEEKDAY}(?:(?:dem|den|der|the)\s+)?\W*",
    re.IGNORECASE,
)
_WEEKDAYS = ("mo", "di tu", "mi we", "do th", "fr", "sa", "so su")
_SPAN_OF = r"(?:[0-9]{1,2}(?:[:.][0-9]{2})?\s*(?:uhr\s*)?(?:-|–|—|bis|to)\s*)?"
_CLOCK = re.compile(
    rf"(?:\b(?:um|at|ab|from|von)\s+)?{_SPAN_OF}"
    r"(?:[0-9]{1,2}[:.][0-9]{2}(?:\s*(?:uhr|[ap]\.?m\b\.?))?|[0-9]{1,2}\s*(?:uhr|h\b|[ap]\.?m\b\.?))"
    r"|[0-9]+\s*(?:std|stunden?|hours?|min|minuten|minutes)\b\.?",
    re.IGNORECASE,
)
_ON = re.compile(r"^\s*(?:an|on|onwards?)\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\?|\b(?:oder|vielleicht|evtl|eventuell|ggf|vermutlich|wahrscheinlich|voraussichtlich|wohl|circa|ca|etwa|ungefähr"
    r"|frühestens|spätestens|nicht|noch|bis|vorläufig|wenn|falls|außer|ausser|or|maybe|perhaps|probably|possibly|around"
    r"|about|roughly|earliest|latest|not|until|unless|if|tbc|tbd|except|to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A date in a text; `day` is None when it is none, or could be two."""

    at: Span
    day: date | None


def days_in(text: str, cycle: Cycle) -> Iterator[Found]:
    """Every date that a text holds; one without a year is the one day of that name in the cycle."""
    for match in _DAY.finditer(text):
        yield Found(at=match.span(), day=_day(match, cycle))


def only_day(text: str, cycle: Cycle) -> date | None:
    """The one day that a cell names; None when there is none, several, or a doubt."""
    found = list(days_in(text, cycle))
    if len(found) != 1 or found[0].day is None:
        return None
    (start, end), day = found[0].at, found[0].day
    before = _BEFORE.fullmatch(text[:start])
    if before is None or not is_remark(_CLOCK.sub("", _ON.sub("", text[end:]))):
        return None
    weekday = (before["weekday"] or "").casefold()[:2]
    return day if not weekday or weekday in _WEEKDAYS[day.weekday()].split() else None


def is_remark(rest: str) -> bool:
    """Whether words after a value only accompany it: nothing, or a remark without numbers and without doubt."""
    rest = rest.strip()
    if _DOUBT.search(rest) or re.search(r"[0-9]", rest):
        return False
    return not re.search(r"\w", rest) or rest[0] in "(,;:–—-" or rest[0] == "."


def month_of(name: str) -> int | None:
    """The number of a month by its name in either language, short or long."""
    return _MONTHS.get(name.casefold())


def in_doubt(text: str) -> bool:
    """Whether words take back, widen or question what they stand beside."""
    return _DOUBT.search(text) is not None


def weeks_in(text: str, cycle: Cycle) -> Iterator[tuple[Span, IsoWeek | None]]:
    """Every week that a text names as one; None when there is no such week in or near the cycle."""
    for match in _WEEK.finditer(text):
        year = match["y1"] or match["y2"]
        yield match.span(), week_of(int(match["w1"] or match["w2"]), cycle, int(year) if year else None)


def week_of(number: int, cycle: Cycle, year: int | None = None) -> IsoWeek | None:
    """The week of that number in a cycle, else within a few weeks of it."""
    if year is not None and not 2000 <= year <= 2100:
        return None
    years = [year] if year else range(cycle.first.year - 1, cycle.last.year + 2)
    known = [week for each in years if (week := _iso(each, number))]
    inside = [w for w in known if w.day(6) >= cycle.first and w.day(0) <= cycle.last]
    first, last = IsoWeek.of(cycle.first).shifted(-_NEAR), IsoWeek.of(cycle.last).shifted(_NEAR)
    near = inside or [w for w in known if first <= w <= last]
    return near[0] if len(near) == 1 else None


def _iso(year: int, number: int) -> IsoWeek | None:
    try:
        return IsoWeek(year, number)
    except ValueError:
        return None


def _day(match: re.Match[str], cycle: Cycle) -> date | None:
    parts = match.groupdict()
    if parts["iso"]:
        return _date(int(parts["iso"]), int(parts["m1"]), int(parts["d1"]))
    if parts["a5"]:
        return _slashed(int(parts["a5"]), int(parts["b5"]), parts["y5"], cycle)
    number = next(n for n in "234" if parts[f"d{n}"])
    month = parts[f"m{number}"]
    of_year = int(month) if month.isdecimal() else _MONTHS[month.casefold()]
    return _dated(int(parts[f"d{number}"]), of_year, parts[f"y{number}"], cycle)


def _slashed(first: int, second: int, year: str | None, cycle: Cycle) -> date | None:
    """`15/12/2026` can be read one way only, `10/12/2026` two ways."""
    ways = {_dated(first, second, year, cycle), _dated(second, first, year, cycle)} - {None}
    return ways.pop() if len(ways) == 1 else None


def _dated(day: int, month: int, year: str | None, cycle: Cycle) -> date | None:
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    years = range(cycle.first.year, cycle.last.year + 1)
    inside = [d for each in years if (d := _date(each, month, day)) and cycle.contains(d)]
    return inside[0] if len(inside) == 1 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
