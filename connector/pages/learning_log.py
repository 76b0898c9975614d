"""A learning log as values, of a team or of the organisation: by cycle, in the order of the book, nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass

from connector.pages.language import Words, closed, words_of
from connector.pages.learnings import learned, state_of
from connector.pages.titles import cycle_label
from connector.pages.views import Addresses, Link
from connector.pages.voices import Learning, Voice
from mappings.okr import Cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One learning: the sentence, and what belongs to it in one line."""

    text: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one team learned in one cycle; `source` is its name in the organisation's log, else „Review“."""

    source: Link
    entries: tuple[Entry, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleOfLog:
    """One cycle, or what was written by hand."""

    name: str
    parts: tuple[Part, ...]


def team_log(voices: Sequence[tuple[Cycle, Voice]], addresses: Addresses, words: Words) -> tuple[CycleOfLog, ...]:
    """What one team learned, the newest cycle first; with the state that the team gave each assumption in the end."""
    return tuple(
        CycleOfLog(
            name=cycle_label(cycle),
            parts=(
                Part(
                    source=Link(words.say("Review"), addresses.page(voice.ref)),
                    entries=tuple(_entry(each, words, state=True) for each in voice.said.learnings),
                    questions=(*voice.said.questions, *voice.said.open_questions),
                ),
            ),
        )
        for cycle, voice in sorted(voices, key=lambda pair: pair[0].first, reverse=True)
        if voice.said.learnings or voice.said.questions or voice.said.open_questions
    )


def organisation_log(
    voices: Sequence[tuple[Cycle, Voice]], by_hand: Sequence[Voice], addresses: Addresses, words: Words
) -> tuple[CycleOfLog, ...]:
    """What all teams learned; no states, so that nothing stands side by side."""
    cycles = sorted({cycle.id: cycle for cycle, _ in voices}.values(), key=lambda cycle: cycle.first, reverse=True)
    logs = [
        CycleOfLog(
            name=cycle_label(cycle),
            parts=tuple(_part(v, addresses) for of, v in voices if of == cycle and _told(v)),
        )
        for cycle in cycles
    ]
    added = tuple(_part(voice, addresses) for voice in by_hand if _told(voice))
    logs.append(CycleOfLog(name=words.say("Added by hand"), parts=added))
    return tuple(log for log in logs if log.parts)


def _told(voice: Voice) -> bool:
    return bool(voice.said.learnings or voice.said.open_questions)


def _part(voice: Voice, addresses: Addresses) -> Part:
    words = words_of(voice.team.language)  # around a team's words stand ours in its language
    return Part(
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
    return Entry(text=learned(learning, words), about=closed(" · ".join(filter(None, about))))
