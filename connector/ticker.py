"""The clock process: every half minute it asks the calendar what is due; a slot is served once, by whichever clock."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from connector.errors import ConnectorError
from connector.living_book import LivingBook
from connector.log import facts
from connector.poller import Poller
from connector.ports import Clock
from connector.rhythms import WrittenRhythm, keeping_time
from connector.rings import EVERYBODY, Cause, RingLedger, Slot, SlotKind, SlotLedger
from connector.slots import LOOK_BACK, due_slots, moment_of_poll
from connector.token_age import announce
from mappings.okr import MappingBook

TICK = 30  # seconds
LONGEST_GAP = timedelta(days=1)  # between two polls: what is older was found by the nightly run

_OWN = {SlotKind.POLL, SlotKind.RETENTION}  # what the clock does itself, instead of ringing

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Ticker:
    """One clock; any number may share a database."""

    slots: SlotLedger
    rings: RingLedger
    book: LivingBook
    clock: Clock
    poller: Poller | None  # None: webhooks ring, nothing is polled
    rhythms: Callable[[], Iterable[WrittenRhythm]] = tuple  # that teams wrote on their planning pages
    retain: Callable[[datetime], object] | None = None  # deletes what is out of date; None: only slots go
    token_expires: date | None = None  # None: nobody said it
    _served: set[Slot] = field(default_factory=set)
    _read: MappingBook | None = None  # the book as it was at the last tick

    def run(self, stopping: threading.Event) -> None:
        """Ticks until it is told to stop. APScheduler only repeats: what is due comes from the slot ledger."""
        scheduler = BackgroundScheduler(timezone="UTC")
        scheduler.add_job(
            self.try_to_tick,
            IntervalTrigger(seconds=TICK),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=self.clock.now(),
        )
        scheduler.start()
        stopping.wait()
        scheduler.shutdown(wait=True)

    def try_to_tick(self) -> None:
        """A tick; what cannot be done now is due at the next one as well."""
        try:
            self.tick()
        except ConnectorError as error:
            log.warning("A tick was left out", extra=facts(code=error.code))

    def tick(self) -> tuple[Slot, ...]:
        """Serves what is due and was not served yet; returns what this clock served."""
        now = self.clock.now()
        book = self.book.current(now.date())
        self._ring_changed(book, now)
        timed = keeping_time(book, self.rhythms()) if any(team.writes_itself for team in book.teams) else book
        due = [d.slot for d in due_slots(timed, now, polling=self.poller is not None)]
        self._served.intersection_update(due)
        fresh = [slot for slot in due if slot not in self._served]
        since = self._last_poll(fresh, now)
        rung = self.slots.serve([slot for slot in fresh if slot.kind not in _OWN], now)
        own = self.slots.serve([slot for slot in fresh if slot.kind in _OWN], now, ring=False)
        self._served.update(fresh)
        for slot in own:
            if slot.kind is SlotKind.RETENTION:
                self._announce(book, slot, now)
                self._forget(now)
            elif self.poller is not None:
                self.poller.poll(book, now, since)
        return (*rung, *own)

    def _announce(self, book: MappingBook, slot: Slot, now: datetime) -> None:
        """The token's end, by the one clock that serves this day's slot; that of a day before says nothing."""
        today = now.astimezone(book.strategy.timezone).date()
        if self.token_expires is not None and slot.slot == str(today):
            announce(self.token_expires, now.date())

    def _forget(self, now: datetime) -> None:
        """What is out of date is gone; without a retention at hand only the slots are."""
        if self.retain is None:
            self.slots.forget_before(now - 2 * LOOK_BACK)
        else:
            self.retain(now)

    def _ring_changed(self, book: MappingBook, now: datetime) -> None:
        """What people wrote into the mapping files is looked at as what they write at the sites."""
        before, self._read = self._read, book
        if before is not None and before is not book:
            self.rings.ring(changed_teams(before, book), Cause.OPERATOR, now)

    def _last_poll(self, fresh: list[Slot], now: datetime) -> datetime:
        """The moment of the poll before this one, by whichever clock: after a pause it is long ago."""
        if all(slot.kind is not SlotKind.POLL for slot in fresh):
            return now
        polls = (slot for slot in self.slots.served(now - LONGEST_GAP) if slot.kind is SlotKind.POLL)
        return max((moment_of_poll(slot) for slot in polls if slot not in fresh), default=now - LONGEST_GAP)


def changed_teams(before: MappingBook, now: MappingBook) -> tuple[str, ...]:
    """Ids of teams whose part of the book is another; everybody where the frame changed or a team left."""
    known = {team.id: team for team in before.teams}
    if before.strategy != now.strategy or known.keys() - {team.id for team in now.teams}:
        return (EVERYBODY,)
    return tuple(team.id for team in now.teams if known.get(team.id) != team)
