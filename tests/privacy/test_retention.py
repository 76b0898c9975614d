"""Deletion that is real: by the bytes of the files, on both databases."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from connector.clock import WallClock
from connector.folder import MappingFolder
from connector.ledger import Answer, Kind, Resource, RunRecord
from connector.living_book import LivingBook
from connector.privacy.retention import Retention, expires
from connector.proofs import Deletion, Rows
from connector.rhythms import WrittenRhythm
from connector.rings import Cause, Slot, SlotKind
from connector.storage.engine import engine_of
from connector.storage.store import Store
from connector.ticker import Ticker
from mappings.calendar import IsoWeek
from mappings.indicators import Reading
from mappings.okr import CheckInAnswers, Cycle, HypothesisState
from mappings.open_cells import CellKind, OpenCell
from tests.databases import Server, prepare

EXAMPLE = Path(__file__).parents[2] / "mappings" / "example"  # its first cycle ends on 2026-12-31
NOW = datetime(2028, 1, 2, 4, 30, tzinfo=UTC)  # a year and two days later
OLD, YOUNG = date(2026, 11, 24), date(2027, 2, 2)
MARK = "kanarienvogel"  # an indicator and a team that can be seen in a file


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    store: Store
    retention: Retention
    url: str

    def file(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def bytes(self) -> bytes:
        return b"".join(self.file().with_name(self.file().name + end).read_bytes() for end in ("", "-wal"))


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    book = tmp_path / "book"
    shutil.copytree(EXAMPLE, book)
    prepare(database_url)
    with Store.open(database_url) as store:
        living = LivingBook(MappingFolder(book))
        retention = Retention(
            expiring=store.expiry, ledger=store, slots=store.slot_ledger, proofs=store.proofs, book=living
        )
        yield House(store=store, retention=retention, url=database_url)


def fill(store: Store) -> None:
    """Old and young things of every table."""
    for day in (OLD, YOUNG):
        week, moment = IsoWeek.of(day), datetime(day.year, day.month, day.day, tzinfo=UTC)
        store.add_readings([Reading(indicator=f"onboarding/{MARK}", on=day, value=Decimal("41.5"))])
        answers = CheckInAnswers(state=HypothesisState.OPEN, confidence=5, observed=((MARK, Decimal(3)),))
        store.keep_answers([Answer(team=MARK, week=week, key_result=f"{MARK}/2026-q4/a/b", answers=answers)])
        cell = OpenCell(team=MARK, week=week, key_result=f"{MARK}/2026-q4/a/b", kind=CellKind.STATE)
        store.keep_open_cells([(MARK, week)], [cell])
        counts = dict.fromkeys(("created", "updated", "retired", "unchanged", "drift", "failed", "reads", "writes"), 1)
        store.record_run(RunRecord(started=moment, finished=moment, **counts))
        cycle = "2026-q4" if day == OLD else "2027-q1"
        store.keep_rhythms([WrittenRhythm(team=MARK, cycle=cycle, valid_from=day, rhythm=None)])
        store.slot_ledger.serve([Slot(team=MARK, kind=SlotKind.CHECK_IN, slot=str(week))], moment, ring=False)
        for kind in (Kind.PAGE, Kind.PAGE_LABELS):
            store.keep([Resource(kind=kind, ref=f"check-in/{MARK}/{week}", remote_id="7", since=moment)])
    store.slot_ledger.serve([Slot(team="*", kind=SlotKind.NIGHTLY, slot="2028-01-02")], NOW, ring=False)
    store.keep([Resource(kind=Kind.PAGE, ref="strategy", remote_id="8", since=NOW)])


def counted(deletions: tuple[Deletion, ...]) -> dict[Rows, int]:
    return {deletion.rows: deletion.count for deletion in deletions}


def test_a_night_deletes_what_is_out_of_date_and_nothing_else(house: House) -> None:
    fill(house.store)
    done = house.retention.run(NOW)
    assert counted(done.deletions) == {
        Rows.READINGS: 1,
        Rows.ANSWERS: 1,
        Rows.RESOURCES: 2,
        Rows.RUNS: 1,
        Rows.RHYTHMS: 1,
        Rows.SLOTS: 2,
    }
    assert [one.cycle for one in house.store.rhythms()] == ["2027-q1"]
    assert [reading.on for reading in house.store.readings()] == [YOUNG]
    assert [answer.week for answer in house.store.answers()] == [IsoWeek.of(YOUNG)]
    assert sorted(ref for _, ref in house.store.resources()) == [f"check-in/{MARK}/2027-W05"] * 2 + ["strategy"]
    assert len(house.store.runs(9)) == 1
    assert [slot.slot for slot in house.store.slot_ledger.served(datetime(2026, 1, 1, tzinfo=UTC))] == ["2028-01-02"]


def test_a_night_is_noted_in_counts_and_a_second_run_finds_nothing(house: House) -> None:
    fill(house.store)
    first = house.retention.run(NOW)
    assert set(counted(house.retention.run(NOW).deletions).values()) == {0}
    noted = house.store.proofs.deletions(NOW.date())
    assert counted(noted) == counted(first.deletions)
    assert {deletion.on for deletion in noted} == {NOW.date()}


def test_a_night_without_anything_to_delete_is_noted_as_well(house: House) -> None:
    house.retention.run(NOW)
    assert counted(house.store.proofs.deletions(NOW.date())) == dict.fromkeys(Rows, 0)


def test_the_clock_deletes_at_night_and_once(house: House) -> None:
    fill(house.store)
    moment = datetime(2028, 1, 3, 6, tzinfo=UTC)
    nights: list[datetime] = []
    ticker = Ticker(
        slots=house.store.slot_ledger,
        rings=house.store.ring_ledger,
        book=house.retention.book,
        clock=WallClock(lambda: moment),
        poller=None,
        retain=lambda now: nights.append(now) or house.retention.run(now),
    )
    ticker.tick()
    ticker.tick()
    assert set(nights) == {moment}
    assert [reading.on for reading in house.store.readings()] == [YOUNG]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_nights_are_shown_by_a_command(house: House, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    house.store.proofs.note([Deletion(on=today, rows=Rows.READINGS, count=12)])
    environ = {"PYTHONPATH": str(EXAMPLE.parents[1]), "PATH": os.defpath, "DATABASE_URL": house.url}
    command = [sys.executable, "-c", "from connector.cli import main; main()", "privacy", "deletions", "--json"]
    told = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, check=True)
    assert json.loads(told.stdout) == [{"on": today.isoformat(), "rows": "readings", "deleted": 12}]


def test_a_served_ring_leaves_nothing(house: House) -> None:
    house.store.ring_ledger.ring(["onboarding"], Cause.EVENT, NOW)
    claims = house.store.ring_ledger.claim(NOW, timedelta(minutes=5), 1)
    house.store.ring_ledger.finish(claims, NOW)
    assert house.store.ring_ledger.rings() == ()


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 10, 1), date(2027, 12, 31)),
        (date(2026, 12, 31), date(2027, 12, 31)),
        (date(2027, 1, 1), date(2028, 3, 30)),
        (date(2026, 9, 30), date(2027, 9, 30)),  # of no cycle: a year
    ],
)
def test_a_reading_stays_until_a_year_after_its_cycle(day: date, last: date) -> None:
    cycles = MappingFolder(EXAMPLE).book(OLD).strategy.cycles
    assert expires(day, cycles) == last


def test_of_overlapping_cycles_the_last_to_end_counts() -> None:
    cycles = [
        Cycle(id="a", first=date(2026, 1, 1), last=date(2026, 3, 31)),
        Cycle(id="b", first=date(2026, 3, 1), last=date(2026, 6, 30)),
    ]
    assert expires(date(2026, 3, 15), cycles) == date(2027, 6, 30)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_deleted_rows_are_gone_from_the_file_and_its_journal(house: House) -> None:
    fill(house.store)
    assert MARK.encode() in house.bytes()
    house.store.proofs.note([Deletion(on=OLD, rows=Rows.RUNS, count=0)])
    done = house.retention.run(datetime(2030, 1, 5, tzinfo=UTC))
    assert done.emptied
    assert MARK.encode() not in house.bytes()
    assert house.file().with_name("okr.db-wal").stat().st_size == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_secure_delete_the_bytes_would_stay(house: House) -> None:
    """The control: the same deletion by a connection that does not overwrite is seen by the same search."""
    fill(house.store)
    with house.store.expiry._engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA secure_delete=OFF")
        driver.execute("DELETE FROM resources WHERE kind = 'page-labels'")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        driver.execute("PRAGMA secure_delete=ON")
    assert b"page-labels" + b"check-in/" + MARK.encode() in house.bytes()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_reader_in_the_way_is_told_and_the_next_night_empties(house: House, sqlite_url: str) -> None:
    fill(house.store)
    reader = engine_of(house.url)
    with reader.execution_options(okr_reading=True).connect() as connection:
        connection.execute(text("SELECT count(*) FROM readings")).all()
        assert not house.retention.run(datetime(2030, 1, 5, tzinfo=UTC)).emptied
    reader.dispose()
    assert house.retention.run(datetime(2030, 1, 6, tzinfo=UTC)).emptied
    assert MARK.encode() not in house.bytes()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_on_postgresql_the_tables_files_are_free_of_it_once_they_were_written_anew(
    house: House, postgresql_server: Server
) -> None:
    """Limit: the server's own write-ahead log and backups keep the bytes until they are recycled."""
    fill(house.store)
    with psycopg.connect(house.url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        folder = Path(str(connection.execute("SHOW data_directory").fetchone()[0]))  # type: ignore[index]  # one row
        name = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
        assert name is not None
        tables = folder / "base" / str(name[0])
        assert _holds(tables, MARK)
        done = house.retention.run(datetime(2030, 1, 1, 5, tzinfo=UTC))  # the first of a month
        assert done.rewritten
        connection.execute("CHECKPOINT")
    assert not _holds(tables, MARK)


def _holds(folder: Path, word: str) -> bool:
    return any(word.encode() in file.read_bytes() for file in folder.iterdir() if file.is_file())


def test_rewriting_happens_once_a_month(house: House) -> None:
    assert house.retention.run(datetime(2028, 2, 2, tzinfo=UTC)).rewritten is None
    assert house.retention.run(datetime(2028, 3, 1, tzinfo=UTC)).rewritten is True
