"""Whatever a channel or a metric host answers: a line is told once, and a figure is itself or none."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from connector.errors import Code, ConnectorError
from connector.gateways.posts import TRIES, Line, Outcome, Posts
from connector.post_addresses import PostAddresses
from tests.faults.calling import Spoken
from tests.faults.weather import ALL
from tests.gateways.conftest import TestTime, raw_site
from tests.gateways.test_metric_endpoint import endpoints, server

SLACK = "https://hooks.slack.com/services/T0/B0/hush"
LINE = Line(title="OKR-Check-in", url="https://site.example/wiki/x?pageId=7", open="In Confluence öffnen")
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
FIGURE = Spoken(status=200, headers=(("Content-Type", "application/json"),), body=b'{"rate": 41.5}')
QUICK = [fault for fault in ALL if "hang" not in fault.name]


class Detour(HTTPAdapter):
    """To a server on this machine, whatever the address says."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        request.url = self._address
        return super().send(request, *args, **kwargs)


def told(answers: Callable[[int], bytes]) -> tuple[Outcome, int]:
    """What becomes of a line, and how often it was sent."""
    with raw_site(answers) as (address, asked):
        addresses = PostAddresses(by_team={"heat": SLACK})
        posts = Posts(addresses=addresses, timing=TestTime().timing(), adapter=Detour(address))
        return posts.post("heat", LINE), len(asked)


def test_a_channel_whose_answer_is_cut_at_any_byte_is_told_once() -> None:
    cuts = range(0, len(WHOLE), 2)
    said = WHOLE.index(b"200") + 3  # from there on the status is told
    expected = [(Outcome.UNSURE if cut < said else Outcome.SENT, 1) for cut in cuts]
    assert [told(lambda _, cut=cut: WHOLE[:cut]) for cut in cuts] == expected  # type: ignore[misc]  # bound at once


def test_a_line_that_may_stand_there_is_not_told_again_whatever_comes_back() -> None:
    wrong = []
    for fault in QUICK:
        answer = b"".join(fault.says(Spoken(status=200, headers=(), body=b"ok")).pieces)
        outcome, times = told(lambda number, answer=answer: WHOLE if number else answer)  # type: ignore[misc]  # bound
        if times > (1 if fault.done else TRIES) or (times > 1 and outcome is not Outcome.SENT):
            wrong.append((fault.name, outcome, times))
    assert wrong == []


def test_a_figure_is_itself_or_none_whatever_comes_back() -> None:
    answers = [b"".join(fault.says(FIGURE).pieces) for fault in QUICK]
    brought = {}
    with server(*answers) as (port, _):
        metrics = endpoints(port)
        for fault in QUICK:
            try:
                brought[fault.name] = metrics.value(f"https://localhost:{port}/figures", "/rate")
            except ConnectorError as error:
                brought[fault.name] = error.code
    other = {name: value for name, value in brought.items() if value not in (Decimal("41.5"), Code.SOURCE_UNREADABLE)}
    assert other == {"doubled-keys-wrong-last": Decimal(7)}  # who says two things is taken at the last word
    assert Decimal("41.5") in brought.values()
