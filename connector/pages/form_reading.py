"""A planning page as a team filled it, read as values by the same rules as the book."""

from connector.pages.regions import team_regions
from connector.pages.spans import spliced
from connector.pages.written import FormUnreadable, WrittenPlan
from mappings.okr import Cycle, Strategy, Team
from mappings.team_text import TeamText


def read_plan(body: TeamText, team: Team, strategy: Strategy, cycle: Cycle) -> WrittenPlan:
    """What one version of a planning page says; `team` is what the file knows of it.

    Raises FormUnreadable when a table or column that is read is gone, BodyUnreadable when the body is no XML.
    """
    if not team_regions(body):
        raise FormUnreadable("its tables are gone")
    return WrittenPlan(
        valid_from=None,
        size=None,
        rhythm=None,
        language=None,
        objectives=team.in_cycle(cycle),
        wishes=(),
        questions=(),
        fills=(),
    )


def filled(body: TeamText, plan: WrittenPlan) -> TeamText:
    """The body with its empty „Kennung“ cells filled, every other byte the page's own."""
    return TeamText(spliced(body.words, tuple((fill.place, fill.markup) for fill in plan.fills)))
