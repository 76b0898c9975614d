"""The house in front of an imitation site: real engine, gateways over sockets, a real database, and a book on disk."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from requests.adapters import BaseAdapter

from connector.clock import WallClock
from connector.folder import MappingFolder
from connector.gateways.access import Access, Patience, Timing
from connector.gateways.metric_endpoint import MetricEndpoints
from connector.gateways.sites import Connecting, cloud_sites, datacenter_sites
from connector.gateways.tally import RequestTally
from connector.ledger import Answer, Kind, Resource
from connector.pages.render import Pages
from connector.privacy.agreement import in_force
from connector.privacy.pack import record
from connector.sandbox.dialect import Dialect
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving
from connector.sources.sources import Sources
from connector.storage.store import Store
from connector.sync.engine import Engine
from connector.sync.plan import Plan
from connector.sync.report import SyncReport, TeamReport
from connector.sync.scope import Options
from mappings.calendar import IsoWeek
from mappings.indicators import Reading
from mappings.okr import MappingBook
from mappings.open_cells import OpenCell
from tests.databases import anew, prepare
from tests.flow.dialects import SPOKEN, as_cloud, as_spoken, documents_kept

START = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday in week 48, in the example's first cycle
EXAMPLE = Path(__file__).parents[2] / "mappings" / "example"


@cache
def drawing_room() -> Pages:
    """The templates, read once."""
    return Pages()


@cache
def no_metrics() -> MetricEndpoints:
    """Without hosts nothing is asked, and the machine's certificates are read once."""
    return MetricEndpoints(hosts=frozenset(), tally=RequestTally(), monotonic=lambda: 0.0)


@dataclass(slots=True, kw_only=True)
class Scene:
    """One site, one database, one book; every sync begins with nothing in memory, as a command does."""

    site: Site
    address: str
    database: str  # url
    book_folder: Path
    lag: timedelta = timedelta(0)  # OKR_SEARCH_LAG
    patience: Patience = field(default_factory=lambda: Patience(connect=5, read=20))
    token: str = "sandbox-token"
    asleep: float = 0.0  # seconds the gateways wanted to wait, which pass on the site's clock at once
    wire: BaseAdapter | None = None  # in the place of connections to the site

    def book(self) -> MappingBook:
        return MappingFolder(self.book_folder).book(self.site.clock.now().date())

    def sync(
        self,
        *,
        teams: tuple[str, ...] = (),
        force: bool = False,
        restore: bool = False,
        check_ins: Mapping[str, IsoWeek] | None = None,
        expected: str | None = None,
    ) -> SyncReport:
        """One run; its report must agree with the site's log about every single request."""
        options = Options(teams=teams, force=force, restore_drift=restore, check_ins=check_ins or {}, expected=expected)
        mark = self.site.log.mark()
        with self.engine() as engine:
            report = engine.sync(self.book(), options)
        counted = (report.requests.reads, report.requests.writes)
        assert counted == (len(self.site.log.reads(mark)), len(self.site.log.writes(mark)))
        assert sum(count for _, count in report.requests.by_operation) == sum(counted)
        return report

    def plan(self, **options: object) -> Plan:
        with self.engine() as engine:
            return engine.plan(self.book(), Options(**options)).plan  # type: ignore[arg-type]  # tests name options

    def silent_sync(self, **options: object) -> SyncReport:
        """A run that has nothing to do: no write reaches the site, not even a refused one."""
        mark = self.site.log.mark()
        report = self.sync(**options)  # type: ignore[arg-type]  # as above
        wrote = [f"{line.method} {line.path} {line.status}" for line in self.site.log.writes(mark)]
        assert not wrote, wrote
        assert all(team.created + team.updated + team.retired == 0 for team in report.teams)
        return report

    def writes_of_sync(self, **options: object) -> dict[str, int]:
        """What a run writes, by `METHOD /route`."""
        mark = self.site.log.mark()
        self.sync(**options)  # type: ignore[arg-type]  # as above
        return dict(sorted(_routes(self.site, mark).items()))

    def days_pass(self, days: float) -> None:
        self.site.clock.advance(timedelta(days=days))

    def minutes_pass(self, minutes: float) -> None:
        self.site.clock.advance(timedelta(minutes=minutes))

    def lose_the_database(self) -> None:
        empty_database(self.database)

    def resources(self) -> dict[tuple[Kind, str], Resource]:
        with Store.open(self.database) as store:
            return dict(store.resources())

    def readings(self) -> tuple[Reading, ...]:
        with Store.open(self.database) as store:
            return store.readings()

    def answers(self) -> tuple[Answer, ...]:
        with Store.open(self.database) as store:
            return store.answers()

    def open_cells(self) -> tuple[OpenCell, ...]:
        with Store.open(self.database) as store:
            return store.open_cells()

    def push(self, *readings: Reading) -> None:
        with Store.open(self.database) as store:
            store.add_readings(readings)

    def path(self, of_cloud: str) -> str:
        """A path of Cloud's as this site's dialect has it."""
        return as_spoken(of_cloud, self.site.dialect)

    def page_id(self, ref: str) -> str:
        return self.resources()[Kind.PAGE, ref].remote_id or ""

    def issue_key(self, ref: str) -> str:
        issue = self.resources()[Kind.ISSUE, ref]
        return self.site.jira.issues[int(issue.remote_id or 0)].key

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        tally, site = RequestTally(), self.site
        timing = Timing(sleep=self._sleep, monotonic=lambda: site.clock.now().timestamp(), jitter=lambda: 1.0)
        by = Connecting(tally=tally, timing=timing, patience=self.patience)
        cloud = site.dialect is Dialect.CLOUD
        at_jira, at_confluence = (
            Access(url=url, token=self.token, email=site.email if cloud else None)
            for url in (site.jira_url, site.confluence_url)
        )
        sites = (cloud_sites if cloud else datacenter_sites)(at_jira, at_confluence, by)
        if self.wire is not None:
            for gateway in (sites.jira, sites.confluence):
                gateway._transport._client._session.mount(site.base_url, self.wire)  # type: ignore[attr-defined]  # known here
        with Store.open(self.database) as store:
            yield Engine(
                jira=sites.jira,
                confluence=sites.confluence,
                ledger=store,
                pages=drawing_room(),
                clock=WallClock(site.clock.now),
                meter=tally,
                jira_url=site.jira_url,
                confluence_url=site.confluence_url,
                search_lag=self.lag,
                sources=Sources(
                    folder=self.book_folder, jira=sites.jira, metrics=no_metrics(), ledger=store, lag=self.lag
                ),
                agreed=lambda: in_force(self.book_folder),
                paper=lambda book: record(book, self.book_folder),
            )

    def _sleep(self, seconds: float) -> None:
        self.asleep += seconds
        self.site.clock.advance(timedelta(seconds=seconds))


