"""What one run looks at: the teams, their cycles today, and which of their pages are open."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from connector.ports import Clock
from connector.sync.cycle_end import ReviewDue, closed, review_due
from connector.sync.plan_standing import Standing
from mappings.calendar import IsoWeek, Rhythm, working_day_before
from mappings.okr import Cycle, MappingBook, Strategy, Team, check_in_weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a person asked for beyond a plain sync."""

    teams: tuple[str, ...] = ()  # ids; empty: all
    force: bool = False
    restore_drift: bool = False
    check_ins: Mapping[str, IsoWeek] = field(default_factory=dict)  # pages to make now, by team id
    expected: str | None = None  # checksum of the plan a person read
    reviews: Mapping[str, str] = field(default_factory=dict)  # cycles whose review page to make now, by team id
    plannings: frozenset[str] = frozenset()  # ids of teams whose next planning page to make now
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
    filed: Team  # the team as its file has it
    plans: Mapping[str, Standing] = field(default_factory=dict)  # by cycle id, what counts of pages it wrote itself
    review: ReviewDue | None = None
    closed: tuple[Cycle, ...] = ()  # cycles that ended not long ago
    planning: bool = False  # a person asked for the next planning page, so it comes back even from the trash

    def cycle_of(self, week: IsoWeek) -> Cycle | None:
        """The cycle in which the team's check-in of that week lies."""
        return next((cycle for cycle in self.cycles if cycle.contains(week.day(self._weekday(cycle)))), None)

    def _weekday(self, cycle: Cycle) -> int:
        rhythm = self.team.rhythm_in(cycle)
        return rhythm.check_in if rhythm else 0

    def is_told(self, cycle: Cycle) -> bool:
        """Whether it is known what the team wants in a cycle; of a draft, or a page that cannot be read, it is not."""
        plan = self.plans.get(cycle.id)
        return not self.team.writes_itself or (plan is not None and plan.plan is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Everything one run looks at."""

    book: MappingBook  # with what people wrote on their pages
    filed: MappingBook  # as the files have it
    teams: tuple[TeamScope, ...]
    now: datetime
    whole: bool  # no team was named: what belongs to no team any more is seen
    options: Options

    @property
    def strategy(self) -> Strategy:
        """What leadership gives."""
        return self.book.strategy

    @property
    def today(self) -> date:
        """The calendar day of the organisation."""
        return self.now.astimezone(self.strategy.timezone).date()

    @property
    def known(self) -> frozenset[str]:
        """Ids of all teams of the book, whether or not this run looks at them."""
        return frozenset(name for team in self.book.teams for name in (team.id, team.was) if name)


def scope_of(book: MappingBook, options: Options, clock: Clock) -> Scope:
    """The teams that were named, or all, as they are today."""
    chosen = [team for team in book.teams if not options.teams or team.id in options.teams]
    return Scope(
        book=book,
        filed=book,
        teams=tuple(_team_scope(book.strategy, team, clock.today(team.timezone.key), options) for team in chosen),
        now=clock.now(),
        whole=not options.teams,
        options=options,
    )


def _team_scope(strategy: Strategy, team: Team, today: date, options: Options) -> TeamScope:
    asked = options.check_ins.get(team.id)
    running = _cycle_of(strategy, asked) if asked else strategy.running(today)
    rhythm = team.rhythm_in(running) if running and team.in_cycle(running) else None
    week = asked or (due_week(rhythm, running, today) if rhythm and running else None)
    if team.writes_itself and not (running and team.in_cycle(running)):
        week = None  # of a draft no check-in is made, whoever asks
    return TeamScope(
        team=team,
        today=today,
        running=running,
        planned=_planned(strategy, team, running, today, asked=team.id in options.plannings),
        week=week,
        make=week is not None and (asked is not None or week >= IsoWeek.of(today)),
        asked=asked is not None,
        cycles=tuple(sorted(strategy.cycles, key=lambda cycle: cycle.first)),
        filed=team,
        review=review_due(team, strategy.cycles, today, options.reviews.get(team.id)),
        closed=tuple(closed(strategy.cycles, today)),
        planning=team.id in options.plannings,
    )


def rewritten(scope: Scope, strategy: Strategy, teams: Mapping[str, tuple[Team, Mapping[str, Standing]]]) -> Scope:
    """The scope with what people wrote in place of what the files say; `teams` by id, with what counts by cycle id."""

    def anew(one: TeamScope) -> TeamScope:
        if one.team.id not in teams:
            return one
        team, plans = teams[one.team.id]
        return replace(_team_scope(strategy, team, one.today, scope.options), filed=one.filed, plans=plans)

    scopes = tuple(anew(one) for one in scope.teams)
    read = {one.team.id: one.team for one in scopes}
    book = replace(scope.book, strategy=strategy, teams=tuple(read.get(t.id, t) for t in scope.book.teams))
    return replace(scope, book=book, teams=scopes)


def _cycle_of(strategy: Strategy, week: IsoWeek) -> Cycle | None:
    days = (week.day(weekday) for weekday in range(5))
    return next((cycle for day in days if (cycle := strategy.running(day))), None)


def _planned(strategy: Strategy, team: Team, running: Cycle | None, today: date, *, asked: bool) -> tuple[Cycle, ...]:
    """Also the next cycle, however far, where a person asked for its page."""
    ahead = today + timedelta(weeks=strategy.planning_ahead)
    coming = sorted((c for c in strategy.cycles if today < c.first), key=lambda c: c.first)
    near = [c for c in coming if c.first <= ahead] or coming[: int(asked)]
    return tuple(c for c in ([running] if running else []) + near if team.writes_itself or team.in_cycle(c))


def due_week(rhythm: Rhythm, cycle: Cycle, today: date) -> IsoWeek | None:
    """The newest week whose page is due: in the week itself, and from the working day before its meeting on."""
    meetings = [(week, week.day(rhythm.check_in)) for week in check_in_weeks(rhythm, cycle)]
    due = [week for week, meeting in meetings if min(week.day(0), working_day_before(meeting)) <= today]
    return due[-1] if due else None
