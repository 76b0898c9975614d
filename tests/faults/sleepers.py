"""Workers that fall asleep before a write or behind it, for longer than their lease, while others do all there is."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from connector.clock import WallClock
from connector.folder import MappingFolder
from connector.living_book import LivingBook
from connector.rings import Cause, Claim
from connector.storage.rings import Rings
from connector.storage.store import Store
from connector.worker import LEASE, Worker
from mappings.labels import DUPLICATE
from tests.flow.stand import Scene, scene
from tests.flow.state import State, state

WRITES = {"create_issues", "edit_issue", "clear_assignee", "link_issues", "put_remote_link"}  # to Jira
WRITES |= {"create_page", "update_page", "add_labels", "attach"}  # to Confluence


@dataclass(slots=True)
class Looks:
    """A queue that remembers what each thread was told about its lease; only looks and refusals matter here."""

    rings: Rings
    told: threading.local = field(default_factory=threading.local)
    refused: int = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.rings, name)

    def extend(self, claims: Sequence[Claim], at: datetime, lease: timedelta) -> bool:
        return self._noted(self.rings.extend(claims, at, lease))

    def holds(self, claims: Sequence[Claim], at: datetime) -> bool:
        return self._noted(self.rings.holds(claims, at))

    def _noted(self, ours: bool) -> bool:
        self.told.ours = ours
        self.refused += not ours
        return ours


@dataclass(slots=True)
class Sleepy:
    """A gateway in front of which, or behind which, a write falls asleep."""

    gateway: Any
    looks: Looks
    sleeps: Callable[[str, bool], None]  # the write's name; whether it was sent already
    broken: list[str] = field(default_factory=list)  # writes without a lease

    def __getattr__(self, name: str) -> Any:
        ours = getattr(self.gateway, name)
        if name not in WRITES:
            return ours

        def write(*arguments: Any) -> Any:
            if not getattr(self.looks.told, "ours", False):
                self.broken.append(name)
            self.sleeps(name, False)
            answer = ours(*arguments)
            self.sleeps(name, True)
            return answer

        return write


@dataclass(slots=True, kw_only=True)
class Night:
    """Workers over one queue; whoever is to sleep sleeps until the others have done all there is."""

    on: Scene
    chosen: Callable[[int], bool]  # of the writes of a history, counted before and after each is sent
    expiries: int = 0
    seen: int = 0
    workers: list[Worker] = field(default_factory=list)
    gateways: list[Sleepy] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)
    stack: ExitStack = field(default_factory=ExitStack)

    def sleeps(self, name: str, sent: bool) -> None:
        with self.guard:
            self.seen += 1
            asleep = self.chosen(self.seen)
            self.expiries += asleep
        if asleep:
            self.on.site.clock.advance(LEASE + timedelta(seconds=1))
            self.another().once()

    def another(self) -> Worker:
        """A fresh worker with a mind of its own."""
        store = self.stack.enter_context(Store.open(self.on.database))
        engine = self.stack.enter_context(self.on.engine())
        looks = Looks(store.ring_ledger)
        jira, confluence = (Sleepy(gate, looks, self.sleeps) for gate in (engine.jira, engine.confluence))
        self.gateways += [jira, confluence]
        replaced = type(engine)(
            **{**{name: getattr(engine, name) for name in engine.__dataclass_fields__},
               "jira": jira, "confluence": confluence}
        )  # fmt: skip
        clock = WallClock(self.on.site.clock.now)
        book = LivingBook(MappingFolder(self.on.book_folder))
        self.workers.append(Worker(engine=replaced, rings=looks, book=book, clock=clock))
        return self.workers[-1]

    def ends(self) -> State:
        """All that is on the queue is done by somebody who is awake, and the next one finds nothing to do."""
        self.chosen = lambda number: False
        for _ in range(6):
            self.on.minutes_pass(16)
            while self.another().once():
                pass
        assert [name for gateway in self.gateways for name in gateway.broken] == []
        self.on.silent_sync()
        return awake_state(self.on)


def awake_state(on: Scene) -> State:
    """Issues that carry the word for a second one of the same are left to people; all others count."""
    second = [one for one in on.site.jira.issues.values() if DUPLICATE in one.fields["labels"]]
    for issue in second:
        on.site.jira.delete_issue(issue.key)
    return state(on.site)


@contextmanager
def night(folder: Path, chosen: Callable[[int], bool]) -> Iterator[Night]:
    folder.mkdir(exist_ok=True)
    with scene(f"sqlite:///{folder / 'okr.db'}", folder) as on, ExitStack() as stack:
        one = Night(on=on, chosen=chosen, stack=stack)
        Store.open(on.database).close()
        with Store.open(on.database) as store:
            store.ring_ledger.ring(["*"], Cause.OPERATOR, on.site.clock.now())
        yield one
