"""A disk that is full, refuses or fails to sync: nobody is told that a ring is kept which is not; then all goes on."""

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from connector.errors import Code
from connector.storage.engine import engine_of
from connector.storage.schema import migrate

ROOT = Path(__file__).parents[2]
NAME = "okr.db"

strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace, which injects the failures, is missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What callers were told in their order, and what is there afterwards."""

    answers: tuple[tuple[str, ...], ...]
    there: frozenset[str]

    def said(self, word: str) -> list[str]:
        return [answer[1] for answer in self.answers if answer[0] == word]

    @property
    def reasons(self) -> set[str]:
        return {answer[3] for answer in self.answers if answer[0] == "refused"}


def outcome(folder: Path, program: str, rings: int, inject: str = "") -> Outcome:
    url = f"sqlite:///{folder / NAME}"
    engine = engine_of(url)
    migrate(engine)
    engine.dispose()
    calls = inject.partition(":")[0]
    trace = ("strace", "-f", "-o", str(folder / "trace"), "-e", f"trace={calls}", "-e", f"inject={inject}")
    run = [*(trace if inject else ()), sys.executable, "-m", "tests.storage.failing_disk", program, url, str(rings)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    answers = tuple(tuple(line.split()) for line in done.stdout.splitlines())
    assert {answer[2] for answer in answers if answer[0] == "refused"} <= {Code.STORE_UNUSABLE.value}
    return Outcome(answers=answers, there=stored(folder))


def stored(folder: Path) -> frozenset[str]:
    with closing(sqlite3.connect(folder / NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return frozenset(team for (team,) in connection.execute("SELECT team FROM rings"))


def windows(answers: Sequence[tuple[str, ...]]) -> int:
    """How often the door went from refusing back to keeping."""
    return sum((before[0], after[0]) == ("refused", "kept") for before, after in pairwise(answers))


def test_a_disk_that_is_full_at_two_hundred_places_gives_no_false_word_and_recovers_each_time(tmp_path: Path) -> None:
    seen = outcome(tmp_path, "full", 200)
    assert set(seen.said("kept")) <= seen.there
    assert len(seen.said("refused")) >= 190
    assert set(seen.said("kept")) >= {f"again-{number}" for number in range(200)}
    assert seen.said("stuck") == []


@strace
def test_no_space_for_a_while_gives_no_false_word_and_recovers(tmp_path: Path) -> None:
    seen = outcome(tmp_path, "steadily", 120, "pwrite64:error=ENOSPC:when=40..70")
    assert set(seen.said("kept")) <= seen.there
    assert "the-disk-is-full" in seen.reasons
    assert windows(seen.answers) == 1
    assert seen.answers[-1][0] == "kept"


@strace
@pytest.mark.parametrize("when", ["5+10", "20..25"])
def test_a_sync_that_fails_gives_no_false_word_and_recovers(tmp_path: Path, when: str) -> None:
    seen = outcome(tmp_path, "steadily", 120, f"fdatasync,fsync:error=EIO:when={when}")
    assert set(seen.said("kept")) <= seen.there
    assert seen.reasons == {"reading-or-writing-failed-below-the-database"}
    assert windows(seen.answers) >= 1
    assert len(seen.said("kept")) >= 100


@strace
def test_a_slow_disk_is_waited_for(tmp_path: Path) -> None:
    before = time.monotonic()
    seen = outcome(tmp_path, "steadily", 10, "fdatasync:delay_exit=200000")
    assert len(seen.said("kept")) == 10
    assert time.monotonic() - before > 2
