"""Deletion that is real: what is out of date is gone every night, from the file too, and how much it was is noted.

Readings, answers and written rhythms stay until a year after the end of the cycle they belong to; runs 400 days; slots
14 days; the memory of a check-in page as long as its week's answers. A ring ends with its work, other pages and issues
are remembered as long as they are looked after. Where the bytes of a deleted row may still lie: on PostgreSQL in its
own log and in tables until they are written anew, once a month; and in every backup that somebody made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol

from connector.ledger import Kind, Ledger
from connector.living_book import LivingBook
from connector.proofs import Deletion, ProofLedger, Rows
from connector.rhythms import WrittenRhythm
from connector.rings import SlotLedger
from connector.sync.refs import check_in_week_of
from mappings.calendar import IsoWeek
from mappings.okr import Cycle

AFTER_A_CYCLE: Final = timedelta(days=365)
RUNS: Final = timedelta(days=400)
SLOTS: Final = timedelta(days=14)
_CHECK_IN: Final = "check-in/"
_PATIENCE = 2000  # milliseconds for readers to look away from the journal
_REWRITTEN_ON = 1  # day of the month


class Expiring(Protocol):
    """The part of the memory that can forget; every call counts what is gone."""

    def reading_days(self) -> tuple[date, ...]:
        """The days that there are readings of."""

    def answer_weeks(self) -> tuple[IsoWeek, ...]:
        """The weeks that there are answers of."""

    def forget_readings(self, days: Iterable[date]) -> int:
        """The readings of these days are gone."""

    def forget_answers(self, weeks: Iterable[IsoWeek]) -> int:
        """The answers of these weeks are gone."""

    def forget_rhythms(self, keys: Iterable[tuple[str, str]]) -> int:
        """What these teams wrote about when they meet in these cycles is gone."""

    def forget_runs(self, before: datetime) -> int:
        """Runs that ended before are gone."""

    def empty_journal(self, patience: int) -> bool:
        """Deleted rows are gone from the journal; false: a reader still looks at it."""

    def rewrite(self) -> bool:
        """The tables are written anew; false: the database is busy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """One night's work: counts by table, and whether the places where a database keeps deleted rows are empty."""

    deletions: tuple[Deletion, ...]
    emptied: bool
    rewritten: bool | None  # None: it was not the day for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """What is out of date is deleted when it runs; a second run on a day finds nothing more."""

    expiring: Expiring
    ledger: Ledger
    slots: SlotLedger
    proofs: ProofLedger
    book: LivingBook

    def run(self, now: datetime) -> Deleted:
        """Deletes, empties and notes; BookError while no book can be read, since cycles say what is out of date."""
        today = now.astimezone(UTC).date()
        cycles = self.book.current(today).strategy.cycles
        counts = {
            Rows.READINGS: self.expiring.forget_readings(_past(self.expiring.reading_days(), cycles, today)),
            Rows.ANSWERS: self.expiring.forget_answers(_past_weeks(self.expiring.answer_weeks(), cycles, today)),
            Rows.RESOURCES: self._forget_check_ins(cycles, today),
            Rows.RUNS: self.expiring.forget_runs(now - RUNS),
            Rows.RHYTHMS: self.expiring.forget_rhythms(_past_rhythms(self.ledger.rhythms(), cycles, today)),
            Rows.SLOTS: self.slots.forget_before(now - SLOTS),
        }
        made = tuple(Deletion(on=today, rows=rows, count=count) for rows, count in counts.items())
        rewritten = self.expiring.rewrite() if today.day == _REWRITTEN_ON else None
        self.proofs.note(made)
        return Deleted(deletions=made, emptied=self.expiring.empty_journal(_PATIENCE), rewritten=rewritten)

    def _forget_check_ins(self, cycles: tuple[Cycle, ...], today: date) -> int:
        weeks = {
            (kind, ref): check_in_week_of(ref)
            for kind, ref in self.ledger.resources()
            if kind in {Kind.PAGE, Kind.PAGE_LABELS, Kind.READERS} and ref.startswith(_CHECK_IN)
        }
        gone = set(_past_weeks(weeks.values(), cycles, today))
        named = [key for key, week in weeks.items() if week in gone]
        self.ledger.forget(named)
        return len(named)


def expires(day: date, cycles: Iterable[Cycle]) -> date:
    """The last day on which something about that day is kept: of cycles that overlap, the last to end counts."""
    return max((cycle.last for cycle in cycles if cycle.contains(day)), default=day) + AFTER_A_CYCLE


def _past(days: Iterable[date], cycles: tuple[Cycle, ...], today: date) -> Iterator[date]:
    return (day for day in days if expires(day, cycles) < today)


def _past_rhythms(
    written: Iterable[WrittenRhythm], cycles: tuple[Cycle, ...], today: date
) -> Iterator[tuple[str, str]]:
    """A cycle that the book has forgotten ended, for all we know, when the plan for it began."""
    ends = {cycle.id.casefold(): cycle.last for cycle in cycles}
    for one in written:
        if ends.get(one.cycle, one.valid_from) + AFTER_A_CYCLE < today:
            yield one.team, one.cycle


def _past_weeks(weeks: Iterable[IsoWeek], cycles: tuple[Cycle, ...], today: date) -> Iterator[IsoWeek]:
    return (week for week in set(weeks) if expires(week.day(4), cycles) < today)
