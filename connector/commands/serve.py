"""`okr serve`, `okr worker`, `okr clock`: the roles of a connector that lives."""

import logging
import os
import sys
from collections.abc import Callable
from datetime import timedelta

import click

from connector.config import Settings
from connector.ending import end_in_time, until_told
from connector.living_book import LivingBook
from connector.log import facts, start_logging
from connector.poller import Poller
from connector.posting import Posting
from connector.privacy.retention import Retention
from connector.storage.engine import engine_of
from connector.storage.schema import migrate
from connector.supervisor import Supervisor, embedded, look_at
from connector.sync.report import SyncReport
from connector.ticker import Ticker
from connector.wiring import Parts, house, posts
from connector.worker import LEASE, Worker

log = logging.getLogger(__name__)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True)
def serve(port: int) -> None:
    """Run web, worker and clock by one command."""
    settings = Settings.from_environment(os.environ)
    look_at(port)
    start_logging(settings.log_level, sys.stderr)
    engine = engine_of(settings.database_url)
    migrate(engine)
    engine.dispose()
    Supervisor(roles=embedded(port), environ=os.environ, stopping=until_told()).run()


@click.command()
def worker() -> None:
    """Serve teams that are due, until told to stop."""
    work(Settings.from_environment(os.environ))


def work(settings: Settings, lease: timedelta = LEASE) -> None:
    """The worker of this process."""
    start_logging(settings.log_level, sys.stderr)
    told = until_told()
    with house(settings) as parts:
        book = LivingBook(parts.folder)
        serving = Worker(
            engine=parts.engine,
            rings=parts.store.ring_ledger,
            book=book,
            clock=parts.clock,
            lease=lease,
            quiet=settings.quiet,
            stopping=told,
            told=_telling(settings, parts, book),
        )
        end_in_time(told, serving.leave_off)
        serving.run()


@click.command()
def clock() -> None:
    """Ring teams when their moments come, until told to stop."""
    settings = Settings.from_environment(os.environ)
    start_logging(settings.log_level, sys.stderr)
    told = until_told()
    end_in_time(told, lambda: None)
    with house(settings) as parts:
        poller = Poller(
            jira=parts.engine.jira,
            confluence=parts.engine.confluence,
            ledger=parts.store,
            rings=parts.store.ring_ledger,
            lag=settings.search_lag,
        )
        book = LivingBook(parts.folder)
        retention = Retention(
            expiring=parts.store.expiry,
            ledger=parts.store,
            slots=parts.store.slot_ledger,
            proofs=parts.store.proofs,
            book=book,
        )
        Ticker(
            slots=parts.store.slot_ledger,
            rings=parts.store.ring_ledger,
            book=book,
            clock=parts.clock,
            poller=poller if settings.polls else None,
            rhythms=parts.store.rhythms,
            retain=retention.run,
            token_expires=settings.token_expires,
        ).run(told)


def _telling(settings: Settings, parts: Parts, book: LivingBook) -> Callable[[SyncReport], None]:
    """What hears of every run: the log, and where teams entered an address, whoever tells them of their page."""
    to = posts(settings)
    if not to.teams:
        return _tell
    posting = Posting(
        posts=to,
        ledger=parts.store,
        slots=parts.store.slot_ledger,
        book=book,
        clock=parts.clock,
        wiki=parts.engine.confluence_url,
    )
    posting.start()

    def tell(report: SyncReport) -> None:
        _tell(report)
        posting.told(report)

    return tell


def _tell(report: SyncReport) -> None:
    created, updated = sum(t.created for t in report.teams), sum(t.updated for t in report.teams)
    log.info("A run ended", extra=facts(created=created, updated=updated, teams=len(report.teams)))
