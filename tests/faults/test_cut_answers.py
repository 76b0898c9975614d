"""An answer that breaks off is the whole one or none, at every kind of call: at sites, at channels, at metric hosts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from connector.errors import Code, ConnectorError
from connector.gateways.metric_endpoint import MetricEndpoints
from connector.gateways.posts import Line, Outcome, Posts
from connector.post_addresses import PostAddresses
from connector.sandbox.dialect import Dialect
from tests.faults.cut_answers import cut_everywhere, missing
from tests.gateways.conftest import TestTime, raw_site
from tests.gateways.test_metric_endpoint import endpoints, http, server

SLACK = "https://hooks.slack.com/services/T0/B0/hush"
LINE = Line(title="OKR-Check-in", url="https://site.example/wiki/x?pageId=7", open="In Confluence öffnen")
FIGURE = b'{"rate": 41.5}'


def some(size: int) -> Sequence[int]:
    """In the middle of what is said, or before its last byte."""
    return (size - 1,) if size % 2 else (size * 4 // 5,)


@pytest.mark.parametrize("dialect", list(Dialect))
def test_an_answer_cut_somewhere_is_the_whole_one_or_none(dialect: Dialect) -> None:
    told = cut_everywhere(dialect, some)
    assert told.wrong == []
    assert missing(dialect, told) == []
    assert 0 < told.as_whole < told.answers / 2


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("dialect", list(Dialect))
def test_an_answer_cut_at_any_byte_is_the_whole_one_or_none(dialect: Dialect) -> None:
    assert cut_everywhere(dialect, range).wrong == []


class Detour(HTTPAdapter):
    """To a server on this machine, whatever the address says."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        request.url = self._address
        return super().send(request, *args, **kwargs)


def test_a_channel_whose_answer_is_cut_at_any_byte_is_told_once() -> None:
    whole = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
    outcomes = []
    cuts = range(0, len(whole), 2)
    for cut in cuts:
        with raw_site(lambda _, cut=cut: whole[:cut]) as (address, asked):
            addresses = PostAddresses(by_team={"heat": SLACK})
            posts = Posts(addresses=addresses, timing=TestTime().timing(), adapter=Detour(address))
            outcomes.append(posts.post("heat", LINE))
            assert len(asked) == 1
    said = whole.index(b"200") + 3  # from there on the status is told
    assert outcomes == [Outcome.UNSURE if cut < said else Outcome.SENT for cut in cuts]


@pytest.mark.parametrize("length", [True, False], ids=["length", "close"])
@pytest.mark.parametrize(("figure", "pointer"), [(FIGURE, "/rate"), (b"41.5", "")])
def test_a_figure_whose_answer_is_cut_at_any_byte_is_itself_or_none(figure: bytes, pointer: str, length: bool) -> None:
    whole = http(figure) if length else b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + figure
    cuts = [whole[:cut] for cut in range(len(whole))]
    with server(*cuts) as (port, _):
        metrics = endpoints(port)
        brought = {_figure(metrics, f"https://localhost:{port}/figures", pointer) for _ in cuts}
    assert brought == {Code.SOURCE_UNREADABLE}


def test_a_bare_figure_that_does_not_say_where_it_ends_is_not_believed() -> None:
    with server(b"HTTP/1.1 200 OK\r\n\r\n41.5", b"HTTP/1.1 200 OK\r\n\r\n" + FIGURE) as (port, _):
        bare, named = (_figure(endpoints(port), f"https://localhost:{port}/", pointer) for pointer in ("", "/rate"))
    assert (bare, named) == (Code.SOURCE_UNREADABLE, Decimal("41.5"))


def _figure(metrics: MetricEndpoints, url: str, pointer: str) -> Decimal | Code | None:
    try:
        return metrics.value(url, pointer)
    except ConnectorError as error:
        return error.code
