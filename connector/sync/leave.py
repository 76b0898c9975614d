"""The leave to write: leases that must still be ours before anything is sent."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Protocol, Self

from connector.errors import Advice, Code, ConnectorError, TemporaryError
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
    """Leases on teams, safe to ask from many threads; as a context they are made longer while we work, reading too."""

    rings: RingLedger
    claims: Sequence[Claim]
    clock: Clock
    lease: timedelta
    stopping: threading.Event = field(default_factory=threading.Event)
    _extended: datetime = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _over: threading.Event = field(default_factory=threading.Event)

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

    def __enter__(self) -> Self:
        threading.Thread(target=self._keep, name="leases", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()

    def _keep(self) -> None:
        """A process that is stopped or dead makes nothing longer, so a lease can be short."""
        while not self._over.wait(self.lease.total_seconds() / 3):
            with suppress(ConnectorError), self._lock:
                if not self._over.is_set() and not self._longer(self.clock.now()):
                    return

    def _ours(self, now: datetime) -> bool:
        """A lease is made longer in its second half only: that costs a commit, a look costs none."""
        if self._extended <= now < self._extended + self.lease / 2:
            return self.rings.holds(self.claims, now)
        return self._longer(now)

    def _longer(self, now: datetime) -> bool:
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
