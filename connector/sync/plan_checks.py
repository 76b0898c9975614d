"""What ends a run before anything is written: a team that nobody knows, a plan that a person has not read."""

from connector.errors import Advice, Code, PermanentError
from connector.sync.plan import Plan
from connector.sync.scope import Options
from mappings.okr import MappingBook


def check_teams(options: Options, book: MappingBook) -> None:
    """Raises PermanentError for a team that the book does not have."""
    for team in (*options.teams, *options.check_ins, *options.reviews, *options.plannings):
        if book.team(team) is None:
            raise PermanentError(
                Code.TEAM_UNKNOWN,
                Advice(
                    what="the mapping folder has no team of that id",
                    where=f"--team {team}",
                    options=("see the ids, `team:` in each file under teams/", "add a file under teams/"),
                ),
            )


def check_plan(plan: Plan, options: Options) -> None:
    """Raises PermanentError for a plan other than the one that was read, UnsafePlan for one that retires too much."""
    if options.expected is not None and options.expected != plan.checksum:
        raise PermanentError(
            Code.PLAN_CHANGED,
            Advice(
                what="the plan is not the one that was read, so nothing was written",
                where=f"plan {plan.checksum}",
                why="the book or the sites changed meanwhile",
                options=("read it again with `okr plan`", "sync without a checksum"),
            ),
        )
    if not options.force:
        plan.guard()
