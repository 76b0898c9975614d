"""The worker: claims the teams that are due, runs the engine for them, and gives back what could not be done now."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from connector.backing_off import Fault, fault_of, fault_of_report
from connector.errors import AnswerLost, Code, ConnectorError, TemporaryError
from connector.listening import found_by_search
from connector.living_book import LivingBook
from connector.log import facts
from connector.ports import Clock
from connector.rings import Cause, Claim, RingLedger
from connector.sync.engine import Engine
from connector.sync.leave import Leave
from connector.sync.refs import ORGANISATION
from connector.sync.report import SyncReport
from connector.sync.scope import Options
from mappings.okr import MappingBook

LEASE = timedelta(minutes=1)  # made longer while we work; so long are the teams of a killed worker let be
BATCH = 200  # teams a run: reading is batched
IDLE = 1.0  # seconds between two looks at an empty queue
UNTIL_EVERYBODY_IS_FREE = timedelta(minutes=1)

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Worker:
    """One worker; any number may share a database."""

    engine: Engine
    rings: RingLedger
    book: LivingBook
    clock: Clock
    lease: timedelta = LEASE
    quiet: timedelta | None = None  # how long a page must have been left alone before it is written
    stopping: threading.Event = field(default_factory=threading.Event)
    told: Callable[[SyncReport], None] = lambda report: None
    _held: tuple[Claim, ...] = ()

    def run(self) -> None:
        """Works until it is told to stop, whatever the database says meanwhile."""
        while not self.stopping.is_set():
            try:
                worked = self.once()
            except ConnectorError as error:
                log.warning("The queue cannot be used", extra=facts(code=error.code))
                worked = False
            if not worked:
                self.stopping.wait(IDLE)

    def once(self) -> bool:
        """Serves one batch; false when nothing was due."""
        self._held = self.rings.claim(self.clock.now(), self.lease, BATCH)
        if not self._held:
            return False
        try:
            self._serve(self.book.current(self.clock.now().date()))
        except ConnectorError as error:
            self._back(self._held, fault_of(error, self.engine.search_lag))
        self._held = ()
        return True

    def leave_off(self) -> None:
        """What is held is free for others at once, although a request may still be under way: this process ends.

        What that request does is found by the next run, as after a lost answer.
        """
        now = self.clock.now()
        self.rings.give_back(self._held, now, now)

    def _serve(self, book: MappingBook) -> None:
        known = {team.id for team in book.teams}
        gone = [claim for claim in self._held if claim.team not in known | {ORGANISATION}]
        self.rings.finish(gone, self.clock.now())
        held = [claim for claim in self._held if claim not in gone]
        everybody = [claim for claim in held if claim.team == ORGANISATION]
        if everybody:
            missing = sorted(known - {claim.team for claim in held})
            held += self.rings.take(missing, self.clock.now(), self.lease)
            if len(held) <= len(known):  # others are at work on some: what belongs to all waits until they are free
                now = self.clock.now()
                self.rings.give_back(everybody, now, now + UNTIL_EVERYBODY_IS_FREE)
                held = [claim for claim in held if claim.team != ORGANISATION]
        self._held = tuple(held)
        if held:
            self._run(book, held)

    def _run(self, book: MappingBook, claims: Sequence[Claim]) -> None:
        """One run; where something is wrong that cannot be told from a single team's own fault, a run for each."""
        everybody = any(claim.team == ORGANISATION for claim in claims)
        options = Options(teams=() if everybody else tuple(claim.team for claim in claims), quiet=self.quiet)
        leave = Leave(
            rings=self.rings, claims=tuple(claims), clock=self.clock, lease=self.lease, stopping=self.stopping
        )
        began = self.clock.now()
        try:
            with leave:
                report = self.engine.sync(book, options, leave)
        except (TemporaryError, AnswerLost) as error:
            self._back(claims, fault_of(error, self.engine.search_lag))
        except Exception as error:  # a fault of ours about one team must not stop the others, nor this process
            fault = fault_of(error, self.engine.search_lag)
            log.warning("A run broke off", exc_info=error, extra=facts(teams=len(claims), code=fault.code))
            if fault.of_all or len(claims) == 1:
                self._back(claims, fault)
            else:
                self._one_by_one(book, claims, fault)
        else:
            self.told(report)
            self._settle(book, claims, report, began)

    def _one_by_one(self, book: MappingBook, claims: Sequence[Claim], fault: Fault) -> None:
        for claim in claims:
            if claim.team == ORGANISATION or self.stopping.is_set():
                self._back((claim,), fault)
            else:
                self._run(book, (claim,))

    def _settle(self, book: MappingBook, claims: Sequence[Claim], report: SyncReport, began: datetime) -> None:
        """Rings that were served go, or wait for their page's moment; the others come back when there is hope."""
        reports = {team.team: team for team in report.teams}
        due = self._later(book, claims, report, began)
        unserved = [claim for claim in claims if claim.team in reports and not reports[claim.team].served]
        served = [claim for claim in claims if claim not in unserved]
        self.rings.finish(served, self.clock.now(), due)
        for claim in unserved:
            self._back((claim,), fault_of_report(reports[claim.team], self.engine.search_lag))
        for team in due.keys() - {claim.team for claim in claims}:
            self.rings.ring((team,), Cause.QUIET, self.clock.now(), due[team])

    def _later(
        self, book: MappingBook, claims: Sequence[Claim], report: SyncReport, began: datetime
    ) -> dict[str, datetime]:
        """When teams are to be looked at again although they were served: a page of theirs waits for its moment, or
        the site's search, by which their epics are found, may not have known yet what an event told of."""
        due: dict[str, datetime] = {}
        for team, moment in report.postponed:
            due[team] = min(moment, due.get(team, moment))
        searched = {team.id for team in book.teams if found_by_search(team)}
        for claim in claims:
            known = claim.behind_until
            if known is not None and known > began and claim.team in searched:
                due[claim.team] = min(known, due.get(claim.team, known))
        return due

    def _back(self, claims: Sequence[Claim], fault: Fault) -> None:
        now = self.clock.now()
        for attempts in sorted({claim.attempts for claim in claims}):
            alike = [claim for claim in claims if claim.attempts == attempts]
            self.rings.give_back(alike, now, now + fault.wait(attempts), fault.own)
            log.info(
                "Teams were not served and come back",
                extra=facts(code=fault.code, teams=len(alike), seconds=fault.wait(attempts)),
            )
        if fault.code is Code.LEAVE_LOST and not self.stopping.is_set():
            # What was under way may have been done after the other one looked: that is seen by one more run.
            self.rings.ring([claim.team for claim in claims], Cause.QUIET, now)
