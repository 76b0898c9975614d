"""The connector in one process: its real door, worker and engine, driven by a site and by senders full of people."""

import base64
import io
import logging
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from werkzeug.routing import Rule

from connector.app import WebParts, create_app
from connector.clock import WallClock
from connector.config import Settings
from connector.errors import ConnectorError
from connector.gateways.access import Patience
from connector.ledger import Kind
from connector.living_book import LivingBook
from connector.log import Lines
from connector.privacy.canary_answers import Heard, asked, post
from connector.privacy.canary_marks import Flock
from connector.privacy.canary_payloads import SECRETS, Call, Doors, calls
from connector.privacy.canary_sinks import Gathered, Sink, gather_database, gather_error
from connector.privacy.canary_site import PeopledSite, refusals, refuse, write_words
from connector.sandbox.server import listening
from connector.sync.scope import Options
from connector.wiring import Parts, house
from connector.worker import Worker
from mappings.calendar import IsoWeek
from webhooks.signatures import secrets_of

UI_TOKEN = "canary-proof-ui"  # noqa: S105  # of a house that stands for a minute
_HURRIED = Patience(connect=2, read=10, tries=2, first_wait=0.01, longest_wait=0.2, total=2.0)


@dataclass(slots=True, kw_only=True, repr=False)
class CanaryHouse:
    """A whole connector on a database of its own."""

    peopled: PeopledSite
    flock: Flock
    parts: Parts
    app: Flask
    web: str
    database: Path
    log: io.StringIO
    gathered: Gathered
    dice: random.Random
    heard: Heard = field(default_factory=Heard)
    sent: list[Call] = field(default_factory=list)
    home: str | None = None  # the page that people were named on by its team

    def sync(self, **options: Any) -> int:
        """One run over all teams; how many things it made or changed. Its errors are gathered."""
        book = self.parts.folder.book(self.parts.clock.today("UTC"))
        report = self.guarded(lambda: self.parts.engine.sync(book, Options(**options)))
        if report is None:
            return 0
        for team in report.teams:
            for error in team.errors:
                gather_error(self.gathered, error, with_locals=True)
        return sum(team.created + team.updated for team in report.teams)

    def guarded(self, work: Callable[[], Any]) -> Any:
        """What the work gives; an error is gathered instead."""
        try:
            return work()
        except Exception as error:
            gather_error(self.gathered, error, with_locals=isinstance(error, ConnectorError))
            return None

    def doors(self) -> Doors:
        """What a sender can name that the house knows."""
        rows = self.parts.store.resources().values()
        pages = tuple(row.remote_id for row in rows if row.kind is Kind.PAGE and row.remote_id)
        issues = tuple(str(number) for number in self.peopled.site.jira.issues)
        day = IsoWeek.of(self.parts.clock.today("UTC")).shifted(-1).day(0)
        return Doors(issues=issues, pages=pages or ("1",), day=day.isoformat())

    def receive(self, payloads: int) -> None:
        """So many calls at the door."""
        self.sent += calls(self.flock, self.doors(), payloads, self.dice)
        post(self.web, self.sent, self.heard)

    def work(self) -> None:
        """Everything that is due is done by a worker."""
        book = LivingBook(self.parts.folder)
        worker = Worker(engine=self.parts.engine, rings=self.parts.store.ring_ledger, book=book, clock=self.parts.clock)
        for _ in range(5):
            if not self.guarded(worker.once):
                return

    def name_people(self) -> None:
        """The team of the newest check-in page names people in its answers, and a week later looks back at them."""
        found = [r for r in self.parts.store.resources().values() if r.kind is Kind.PAGE and "check-in/" in r.ref]
        if found and found[-1].remote_id:
            self.home = found[-1].remote_id
            write_words(self.peopled, self.flock, self.home)

    def be_refused(self, *methods: str) -> None:
        """Every kind of refusal meets a run, from its first request or from its first write on."""
        for status in refusals():
            for method in methods:
                refuse(self.peopled, self.flock, status, self.dice, method)
                self.sync(restore_drift=True)
                self.peopled.site.faults.clear()

    def look(self) -> None:
        """All pages of the web process, those of a team for every team."""
        credential = base64.b64encode(f"x:{UI_TOKEN}".encode()).decode()
        headers = {"Authorization": f"Basic {credential}"}
        for rule in self.app.url_map.iter_rules():
            if "GET" in (rule.methods or ()):
                for address in self._addresses(rule):
                    status, _, body = asked(self.web, "GET", address, b"", headers)
                    sink = Sink.METRICS if rule.rule == "/metrics" else Sink.PAGES_FOR_PEOPLE
                    self.gathered.add(sink, f"{address} {status}", body)

    def _addresses(self, rule: Rule) -> list[str]:
        if not rule.arguments:
            return [rule.rule]
        of_teams = [rule.rule.replace("<team>", team) for team in self._weeks()]
        weeks = [(team, week) for team, weeks in self._weeks().items() for week in weeks]
        return of_teams + [f"{rule.rule.replace('<team>', team)}?week={week}" for team, week in weeks]

    def _weeks(self) -> dict[str, list[str]]:
        """The weeks of which there is a check-in page, by team."""
        pages = [r.ref.split("/") for r in self.parts.store.resources().values() if r.kind is Kind.PAGE]
        teams = self.parts.folder.book(self.parts.clock.today("UTC")).teams
        return {team.id: [ref[2] for ref in pages if ref[:2] == ["check-in", team.id]] for team in teams}

    def paste(self, messages: int) -> None:
        """Somebody pastes some of the calls into the page that shows what remains of a message."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        for call in self.sent[:messages]:
            body = urlencode({"message": call.body, "language": "en"}).encode()
            status, _, shown = asked(self.web, "POST", "/privacy", body, headers)
            self.gathered.add(Sink.PAGES_FOR_PEOPLE, f"pasted {status}", shown)

    def gather(self, folder: Path) -> None:
        """Everything that came out of this process and its database."""
        if self.database.exists():
            gather_database(self.gathered, self.database, folder / "backup.db")
        self.gathered.add(Sink.LOG, *(line.partition('"level"')[2] for line in self.log.getvalue().splitlines()))
        self.gathered.add(Sink.RESPONSES, *self.heard.bodies)
        self.gathered.add(Sink.HEADERS, *self.heard.headers)

    def gather_requests(self) -> None:
        """Everything that the site was asked and told, by whatever process."""
        for request in self.peopled.asked:
            page = self.home if request.method == "PUT" and self.home and self.home in request.path else None
            self.gathered.add(Sink.WRITTEN, request.body, page=page)
            self.gathered.add(Sink.ADDRESSES, f"{request.path}?{request.query}")
            self.gathered.add(Sink.ADDRESSES, *(f"{name}: {value}" for name, value in request.headers))


@contextmanager
def canary_house(
    peopled: PeopledSite,
    flock: Flock,
    book: Path,
    folder: Path,
    gathered: Gathered,
    dice: random.Random,
    url: str | None = None,
) -> Iterator[CanaryHouse]:
    """The house in front of the site until the block ends; its database is in the folder, or at the address given."""
    database, log = folder / "house.db", io.StringIO()
    environment = environment_of(peopled, book, url or f"sqlite:///{database}")
    with ExitStack() as stack:
        stack.enter_context(_overheard(log))
        settings = Settings.from_environment(environment)
        parts = stack.enter_context(house(settings, WallClock(peopled.site.clock.now), _HURRIED))
        group = parts.store.group_commit()
        group.start()
        stack.callback(group.stop)
        app = create_app(
            WebParts(
                store=parts.store,
                group=group,
                book=LivingBook(parts.folder),
                clock=parts.clock,
                secrets=secrets_of(SECRETS),
                ui_token=UI_TOKEN,
                migrated=lambda: True,
                confluence=parts.engine.confluence,
                wiki=f"{peopled.address}/wiki",
            )
        )
        yield CanaryHouse(
            peopled=peopled,
            flock=flock,
            parts=parts,
            app=app,
            web=stack.enter_context(listening(app)),
            database=database,
            log=log,
            gathered=gathered,
            dice=dice,
        )


def environment_of(peopled: PeopledSite, book: Path, database: str) -> Mapping[str, str]:
    """The settings of a house in front of the site."""
    return {
        "OKR_JIRA_URL": peopled.address,
        "OKR_JIRA_EMAIL": peopled.site.email,
        "OKR_JIRA_TOKEN": peopled.site.token,
        "OKR_PRODUCT": "cloud",
        "OKR_MAPPINGS": str(book),
        "DATABASE_URL": database,
        "OKR_SEARCH_LAG": "0s",
        "OKR_WEBHOOK_SECRETS": SECRETS,
        "OKR_UI_TOKEN": UI_TOKEN,
        "OKR_LOG_LEVEL": "DEBUG",
    }


@contextmanager
def _overheard(stream: io.StringIO) -> Iterator[None]:
    """Everything that is logged in this process, down to the last remark of a library, as our lines tell it."""
    root, handler = logging.getLogger(), logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
