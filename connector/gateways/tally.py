"""The count of requests, as the sites count them: every attempt that was sent, retried ones too."""

import threading
from collections import Counter

from connector.gateways.operations import Operation
from connector.gateways.quota import Quotas
from connector.gateways.site_clocks import SiteClocks
from connector.ports import RequestCounts
from connector.quota import QuotaLeft


class RequestTally:
    """Counts what all sessions send; a `RequestMeter`, safe to use from many threads."""

    def __init__(self) -> None:
        self._sent: Counter[Operation] = Counter()
        self._points = 0
        self._lock = threading.Lock()
        self.quotas = Quotas()  # what the sites say is left
        self.clocks = SiteClocks()  # what time they say it is

    def note(self, operation: Operation, points: int = 0) -> None:
        """One request of this operation was sent, whatever came back."""
        with self._lock:
            self._sent[operation] += 1
            self._points += points

    def read(self, points: int) -> None:
        """An answer was read that cost so many points more."""
        with self._lock:
            self._points += points

    def quota_news(self) -> tuple[QuotaLeft, ...]:
        """What the sites said is left, since this was last asked."""
        return self.quotas.news()

    def counts(self) -> RequestCounts:
        """Everything sent so far."""
        with self._lock:
            sent, points = dict(self._sent), self._points
        named = Counter[str]()
        for operation, count in sent.items():  # two endpoints that do the same have one name
            named[operation.name] += count
        return RequestCounts(
            reads=sum(count for operation, count in sent.items() if operation.reads),
            writes=sum(count for operation, count in sent.items() if not operation.reads),
            points=points,
            by_operation=tuple(sorted(named.items())),
        )
