"""The house behind the door: hints become rings that last, pushed readings are kept; for the web process."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from connector.agreement import InForce, no_agreement
from connector.arrivals import ArrivalLedger, Sender
from connector.errors import BookError, ConnectorError
from connector.ledger import Ledger
from connector.listening import Listener, labels_of
from connector.living_book import LivingBook
from connector.ports import Clock
from connector.rings import Cause
from mappings.connected import indicators_at_hand
from mappings.hints import Hint, IssueHint
from mappings.indicators import Indicator, Reading, SourceKind
from mappings.okr import MappingBook, Team, indicator_ref
from webhooks.sockets import Busy, Keeping

FRESH = timedelta(seconds=30)  # how old our knowledge of issues and pages may be
STALE = timedelta(seconds=3)  # how old, when an event names something we do not know
SETTLED = timedelta(seconds=5)  # most events tell of something that the site's search knows only then


class Ringing(Protocol):
    """Durable rings for many callers at once."""

    def ring(
        self,
        teams: tuple[str, ...],
        cause: Cause,
        at: datetime,
        not_before: datetime | None = None,
        behind_until: datetime | None = None,
    ) -> None:
        """Called by the doorbell: committed when it returns; raises ConnectorError otherwise."""


@dataclass(slots=True, kw_only=True)
class Doorbell:
    """Rings the teams a hint concerns; what nobody knows rings nobody."""

    ledger: Ledger
    ringing: Ringing
    book: LivingBook
    clock: Clock
    lag: timedelta = timedelta(0)  # how far the site's search may be behind
    _listener: Listener | None = None
    _named: tuple[MappingBook, frozenset[str]] | None = None  # the labels of a book
    _read: datetime = field(default=datetime.min.replace(tzinfo=UTC))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ring(self, hint: Hint) -> int:
        """How many teams were rung; durable when it returns."""
        now = self.clock.now()
        try:
            teams = self._known(now, FRESH).concerned(hint) or self._known(now, STALE).concerned(hint)
            if teams:
                settled = min(self.lag, SETTLED) if isinstance(hint, IssueHint) else timedelta(0)
                behind = now + self.lag if self.lag and self._known(now, FRESH).is_searched_for(hint) else None
                self.ringing.ring(teams, Cause.EVENT, now, now + settled, behind)
        except ConnectorError as error:
            raise Busy from error
        return len(teams)

    def labels(self) -> frozenset[str]:
        """The labels that the book names."""
        try:
            book, named = self._book(), self._named
        except BookError:  # there never was a book: nobody can be rung, and `ring` says so
            return frozenset()
        if named is None or named[0] is not book:
            self._named = named = (book, labels_of(book))
        return named[1]

    def _book(self) -> MappingBook:
        return self.book.current(self.clock.now().date())

    def _known(self, now: datetime, age: timedelta) -> Listener:
        """Read again when it is older than that, or when the book is another one."""
        book = self._book()
        with self._lock:
            if self._listener is None or now - self._read > age:
                self._listener, self._read = Listener.of(book, self.ledger.resources().values()), now
            elif self._listener.book is not book:
                self._listener = self._listener.reading(book)
            return self._listener


@dataclass(frozen=True, slots=True, kw_only=True)
class PushedReadings:
    """Keeps what is pushed for an indicator whose values are pushed, and rings its team."""

    ledger: Ledger
    ringing: Ringing
    book: Callable[[], MappingBook]
    clock: Clock
    agreed: Callable[[], InForce] = no_agreement  # a kind that is not agreed is not taken in

    def keep(self, team: str, indicator: str, value: Decimal | None, on: date) -> Keeping:
        """A ring before it, since a reading without one would be late, and one after it, since the first may have been
        served meanwhile; a ring without a reading costs a quiet run."""
        try:
            return self._keep(team, indicator, value, on)
        except ConnectorError as error:
            raise Busy from error

    def _keep(self, team: str, indicator: str, value: Decimal | None, on: date) -> Keeping:
        owner = self.book().team(team)
        named = _pushed(owner, indicator) if owner else None
        if owner is None or named is None or not self.agreed().allows(SourceKind.PUSHED):
            return Keeping.UNKNOWN
        if on > self.clock.today(owner.timezone.key):
            return Keeping.FUTURE
        quantised = None if value is None else named.quantised(value)
        reading = Reading(indicator=indicator_ref(owner, named), on=on, value=quantised)
        if reading in self.ledger.readings():
            return Keeping.SAME
        self.ringing.ring((owner.id,), Cause.READING, self.clock.now())
        self.ledger.add_readings([reading])
        self.ringing.ring((owner.id,), Cause.READING, self.clock.now())
        return Keeping.KEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Notes the first delivery of each sender and day, in UTC; all others cost a look into a dictionary."""

    ledger: ArrivalLedger
    clock: Clock
    _noted: dict[str, date] = field(default_factory=dict)

    def arrived(self, sender: str) -> None:
        """The delivery itself is durable already: where its day cannot be kept, the next delivery tries again."""
        today = self.clock.now().astimezone(UTC).date()
        if self._noted.get(sender) == today:
            return
        self._noted[sender] = today  # before it is kept, so that of many callers one does it
        with suppress(ConnectorError):
            self.ledger.note(Sender(sender), today)
            return
        self._noted.pop(sender, None)


def _pushed(team: Team, indicator: str) -> Indicator | None:
    named = (i for i in indicators_at_hand(team) if i.id == indicator.casefold())
    return next((i for i in named if i.source.kind is SourceKind.PUSHED), None)
