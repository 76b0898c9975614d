"""Which indicators a mapping file knows of a team, whoever wrote the OKRs."""

from mappings.indicators import Indicator, IndicatorKind
from mappings.okr import Team


def indicators_at_hand(team: Team) -> tuple[Indicator, ...]:
    """The team's indicators; of a team that writes its OKRs in Confluence, those whose source its file connects.

    What such a team says about them stands on its page: here they have their default precision, and bear their ids.
    """
    if not team.writes_itself:
        return team.indicators
    return tuple(
        Indicator(id=indicator, name=indicator, kind=IndicatorKind.LEADING, source=source)
        for indicator, source in team.sources
    )
