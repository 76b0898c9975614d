"""An answer that breaks off is the whole one or none, at every kind of call: at sites and at metric hosts."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from connector.errors import Code, ConnectorError
from connector.gateways.metric_endpoint import MetricEndpoints
from connector.sandbox.dialect import Dialect
from tests.faults.cut_answers import cut_everywhere, missing
from tests.gateways.test_metric_endpoint import endpoints, http, server

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
