"""What was acknowledged is there after a power cut at any moment; with less than a full sync it would not be.

The long form: `python -m pytest tests/faults/test_power_cut.py -m slow -n 0`.
"""

import random
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from connector.storage.engine import engine_of
from connector.storage.schema import migrate
from connector.storage.store import Store
from tests.faults.power_cut import Cut, Event, File, Kind, cuts, record
from tests.faults.ringing import NOW

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace, which records the writes, is missing")

NAME = "okr.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A run, and the file it began with."""

    before: dict[str, bytes]
    events: tuple[Event, ...]


@dataclass(slots=True)
class Verdict:
    """What the cuts showed."""

    cuts: int = 0
    promises: int = 0
    losing: int = 0  # cuts that lost something promised
    lost: int = 0
    broken: int = 0  # cuts after which the database could not be read whole


def recorded(folder: Path, synchronous: str, rings: int, checkpoint: int = 64) -> Recorded:
    """A checkpoint every few pages, so that many cuts fall into one."""
    place = folder / synchronous
    place.mkdir()
    url = f"sqlite:///{place / NAME}"
    engine = engine_of(url)
    migrate(engine)
    engine.dispose()
    assert [file.name for file in place.iterdir()] == [NAME]
    before = {NAME: (place / NAME).read_bytes()}
    program = ("-m", "tests.faults.ringing", url, synchronous, str(checkpoint), str(rings))
    events = record(program, place, folder / f"{synchronous}.trace")
    assert len([event for event in events if event.kind is Kind.TOLD]) == rings + rings // 10
    return Recorded(before=before, events=events)


def replayed(run: Recorded, folder: Path, count: int, seed: int) -> Verdict:
    place, verdict = folder / "after", Verdict()
    for number, cut in enumerate(cuts(run.before, run.events, count, random.Random(seed))):
        restored(place, cut)
        verdict.cuts += 1
        verdict.promises += len(cut.told)
        try:
            kept = opened(place) if number % 10 else opened_by_us(place)
        except (sqlite3.Error, AssertionError):
            verdict.broken += 1
            continue
        missing = len(cut.told - kept)
        verdict.lost += missing
        verdict.losing += missing > 0
    return verdict


def restored(place: Path, cut: Cut) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, content in cut.files.items():
        (place / name).write_bytes(content)


def opened(place: Path) -> frozenset[str]:
    """What is there, and the database is sound."""
    with closing(sqlite3.connect(place / NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = connection.execute("SELECT team FROM rings UNION ALL SELECT slot FROM slots").fetchall()
    return frozenset(word for (word,) in found)


def opened_by_us(place: Path) -> frozenset[str]:
    """As the next start of the connector would find it."""
    with Store.open(f"sqlite:///{place / NAME}") as store:
        teams = {ring.team for ring in store.ring_ledger.rings()}
        slots = {slot.slot for slot in store.slot_ledger.served(NOW)}
    assert opened(place) == teams | slots
    return frozenset(teams | slots)


def checkpoints(events: Sequence[Event]) -> int:
    """How often the file itself was synced, which only a checkpoint does."""
    return sum(event.kind is Kind.SYNC_ENDS and event.file == NAME for event in events)


def test_three_hundred_power_cuts_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    run = recorded(tmp_path, "FULL", rings=500)
    assert checkpoints(run.events) >= 3
    verdict = replayed(run, tmp_path, 300, seed=20261124)
    assert (verdict.cuts, verdict.lost, verdict.broken) == (300, 0, 0)
    assert verdict.promises > 50 * verdict.cuts


def test_with_less_than_a_full_sync_the_same_cuts_lose(tmp_path: Path) -> None:
    """The control: without it the test above might prove nothing."""
    verdict = replayed(recorded(tmp_path, "NORMAL", rings=500), tmp_path, 100, seed=20261124)
    assert verdict.broken == 0
    assert verdict.losing > 50


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("checkpoint", [64, 1000])  # ours, and what SQLite does by itself
def test_three_thousand_power_cuts_lose_nothing_that_was_acknowledged(tmp_path: Path, checkpoint: int) -> None:
    run = recorded(tmp_path, "FULL", rings=2000, checkpoint=checkpoint)
    verdict = replayed(run, tmp_path, 3000, seed=checkpoint)
    print(verdict)  # noqa: T201
    assert (verdict.cuts, verdict.lost, verdict.broken) == (3000, 0, 0)


def test_a_word_said_before_its_sync_is_found_out(tmp_path: Path) -> None:
    """The planted fault: the same run, had every caller been told a moment too early."""
    run = recorded(tmp_path, "FULL", rings=200)
    early: list[Event] = []
    for event in run.events:
        if event.kind is Kind.TOLD:
            place = max(n for n, before in enumerate(early) if before.kind is Kind.SYNC_BEGINS)
            early.insert(place, event)
        else:
            early.append(event)
    hasty = Recorded(before=run.before, events=tuple(early))
    assert replayed(hasty, tmp_path, 300, seed=7).losing > 0


def written(at: int, data: bytes) -> Event:
    return Event(kind=Kind.WRITE, file=NAME, at=at, data=data)


def test_what_was_synced_survives_and_the_rest_has_luck() -> None:
    file = File()
    file.take(written(0, b"a" * 1024))
    file.take(Event(kind=Kind.SYNC_BEGINS, file=NAME, thread="1"))
    file.take(written(1024, b"b" * 1024))  # while the sync runs: not covered
    file.take(Event(kind=Kind.SYNC_ENDS, file=NAME, thread="1"))
    left = {file.after_a_cut(random.Random(seed)) for seed in range(200)}
    assert left == {b"a" * 1024, b"a" * 1024 + b"b" * 512, b"a" * 1024 + b"b" * 1024}


def test_a_file_that_was_never_synced_may_be_gone_altogether() -> None:
    file = File()
    file.take(written(0, b"a"))
    assert {file.after_a_cut(random.Random(seed)) for seed in range(100)} == {None, b"", b"a"}
