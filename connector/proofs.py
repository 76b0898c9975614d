"""What is kept of a self-check and of a deletion: a day and counts, so that both can be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One run of the canary proof on this machine, in counts."""

    on: date
    places: int  # in which people stood
    payloads: int
    encodings: int
    sinks: int
    hits: int  # people that came out somewhere
    planted: int  # leaks made on purpose
    found: int  # of these
    missing: int  # wanted facts that did not come out, and places that nobody stood in

    @property
    def passed(self) -> bool:
        """Whether nothing got through, every planted trace was found, and the house did its work."""
        return not self.hits and self.found == self.planted and not self.missing


class Rows(StrEnum):
    """What is deleted when its time has come, by its table."""

    READINGS = "readings"
    ANSWERS = "answers"
    RESOURCES = "resources"
    RUNS = "runs"
    SLOTS = "slots"
    RHYTHMS = "rhythms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """How many rows of one table were deleted in one night; none is an answer, too."""

    on: date
    rows: Rows
    count: int


class ProofLedger(Protocol):
    """The memory of checks and deletions."""

    def record(self, check: Check) -> None:
        """Called by `okr privacy verify`."""

    def last_check(self) -> Check | None:
        """Called by `/privacy`: the newest one, if there ever was one."""

    def note(self, deletions: Iterable[Deletion]) -> None:
        """Called by retention; a second run on one day adds to the first."""

    def deletions(self, since: date) -> tuple[Deletion, ...]:
        """Called by `okr privacy deletions`: by day and table, the newest day first."""
