"""Where pages of ours stand: by space and title, which no two pages share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from connector.pages.language import words_of
from connector.pages.report import Period, span_of
from connector.pages.titles import (
    check_in_title,
    learning_title,
    planning_title,
    record_title,
    report_title,
    retrospective_title,
    review_title,
    strategy_title,
)
from connector.sync.cycle_end import report_ref
from connector.sync.refs import (
    LEARNINGS,
    RECORD,
    STRATEGY,
    check_in_ref,
    home_ref,
    learning_ref,
    planning_ref,
    retrospective_ref,
    review_ref,
)
from connector.sync.scope import Scope
from mappings.calendar import IsoWeek
from mappings.okr import Cycle, Strategy


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page of ours would stand."""

    space: str  # id
    folded: str  # no space takes two titles that differ in case alone
    title: str = field(compare=False)

    @classmethod
    def of(cls, space: str, title: str) -> "Place":
        """The place of a page with that title."""
        return cls(space=space, folded=title.strip().casefold(), title=title)


def places(scope: Scope, spaces: Mapping[str, str]) -> dict[Place, str]:
    """Every page that could be ours, by where it would stand; spaces are ids by key."""
    found: dict[Place, str] = {}

    def put(space: str, title: str, ref: str) -> None:
        if space in spaces:
            found[Place.of(spaces[space], title)] = ref

    strategy = scope.strategy
    put(strategy.space, learning_title(strategy.organisation, strategy.language), LEARNINGS)
    for period in _periods(strategy):
        put(strategy.space, report_title(strategy, span_of(period, words_of(strategy.language))), report_ref(period))
    put(strategy.space, strategy_title(strategy), STRATEGY)
    put(strategy.space, record_title(strategy), RECORD)
    for space in spaces:
        put(space, strategy.parent, home_ref(space))
    for team in (s.team for s in scope.teams):
        put(team.space, learning_title(team.name, team.language), learning_ref(team))
        for cycle in strategy.cycles:
            put(team.space, review_title(team, cycle, team.language), review_ref(team, cycle))
            put(team.space, retrospective_title(team, cycle, team.language), retrospective_ref(team, cycle))
            put(team.space, planning_title(team, cycle, team.language), planning_ref(team, cycle))
            for week in weeks_of(cycle):
                put(team.space, check_in_title(team, week, team.language), check_in_ref(team, week))
    return found


def _periods(strategy: Strategy) -> Iterator[Period]:
    """Every cycle and month that could have a report."""
    months: dict[date, Cycle] = {}
    for cycle in strategy.cycles:
        yield Period(cycle=cycle)
        month = cycle.first.replace(day=1)
        while month <= cycle.last:
            months.setdefault(month, cycle)
            month = (month + timedelta(days=31)).replace(day=1)
    yield from (Period(cycle=cycle, month=month) for month, cycle in months.items())


def weeks_of(cycle: Cycle) -> tuple[IsoWeek, ...]:
    """All weeks that touch a cycle."""
    return tuple(IsoWeek.of(cycle.first).until(IsoWeek.of(cycle.last)))
