"""What one run looks at: the teams, their cycles today, and which of their pages are open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from connector.ports import Clock
from mappings.calendar import IsoWeek, working_day_before
from mappings.okr import Cycle, MappingBook, Strategy, Team, check_in_weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a person asked for beyond a plain sync."""

    teams: tuple[str, ...] = ()  # ids; empty: all
    force: bool = False
    restore_drift: bool = False
    check_ins: Mapping[str, IsoWeek] = field(default_factory=dict)  # pages to make now, by team id
    expected: str | None = None  # checksum of the plan a person read
    quiet: timedelta | None = None  # write a check-in only after so long without an edit, or just before its meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamScope:
    """One team on the day of the run."""

    team: Team
    today: date
    running: Cycle | None
    planned: tuple[Cycle, ...]  # cycles with a planning page: the running one, and the next when it is near
    week: IsoWeek | None  # of the newest check-in page that is due
    make: bool  # whether that page is to be made when it is missing
    asked: bool  # a person asked for that page by name, so it comes back even from the trash
    cycles: tuple[Cycle, ...]  # of the organisation

    def cycle_of(self, week: IsoWeek) -> Cycle | None:
        """The cycle in which the team's check-in of that week lies."""
        weekday = self.team.rhythm.check_in if self.team.rhythm else 0
        return next((cycle for cycle in self.cycles if cycle.contains(week.day(weekday))), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Everything one run looks at."""

    book: MappingBook
    teams: tuple[TeamScope, ...]
    now: datetime
    whole: bool  # no team was named: what belongs to no team any more is seen
    options: Options

    @property
    def strategy(self) -> Strategy:
        """What leadership gives."""
        return self.book.strategy

    @property
    def known(self) -> frozenset[str]:
        """Ids of all teams of the book, whether or not this run looks at them."""
        return frozenset(name for team in self.book.teams for name in (team.id, team.was) if name)


def scope_of(book: MappingBook, options: Options, clock: Clock) -> Scope:
    """The teams that were named, or all, as they are today."""
    chosen = [team for team in book.teams if not options.teams or team.id in options.teams]
    return Scope(
        book=book,
        teams=tuple(_team_scope(book.strategy, team, clock.today(team.timezone.key), options) for team in chosen),
        now=clock.now(),
        whole=not options.teams,
        options=options,
    )


def _team_scope(strategy: Strategy, team: Team, today: date, options: Options) -> TeamScope:
    asked = options.check_ins.get(team.id)
    running = _cycle_of(strategy, asked) if asked else strategy.running(today)
    week = asked or (_due_week(team, running, today) if running else None)
    return TeamScope(
        team=team,
        today=today,
        running=running,
        planned=_planned(strategy, team, running, today),
        week=week,
        make=week is not None and (asked is not None or week >= IsoWeek.of(today)),
        asked=asked is not None,
        cycles=tuple(sorted(strategy.cycles, key=lambda cycle: cycle.first)),
    )


def _cycle_of(strategy: Strategy, week: IsoWeek) -> Cycle | None:
    days = (week.day(weekday) for weekday in range(5))
    return next((cycle for day in days if (cycle := strategy.running(day))), None)


def _planned(strategy: Strategy, team: Team, running: Cycle | None, today: date) -> tuple[Cycle, ...]:
    ahead = today + timedelta(weeks=strategy.planning_ahead)
    near = [c for c in strategy.cycles if today < c.first <= ahead and team.in_cycle(c)]
    return tuple(([running] if running and team.in_cycle(running) else []) + near)


def _due_week(team: Team, cycle: Cycle, today: date) -> IsoWeek | None:
    """The newest week whose page is due: in the week itself, and from the working day before its meeting on."""
    if team.rhythm is None or not team.in_cycle(cycle):
        return None
    meetings = [(week, week.day(team.rhythm.check_in)) for week in check_in_weeks(team.rhythm, cycle)]
    due = [week for week, meeting in meetings if min(week.day(0), working_day_before(meeting)) <= today]
    return due[-1] if due else None
