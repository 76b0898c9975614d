"""The numbers and answers of the last weeks beside each other; kept regular, because they are read back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from connector.pages.hypotheses import row_head
from connector.pages.language import Words
from connector.pages.questions import DATA_FROM, NO_DATA, STATES
from connector.pages.views import TeamView
from mappings.calendar import IsoWeek
from mappings.indicators import Indicator, IndicatorKind, Reading, SourceKind
from mappings.okr import Cycle, KeyResult, Objective, check_in_weeks

SHOWN = 5  # columns


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRow:
    """One row: what it is about, and a cell for each week."""

    head: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The table of one key result; its last column is the week of the check-in."""

    columns: tuple[str, ...]
    rows: tuple[TrendRow, ...]


def trend(
    view: TeamView, objective: Objective, key_result: KeyResult, week: IsoWeek, words: Words, *, shown: int = SHOWN
) -> Trend:
    """The last five weeks of a key result: readings, their days, the team's state and confidence."""
    indicators = shown_indicators(view, key_result, week)
    weeks = trend_weeks(view, indicators, week)[-shown:]
    readings = {i.id: view.readings_of(i, week) for i in indicators}
    values = tuple(
        TrendRow(head=row_head(i, words), cells=tuple(_value(i, readings[i.id], w, words) for w in weeks))
        for i in indicators
    )
    days = tuple(_days([reading_in(readings[i.id], w) for i in indicators], words) for w in weeks)
    return Trend(
        columns=tuple(words.column(w) for w in weeks),
        rows=(
            *values,
            TrendRow(head=DATA_FROM[words.language], cells=days),
            *_answer_rows(view, objective, key_result, weeks, words),
        ),
    )


def shown_indicators(view: TeamView, key_result: KeyResult, week: IsoWeek) -> tuple[Indicator, ...]:
    """The leading indicators, and a lagging one once numbers come in for it by themselves."""
    return tuple(
        i
        for i in key_result.indicators
        if i.kind is IndicatorKind.LEADING
        or (i.source.kind is not SourceKind.OBSERVED and any(_known_in_cycle(view, i, week)))
    )


def trend_weeks(view: TeamView, indicators: tuple[Indicator, ...], week: IsoWeek) -> tuple[IsoWeek, ...]:
    """The check-in weeks and the weeks with a known value, up to the week of the check-in.

    They begin with the cycle, or with the first value where an indicator lives on from an earlier one.
    """
    own = weeks_met(view, view.cycle)
    known = {r.on for i in indicators for r in view.readings_of(i, week) if r.value is not None}
    met, read = set(own), set[IsoWeek]()
    for cycle in {view.cycle, *view.strategy.cycles}:
        weeks = {IsoWeek.of(day) for day in known if cycle.contains(day)}
        if weeks and cycle != view.cycle:  # of an earlier one its gaps, not how long ago it ended
            met |= {w for w in weeks_met(view, cycle) if min(weeks) < w < max(weeks)}
        read |= weeks
    since = min(read | {week, *own})
    return tuple(sorted({w for w in met if since <= w <= week} | read | {week}))


def weeks_met(view: TeamView, cycle: Cycle) -> tuple[IsoWeek, ...]:
    """The check-in weeks of a cycle by the rhythm that held in it; of another cycle's, by the one of today.

    What held in an earlier cycle is not always known, and a page must not depend on whether it is.
    """
    today = view.team.rhythm
    rhythm = view.team.rhythm_in(cycle) if cycle == view.cycle else today and replace(today, valid_from=None)
    return check_in_weeks(rhythm, cycle) if rhythm else ()


def printed_since(view: TeamView, key_result: KeyResult, week: IsoWeek) -> IsoWeek:
    """The first week that a table of the team's pages shows: what is older stands nowhere but in our database."""
    first = min((w for w in view.checked_weeks if w < week), default=week)
    return trend_weeks(view, shown_indicators(view, key_result, first), first)[-SHOWN:][0]


def _known_in_cycle(view: TeamView, indicator: Indicator, week: IsoWeek) -> Iterator[bool]:
    return (r.value is not None and view.cycle.contains(r.on) for r in view.readings_of(indicator, week))


def reading_in(readings: tuple[Reading, ...], week: IsoWeek) -> Reading | None:
    """The reading of a week; `None` when there is none, which a page shows like an unknown one."""
    return next((r for r in readings if r.week == week), None)


def _value(indicator: Indicator, readings: tuple[Reading, ...], week: IsoWeek, words: Words) -> str:
    reading = reading_in(readings, week)
    if reading is None or reading.value is None:
        return NO_DATA[words.language]
    return words.amount(reading.value, indicator.unit)


def _days(readings: list[Reading | None], words: Words) -> str:
    days = [r.on for r in readings if r is not None and r.value is not None]
    return " · ".join(words.short_day(day) for day in dict.fromkeys(days))


def _answer_rows(
    view: TeamView, objective: Objective, key_result: KeyResult, weeks: tuple[IsoWeek, ...], words: Words
) -> tuple[TrendRow, TrendRow]:
    given = [view.answer(week, objective, key_result) for week in weeks]
    states = tuple(
        STATES[answer.state][words.language] if answer.state else _silence(view, week, weeks[-1], words)
        for week, answer in zip(weeks, given, strict=True)
    )
    name = key_result.short_name
    return (
        TrendRow(head=words.say("{name}: where did our assumption stand?", name=name), cells=states),
        TrendRow(
            head=words.say("{name}: our confidence (1–10)", name=name),
            cells=tuple("" if a.confidence is None else str(a.confidence) for a in given),
        ),
    )


def _silence(view: TeamView, week: IsoWeek, current: IsoWeek, words: Words) -> str:
    if week >= current or view.answered(week) or week not in weeks_met(view, view.cycle):
        return ""
    return words.say("no check-in")
