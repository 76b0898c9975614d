"""The site's door: every call to its interfaces is let in, delayed, refused, cut and logged here, and nowhere else."""

import io
import time
from http import HTTPStatus
from threading import RLock
from typing import Any, Protocol

from connector.sandbox.clock import SiteClock
from connector.sandbox.faults import Faults, Verdict
from connector.sandbox.log import Answered, Asked, RequestLog
from connector.sandbox.people import ORIGIN
from connector.sandbox.server import Application, ConnectionCut


class Entrance(Protocol):
    """What one dialect does at its door: where it has one, whom it turns away, what it writes on every answer."""

    def guards(self, path: str) -> bool:
        """Whether the path is one of an interface, and not one of the pages for human eyes."""
        ...

    def refusal(self, asked: Asked) -> Answered | None:
        """The answer to somebody who is not let in; None for everybody else."""
        ...

    def trace(self, path: str, number: int) -> tuple[tuple[str, str], ...]:
        """The headers of every answer; `number` is the place of the request in the log."""
        ...


class Door:
    """The WSGI face of a site: `inside` answers, the door decides whether it is asked and what is heard of it."""

    def __init__(
        self,
        inside: Application,
        *,
        clock: SiteClock,
        log: RequestLog,
        faults: Faults,
        entrance: Entrance,
        lock: RLock,
    ) -> None:
        self._inside = inside
        self._clock = clock
        self._log = log
        self._faults = faults
        self._entrance = entrance
        self._lock = lock

    def __call__(self, environment: dict[str, Any], start_response: Any) -> list[bytes]:
        """WSGI."""
        asked = _asked(environment)
        answer = self._let_in if self._entrance.guards(asked.path) else self._ask
        answered = answer(asked, environment)
        start_response(f"{answered.status} {HTTPStatus(answered.status).phrase}", list(answered.headers))
        return [answered.body]

    def _let_in(self, asked: Asked, environment: dict[str, Any]) -> Answered:
        verdict = self._faults.verdict(asked.method, asked.path)
        if verdict.wait:
            time.sleep(verdict.wait.total_seconds())
        if verdict.cut == "before":
            self._note(asked, None, environment, cut="before")
            raise ConnectionCut
        answered = self._answer(asked, environment, verdict)
        cut = "after" if verdict.cut else ""
        self._note(asked, answered, environment, cut=cut)
        if cut:
            raise ConnectionCut(_half(answered) if verdict.cut == "inside" else b"")
        return answered

    def _answer(self, asked: Asked, environment: dict[str, Any], verdict: Verdict) -> Answered:
        if verdict.reply is not None:
            return Answered(status=verdict.reply.status, headers=verdict.reply.headers, body=verdict.reply.body)
        refused = self._entrance.refusal(asked)
        answered = self._ask(asked, environment) if refused is None else refused
        trace = self._entrance.trace(asked.path, self._log.mark()) if refused is None else ()
        return Answered(status=answered.status, headers=(*answered.headers, *trace), body=answered.body)

    def _ask(self, asked: Asked, environment: dict[str, Any]) -> Answered:
        environment["wsgi.input"] = io.BytesIO(asked.body)
        seen: list[Any] = []
        with self._lock:
            chunks = self._inside(environment, lambda status, headers, exc_info=None: seen.extend((status, headers)))
            body = b"".join(chunks)
        address = f"{environment['wsgi.url_scheme']}://{environment.get('HTTP_HOST', 'localhost')}"
        body = body.replace(ORIGIN.encode(), address.encode())
        headers = [(name, value.replace(ORIGIN, address)) for name, value in seen[1] if name != "Content-Length"]
        return Answered(status=int(seen[0].split()[0]), headers=tuple(headers), body=body)

    def _note(self, asked: Asked, answered: Answered | None, environment: dict[str, Any], *, cut: str) -> None:
        route = environment.get("sandbox.route") or asked.path
        self._log.note(asked, answered, route=route, at=self._clock.now(), cut=cut)


def _asked(environment: dict[str, Any]) -> Asked:
    length = int(environment.get("CONTENT_LENGTH") or 0)
    headers = [
        (name[5:].replace("_", "-").title(), str(value)) for name, value in environment.items() if name[:5] == "HTTP_"
    ]
    if environment.get("CONTENT_TYPE"):
        headers.append(("Content-Type", environment["CONTENT_TYPE"]))
    return Asked(
        method=environment["REQUEST_METHOD"],
        path=environment["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"),
        query=environment.get("QUERY_STRING", ""),
        headers=tuple(headers),
        body=environment["wsgi.input"].read(length),
    )


def _half(answered: Answered) -> bytes:
    length = len(answered.body)
    head = f"HTTP/1.1 {answered.status} OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    return head.encode() + answered.body[: len(answered.body) // 2]
