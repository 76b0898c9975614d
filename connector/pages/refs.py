"""The names under which pages are known everywhere: in addresses, in the ledger, in plans and in reports."""

from datetime import date

from mappings.calendar import IsoWeek
from mappings.okr import Cycle, Team

STRATEGY = "strategy"
RECORD = "record"  # the page that says what is read here
LEARNINGS = "learnings"  # the organisation's learning log


def home_ref(space: str) -> str:
    """The page of a space below which everything of ours stands."""
    return f"home/{space}"


def planning_ref(team: Team, cycle: Cycle) -> str:
    """A team's planning page of one cycle."""
    return f"planning/{team.id}/{cycle.id.casefold()}"


def check_in_ref(team: Team, week: IsoWeek) -> str:
    """A team's check-in page of one week."""
    return f"check-in/{team.id}/{week}"


def review_ref(team: Team, cycle: Cycle) -> str:
    """A team's review of one cycle."""
    return f"review/{team.id}/{cycle.id.casefold()}"


def retrospective_ref(team: Team, cycle: Cycle) -> str:
    """A team's own page about its working together; nothing is ever read from it."""
    return f"retrospective/{team.id}/{cycle.id.casefold()}"


def learning_ref(team: Team) -> str:
    """A team's learning log."""
    return f"learning/{team.id}"


def month_report_ref(first: date) -> str:
    """The organisation's report of a month."""
    return f"report/month/{first:%Y-%m}"


def cycle_report_ref(cycle: Cycle) -> str:
    """The organisation's report of a cycle."""
    return f"report/cycle/{cycle.id.casefold()}"
