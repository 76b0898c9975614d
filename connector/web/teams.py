"""`/` and `/teams/<team>`: what the pages say, for those without Confluence at hand. No state and no figure of two
teams ever stands side by side here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, abort, make_response, render_template, request

from connector.pages.titles import cycle_label
from connector.ports import Clock
from connector.web.page_places import PagePlaces, TeamPages
from connector.web.page_texts import PageTexts, Reading, State
from connector.web.secret_addresses import KEY, SecretAddresses
from connector.web.view_words import VIEW_WORDS, ViewWords
from mappings.calendar import IsoWeek
from mappings.okr import Cycle, Language, MappingBook, Team

MOST_EARLIER: Final = 60  # check-ins that are linked


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Where the pages for people take what they show."""

    book: Callable[[], MappingBook]
    clock: Clock
    places: PagePlaces
    texts: PageTexts | None  # None: there is no way to Confluence
    wiki: str  # address of Confluence; empty where there is none
    door: str | None  # OKR_PUBLIC_URL
    addresses: SecretAddresses | None

    def page_url(self, page: str) -> str:
        """Where people open a page in Confluence, wherever it was moved."""
        return f"{self.wiki}/pages/viewpage.action?pageId={page}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page within a page of ours."""

    name: str  # for the address within the page
    title: str
    reading: Reading
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A link."""

    text: str
    href: str


def blueprint(view: View) -> Blueprint:
    """Both pages and their style."""
    pages = Blueprint("teams", __name__)

    @pages.get("/")
    def organisation() -> Response:
        """The frame that the organisation gives, and a link to each team in the order of the book."""
        return _organisation(view)

    @pages.get("/teams/<team>")
    def team(team: str) -> Response:
        """The newest check-in or that of a week, the planning, and links to earlier check-ins."""
        found = view.book().team(team)
        if found is None:
            abort(404)
        return _team(view, found)

    return pages


def _organisation(view: View) -> Response:
    book = view.book()
    strategy, page = book.strategy, view.places.now().strategy
    language = asked_language(strategy.language)
    words = VIEW_WORDS[language]
    part = None
    if page is not None and view.texts is not None:
        reading = view.texts.of([page], strategy.language)[page]
        part = Part(name="strategy", title=words.strategy, reading=reading, url=view.page_url(page))
    links = tuple(Entry(text=team.name, href=f"/teams/{team.id}{_asked()}") for team in book.teams)
    told = strategy if part is None or part.reading.state is State.GONE else None  # else the page speaks for itself
    return _drawn("organisation.html", language, view, part=part, teams=links, strategy=strategy, told=told)


def _team(view: View, team: Team) -> Response:
    pages = view.places.now().of(team.id)
    language = asked_language(team.language)
    words = VIEW_WORDS[language]
    week = _week(pages)
    wanted = _wanted(view, pages, week, words)
    ids = [page for _, _, page in wanted]
    readings = view.texts.of(ids, team.language) if view.texts is not None else {}
    parts = tuple(
        Part(name=name, title=title, reading=readings[page], url=view.page_url(page))
        for name, title, page in wanted
        if page in readings
    )
    return _drawn(
        "team.html",
        language,
        view,
        team=team,
        parts=parts,
        missing=[] if view.texts is None else _missing(wanted, words),
        earlier=_earlier(team, pages, week, words),
        this_week=f"/teams/{team.id}/this-week",
        calendar=calendar_address(view, team),
    )


def _wanted(view: View, pages: TeamPages, week: IsoWeek | None, words: ViewWords) -> tuple[tuple[str, str, str], ...]:
    """Of the pages that are shown in full: name, title, id."""
    wanted = []
    if week is not None:
        told = words.week.format(week=f"{week.week:02d}/{week.year}")
        wanted.append(("check-in", f"{words.check_in} · {told}", pages.check_ins[week]))
    planning = _planning(view, pages.plannings)
    if planning is not None:
        cycle, page = planning
        wanted.append(("planning", f"{words.planning} · {cycle_label(cycle)}", page))
    return tuple(wanted)


def _missing(wanted: tuple[tuple[str, str, str], ...], words: ViewWords) -> list[str]:
    there = {name for name, _, _ in wanted}
    said = (("check-in", words.no_check_in), ("planning", words.no_planning))
    return [text for name, text in said if name not in there]


def _planning(view: View, plannings: Mapping[str, str]) -> tuple[Cycle, str] | None:
    """The planning of the running cycle, else the newest one."""
    strategy = view.book().strategy
    made = [cycle for cycle in strategy.cycles if cycle.id.casefold() in plannings]
    today = view.clock.now().astimezone(strategy.timezone).date()
    running = next((cycle for cycle in made if cycle.contains(today)), None)
    cycle = running or max(made, key=lambda cycle: cycle.first, default=None)
    return None if cycle is None else (cycle, plannings[cycle.id.casefold()])


def _week(pages: TeamPages) -> IsoWeek | None:
    """The week that is asked for, else the newest that has a page."""
    asked = request.args.get("week")
    if asked is None:
        return next(iter(pages.check_ins), None)
    try:
        week = IsoWeek.parse(asked)
    except ValueError:
        abort(404)
    if week not in pages.check_ins:
        abort(404)
    return week


def _earlier(team: Team, pages: TeamPages, shown: IsoWeek | None, words: ViewWords) -> tuple[Entry, ...]:
    others = [week for week in pages.check_ins if week != shown][:MOST_EARLIER]
    more = f"&language={request.args['language']}" if _asked() else ""
    return tuple(
        Entry(text=words.week.format(week=f"{week.week:02d}/{week.year}"), href=f"/teams/{team.id}?week={week}{more}")
        for week in others
    )


def calendar_address(view: View, team: Team) -> str:
    """Where the team's calendar is; empty where no secret can be made."""
    if view.addresses is None:
        return ""
    door = view.door or request.host_url.rstrip("/")
    return f"{door}/calendar/{team.id}.ics?{KEY}={view.addresses.key(team.id)}"


def asked_language(own: Language) -> Language:
    """The language that is asked for by `?language=`, else the page's own."""
    asked = request.args.get("language", "")
    return Language(asked) if asked in {one.value for one in Language} else own


def _asked() -> str:
    asked = request.args.get("language", "")
    return f"?language={asked}" if asked in {one.value for one in Language} else ""


def _switch(other: Language) -> str:
    """The address of this page in the other language."""
    week = request.args.get("week")
    return f"{request.path}?language={other.value}" + (f"&week={IsoWeek.parse(week)}" if week else "")


def _drawn(template: str, language: Language, view: View, **parts: object) -> Response:
    other = Language.EN if language is Language.DE else Language.DE
    page = render_template(
        template,
        words=VIEW_WORDS[language],
        language=language,
        other=other,
        switch=_switch(other),
        connected=view.texts is not None,
        asked=_asked(),
        **parts,
    )
    return make_response(page)
