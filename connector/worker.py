"""The worker: claims the teams that are due, runs the engine for them, and gives back what could not be done now."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from connector.errors import AnswerLost, Code, ConnectorError, TemporaryError
from connector.living_book import LivingBook
from connector.ports import Clock
from connector.rings import Cause, Claim, RingLedger
from connector.sync.engine import Engine
from connector.sync.leave import Leave
from connector.sync.refs import ORGANISATION
from connector.sync.report import SyncReport
from connector.sync.scope import Options

LEASE = timedelta(minutes=5)
BATCH = 200  # teams a run: reading is batched, and a lease must outlast it
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
IDLE = 1.0  # seconds between two looks at an empty queue


@dataclass(slots=True, kw_only=True)
class Worker:
    """One worker; any number may share a database."""

    engine: Engine
    rings: RingLedger
    book: LivingBook
    clock: Clock
    quiet: timedelta | None = None  # how long a page must have been left alone before it is written
    stopping: threading.Event = field(default_factory=threading.Event)
    told: Callable[[SyncReport], None] = lambda report: None

    def run(self) -> None:
        """Works until it is told to stop."""
        while not self.stopping.is_set():
            if not self.once():
                self.stopping.wait(IDLE)

    def once(self) -> bool:
        """Serves one batch; false when nothing was due."""
        claims = self.rings.claim(self.clock.now(), LEASE, BATCH)
        if not claims:
            return False
        try:
            self._serve(claims)
        except ConnectorError as error:
            self._all_back(claims, error)
        return True

    def _serve(self, claims: Sequence[Claim]) -> None:
        book = self.book.current(self.clock.now().date())
        known = {team.id for team in book.teams}
        whole = any(claim.team == ORGANISATION for claim in claims)
        gone = [claim for claim in claims if claim.team not in known | {ORGANISATION}]
        self.rings.finish(gone, self.clock.now())
        held = [claim for claim in claims if claim not in gone]
        if whole:
            missing = sorted(known - {claim.team for claim in held})
            held += self.rings.take(missing, self.clock.now(), LEASE)
        if not held:
            return
        teams = tuple(claim.team for claim in held if claim.team != ORGANISATION)
        everyone = whole and set(teams) == known
        options = Options(teams=() if everyone else teams, quiet=self.quiet)
        leave = Leave(rings=self.rings, claims=tuple(held), clock=self.clock, lease=LEASE, stopping=self.stopping)
        report = self.engine.sync(book, options, leave)
        self.told(report)
        self._settle(held, report)

    def _settle(self, claims: Sequence[Claim], report: SyncReport) -> None:
        """Rings that were served go; the others come back when there is hope."""
        by_team = {team.team: team for team in report.teams}
        for claim in claims:
            report_of = by_team.get(claim.team)
            if report_of is None or report_of.served:
                self.rings.finish((claim,), self.clock.now())
            else:
                self._back((claim,), report_of.errors[0])
        for team, due in report.postponed:
            self.rings.ring((team,), Cause.QUIET, self.clock.now(), due)

    def _all_back(self, claims: Sequence[Claim], error: ConnectorError) -> None:
        self._back(claims, error)

    def _back(self, claims: Sequence[Claim], error: ConnectorError) -> None:
        now = self.clock.now()
        self.rings.give_back(claims, now, now + wait_after(error), _own_fault(error))


def wait_after(error: ConnectorError) -> timedelta:
    """How long to let a team be: as long as the site asked, a minute after a lost answer, else longer."""
    if isinstance(error, TemporaryError) and error.retry_after:
        return min(timedelta(seconds=error.retry_after), LONGEST_WAIT)
    return FIRST_WAIT if isinstance(error, TemporaryError | AnswerLost) else 5 * FIRST_WAIT


def _own_fault(error: ConnectorError) -> Code | None:
    """Only what is wrong with the team itself counts towards parking."""
    return None if isinstance(error, TemporaryError | AnswerLost) else error.code


def oldest(due: Sequence[datetime], now: datetime) -> timedelta:
    """How long the longest waiting ring has been due."""
    return max((now - moment for moment in due), default=timedelta(0))
