"""What remains of an event: which issue or page to look at. Nothing of what happened, when, or by whom."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueHint:
    """An issue to look at; what the event did not tell is absent."""

    id: str | None = None  # digits
    key: str | None = None
    project: str | None = None  # key
    level: int | None = None  # hierarchy level of its type: 1 and above are epics
    labels: frozenset[str] = frozenset()  # only those the book names
    parent: str | None = None  # key


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHint:
    """A page to look at."""

    id: str  # digits


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingHint:
    """That a reading of a team was pushed and kept."""

    team: str
    indicator: str


Hint = IssueHint | PageHint | ReadingHint
