"""What sites say is left of their quotas, as it stands on their answers."""

import threading
from collections.abc import Mapping

from connector.quota import QuotaLeft

MOST = 10**12


class Quotas:
    """The newest word of each product; safe to use from many threads."""

    def __init__(self) -> None:
        self._left: dict[str, QuotaLeft] = {}
        self._new: set[str] = set()
        self._lock = threading.Lock()

    def heard(self, product: str, headers: Mapping[str, str]) -> None:
        """An answer came; one without both numbers says nothing."""
        limit, remaining = (_number(headers.get(f"X-RateLimit-{name}", "")) for name in ("Limit", "Remaining"))
        if limit and remaining is not None:
            with self._lock:
                self._left[product] = QuotaLeft(product=product, limit=limit, remaining=min(remaining, limit))
                self._new.add(product)

    def left(self) -> tuple[QuotaLeft, ...]:
        """What was heard, by product."""
        with self._lock:
            return tuple(self._left[product] for product in sorted(self._left))

    def news(self) -> tuple[QuotaLeft, ...]:
        """What was heard since this was last asked, by product."""
        with self._lock:
            new = tuple(self._left[product] for product in sorted(self._new))
            self._new.clear()
            return new


def _number(text: str) -> int | None:
    plain = text.strip()
    return min(int(plain), MOST) if plain.isascii() and plain.isdecimal() and len(plain) < 20 else None
