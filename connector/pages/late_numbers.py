"""The numbers that a team looks at in its review: rows of its own part that ask for a late indicator."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from connector.pages.amounts import amount
from connector.pages.given import Given, begins, given_in, plain
from connector.pages.questions import Asked
from connector.pages.regions import key_result_slugs, team_regions
from mappings.indicators import Indicator, SourceKind
from mappings.okr import Cycle, Team, key_result_ref, key_results
from mappings.team_text import TeamText


def late_numbers(body: TeamText, team: Team, cycle: Cycle) -> Mapping[str, Decimal | None]:
    """By indicator id what a review says, None for „keine Daten“; what cannot be read is absent.

    Raises BodyUnreadable.
    """
    slugs, regions = key_result_slugs(team, cycle), team_regions(body)
    found: dict[str, Decimal | None] = {}
    for objective, key_result in key_results(team, cycle):
        slug = slugs[key_result_ref(team, objective, key_result)]
        given = [row for r in regions if r.name == slug for row in given_in(r.inside, (), team.language)]
        for indicator, row in _beside(key_result.lagging, given):
            read = amount(row.text, indicator, row.language)
            if read is not None:
                found.setdefault(indicator.id, read.value)
    return found


def _beside(late: tuple[Indicator, ...], given: list[Given]) -> Iterator[tuple[Indicator, Given]]:
    """Each row in which somebody wrote, with the indicator whose name its question begins with."""
    asked = sorted((i for i in late if i.source.kind is SourceKind.OBSERVED), key=lambda i: -len(i.name))
    for row in given:
        said = plain(row.head.partition(":")[2])
        named = next((i for i in asked if begins(said, plain(i.name))), None)
        if row.asked is Asked.NUMBER and row.text and named is not None:
            yield named, row
