"""Between the connector and the site: sockets on the one side, the site on the other, and faults in between."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from connector.gateways import operations, operations_datacenter
from connector.gateways.operations import Operation, operation_of
from connector.sandbox.clock import SiteClock
from tests.faults.calling import Application, Call, Spoken, called

_PLACES = {  # of both dialects
    "wiki/": operations.CONFLUENCE,
    "jira/": operations_datacenter.JIRA,
    "confluence/": operations_datacenter.CONFLUENCE,
    "": operations.JIRA,
}
_NO_LINGER = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bytes:
    """What goes over the wire, in pieces with a pause between, and how it ends: `keep`, `close`, `reset` or `hang`."""

    pieces: tuple[bytes, ...] = ()
    pause: float = 0.0
    ends: str = "close"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that may go wrong; `done`: the request reaches the site all the same.

    `asked` are the seconds that the site asks to be left alone; None where it does not ask.
    """

    name: str
    done: bool
    says: Callable[[Spoken], Bytes]
    asked: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A request as the proxy saw it."""

    call: tuple[str, str, bytes]  # method, target, body
    at: datetime
    fault: Fault | None


@dataclass(slots=True)
class Proxy:
    """Lets everything through but what was switched on."""

    application: Application
    clock: SiteClock
    address: str = ""
    passed: list[Passed] = field(default_factory=list)
    heard: dict[Operation, Spoken] | None = None  # the first true answer to each operation, for who wants to know
    struck: int = 0
    _fault: Fault | None = None
    _where: Operation | None = None
    _left: int = 0
    _over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def switch_on(self, fault: Fault, where: Operation, times: int) -> None:
        """The next `times` calls of the operation meet the fault."""
        self._over.clear()
        self._fault, self._where, self._left, self.struck = fault, where, times, 0
        self.passed.clear()

    def switch_off(self) -> None:
        """Good weather; whoever hangs is let go."""
        self._left = 0
        self._over.set()

    def early(self) -> list[str]:
        """Requests that were sent again before the time that the site had asked for."""
        found = []
        for number, first in enumerate(self.passed):
            if first.fault is None or first.fault.asked is None:
                continue
            again = next((p for p in self.passed[number + 1 :] if p.call == first.call), None)
            if again is not None and (again.at - first.at).total_seconds() < first.fault.asked - 1e-3:
                found.append(f"{first.fault.name} {first.call[:2]} after {again.at - first.at}")
        return found

    def answer(self, call: Call) -> Bytes:
        """What the caller gets to hear."""
        fault = self._met(call)
        if fault is None:
            spoken = called(self.application, call)
            self._hear(call, spoken)
            return Bytes(pieces=(http(spoken),), ends="keep")
        spoken = called(self.application, call) if fault.done else Spoken(status=200, headers=(), body=b"{}")
        return fault.says(spoken)

    def hang(self) -> None:
        """Until the weather is good, at most ten seconds."""
        self._over.wait(10)

    def _hear(self, call: Call, spoken: Spoken) -> None:
        operation = _operation(call)
        if self.heard is not None and operation is not None:
            self.heard.setdefault(operation, spoken)

    def _met(self, call: Call) -> Fault | None:
        with self._lock:
            hit = self._left > 0 and self._where is not None and self._where is _operation(call)
            self._left -= hit
            self.struck += hit
            fault = self._fault if hit else None
            self.passed.append(Passed(call=(call.method, call.target, call.body), at=self.clock.now(), fault=fault))
            return fault


def http(spoken: Spoken, *more: str, length: int | None = None, reason: str = "x") -> bytes:
    """An answer as it is written; `length` in place of its own, -1 for none."""
    lines = [f"HTTP/1.1 {spoken.status} {reason}"]
    lines += [f"{name}: {value}" for name, value in spoken.headers if name.lower() != "content-length"]
    lines += more
    if length != -1 and spoken.status != 204:
        lines.append(f"Content-Length: {len(spoken.body) if length is None else length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + spoken.body


def _operation(call: Call) -> Operation | None:
    path = call.path.removeprefix("/")
    for place, calls in _PLACES.items():
        if path.startswith(place):
            return operation_of(calls, call.method, path.removeprefix(place))
    return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "_Server"

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        call = Call(
            method=self.command,
            target=self.path,
            host=self.headers.get("Host", ""),
            headers=tuple(self.headers.items()),
            body=body,
        )
        self._send(self.server.proxy.answer(call))

    do_GET = do_POST = do_PUT = do_DELETE = pass_on  # noqa: N815  # named by http.server

    def _send(self, what: Bytes) -> None:
        self.close_connection = what.ends != "keep"
        with suppress(OSError):  # the caller may have gone
            for number, piece in enumerate(what.pieces):
                if number and what.pause:
                    time.sleep(what.pause)
                self.connection.sendall(piece)
            if what.ends == "hang":
                self.server.proxy.hang()
            if what.ends == "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
                self.connection.close()
            elif what.ends != "keep":
                self.connection.shutdown(socket.SHUT_RDWR)

    def finish(self) -> None:
        with suppress(OSError, ValueError):
            super().finish()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named by http.server
        """Nothing is printed."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that broke is what this is for."""


@contextmanager
def faulty_way(application: Application, clock: SiteClock) -> Iterator[Proxy]:
    """A proxy that answers on loopback until the block ends."""
    proxy = Proxy(application, clock)
    server = _Server(proxy)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    proxy.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield proxy
    finally:
        proxy.switch_off()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