@contextmanager
def scene(
    database: str,
    folder: Path,
    *,
    start: datetime = START,
    lag: timedelta = timedelta(0),
    site: Site | None = None,
    dialect: Dialect = SPOKEN,
) -> Iterator[Scene]:
    """The example organisation on a fresh site; `lag` is how far the site's searches are behind, and what we expect."""
    site = site or demo_site(start=start - lag, frozen=True, search_lag=lag, dialect=dialect)
    site.clock.advance(lag)  # what stood before is known to the searches
    book = folder / "book"
    if not book.exists():
        shutil.copytree(EXAMPLE, book)
    prepare(database)
    with serving(site) as address, documents_kept(site):
        yield Scene(site=site, address=address, database=database, book_folder=book, lag=lag)


def empty_database(url: str) -> None:
    """As if somebody had deleted it."""
    if not url.startswith("sqlite"):
        anew(url)
        return
    for end in ("", "-wal", "-shm"):
        Path(url.removeprefix("sqlite:///") + end).unlink(missing_ok=True)
    prepare(url)


def _routes(site: Site, mark: int) -> dict[str, int]:
    return {
        as_cloud(route): count
        for route, count in site.log.by_route(mark).items()
        if any(f"{line.method} {line.route}" == route for line in site.log.writes(mark))
    }


def team(report: SyncReport, name: str) -> TeamReport:
    """One team's line of a report."""
    return next(one for one in report.teams if one.team == name)


def codes(report: SyncReport) -> dict[str, list[str]]:
    """The codes of what went wrong, by team; a team that was served is absent."""
    return {one.team: [error.code.value for error in one.errors] for one in report.teams if one.errors}
