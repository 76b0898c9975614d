"""We keep below a site's limits by ourselves, and slow down only where it says so."""

import itertools
import time as real_time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest

from connector.errors import RateLimited
from connector.gateways.access import Access, Timing
from connector.gateways.confluence_cloud import ConfluenceCloudGateway
from connector.gateways.operations import (
    CLEAR_ASSIGNEE,
    CONFLUENCE,
    CREATE_PAGE,
    EDIT_ISSUE,
    JIRA,
    READ_REMOTE_LINK,
    SEARCH,
    UPDATE_PAGE,
    Operation,
)
from connector.gateways.pace import PER_ISSUE, PER_SECOND, RECOVERY, SLOWEST, Pace
from connector.gateways.session import CONNECTIONS
from connector.gateways.tally import RequestTally
from connector.ports import IssueEdit
from connector.sandbox.faults import Faults
from connector.sandbox.seed import empty_site
from connector.sandbox.site import serving
from mappings.team_text import TeamText
from tests.gateways.conftest import Connected, TestTime, gateways, raw_site
from tests.gateways.test_site_session import http

ALL = (*JIRA, *CONFLUENCE)
FOREVER = 1e9


def moments(pace: Pace, time: TestTime, operation: Operation, count: int, issue: str | None = None) -> list[float]:
    """When so many requests are sent that a caller sends one after the other, as fast as it may."""
    sent = []
    for _ in range(count):
        time.sleep(pace.reserve(operation, issue, FOREVER))
        sent.append(time.now)
    return sent


def most_within(sent: list[float], seconds: float) -> int:
    return max(sum(1 for at in sent if first <= at < first + seconds) for first in sent)


def pacing() -> tuple[Pace, TestTime]:
    time = TestTime()
    return Pace(lambda: time.now), time


@pytest.mark.parametrize("operation", [SEARCH, READ_REMOTE_LINK, CREATE_PAGE, UPDATE_PAGE], ids=lambda o: o.name)
def test_no_second_holds_more_than_the_limit_and_most_of_it_is_used(operation: Operation) -> None:
    pace, time = pacing()
    sent = moments(pace, time, operation, 400)
    limit = PER_SECOND[operation.method]
    assert most_within(sent, 1.0) <= limit
    assert 400 / (sent[-1] - sent[0]) >= 0.85 * limit


@pytest.mark.parametrize("operation", [SEARCH, UPDATE_PAGE], ids=lambda o: o.name)
def test_what_was_delayed_on_its_way_and_arrives_with_the_next_breaks_no_limit(operation: Operation) -> None:
    """A twelfth of a second's requests may come late."""
    pace, time = pacing()
    sent = moments(pace, time, operation, 400)
    limit = PER_SECOND[operation.method]
    assert most_within(sent, 1.0 + 1 / 12) <= limit


def test_every_method_of_this_house_has_a_limit() -> None:
    assert {operation.method for operation in ALL} <= PER_SECOND.keys()


def test_after_a_rest_no_second_holds_more_than_the_limit() -> None:
    pace, time = pacing()
    sent = moments(pace, time, UPDATE_PAGE, 60)
    time.sleep(3600)
    sent += moments(pace, time, UPDATE_PAGE, 60)
    assert most_within(sent, 1.0) <= PER_SECOND["PUT"]


def test_endpoints_do_not_wait_for_each_other() -> None:
    pace, time = pacing()
    moments(pace, time, UPDATE_PAGE, 100)
    assert pace.reserve(EDIT_ISSUE, "1", FOREVER) == 0
    assert pace.reserve(CREATE_PAGE, None, FOREVER) == 0


def test_writes_to_one_issue_keep_both_windows() -> None:
    pace, time = pacing()
    sent = moments(pace, time, EDIT_ISSUE, 250, issue="10001")
    for most, window in PER_ISSUE:
        assert most_within(sent, window) <= most
    assert sent[-1] - sent[0] <= 2 * 30.0 + 10


def test_writes_to_one_issue_by_different_endpoints_count_together() -> None:
    pace, time = pacing()
    moments(pace, time, EDIT_ISSUE, 10, issue="10001")
    moments(pace, time, CLEAR_ASSIGNEE, 10, issue="10001")
    assert pace.reserve_issue("10001", FOREVER) > 1.0
    assert pace.reserve(EDIT_ISSUE, "10002", FOREVER) == 0


def test_a_wait_that_is_too_long_promises_nothing() -> None:
    pace, time = pacing()
    moments(pace, time, EDIT_ISSUE, 100, issue="10001")
    waits = [pace.reserve(EDIT_ISSUE, "10001", 5.0) for _ in range(10)]
    assert waits == [waits[0]] * 10
    assert waits[0] > 5.0


def test_many_issues_are_forgotten_again() -> None:
    pace, time = pacing()
    for number in range(5000):
        time.sleep(0.1)
        pace.reserve_issue(str(number), FOREVER)
    assert len(pace._written) <= 1001


