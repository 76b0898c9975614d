"""Data Center's rate limit: a bucket of tokens for each account, filled again step by step."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(slots=True, kw_only=True)
class Bucket:
    """At most `limit` tokens; `fill` new ones every `interval`. One request takes one."""

    limit: int
    fill: int
    interval: timedelta = timedelta(seconds=1)
    _left: int = field(init=False)
    _filled: datetime | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """The bucket begins full."""
        self._left = self.limit

    def take(self, now: datetime) -> bool:
        """Whether there was a token for a request at this moment."""
        steps = 0 if self._filled is None else (now - self._filled) // self.interval
        self._filled = now if self._filled is None else self._filled + steps * self.interval
        self._left = min(self.limit, self._left + steps * self.fill)
        there = self._left > 0
        self._left -= int(there)
        return there

    def headers(self) -> tuple[tuple[str, str], ...]:
        """What stands on every answer; `Retry-After` is 0 as long as tokens are left."""
        seconds = max(1, int(self.interval.total_seconds()))
        return (
            ("X-RateLimit-Limit", str(self.limit)),
            ("X-RateLimit-Remaining", str(self._left)),
            ("X-RateLimit-FillRate", str(self.fill)),
            ("X-RateLimit-Interval-Seconds", str(seconds)),
            ("Retry-After", "0" if self._left else str(seconds)),
        )
