"""The web process: the door for events, and what people and machines may see of the state. No decisions."""

import logging
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from flask import Flask, Response

from connector.agreement import NOTHING_AGREED
from connector.arrivals import Deliveries, Sender
from connector.clock import WallClock
from connector.config import Settings
from connector.doorbell import Arrivals, Doorbell, PushedReadings
from connector.errors import BookError, ConnectorError
from connector.folder import MappingFolder
from connector.living_book import LivingBook
from connector.log import facts, start_logging, tell_crashes
from connector.ports import Clock, Confluence
from connector.privacy.agreement import in_force
from connector.privacy.pack import Standing, standing_of
from connector.privacy.surface import sources_of, surface_of
from connector.storage.engine import engine_of
from connector.storage.group_commit import GroupCommit
from connector.storage.schema import at_head
from connector.storage.store import Store
from connector.visitors import ProxyIdentity
from connector.web import handbook, machines, privacy, reaching, status, style, teams
from connector.web.access import Access, Locks, admission, harden
from connector.web.page_places import PagePlaces
from connector.web.page_texts import PageTexts
from connector.web.secret_addresses import SecretAddresses
from connector.wiring import reading_confluence
from webhooks.blueprint import make_blueprint
from webhooks.signatures import Secrets

ACCESS = {  # by room of routes
    "webhooks": Access.SENDERS,
    "machines": Access.MACHINES,
    "style": Access.EVERYBODY,
    "privacy": Access.EVERYBODY,
    "status": Access.PEOPLE,
    "teams": Access.PEOPLE,
    "handbook": Access.PEOPLE,
    "reaching": Access.ADDRESS,
}
BOOK_REST = 1.0  # seconds: a storm of events does not read the mapping files each time

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebParts:
    """What the web process is made of."""

    store: Store
    group: GroupCommit
    book: LivingBook
    clock: Clock
    secrets: Secrets
    ui_token: str | None
    migrated: Callable[[], bool]
    lag: timedelta = timedelta(0)  # how far the site's search may be behind
    folder: Path | None = None  # of the mapping files, where the note on what was agreed is kept
    confluence: Confluence | None = None  # None: no page can be read
    wiki: str = ""  # where people open Confluence
    door: str | None = None  # where people open this
    identity: ProxyIdentity | None = None
    calendar_secret: str | None = None  # else the token
    token_expires: date | None = None  # of the service account; None: nobody said it


def create_app(parts: WebParts) -> Flask:
    """Routes of ARCHITECTURE §4 that this version has."""
    app = Flask("connector.web", template_folder="templates", static_folder=None)
    bell = Doorbell(ledger=parts.store, ringing=parts.group, book=parts.book, clock=parts.clock, lag=parts.lag)
    readings = PushedReadings(
        ledger=parts.store,
        ringing=parts.group,
        book=lambda: parts.book.current(parts.clock.now().date()),
        clock=parts.clock,
        agreed=lambda: in_force(parts.folder) if parts.folder else NOTHING_AGREED,
    )
    gauges = machines.Gauges(
        rings=parts.store.ring_ledger, totals=parts.store.run_totals, migrated=parts.migrated, clock=parts.clock
    )
    arrivals = Arrivals(ledger=parts.store.arrivals, clock=parts.clock)
    app.register_blueprint(make_blueprint(parts.secrets, bell, readings, bell.labels, arrivals.arrived))
    app.register_blueprint(machines.blueprint(gauges))
    deliveries = Deliveries(
        ledger=parts.store.arrivals, expected=tuple(s for s in Sender if parts.secrets.any_of(s.value))
    )
    sight = status.Sight(
        ledger=parts.store,
        rings=parts.store.ring_ledger,
        book=parts.book,
        clock=parts.clock,
        deliveries=deliveries,
        token_expires=parts.token_expires,
    )
    app.register_blueprint(status.blueprint(sight))
    app.register_blueprint(style.blueprint())
    notice = privacy.Notice(
        standing=lambda: _standing(parts), labels=bell.labels, last_check=parts.store.proofs.last_check
    )
    app.register_blueprint(privacy.blueprint(notice))
    locks = _locks(parts)
    view = _view(parts, locks)
    app.register_blueprint(teams.blueprint(view))
    app.register_blueprint(handbook.blueprint())
    app.register_blueprint(reaching.blueprint(view, parts.store.rhythms))
    app.register_error_handler(ConnectorError, _later)
    app.before_request(admission(ACCESS, locks))
    app.after_request(harden)
    return app


def _locks(parts: WebParts) -> Locks:
    secret = parts.calendar_secret or parts.ui_token
    addresses = SecretAddresses(secret=secret) if secret else None
    return Locks(token=parts.ui_token, identity=parts.identity, addresses=addresses)


def _view(parts: WebParts, locks: Locks) -> teams.View:
    return teams.View(
        book=lambda: parts.book.current(parts.clock.now().date()),
        clock=parts.clock,
        places=PagePlaces(parts.store, time.monotonic),
        texts=PageTexts(parts.confluence, time.monotonic) if parts.confluence is not None else None,
        wiki=parts.wiki,
        door=parts.door,
        addresses=locks.addresses,
    )


def _standing(parts: WebParts) -> Standing:
    book = parts.book.current(parts.clock.now().date())
    if parts.folder is None:
        return Standing(surface=surface_of(sources_of(book)), note=None)
    return standing_of(book, parts.folder)


def _later(error: ConnectorError) -> Response:
    """The state cannot be told now; what an error says is for the log, not for whoever asks."""
    log.warning("The state could not be told", extra=facts(code=error.code))
    return Response("Please come again.\n", 503, {"Retry-After": "30"}, mimetype="text/plain")


def from_environment() -> Flask:
    """The factory that the server calls, once per process."""
    settings = Settings.from_environment(os.environ)
    start_logging(settings.log_level, sys.stderr)
    tell_crashes(sys.stderr)
    engine = engine_of(settings.database_url)
    store = Store(engine)
    group = store.group_commit()
    group.start()
    folder, clock = MappingFolder(settings.mappings_folder()), WallClock()
    book = LivingBook(folder, rest=BOOK_REST)
    reading = reading_confluence(settings)
    with suppress(BookError):  # told at each call, until there is one
        book.current(clock.now().date())  # before anybody waits at the door: many teams take seconds
    return create_app(
        WebParts(
            store=store,
            group=group,
            book=book,
            clock=clock,
            secrets=settings.webhook_secrets,
            ui_token=settings.ui_token.get_secret_value() if settings.ui_token else None,
            migrated=lambda: at_head(engine),
            lag=settings.search_lag,
            folder=folder.root,
            confluence=reading.confluence if reading else None,
            wiki=reading.url if reading else "",
            door=settings.public_url,
            identity=settings.ui_identity,
            token_expires=settings.token_expires,
            calendar_secret=settings.calendar_secret.get_secret_value() if settings.calendar_secret else None,
        )
    )
