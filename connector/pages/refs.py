"""The names under which pages are known everywhere: in addresses, in the ledger, in plans and in reports."""

from mappings.calendar import IsoWeek
from mappings.okr import Cycle, Team

STRATEGY = "strategy"
RECORD = "record"  # the page that says what is read here


def home_ref(space: str) -> str:
    """The page of a space below which everything of ours stands."""
    return f"home/{space}"


def planning_ref(team: Team, cycle: Cycle) -> str:
    """A team's planning page of one cycle."""
    return f"planning/{team.id}/{cycle.id.casefold()}"


def check_in_ref(team: Team, week: IsoWeek) -> str:
    """A team's check-in page of one week."""
    return f"check-in/{team.id}/{week}"
