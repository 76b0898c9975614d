import os
import sqlite3
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from connector.errors import Code, ConnectorError, SettingError
from connector.ledger import Kind, Resource
from connector.storage.engine import READING, engine_of
from connector.storage.store import Store
from connector.storage.trouble import advice_for

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SECRET = "hush-hush"


def page(ref: str, **more: int) -> Resource:
    return Resource(kind=Kind.PAGE, ref=ref, since=NOW, **more)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 30000), ("foreign_keys", 1), ("secure_delete", 1)],
)
def test_every_connection_to_the_file_is_set_up(sqlite_url: str, pragma: str, value: object) -> None:
    with (
        Store.open(sqlite_url) as store,
        store._engine.connect() as one,
        store._transactions.reading.connect() as other,
    ):
        for connection in (one, other):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
        other.close()


def test_the_file_and_its_journal_are_the_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "okr.db"
    before = os.umask(0)
    try:
        with Store.open(f"sqlite:///{file}") as store:
            store.keep([page("strategy")])
            assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {
                "okr.db": 0o600,
                "okr.db-wal": 0o600,
                "okr.db-shm": 0o600,
            }
    finally:
        os.umask(before)


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "okr.db"
    file.touch(0o644)
    file.chmod(0o644)
    Store.open(f"sqlite:///{file}").close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_writer_takes_its_lock_before_it_reads_and_a_reader_takes_none(sqlite_url: str, tmp_path: Path) -> None:
    with Store.open(sqlite_url) as store:
        other = sqlite3.connect(tmp_path / "okr.db", timeout=0, isolation_level=None)
        with store._engine.execution_options(**{READING: True}).begin() as reader:
            reader.exec_driver_sql("SELECT count(*) FROM runs")
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        with store._engine.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_forgotten_refs_are_gone_from_the_bytes_on_the_disk(sqlite_url: str, tmp_path: Path) -> None:
    def on_disk() -> bool:
        return any(b"onboarding-canary" in file.read_bytes() for file in tmp_path.iterdir())

    with Store.open(sqlite_url) as store:
        store.keep([page(f"page-{number}") for number in range(50)])
        store.keep([page("onboarding-canary")])
        assert on_disk()
        store.forget([(Kind.PAGE, "onboarding-canary")])
        assert not on_disk()
        assert len(store.resources()) == 50


def test_a_reader_does_not_hold_up_a_deletion(sqlite_url: str) -> None:
    with Store.open(sqlite_url) as store:
        store.keep([page("strategy")])
        with store._transactions.reading.begin() as reader:
            reader.exec_driver_sql("SELECT count(*) FROM resources").scalar()
            store.forget([(Kind.PAGE, "strategy")])
        assert store.resources() == {}


def test_threads_write_side_by_side(sqlite_url: str) -> None:
    with Store.open(sqlite_url) as store:
        threads = [
            threading.Thread(target=lambda n=n: [store.keep([page(f"t{n}/{i}")]) for i in range(20)]) for n in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.resources()) == 80


@pytest.mark.parametrize(
    "url",
    [
        "",
        "okr.db",
        "mysql://okr:hush-hush@db.example/okr",
        "postgresql+asyncpg://okr:hush-hush@db.example/okr",
        "postgresql://okr:hush-hush@db.example:port/okr",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:okr?mode=memory&uri=true",
    ],
)
def test_an_address_we_cannot_use_is_a_setting_error_with_two_ways_on(url: str) -> None:
    with pytest.raises(SettingError) as caught:
        engine_of(url)
    assert caught.value.code is Code.SETTING_WRONG
    assert caught.value.advice.where == "DATABASE_URL"
    assert len(caught.value.advice.options) == 2
    assert SECRET not in str(caught.value)


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConnectorError, match="DATABASE_URL") as caught:
        Store.open(f"sqlite:///{tmp_path}/nowhere/okr.db")
    assert caught.value.code is Code.STORE_UNUSABLE


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    file = tmp_path / "okr.db"
    file.write_text("Ada Beispiel schrieb dies. " * 100)
    with pytest.raises(ConnectorError, match="no database of ours") as caught:
        Store.open(f"sqlite:///{file}")
    assert "Ada" not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_postgresql_server_that_is_down_is_said_without_its_password() -> None:
    with pytest.raises(ConnectorError, match="does not answer") as caught:
        Store.open(f"postgres://okr:{SECRET}@127.0.0.1:1/okr")
    assert SECRET not in repr(caught.value)
    assert caught.value.__context__ is None


def test_a_database_that_is_missing_is_said(postgresql_url: str) -> None:
    with pytest.raises(ConnectorError, match="does not answer"):
        Store.open(postgresql_url.replace("/okr_", "/nothing_"))


def test_what_was_refused_is_not_quoted(store: Store) -> None:
    with pytest.raises(ConnectorError) as caught:
        store.keep([page("Ada Beispiel")])
    assert caught.value.code is Code.STORE_UNUSABLE
    assert len(caught.value.advice.options) == 2
    assert "Ada" not in repr(caught.value)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def test_a_lost_table_is_said(store: Store) -> None:
    with store._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE run_requests")  # it hangs on the other
        connection.exec_driver_sql("DROP TABLE runs")
    with store._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE readings")
    with pytest.raises(ConnectorError, match="okr migrate"):
        store.readings()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SQLITE_BUSY_SNAPSHOT", "busy"),
        ("SQLITE_FULL", "disk is full"),
        ("SQLITE_READONLY_DBMOVED", "right to write"),
        ("SQLITE_CORRUPT", "damaged"),
        ("SQLITE_CONSTRAINT_CHECK", "refused"),
        ("SQLITE_NOMEM", "could not do"),
    ],
)
def test_each_failure_of_the_file_has_its_words(name: str, said: str) -> None:
    cause = sqlite3.OperationalError("library text")
    cause.sqlite_errorname = name
    advice = str(advice_for(OperationalError("SELECT", {}, cause)))
    assert said in advice
    assert "library text" not in advice


class Refusal(Exception):
    """As the PostgreSQL driver raises it."""

    def __init__(self, sqlstate: str | None) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (None, "does not answer"),
        ("28P01", "does not answer"),
        ("3D000", "does not answer"),
        ("42501", "right to write"),
        ("42P01", "okr migrate"),
        ("53100", "disk is full"),
        ("53300", "busy"),
        ("40P01", "busy"),
        ("23514", "refused"),
        ("0A000", "could not do"),
    ],
)
def test_each_failure_of_the_server_has_its_words(state: str | None, said: str) -> None:
    assert said in str(advice_for(OperationalError("SELECT", {}, Refusal(state))))


def test_parameters_are_hidden_in_the_librarys_own_errors(engine: object, database_url: str) -> None:
    made = engine_of(database_url)
    assert made.hide_parameters
    assert not create_engine(database_url.replace("postgresql:", "postgresql+psycopg:")).hide_parameters
    made.dispose()
