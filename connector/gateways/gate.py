"""What the site asked us to leave alone for a while, and whether it answers at all."""

import threading
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from math import isfinite

from requests import Response

from connector.gateways.operations import Operation

EVERYTHING = "*"
LONGEST_HOLD = 3600.0  # quotas reset by the hour; some sites send absurd values
SHORTEST_HOLD = 0.2  # "Retry-After: 0" must not become a hot loop
FAILURES = 5  # in a row, until the site is left alone
REST = 30.0


def retry_after(response: Response) -> float | None:
    """Seconds the site asked for, between 0.2 and 3600; None where it did not say it in a way that makes sense.

    A date counts against the answer's own date, so that a clock that is wrong on either side does not matter.
    """
    value = response.headers.get("Retry-After", "")
    try:
        seconds = float(value)
    except ValueError:
        seconds = _seconds_until(value, response.headers.get("Date", ""))
    if not isfinite(seconds) or seconds < 0:
        return None
    return min(max(seconds, SHORTEST_HOLD), LONGEST_HOLD)


def _seconds_until(date: str, now: str) -> float:
    try:
        return (parsedate_to_datetime(date) - parsedate_to_datetime(now)).total_seconds()
    except (TypeError, ValueError):
        return -1.0


def scope_of(operation: Operation, path: str, reason: str) -> str:
    """What a 429 is about: everything (a quota), one issue (its write limit), or one endpoint (a burst)."""
    if "quota" in reason.casefold():
        return EVERYTHING
    return f"{operation.name} {path}" if "per-issue" in reason.casefold() else operation.name


class Gate:
    """Holds by scope, and a circuit breaker; safe to use from many threads."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._until: dict[str, float] = {}
        self._failures = 0
        self._rests_until = 0.0
        self._lock = threading.Lock()

    def hold(self, scope: str, seconds: float) -> None:
        """Nothing of this scope is to be sent for so long."""
        with self._lock:
            now = self._monotonic()
            self._until = {key: until for key, until in self._until.items() if until > now}
            self._until[scope] = max(self._until.get(scope, 0.0), now + seconds)

    def wait(self, operation: Operation, path: str) -> float:
        """Seconds until such a request may be sent; 0 now."""
        scopes = (EVERYTHING, operation.name, f"{operation.name} {path}")
        with self._lock:
            now = self._monotonic()
            return max(0.0, *(self._until.get(scope, 0.0) - now for scope in scopes))

    def resting(self) -> bool:
        """Whether the site failed so often in a row that it is left alone for a while."""
        with self._lock:
            return self._monotonic() < self._rests_until

    def answered(self) -> None:
        """The site answered, whatever it said."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """The site did not answer although we tried more than once."""
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._failures = 0
                self._rests_until = self._monotonic() + REST
