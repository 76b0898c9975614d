"""The house alive in front of the imitation site, in one process and on its clock: door, rings, worker, clock."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from flask.testing import FlaskClient

from connector.app import WebParts, create_app
from connector.clock import WallClock
from connector.folder import MappingFolder
from connector.living_book import LivingBook
from connector.poller import Poller
from connector.rings import Ring, Slot
from connector.sandbox.datacenter.jira_webhooks import acting, body_of
from connector.sandbox.dialect import Dialect
from connector.sandbox.log import Logged
from connector.sandbox.site import Site
from connector.storage.group_commit import GroupCommit
from connector.storage.store import Store
from connector.sync.engine import Engine
from connector.sync.report import SyncReport
from connector.ticker import Ticker
from connector.worker import Worker
from tests.flow.dialects import SPOKEN, as_cloud
from tests.flow.stand import START, Scene, scene
from webhooks.signatures import secrets_of

SECRETS = "jira=jira-secret,confluence=jira-secret,automation=auto-secret,readings=push-secret"
TOKEN = "for-people"
SHOWN = {"X-OKR-Secret": "auto-secret"}
PUSHES = {"X-OKR-Secret": "push-secret"}


def signed(body: bytes) -> dict[str, str]:
    """The headers of a site that knows the secret."""
    return {"X-Hub-Signature": "sha256=" + hmac.new(b"jira-secret", body, hashlib.sha256).hexdigest()}


@dataclass(slots=True, kw_only=True)
class House:
    """Everything that runs, and what it did."""

    scene: Scene
    engine: Engine
    store: Store
    group: GroupCommit
    quiet: timedelta | None
    polls: bool
    runs: list[SyncReport] = field(default_factory=list)
    book: LivingBook = field(init=False)
    worker: Worker = field(init=False)
    ticker: Ticker = field(init=False)
    door: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.book = LivingBook(MappingFolder(self.scene.book_folder), sleep=lambda seconds: None)
        self.worker = Worker(
            engine=self.engine,
            rings=self.store.ring_ledger,
            book=self.book,
            clock=self.clock,
            quiet=self.quiet,
            told=self.runs.append,
        )
        self.ticker = self.another_clock()
        self.door = create_app(self.parts()).test_client()

    @property
    def site(self) -> Site:
        return self.scene.site

    @property
    def clock(self) -> WallClock:
        return WallClock(self.site.clock.now)

    def parts(self, ui_token: str | None = TOKEN) -> WebParts:
        return WebParts(
            store=self.store,
            group=self.group,
            book=self.book,
            clock=self.clock,
            secrets=secrets_of(SECRETS),
            ui_token=ui_token,
            migrated=lambda: True,
            lag=self.scene.lag,
        )

    def another_clock(self) -> Ticker:
        """A second process, or the first after a restart: it remembers nothing."""
        rings = self.store.ring_ledger
        poller = Poller(jira=self.engine.jira, confluence=self.engine.confluence, ledger=self.store, rings=rings)
        return Ticker(
            slots=self.store.slot_ledger,
            rings=rings,
            book=LivingBook(MappingFolder(self.scene.book_folder), sleep=lambda seconds: None),
            clock=self.clock,
            poller=poller if self.polls else None,
        )

    def rings(self) -> dict[str, Ring]:
        return {ring.team: ring for ring in self.store.ring_ledger.rings()}

    def works(self) -> list[SyncReport]:
        """Serves all that is due now; the runs it took."""
        before = len(self.runs)
        while self.worker.once():
            pass
        return self.runs[before:]

    def settles(self) -> None:
        """First sync, and what it makes the house ring for."""
        self.ticker.tick()
        self.works()
        self.runs.clear()

    def minutes(self, span: float, step: float = 1) -> list[Slot]:
        """Time passes: the clock ticks, the worker works; the slots that were served."""
        served: list[Slot] = []
        passed = 0.0
        while passed < span:
            self.scene.minutes_pass(step)
            passed += step
            served += self.ticker.tick()
            self.works()
        return served

    def issue_event(self, key: str, event: str = "jira:issue_updated") -> int:
        """Jira tells of an issue as it is now; the door's answer."""
        issue = self.site.jira.keys[key]
        if self.site.dialect is Dialect.DATACENTER:
            return self._told(
                "jira", json.dumps(body_of(self.site.jira, event, issue, {})), acting(self.site.jira, issue)
            )
        level = issue.fields["issuetype"]["hierarchyLevel"]
        told = {
            "webhookEvent": event,
            "issue": {
                "id": str(issue.id),
                "key": issue.key,
                "fields": {
                    "project": {"key": issue.project.key},
                    "issuetype": {"hierarchyLevel": level},
                    "labels": issue.fields["labels"],
                },
            },
        }
        return self._told("jira", json.dumps(told))

    def page_event(self, page_id: str) -> int:
        """Confluence, or the rule of Automation on Cloud, tells of a page."""
        if self.site.dialect is Dialect.DATACENTER:
            told = {"timestamp": 1, "event": "page_updated", "userKey": "4028ae28", "page": {"id": int(page_id)}}
            return self._told("confluence", json.dumps(told))
        body = {"event": "page_updated", "page": page_id}
        return self.door.post("/webhooks/automation", json=body, headers=SHOWN).status_code

    def _told(self, sender: str, body: str, query: str = "") -> int:
        raw = body.encode()
        return self.door.post(f"/webhooks/{sender}?{query}", data=raw, headers=signed(raw)).status_code

    def pushes(self, path: str, value: object, on: str) -> int:
        return self.door.post(f"/webhooks/readings/{path}", json={"value": value, "on": on}, headers=PUSHES).status_code

    def versions(self, ref: str) -> int:
        """How many versions a page has."""
        return self.site.confluence.page(self.scene.page_id(ref)).now.number

    def wrote(self, mark: int) -> list[str]:
        return [_line(line) for line in self.site.log.writes(mark)]

    def read(self, mark: int) -> list[str]:
        return [_line(line) for line in self.site.log.reads(mark)]


@contextmanager
def living(
    database: str,
    folder: Path,
    *,
    quiet: timedelta | None = None,
    polls: bool = False,
    start: datetime = START,
    lag: timedelta = timedelta(0),
    dialect: Dialect = SPOKEN,
) -> Iterator[House]:
    """A house that has just been started; `quiet` as OKR_REFRESH, `polls` as without secrets for webhooks."""
    with ExitStack() as stack:
        on = stack.enter_context(scene(database, folder, start=start, lag=lag, dialect=dialect))
        engine = stack.enter_context(on.engine())
        store = stack.enter_context(Store.open(database))
        group = stack.enter_context(store.group_commit())
        yield House(scene=on, engine=engine, store=store, group=group, quiet=quiet, polls=polls)


def teams_of(runs: Sequence[SyncReport]) -> list[tuple[str, ...]]:
    """The teams of each run, without what belongs to all."""
    return [tuple(team.team for team in run.teams if team.team != "*") for run in runs]


def _line(line: Logged) -> str:
    return as_cloud(f"{line.method} {line.route}")
