"""The connector alive in front of the imitation site: door, rings and worker in one process, told by webhooks."""

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from connector.app import WebParts, create_app
from connector.demo.play import Stage
from connector.ledger import Kind
from connector.living_book import LivingBook
from connector.registering import AUTOMATION_DOOR, wish
from connector.sandbox.automation import AutomationRule
from connector.sandbox.server import listening
from connector.sync.refs import check_in_ref
from connector.sync.report import SyncReport
from connector.worker import Worker
from mappings.calendar import IsoWeek
from webhooks.signatures import secrets_of

EPIC = "MET-3"  # still in progress when the story ends
TEAM = "metering"
LONGEST = 30.0  # seconds until a change must have reached its page
LOOK = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change at the site that found its way to a page without a command."""

    epic: str
    page: str  # title
    reads: int
    writes: int


@dataclass(slots=True, kw_only=True)
class Live:
    """A connector that is told of changes."""

    web: str
    token: str
    runs: list[SyncReport] = field(default_factory=list)


@contextmanager
def living(on: Stage) -> Iterator[Live]:
    """From now on a change in the browser or by a person of the story reaches its page by itself."""
    signing, asking, token = (secrets.token_hex(16) for _ in range(3))
    book, store = LivingBook(on.parts.folder), on.parts.store
    stopping = threading.Event()
    group = store.group_commit()
    group.start()
    parts = WebParts(
        store=store,
        group=group,
        book=book,
        clock=on.parts.clock,
        secrets=secrets_of(f"jira={signing},automation={asking}"),
        ui_token=token,
        migrated=lambda: True,
        folder=on.parts.folder.root,
        confluence=on.parts.engine.confluence,
        wiki=on.parts.engine.confluence_url,
    )
    with listening(create_app(parts)) as web:
        live = Live(web=web, token=token)
        worker = Worker(
            engine=on.parts.engine,
            rings=store.ring_ledger,
            book=book,
            clock=on.parts.clock,
            stopping=stopping,
            told=live.runs.append,
        )
        on.parts.registrations.register(wish(on.book, web, signing, thin=False))
        on.site.automation.rules.append(AutomationRule(url=f"{web}{AUTOMATION_DOOR}", secret=asking))
        thread = threading.Thread(target=worker.run, name="worker", daemon=True)
        thread.start()
        try:
            yield live
        finally:
            stopping.set()
            thread.join()
            group.stop()


def close_an_epic(on: Stage, live: Live) -> Change | None:
    """A person closes an epic in Jira; the check-in page asks what is to be seen since. None: it took too long."""
    page_id = page_of_the_week(on)
    if page_id is None:
        return None
    with on.site.lock:
        on.site.jira.set_status(EPIC, "Done")
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        page = on.site.confluence.tree.page(page_id)
        if f"{EPIC} is completed" in page.body and live.runs:
            requests = [run.requests for run in live.runs]
            return Change(
                epic=EPIC,
                page=page.title,
                reads=sum(r.reads for r in requests),
                writes=sum(r.writes for r in requests),
            )
        time.sleep(LOOK)
    return None


def page_of_the_week(on: Stage) -> str | None:
    """The id of that team's check-in page of the week that is shown; none in a quiet week."""
    row = on.parts.store.resources().get((Kind.PAGE, check_in_ref_of(on)))
    return row.remote_id if row else None


def check_in_ref_of(on: Stage) -> str:
    """The check-in page of the team whose epic is closed, in the week that is shown."""
    team = on.book.team(TEAM)
    if team is None:
        raise LookupError("the example book has this team")
    return check_in_ref(team, IsoWeek.of(on.today))
