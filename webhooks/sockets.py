"""What the door needs of the house: rings that last, readings that are kept, the labels of the book."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeAlias

from mappings.hints import Hint

Labels: TypeAlias = Callable[[], frozenset[str]]
"""The labels that the book names at the moment."""


class Busy(Exception):
    """The house cannot make anything durable now; the sender is to come again after so many seconds."""

    def __init__(self, retry_after: int = 30) -> None:
        super().__init__("nothing can be made durable now")
        self.retry_after = max(1, retry_after)


class Rings(Protocol):
    """The queue as the door sees it."""

    def ring(self, hint: Hint) -> int:
        """How many teams were rung, durable when it returns; 0: it concerns nobody. Raises Busy, never loses."""


class Keeping(StrEnum):
    """What became of a pushed reading."""

    KEPT = "kept"
    SAME = "same"  # day and value were known: nothing happened, nobody was rung
    UNKNOWN = "unknown"  # no such team, no such indicator, or one whose values are not pushed
    FUTURE = "future"  # the day is still to come where the team is


class Readings(Protocol):
    """The readings as the door sees them."""

    def keep(self, team: str, indicator: str, value: Decimal | None, on: date) -> Keeping:
        """Keeps it, quantised as the indicator says, and rings the team: both or neither, durable when it returns.

        `None` is a value that is not known. Raises Busy.
        """


Arrived: TypeAlias = Callable[[str], None]
"""Called with a sender's name, after everything else, when its delivery was let in and spoke of something."""


def unnoticed(_sender: str) -> None:
    """Where nobody wants to know whether deliveries arrive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The sockets together."""

    rings: Rings
    readings: Readings
    labels: Labels
    arrived: Arrived = unnoticed