def test_many_issues_that_must_be_remembered_are_not_looked_through_at_each_write() -> None:
    class Watched(Pace):
        looks = 0

        def _forget(self, now: float) -> None:
            self.looks += 1
            super()._forget(now)

    pace = Watched(lambda: 0.0)
    for number in range(5000):
        pace.reserve_issue(str(number), FOREVER)
    assert len(pace._written) == 5000
    assert pace.looks == 3  # at 1,000, 2,000 and 4,000


def test_a_burst_refusal_slows_its_endpoint_alone_and_heals() -> None:
    pace, time = pacing()
    pace.slow(SEARCH)
    slowed = moments(pace, time, SEARCH, 50)
    assert slowed[-1] - slowed[0] >= 49 / (PER_SECOND["POST"] * 0.5)
    assert pace.reserve(CREATE_PAGE, None, FOREVER) == 0
    time.sleep(RECOVERY)
    healed = moments(pace, time, SEARCH, 200)
    assert 200 / (healed[-1] - healed[0]) >= 0.85 * PER_SECOND["POST"]


def test_refusals_of_one_moment_count_once_and_later_ones_again() -> None:
    pace, time = pacing()
    for _ in range(8):
        pace.slow(SEARCH)
    assert pace.reserve(SEARCH, None, FOREVER) == pytest.approx(1 / 45)
    for _ in range(20):
        time.sleep(1.5)
        pace.slow(SEARCH)
    assert pace.reserve(SEARCH, None, FOREVER) == pytest.approx(1 / SLOWEST)


def test_threads_that_ask_at_once_get_moments_of_their_own() -> None:
    pace, _ = pacing()
    waits: list[float] = []
    threads = [
        Thread(target=lambda: waits.extend(pace.reserve(UPDATE_PAGE, None, FOREVER) for _ in range(50)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    steps = [b - a for a, b in itertools.pairwise(sorted(waits)) if b > 0]
    assert len(waits) == 400
    assert steps[1:] == [pytest.approx(1 / 45)] * len(steps[1:])


def test_a_session_waits_before_it_sends_too_fast(connected: Connected) -> None:
    for _ in range(30):
        connected.jira.issue_ids("labels = okr")
    assert sum(connected.time.slept) == pytest.approx(28 / 90)


def test_links_from_one_issue_keep_its_limit() -> None:
    time = TestTime()
    with raw_site(lambda _: http("201 Created", b"")) as (url, asked):
        jira = gateways(url, RequestTally(), time)[0]
        for number in range(30):
            jira.link_issues("Relates", "10001", f"ONB-{number}")
        assert len(asked) == 30
    assert 2.0 <= sum(time.slept) <= 2.5


def test_a_burst_refusal_slows_the_session_and_a_write_limit_of_an_issue_does_not() -> None:
    done = http("204 No Content", b"")

    def slept_after(reason: str, *, then: int = 8) -> float:
        limit = http("429 x", b"{}", "Retry-After: 1", f"RateLimit-Reason: {reason}")
        time = TestTime()
        with raw_site(lambda n: done if n else limit) as (url, _):
            jira = gateways(url, RequestTally(), time)[0]
            for number in range(then):
                jira.edit_issue(str(number), IssueEdit(summary="Neu", ref="a/b/c", digest="1"))
        return sum(time.slept)

    assert slept_after("jira-per-issue-on-write") == pytest.approx(1.0 + 7 / 45, abs=0.03)
    assert slept_after("jira-burst-based") > slept_after("jira-per-issue-on-write")


def test_what_would_wait_too_long_is_handed_back() -> None:
    def write(number: int) -> None:
        jira.edit_issue("10001", IssueEdit(summary=f"{number}", ref="a/b/c", digest="1"))

    with raw_site(lambda _: http("204 No Content", b"")) as (url, asked):
        jira = gateways(url, RequestTally(), TestTime())[0]
        for number in range(100):
            write(number)
        with pytest.raises(RateLimited) as limited:
            write(100)
        assert len(asked) == 100
    assert limited.value.retry_after is not None
    assert limited.value.retry_after > 5.0


def fastest(rounds: int, work: Callable[[int], object]) -> float:
    took = []
    for number in range(rounds):
        started = real_time.perf_counter()
        work(number)
        took.append(real_time.perf_counter() - started)
    return min(took)


def test_fifty_new_pages_at_a_tenth_of_a_second_each_are_made_side_by_side() -> None:
    site = empty_site()
    space = site.confluence.add_space("OKR", "OKR")
    timing = Timing(sleep=real_time.sleep, monotonic=real_time.monotonic, jitter=lambda: 1.0)
    site.faults = Faults("latency=100ms")
    with serving(site) as url:
        access = Access(url=url, token=site.token, email=site.email)
        confluence = ConfluenceCloudGateway(access=access, tally=RequestTally(), timing=timing)

        def make(number: int) -> None:
            titles = [f"Seite {number}/{page}" for page in range(50)]
            with ThreadPoolExecutor(CONNECTIONS) as pool:
                list(pool.map(lambda t: confluence.create_page(space.id, None, t, TeamText("<p>x</p>")), titles))

        assert fastest(3, make) <= 1.2
    assert len(site.log.writes()) == 150
