"""`okr serve`: web, worker and clock as three processes; one that dies is started again, all end together."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

DRAIN = 20.0  # seconds a process has to finish what it has begun
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
STEADY = 60.0  # a process that lived this long starts again at once


@dataclass(slots=True, kw_only=True)
class Role:
    """One process that should be running."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self, environ: Mapping[str, str]) -> None:
        """In a process group of its own, so that it and its children can be ended together."""
        self.process = subprocess.Popen(list(self.command), env=dict(environ), start_new_session=True)
        self.started = time.monotonic()

    def alive(self) -> bool:
        """Whether the process runs."""
        return self.process is not None and self.process.poll() is None


@dataclass(slots=True, kw_only=True)
class Supervisor:
    """Keeps its roles running until it is told to stop."""

    roles: Sequence[Role]
    environ: Mapping[str, str]
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Blocks until SIGTERM or SIGINT; then every process has 20 seconds to drain."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda number, frame: self.stopping.set())
        try:
            for role in self.roles:
                role.start(self.environ)
            while not self.stopping.wait(0.2):
                self._revive()
        finally:
            self._end()

    def _revive(self) -> None:
        for role in self.roles:
            if role.alive():
                continue
            role.pause = FIRST_PAUSE if time.monotonic() - role.started > STEADY else min(role.pause * 2, LONGEST_PAUSE)
            if not self.stopping.wait(role.pause):
                role.start(self.environ)

    def _end(self) -> None:
        running = [role.process for role in self.roles if role.process is not None and role.alive()]
        for process in running:
            process.terminate()
        until = time.monotonic() + DRAIN
        for process in running:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def embedded(port: int) -> tuple[Role, ...]:
    """The three roles on one machine; the server writes no access log, because queries can name people."""
    okr = [sys.executable, "-c", "from connector.cli import main; main()"]
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", str(port)]  # noqa: S104
    web += ["--workers", "1", "--blocking-threads", "32", "--no-access-log", "--log-level", "warning", "--factory"]
    return (
        Role(name="web", command=[*web, "connector.app:from_environment"]),
        Role(name="worker", command=[*okr, "worker"]),
        Role(name="clock", command=[*okr, "clock"]),
    )
