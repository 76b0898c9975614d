"""The house as real processes in front of an imitation site that follows the machine's clock, and people who ring."""

import hashlib
import hmac
import http.client
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from connector.ledger import Kind
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site
from connector.storage.store import Store
from connector.supervisor import Role
from connector.sync.refs import check_in_ref
from mappings.calendar import IsoWeek
from tests.flow.dialects import SPOKEN, settings_of
from tests.flow.stand import EXAMPLE, Scene, scene

ROOT = Path(__file__).parents[2]
SECRET = b"jira-secret"
SECRETS = "jira=jira-secret,automation=auto-secret,readings=push-secret"
OKR = "from connector.cli import main; main()"
LAG = timedelta(seconds=1)
QUICK = timedelta(seconds=2)  # a lease, where workers are killed all the time
QUICK_WORKER = (
    "import os; from datetime import timedelta; from connector.config import Settings; "
    "from connector.commands.serve import work; "
    f"work(Settings.from_environment(os.environ), timedelta(seconds={QUICK.total_seconds()}))"
)
_CYCLE = re.compile(r"- \{id: (\S+), from: \S+, to: \S+\}")


@dataclass(slots=True, kw_only=True)
class Town:
    """A site, a database, a book of these days, and doors where events are brought."""

    scene: Scene
    environ: Mapping[str, str]
    folder: Path

    @property
    def site(self) -> Site:
        return self.scene.site

    def start(self, *command: str, **more: str) -> "subprocess.Popen[bytes]":
        """One process of the house, in a group of its own."""
        log = (self.folder / "log").open("ab")
        with log:
            return subprocess.Popen(
                [sys.executable, *command],
                env={**self.environ, **more},
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def role(self, name: str, *command: str) -> Role:
        return Role(name=name, command=[sys.executable, *command])

    def said(self) -> str:
        """Everything that all processes wrote."""
        return (self.folder / "log").read_text("utf-8")

    def body(self, team: str) -> str:
        """The check-in page of this week, empty while it is not there."""
        known = self.scene.book().team(team)
        assert known is not None
        row = self.scene.resources().get((Kind.PAGE, check_in_ref(known, IsoWeek.of(datetime.now(UTC).date()))))
        if row is None or row.remote_id is None:
            return ""
        with self.site.lock:
            return self.site.confluence.page(row.remote_id).body

    def queue(self) -> list[str]:
        with Store.open(self.scene.database) as store:
            return [ring.team for ring in store.ring_ledger.rings()]

    def epic_becomes(self, key: str, status: str) -> None:
        with self.site.lock:
            self.site.jira.set_status(key, status)

    def event(self, port: int, key: str) -> int:
        """Jira tells this door of an epic; 0 where nobody took it."""
        told = {
            "webhookEvent": "jira:issue_updated",
            "issue": {
                "id": str(self.site.jira.keys[key].id),
                "key": key,
                "fields": {"project": {"key": key.partition("-")[0]}, "issuetype": {"hierarchyLevel": 1}},
            },
        }
        body = json.dumps(told).encode()
        signature = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
        return post(port, "/webhooks/jira", body, {"X-Hub-Signature": f"sha256={signature}"})


@contextmanager
def town(database: str, folder: Path, lag: timedelta = LAG) -> Iterator[Town]:
    """Everything but the processes."""
    book_of_these_days(folder / "book", datetime.now(UTC).date())
    site = demo_site(search_lag=lag, dialect=SPOKEN)
    with scene(database, folder, lag=lag, site=site) as on:
        environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("OKR_")},
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
            "PYTHONPATH": str(ROOT),
            **settings_of(site),
            "OKR_MAPPINGS": str(on.book_folder),
            "DATABASE_URL": database,
            "OKR_WEBHOOK_SECRETS": SECRETS,
            "OKR_REFRESH": "0",
            "OKR_SEARCH_LAG": f"{int(lag.total_seconds()) + 1}s",
            "OKR_UI_TOKEN": "for-people",
        }
        yield Town(scene=on, environ=environ, folder=folder)


def book_of_these_days(folder: Path, today: date) -> None:
    """The example with cycles around today, whenever that is, and without quiet weeks."""
    shutil.copytree(EXAMPLE, folder)
    first, last = today - timedelta(weeks=8), today + timedelta(weeks=6)
    spans = [(first, last), (last + timedelta(days=1), last + timedelta(weeks=12))]
    _rewrite(folder / "strategy.yaml", _CYCLE, lambda match: _cycle(match[1], *spans.pop(0)))
    review = last - timedelta(days=last.weekday() + 3)  # a Friday
    for file in (folder / "teams").glob("*.yaml"):
        _rewrite(file, re.compile(r"reviews: \{(\S+): \S+\}"), lambda match: f"reviews: {{{match[1]}: {review}}}")
        _rewrite(file, re.compile(r"\n  quiet_weeks: .*"), lambda match: "")
        _rewrite(file, re.compile(r", day: [0-9-]+"), lambda match: f", day: {today}")


def _cycle(name: str, first: date, last: date) -> str:
    return f"- {{id: {name}, from: {first}, to: {last}}}"


def _rewrite(file: Path, old: "re.Pattern[str]", new: "Callable[[re.Match[str]], str]") -> None:
    file.write_text(old.sub(new, file.read_text("utf-8")), "utf-8")


def post(port: int, path: str, body: bytes, headers: Mapping[str, str]) -> int:
    return _call("POST", port, path, body, headers)


def get(port: int, path: str) -> int:
    return _call("GET", port, path, None, {})


def _call(method: str, port: int, path: str, body: bytes | None, headers: Mapping[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        connection.request(method, path, body, dict(headers))
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def soon(true: Callable[[], object], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def free_port(many: int = 1) -> int:
    """The first of so many neighbouring ports that are free, below those that the system gives to callers."""
    while True:
        port = 20_000 + secrets.randbelow(10_000)
        if all(map(_is_free, range(port, port + many))):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def family(pid: int) -> list[int]:
    """A process and all that it started, the eldest first."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def commands(pids: Sequence[int]) -> dict[int, str]:
    """What each of these processes was started with."""
    shown = {}
    for pid in pids:
        with suppress(OSError):
            shown[pid] = (Path("/proc") / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return shown


def killed(pids: Sequence[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
