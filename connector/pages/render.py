"""The pages, drawn from templates: every word of the book is escaped, the same input gives the same bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import escape

from connector.pages import titles
from connector.pages.check_in import CheckIn, check_in
from connector.pages.closing import Closing
from connector.pages.draft import Draft
from connector.pages.form_fields import Sheet
from connector.pages.form_reading import read_plan
from connector.pages.orientation import Told
from connector.pages.paper import Paper
from connector.pages.planning import planning
from connector.pages.planning_form import PlanningForm, planning_form
from connector.pages.questions import TOGETHER
from connector.pages.strategy_page import strategy_page
from connector.pages.studio import Block, Loose, Studio, draft_of
from connector.pages.views import Addresses, LastTime, TeamView
from connector.pages.written import WrittenPlan
from mappings.calendar import IsoWeek
from mappings.okr import Language, Strategy, Team
from mappings.team_text import TeamText


class Pages:
    """Every page of ours in both languages; built once, safe to share between threads."""

    def __init__(self) -> None:
        self._studios = {language: Studio(language) for language in Language}

    def home(self, strategy: Strategy, language: Language) -> Draft:
        """The page of a space under which everything of ours stands."""
        head = self._studios[language].machine("head", "home", organisation=strategy.organisation)
        return draft_of(strategy.parent, titles.home_labels(), [head])

    def strategy(
        self,
        strategy: Strategy,
        addresses: Addresses,
        teams: tuple[Team, ...] = (),
        told: Told | None = None,
    ) -> Draft:
        """Leadership's frame, and what teams tell; `teams` are those whose plannings may stand in other spaces."""
        return strategy_page(strategy, addresses, teams, told)

    def record(self, strategy: Strategy, paper: Paper) -> Draft:
        """What is read here, kept and dropped, as a page for everybody."""
        studio = self._studios[paper.language]
        sections = (studio.machine(s.name, "paper_section", section=s) for s in paper.sections)
        blocks = [studio.machine("head", "paper_head", lead=paper.lead), *sections]
        return draft_of(titles.record_title(strategy), titles.record_labels(), blocks)

    def planning(
        self,
        view: TeamView,
        addresses: Addresses,
        learnings: Sequence[str] = (),
        closing: Closing | None = None,
    ) -> Draft:
        """A team's planning page of one cycle, its words taken from the book; `closing` once the cycle is over."""
        team, cycle = view.team, view.cycle
        studio = self._studios[team.language]
        part = planning(view, addresses, studio.words)
        names = ("frame", "rhythm", "okrs", "next", "foot")
        blocks = [
            studio.machine("closing", "planning_closing", closing=closing),
            studio.machine("head", "planning_head", page=part),
            studio.machine("brought", "planning_carried", learnings=learnings),
            *(studio.machine(name, f"planning_{name}", page=part) for name in names),
        ]
        return draft_of(titles.planning_title(team, cycle, team.language), titles.planning_labels(team, cycle), blocks)

    def planning_form(
        self,
        view: TeamView,
        addresses: Addresses,
        plan: WrittenPlan | None = None,
        learnings: Sequence[str] = (),
        closing: Closing | None = None,
    ) -> Draft:
        """A team's planning page as a form that it fills in Confluence, begun with what the book says.

        `plan` is what the page says by now, by default what it says when it is made; `learnings` are sentences.
        """
        team, cycle = view.team, view.cycle
        studio = self._studios[team.language]
        title, labels = titles.planning_title(team, cycle, team.language), titles.planning_labels(team, cycle)
        if plan is None:
            first = planning_form(view, addresses, studio.words, plan=None, learnings=learnings)
            body = draft_of(title, labels, list(_form_blocks(studio, first, closing))).body
            plan = read_plan(body, team, view.strategy, cycle)
        part = planning_form(view, addresses, studio.words, plan=plan, learnings=learnings)
        return draft_of(title, labels, list(_form_blocks(studio, part, closing)))

    def check_in(
        self,
        view: TeamView,
        week: IsoWeek,
        addresses: Addresses,
        last: LastTime | None,
        body: TeamText | None = None,
    ) -> Draft:
        """A team's check-in page of one week; its answers are empty, whatever was answered before.

        `body` is the page as it stands: what could not be read there is asked about in its own words.
        """
        team = view.team
        studio = self._studios[team.language]
        part = check_in(view, week, addresses, last, studio.words, body)
        title = titles.check_in_title(team, week, team.language)
        draft = draft_of(title, titles.check_in_labels(team, view.cycle), list(_check_in_blocks(studio, part)))
        return replace(draft, picture=part.chart.picture if part.chart else None)


def _form_blocks(studio: Studio, page: PlanningForm, closing: Closing | None) -> Iterator[Block]:
    say = studio.words.say
    yield studio.machine("closing", "planning_closing", closing=closing)
    yield studio.machine("head", "planning_form_head")
    yield studio.machine("frame", "planning_frame", page=page)
    yield studio.machine("carried", "planning_form_carried", page=page)
    yield studio.form(Sheet.CARRIED, "form_rows", rows=page.carried)
    yield studio.heading(3, say("Our rhythm"))
    yield studio.form(Sheet.RHYTHM, "form_rows", rows=page.rhythm)
    for part in page.objectives:
        number = part.number
        one, many = say("Our objective"), say("Our key results")
        yield studio.heading(part.section, say("Objective {number}", number=number) if number else one)
        yield studio.form(Sheet.OBJECTIVE, "form_rows", rows=part.rows)
        yield studio.heading(
            part.section + 1, say("Key results of objective {number}", number=number) if number else many
        )
        for key_result in part.key_results:
            yield studio.form(Sheet.KEY_RESULT, "planning_form_key_result", part=key_result)
        hint = say("Another key result: copy the block with both tables and paste it below.")
        yield Loose(markup=f"<p><em>{escape(hint)}</em></p>")
    yield studio.machine("received", "planning_form_received", page=page)
    yield studio.machine("next", "planning_form_next", page=page)
    yield studio.machine("foot", "planning_foot", page=page)


def _check_in_blocks(studio: Studio, page: CheckIn) -> Iterator[Block]:
    yield studio.machine("head", "check_in_head", once=True, head=page.head)
    for part in page.key_results:
        chart = page.chart if page.chart and page.chart.number == part.number else None
        yield studio.machine(f"kr-{part.region}", "check_in_key_result", part=part, chart=chart)
        yield studio.team(part.region, part.rows)
    yield studio.machine("last", "check_in_last", once=True, number=page.together, last=page.last)
    yield studio.team(TOGETHER, page.rows)
    yield studio.machine("foot", "check_in_foot", foot=page.foot)
