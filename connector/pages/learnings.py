"""Learnings as sentences: in the team's own words, joined to ours only where its grammar allows."""

import re
from collections.abc import Iterable, Iterator, Sequence

from connector.pages.language import Words, closed, words_of
from connector.pages.questions import STATES
from connector.pages.voices import Learning, Voice
from mappings.okr import Language, Team

MOST_OF_OTHERS = 6  # learnings of other teams on a planning page: enough to begin a conversation
_THAT = re.compile(r"^(?:dass|that)\s+", re.IGNORECASE)
_VERB_LAST = re.compile(
    r"\b(?!nicht\b)(?:wird|werden|ist|sind|hat|haben|kann|können|will|wollen|muss|müssen|[a-zäöüß]{2,}(?:t|te|ten|en))\W*\Z"
)
_VERB_SECOND = re.compile(
    r"\A\S+ (?:wird|werden|ist|sind|hat|haben|kann|können|will|wollen|muss|müssen|[a-zäöüß]{3,}(?:t|te|ten))\b"
)
_OPENS = re.compile(
    r"\A(?:der|die|das|den|dem|des|ein\w*|kein\w*|wir|es|sie|er|wenn|weil|viele|die meisten|manche|alle|ohne|mit|in"
    r"|bei|am|im|auf|für|nach|vor|zu|an|nicht|jetzt|auch)\b",
    re.IGNORECASE,
)


def learned(learning: Learning, words: Words) -> str:
    """`Wir haben gelernt, dass …`, or with a colon where the words are a sentence of their own."""
    clause, joined = _clause(learning, words.language)
    message = "We learned that {clause}" if joined else "We learned: {clause}"
    return closed(words.say(message, clause=clause))


def learned_by(team: Team, learning: Learning, words: Words) -> str:
    """The same of another team; one that writes another language is quoted whole."""
    if team.language is not words.language:
        return f"{team.name}: {learned(learning, words_of(team.language))}"
    clause, joined = _clause(learning, team.language)
    message = "{team} learned that {clause}" if joined else "{team} learned: {clause}"
    return closed(words.say(message, team=team.name, clause=clause))


def carried_over(own: Sequence[Voice], others: Sequence[Voice], cycle: str, words: Words) -> tuple[str, ...]:
    """What a planning page begins with: the team's own learnings, its questions, and what others know of the same."""
    lines = [_with_state(each, cycle, words) for voice in own for each in voice.said.learnings]
    asked = dict.fromkeys(q for voice in own for q in (*voice.said.questions, *voice.said.open_questions))
    lines += [words.say("Open question: {question}", question=question) for question in asked]
    known = {k.casefold() for voice in own for each in voice.said.learnings for k in each.keywords}
    return (*lines, *list(_of_others(others, known, words))[:MOST_OF_OTHERS])


def _with_state(learning: Learning, cycle: str, words: Words) -> str:
    known = ", ".join(filter(None, (state_of(learning, words), cycle)))
    return f"{learned(learning, words)} ({known})"


def state_of(learning: Learning, words: Words) -> str:
    """One of the five words, or nothing."""
    return "" if learning.state is None else STATES[learning.state][words.language]


def _of_others(others: Iterable[Voice], known: set[str], words: Words) -> Iterator[str]:
    for voice in others:
        for learning in voice.said.learnings:
            shared = next((k for k in learning.keywords if k.casefold() in known), None)
            if shared is not None:
                what = learned_by(voice.team, learning, words)
                yield words.say("On the same, keyword “{keyword}”: {what}", keyword=shared, what=what)


def _clause(learning: Learning, language: Language) -> tuple[str, bool]:
    """The words, and whether they go on after „dass“."""
    text = " ".join(line if i == len(learning.said) - 1 else closed(line) for i, line in enumerate(learning.said))
    bare = _THAT.sub("", text)
    if bare != text:
        return bare, True
    if len(learning.said) > 1 or re.search(r"[.!?]\s+\S", text):
        return text, False
    return text, text[:1].islower() or (language is Language.DE and _ends_in_its_verb(text))


def _ends_in_its_verb(text: str) -> bool:
    """Whether a text that begins with a noun is a German subordinate clause; in doubt it is a sentence of its own."""
    return not _OPENS.match(text) and not _VERB_SECOND.match(text) and bool(_VERB_LAST.search(text))
