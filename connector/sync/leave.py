"""The leave to write: leases that must still be ours before anything is sent."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from connector.errors import Advice, Code, TemporaryError
from connector.ports import Clock
from connector.rings import Claim, RingLedger


class LeaveToWrite(Protocol):
    """Asked before every write."""

    def ask(self) -> None:
        """Called by sync.apply; raises LeaveLost when nothing may be sent any more."""


class LeaveLost(TemporaryError):
    """A lease ended, or the process is to stop: what is left is done by whoever comes next."""


@dataclass(frozen=True, slots=True)
class Always:
    """The leave of a run that shares its teams with nobody."""

    def ask(self) -> None:
        """Granted."""


@dataclass(slots=True, kw_only=True)
class Leave:
    """Leases on teams, extended while we work; safe to ask from many threads."""

    rings: RingLedger
    claims: Sequence[Claim]
    clock: Clock
    lease: timedelta
    stopping: threading.Event = field(default_factory=threading.Event)
    _extended: datetime = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """The shortest of the leases counts for all."""
        self._extended = min((claim.until for claim in self.claims), default=self.clock.now()) - self.lease

    def ask(self) -> None:
        """One look into the database a write; a worker that slept past its lease finds it gone."""
        if self.stopping.is_set():
            raise _lost("the process is to stop")
        with self._lock:
            if not self._ours(self.clock.now()):
                raise _lost("another worker has taken over")

    def _ours(self, now: datetime) -> bool:
        """A lease is made longer in its second half only: that costs a commit, a look costs none."""
        if self._extended <= now < self._extended + self.lease / 2:
            return self.rings.holds(self.claims, now)
        held = self.rings.extend(self.claims, now, self.lease)
        self._extended = now if held else self._extended
        return held


def _lost(why: str) -> LeaveLost:
    return LeaveLost(
        Code.LEAVE_LOST,
        Advice(
            what="the rest of this run is left to the next one",
            why=why,
            options=("nothing needs doing", "see `okr rings list`"),
        ),
    )
