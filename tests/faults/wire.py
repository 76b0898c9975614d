"""A site that is called without a socket, and answers that are lost on the way as `requests` tells of it."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http.client import RemoteDisconnected
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import ReadTimeout
from urllib3.exceptions import NewConnectionError, ProtocolError
from urllib3.response import HTTPResponse

from connector.gateways.operations import Operation, operation_of
from connector.sandbox.log import kind_of
from tests.faults.calling import Application, Call, called

_PAGE = b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"


class Loss(StrEnum):
    """How an answer is lost."""

    DROP = "drop"
    RESET = "reset"
    TIMEOUT = "timeout"
    BAD_GATEWAY = "502"


class Moment(StrEnum):
    """When the request is done that nobody hears of."""

    NEVER = "never"
    AT_ONCE = "at once"
    LATER = "later"  # after the caller has gone: a proxy in between still held it


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """The `nth` write of this operation from now on loses its answer; then the site may be down for writes."""

    operation: Operation
    nth: int
    loss: Loss
    done: Moment
    then_down: bool


@dataclass(slots=True)
class _Armed:
    strike: Strike
    seen: int = 0
    fired: bool = False


class Wire(HTTPAdapter):
    """Stands where connections would be; one strike at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.application: Application | None = None
        self._armed: _Armed | None = None
        self._late: list[PreparedRequest] = []
        self._lock = Lock()

    def arm(self, strike: Strike) -> None:
        """From now on, instead of what was armed before."""
        self._armed = _Armed(strike)

    def disarm(self) -> bool:
        """Good weather again; whether the strike hit."""
        armed, self._armed = self._armed, None
        return armed is not None and armed.fired

    def deliver_late(self) -> None:
        """What was held on the way arrives; nobody waits for the answers."""
        late, self._late = self._late, []
        for request in late:
            self._ask(request)

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """As the real one, without a wire."""
        strike, down = self._verdict(request)
        if down:
            raise NoConnection(NewConnectionError(None, "down"), request=request)  # type: ignore[arg-type]  # no pool
        if strike is None:
            return self.build_response(request, self._ask(request))
        if strike.done is Moment.LATER:
            self._late.append(request)
        elif strike.done is Moment.AT_ONCE:
            self._ask(request)
        return self._lost(strike.loss, request)

    def _verdict(self, request: PreparedRequest) -> tuple[Strike | None, bool]:
        method, path = str(request.method), urlsplit(str(request.url)).path
        with self._lock:
            armed = self._armed
            if armed is None or kind_of(method, path) == "read":
                return None, False
            if armed.fired:
                return None, armed.strike.then_down
            if not _is(armed.strike.operation, method, path):
                return None, False
            armed.seen += 1
            armed.fired = armed.seen == armed.strike.nth
            return (armed.strike if armed.fired else None), False

    def _lost(self, loss: Loss, request: PreparedRequest) -> Response:
        if loss is Loss.TIMEOUT:
            raise ReadTimeout("read timed out", request=request)
        if loss is Loss.BAD_GATEWAY:
            return self.build_response(request, _response(502, {"Content-Type": "text/html"}, _PAGE))
        cause: Exception = ConnectionResetError(104, "reset") if loss is Loss.RESET else RemoteDisconnected("no answer")
        raise NoConnection(ProtocolError("Connection aborted.", cause), request=request)

    def _ask(self, request: PreparedRequest) -> HTTPResponse:
        assert self.application is not None
        url = urlsplit(str(request.url))
        body = request.body or b""
        headers = ((name, v.decode("latin-1") if isinstance(v, bytes) else v) for name, v in request.headers.items())
        call = Call(
            method=str(request.method),
            target=request.path_url,
            host=url.netloc,
            headers=tuple(headers),
            body=body.encode() if isinstance(body, str) else bytes(body),
        )
        spoken = called(self.application, call)
        return _response(spoken.status, dict(spoken.headers), spoken.body)


def _is(operation: Operation, method: str, path: str) -> bool:
    return operation_of((operation,), method, path.removeprefix("/").removeprefix("wiki/")) is operation


def _response(status: int, headers: Mapping[str, str], body: bytes) -> HTTPResponse:
    return HTTPResponse(body=io.BytesIO(body), headers=headers, status=status, preload_content=False)
