"""The names under which pages and links are known in the ledger, in plans and in reports."""

from connector.pages.refs import (
    LEARNINGS,
    RECORD,
    STRATEGY,
    check_in_ref,
    cycle_report_ref,
    home_ref,
    learning_ref,
    month_report_ref,
    planning_ref,
    retrospective_ref,
    review_ref,
)
from connector.rings import EVERYBODY
from mappings.calendar import IsoWeek
from mappings.okr import Team

__all__ = [
    "LEARNINGS",
    "ORGANISATION",
    "RECORD",
    "STRATEGY",
    "check_in_ref",
    "cycle_report_ref",
    "home_ref",
    "learning_ref",
    "month_report_ref",
    "planning_ref",
    "retrospective_ref",
    "review_ref",
]

ORGANISATION = EVERYBODY
_OF_TEAMS = frozenset({"planning", "check-in", "review", "retrospective", "learning"})
_OF_ALL = frozenset({"home", "report", STRATEGY, RECORD, LEARNINGS})


def check_in_week_of(ref: str) -> IsoWeek:
    """The week of a check-in page."""
    return IsoWeek.parse(ref.rpartition("/")[2])


def check_in_week(ref: str, team: Team) -> IsoWeek | None:
    """The week of a check-in page of this team; nothing for any other ref."""
    head, _, week = ref.rpartition("/")
    return IsoWeek.parse(week) if head == f"check-in/{team.id}" else None


def evidence_ref(key_result: str, epic: str) -> str:
    """The link from a key result's issue to an epic."""
    return f"{key_result}>{epic}"


def team_of(ref: str) -> str:
    """The id of the team a ref belongs to, `*` for what belongs to all."""
    kind, _, rest = ref.partition("/")
    if kind in _OF_ALL:
        return ORGANISATION
    return rest.partition("/")[0] if kind in _OF_TEAMS else kind


def named_before(ref: str, team: Team | None) -> str | None:
    """The ref of something of a team under the id the team had before; nothing where it had none."""
    if team is None or team.was is None:
        return None
    owner, _, rest = ref.partition("/")
    return f"{team.was}/{rest}" if owner == team.id else None


def named_now(ref: str, team: Team) -> str:
    """The ref of something of a team under the team's present id, where it bears the one it had before."""
    parts = ref.split("/")
    place = 1 if parts[0] in _OF_TEAMS else 0
    if team.was is not None and len(parts) > 1 and parts[0] not in _OF_ALL and parts[place] == team.was:
        parts[place] = team.id
    return "/".join(parts)
