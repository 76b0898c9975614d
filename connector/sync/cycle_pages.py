"""The pages with which a team's cycle ends and the next begins: review, retrospective, learning log, planning."""

from collections.abc import Iterator
from dataclasses import replace

from connector.pages.draft import Draft
from connector.pages.language import words_of
from connector.pages.learning_log import Gathered
from connector.pages.learnings import carried_over
from connector.pages.log_pages import LearningLog
from connector.pages.regions import lists_something
from connector.pages.review_pages import closed_planning, retrospective_page, review_page
from connector.pages.titles import (
    cycle_label,
    learning_labels,
    learning_title,
    planning_labels,
    planning_title,
    retrospective_title,
    review_labels,
    review_title,
)
from connector.pages.views import Addresses, Quoted, TeamView
from connector.sync.cycle_end import ReviewDue, cycle_before
from connector.sync.desired import Draw, Observations, WantedPage, encoded
from connector.sync.gathering import Gathering
from connector.sync.refs import (
    STRATEGY,
    check_in_ref,
    home_ref,
    learning_ref,
    planning_ref,
    retrospective_ref,
    review_ref,
)
from connector.sync.scope import TeamScope
from mappings.calendar import IsoWeek
from mappings.okr import Cycle, Strategy, Team

CARRIED = frozenset({"carried", "brought"})  # regions of a planning page that repeat reviews


def wanted_review(due: ReviewDue, view: TeamView, seen: Observations) -> Iterator[WantedPage]:
    """A review, and beside it a page about working together from which nothing is read."""
    team, cycle, day = view.team, due.cycle, due.day
    until = IsoWeek.of(day)
    weeks = frozenset(w for w in view.checked_weeks if w <= until)
    told = replace(view, checked_weeks=weeks)
    last = told.check_in_before(until.shifted(1))
    known = [[str(w), ref, given] for (w, ref), given in sorted(view.answers.items()) if w <= until]
    read = {name: [r for r in readings if r.week <= until] for name, readings in view.readings.items()}
    agreed = [seen.agreed_on, seen.signed, sorted(map(str, weeks))]
    above = planning_ref(team, cycle)
    yield WantedPage(
        team=team.id,
        ref=review_ref(team, cycle),
        space=team.space,
        parent=above,
        depth=4,
        title=review_title(team, cycle, team.language),
        labels=review_labels(team, cycle),
        make=due.make,
        asked=due.asked,
        uses=frozenset({above, retrospective_ref(team, cycle), *([check_in_ref(team, last)] if last else [])}),
        inputs=encoded(["review", str(day), view.strategy, team, cycle, read, known, *agreed]),
        draw=lambda addresses, quoted: review_page(told, day, addresses),
    )
    yield WantedPage(
        team=team.id,
        ref=retrospective_ref(team, cycle),
        space=team.space,
        parent=above,
        depth=3,
        title=retrospective_title(team, cycle, team.language),
        labels=(),
        make=due.make,
        unread=True,
        uses=frozenset(),
        inputs=encoded(["retrospective", team.id, cycle.id]),
        draw=lambda addresses, quoted: retrospective_page(team, cycle),
    )


def wanted_log(scope: TeamScope, strategy: Strategy, gathering: Gathering | None) -> WantedPage:
    """What the team learned, gathered from its reviews."""
    team, today = scope.team, scope.today
    cycles = {review_ref(team, cycle): cycle for cycle in scope.cycles}
    sources = gathering.standing(cycles) if gathering else ()
    log = LearningLog(strategy=strategy, team=team)

    def gathered() -> Gathered:
        voices = gathering.voices(sources) if gathering else ()
        return Gathered(
            voices=tuple((cycles[voice.ref], voice) for voice in voices),
            pages=gathering.understood(sources) if gathering else {},
            cycles=scope.cycles,
        )

    return WantedPage(
        team=team.id,
        ref=learning_ref(team),
        space=team.space,
        parent=STRATEGY if team.space == strategy.space else home_ref(team.space),
        depth=2,
        title=learning_title(team.name, team.language),
        labels=learning_labels(team),
        uses=frozenset(sources),
        inputs=encoded(["learning", team.id, team.name, team.language, team.space]),
        draw=lambda addresses, quoted: log.page(gathered(), addresses, today, quoted.body),
        insert=lambda body: log.grown(body, gathered()),
        sources=sources,
        composed=gathering.edition(sources) if gathering else "",
        settled=gathering is None,
    )


def wanted_closed(scope: TeamScope, cycle: Cycle, gathering: Gathering | None) -> WantedPage:
    """The planning page of a cycle that is over: what was learned comes on top, all else stays as it is."""
    team = scope.team
    sources = gathering.standing([review_ref(team, cycle)]) if gathering else ()
    page = planning_of(
        team,
        cycle,
        parent=STRATEGY,
        uses=frozenset({review_ref(team, cycle), learning_ref(team)}),
        inputs=encoded(["closed", team.id, team.language, cycle]),
        draw=lambda addresses, quoted: closed_planning(
            team, cycle, gathering.voices(sources) if gathering else (), addresses
        ),
    )
    closed = replace(
        page,
        make=False,
        sources=sources,
        composed=gathering.edition(sources) if gathering else "",
        repeats="closing".__eq__,
        settled=gathering is None,
    )
    return _outliving(closed, review_ref(team, cycle), gathering) if gathering else closed


def planning_of(
    team: Team, cycle: Cycle, *, parent: str, uses: frozenset[str], inputs: bytes, draw: Draw
) -> WantedPage:
    """A team's planning page of a cycle, whether it opens it, or closes it."""
    return WantedPage(
        team=team.id,
        ref=planning_ref(team, cycle),
        space=team.space,
        parent=parent,
        depth=2,
        title=planning_title(team, cycle, team.language),
        labels=planning_labels(team, cycle),
        uses=uses,
        inputs=inputs,
        draw=draw,
    )


def beginning(page: WantedPage, scope: TeamScope, cycle: Cycle, gathering: Gathering | None) -> WantedPage:
    """A planning page with the reviews that it begins with."""
    before = cycle_before(scope.cycles, cycle)
    if before is None:
        return page
    if gathering is None:
        return replace(page, repeats=CARRIED.__contains__)
    team, words = scope.team, words_of(scope.team.language)
    own, sources = review_ref(team, before), gathering.reviews_of(before)

    def learnings() -> tuple[str, ...]:
        voices = gathering.voices(sources)
        ours = [voice for voice in voices if voice.ref == own]
        return carried_over(ours, [v for v in voices if v.ref != own], cycle_label(before), words)

    begun = replace(
        page,
        draw=lambda addresses, quoted: page.draw(addresses, replace(quoted, learnings=learnings())),
        sources=sources,
        composed=gathering.edition(sources),
        repeats=CARRIED.__contains__,
    )
    return _outliving(begun, own, gathering)


def _outliving(page: WantedPage, review: str, gathering: Gathering) -> WantedPage:
    """The same page, on which learnings stay although their review was archived or trashed.

    Where another review that it may repeat is for some only by now, nothing is kept for the sake of one that is gone.
    """
    if gathering.stands(review):
        return page

    def draw(addresses: Addresses, quoted: Quoted) -> Draft:
        kept = lists_something(quoted.body, page.repeats) and not gathering.withdrawn(page.sources)
        return (page.as_it_was() if kept else page).draw(addresses, quoted)

    return replace(page, draw=draw)
