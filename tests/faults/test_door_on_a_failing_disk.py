"""The door on a disk that is full, locked by another or fails to sync: a 2xx is on the disk, everything else is a 503
that says when to come again, and it goes on without a restart."""

import http.client
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connector.storage.engine import engine_of
from connector.storage.schema import migrate
from tests.bench.crowd import Crowd, team_id
from tests.bench.ingest_body import body_of
from tests.bench.ingest_rush import generations
from tests.bench.ingest_stand import SECRET, signature_of

ROOT = Path(__file__).parents[2]
TEAMS = 20
CALLERS = 8
RECOVERY = 30.0  # seconds

strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace, which injects the failures, is missing")


@dataclass(slots=True, kw_only=True)
class Served:
    """The server that we ship, on a database in a folder."""

    port: int
    database: Path
    process: "subprocess.Popen[bytes]"
    kept: dict[str, int] = field(default_factory=dict)  # generations that were seen in the file

    def rings(self, count: int) -> list[int]:
        """The answers to so many events of as many teams.

        What was answered by a 2xx is in the file by then; whatever is no 2xx is a 503 with a time.
        """
        assert count <= TEAMS
        before = generations(self.database)
        with ThreadPoolExecutor(CALLERS) as pool:
            answers = list(pool.map(self._ring, range(1, count + 1)))
        assert set(answers) <= {202, 503}
        self.kept = generations(self.database)
        for number, answer in enumerate(answers, start=1):
            assert answer == 503 or self.kept[team_id(number)] > before.get(team_id(number), 0)
        return answers

    def _ring(self, number: int) -> int:
        body, before = body_of(number), time.monotonic()
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("POST", "/webhooks/jira", body, {"X-Hub-Signature": signature_of(body)})
            answer = connection.getresponse()
            answer.read()
        assert time.monotonic() - before < 10  # senders wait no longer
        assert answer.status == 202 or int(answer.headers["Retry-After"]) >= 1
        return answer.status

    def get(self, path: str) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status

    def recovers(self) -> None:
        """An event is taken again, by the same process."""
        until = time.monotonic() + RECOVERY
        while 202 not in self.rings(1):
            assert time.monotonic() < until
            time.sleep(0.2)
        assert self.process.poll() is None

    def has_kept_its_word(self) -> None:
        with closing(sqlite3.connect(self.database)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        there = generations(self.database)
        assert all(there[team] >= seen for team, seen in self.kept.items())

    def pids(self) -> list[int]:
        """The server and its children."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]


@contextmanager
def served(folder: Path, place: Path) -> Iterator[Served]:
    """The book is in the folder, the database in the place."""
    Crowd(teams=TEAMS, today=datetime.now(UTC).date()).write_book(folder / "book")
    database = place / "okr.db"
    engine = engine_of(f"sqlite:///{database}")
    migrate(engine)
    engine.dispose()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{database}",
        "OKR_MAPPINGS": str(folder / "book"),
        "OKR_WEBHOOK_SECRETS": f"jira={SECRET}",
        "OKR_JIRA_URL": "https://nordlicht.example",
        "OKR_JIRA_EMAIL": "okr@nordlicht.example",
        "OKR_JIRA_TOKEN": "invented",
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "32", "--no-access-log", "--log-level", "error", "--factory"]
    process = subprocess.Popen([*command, "connector.app:from_environment"], cwd=ROOT, env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        one = Served(port=port, database=database, process=process)
        _comes_up(one)
        assert one.rings(4) == [202] * 4
        yield one
        one.has_kept_its_word()
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()


def _comes_up(one: Served) -> None:
    for _ in range(300):
        with suppress(OSError, http.client.HTTPException):
            if one.get("/healthz") == 200:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not come up")


@contextmanager
def little_disk(folder: Path) -> Iterator[Path]:
    """A disk of two megabytes; skipped where nothing may be mounted."""
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True)
    if not made or made.returncode:
        pytest.skip("nothing may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607  # where it is depends on the system


def fill(disk: Path) -> Path:
    """Not a byte is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    return ballast


def test_a_full_disk_gives_no_false_2xx_and_recovers_when_there_is_room(tmp_path: Path) -> None:
    with little_disk(tmp_path / "disk") as disk, served(tmp_path, disk) as one:
        for _ in range(3):
            ballast = fill(disk)
            refused = 0
            for _ in range(40):  # what is left of the journal's last pages is used up first
                refused += one.rings(1).count(503)
                if refused >= 3:
                    break
            assert refused >= 3
            assert one.rings(16).count(503) == 16
            assert one.get("/healthz") == 200
            ballast.unlink()
            one.recovers()


def test_a_file_that_may_not_grow_gives_no_false_2xx_and_recovers(tmp_path: Path) -> None:
    with served(tmp_path, tmp_path) as one:
        for more in (0, 100, 2048, 4096 + 24):
            journal = Path(f"{one.database}-wal").stat().st_size
            limits = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in one.pids()}
            for pid, (_, hard) in limits.items():
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (journal + more, hard))
            one.rings(16)
            assert one.rings(4) == [503] * 4
            assert one.get("/healthz") == 200
            for pid, limit in limits.items():
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)
            one.recovers()


@pytest.mark.parametrize(("seconds", "refused"), [(5, 0), pytest.param(11, 8, marks=pytest.mark.slow)])
def test_a_lock_of_another_process_is_waited_for(tmp_path: Path, seconds: float, refused: int) -> None:
    hold = "import sqlite3,sys,time;c=sqlite3.connect(sys.argv[1],isolation_level=None);c.execute('BEGIN IMMEDIATE')"
    hold += ";print('held',flush=True);time.sleep(float(sys.argv[2]));c.execute('ROLLBACK')"
    with served(tmp_path, tmp_path) as one:
        command = [sys.executable, "-c", hold, str(one.database), str(seconds)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == b"held\n"
            assert one.rings(8).count(503) == refused
        one.recovers()


@strace
def test_a_sync_that_fails_gives_no_2xx_and_the_door_recovers(tmp_path: Path) -> None:
    with served(tmp_path, tmp_path) as one:
        for _ in range(3):
            with failing_sync(one, tmp_path):
                assert one.rings(8) == [503] * 8
                assert one.get("/healthz") == 200
            one.recovers()


@contextmanager
def failing_sync(one: Served, folder: Path) -> Iterator[None]:
    """Every sync of the server is answered with an error of the device, from outside."""
    inject = ["-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync,fsync:error=EIO"]
    command = ["strace", "-f", "-o", str(folder / "trace"), *inject]
    command += [part for pid in one.pids() for part in ("-p", str(pid))]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
        assert tracer.stderr is not None
        for _ in one.pids():
            assert b"attached" in tracer.stderr.readline()
        time.sleep(0.5)  # its other threads are taken hold of one by one
        try:
            yield
        finally:
            tracer.send_signal(signal.SIGINT)
