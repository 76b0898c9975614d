"""A sandbox site behind the real gateways, with a time of its own, and a raw one that sends any bytes."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import pytest

from connector.gateways.access import Access, Patience, Timing
from connector.gateways.confluence_cloud import ConfluenceCloudGateway
from connector.gateways.jira_cloud import JiraCloudGateway
from connector.gateways.tally import RequestTally
from connector.sandbox.seed import empty_site
from connector.sandbox.site import Site, serving
from tests.contract.openapi import ContractCheck, documents_missing

EMAIL = "okr-service@sandbox.example"
TOKEN = "a-token-that-nobody-may-read"


@dataclass
class TestTime:
    """Time that passes only when somebody sleeps; `slept` says how long."""

    __test__ = False
    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def timing(self) -> Timing:
        return Timing(sleep=self.sleep, monotonic=lambda: self.now, jitter=lambda: 1.0)


@dataclass
class Connected:
    """A site, and both gateways to it."""

    site: Site
    url: str
    tally: RequestTally
    time: TestTime
    jira: JiraCloudGateway
    confluence: ConfluenceCloudGateway


def gateways(
    url: str, tally: RequestTally, time: TestTime, *, read: float = 2
) -> tuple[JiraCloudGateway, ConfluenceCloudGateway]:
    access, timing, patience = Access(url=url, token=TOKEN, email=EMAIL), time.timing(), Patience(connect=2, read=read)
    return (
        JiraCloudGateway(access=access, tally=tally, timing=timing, patience=patience),
        ConfluenceCloudGateway(access=access, tally=tally, timing=timing, patience=patience),
    )


@pytest.fixture
def connected() -> Iterator[Connected]:
    """Every exchange is held against Atlassian's documents; the tally is held against the site's log."""
    site = empty_site()
    site.email, site.token = EMAIL, TOKEN
    check = ContractCheck()
    if not documents_missing():
        site.log.on_exchange(check)
    tally, time = RequestTally(), TestTime()
    with serving(site) as url:
        # the first request waits until Atlassian's documents are read, which a busy machine does not do in two seconds
        jira, confluence = gateways(url, tally, time, read=30)
        yield Connected(site=site, url=url, tally=tally, time=time, jira=jira, confluence=confluence)
    assert check.violations == []
    counted = tally.counts()
    assert (counted.reads, counted.writes) == (len(site.log.reads()), len(site.log.writes()))


@contextmanager
def raw_site(answers: Callable[[int], bytes | None]) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers the n-th request (from 0) with exactly these bytes and closes; None: says nothing at all.

    Yields its address and the first lines of what it was asked.
    """
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        thread = threading.Thread(target=_serve, args=(server, answers, asked), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)


def _serve(server: socket.socket, answers: Callable[[int], bytes | None], asked: list[bytes]) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            request = _read_request(connection)
            asked.append(request.split(b"\r\n", 1)[0])
            answer = answers(len(asked) - 1)
            if answer is None:
                connection.settimeout(5)
                connection.recv(1)  # until the client gives up
            else:
                with suppress(ConnectionError):  # who has read enough goes
                    connection.sendall(answer)


def _read_request(connection: socket.socket) -> bytes:
    connection.settimeout(5)
    request = b""
    while b"\r\n\r\n" not in request:
        request += connection.recv(65536)
    head, _, body = request.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while lengths and len(body) < int(lengths[0]):
        body += connection.recv(65536)
    return head
