"""Drawing of the strategy page: what leadership gives, and what teams tell from the other side."""

from dataclasses import replace

from connector.pages import titles
from connector.pages.draft import Draft, Region
from connector.pages.form_fields import Sheet
from connector.pages.frame import strategy_part, strategy_rows
from connector.pages.need_places import with_needs
from connector.pages.orientation import TeamNeeds, Told, contributions, map_picture, open_questions, team_needs
from connector.pages.studio import Block, Studio, draft_of, studio_of
from connector.pages.views import Addresses
from mappings.okr import OkrSource, Strategy, Team
from mappings.team_text import TeamText


def strategy_page(
    strategy: Strategy, addresses: Addresses, teams: tuple[Team, ...] = (), told: Told | None = None
) -> Draft:
    """Leadership's frame, then needs, open questions and what contributes to what.

    `teams` are those whose plannings may stand in other spaces.
    """
    studio, told = studio_of(strategy.language), told or Told()
    part = strategy_part(strategy, teams, addresses, studio.words)
    written = strategy.source is OkrSource.CONFLUENCE
    frame: Block = studio.machine("frame", "strategy_frame", page=part)
    if written:
        frame = studio.form(Sheet.STRATEGY, "form_rows", rows=strategy_rows(strategy, studio.words))
    contributing = contributions(told.teams, told.cycles, studio.words)
    picture = map_picture(strategy, contributing, studio.words)
    asked = open_questions(told.asking, addresses)
    blocks = [
        studio.machine("head", "strategy_head", page=part, written=written),
        frame,
        *_needs(studio, told, addresses),
        studio.machine("questions", "strategy_questions", asked=asked),
        studio.machine("map", "strategy_map", told=contributing, picture=picture),
        studio.machine("teams", "strategy_teams", page=part),
        studio.machine("foot", "strategy_about", page=part),
    ]
    draft = draft_of(titles.strategy_title(strategy), titles.strategy_labels(), blocks)
    return replace(draft, picture=picture.picture if picture else None)


def with_new_needs(body: TeamText, strategy: Strategy, addresses: Addresses, told: Told) -> TeamText:
    """The page as it stands with a place for each need that is new. Raises BodyUnreadable."""
    studio = studio_of(strategy.language)
    needs = _told(studio, told, addresses)
    return with_needs(body, [(need, _need(studio, need), studio.team("", (need.answer,)).inside) for need in needs])


def _needs(studio: Studio, told: Told, addresses: Addresses) -> list[Block]:
    needs = _told(studio, told, addresses)
    blocks: list[Block] = [studio.machine("needs", "strategy_needs", sources=[need.source for need in needs])]
    for need in needs:
        blocks += [_need(studio, need), studio.team(need.region, (need.answer,))]
    for voice, week in told.withdrawn:
        gone = team_needs(voice, week, addresses, studio.words)
        blocks.append(studio.machine(gone.region, "strategy_need_withdrawn", need=gone))
    return blocks


def _told(studio: Studio, told: Told, addresses: Addresses) -> list[TeamNeeds]:
    return [team_needs(voice, week, addresses, studio.words) for voice, week in told.needs]


def _need(studio: Studio, need: TeamNeeds) -> Region:
    return studio.machine(need.region, "strategy_need", need=need)
