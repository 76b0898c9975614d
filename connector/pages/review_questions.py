"""The questions of reviews, retrospectives and learning logs: written by templates, known again by the readers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from connector.pages.cells import lines, rows, text
from connector.pages.given import begins, plain
from connector.pages.markup import parse
from connector.pages.questions import DE, EN
from mappings.okr import Language

BEFORE, TOGETHER, HAND = "before", "together", "learnings"  # refs of team regions


class Asks(StrEnum):
    """What a row asks for."""

    CHANGED = "changed"  # before the figures
    LEARNED = "learned"
    STATE = "state"
    HIDDEN = "hidden"
    ONWARD = "onward"
    KEYWORDS = "keywords"
    WHERE = "where"
    SURPRISES = "surprises"
    MOAL = "moal"
    QUESTIONS = "questions"
    OPEN_QUESTIONS = "open-questions"
    NEEDS = "needs"
    ROOM = "room"
    SENTENCE = "sentence"
    BY_HAND = "by-hand"


QUESTIONS: dict[Asks, dict[Language, str]] = {
    Asks.CHANGED: {
        DE: "Was hat sich bei unseren Kundinnen und Kunden verändert?",
        EN: "What changed for our customers?",
    },
    Asks.LEARNED: {
        DE: "Was wir jetzt wissen: Wir haben gelernt, dass …",
        EN: "What we know now: we learned that …",
    },
    Asks.STATE: {DE: "Wo steht unsere Annahme am Ende?", EN: "Where does our assumption stand in the end?"},
    Asks.HIDDEN: {DE: "Was zeigt die Zahl nicht?", EN: "What does the number not show?"},
    Asks.ONWARD: {DE: "Weiterführen, ändern oder beenden?", EN: "Carry on, change or end it?"},
    Asks.KEYWORDS: {DE: "Schlagwörter, mit Komma dazwischen", EN: "Keywords, with commas between them"},
    Asks.WHERE: {DE: "Gilt wo?", EN: "Where does it hold?"},
    Asks.SURPRISES: {DE: "Was hat uns überrascht?", EN: "What surprised us?"},
    Asks.MOAL: {DE: "Unsere Rückmeldung zum Moal", EN: "Our feedback on the Moal"},
    Asks.QUESTIONS: {DE: "Welche neuen Fragen haben wir?", EN: "Which new questions do we have?"},
    Asks.OPEN_QUESTIONS: {
        DE: "Offene Fragen, für alle: Wer weiß etwas dazu?",
        EN: "Open questions, for everyone: who knows something about this?",
    },
    Asks.NEEDS: {
        DE: "Was brauchen wir von der Organisation? („Führung: …“ oder „Team …: …“)",
        EN: "What do we need from the organisation? (“Leadership: …” or “Team …: …”)",
    },
    Asks.ROOM: {DE: "Hatten wir genug Zeit und Ruhe?", EN: "Did we have enough room for this work?"},
    Asks.SENTENCE: {DE: "Ein Satz für alle", EN: "One sentence for everyone"},
    Asks.BY_HAND: {
        DE: "Was wir außerdem gelernt haben: Wir haben gelernt, dass …",
        EN: "What else we learned: we learned that …",
    },
}
KEY_RESULT = (Asks.LEARNED, Asks.STATE, Asks.HIDDEN, Asks.ONWARD, Asks.KEYWORDS, Asks.WHERE)
_NAMED = {Asks.LEARNED, Asks.STATE, Asks.KEYWORDS, Asks.WHERE}  # read: the name keeps teams from being lined up by them
PAGE = (
    Asks.SURPRISES,
    Asks.MOAL,
    Asks.QUESTIONS,
    Asks.OPEN_QUESTIONS,
    Asks.NEEDS,
    Asks.ROOM,
    Asks.SENTENCE,
)
RETROSPECTIVE: dict[Language, tuple[str, ...]] = {
    DE: (
        "Was hat unsere Zusammenarbeit getragen?",
        "Was wollen wir weiterführen?",
        "Was wollen wir anfangen?",
        "Was wollen wir lassen?",
        "Was davon probieren wir als Nächstes?",
    ),
    EN: (
        "What carried our working together?",
        "What do we want to keep doing?",
        "What do we want to begin?",
        "What do we want to let go of?",
        "What of this do we try next?",
    ),
}
_FOR_ALL = re.compile(r"\bfür alle\b|\bfor (?:everyone|everybody|all)\b", re.IGNORECASE)
_QUESTION = re.compile(r"frage|question", re.IGNORECASE)


def key_result_questions(name: str, language: Language) -> tuple[str, ...]:
    """The rows for one assumption."""
    return tuple(f"{QUESTIONS[a][language]} ({name})" if a in _NAMED else QUESTIONS[a][language] for a in KEY_RESULT)


def questions_of(asked: Iterable[Asks], language: Language) -> tuple[str, ...]:
    """The rows of a region, in that order."""
    return tuple(QUESTIONS[each][language] for each in asked)


def name_in(head: str) -> str:
    """The name of the assumption that stands in brackets at the end of a row's head."""
    asked = asks_in(head)
    question = max((q for q in QUESTIONS[asked].values() if head.startswith(q)), key=len, default="") if asked else ""
    return head.removeprefix(question).strip().removeprefix("(").removesuffix(")").strip() if question else ""


def asks_in(head: str) -> Asks | None:
    """Which of our questions the head of a row is; its beginning is enough."""
    said = plain(head)
    return next((asks for begin, asks in _BEGINNINGS if begins(said, begin)), None)


def is_for_all(head: str) -> bool:
    """Whether a team headed a row for everybody, in whatever words."""
    return bool(_FOR_ALL.search(head))


def is_a_question(head: str) -> bool:
    """Whether a row for everybody asks them something."""
    return bool(_QUESTION.search(head))


def told(inside: str, language: Language) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Head and answer of the rows in which somebody wrote; a dash alone is no answer."""
    for cells in rows(parse(inside)):
        if len(cells) > 1:
            answer = lines(cells[1], language)
            if plain(" ".join(answer)):
                yield text(cells[0]), answer


def first(found: Sequence[tuple[str, tuple[str, ...]]], asked: Asks) -> tuple[str, ...]:
    """The answer of the first row that asks so."""
    return next((answer for head, answer in found if asks_in(head) is asked), ())


def _beginnings() -> Iterator[tuple[str, Asks]]:
    for asked, texts in QUESTIONS.items():
        for question in texts.values():
            yield plain(re.split(r"[?,:(]", question, maxsplit=1)[0]), asked


_BEGINNINGS = tuple(sorted(_beginnings(), key=lambda known: -len(known[0])))
