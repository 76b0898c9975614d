"""Needs on the strategy page: pairs of regions put in behind their heading, and answers read back."""

from collections.abc import Sequence

from connector.pages.canonical import well_formed
from connector.pages.cells import lines
from connector.pages.draft import Region
from connector.pages.given import begins, plain
from connector.pages.markup import parse
from connector.pages.orientation import ANSWER, TeamNeeds, need_region
from connector.pages.regions import Found, end_of, machine_region, machine_regions, team_region, team_regions
from connector.pages.review_questions import told
from connector.pages.spans import spliced
from mappings.calendar import IsoWeek
from mappings.team_text import TeamText

HEADING = "needs"
BETWEEN = " · "
_ANSWERS = {language: plain(text.partition(" {")[0]) for language, text in ANSWER.items()}


def with_needs(body: TeamText, pairs: Sequence[tuple[TeamNeeds, Region, str]]) -> TeamText:
    """The page with a pair of regions for each new need right behind the heading, every other byte its own.

    A need is new that neither stands there nor was there before, which the heading tells: a pair that people took off
    stays away. Behind a heading that people changed, put elsewhere or took off, nothing is put. Raises BodyUnreadable.
    """
    standing = machine_regions(body)
    heading = next((found for found in standing if found.name == HEADING), None)
    if heading is None or heading.macro.deep or not heading.untouched:
        return body
    there = {found.name for found in standing} | _listed(heading)
    new = [pair for pair in pairs if not {pair[0].region, pair[0].source} & there]
    end = end_of(body, heading)
    added = "".join(f"\n{machine_region(region)}\n{team_region(need.region, inside)}" for need, region, inside in new)
    if not added:
        return body
    changed = TeamText(spliced(body.words, (((end, end), added),)))
    well_formed(changed)
    return changed


def answer_to(body: TeamText, team: str, week: IsoWeek) -> TeamText:
    """What was answered on the strategy page to a team's needs of a week, line by line; nothing where it is open.

    `team` is its id. Raises BodyUnreadable.
    """
    regions = [found for found in team_regions(body) if found.name == need_region(team, week)]
    for language, question in _ANSWERS.items():
        for head, answer in (row for found in regions for row in told(found.inside, language)):
            if begins(plain(head), question):
                return TeamText("\n".join(answer))
    return TeamText("")


def _listed(heading: Found) -> set[str]:
    """The sources that the heading names."""
    return {name.strip() for line in lines(parse(heading.inside)) for name in line.partition(": ")[2].split(BETWEEN)}
