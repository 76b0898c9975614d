"""The connector as an installation runs it: server, worker and commands as processes, killed and restarted."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from connector.privacy.canary_answers import Heard, asked, post
from connector.privacy.canary_payloads import Call
from connector.privacy.canary_sinks import Gathered, Sink, gather_database, gather_process
from connector.supervisor import embedded

_AT_ONCE = 3
_LONGEST = 60.0  # seconds of a command
_OKR = (sys.executable, "-c", "from connector.cli import main; main()")
_COMMANDS: tuple[Sequence[str], ...] = (
    ("plan",),
    ("plan", "--json"),
    ("doctor", "--json"),
    ("doctor", "--needs"),
    ("runs",),
    ("rings", "list"),
    ("lint",),
    ("privacy", "report", "--format", "json"),
    ("privacy", "fields"),
    ("sync", "--json"),
    ("checkin",),
)


@dataclass(slots=True, kw_only=True, repr=False)
class Processes:
    """The processes of one house, and where they leave what they say."""

    environ: Mapping[str, str]
    folder: Path
    gathered: Gathered
    heard: Heard = field(default_factory=Heard)
    exits: list[int] = field(default_factory=list)

    def command(self, *arguments: str, given: bytes = b"", **changed: str) -> int:
        """Runs `okr` with these arguments; how it ended."""
        environ = {**self.environ, **changed}
        done = subprocess.run(
            [*_OKR, *arguments], input=given, env=environ, cwd=self.folder, capture_output=True, timeout=_LONGEST
        )
        self.gathered.add(Sink.STDOUT, done.stdout)
        self.gathered.add(Sink.STDERR, done.stderr)
        self.exits.append(done.returncode)
        return done.returncode

    def commands(self, samples: Sequence[Call]) -> None:
        """Every command that shows something, and some that cannot succeed."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for arguments in _COMMANDS:
                pool.submit(self.command, *arguments)
            for call in samples:
                pool.submit(self.command, "strip", "--explain", given=call.body)
        broken = self.folder / "broken.db"
        broken.write_bytes(b"".join(call.body for call in samples))
        self.command("sync", DATABASE_URL=f"sqlite:///{broken}")
        self.command("sync", OKR_JIRA_TOKEN="wrong")  # noqa: S106
        broken.unlink()

    def serve(self, sent: Sequence[Call]) -> None:
        """Calls at the real server while a worker works; the worker is killed, another one goes on, all end."""
        port = _free_port()
        web, worker, _ = embedded(port)
        with self._running(web.command) as server, self._running(worker.command) as first:
            _await(f"http://127.0.0.1:{port}")
            post(f"http://127.0.0.1:{port}", sent[: len(sent) // 2], self.heard)
            gather_process(self.gathered, server.pid)
            gather_process(self.gathered, first.pid)
            first.kill()
            with self._running(worker.command):
                post(f"http://127.0.0.1:{port}", sent[len(sent) // 2 :], self.heard)
                self._look(f"http://127.0.0.1:{port}")
                gather_database(self.gathered, self.folder / "processes.db", self.folder / "backup-processes.db")
            server.send_signal(signal.SIGKILL)
        self.gathered.add(Sink.RESPONSES, *self.heard.bodies)
        self.gathered.add(Sink.HEADERS, *self.heard.headers)
        gather_database(self.gathered, self.folder / "processes.db", self.folder / "backup-processes.db")

    def _look(self, web: str) -> None:
        for path, sink in (("/metrics", Sink.METRICS), ("/readyz", Sink.METRICS), ("/status", Sink.PAGES_FOR_PEOPLE)):
            token = {"Authorization": f"Bearer {self.environ['OKR_UI_TOKEN']}"}
            status, _, body = asked(web, "GET", path, b"", token)
            self.gathered.add(sink, f"{path} {status}", body)

    @contextmanager
    def _running(self, command: Sequence[str]) -> Iterator["subprocess.Popen[bytes]"]:
        out, err = self.folder / "out.txt", self.folder / "err.txt"
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(
                list(command),
                env=dict(self.environ),
                cwd=self.folder,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
            )
            try:
                yield process
            finally:
                _end(process)
        self.gathered.add(Sink.STDOUT, out.read_bytes())
        self.gathered.add(Sink.STDERR, err.read_bytes())
        self.gathered.add(Sink.LOG, err.read_bytes())


def _end(process: "subprocess.Popen[bytes]") -> None:
    """The process and its children are gone."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _await(web: str) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and asked(web, "GET", "/healthz", b"", {})[0] != 200:
        time.sleep(0.05)
