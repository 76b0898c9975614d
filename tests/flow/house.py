"""The whole house in one process: what happens at the site rings at the door, and a worker and a clock are at hand."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from connector.app import WebParts, create_app
from connector.clock import WallClock
from connector.folder import MappingFolder
from connector.living_book import LivingBook
from connector.ports import Clock
from connector.sandbox.automation import Automation, AutomationRule
from connector.sandbox.datacenter.confluence_webhooks import EVENTS as PAGE_EVENTS
from connector.sandbox.datacenter.confluence_webhooks import ConfluenceWebhooks, PageHook
from connector.sandbox.datacenter.jira_webhooks import speech
from connector.sandbox.delivery_faults import DeliveryFaults
from connector.sandbox.dialect import Dialect
from connector.sandbox.jira_webhooks import JiraWebhooks, Webhook
from connector.sandbox.sender import Delivery, Sender
from connector.storage.engine import engine_of
from connector.storage.store import Store
from connector.sync.report import SyncReport
from connector.ticker import Ticker
from connector.worker import Worker
from tests.flow.stand import Scene
from webhooks.signatures import secrets_of

QUIET = timedelta(minutes=30)
EVENTS = frozenset({"jira:issue_created", "jira:issue_updated", "jira:issue_deleted", "issuelink_created"})
_DOOR = "http://door.example/webhooks"


class Letterbox(Sender):
    """Deliveries that wait until the test takes them to the door, in whatever order and number it likes."""

    def __init__(self) -> None:
        super().__init__(DeliveryFaults())
        self.letters: list[Delivery] = []

    def send(self, delivery: Delivery) -> None:
        self.letters.append(delivery)


@dataclass(slots=True, kw_only=True)
class House:
    """Door, worker and clock over one scene; nothing happens between the calls."""

    scene: Scene
    store: Store
    door: FlaskClient
    worker: Worker
    ticker: Ticker
    letters: Letterbox
    reports: list[SyncReport] = field(default_factory=list)

    def delivers(self, letters: list[Delivery]) -> None:
        """The door takes each with a 2xx."""
        for letter in letters:
            parts = urlsplit(letter.url)
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            answer = self.door.post(target, data=letter.body, headers=list(letter.headers))
            assert answer.status_code in (202, 204), answer.status_code

    def works(self) -> None:
        """All that is due now."""
        while self.worker.once():
            pass

    def minutes_pass(self, minutes: int, step: int = 1) -> None:
        """At each step the clock ticks, what happened is told, and what is due is done."""
        for _ in range(0, minutes, step):
            self.scene.minutes_pass(step)
            self.ticker.tick()
            self.takes_post()
            self.works()

    def pushes(self, indicator: str, on: date, value: str) -> None:
        """A reading is on its way, as another system sends it."""
        body = json.dumps({"value": float(value), "on": on.isoformat()}).encode()
        headers = (("Content-Type", "application/json"), ("X-OKR-Secret", "three"))
        self.letters.send(Delivery(url=f"{_DOOR}/readings/{indicator}", headers=headers, body=body))

    def takes_post(self) -> None:
        letters, self.letters.letters = self.letters.letters, []
        self.delivers(letters)


@contextmanager
def house(on: Scene, quiet: timedelta | None = QUIET) -> Iterator[House]:
    """Webhooks are registered, or an Automation rule is there where Confluence registers none."""
    clock: Clock = WallClock(on.site.clock.now)
    letters, reports = Letterbox(), list[SyncReport]()
    _tell(on, letters)
    engine = engine_of(on.database)
    with Store(engine) as store, on.engine() as syncing:
        group = store.group_commit()
        group.start()
        book = LivingBook(MappingFolder(on.book_folder))
        parts = WebParts(
            store=store,
            group=group,
            book=book,
            clock=clock,
            secrets=secrets_of("jira=one,automation=two,readings=three,confluence=four"),
            ui_token=None,
            migrated=lambda: True,
        )
        worker = Worker(
            engine=syncing, rings=store.ring_ledger, book=book, clock=clock, quiet=quiet, told=reports.append
        )
        ticker = Ticker(
            slots=store.slot_ledger,
            rings=store.ring_ledger,
            book=book,
            clock=clock,
            poller=None,
            rhythms=store.rhythms,
        )
        try:
            yield House(
                scene=on,
                store=store,
                door=create_app(parts).test_client(),
                worker=worker,
                ticker=ticker,
                letters=letters,
                reports=reports,
            )
        finally:
            group.stop()


def _tell(on: Scene, letters: Letterbox) -> None:
    cloud, now = on.site.dialect is Dialect.CLOUD, on.site.clock.now()
    jira = JiraWebhooks(on.site.jira, letters, lambda: on.address, None if cloud else speech(on.site.release))
    jira.registered[1] = Webhook(id=1, name="okr", url=f"{_DOOR}/jira", events=EVENTS, at=now, secret="one")
    on.site.jira.listener = jira
    if cloud:
        on.site.confluence.listener = automation = Automation(letters)
        automation.rules.append(AutomationRule(url=f"{_DOOR}/automation", secret="two"))
        return
    on.site.confluence.listener = hooks = ConfluenceWebhooks(on.site.confluence, letters)
    hooks.registered[1] = PageHook(
        id=1, name="okr", url=f"{_DOOR}/confluence", events=PAGE_EVENTS, at=now, secret="four"
    )
