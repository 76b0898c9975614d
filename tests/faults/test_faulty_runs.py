"""Whatever comes back in the place of an answer: nothing wrong is written, nothing too early, and it heals."""

from datetime import timedelta

import pytest
import requests

from connector.gateways.operations import CREATE_ISSUES, SEARCH
from connector.sandbox.clock import SiteClock
from tests.faults.calling import Application
from tests.faults.faulty_runs import ALL_HISTORIES, CALLS, played
from tests.faults.proxy import faulty_way
from tests.faults.weather import ALL
from tests.flow.stand import START

SEARCHING = "/rest/api/3/search/jql"


def an_empty_site() -> Application:
    def says(environment: object, start: object) -> list[bytes]:
        start("200 OK", [("Content-Type", "application/json")])  # type: ignore[operator]  # as WSGI has it
        return [b"{}"]

    return says


def test_there_are_more_than_a_hundred_faults_and_each_has_a_name() -> None:
    assert len({fault.name for fault in ALL}) == len(ALL) > 100


def test_a_request_that_comes_back_too_early_is_seen() -> None:
    clock = SiteClock(START, frozen=True)
    fault = next(fault for fault in ALL if fault.name == "429-seconds")
    with faulty_way(an_empty_site(), clock) as proxy:

        def ask() -> requests.Response:
            """On a connection of its own: a kept one may be just being closed by the fault before."""
            return requests.post(proxy.address + SEARCHING, timeout=10)

        for wait, found in ((2.9, 1), (3.0, 0)):
            proxy.switch_on(fault, SEARCH, 1)
            assert ask().headers["Retry-After"] == "3"
            clock.advance(timedelta(seconds=wait))
            assert ask().status_code == 200
            assert (proxy.struck, len(proxy.early())) == (1, found)


def test_a_login_page_after_a_create_is_not_taken_for_a_refusal() -> None:
    """It was done, searches do not show it yet, and the next run comes at once."""
    of_creates = CALLS[0].index(CREATE_ISSUES)
    told = played([one for one in ALL_HISTORIES if one[0].name == "login-page" and one[1] == of_creates], minutes=1.5)
    assert told.wrong == []
    assert told.struck >= 1


def test_some_faults_at_some_calls_do_no_harm_and_heal() -> None:
    told = played(ALL_HISTORIES[::160], minutes=1.5)
    assert told.wrong == []
    assert told.struck >= len(ALL_HISTORIES[::160])


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_every_fault_at_every_call_does_no_harm_and_heals() -> None:
    told = played(ALL_HISTORIES, minutes=115)
    assert told.wrong == []
    assert {fault for fault, _ in told.met} == {fault.name for fault in ALL}
    assert {call for _, call in told.met} == {call.name for calls in CALLS for call in calls}
