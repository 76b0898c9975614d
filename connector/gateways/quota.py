"""What a site says is left of its quota, as it stands on its answers; numbers only."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

_MOST = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLeft:
    """The newest word of one product."""

    product: str
    limit: int
    remaining: int

    @property
    def near(self) -> bool:
        """Less than a fifth is left, where Atlassian says so itself."""
        return self.remaining * 5 < self.limit


class Quotas:
    """The newest word of each product; safe to use from many threads."""

    def __init__(self) -> None:
        self._left: dict[str, QuotaLeft] = {}
        self._lock = threading.Lock()

    def heard(self, product: str, headers: Mapping[str, str]) -> None:
        """An answer came; one without both numbers says nothing."""
        limit, remaining = (_number(headers.get(f"X-RateLimit-{name}", "")) for name in ("Limit", "Remaining"))
        if limit and remaining is not None:
            with self._lock:
                self._left[product] = QuotaLeft(product=product, limit=limit, remaining=min(remaining, limit))

    def left(self) -> tuple[QuotaLeft, ...]:
        """What was heard, by product."""
        with self._lock:
            return tuple(self._left[product] for product in sorted(self._left))


def _number(text: str) -> int | None:
    plain = text.strip()
    return min(int(plain), _MOST) if plain.isascii() and plain.isdecimal() and len(plain) < 20 else None
