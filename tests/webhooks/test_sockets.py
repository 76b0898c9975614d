"""The door over real sockets, behind the server we ship and behind another: bodies in pieces, slow, endless, cut."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from tests.webhooks.stand import Stand, signature
from tests.webhooks.test_routes import an_event
from webhooks.calls import LIMIT

ROOT = Path(__file__).parents[2]
MANY = LIMIT + 1024 * 1024


@pytest.fixture(scope="module", params=["granian", "werkzeug"])
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    yield from _granian() if request.param == "granian" else _werkzeug()


def _granian() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([*command, "tests.webhooks.served:app"], cwd=ROOT, env=environment,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:  # fmt: skip
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()


def _werkzeug() -> Iterator[int]:
    server = make_server("127.0.0.1", 0, Stand().app(), threaded=True)
    server.log = lambda *told: None  # type: ignore[attr-defined,method-assign]  # its access log would be a test's noise
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.port
    server.shutdown()
    thread.join(timeout=5)


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not come up")


def head(headers: dict[str, str]) -> bytes:
    lines = ["POST /webhooks/jira HTTP/1.1", "Host: door.example", "Connection: close"]
    return "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items()), "", ""]).encode("latin-1")


def status_of(port: int, *parts: bytes, pause: float = 0.0, cut: bool = False) -> int | None:
    """The status of the answer to a call sent in these parts; None where the connection ended without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
            if cut:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it answered before we were done
        try:
            answer = connection.recv(4096)
        except OSError:
            return None
    return int(answer.split()[1]) if answer else None


def chunked(body: bytes, size: int) -> list[bytes]:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return [b"%x\r\n%s\r\n" % (len(part), part) for part in parts] + [b"0\r\n\r\n"]


def test_a_body_that_comes_whole_is_accepted(port: int) -> None:
    body = an_event()
    assert status_of(port, head({**signature(body), "Content-Length": str(len(body))}), body) == 202


def test_a_body_in_chunks_is_accepted_and_its_signature_checked(port: int) -> None:
    body = an_event()
    sent = {"Transfer-Encoding": "chunked"}
    assert status_of(port, head({**sent, **signature(body)}), *chunked(body, 50)) == 202
    assert status_of(port, head({**sent, **signature(body + b" ")}), *chunked(body, 50)) == 401


def test_a_slow_body_is_accepted(port: int) -> None:
    body = an_event()
    parts = [body[:10], body[10:20], body[20:]]
    assert status_of(port, head({**signature(body), "Content-Length": str(len(body))}), *parts, pause=0.2) == 202


def test_an_endless_body_is_refused_by_what_comes_not_by_what_was_said(port: int) -> None:
    body = b" " * MANY
    sent = {"Transfer-Encoding": "chunked", **signature(body)}
    assert status_of(port, head(sent), *chunked(body, 256 * 1024)) in (413, None)
    assert status_of(port, head({**signature(body), "Content-Length": str(MANY)}), body) in (413, None)


def test_a_chunk_that_is_none_and_a_body_that_breaks_off_get_no_accepting_answer(port: int) -> None:
    body = an_event()
    for parts in ([b"zz\r\nabc\r\n"], [b"-5\r\nabc\r\n"], [b"5\r\nab"], [b"ffffffffffffffffffff\r\nab"]):
        status = status_of(port, head({"Transfer-Encoding": "chunked", **signature(body)}), *parts, cut=True)
        assert status is None or 400 <= status < 500, parts
    sent = {**signature(body), "Content-Length": str(len(body))}
    status = status_of(port, head(sent), body[:-10], cut=True)
    assert status is None or 400 <= status < 500


def test_after_all_that_the_door_still_opens(port: int) -> None:
    body = an_event()
    assert status_of(port, head({**signature(body), "Content-Length": str(len(body))}), body) == 202
