"""Figures over HTTPS: from named hosts, at addresses that were looked up once and checked, in one short answer."""

import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from connector.errors import Advice, Code, ConnectorError, PermanentError, SiteUnreachable
from connector.gateways.metric_hosts import HTTPS, MetricHost, host_of
from connector.gateways.operations import METRIC
from connector.gateways.tally import RequestTally
from mappings.boundary import BoundaryError, Flaw, metric

LARGEST_ANSWER = 1_000_000  # bytes
_PIECE = 65_536
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "okr-connector"}
_MISSING_HOST = ("name the host in OKR_METRIC_HOSTS", "take another source for this indicator")
_LATER = ("try again later: the next run asks again", "write `unknown` with `okr reading add` meanwhile")


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricPatience:
    """How long an endpoint may take, in seconds."""

    connect: float = 5.0
    read: float = 10.0
    total: float = 30.0


class MetricEndpoints:
    """Implements `connector.ports.Metrics`.

    A name is looked up once and the connection goes to that very address, so what was checked is what is asked. No
    proxy is used: through one, nobody here could say where a name leads.
    """

    def __init__(
        self,
        *,
        hosts: frozenset[MetricHost],
        tally: RequestTally,
        monotonic: Callable[[], float],
        ca_file: str | None = None,
        patience: MetricPatience | None = None,
    ) -> None:
        self._hosts, self._tally, self._monotonic = hosts, tally, monotonic
        self._tls = ssl.create_default_context(cafile=ca_file)
        self._patience = patience or MetricPatience()

    def value(self, url: str, pointer: str) -> Decimal | None:
        """The number at the pointer, None where null stands there; nothing of the answer outlives the call."""
        host = host_of(url, self._hosts)
        if host is None:
            raise _permanent("the host of this source may not be asked", "no setting names it", _MISSING_HOST)
        addresses = self._addresses(host)
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return _number(self._answer(host, addresses, target), pointer)

    def _addresses(self, host: MetricHost) -> list[str]:
        try:
            found = socket.getaddrinfo(host.name, host.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            found = []
        addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
        if not addresses:
            raise _temporary("the host of this source is not found")
        if not all(host.admits(address) for address in addresses):
            raise _permanent(
                "the host of this source leads into an inner network",
                "its name does not lead to a public address",
                ("write `private:` before the host in OKR_METRIC_HOSTS if that is meant", "ask a public host"),
            )
        return list(dict.fromkeys(addresses))

    def _answer(self, host: MetricHost, addresses: Sequence[str], target: str) -> bytes:
        outcome: bytes | ConnectorError = _temporary("the host of this source cannot be reached")
        for address in addresses:
            try:
                with self._response(host, address, target) as response:
                    outcome = self._read(response)
            except (NewConnectionError, ConnectTimeoutError):
                continue  # nothing was asked; the name may lead to another address
            except (HTTPError, OSError, ValueError) as error:
                untrusted = any(isinstance(part, ssl.SSLCertVerificationError) for part in (error, *error.args))
                outcome = _untrusted() if untrusted else _temporary("the host of this source does not answer")
            self._tally.note(METRIC)
            break
        if isinstance(outcome, ConnectorError):
            raise outcome  # outside the handler: the library's error holds the address
        return outcome

    @contextmanager
    def _response(self, host: MetricHost, address: str, target: str) -> Iterator[urllib3.BaseHTTPResponse]:
        headers = _HEADERS | {"Host": host.name if host.port == HTTPS else f"{host.name}:{host.port}"}
        with urllib3.HTTPSConnectionPool(
            address,
            host.port,
            timeout=urllib3.Timeout(connect=self._patience.connect, read=self._patience.read),
            retries=False,
            ssl_context=self._tls,
            server_hostname=host.name,
        ) as pool:
            response = pool.urlopen("GET", target, headers=headers, redirect=False, preload_content=False)
            try:
                yield response
            finally:
                response.close()

    def _read(self, response: urllib3.BaseHTTPResponse) -> bytes | ConnectorError:
        """A whole answer of status 200 within size and time, or why there is none."""
        refusal = _refusal(response)
        if refusal is not None:
            return refusal
        end, body = self._monotonic() + self._patience.total, bytearray()
        while piece := response.read1(_PIECE, decode_content=False):
            body += piece
            if len(body) > LARGEST_ANSWER:
                return _permanent("the answer of this source is too long", "it may hold one megabyte", _OTHER_ADDRESS)
            if self._monotonic() > end:
                return _temporary("the host of this source answers too slowly")
        return _endless() if _may_be_cut(response, body) else bytes(body)


_OTHER_ADDRESS = ("name an address that answers with one figure", "take another source for this indicator")


def _refusal(response: urllib3.BaseHTTPResponse) -> ConnectorError | None:
    status = response.status
    if status == 429 or status >= 500:
        return _temporary("the host of this source is busy")
    if 300 <= status < 400:
        return _permanent("the source leads to another address", "redirects are not followed", _OTHER_ADDRESS)
    if status != 200:
        return _permanent(
            "the host of this source refuses to answer",
            f"it says {status}",
            ("check the address in the mapping file", "let the endpoint answer without a login"),
        )
    encoding = response.headers.get("Content-Encoding", "identity")
    if encoding.casefold() != "identity":
        return _permanent("the answer of this source is packed", "we asked for it plain", _OTHER_ADDRESS)
    return None


def _may_be_cut(response: urllib3.BaseHTTPResponse, body: bytearray) -> bool:
    """Of a bare number that ends where the connection does, nobody can say whether all its digits came."""
    told = "Content-Length" in response.headers or "Transfer-Encoding" in response.headers
    return not told and body.rstrip()[-1:].isdigit()


def _endless() -> PermanentError:
    return _permanent(
        "the answer of this source does not say where it ends",
        "a number that was cut short would be taken for another one",
        ("let the endpoint send a Content-Length", "let it answer with an object, and name its part in `pointer`"),
    )


def _number(answer: bytes, pointer: str) -> Decimal | None:
    try:
        return metric(answer, pointer)
    except BoundaryError as error:
        flaw = error.flaw
    if flaw is Flaw.ABSENT:
        raise _permanent(
            "nothing stands at the pointer of this source",
            "the answer has no such part",
            ("check `pointer` in the mapping file", "let the endpoint answer with null where it knows nothing"),
        )
    if flaw is Flaw.NO_NUMBER:
        raise _permanent(
            "no number stands at the pointer of this source",
            "a number or null is read; texts, lists, true and false are not",
            ("let `pointer` lead to the number itself", "let the endpoint answer with a number without quotes"),
        )
    raise _permanent("the answer of this source is not JSON", "only JSON is read", _OTHER_ADDRESS)


def _temporary(what: str) -> SiteUnreachable:
    return SiteUnreachable(Code.SOURCE_UNREADABLE, Advice(what=what, options=_LATER))


def _permanent(what: str, why: str, options: tuple[str, str]) -> PermanentError:
    return PermanentError(Code.SOURCE_UNREADABLE, Advice(what=what, why=why, options=options))


def _untrusted() -> PermanentError:
    return _permanent(
        "the certificate of this source's host is not trusted here",
        "no known authority has signed it for that host",
        ("name your organisation's certificates in OKR_CA_FILE", "check the address in the mapping file"),
    )
