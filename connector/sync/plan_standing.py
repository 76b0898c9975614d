"""Which version of a planning page is in force. Pure: what is known goes in, what counts comes out."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from connector.ledger import Kind, Resource
from connector.pages.written import WrittenPlan
from mappings.calendar import IsoWeek, Rhythm
from mappings.okr import Cycle, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """One planning page as it was found."""

    team: Team  # as its file has it
    cycle: Cycle
    ref: str
    id: str
    version: int  # the newest
    said: WrittenPlan | None = field(repr=False)  # what the newest version says; None: it cannot be read
    row: Resource | None  # what is remembered about this very page
    known: int | None  # the version that was in force
    before: WrittenPlan | None = field(repr=False)  # what that version says; None: it cannot be read any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When it is decided, and how far the team's check-ins have come."""

    now: datetime
    today: date  # in the team's zone
    begun: bool  # a check-in page of the cycle has been made
    due: bool  # the next one is to be made


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What of one planning page counts."""

    page: PlanPage
    version: int | None  # in force; None: a draft, or nothing that can be read
    plan: WrittenPlan | None = field(repr=False)  # what that version says
    changed: datetime | None  # since when a change is known that no check-in has told yet

    @property
    def row(self) -> Resource:
        """How it is remembered."""
        page, row = self.page, self.page.row
        return Resource(
            kind=Kind.PLAN,
            ref=page.ref,
            remote_id=page.id,
            version=self.version,
            drifted=int(self.changed is not None),
            since=self.changed or (row.since if row else _LONG_AGO),
        )

    @property
    def rhythm(self) -> Rhythm | None:
        """When the team meets in the cycle, from the day on from which its plan holds."""
        if self.plan is None or self.plan.rhythm is None:
            return None
        return replace(self.plan.rhythm, valid_from=self.plan.valid_from)

    @property
    def emptied(self) -> bool:
        """Whether „Gilt ab“ is empty on a page that holds."""
        return self.version is not None and self.page.said is not None and self.page.said.valid_from is None


_LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def standing(page: PlanPage, at: Moment) -> Standing:
    """A version counts once it is cleanly read and its day has come; a change, from the next check-in on.

    What cannot be read, is not valid yet, or was made a draft again, leaves in force what was.
    """
    ready = is_ready(page.said, at.today)
    if page.known is None or (page.before is None and ready):
        return _taken(page, None) if ready else Standing(page=page, version=None, plan=None, changed=None)
    since = page.row.since if page.row and page.row.drifted else at.now
    if page.known == page.version:
        untold = page.row is not None and page.row.drifted > 0 and at.due
        return Standing(page=page, version=page.known, plan=page.said, changed=since if untold else None)
    same = page.said is not None and page.before is not None and same_words(page.said, page.before)
    if ready and (same or at.due or not at.begun):
        return _taken(page, None if same or not at.begun else since)
    differs = page.said is not None and not same
    return Standing(page=page, version=page.known, plan=page.before, changed=since if differs else None)


def plan_of_file(team: Team, cycle: Cycle) -> WrittenPlan:
    """What a team's file says about a cycle, as if the team had written it on its page."""
    return WrittenPlan(
        valid_from=cycle.first,
        size=team.size,
        rhythm=team.rhythm,
        language=team.language,
        objectives=team.in_cycle(cycle),
        wishes=(),
        questions=(),
        fills=(),
    )


def is_ready(plan: WrittenPlan | None, today: date) -> bool:
    """Whether a version could be in force today."""
    return plan is not None and plan.valid_from is not None and plan.valid_from <= today


def same_words(one: WrittenPlan, other: WrittenPlan) -> bool:
    """Whether two versions say the same, whatever they leave open."""
    return _said(one) == _said(other)


def _said(plan: WrittenPlan) -> WrittenPlan:
    return replace(plan, wishes=(), begun=(), questions=(), fills=())


def _taken(page: PlanPage, changed: datetime | None) -> Standing:
    return Standing(page=page, version=page.version, plan=page.said, changed=changed)


def as_written(team: Team, standings: tuple[Standing, ...], running: Cycle | None) -> Team:
    """The team with what it wrote in place of what its file says; `standings` in the order of the cycles."""
    counting = [one for one in standings if one.plan is not None]
    rhythms = {one.page.cycle.id: one.rhythm for one in counting if one.rhythm is not None}
    plans = {one.page.cycle.id: one.plan for one in counting}
    here = plans.get(running.id) if running else None
    newest = here or (counting[-1].plan if counting else None)
    return replace(
        team,
        size=(newest.size if newest else None) or team.size,
        language=(newest.language if newest else None) or team.language,
        rhythm=rhythms.get(running.id) if running else None,
        rhythms=tuple((cycle, rhythm) for cycle, rhythm in rhythms.items() if rhythm is not None),
        objectives=tuple(objective for one in counting for objective in (one.plan.objectives if one.plan else ())),
    )


def week_of_change(standing: Standing) -> IsoWeek | None:
    """The week in which a change was seen that the next check-in tells."""
    return IsoWeek.of(standing.changed.astimezone(standing.page.team.timezone).date()) if standing.changed else None
