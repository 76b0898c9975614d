"""What the site was asked: the count that every promise about requests is held against."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

_READING_POSTS = (
    "/rest/api/3/search/jql",
    "/rest/api/3/search/approximate-count",
    "/rest/api/3/issue/bulkfetch",
    "/rest/api/3/permissions/project",
    "/rest/api/3/changelog/bulkfetch",
    "/jira/rest/api/2/search",
    "/oauth/token",
    "/jira/rest/oauth2/latest/token",
    "/confluence/rest/oauth2/latest/token",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer as it left; `body` is what would have been sent had the connection been left alone."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One line of the log.

    `kind` is `read` or `write`; `status` is 0 when nothing was answered; `route` is the path with its variable parts
    named; `cut` says where a fault ended the connection: `` (nowhere), `before` or `after` the commit.
    """

    number: int
    method: str
    path: str
    query: str
    route: str
    kind: str
    status: int
    at: datetime
    cut: str = ""

    @property
    def refused(self) -> bool:
        """Whether the request changed nothing: answered with an error, or cut before the commit."""
        return self.status == 0 or self.status >= 400


def kind_of(method: str, path: str) -> str:
    """`read` or `write`; the searches and bulk reads that are asked by POST are reads."""
    if method in ("GET", "HEAD", "OPTIONS") or path in _READING_POSTS:
        return "read"
    return "write"


class RequestLog:
    """All requests to the site's interfaces since it stands, in order; safe to ask from any thread."""

    def __init__(self) -> None:
        self._lines: list[Logged] = []
        self._listeners: list[Callable[[Asked, Answered], None]] = []
        self._guard = threading.Lock()

    def mark(self) -> int:
        """A place in the log, for `since`."""
        with self._guard:
            return len(self._lines)

    def requests(self, since: int = 0) -> tuple[Logged, ...]:
        """Everything asked after the mark."""
        with self._guard:
            return tuple(self._lines[since:])

    def reads(self, since: int = 0) -> tuple[Logged, ...]:
        """The reading requests after the mark."""
        return tuple(line for line in self.requests(since) if line.kind == "read")

    def writes(self, since: int = 0) -> tuple[Logged, ...]:
        """The writing requests after the mark, refused and cut ones included."""
        return tuple(line for line in self.requests(since) if line.kind == "write")

    def refused(self, since: int = 0) -> tuple[Logged, ...]:
        """The requests after the mark that were answered with an error or cut before anything happened."""
        return tuple(line for line in self.requests(since) if line.refused)

    def by_route(self, since: int = 0) -> Counter[str]:
        """How often each `METHOD /route/<part>` was asked after the mark."""
        return Counter(f"{line.method} {line.route}" for line in self.requests(since))

    def on_exchange(self, callback: Callable[[Asked, Answered], None]) -> None:
        """From now on the callback sees every answered request; it must not raise."""
        with self._guard:
            self._listeners.append(callback)

    def note(self, asked: Asked, answered: Answered | None, *, route: str, at: datetime, cut: str = "") -> None:
        """One more line; `answered` is None when the connection ended before anything happened."""
        with self._guard:
            self._lines.append(
                Logged(
                    number=len(self._lines),
                    method=asked.method,
                    path=asked.path,
                    query=asked.query,
                    route=route,
                    kind=kind_of(asked.method, asked.path),
                    status=answered.status if answered else 0,
                    at=at,
                    cut=cut,
                )
            )
            listeners = tuple(self._listeners)
        if answered is not None:
            for listener in listeners:
                listener(asked, answered)
