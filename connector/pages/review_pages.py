"""Drawing of the pages on which a cycle ends: review and retrospective."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from connector.pages import titles
from connector.pages.closing import closing
from connector.pages.draft import Draft
from connector.pages.review import Review, review
from connector.pages.review_questions import BEFORE, RETROSPECTIVE, TOGETHER
from connector.pages.studio import Block, Studio, draft_of, studio_of
from connector.pages.views import Addresses, TeamView
from connector.pages.voices import Voice
from mappings.okr import Cycle, Team

RETRO = "retrospective"  # ref of its team region


def review_page(view: TeamView, day: date, addresses: Addresses) -> Draft:
    """A team's review of one cycle; its answers are empty, whatever was answered in check-ins."""
    team, cycle = view.team, view.cycle
    studio = studio_of(team.language)
    page = review(view, day, addresses, studio.words)
    title = titles.review_title(team, cycle, team.language)
    draft = draft_of(title, titles.review_labels(team, cycle), list(_blocks(studio, page)))
    return replace(draft, picture=page.chart.picture if page.chart else None)


def retrospective_page(team: Team, cycle: Cycle) -> Draft:
    """A page for the team alone: written once, never read."""
    studio = studio_of(team.language)
    title = titles.retrospective_title(team, cycle, team.language)
    head = studio.machine("head", "retrospective_head", once=True)
    rows = studio.team(RETRO, RETROSPECTIVE[team.language])
    return draft_of(title, titles.retrospective_labels(team, cycle), [head, rows])


def closed_planning(team: Team, cycle: Cycle, voices: Sequence[Voice], addresses: Addresses) -> Draft:
    """Of a planning page whose cycle is over, the one part that is still renewed: what stands on top of it."""
    studio = studio_of(team.language)
    told = closing(team, cycle, voices, addresses, studio.words)
    title, labels = titles.planning_title(team, cycle, team.language), titles.planning_labels(team, cycle)
    return draft_of(title, labels, [studio.machine("closing", "planning_closing", closing=told)])


def _blocks(studio: Studio, page: Review) -> Iterator[Block]:
    yield studio.machine("head", "review_head", once=True, head=page.head)
    yield studio.team(BEFORE, page.before)
    for part in page.key_results:
        chart = page.chart if page.chart and page.chart.number == part.number else None
        yield studio.machine(f"kr-{part.region}", "review_key_result", part=part, chart=chart)
        yield studio.team(part.region, part.rows)
    yield studio.heading(page.together, studio.words.say("Looking back and ahead together"))
    yield studio.team(TOGETHER, page.rows)
    yield studio.machine("foot", "check_in_foot", foot=page.foot)
