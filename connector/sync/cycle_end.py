"""How a cycle ends for a team: which review is due, and which planning page is closed. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from connector.pages.refs import cycle_report_ref, month_report_ref
from connector.pages.report import Period
from mappings.calendar import working_day_before
from mappings.okr import Cycle, Strategy, Team

STILL_WRITTEN = timedelta(days=21)  # after the review, or after the cycle where that is later
CLOSED_FOR = timedelta(days=60)  # after a cycle, in which the top of its planning page still follows the review
MONTH_IS_WRITTEN = 7  # days of the next month in which a month's report is made and renewed
LATE = timedelta(days=7)  # after the day of a review, in which its page is still made by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDue:
    """The review of one cycle."""

    cycle: Cycle
    day: date
    make: bool  # its page is made where it is missing
    asked: bool = False  # a person asked for it by name


def review_due(team: Team, cycles: Iterable[Cycle], today: date, asked: str | None) -> ReviewDue | None:
    """The newest review whose page is to be there: from the working day before it until nobody writes there any more.

    `asked`: id of a cycle whose review a person wants now, whatever its day.
    """
    own = sorted((c for c in cycles if team.in_cycle(c)), key=lambda c: c.first, reverse=True)
    if asked is not None:
        named = next((cycle for cycle in own if cycle.id.casefold() == asked.casefold()), None)
        if named is not None:
            day = review_day(team, named) or min(max(today, named.first), named.last)
            return ReviewDue(cycle=named, day=day, make=True, asked=True)
    for cycle in own:
        named_day = review_day(team, cycle)
        if named_day and working_day_before(named_day) <= today <= max(named_day, cycle.last) + STILL_WRITTEN:
            return ReviewDue(cycle=cycle, day=named_day, make=today <= named_day + LATE)
    return None


def review_day(team: Team, cycle: Cycle) -> date | None:
    """The day that the team named for its review of a cycle."""
    rhythm = team.rhythm_in(cycle)
    named = rhythm.reviews if rhythm else ()
    return next((day for cycle_id, day in named if cycle_id.casefold() == cycle.id.casefold()), None)


def closed(cycles: Iterable[Cycle], today: date) -> Iterator[Cycle]:
    """Cycles that ended not long ago."""
    return (cycle for cycle in cycles if timedelta(0) < today - cycle.last <= CLOSED_FOR)


def cycle_before(cycles: Iterable[Cycle], cycle: Cycle) -> Cycle | None:
    """The cycle whose learnings a planning begins with."""
    return max((c for c in cycles if c.first < cycle.first), key=lambda c: c.first, default=None)


def periods_due(strategy: Strategy, today: date) -> Iterator[Period]:
    """The months and cycles whose report is made now, and follows the pages that it repeats."""
    last = today.replace(day=1) - timedelta(days=1)
    cycle = strategy.running(last)
    if cycle is not None and today.day <= MONTH_IS_WRITTEN:
        yield Period(cycle=cycle, month=last.replace(day=1))
    for ended in strategy.cycles:
        if timedelta(0) < today - ended.last <= STILL_WRITTEN:
            yield Period(cycle=ended)


def report_ref(period: Period) -> str:
    """The page of a report."""
    return month_report_ref(period.month) if period.month else cycle_report_ref(period.cycle)
