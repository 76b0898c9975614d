"""The organisation's report as values: team by team in the order of the book, in their words, nothing side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from connector.pages.language import Words, sentence, words_of
from connector.pages.learnings import learned
from connector.pages.refs import LEARNINGS, STRATEGY
from connector.pages.titles import cycle_label
from connector.pages.views import Addresses, Link
from connector.pages.voices import Voice
from mappings.okr import Cycle, Strategy, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month of a cycle, or a whole cycle."""

    cycle: Cycle
    month: date | None = None  # its first day; None: the whole cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPart:
    """One team: what it is after, what it learned, what it asks, what it says to everybody."""

    name: str
    objectives: tuple[str, ...]
    learnings: tuple[str, ...]
    questions: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report."""

    span: str
    organisation: str
    links: tuple[Link, ...]
    teams: tuple[TeamPart, ...]


def span_of(period: Period, words: Words) -> str:
    """`November 2026` or `Q4 2026`."""
    return words.month(period.month) if period.month else cycle_label(period.cycle)


def report(strategy: Strategy, period: Period, voices: Sequence[Voice], addresses: Addresses, words: Words) -> Report:
    """What teams told in a period; one that told nothing stands there with what it is after, or not at all."""
    by_team: dict[str, list[Voice]] = {}
    teams: dict[str, Team] = {}
    for voice in voices:
        by_team.setdefault(voice.team.id, []).append(voice)
        teams.setdefault(voice.team.id, voice.team)
    parts = (_part(team, by_team[team.id], period) for team in teams.values())
    return Report(
        span=span_of(period, words),
        organisation=strategy.organisation,
        links=(
            Link(words.say("Strategy"), addresses.page(STRATEGY)),
            Link(words.say("Learning log"), addresses.page(LEARNINGS)),
        ),
        teams=tuple(part for part in parts if part != TeamPart(name=part.name, **_NONE)),
    )


_NONE: dict[str, tuple[str, ...]] = {"objectives": (), "learnings": (), "questions": (), "sentences": ()}


def _part(team: Team, voices: Sequence[Voice], period: Period) -> TeamPart:
    said = [voice.said for voice in voices]
    return TeamPart(
        name=team.name,
        objectives=tuple(sentence(objective.title) for objective in team.in_cycle(period.cycle)),
        learnings=tuple(learned(each, words_of(team.language)) for one in said for each in one.learnings),
        questions=tuple(dict.fromkeys(q for one in said for q in one.open_questions)),
        sentences=tuple(dict.fromkeys(sentence(s) for one in said for s in one.sentences)),
    )
