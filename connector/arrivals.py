"""Whether deliveries arrive at the door: the last day for each sender, and nothing of what came."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Protocol


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
