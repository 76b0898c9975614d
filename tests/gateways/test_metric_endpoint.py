"""Figures over real TLS on loopback: what is read, what is refused, and that nothing of an answer is quoted."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from connector.errors import Code, ConnectorError, PermanentError, TemporaryError
from connector.gateways.metric_endpoint import LARGEST_ANSWER, MetricEndpoints, MetricPatience
from connector.gateways.metric_hosts import MetricHost
from connector.gateways.tally import RequestTally

CERTIFICATES = Path(__file__).with_name("certificates")  # of an authority that exists for these tests only
SECRET = "Ada Kanarie hush-hush"


@contextmanager
def server(*answers: bytes | None, tls: bool = True, address: str = "127.0.0.1") -> Iterator[tuple[int, list[bytes]]]:
    """Answers one connection after another with exactly these bytes; None: says nothing. Yields port and requests."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "localhost.pem")
    asked: list[bytes] = []
    done = threading.Event()
    with socket.create_server((address, 0)) as listening:
        thread = threading.Thread(target=_serve, args=(listening, context if tls else None, answers, asked, done))
        thread.start()
        try:
            yield listening.getsockname()[1], asked
        finally:
            done.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=5)


def _serve(
    listening: socket.socket,
    context: ssl.SSLContext | None,
    answers: tuple[bytes | None, ...],
    asked: list[bytes],
    done: threading.Event,
) -> None:
    for answer in (*answers, None, None):
        try:
            plain, _ = listening.accept()
        except OSError:
            return
        with plain:
            plain.settimeout(5)
            try:
                with context.wrap_socket(plain, server_side=True) if context else plain as connection:
                    asked.append(connection.recv(65536))
                    if answer is None:
                        done.wait(5)
                    else:
                        connection.sendall(answer)
            except OSError:
                continue


def http(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers])
    return head.encode() + b"\r\n\r\n" + body


def endpoints(port: int, tally: RequestTally | None = None, entry: str = "private:localhost") -> MetricEndpoints:
    return MetricEndpoints(
        hosts=frozenset({MetricHost.parse(f"{entry}:{port}")}),
        tally=tally or RequestTally(),
        monotonic=lambda: 0.0,
        ca_file=str(CERTIFICATES / "authority.pem"),
        patience=MetricPatience(connect=2, read=0.5),
    )


def answered(answer: bytes, pointer: str = "/rate") -> Decimal | None:
    with server(answer) as (port, _):
        return endpoints(port).value(f"https://localhost:{port}/figures?week=now", pointer)


def refused(answer: bytes | None, pointer: str = "/rate") -> ConnectorError:
    with server(answer) as (port, _), pytest.raises(ConnectorError) as caught:
        endpoints(port).value(f"https://localhost:{port}/figures", pointer)
    error = caught.value
    assert error.code is Code.SOURCE_UNREADABLE
    assert len(error.advice.options) == 2
    assert error.__context__ is None
    assert SECRET not in str(error)
    return error


@pytest.mark.parametrize(
    ("body", "pointer", "value"),
    [
        (b'{"rate": 41.50}', "/rate", "41.50"),
        (b'{"rate": -3}', "/rate", "-3"),
        (b'{"a/b": {"~": [1, 2e1]}}', "/a~1b/~0/1", "20"),
        (b"7", "", "7"),
        (b'{"": 1}', "/", "1"),
    ],
)
def test_a_number_is_read_digit_by_digit(body: bytes, pointer: str, value: str) -> None:
    assert answered(http(body), pointer) == Decimal(value)


def test_null_is_unknown() -> None:
    assert answered(http(b'{"rate": null}')) is None


def test_one_request_is_made_and_it_carries_nothing_of_ours() -> None:
    tally = RequestTally()
    with server(http(b"1")) as (port, asked):
        endpoints(port, tally).value(f"https://localhost:{port}/figures?week=now", "")
    lines = asked[0].decode().split("\r\n")
    assert lines[0] == "GET /figures?week=now HTTP/1.1"
    assert sorted(line.split(":")[0].casefold() for line in lines[1:] if line) == [
        "accept",
        "accept-encoding",
        "host",
        "user-agent",
    ]
    assert f"Host: localhost:{port}" in lines
    assert tally.counts().by_operation == (("metric", 1),)
    assert tally.counts().reads == 1


@pytest.mark.parametrize("value", [f'"{SECRET}"', '"41.5"', "true", "{}", "[1]", "1" + "0" * 12, "1" * 200, "1e99"])
def test_what_is_no_number_is_refused_and_never_quoted(value: str) -> None:
    error = refused(http(f'{{"rate": {value}, "who": "{SECRET}"}}'.encode()))
    assert isinstance(error, PermanentError)
    assert "no number" in str(error)


