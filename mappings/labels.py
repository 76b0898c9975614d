"""The labels that tell what is ours, in Jira and in Confluence; lower case, as Confluence keeps them."""

from typing import Final

OURS: Final = "okr-connector"
RETIRED: Final = "okr-retired"
CLOSED: Final = "okr-closed"
DUPLICATE: Final = "okr-duplicate"


def team_label(team_id: str) -> str:
    """The label of everything that belongs to a team."""
    return f"okr-team-{team_id}"


def cycle_label(cycle_id: str) -> str:
    """The label of everything that belongs to a cycle."""
    return f"okr-{cycle_id.casefold()}"
