"""How far a team's check-ins have come: a change of its plan counts from the next one on. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from connector.ledger import Kind
from connector.sync.memory import Memory
from connector.sync.plan_standing import Moment, PlanPage
from connector.sync.refs import check_in_week
from connector.sync.scope import Scope, TeamScope, due_week
from mappings.calendar import IsoWeek
from mappings.okr import Cycle


def moment_of(page: PlanPage, scope: Scope, memory: Memory) -> Moment:
    """When, and whether check-ins of the page's cycle were made or are to be made now."""
    team = next(one for one in scope.teams if one.team.id == page.team.id)
    rows = memory.rows(Kind.PAGE, f"check-in/{page.team.id}/")
    made = {week for row in rows if row.remote_id and (week := check_in_week(row.ref, page.team)) is not None}
    return Moment(
        now=scope.now,
        today=team.today,
        begun=any(within(week, page.cycle) for week in made),
        due=any(week not in made for week in _due(page, team, scope)),
    )


def within(week: IsoWeek, cycle: Cycle) -> bool:
    """Whether a check-in of that week could belong to the cycle."""
    return any(cycle.contains(week.day(weekday)) for weekday in range(5))


def _due(page: PlanPage, team: TeamScope, scope: Scope) -> Iterator[IsoWeek]:
    """The weeks whose check-in is to be made now, by what was in force and by what the page says."""
    if team.running != page.cycle:
        return
    asked = scope.options.check_ins.get(page.team.id)
    if asked is not None:
        yield asked
        return
    for plan in (page.before, page.said):
        if plan is not None and plan.rhythm is not None:
            week = due_week(replace(plan.rhythm, valid_from=plan.valid_from), page.cycle, team.today)
            if week is not None and week >= IsoWeek.of(team.today):
                yield week
