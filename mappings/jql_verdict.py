"""What comes of judging a query: accepted as it will be sent, or refused with every reason."""

from dataclasses import dataclass
from enum import StrEnum

from mappings.concerns import Concern


class Purpose(StrEnum):
    """What a query is for."""

    EPICS = "epics"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Objection:
    """One concern and the offset in the query at which it stands; inside a saved filter, the offset of its name."""

    at: int
    concern: Concern


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A query that may be sent, as it will be sent: saved filters written out, values quoted, no ORDER BY."""

    jql: str
    projects: frozenset[str] = frozenset()  # upper case; empty when the query names none
    hints: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A query that is left out, with every reason."""

    objections: tuple[Objection, ...]
