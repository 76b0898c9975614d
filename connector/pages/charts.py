"""The one picture of a check-in page as data: which series it shows, what it says to those who do not see it."""

import hashlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from decimal import Decimal

from connector.pages.draft import Picture
from connector.pages.drawing import EDITION, Band, Line, Panel, Point, png
from connector.pages.hypotheses import named
from connector.pages.language import Words
from connector.pages.questions import NO_DATA
from connector.pages.trend import printed_since, reading_in, trend_weeks
from connector.pages.views import TeamView
from mappings.calendar import IsoWeek
from mappings.indicators import Indicator, Target
from mappings.okr import KeyResult, key_results

ENOUGH = 2  # known values that make a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The leading indicator of one key result over its cycles, from its first known value on."""

    number: int  # of the key result on its page
    indicator: Indicator
    weeks: tuple[IsoWeek, ...]
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture, the section of the page it stands in, and its words."""

    number: int
    panels: tuple[Panel, ...]  # everything that goes into the picture
    picture: Picture
    text: str  # alternative text


def chart(view: TeamView, week: IsoWeek, words: Words) -> Chart | None:
    """The picture of a check-in page, in the section of the first key result it shows; `None` while there is no line.

    Equal data make an equal file name and equal bytes.
    """
    shown = tuple(_series(view, week))
    if not shown:
        return None
    panels = tuple(_panel(series, words) for series in shown)
    content = repr((EDITION, [astuple(panel) for panel in panels]))
    name = f"okr-{hashlib.sha256(content.encode()).hexdigest()[:16]}.png"
    return Chart(
        number=shown[0].number,
        panels=panels,
        picture=Picture(file_name=name, content=png(panels)),
        text=" ".join(_told(series, words) for series in shown),
    )


def _series(view: TeamView, week: IsoWeek) -> Iterator[Series]:
    for number, (_, key_result) in enumerate(key_results(view.team, view.cycle), start=1):
        series = _first_line(view, number, key_result, week)
        if series is not None:
            yield series


def _first_line(view: TeamView, number: int, key_result: KeyResult, week: IsoWeek) -> Series | None:
    begin = printed_since(view, key_result, week)
    for indicator in key_result.leading:
        readings = view.readings_of(indicator, week)
        weeks = tuple(w for w in trend_weeks(view, (indicator,), week) if w >= begin)
        values = [reading.value if (reading := reading_in(readings, w)) else None for w in weeks]
        known = [position for position, value in enumerate(values) if value is not None]
        if len(known) >= ENOUGH:
            since = known[0]
            return Series(number=number, indicator=indicator, weeks=weeks[since:], values=tuple(values[since:]))
    return None


def _panel(series: Series, words: Words) -> Panel:
    indicator, first = series.indicator, series.weeks[0]
    baseline, target = indicator.baseline, indicator.target
    return Panel(
        title=f"{series.number} · {named(indicator)}",
        points=tuple(
            Point(
                x=(week.day(0) - first.day(0)).days // 7,
                tick=words.column(week),
                y=None if value is None else float(value),
                label="" if value is None else words.amount(value, indicator.unit),
            )
            for week, value in zip(series.weeks, series.values, strict=True)
        ),
        baseline=None
        if baseline is None
        else Line(y=float(baseline), label=words.say("start {value}", value=words.amount(baseline, indicator.unit))),
        target=None if target is None else _band(target, indicator.unit, words),
    )


def _band(target: Target, unit: str, words: Words) -> Band:
    message = "target {value}" if target.low == target.high else "target range {value}"
    label = words.say(message, value=words.span(target.low, target.high, unit))
    return Band(low=float(target.low), high=float(target.high), label=label)


def _told(series: Series, words: Words) -> str:
    indicator = series.indicator
    unit = words.say("{value} percent") if indicator.unit.strip() == "%" else "{value}"
    parts = [named(indicator)]
    if indicator.baseline is not None:
        start = unit.format(value=words.number(indicator.baseline))
        parts.append(_capital(words.say("start {value}", value=start)))
    parts.append(", ".join(_told_weeks(series, unit, words)))
    if indicator.target is not None:
        parts.append(_target(indicator.target.low, indicator.target.high, unit, words))
    return " ".join(f"{part}." for part in parts)


def _told_weeks(series: Series, unit: str, words: Words) -> Iterator[str]:
    last = max(position for position, value in enumerate(series.values) if value is not None)
    for position, (week, value) in enumerate(zip(series.weeks, series.values, strict=True)):
        said = NO_DATA[words.language] if value is None else words.number(value)
        yield f"{words.column(week)}: {unit.format(value=said) if position == last else said}"


def _target(low: Decimal, high: Decimal, unit: str, words: Words) -> str:
    if low == high:
        return _capital(words.say("target {value}", value=unit.format(value=words.number(low))))
    span = words.say("{low} to {high}", low=words.number(low), high=words.number(high))
    return _capital(words.say("target range {value}", value=unit.format(value=span)))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
