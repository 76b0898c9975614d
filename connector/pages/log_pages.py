"""Drawing of learning logs and reports: what pages say, gathered on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from connector.pages import titles
from connector.pages.draft import Draft
from connector.pages.foot import about, compared
from connector.pages.learning_log import CycleOfLog, organisation_log, team_log
from connector.pages.report import Period, report
from connector.pages.review_questions import HAND, Asks, questions_of
from connector.pages.studio import Block, Studio, draft_of, studio_of
from connector.pages.views import Addresses, Link
from connector.pages.voices import Voice
from mappings.okr import Cycle, Strategy, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The last line of a page of the organisation's."""

    compared: str
    about: Link


def team_log_page(team: Team, voices: Sequence[tuple[Cycle, Voice]], addresses: Addresses, today: date) -> Draft:
    """A team's learning log: gathered from its reviews, and what it adds by hand."""
    studio = studio_of(team.language)
    log = team_log(voices, addresses, studio.words)
    title = titles.learning_title(team.name, team.language)
    return _log(studio, title, titles.learning_labels(team), log, addresses, today, by_team=False)


def organisation_log_page(
    strategy: Strategy,
    voices: Sequence[tuple[Cycle, Voice]],
    by_hand: Sequence[Voice],
    addresses: Addresses,
    today: date,
) -> Draft:
    """The organisation's learning log: gathered from all reviews and from what teams added to their logs."""
    studio = studio_of(strategy.language)
    log = organisation_log(voices, by_hand, addresses, studio.words)
    title = titles.learning_title(strategy.organisation, strategy.language)
    return _log(studio, title, titles.learning_labels(None), log, addresses, today, by_team=True)


def _log(
    studio: Studio,
    title: str,
    labels: tuple[str, ...],
    log: Sequence[CycleOfLog],
    addresses: Addresses,
    today: date,
    *,
    by_team: bool,
) -> Draft:
    blocks: list[Block] = [
        studio.machine("head", "log_head"),
        studio.machine("log", "log_entries", cycles=log, by_team=by_team),
        studio.team(HAND, questions_of((Asks.BY_HAND,), studio.words.language)),
        studio.machine("foot", "strategy_foot", page=_line(studio, addresses, today)),
    ]
    return draft_of(title, labels, blocks)


def report_page(
    strategy: Strategy, period: Period, voices: Sequence[Voice], addresses: Addresses, today: date
) -> Draft:
    """The organisation's report of a month or a cycle, in the words of its teams."""
    studio = studio_of(strategy.language)
    page = report(strategy, period, voices, addresses, studio.words)
    blocks: list[Block] = [
        studio.machine("head", "report_head", page=page),
        studio.machine("teams", "report_teams", page=page),
        studio.machine("foot", "strategy_foot", page=_line(studio, addresses, today)),
    ]
    return draft_of(titles.report_title(strategy, page.span), titles.report_labels(), blocks)


def _line(studio: Studio, addresses: Addresses, today: date) -> Line:
    return Line(compared=compared(today, studio.words, first=True), about=about(addresses, studio.words))
