"""What time it is at the sites, as it stands on every answer."""

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime


class SiteClocks:
    """The newest word of each product; safe to use from many threads."""

    def __init__(self) -> None:
        self._heard: dict[str, tuple[datetime, float]] = {}
        self._lock = threading.Lock()

    def heard(self, product: str, headers: Mapping[str, str], at: float) -> None:
        """An answer came at that moment of our monotonic clock; one without a readable date says nothing."""
        moment = _moment(headers.get("Date", ""))
        if moment is not None:
            with self._lock:
                self._heard[product] = (moment, at)

    def now(self, at: float) -> dict[str, datetime]:
        """What time it is there at that moment of our monotonic clock, by product; to the second."""
        with self._lock:
            return {name: moment + timedelta(seconds=at - then) for name, (moment, then) in sorted(self._heard.items())}


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
