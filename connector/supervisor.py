"""`okr serve`: web, worker and clock as three processes; one that dies is started again, all end together."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from connector.ending import DRAIN
from connector.errors import Advice, Code, SettingError
from connector.log import facts

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
STEADY = 60.0  # a process that lived this long starts again after the first pause
LOOK = 0.2
THREADS = 32  # of the server, which warns of more than two a core; but each event waits for the disk, not for a core
ALL_ADDRESSES = "0.0.0.0"  # nosec B104  # noqa: S104  # a container's port is reached from outside of it

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Role:
    """One process that should be running."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    again: float | None = None  # when it is to be started again

    def start(self, environ: Mapping[str, str]) -> None:
        """In a process group of its own, so that it and its children can be ended together."""
        self.process = subprocess.Popen(list(self.command), env=dict(environ), start_new_session=True)
        self.started, self.again = time.monotonic(), None

    def alive(self) -> bool:
        """Whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def missed(self, now: float) -> None:
        """It was seen dead: it starts again after a pause, which grows while it keeps dying."""
        self.end(signal.SIGKILL)  # its children, if any are left: they hold its port
        self.pause = FIRST_PAUSE if now - self.started > STEADY else self.pause
        self.again = now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def end(self, how: signal.Signals) -> None:
        """To the whole group for a kill, else to the process, which tells its children."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            if how is signal.SIGKILL:
                os.killpg(self.process.pid, how)
                self.process.wait()
            elif self.alive():
                self.process.send_signal(how)


@dataclass(slots=True, kw_only=True)
class Supervisor:
    """Keeps its roles running until it is told to stop."""

    roles: Sequence[Role]
    environ: Mapping[str, str]
    stopping: threading.Event
    drain: float = DRAIN

    def run(self) -> None:
        """Blocks until it is told; then every process has 20 seconds to drain."""
        try:
            for role in self.roles:
                role.start(self.environ)
            while not self.stopping.wait(LOOK):
                for role in self.roles:
                    self._look_after(role)
        finally:
            self._end()

    def _look_after(self, role: Role) -> None:
        now = time.monotonic()
        if role.alive():
            return
        if role.again is None:
            role.missed(now)
            log.warning("A process ended and is started again", extra=facts(role=role.name, seconds=role.pause))
        elif now >= role.again:
            role.start(self.environ)

    def _end(self) -> None:
        for role in self.roles:
            role.end(signal.SIGTERM)
        until = time.monotonic() + self.drain
        while any(role.alive() for role in self.roles) and time.monotonic() < until:
            time.sleep(0.05)
        for role in self.roles:
            role.end(signal.SIGKILL)


def look_at(port: int) -> None:
    """A SettingError where the server could not listen; it would share the port with another one without a word."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what a server before us left behind is no matter
        try:
            probe.bind((ALL_ADDRESSES, port))
            return
        except PermissionError:
            what = "this account may not listen there"
        except OSError:
            what = "something listens there already"
    advice = Advice(
        what=what,
        where=f"--port {port}",
        why="the pages and the webhooks need a port of their own",
        options=("name another one with --port", "end what listens there, or give the account the right"),
    )
    raise SettingError(Code.SETTING_WRONG, advice)


def embedded(port: int) -> tuple[Role, ...]:
    """The three roles on one machine; the server writes no access log, because queries can name people."""
    okr = [sys.executable, "-c", "from connector.cli import main; main()"]
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", ALL_ADDRESSES, "--port", str(port)]
    web += ["--workers", "1", "--blocking-threads", str(THREADS), "--workers-kill-timeout", str(int(DRAIN) // 2)]
    web += ["--no-access-log", "--log-level", "error", "--factory", "connector.app:from_environment"]
    return (
        Role(name="web", command=web),
        Role(name="worker", command=[*okr, "worker"]),
        Role(name="clock", command=[*okr, "clock"]),
    )
