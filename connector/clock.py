"""Time as the rest of the house is given it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class WallClock:
    """A `connector.ports.Clock` over a source of aware moments, by default the machine's own."""

    source: Callable[[], datetime] = lambda: datetime.now(UTC)

    def now(self) -> datetime:
        """The present moment in UTC."""
        return self.source().astimezone(UTC)

    def today(self, zone: str) -> date:
        """The calendar day in that zone."""
        return self.now().astimezone(ZoneInfo(zone)).date()
