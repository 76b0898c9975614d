"""The rows of a team region as people left them: which question each one is, and what stands beside it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from connector.pages.cells import lines, rows, text
from connector.pages.markup import parse
from connector.pages.questions import QUESTIONS, Asked, Row
from mappings.okr import Language

_NOT_A_WORD = re.compile(r"[\W_]+")
_SIGNS = re.compile(r"[?=|∞#%+✓✔✗✘×]")  # a person would ask what they are to mean
_STILL_ASKS = {  # a question in other words is known by its place only if it still asks for such a number
    Asked.NUMBER: re.compile(r"zahl|wert|messung|number|value|figure|reading", re.IGNORECASE),
    Asked.CONFIDENCE: re.compile(r"zuversicht|sicher|confiden|sure|\b10\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One row whose question is known, answered or not."""

    asked: Asked
    head: str = field(repr=False)
    language: Language  # of the question, by which the answer is read
    lines: tuple[str, ...] = field(repr=False)  # people's names left out

    @property
    def text(self) -> str:
        """The answer with its line breaks; a dash or a smile alone is no answer, a question mark is."""
        answer = "\n".join(self.lines)
        return answer if plain(answer) or _SIGNS.search(answer) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One row as it stands in a region, whether or not its question is ours."""

    head: str = field(repr=False)
    asked: Asked | None  # None: a question of the team's own
    reworded: bool = False  # ours by its place alone


def given_in(inside: str, made: Sequence[Row], language: Language) -> tuple[Given, ...]:
    """The rows of a region known by their question in either language, else by place if as many stand there as made."""
    pairs = _pairs(inside)
    return tuple(
        Given(asked=found[0], head=head, language=found[1], lines=lines(cell, found[1]))
        for (head, cell), found in zip(pairs, _known(pairs, made, language), strict=True)
        if found is not None
    )


def standing_in(inside: str, made: Sequence[Row], language: Language) -> tuple[Standing, ...]:
    """Every row of a region that asks anything, in its order."""
    pairs = _pairs(inside)
    known = zip(pairs, _known(pairs, made, language), strict=True)
    return tuple(
        Standing(head=head, asked=found[0] if found else None, reworded=found is not None and asked_in(head) is None)
        for (head, _), found in known
        if plain(head)
    )


def anything_in(inside: str) -> bool:
    """Whether anybody wrote beside any question of a region."""
    return any(plain(" ".join(lines(cell))) for _, cell in _pairs(inside))


def _pairs(inside: str) -> list[tuple[str, etree._Element]]:
    return [(text(cells[0]), cells[1]) for cells in rows(parse(inside)) if len(cells) > 1]


def _known(
    pairs: Sequence[tuple[str, etree._Element]], made: Sequence[Row], language: Language
) -> list[tuple[Asked, Language] | None]:
    """What each row asks for, and in which language."""
    known = [asked_in(head) for head, _ in pairs]
    if len(known) != len(made):
        return known
    standing = {asked for asked, _ in filter(None, known)}
    return [
        asked or ((row.asked, language) if row.asked not in standing and _still_asks(row.asked, head) else None)
        for asked, row, (head, _) in zip(known, made, pairs, strict=True)
    ]


def asked_in(head: str) -> tuple[Asked, Language] | None:
    """Which of our questions the head of a row is; its beginning is enough."""
    return next((known for begin, known in _BEGINNINGS if begins(plain(head), begin)), None)


def _still_asks(asked: Asked, head: str) -> bool:
    return asked not in _STILL_ASKS or bool(_STILL_ASKS[asked].search(head))


def begins(said: str, name: str) -> bool:
    """Whether words begin with these whole words."""
    return said == name or said.startswith(f"{name} ")


def plain(text: str) -> str:
    """Words alone: case, punctuation and spaces do not count."""
    return _NOT_A_WORD.sub(" ", text.casefold()).strip()


def _beginnings() -> Iterator[tuple[str, tuple[Asked, Language]]]:
    for asked, texts in QUESTIONS.items():
        for language, question in texts.items():
            yield plain(re.split(r"[?,:]", question, maxsplit=1)[0]), (asked, language)


_BEGINNINGS = tuple(_beginnings())