@pytest.mark.parametrize("body", [b'{"other": 1}', b"[1]", b"{}", b"1", b'"rate"'])
def test_a_pointer_that_leads_nowhere_is_said_to(body: bytes) -> None:
    assert "nothing stands at the pointer" in str(refused(http(body)))


@pytest.mark.parametrize(
    "body", [f"<html>{SECRET}".encode(), b"", b"NaN", b'{"rate": NaN}', b'{"rate": 1', b"\xff\xfe", b"[" * 90_000]
)
def test_what_is_no_json_is_said_to_be_none(body: bytes) -> None:
    assert "not JSON" in str(refused(http(body)))


def test_a_redirect_is_not_followed() -> None:
    with server(None) as (elsewhere, asked):
        error = refused(http(SECRET.encode(), "302 Found", f"Location: https://localhost:{elsewhere}/"))
        assert asked == []
    assert "redirects are not followed" in str(error)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("401 No", PermanentError),
        ("404 No", PermanentError),
        ("204 Nothing", PermanentError),
        ("429 Wait", TemporaryError),
        ("500 Oh", TemporaryError),
        ("503 Oh", TemporaryError),
    ],
)
def test_a_status_tells_whether_the_next_run_may_do_better(status: str, kind: type[ConnectorError]) -> None:
    assert isinstance(refused(http(SECRET.encode(), status)), kind)


def test_a_packed_answer_is_refused_unopened() -> None:
    assert "packed" in str(refused(http(b"\x1f\x8b", "200 OK", "Content-Encoding: gzip")))


def test_an_answer_of_more_than_a_megabyte_is_refused() -> None:
    body = json.dumps({"rate": 1, "more": "x" * LARGEST_ANSWER}).encode()
    assert "too long" in str(refused(http(body)))


def test_silence_a_cut_and_nonsense_are_for_the_next_run() -> None:
    for answer in (None, b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1", b"nonsense\r\n\r\n"):
        assert isinstance(refused(answer), TemporaryError)


def test_an_answer_that_drips_is_cut_off() -> None:
    ticks = iter(range(0, 10_000, 20))
    with server(http(b"1" * 200_000)) as (port, _):
        asking = MetricEndpoints(
            hosts=frozenset({MetricHost.parse(f"private:localhost:{port}")}),
            tally=RequestTally(),
            monotonic=lambda: float(next(ticks)),
            ca_file=str(CERTIFICATES / "authority.pem"),
        )
        with pytest.raises(TemporaryError, match="too slowly"):
            asking.value(f"https://localhost:{port}/", "")


def test_a_host_that_is_not_named_is_not_even_looked_up() -> None:
    asking = endpoints(1)
    for url in ("https://nowhere.invalid/", "http://localhost:1/", "https://localhost:2/", "https://a@localhost:1/"):
        with pytest.raises(PermanentError, match="may not be asked"):
            asking.value(url, "")


@pytest.mark.parametrize("entry", ["localhost", "127.0.0.1"])
def test_a_host_inside_is_not_connected_to_unless_it_is_marked(entry: str) -> None:
    tally = RequestTally()
    with server(http(b"1")) as (port, asked):
        with pytest.raises(PermanentError, match="inner network"):
            endpoints(port, tally, entry).value(f"https://{entry}:{port}/", "")
        assert asked == []
    assert tally.counts().reads == 0


def test_a_certificate_of_another_authority_is_not_trusted() -> None:
    with server(http(b"1")) as (port, _):
        strange = MetricEndpoints(
            hosts=frozenset({MetricHost.parse(f"private:localhost:{port}")}),
            tally=RequestTally(),
            monotonic=lambda: 0.0,
        )
        with pytest.raises(PermanentError, match="not trusted"):
            strange.value(f"https://localhost:{port}/", "")


def test_a_certificate_for_another_name_is_not_trusted() -> None:
    with server(http(b"1"), address="127.0.0.2") as (port, _), pytest.raises(PermanentError, match="not trusted"):
        endpoints(port, entry="private:127.0.0.2").value(f"https://127.0.0.2:{port}/", "")


def test_a_port_without_tls_is_no_endpoint() -> None:
    with server(http(b"1"), tls=False) as (port, _), pytest.raises(TemporaryError):
        endpoints(port).value(f"https://localhost:{port}/", "")


def test_a_host_where_nobody_listens_costs_no_request() -> None:
    tally = RequestTally()
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(TemporaryError, match="cannot be reached"):
        endpoints(port, tally).value(f"https://localhost:{port}/", "")
    assert tally.counts().reads == 0


def test_a_name_that_leads_nowhere_is_for_the_next_run() -> None:
    asking = MetricEndpoints(
        hosts=frozenset({MetricHost.parse("no-such-host.invalid")}), tally=RequestTally(), monotonic=lambda: 0.0
    )
    with pytest.raises(TemporaryError, match="not found"):
        asking.value("https://no-such-host.invalid/", "")
