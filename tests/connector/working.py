"""A worker on a real queue, whose engine does what a test says: what a run brings is decided team by team."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from connector.errors import Advice, AnswerLost, Code, ConnectorError, PermanentError, RateLimited, SiteUnreachable
from connector.folder import MappingFolder
from connector.living_book import LivingBook
from connector.ports import RequestCounts
from connector.rings import Cause, Ring
from connector.storage.store import Store
from connector.sync.leave import LeaveToWrite
from connector.sync.report import SyncReport, TeamReport
from connector.sync.scope import Options
from connector.worker import Worker
from mappings.okr import MappingBook
from tests.databases import prepare

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[2] / "mappings" / "example"
ADVICE = Advice(what="something is in the way", options=("this", "that"))
NOBODY_LEFT = PermanentError(Code.SPACE_MISSING, ADVICE)
UNREACHABLE = SiteUnreachable(Code.SITE_UNREACHABLE, ADVICE)
LOST = AnswerLost(Code.ANSWER_LOST, ADVICE)


def limited(seconds: float) -> RateLimited:
    return RateLimited(Code.RATE_LIMITED, ADVICE, retry_after=seconds)


@dataclass(slots=True)
class Hands:
    """A clock that is moved by hand."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def today(self, zone: str) -> date:
        return self.at.astimezone(ZoneInfo(zone)).date()

    def pass_by(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass(slots=True, kw_only=True)
class Runs:
    """In place of the engine: remembers whom it was asked to serve, and says what it was told to say."""

    troubles: dict[str, Exception | tuple[ConnectorError, ...]] = field(default_factory=dict)  # by team
    postponed: dict[str, datetime] = field(default_factory=dict)
    breaks: Exception | None = None  # the whole run
    meanwhile: Callable[[], None] = lambda: None
    asked: list[tuple[str, ...]] = field(default_factory=list)  # teams of each run; empty: everybody
    search_lag: timedelta = timedelta(0)

    def sync(self, book: MappingBook, options: Options, leave: LeaveToWrite) -> SyncReport:
        self.asked.append(options.teams)
        self.meanwhile()
        if self.breaks is not None:
            raise self.breaks
        teams = options.teams or tuple(team.id for team in book.teams)
        for team in teams:
            if isinstance(self.troubles.get(team), Exception):
                raise self.troubles[team]
        leave.ask()
        return SyncReport(
            run=len(self.asked),
            teams=tuple(TeamReport(team=team, errors=self.troubles.get(team, ())) for team in ("*", *teams)),
            requests=RequestCounts(),
            postponed=tuple((team, due) for team, due in self.postponed.items() if team in (*teams, "*")),
        )


@dataclass(slots=True, kw_only=True)
class Bench:
    """The worker, its queue and its clock."""

    worker: Worker
    runs: Runs
    store: Store
    clock: Hands
    book: Path

    def ring(self, *teams: str, lag: timedelta | None = None) -> None:
        """By an event that the site's search knows after the lag."""
        now = self.clock.now()
        self.store.ring_ledger.ring(teams, Cause.EVENT, now, behind_until=now + lag if lag else None)

    def rings(self) -> dict[str, Ring]:
        return {ring.team: ring for ring in self.store.ring_ledger.rings()}

    def waits(self, team: str) -> timedelta | None:
        """How long the team is still let be; None: it is not on the queue."""
        ring = self.rings().get(team)
        return None if ring is None else max(ring.not_before, ring.hold_until or ring.not_before) - self.clock.now()

    def fails_until_parked(self, team: str) -> list[float]:
        """Serves the team until nothing more is tried; the minutes between the tries."""
        minutes = []
        while self.worker.once():
            ring = self.rings()[team]
            if ring.parked is not None:
                return minutes
            span = self.waits(team)
            minutes.append(span.total_seconds() / 60)
            self.clock.at += span
        raise AssertionError("it was served, or never parked")


@contextmanager
def bench(database: str, folder: Path) -> Iterator[Bench]:
    """A worker with the example's two teams."""
    if not (folder / "book").exists():
        shutil.copytree(EXAMPLE, folder / "book")
    prepare(database)
    clock, runs = Hands(), Runs()
    with Store.open(database) as store:
        book = LivingBook(MappingFolder(folder / "book"), sleep=lambda seconds: None)
        worker = Worker(engine=runs, rings=store.ring_ledger, book=book, clock=clock)
        yield Bench(worker=worker, runs=runs, store=store, clock=clock, book=folder / "book")
