"""The leave to write: leases that must still be ours before anything is sent."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
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
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self) -> None:
        """One look into the database a write; a worker that slept past its lease finds it gone."""
        if self.stopping.is_set():
            raise _lost("the process is to stop")
        with self._lock:
            if not self.rings.extend(self.claims, self.clock.now(), self.lease):
                raise _lost("another worker has taken over")


def _lost(why: str) -> LeaveLost:
    return LeaveLost(
        Code.LEAVE_LOST,
        Advice(
            what="the rest of this run is left to the next one",
            why=why,
            options=("nothing needs doing", "see `okr rings list`"),
        ),
    )
