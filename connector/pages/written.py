"""What a team wrote on its planning page, understood: values only, the words stay where they stand."""

from dataclasses import dataclass, field
from datetime import date

from connector.errors import Advice, Code, PermanentError
from connector.pages.spans import Span
from mappings.calendar import Rhythm
from mappings.indicators import SourceKind
from mappings.okr import Language, Objective


class FormUnreadable(PermanentError):
    """A form has lost what it is read by; says what is missing, never the words beside it."""

    def __init__(self, why: str) -> None:
        advice = Advice(
            what="a form page cannot be read cleanly, so its last clean version stays in force",
            why=why,
            options=("go back to an earlier version of the page", "copy the missing table from an earlier version"),
        )
        super().__init__(Code.PAGE_UNREADABLE, advice)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormQuestion:
    """A row of „Das ist angekommen“: a question to the team, no fault; every option is a way on."""

    where: str = field(repr=False)
    question: str = field(repr=False)
    options: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """What to write where in the very body that was read: the one kind of team cell that we fill."""

    place: Span
    markup: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPlan:
    """One version of one planning page, understood; `None` means not told, then the file or a default stands in."""

    valid_from: date | None  # „Gilt ab“; None: a draft, also when the cell, or the size of the team, leaves us asking
    size: int | None
    rhythm: Rhythm | None
    language: Language | None
    objectives: tuple[Objective, ...]  # those that are ready, with their ready key results
    wishes: tuple[tuple[str, SourceKind], ...]  # by indicator id: what the team named and nobody has connected yet
    begun: tuple[str, ...] = ()  # key results that are not ready yet, as „Key Result 3“
    questions: tuple[FormQuestion, ...]
    fills: tuple[Fill, ...]  # empty or copied „Kennung“ cells
