"""A learning log as values, of a team or of the organisation: by cycle, in the order of the book, nobody's name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from connector.pages.language import Words, closed, unclosed, words_of
from connector.pages.learnings import learned, state_of
from connector.pages.titles import cycle_label
from connector.pages.views import Addresses, Link
from connector.pages.voices import Learning, Voice
from mappings.okr import Cycle, Language, Team

_HAND = "Added by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One learning: the sentence, and what belongs to it in one line."""

    text: str = field(repr=False)
    about: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one page says; `source` is its team's name in the organisation's log, else „Review“."""

    page: str  # id
    source: Link
    entries: tuple[Entry, ...] = ()
    questions: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleOfLog:
    """One cycle, or what was written by hand."""

    name: str
    parts: tuple[Part, ...]


Log = tuple[CycleOfLog, ...]  # a page stands in it once


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a log is gathered from, as of now.

    `pages`: ids by ref of all its sources that stand and were looked at, also of those that say nothing or that only
    some may read; what came from any other page is not theirs to change. `cycles` and `teams`: those of the book.
    """

    voices: tuple[tuple[Cycle, Voice], ...] = ()
    by_hand: tuple[Voice, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    cycles: tuple[Cycle, ...] = ()
    teams: tuple[Team, ...] = ()

    def in_order(self, now: Log, before: Log) -> Log:
        """What is said now, and what stood there before and is not said any more: the newest cycle first.

        Names that the book does not know come after those it does, what was written by hand comes last, and nothing
        stands in the order in which it came.
        """
        taken, known = {""}, dict[str, list[Part]]()
        for name, part in (*parts_of(now), *parts_of(before)):
            if part.page not in taken:
                taken.add(part.page)
                known.setdefault(name, []).append(part)
        cycles = sorted(self.cycles, key=lambda cycle: cycle.first, reverse=True)
        names = _ranked(known, [cycle_label(cycle) for cycle in cycles], last=_hands())
        teams = [team.name for team in self.teams]
        return tuple(CycleOfLog(name=name, parts=_by_source(known[name], teams)) for name in names)


def parts_of(log: Log) -> Iterator[tuple[str, Part]]:
    """Each part with the name of its cycle, in the order of the log."""
    return ((cycle.name, part) for cycle in log for part in cycle.parts)


def team_log(gathered: Gathered, addresses: Addresses, words: Words) -> Log:
    """What one team learned, the newest cycle first; with the state that the team gave each assumption in the end."""
    return tuple(
        CycleOfLog(
            name=cycle_label(cycle),
            parts=(
                Part(
                    page=gathered.pages.get(voice.ref, ""),
                    source=Link(words.say("Review"), addresses.page(voice.ref)),
                    entries=tuple(_entry(each, words, state=True) for each in voice.said.learnings),
                    questions=(*voice.said.questions, *voice.said.open_questions),
                ),
            ),
        )
        for cycle, voice in sorted(gathered.voices, key=lambda pair: pair[0].first, reverse=True)
        if voice.said.learnings or voice.said.questions or voice.said.open_questions
    )


def organisation_log(gathered: Gathered, addresses: Addresses, words: Words) -> Log:
    """What all teams learned; no states, so that nothing stands side by side."""
    voices = gathered.voices
    cycles = sorted({cycle.id: cycle for cycle, _ in voices}.values(), key=lambda cycle: cycle.first, reverse=True)
    said = [(cycle_label(cycle), [voice for of, voice in voices if of == cycle]) for cycle in cycles]
    logs = (
        CycleOfLog(name=name, parts=tuple(_part(voice, gathered.pages, addresses) for voice in of if _told(voice)))
        for name, of in (*said, (words.say(_HAND), gathered.by_hand))
    )
    return tuple(log for log in logs if log.parts)


def _ranked(names: Mapping[str, object], first: Sequence[str], last: frozenset[str] = frozenset()) -> list[str]:
    ranks = {name: rank for rank, name in enumerate(dict.fromkeys(first))}
    return sorted(names, key=lambda name: (name in last, ranks.get(name, len(ranks)), name.casefold(), name))


def _by_source(parts: Sequence[Part], teams: Sequence[str]) -> tuple[Part, ...]:
    named: dict[str, list[Part]] = {}
    for part in parts:
        named.setdefault(part.source.text, []).append(part)
    return tuple(part for name in _ranked(named, teams) for part in sorted(named[name], key=lambda part: part.page))


def _hands() -> frozenset[str]:
    return frozenset(words_of(language).say(_HAND) for language in Language)


def _told(voice: Voice) -> bool:
    return bool(voice.said.learnings or voice.said.open_questions)


def _part(voice: Voice, pages: Mapping[str, str], addresses: Addresses) -> Part:
    words = words_of(voice.team.language)  # around a team's words stand ours in its language
    return Part(
        page=pages.get(voice.ref, ""),
        source=Link(voice.team.name, addresses.page(voice.ref)),
        entries=tuple(_entry(each, words, state=False) for each in voice.said.learnings),
        questions=voice.said.open_questions,
    )


def _entry(learning: Learning, words: Words, *, state: bool) -> Entry:
    about = (
        learning.assumption,
        state_of(learning, words) if state else "",
        words.say("holds: {where}", where=learning.where) if learning.where else "",
        words.say("and now: {onward}", onward=learning.onward) if learning.onward and state else "",
        words.say("keywords: {keywords}", keywords=", ".join(learning.keywords)) if learning.keywords else "",
    )
    return Entry(text=learned(learning, words), about=closed(" · ".join(map(unclosed, filter(None, about)))))
