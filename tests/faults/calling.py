"""An application called as a server would, without one."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """An answer."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request; `target` is what stands in its first line."""

    method: str
    target: str
    host: str
    headers: Headers
    body: bytes

    @property
    def path(self) -> str:
        """Without the query."""
        return self.target.partition("?")[0]


def called(application: Application, call: Call) -> Spoken:
    """What the application says."""
    started: list[Any] = []
    chunks = application(_environment(call), lambda status, headers, _=None: started.extend((status, headers)))
    return Spoken(status=int(started[0].split()[0]), headers=tuple(started[1]), body=b"".join(chunks))


def _environment(call: Call) -> dict[str, Any]:
    url = urlsplit(call.target)
    environment: dict[str, Any] = {
        "REQUEST_METHOD": call.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(url.path).decode("latin-1"),
        "RAW_URI": call.target,
        "QUERY_STRING": url.query,
        "CONTENT_TYPE": "",
        "CONTENT_LENGTH": str(len(call.body)),
        "SERVER_NAME": call.host.partition(":")[0],
        "SERVER_PORT": call.host.partition(":")[2] or "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(call.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    return environment | dict(_spelled(call.headers)) | {"HTTP_HOST": call.host}


def _spelled(headers: Headers) -> Iterable[tuple[str, str]]:
    for name, value in headers:
        if name.lower() == "content-type":
            yield "CONTENT_TYPE", value
        elif name.lower() != "content-length":
            yield "HTTP_" + name.upper().replace("-", "_"), value
