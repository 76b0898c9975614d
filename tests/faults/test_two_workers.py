"""A worker that sleeps past its lease while it writes: another takes over, nothing is sent after a failed look at the
lease, and what was under way is found. In the end nothing is there twice."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connector.clock import WallClock
from connector.config import Settings
from connector.living_book import LivingBook
from connector.rings import Cause
from connector.sandbox.log import Answered, Asked
from connector.storage.store import Store
from connector.sync.connections import CONNECTIONS
from connector.wiring import house
from connector.worker import LEASE, Worker
from tests.bench.crowd import Crowd
from tests.faults.sleepers import night
from tests.flow.stand import Scene, scene
from tests.flow.state import State, doubled

ROOT = Path(__file__).parents[2]


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


def falls_asleep(pid: int, database: Path) -> None:
    """Between two commits: who sleeps in one keeps everybody else from the file, as SQLite has it."""
    os.kill(pid, signal.SIGSTOP)
    while is_locked(database):
        os.kill(pid, signal.SIGCONT)
        time.sleep(0.005)
        os.kill(pid, signal.SIGSTOP)


def is_locked(database: Path) -> bool:
    with closing(sqlite3.connect(database, timeout=0.1, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        return False


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
                    falls_asleep(stopped.pid, tmp_path / "okr.db")
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
