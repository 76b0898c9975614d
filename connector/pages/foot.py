"""The last line of a page: where its numbers come from, how fresh they are, what was agreed about them."""

from dataclasses import dataclass
from datetime import date

from connector.pages.language import Words
from connector.pages.questions import COMPARED_ON
from connector.pages.views import Addresses, Link, TeamView
from mappings.indicators import Indicator, SourceKind

ABOUT = "What is read here and what is not"
SOURCES = {
    SourceKind.OBSERVED: "what we enter ourselves",
    SourceKind.PUSHED: "values that are sent",
    SourceKind.CSV: "a file",
    SourceKind.JQL_COUNT: "a count in Jira",
    SourceKind.HTTP_JSON: "values that are fetched",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """The parts of the last line; empty parts are left out."""

    sources: str
    compared: str
    about: Link
    agreement: str
    next_check_in: str


def foot(
    view: TeamView,
    addresses: Addresses,
    words: Words,
    *,
    indicators: tuple[Indicator, ...] = (),
    next_check_in: date | None = None,
) -> Foot:
    """The foot of a team's page; days only, no clock times."""
    agreed = view.agreed_on
    sources = _sources(indicators, words)
    return Foot(
        sources=sources,
        compared=compared(view.today, words, first=not sources),
        about=about(addresses, words),
        agreement="" if agreed is None else _agreement(agreed, words, signed=view.signed),
        next_check_in=""
        if next_check_in is None
        else words.say("next check-in: {date}", date=words.day(next_check_in)),
    )


def _agreement(day: date, words: Words, *, signed: bool) -> str:
    """Before it is signed it is no agreement, only a note."""
    on = words.day(day)
    return words.say("agreement of {date}", date=on) if signed else words.say("note of {date}", date=on)


def compared(day: date, words: Words, *, first: bool) -> str:
    """`abgeglichen am 24.11.2026`: the one date whose change alone is no change of a page; `first` in its line."""
    stamp = f"{COMPARED_ON[words.language]} {words.day(day)}"
    return stamp[0].upper() + stamp[1:] if first else stamp


def about(addresses: Addresses, words: Words) -> Link:
    """Where it is written what is read here."""
    return Link(words.say(ABOUT), addresses.about)


def _sources(indicators: tuple[Indicator, ...], words: Words) -> str:
    kinds = dict.fromkeys(i.source.kind for i in indicators)
    return ", ".join(
        f"{words.say(SOURCES[kind])} ({', '.join(i.name for i in indicators if i.source.kind is kind)})"
        for kind in kinds
    )
