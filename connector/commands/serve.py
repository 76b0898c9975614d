"""`okr serve`, `okr worker`, `okr clock`: the roles of a connector that lives."""

import logging
import os
import signal
import sys
import threading

import click

from connector.config import Settings
from connector.living_book import LivingBook
from connector.log import facts, start_logging
from connector.poller import Poller
from connector.storage.engine import engine_of
from connector.storage.schema import migrate
from connector.supervisor import Supervisor, embedded
from connector.sync.report import SyncReport
from connector.ticker import Ticker
from connector.wiring import house
from connector.worker import Worker

log = logging.getLogger(__name__)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True)
def serve(port: int) -> None:
    """Run web, worker and clock by one command."""
    settings = Settings.from_environment(os.environ)
    start_logging(settings.log_level, sys.stderr)
    engine = engine_of(settings.database_url)
    migrate(engine)
    engine.dispose()
    Supervisor(roles=embedded(port), environ=os.environ).run()


@click.command()
def worker() -> None:
    """Serve teams that are due, until told to stop."""
    settings = Settings.from_environment(os.environ)
    start_logging(settings.log_level, sys.stderr)
    with house(settings) as parts:
        Worker(
            engine=parts.engine,
            rings=parts.store.ring_ledger,
            book=LivingBook(parts.folder),
            clock=parts.clock,
            quiet=settings.quiet,
            stopping=_until_told(),
            told=_tell,
        ).run()


@click.command()
def clock() -> None:
    """Ring teams when their moments come, until told to stop."""
    settings = Settings.from_environment(os.environ)
    start_logging(settings.log_level, sys.stderr)
    with house(settings) as parts:
        engine = parts.engine
        poller = Poller(
            jira=engine.jira, confluence=engine.confluence, ledger=parts.store, rings=parts.store.ring_ledger
        )
        Ticker(
            slots=parts.store.slot_ledger,
            book=LivingBook(parts.folder),
            clock=parts.clock,
            poller=poller if settings.polls else None,
        ).run(_until_told())


def _until_told() -> threading.Event:
    """Set by SIGTERM and SIGINT."""
    told = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, frame: told.set())
    return told


def _tell(report: SyncReport) -> None:
    created, updated = sum(t.created for t in report.teams), sum(t.updated for t in report.teams)
    log.info("A run ended", extra=facts(created=created, updated=updated, teams=len(report.teams)))
