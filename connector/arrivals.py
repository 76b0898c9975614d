"""Whether deliveries arrive at the door: the last day for each sender, and nothing of what came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol


class Sender(StrEnum):
    """Who can ring at the door."""

    JIRA = "jira"
    CONFLUENCE = "confluence"
    AUTOMATION = "automation"
    READINGS = "readings"


class ArrivalLedger(Protocol):
    """The memory of the last days."""

    def note(self, sender: Sender, on: date) -> None:
        """Called by the door, once a day and process: committed when it returns; an earlier day changes nothing."""

    def last(self) -> Mapping[Sender, date]:
        """Called by `okr doctor` and status: senders of which none ever arrived are absent."""


TITLES: Final[Mapping[Sender, str]] = {
    Sender.JIRA: "Jira",
    Sender.CONFLUENCE: "Confluence",
    Sender.AUTOMATION: "Automation",
    Sender.READINGS: "pushed readings",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """Who can ring here, and when each last did."""

    ledger: ArrivalLedger
    expected: tuple[Sender, ...]  # those who have a secret; none: the clock looks for changes by itself

    def last(self) -> tuple[tuple[Sender, date | None], ...]:
        """None: no delivery ever arrived."""
        known = self.ledger.last() if self.expected else {}
        return tuple((sender, known.get(sender)) for sender in self.expected)
