"""How fast we send: below a site's limits by ourselves, so that people and other programs find room beside us."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from connector.gateways.operations import Operation

PER_SECOND = {"GET": 100.0, "POST": 100.0, "PUT": 50.0, "DELETE": 50.0}  # Atlassian's limits by endpoint and method
STEADY, AT_ONCE = 0.9, 0.02  # shares of a limit; the rest is room for what was under way and arrives all at once
PER_ISSUE = ((20, 2.0), (100, 30.0))  # writes to one issue, in so many seconds
SLOWEST = 5.0  # requests a second after however many refusals
TOGETHER = 1.0  # seconds in which refusals count as one: all connections hear of the same moment
RECOVERY = 30.0  # seconds without a refusal until an endpoint is back at its pace
ISSUES_REMEMBERED = 1000  # before the first look for those that were not written to for long


@dataclass(slots=True)
class _Bucket:
    """The requests of one endpoint that may be sent now; below zero, what is promised already."""

    pace: float
    size: float
    tokens: float
    at: float
    slowed_by: float = 1.0
    slowed_at: float = 0.0

    def rate(self, now: float) -> float:
        """Requests a second: after a refusal the pace comes back evenly."""
        healed = min(1.0, max(0.0, now - self.slowed_at) / RECOVERY)
        return max(min(SLOWEST, self.pace), self.pace * (self.slowed_by + (1.0 - self.slowed_by) * healed))

    def fill(self, now: float) -> None:
        """What came in since the last look; the bucket never holds more than its size."""
        self.tokens = min(self.size, self.tokens + max(0.0, now - self.at) * self.rate(now))
        self.at = max(self.at, now)

    def wait(self, now: float) -> float:
        """Seconds until the next request may be sent."""
        self.fill(now)
        return max(0.0, (1.0 - self.tokens) / self.rate(now))

    def slow(self, now: float) -> None:
        """Half the pace of this moment, and nothing at once."""
        if self.slowed_by < 1.0 and now - self.slowed_at < TOGETHER:
            return
        self.fill(now)
        self.slowed_by = self.rate(now) / 2 / self.pace
        self.slowed_at, self.tokens = now, min(self.tokens, 0.0)


class Pace:
    """A token bucket per endpoint and method, and windows of writes per issue; safe to use from many threads.

    Moments are promised in the order they are asked for, so that nobody waits for ever.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self._written: dict[str, deque[float]] = {}
        self._many = ISSUES_REMEMBERED
        self._lock = threading.Lock()

    def reserve(self, operation: Operation, issue: str | None, longest: float) -> float:
        """Seconds until this request may be sent, and that moment is its own; beyond `longest` nothing is promised."""
        with self._lock:
            now = self._monotonic()
            bucket = self._bucket(operation, now)
            wait = bucket.wait(now)
            if issue is not None:
                wait = max(wait, self._free(issue, now + wait) - now)
            if wait <= longest:
                bucket.tokens -= 1.0
                self._note(issue, now + wait, now)
            return wait

    def reserve_issue(self, issue: str, longest: float) -> float:
        """As `reserve`, for an issue that a request writes to without naming it in its path."""
        with self._lock:
            now = self._monotonic()
            wait = max(0.0, self._free(issue, now) - now)
            if wait <= longest:
                self._note(issue, now + wait, now)
            return wait

    def slow(self, operation: Operation) -> None:
        """The site said that this endpoint is asked too fast: half the pace, for this endpoint alone."""
        with self._lock:
            now = self._monotonic()
            self._bucket(operation, now).slow(now)

    def _bucket(self, operation: Operation, now: float) -> _Bucket:
        place = (operation.method, operation.path)
        if place not in self._buckets:
            limit = PER_SECOND[operation.method]
            size = max(1.0, limit * AT_ONCE)
            self._buckets[place] = _Bucket(pace=limit * STEADY, size=size, tokens=size, at=now)
        return self._buckets[place]

    def _free(self, issue: str, earliest: float) -> float:
        """The first moment from `earliest` on at which one more write keeps every window."""
        written = self._written.get(issue, ())
        return max([earliest, *(written[-most] + window for most, window in PER_ISSUE if len(written) >= most)])

    def _note(self, issue: str | None, moment: float, now: float) -> None:
        if issue is None:
            return
        if len(self._written) >= self._many:
            self._forget(now)
        self._written.setdefault(issue, deque(maxlen=max(most for most, _ in PER_ISSUE))).append(moment)

    def _forget(self, now: float) -> None:
        """Issues whose windows are over; the next look comes when there are twice as many as are left."""
        longest = max(window for _, window in PER_ISSUE)
        self._written = {name: times for name, times in self._written.items() if times[-1] + longest > now}
        self._many = max(ISSUES_REMEMBERED, 2 * len(self._written))
