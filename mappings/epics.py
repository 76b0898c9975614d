"""The only shape of Jira work that is known here: an epic's key, project and status category."""

from dataclasses import dataclass
from enum import StrEnum


class StatusCategory(StrEnum):
    """Jira's three categories; every status name of a site falls into one of them."""

    TO_DO = "new"
    IN_PROGRESS = "indeterminate"
    DONE = "done"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Epic:
    """An epic as evidence for a hypothesis: no title, no person, no figure."""

    id: str  # Jira's numeric id
    key: str
    project: str
    status: StatusCategory
    parent: str | None = None  # key
    labels: frozenset[str] = frozenset()  # only those the book names


class SelectorKind(StrEnum):
    """The four ways in which a book names epics."""

    LABEL = "label"
    PARENT = "parent"
    KEYS = "keys"
    JQL = "jql"


@dataclass(frozen=True, slots=True, kw_only=True)
class EpicSelector:
    """Which epics are evidence for an indicator; exactly one of the four is set."""

    label: str | None = None
    parent: str | None = None
    keys: tuple[tuple[str, str], ...] = ()  # (issue key, the team's own name or "")
    jql: str | None = None

    @property
    def kind(self) -> SelectorKind:
        """Which of the four ways this selector uses."""
        if self.label is not None:
            return SelectorKind.LABEL
        if self.parent is not None:
            return SelectorKind.PARENT
        return SelectorKind.JQL if self.jql is not None else SelectorKind.KEYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One epic beside one indicator, under the name that the team gave it."""

    key: str
    name: str  # empty: the team gave none, the key is shown
    status: StatusCategory | None  # None: the epic is gone or hidden from the connector
