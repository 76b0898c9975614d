"""`/calendar/<team>.ics` and `/teams/<team>/this-week`: stable addresses that bring people where the page is."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, Response, abort, make_response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from connector.rhythms import WrittenRhythm, keeping_time
from connector.web.feed import calendar, moments
from connector.web.page_places import TeamPages
from connector.web.secret_addresses import KEY
from connector.web.teams import View, asked_language
from connector.web.view_words import VIEW_WORDS
from mappings.calendar import IsoWeek
from mappings.okr import MappingBook, Team


def blueprint(view: View, rhythms: Callable[[], tuple[WrittenRhythm, ...]]) -> Blueprint:
    """Both addresses; `rhythms` are those that teams wrote on their planning pages."""
    pages = Blueprint("reaching", __name__)

    @pages.get("/calendar/<team>.ics")
    def feed(team: str) -> Response:
        """The team's check-ins, reviews and plannings of this cycle and the next."""
        book = keeping_time(view.book(), rhythms())
        found = _team(book, team)
        today = _today(view, found)
        events = moments(book.strategy, found, today)
        return Response(calendar(found, events, today, _link(view, found)), mimetype="text/calendar")

    @pages.get("/teams/<team>/this-week")
    def this_week(team: str) -> AnyResponse:
        """Leads to the page of this week in Confluence, or says that there is none."""
        found = _team(view.book(), team)
        pages_of = view.places.now().of(found.id)
        page = page_of_week(pages_of, _today(view, found))
        if page is not None and view.wiki:
            return redirect(view.page_url(page), 302)
        return _no_page(view, found, pages_of)

    return pages


def page_of_week(pages: TeamPages, today: date) -> str | None:
    """The page of the week in which the day lies; once the next week's is there and this week has none, that one."""
    week = IsoWeek.of(today)
    return pages.check_ins.get(week) or pages.check_ins.get(week.shifted(1))


def _no_page(view: View, team: Team, pages: TeamPages) -> Response:
    language = asked_language(team.language)
    newest = next(iter(pages.check_ins.values()), None)
    page = render_template(
        "no_page.html",
        words=VIEW_WORDS[language],
        language=language,
        team=team,
        newest=view.page_url(newest) if newest is not None and view.wiki else "",
    )
    return make_response(page, 404)


def _link(view: View, team: Team) -> str | None:
    if view.door is None or view.addresses is None:
        return None
    return f"{view.door}/teams/{team.id}/this-week?{KEY}={view.addresses.key(team.id)}"


def _team(book: MappingBook, team: str) -> Team:
    found = book.team(team)
    if found is None:
        abort(404)
    return found


def _today(view: View, team: Team) -> date:
    return view.clock.now().astimezone(team.timezone).date()
