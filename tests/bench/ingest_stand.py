"""The servers of the ingest bench: started together, asked in turns, ended together."""

import hashlib
import hmac
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.ingest_body import body_of

SECRET = "bench-secret"
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """One server that answers."""

    port: int
    database: Path
    calls: Path  # bodies and their signatures

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def signature_of(body: bytes) -> str:
    """As Jira signs."""
    return f"sha256={hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}"


@contextmanager
def standing(folder: Path, names: Sequence[str], teams: int) -> Iterator[dict[str, Stand]]:
    """The servers of these names: `bare`, or a word that says how durable a commit is."""
    calls = folder / "calls"
    calls.mkdir()
    for number in range(1, teams + 1):
        body = body_of(number)
        (calls / f"{number}.json").write_bytes(body)
        (calls / f"{number}.signature").write_text(signature_of(body))
    with ExitStack() as stack:
        yield {name: stack.enter_context(_server(folder, calls, name)) for name in names}


@contextmanager
def _server(folder: Path, calls: Path, name: str) -> Iterator[Stand]:
    port, database = _free_port(), folder / f"{name}.db"
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "OKR_MAPPINGS": str(folder / "book"),
        "OKR_WEBHOOK_SECRETS": f"jira={SECRET}",
        "OKR_BENCH_SYNCHRONOUS": name.upper(),
    }
    factory = f"tests.bench.ingest_servers:{'bare' if name == 'bare' else 'door'}"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "32", "--no-access-log", "--log-level", "warning", "--factory", factory]
    process = subprocess.Popen(command, cwd=_ROOT, env=environment)
    try:
        _answers(port, process)
        yield Stand(port=port, database=database, calls=calls)
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server does not answer")
