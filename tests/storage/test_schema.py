import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Engine, Integer, MetaData, Table, inspect, text

from connector.errors import Code, ConnectorError
from connector.ledger import Kind, Resource, RunRecord, RunTotals
from connector.storage.engine import engine_of
from connector.storage.migration import config_for
from connector.storage.schema import at_head, migrate
from connector.storage.store import Store
from connector.storage.tables import HEAD, metadata, revision


def differences(engine: Engine, declared: MetaData) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, declared))


def described(engine: Engine) -> dict[str, object]:
    """What the database says of its tables, the checks included, which autogenerate does not compare."""
    inspector = inspect(engine)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in inspector.get_columns(name)],
            sorted((str(c["name"]), c["sqltext"]) for c in inspector.get_check_constraints(name)),
            inspector.get_pk_constraint(name),
            inspector.get_foreign_keys(name),
            inspector.get_unique_constraints(name),
            inspector.get_indexes(name),
        )
        for name in sorted(inspector.get_table_names())
    }


def test_autogenerate_finds_no_difference(engine: Engine) -> None:
    assert differences(engine, metadata) == []


def test_autogenerate_finds_a_planted_difference(engine: Engine) -> None:
    planted = MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(planted)
    Table("planted", planted, Column("id", Integer, primary_key=True))
    assert len(differences(engine, planted)) == 1


def test_migrated_tables_are_the_declared_tables_to_the_last_check(database_url: str, engine: Engine) -> None:
    migrated = described(engine)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        revision.drop(connection)
        metadata.create_all(connection)
        revision.create(connection)
    assert described(engine) == migrated
    assert migrated["resources"][1]


def test_a_migrated_database_is_at_head_and_an_empty_one_is_not(database_url: str) -> None:
    engine = engine_of(database_url)
    assert not at_head(engine)
    migrate(engine)
    assert at_head(engine)
    migrate(engine)
    assert at_head(engine)
    engine.dispose()


def test_the_version_we_look_for_is_that_of_the_newest_step(engine: Engine) -> None:
    with engine.connect() as connection:
        assert ScriptDirectory.from_config(config_for(connection)).get_heads() == [HEAD]


def test_a_database_at_its_version_is_opened_without_alembic(sqlite_url: str) -> None:
    Store.open(sqlite_url).close()
    opening = f"import sys; from connector.storage.store import Store; Store.open({sqlite_url!r}).close()"
    told = subprocess.run([sys.executable, "-c", f"{opening}; print('alembic' in sys.modules)"], capture_output=True)
    assert told.stdout == b"False\n"


def test_every_step_can_be_taken_back(engine: Engine) -> None:
    with engine.begin() as connection:
        command.downgrade(config_for(connection), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate(engine)
    assert at_head(engine)


def test_a_database_of_a_newer_version_is_left_alone(engine: Engine, database_url: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConnectorError, match="newer version") as caught:
        migrate(engine)
    assert caught.value.code is Code.STORE_UNUSABLE
    with pytest.raises(ConnectorError):
        Store.open(database_url)


def test_a_step_that_fails_leaves_the_database_as_it_was(engine: Engine, database_url: str) -> None:
    with engine.begin() as connection:
        metadata.drop_all(connection)
        revision.drop(connection)
        connection.execute(text("CREATE TABLE runs (id INTEGER PRIMARY KEY)"))  # in the way of the last table
    with pytest.raises(ConnectorError) as caught:
        migrate(engine)
    assert caught.value.code is Code.STORE_UNUSABLE
    assert inspect(engine).get_table_names() == ["runs"]


def test_opening_brings_an_embedded_file_to_this_version(sqlite_url: str) -> None:
    with Store.open(sqlite_url) as store:
        assert store.resources() == {}


def test_opening_postgresql_asks_for_the_command_instead_of_migrating(postgresql_url: str) -> None:
    with pytest.raises(ConnectorError, match="okr migrate") as caught:
        Store.open(postgresql_url)
    assert caught.value.code is Code.STORE_UNUSABLE
    engine = engine_of(postgresql_url)
    assert inspect(engine).get_table_names() == []
    migrate(engine)
    engine.dispose()
    Store.open(postgresql_url).close()


OPENING = """
import sys
from connector.storage.engine import engine_of
from connector.storage.schema import at_head, migrate
engine = engine_of(sys.argv[1])
migrate(engine)
print(at_head(engine))
"""


def test_processes_that_start_at_once_migrate_once(database_url: str) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", OPENING, database_url], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [process.communicate(timeout=60) for process in started] == [(b"True\n", b"")] * 3


@pytest.fixture
def other_file(tmp_path: Path) -> Path:
    """Somebody else's database with a table named like one of ours."""
    file = tmp_path / "other.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE runs (note TEXT)")
    connection.close()
    return file


def test_a_database_of_somebody_else_is_refused_and_left_alone(other_file: Path) -> None:
    with pytest.raises(ConnectorError) as caught:
        Store.open(f"sqlite:///{other_file}")
    assert caught.value.code is Code.STORE_UNUSABLE
    connection = sqlite3.connect(other_file)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("runs",)]
    connection.close()


def test_what_was_kept_before_rings_came_is_kept_on(engine: Engine, database_url: str) -> None:
    page = Resource(kind=Kind.PAGE, ref="strategy", remote_id="7", since=datetime(2026, 11, 24, tzinfo=UTC))
    Store(engine).keep([page])
    with engine.begin() as connection:
        command.downgrade(config_for(connection), "0001")
    assert not at_head(engine)
    assert "rings" not in inspect(engine).get_table_names()
    migrate(engine)
    with Store.open(database_url) as store:
        assert list(store.resources().values()) == [page]
        assert store.ring_ledger.rings() == ()


def test_totals_begin_with_the_runs_that_were_kept_before_there_were_totals(engine: Engine) -> None:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    counts = dict.fromkeys(("created", "updated", "retired", "unchanged", "drift"), 0)
    for failed in (0, 1, 0):
        Store(engine).record_run(RunRecord(started=moment, finished=moment, failed=failed, reads=5, writes=1, **counts))
    with engine.begin() as connection:
        command.downgrade(config_for(connection), "0003")
    migrate(engine)
    assert Store(engine).run_totals() == RunTotals(whole=2, partly=1, reads=15, writes=3)


def test_runs_that_were_kept_before_points_were_counted_tell_none(engine: Engine) -> None:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    counts = dict.fromkeys(("created", "updated", "retired", "unchanged", "drift", "failed"), 0)
    earlier = RunRecord(started=moment, finished=moment, reads=5, writes=1, **counts)
    Store(engine).record_run(replace(earlier, by_operation=(("jira.search", 6),)))
    with engine.begin() as connection:
        command.downgrade(config_for(connection), "0009")
    migrate(engine)
    ((_, kept),) = Store(engine).runs(1)
    assert kept == replace(earlier, points=None, by_operation=(("jira.search", 6),), quota=())
    Store(engine).record_run(replace(earlier, points=8))
    totals = RunTotals(whole=2, partly=0, reads=10, writes=2, points=8, by_operation=(("jira.search", 6),))
    assert Store(engine).run_totals() == totals


def test_what_was_kept_before_plans_came_is_kept_on(engine: Engine) -> None:
    page = Resource(kind=Kind.PAGE, ref="home/ONB", remote_id="7", version=1, since=datetime(2026, 11, 24, tzinfo=UTC))
    Store(engine).keep([page])
    with engine.begin() as connection:
        command.downgrade(config_for(connection), "0004")
    migrate(engine)
    assert list(Store(engine).resources().values()) == [page]
