"""The door's writer: many callers, one transaction, nobody told before it is committed; on both databases."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from connector.errors import Code, ConnectorError
from connector.rings import Cause, Due
from connector.storage.engine import engine_of
from connector.storage.group_commit import GroupCommit
from connector.storage.rings import Rings
from connector.storage.schema import migrate
from connector.storage.shapes import TimeWithoutZone
from connector.storage.store import Store

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@contextmanager
def nobody_else_may_write(engine: Engine, door: GroupCommit) -> Iterator[None]:
    """The door's writer hangs in a transaction, with the team `first`; on SQLite a transaction has the lock at once."""
    with engine.connect() as connection, connection.begin() as transaction:
        if engine.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE rings IN ACCESS EXCLUSIVE MODE"))
        door._queued({"first": Due(cause=Cause.EVENT, not_before=NOW)})
        waiting(door, 0)
        yield
        transaction.rollback()


def waiting(door: GroupCommit, callers: int) -> None:
    """Until exactly so many callers wait behind the transaction under way."""
    deadline = time.monotonic() + 10
    while len(door._waiting) != callers and time.monotonic() < deadline:
        time.sleep(0.005)
    assert len(door._waiting) == callers


def refused(door: GroupCommit, team: str = "onboarding") -> str:
    with pytest.raises(ConnectorError) as caught:
        door.ring([team], Cause.EVENT, NOW)
    assert caught.value.code is Code.STORE_UNUSABLE
    assert len(caught.value.advice.options) == 2
    return str(caught.value)


def rung(engine: Engine) -> dict[str, int]:
    return {ring.team: ring.generation for ring in Rings(engine).rings()}


def test_a_ring_is_kept_when_the_call_returns(store: Store) -> None:
    with store.group_commit() as door:
        door.ring(["onboarding", "*"], Cause.EVENT, NOW)
        door.ring(["onboarding"], Cause.READING, NOW, NOW + timedelta(minutes=1))
        assert [(r.team, r.generation, r.cause, r.not_before) for r in store.ring_ledger.rings()] == [
            ("*", 1, Cause.EVENT, NOW),
            ("onboarding", 2, Cause.READING, NOW),
        ]
        door.ring([], Cause.EVENT, NOW)


def test_every_caller_finds_its_ring_kept_and_transactions_are_shared(engine: Engine) -> None:
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)

    def call(number: int) -> None:
        team = f"team-{number}"
        door.ring([team], Cause.EVENT, NOW)
        if number % 10 == 0:
            assert team in rung(engine)

    with GroupCommit(engine) as door, ThreadPoolExecutor(32) as pool:
        with nobody_else_may_write(engine, door):
            calls = [pool.submit(call, number) for number in range(320)]
            waiting(door, 32)
        for done in calls:
            done.result()
    assert len(rung(engine)) == 321
    assert len(commits) < 200  # those of the reading callers included


def test_callers_for_one_team_are_one_ring_with_the_earliest_moment_and_the_last_cause(engine: Engine) -> None:
    with GroupCommit(engine) as door, ThreadPoolExecutor(4) as pool, nobody_else_may_write(engine, door):
        for place, (cause, minutes) in enumerate([(Cause.EVENT, 5), (Cause.QUIET, 1), (Cause.READING, 9)], 1):
            pool.submit(door.ring, ["onboarding"], cause, NOW, NOW + timedelta(minutes=minutes))
            waiting(door, place)
    ring = Rings(engine).rings()[1]
    assert (ring.generation, ring.cause, ring.not_before) == (1, Cause.READING, NOW + timedelta(minutes=1))


def test_a_full_queue_refuses_at_once_and_those_in_it_are_kept(engine: Engine) -> None:
    with GroupCommit(engine, room=3) as door, ThreadPoolExecutor(4) as pool:
        with nobody_else_may_write(engine, door):
            calls = []
            for place in range(1, 4):
                calls.append(pool.submit(door.ring, [f"team-{place}"], Cause.EVENT, NOW))
                waiting(door, place)
            before = time.monotonic()
            assert "Too many events" in refused(door, "crowded")
            assert time.monotonic() - before < 1
        for call in calls:
            call.result()
        door.ring(["again"], Cause.EVENT, NOW)
    assert rung(engine).keys() == {"first", "team-1", "team-2", "team-3", "again"}


