"""A worker that sleeps past its lease while it writes: another takes over, nothing is sent after a failed look at the
lease, and what was under way is found. In the end nothing is there twice."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.clock import WallClock
from connector.config import Settings
from connector.folder import MappingFolder
from connector.living_book import LivingBook
from connector.rings import Cause, Claim
from connector.sandbox.log import Answered, Asked
from connector.storage.rings import Rings
from connector.storage.store import Store
from connector.sync.connections import CONNECTIONS
from connector.sync.issues import DUPLICATE
from connector.wiring import house
from connector.worker import LEASE, Worker
from tests.bench.crowd import Crowd
from tests.flow.stand import Scene, scene
from tests.flow.state import State, doubled, state

WRITES = {"create_issues", "edit_issue", "clear_assignee", "link_issues", "put_remote_link"}  # to Jira
WRITES |= {"create_page", "update_page", "add_labels", "attach"}  # to Confluence
ROOT = Path(__file__).parents[2]


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


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> State:
    with night(tmp_path_factory.mktemp("calm") / "x", lambda number: False) as calm:
        calm.another().once()
        return calm.ends()


def slept(folder: Path, chosen: Callable[[int], bool], expected: State) -> int:
    """How many leases ran out in this history."""
    with night(folder, chosen) as one:
        one.another().once()
        assert one.ends() == expected
        return one.expiries


@pytest.mark.parametrize("number", [1, 2, 7, 8])
def test_one_sleep_at_a_write_doubles_nothing(tmp_path: Path, expected: State, number: int) -> None:
    assert slept(tmp_path / "x", lambda seen: seen == number, expected) == 1


def test_sleep_after_sleep_doubles_nothing(tmp_path: Path, expected: State) -> None:
    assert slept(tmp_path / "x", lambda seen: seen % 3 == 0, expected) > 3


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_two_hundred_leases_that_run_out_double_nothing(tmp_path: Path, expected: State) -> None:
    """One at each write, before it is sent and after; then several in one history, by seeded dice."""
    expiries = sum(slept(tmp_path / f"at-{n}", lambda seen, n=n: seen == n, expected) for n in range(1, 61))
    for seed in range(24):
        dice = random.Random(seed)
        often = 0.1 + seed % 4 * 0.2
        expiries += slept(tmp_path / f"dice-{seed}", lambda seen, d=dice, o=often: d.random() < o, expected)
    assert expiries >= 200, expiries


@pytest.mark.parametrize("route", ["/rest/api/3/issue/bulk", "/wiki/api/v2/pages", "/rest/api/3/issueLink"])
def test_a_process_that_is_stopped_in_a_write_sends_nothing_more(tmp_path: Path, route: str) -> None:
    crowd = Crowd(teams=2, today=datetime.now(UTC).date())
    crowd.write_book(tmp_path / "book")
    with scene(f"sqlite:///{tmp_path / 'okr.db'}", tmp_path, site=crowd.site()) as on:
        with Store.open(on.database) as store:
            store.ring_ledger.ring(["*"], Cause.OPERATOR, on.site.clock.now())
        with process(on) as stopped:
            asleep = threading.Event()

            def stop(asked: Asked, answered: Answered) -> None:
                if asked.path == route and asked.method == "POST" and not asleep.is_set():
                    os.kill(stopped.pid, signal.SIGSTOP)
                    asleep.set()

            on.site.log.on_exchange(stop)
            assert asleep.wait(30)
            time.sleep(0.3)  # what was on its way arrives
            on.site.clock.advance(LEASE + timedelta(seconds=1))
            with other_worker(on) as awake:
                assert awake.once()
                mark = on.site.log.mark()
                os.kill(stopped.pid, signal.SIGCONT)
                rest(on, mark)
            late = on.site.log.writes(mark)
            assert len(late) <= (CONNECTIONS - 1 if route != "/rest/api/3/issue/bulk" else 0)  # had asked before
        assert doubled(on.site) == {}
        assert len(on.site.jira.issues) == crowd.epics_by_label + crowd.keys + crowd.issues


@contextmanager
def process(on: Scene) -> Iterator["subprocess.Popen[bytes]"]:
    """`okr worker`, as in production."""
    command = [sys.executable, "-c", "from connector.cli import main; main()", "worker"]
    child = subprocess.Popen(command, env=environment(on), cwd=ROOT)
    try:
        yield child
        child.terminate()
        assert child.wait(20) == 0
    finally:
        child.kill()
        child.wait()


def environment(on: Scene) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", ""),
        "OKR_JIRA_URL": on.address,
        "OKR_JIRA_EMAIL": on.site.email,
        "OKR_JIRA_TOKEN": on.site.token,
        "OKR_PRODUCT": "cloud",
        "OKR_MAPPINGS": str(on.book_folder),
        "DATABASE_URL": on.database,
        "OKR_SEARCH_LAG": "0s",
        "OKR_LOG_LEVEL": "error",
    }


@contextmanager
def other_worker(on: Scene) -> Iterator[Worker]:
    """In this process, by the site's clock."""
    with house(Settings.from_environment(environment(on)), clock=WallClock(on.site.clock.now)) as parts:
        book = LivingBook(parts.folder)
        yield Worker(engine=parts.engine, rings=parts.store.ring_ledger, book=book, clock=parts.clock)


def rest(on: Scene, mark: int) -> None:
    """Until the site was left alone for a while; the one who slept has looked around once more by then."""
    quiet, last = time.monotonic(), mark
    until = quiet + 30
    while time.monotonic() < min(until, quiet + 2.5):
        if on.site.log.mark() != last:
            last, quiet = on.site.log.mark(), time.monotonic()
        time.sleep(0.1)
