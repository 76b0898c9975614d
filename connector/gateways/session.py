"""One connection pool per site and credential, with our own retries: the only place that sends anything."""

import logging
from base64 import b64encode
from enum import StrEnum
from http.cookiejar import DefaultCookiePolicy
from itertools import count
from ssl import SSLCertVerificationError
from typing import Any

import requests
from requests import exceptions as trouble
from requests.adapters import HTTPAdapter
from urllib3 import exceptions as deeper

from connector.errors import ConnectorError
from connector.gateways.access import Access, Patience, Timing
from connector.gateways.gate import Gate, retry_after, scope_of
from connector.gateways.operations import Operation, operation_of
from connector.gateways.pace import Pace
from connector.gateways.site import Site
from connector.gateways.tally import RequestTally
from mappings.boundary import for_people

CONNECTIONS = 8
_BEARER = "Bearer "
_UNSENT = (deeper.NewConnectionError, deeper.ConnectTimeoutError, trouble.ConnectTimeout, trouble.ProxyError)
_UNUSABLE = (
    trouble.InvalidURL,
    trouble.InvalidSchema,
    trouble.MissingSchema,
    trouble.InvalidHeader,
    trouble.InvalidProxyURL,
    UnicodeError,
)
_HEADERS = {
    "User-Agent": "okr-connector",
    "Accept-Language": "en",  # the boundary knows two facts of error texts by their words
    "X-Force-Accept-Language": "true",
}


class Lost(StrEnum):
    """Why there is no answer."""

    UNSENT = "no connection was made"
    UNTRUSTED = "the certificate is not trusted"
    UNUSABLE = "the settings allow no request"
    UNANSWERED = "the request was sent, and no whole answer came"