def test_patience_ends_for_every_caller_and_the_next_finds_the_door_open(engine: Engine) -> None:
    with GroupCommit(engine, patience=0.4) as door, ThreadPoolExecutor(2) as pool:
        with nobody_else_may_write(engine, door):
            before = time.monotonic()
            calls = [pool.submit(refused, door, team) for team in ("one", "other")]
            assert all("busy" in call.result() for call in calls)
            assert time.monotonic() - before < 3
        door.ring(["onboarding"], Cause.EVENT, NOW)
    assert "onboarding" in rung(engine)


def test_stopping_keeps_what_was_taken_and_takes_no_more(engine: Engine) -> None:
    door = GroupCommit(engine)
    door.start()
    door.start()
    with ThreadPoolExecutor(8) as pool:
        with nobody_else_may_write(engine, door):
            calls = [pool.submit(door.ring, [f"team-{number}"], Cause.EVENT, NOW) for number in range(8)]
            waiting(door, 8)
            stopping = threading.Thread(target=door.stop)
            stopping.start()
            while door._open:
                time.sleep(0.005)
            assert "not taken any more" in refused(door)
        for call in calls:
            call.result()
        stopping.join(10)
    assert not stopping.is_alive()
    assert len(rung(engine)) == 9
    door.stop()


def test_a_door_that_was_never_opened_takes_nothing(engine: Engine) -> None:
    assert "not taken any more" in refused(GroupCommit(engine))


def test_a_door_can_be_opened_again(engine: Engine) -> None:
    door = GroupCommit(engine)
    for team in ("one", "other"):
        with door:
            door.ring([team], Cause.EVENT, NOW)
    assert rung(engine).keys() == {"one", "other"}


def test_what_cannot_be_kept_is_refused_alone(engine: Engine) -> None:
    with GroupCommit(engine) as door:
        assert "Ada" not in refused(door, "team of Ada Beispiel")
        with pytest.raises(TimeWithoutZone):
            door.ring(["onboarding"], Cause.EVENT, NOW.replace(tzinfo=None))
        door.ring(["onboarding"], Cause.EVENT, NOW)
    assert rung(engine) == {"onboarding": 1}


def test_a_table_that_is_gone_is_said_to_each_and_when_it_is_back_all_goes_on(engine: Engine) -> None:
    with GroupCommit(engine) as door:
        door.ring(["before"], Cause.EVENT, NOW)
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE rings RENAME TO rings_elsewhere")
        assert "okr migrate" in refused(door)
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE rings_elsewhere RENAME TO rings")
        door.ring(["after"], Cause.EVENT, NOW)
    assert rung(engine).keys() == {"before", "after"}


def test_a_server_that_was_started_anew_is_not_noticed(postgresql_url: str) -> None:
    engine = engine_of(postgresql_url)
    migrate(engine)
    with GroupCommit(engine) as door:
        door.ring(["before"], Cause.EVENT, NOW)
        with engine.connect() as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            connection.execute(text(f"{others} AND pid <> pg_backend_pid()"))
        door.ring(["after"], Cause.EVENT, NOW)
    assert rung(engine).keys() == {"before", "after"}
    engine.dispose()


HOLDER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("ROLLBACK")
"""


def test_a_lock_of_five_seconds_is_waited_out(sqlite_url: str, tmp_path: Path) -> None:
    with Store.open(sqlite_url) as store, store.group_commit() as door, ThreadPoolExecutor(8) as pool:
        holder = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path / "okr.db", "5"], stdout=subprocess.PIPE)
        assert holder.stdout
        holder.stdout.readline()
        calls = [pool.submit(door.ring, [f"team-{number}"], Cause.EVENT, NOW) for number in range(8)]
        for call in calls:
            call.result()
        assert holder.wait(10) == 0
        holder.stdout.close()
        assert len(store.ring_ledger.rings()) == 8


def test_the_log_of_a_long_reader_is_cut_back_afterwards(sqlite_url: str, tmp_path: Path) -> None:
    def journal() -> int:
        return (tmp_path / "okr.db-wal").stat().st_size

    teams = [f"team-{number}" for number in range(3000)]
    with Store.open(sqlite_url) as store:
        with store.ring_ledger._transactions.reading.begin() as reader:
            reader.exec_driver_sql("SELECT count(*) FROM rings").scalar()
            while journal() < 6 * 2**20:
                store.ring_ledger.ring(teams, Cause.POLL, NOW)
        for _ in range(3):
            store.ring_ledger.ring(teams[:1], Cause.POLL, NOW)
        assert journal() <= 4 * 2**20
