"""Outgoing webhooks: posted from a thread of their own, at least once, unless a fault says otherwise."""

import heapq
import http.client
import itertools
import threading
import time
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from connector.sandbox.delivery_faults import DeliveryFaults

RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
ATTEMPTS = 6
_TIMEOUT = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One call to be made, and how often it was tried already."""

    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    retry: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What one attempt came to; `status` is 0 where nobody answered."""

    url: str
    status: int
    retry: int


class Sender:
    """A queue and its thread, which begins with the first delivery; `between` seconds lie between two `attempts`."""

    def __init__(self, faults: DeliveryFaults, between: float = 0.5, attempts: int = ATTEMPTS) -> None:
        self.log: list[Delivered] = []
        self._faults = faults
        self._between = between
        self._attempts = attempts
        self._waiting: list[tuple[float, int, Delivery]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._busy = False
        self._thread: threading.Thread | None = None

    def send(self, delivery: Delivery) -> None:
        """The delivery is on its way; faults may lose, double or delay it."""
        with self._changed:
            for seconds in self._faults.fate():
                self._put(delivery, seconds)
            if self._waiting and self._thread is None:
                self._thread = threading.Thread(target=self._run, name="sandbox-webhooks", daemon=True)
                self._thread.start()

    def idle(self, timeout: float = 10.0) -> bool:
        """Whether everything was delivered or given up within so many seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._busy, timeout)

    def close(self) -> None:
        """Nothing more is delivered; what was waiting is lost."""
        with self._changed:
            thread, self._thread = self._thread, None
            self._waiting.clear()
            self._changed.notify_all()
        if thread is not None:
            thread.join(timeout=5)

    def _put(self, delivery: Delivery, seconds: float) -> None:
        heapq.heappush(self._waiting, (time.monotonic() + seconds, next(self._numbers), delivery))
        self._changed.notify_all()

    def _run(self) -> None:
        while (delivery := self._next()) is not None:
            status = _post(delivery)
            with self._changed:
                self.log.append(Delivered(url=delivery.url, status=status, retry=delivery.retry))
                again = (status == 0 or status in RETRIED) and delivery.retry + 1 < self._attempts
                if again and self._thread is threading.current_thread():
                    self._put(replace(delivery, retry=delivery.retry + 1), self._between)
                self._busy = False
                self._changed.notify_all()

    def _next(self) -> Delivery | None:
        """The next one whose time has come; None when the sender was closed."""
        with self._changed:
            while self._thread is threading.current_thread():
                wait = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if wait is not None and wait <= 0:
                    self._busy = True
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(wait)
        return None


def _post(delivery: Delivery) -> int:
    """The status of the answer, 0 where there was none."""
    parts = urlsplit(delivery.url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    again = {"X-Atlassian-Webhook-Retry": str(delivery.retry)} if delivery.retry else {}
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT)
        try:
            target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request("POST", target, delivery.body, {**dict(delivery.headers), **again})
            return connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError):
        return 0