def quiet_libraries() -> None:
    """The libraries' loggers say nothing any more: at lower levels they print addresses, bodies and titles."""
    for name in ("atlassian", "urllib3", "requests"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


class SiteSession(requests.Session):
    """Sends only named operations, only to its own host; raises `connector.errors` and nothing else.

    Returns answers below 500 that the interface gave itself. A write that may have been done raises AnswerLost; every
    other error means that nothing was written.
    """

    def __init__(
        self,
        *,
        site: Site,
        access: Access,
        operations: tuple[Operation, ...],
        tally: RequestTally,
        timing: Timing,
        patience: Patience,
    ) -> None:
        super().__init__()
        self._site, self._operations, self._tally = site, operations, tally
        self._timing, self._patience = timing, patience
        self._gate, self._pace = Gate(timing.monotonic), Pace(timing.monotonic)
        self._address = access.url.rstrip("/") + "/"
        self.trust_env = False
        self.verify = access.ca_file or True
        self.proxies = {"http": access.proxy, "https": access.proxy} if access.proxy else {}
        self.cookies.set_policy(
            DefaultCookiePolicy(allowed_domains=[])
        )  # a credential is enough, and cookies name people
        self.headers.update(_HEADERS)
        self._bearer = access.bearer
        self._speak_as(access)
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=CONNECTIONS, max_retries=0, pool_block=True)
        for scheme in ("http://", "https://"):
            self.mount(scheme, adapter)

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """The answer to one operation, after as many tries as our patience allows."""
        operation, path = self._operation(str(method), str(url))
        kwargs |= {"timeout": (self._patience.connect, self._patience.read), "allow_redirects": False}
        started, renewed = self._timing.monotonic(), False
        for attempt in count(1):
            self._await_turn(operation, path)
            outcome = self._sent(operation, method, url, args, kwargs)
            if not renewed and self._renews(outcome):
                renewed = True
                continue
            if isinstance(outcome, requests.Response) and outcome.status_code < 500 and outcome.status_code != 429:
                self._gate.answered()
                return self._answer(operation, outcome)
            wait = self._before_next(operation, path, outcome, attempt)
            if attempt == self._patience.tries or wait is None or not self._patient(started, wait):
                raise self._given_up(operation, outcome, wait)
            if not _limited(outcome):  # a 429 waits at the gate, together with all others of its scope
                self._timing.sleep(wait)
        raise AssertionError("the loop ends by itself")

    def await_issue(self, operation: Operation, issue: str) -> None:
        """One more write to this issue keeps its limit; for requests whose path does not name it."""
        self._wait(operation, self._pace.reserve_issue(issue, self._patience.longest_wait))

    def _speak_as(self, access: Access) -> None:
        token = access.token.strip()
        basic = b64encode(f"{access.email}:{token}".encode()).decode()
        if token:
            self.headers["Authorization"] = f"Basic {basic}" if access.email else b"Bearer " + token.encode()
        self.auth = self._signed

    def _signed(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """With a token that holds; a lasting credential stands in the headers already, and none is looked for."""
        if self._bearer is not None:
            request.headers["Authorization"] = f"{_BEARER}{self._bearer.token()}"
        return request

    def _renews(self, outcome: requests.Response | Lost) -> bool:
        """Whether a token ended before its time, and the next one may be let in: nothing was done with this one."""
        if self._bearer is None or isinstance(outcome, Lost) or outcome.status_code != 401:
            return False
        return self._bearer.refused(outcome.request.headers["Authorization"].removeprefix(_BEARER))

    def _operation(self, method: str, url: str) -> tuple[Operation, str]:
        path = url.partition("?")[0].removeprefix(self._address)
        operation = operation_of(self._operations, method, path) if url.startswith(self._address) else None
        if operation is None:
            raise LookupError("no operation of this house")
        return operation, path

    def _await_turn(self, operation: Operation, path: str) -> None:
        self._pass_gate(operation, path)
        issue = operation.written_issue(path)
        wait = self._pace.reserve(operation, issue, self._patience.longest_wait)
        self._wait(operation, wait)
        if wait:
            self._pass_gate(operation, path)  # the site may have asked for rest meanwhile

    def _pass_gate(self, operation: Operation, path: str) -> None:
        if self._gate.resting():
            raise self._site.unreachable(operation)
        self._wait(operation, self._gate.wait(operation, path))

    def _wait(self, operation: Operation, seconds: float) -> None:
        if seconds > self._patience.longest_wait:
            raise self._site.busy(operation, seconds)
        if seconds:
            self._timing.sleep(seconds)

    def _sent(
        self, operation: Operation, method: str | bytes, url: str | bytes, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> requests.Response | Lost:
        outcome: requests.Response | Lost
        try:
            outcome = super().request(method, url, *args, **kwargs)
        except (OSError, deeper.HTTPError, ValueError) as error:  # OSError is the root of requests' own errors
            outcome = lost_by(error)
        if not isinstance(outcome, Lost) or outcome is Lost.UNANSWERED:
            self._tally.note(operation, points=int(self._site.points))
        if not isinstance(outcome, Lost) and self._site.metered:
            self._tally.quotas.heard(self._site.product, outcome.headers)
            self._tally.clocks.heard(self._site.product, outcome.headers, self._timing.monotonic())
        return outcome

    def _answer(self, operation: Operation, response: requests.Response) -> requests.Response:
        """Refuses redirects and pages for people; the latter may come with a status that still says enough."""
        page = for_people(response.content, response.headers.get("Content-Type", ""))
        if 300 <= response.status_code < 400 or (page and response.status_code not in (401, 403, 407)):
            raise self._site.no_answer(operation)
        return response

    def _before_next(
        self, operation: Operation, path: str, outcome: requests.Response | Lost, attempt: int
    ) -> float | None:
        """Seconds until the next try; None where there must be none."""
        own = self._patience.first_wait * 2 ** (attempt - 1) * self._timing.jitter()
        if isinstance(outcome, Lost):
            again = outcome is Lost.UNSENT or (outcome is Lost.UNANSWERED and operation.reads)
            return own if again else None
        wait = retry_after(outcome) or own
        if _limited(outcome):
            scope = scope_of(operation, path, outcome.headers.get("RateLimit-Reason", ""))
            self._gate.hold(scope, wait)
            if scope == operation.name:
                self._pace.slow(operation)
            return wait
        return wait if operation.reads else None

    def _patient(self, started: float, wait: float) -> bool:
        elapsed = self._timing.monotonic() - started
        return wait <= self._patience.longest_wait and elapsed + wait <= self._patience.total

    def _given_up(self, operation: Operation, outcome: requests.Response | Lost, wait: float | None) -> ConnectorError:
        if _limited(outcome):
            return self._site.busy(operation, wait or 0.0)
        if outcome is Lost.UNUSABLE:
            return self._site.unusable()
        if outcome is Lost.UNTRUSTED:
            return self._site.untrusted(operation)
        self._gate.failed()
        if operation.reads or outcome is Lost.UNSENT:
            asked = None if isinstance(outcome, Lost) else retry_after(outcome)
            return self._site.unreachable(operation, asked)
        return self._site.answer_lost(operation)


def _limited(outcome: requests.Response | Lost) -> bool:
    return isinstance(outcome, requests.Response) and outcome.status_code == 429


def lost_by(error: BaseException) -> Lost:
    """What became of a request, told by the kinds of errors in it, never by their words."""
    kinds = tuple(_causes(error))
    if any(isinstance(kind, SSLCertVerificationError) for kind in kinds):
        return Lost.UNTRUSTED
    if any(isinstance(kind, _UNSENT) for kind in kinds):
        return Lost.UNSENT
    unusable = isinstance(error, _UNUSABLE) or not isinstance(error, trouble.RequestException | deeper.HTTPError)
    return Lost.UNUSABLE if unusable else Lost.UNANSWERED


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        cause = waiting.pop()
        if isinstance(cause, BaseException) and cause not in found:
            found.append(cause)
            waiting += [*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__]
    return found
