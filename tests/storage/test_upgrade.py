"""A database of any earlier version, with everything that was in it, is brought to this one without losing a row."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from connector.arrivals import Sender
from connector.proofs import Check, Deletion, Rows
from connector.rings import Cause, Slot, SlotKind
from connector.storage.engine import engine_of
from connector.storage.migration import config_for
from connector.storage.schema import at_head, migrate
from connector.storage.store import Store
from tests.flow.stand import scene
from tests.flow.stories import CHECK_IN, team_answers

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FOLDER = Path(__file__).parents[2] / "connector" / "storage" / "migrations"
VERSIONS = sorted(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))
Contents = dict[str, list[dict[str, object]]]


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file in which weeks of work left something in every table that this version has."""
    folder = tmp_path_factory.mktemp("lived-in")
    with scene(f"sqlite:///{folder / 'okr.db'}", folder) as on:
        on.sync()
        team_answers(on, CHECK_IN, "Unsere Zuversicht", "7")
        on.sync()
        with Store.open(on.database) as store:
            store.ring_ledger.ring(["onboarding"], Cause.SLOT, NOW)
            store.slot_ledger.serve([Slot(team="onboarding", kind=SlotKind.CHECK_IN, slot="2026-W48")], NOW, ring=False)
            store.arrivals.note(Sender.JIRA, date(2026, 11, 24))
            store.proofs.note([Deletion(on=date(2026, 11, 24), rows=Rows.RUNS, count=3)])
            counts = {"payloads": 2, "encodings": 3, "sinks": 4, "hits": 0, "planted": 5, "found": 5, "missing": 0}
            store.proofs.record(Check(on=date(2026, 11, 24), places=1, **counts))
        yield folder / "okr.db"


def contents(file: Path) -> Contents:
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]  # noqa: S608 (its own names)
            for name in names
            if name != "alembic_version"
        }


def aged(lived_in: Path, folder: Path, version: str) -> Path:
    """The file as that version would have it: taken back step by step, which a test of the steps holds to be exact."""
    file = folder / "old.db"
    with closing(sqlite3.connect(lived_in)) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
    engine = engine_of(f"sqlite:///{file}")
    with engine.begin() as connection:
        command.downgrade(config_for(connection), version)
    engine.dispose()
    return file


def test_every_version_that_there_was_is_tried() -> None:
    script = ScriptDirectory(str(FOLDER))
    assert [step.revision for step in reversed(list(script.walk_revisions()))] == VERSIONS
    assert len(VERSIONS) > 5


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_an_upgrade_keeps_every_row_of_an_earlier_version(lived_in: Path, tmp_path: Path, version: str) -> None:
    file = aged(lived_in, tmp_path, version)
    before = contents(file)
    assert sum(map(len, before.values())) > 10
    engine = engine_of(f"sqlite:///{file}")
    assert not at_head(engine)
    migrate(engine)
    assert at_head(engine)
    engine.dispose()
    after = contents(file)
    for table, rows in before.items():
        kept = [{name: row[name] for name in (rows[0] if rows else ())} for row in after[table]]
        assert sorted(map(repr, kept)) == sorted(map(repr, rows)), table
    with Store.open(f"sqlite:///{file}") as store:  # and this version can work with what it finds
        assert store.resources()
        assert store.runs(5)
        store.ring_ledger.rings()
        store.rhythms()


def test_what_work_leaves_is_in_most_tables(lived_in: Path) -> None:
    empty = {name for name, rows in contents(lived_in).items() if not rows}
    assert empty <= {"open_cells", "rhythms", "rhythm_quiet_weeks", "answers_observed", "sqlite_sequence", "fence"}
