"""Atlassian's limits as a site keeps them, in the place of its faults: latency, bursts by endpoint, writes by issue."""

import re
import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from connector.sandbox.faults import Reply, Verdict
from connector.sandbox.log import kind_of

BURSTS = {"GET": 100, "POST": 100, "PUT": 50, "DELETE": 50}  # a second, by endpoint and method
WRITES = ((20, 2.0), (100, 30.0))  # of one issue, in so many seconds
_ISSUE = re.compile(r"/rest/api/3/issue/(\d+|[A-Z][A-Z0-9]*-\d+)(?=/|$)")
_NUMBER = re.compile(r"(?<!/api)/\d+(?=/|$)|/[A-Z][A-Z0-9]*-\d+(?=/|$)")
_REASONS = {"burst": "jira-burst-based", "issue": "jira-per-issue-on-write"}


@dataclass(slots=True, kw_only=True)
class Limits:
    """Stands where a site's `Faults` stand; refuses what comes too fast and counts that."""

    monotonic: Callable[[], float]
    latency: timedelta = timedelta(0)
    refused: Counter[str] = field(default_factory=Counter)
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)  # by method and endpoint
    fastest: Counter[tuple[str, str]] = field(default_factory=Counter)  # the most within a second
    _seen: dict[tuple[str, str], deque[float]] = field(default_factory=dict)
    _written: dict[str, deque[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def verdict(self, method: str, path: str) -> Verdict:
        """What happens to this request; asking counts as its arrival."""
        place, now = (method, _NUMBER.sub("/{}", path)), self.monotonic()
        with self._lock:
            self.calls[place] += 1
            broken = self._burst(place, now) or self._issue(method, path, now)
        return Verdict(wait=self.latency, reply=_reply(broken) if broken else None)

    def clear(self) -> None:
        """Counts begin anew; what was asked within the last seconds still counts against the limits."""
        with self._lock:
            self.refused.clear()
            self.calls.clear()
            self.fastest.clear()

    def _burst(self, place: tuple[str, str], now: float) -> str:
        seen = self._seen.setdefault(place, deque())
        while seen and seen[0] <= now - 1.0:
            seen.popleft()
        if len(seen) >= BURSTS[place[0]]:
            self.refused[" ".join(place)] += 1
            return "burst"
        seen.append(now)
        self.fastest[place] = max(self.fastest[place], len(seen))
        return ""

    def _issue(self, method: str, path: str, now: float) -> str:
        match = _ISSUE.match(path)
        if match is None or kind_of(method, path) == "read":
            return ""
        written = self._written.setdefault(match[1], deque(maxlen=100))
        if any(len(written) >= most and written[-most] > now - window for most, window in WRITES):
            self.refused[f"issue {match[1]}"] += 1
            return "issue"
        written.append(now)
        return ""


def _reply(broken: str) -> Reply:
    headers = (
        ("Content-Type", "application/json;charset=UTF-8"),
        ("Retry-After", "1"),
        ("RateLimit-Reason", _REASONS[broken]),
    )
    return Reply(status=429, headers=headers, body=b'{"errorMessages":["Rate limit exceeded."],"errors":{}}')
