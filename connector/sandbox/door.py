"""The site's door: every call to its interfaces is let in, delayed, refused, cut and logged here, and nowhere else."""

import base64
import binascii
import io
import json
import re
import time
from http import HTTPStatus
from threading import RLock
from typing import Any
from urllib.parse import quote

from connector.sandbox.clock import SiteClock
from connector.sandbox.faults import Faults, Verdict
from connector.sandbox.log import Answered, Asked, RequestLog
from connector.sandbox.people import ORIGIN, Person
from connector.sandbox.server import Application, ConnectionCut

_INTERFACE = re.compile(r"/(?:rest|_edge)/|/wiki/(?:api|rest)/")
_OPEN = frozenset({"/_edge/tenant_info", "/rest/api/3/serverInfo"})
_JSON = ("Content-Type", "application/json;charset=UTF-8")


class Door:
    """The WSGI face of a site: `inside` answers, the door decides whether it is asked and what is heard of it."""

    def __init__(
        self,
        inside: Application,
        *,
        clock: SiteClock,
        log: RequestLog,
        faults: Faults,
        credentials: tuple[str, str],
        caller: Person,
        lock: RLock,
    ) -> None:
        self._inside = inside
        self._clock = clock
        self._log = log
        self._faults = faults
        self._credentials = credentials
        self._caller = caller
        self._lock = lock

    def __call__(self, environment: dict[str, Any], start_response: Any) -> list[bytes]:
        """WSGI."""
        asked = _asked(environment)
        answer = self._let_in if _INTERFACE.match(asked.path) else self._ask
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
        if asked.path not in _OPEN and not self._known(environment.get("HTTP_AUTHORIZATION", "")):
            return unauthorised(asked.path)
        answered = self._ask(asked, environment)
        return Answered(status=answered.status, headers=(*answered.headers, *self._trace()), body=answered.body)

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

    def _known(self, authorization: str) -> bool:
        scheme, _, value = authorization.partition(" ")
        email, token = self._credentials
        if scheme.lower() == "bearer":
            return value.strip() == token
        try:
            return scheme.lower() == "basic" and base64.b64decode(value, validate=True).decode() == f"{email}:{token}"
        except (binascii.Error, UnicodeDecodeError):
            return False

    def _trace(self) -> tuple[tuple[str, str], ...]:
        account = quote(self._caller.account_id, safe="")
        return (
            ("X-AACCOUNTID", account),
            ("X-AUSERNAME", account),
            ("X-AREQUESTID", f"{self._log.mark():08x}"),
            ("Cache-Control", "no-cache, no-store, no-transform"),
            ("X-Content-Type-Options", "nosniff"),
        )

    def _note(self, asked: Asked, answered: Answered | None, environment: dict[str, Any], *, cut: str) -> None:
        route = environment.get("sandbox.route") or asked.path
        self._log.note(asked, answered, route=route, at=self._clock.now(), cut=cut)


def unauthorised(path: str) -> Answered:
    """The 401 of the product that answers at this path."""
    text = "Client must be authenticated to access this resource."
    body: dict[str, Any] = {"message": text, "status-code": 401}
    if path.startswith("/wiki/api/"):
        body = {"errors": [{"status": 401, "code": "UNAUTHORIZED", "title": "Unauthorized", "detail": None}]}
    elif path.startswith("/wiki/"):
        body = {"statusCode": 401, "data": {"authorized": False}, "message": "User not permitted to use Confluence"}
    headers = (
        _JSON,
        ("WWW-Authenticate", f'OAuth realm="{quote(ORIGIN, safe="")}"'),
        ("X-Seraph-LoginReason", "AUTHENTICATED_FAILED"),
    )
    return Answered(status=401, headers=headers, body=json.dumps(body).encode())


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
