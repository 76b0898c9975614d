"""The site's own time: it follows the machine's clock and can be pushed ahead, so that nothing has to wait."""

import threading
import time
from datetime import UTC, datetime, timedelta


class SiteClock:
    """A clock in UTC that only moves forward.

    `start` defaults to the present moment; a `frozen` clock moves by `advance` alone.
    """

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        begin = start if start is not None else datetime.now(UTC)
        if begin.tzinfo is None:
            raise ValueError("a site clock needs an aware start time; give it a time zone such as UTC")
        self._start = begin.astimezone(UTC)
        self._frozen = frozen
        self._born = time.monotonic()
        self._ahead = timedelta(0)
        self._guard = threading.Lock()

    def now(self) -> datetime:
        """The site's present moment, aware, in UTC."""
        passed = 0.0 if self._frozen else time.monotonic() - self._born
        with self._guard:
            return self._start + self._ahead + timedelta(seconds=passed)

    def advance(self, by: timedelta) -> datetime:
        """The new present moment after the clock was pushed ahead by `by`; going back is a ValueError."""
        if by < timedelta(0):
            raise ValueError("a site clock never goes back; make a new site instead")
        with self._guard:
            self._ahead += by
        return self.now()
