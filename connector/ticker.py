"""The clock process: every half minute it asks the calendar what is due; a slot is served once, by whichever clock."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from connector.errors import ConnectorError
from connector.living_book import LivingBook
from connector.poller import Poller
from connector.ports import Clock
from connector.rings import Slot, SlotKind, SlotLedger
from connector.slots import LOOK_BACK, POLL_EVERY, due_slots

TICK = 30  # seconds

_OWN = {SlotKind.POLL, SlotKind.RETENTION}  # what the clock does itself, instead of ringing


@dataclass(slots=True, kw_only=True)
class Ticker:
    """One clock; any number may share a database."""

    slots: SlotLedger
    book: LivingBook
    clock: Clock
    poller: Poller | None  # None: webhooks ring, nothing is polled
    _served: set[Slot] = field(default_factory=set)

    def run(self, stopping: threading.Event) -> None:
        """Ticks until it is told to stop. APScheduler only repeats: what is due comes from the slot ledger."""
        scheduler = BackgroundScheduler(timezone="UTC")
        scheduler.add_job(
            self.tick, IntervalTrigger(seconds=TICK), coalesce=True, max_instances=1, next_run_time=self.clock.now()
        )
        scheduler.start()
        stopping.wait()
        scheduler.shutdown(wait=True)

    def tick(self) -> tuple[Slot, ...]:
        """Serves what is due and was not served yet; returns what this clock served."""
        now = self.clock.now()
        book = self.book.current(now.date())
        due = [d.slot for d in due_slots(book, now, polling=self.poller is not None) if d.slot not in self._served]
        rung = self.slots.serve([slot for slot in due if slot.kind not in _OWN], now)
        own = self.slots.serve([slot for slot in due if slot.kind in _OWN], now, ring=False)
        self._served.update(due)
        for slot in own:
            self._do(slot, now)
        return (*rung, *own)

    def _do(self, slot: Slot, now: datetime) -> None:
        if slot.kind is SlotKind.RETENTION:
            self.slots.forget_before(now - 2 * LOOK_BACK)
            self._served = {s for s in self._served if s.kind is not SlotKind.POLL}
        elif self.poller is not None:
            try:
                self.poller.poll(self.book.current(now.date()), now, POLL_EVERY + timedelta(seconds=TICK))
            except ConnectorError:
                return  # the site does not answer; the next poll looks further back than its own five minutes
