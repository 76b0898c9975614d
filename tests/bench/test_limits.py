"""The short form of `limits_bench`: a site with Atlassian's limits refuses nothing of ours, but refuses the hasty."""

from datetime import timedelta

import pytest

from tests.bench.limits_bench import bound, measure
from tests.bench.rates import BURSTS, Limits


def test_a_small_crowd_is_served_without_a_refusal() -> None:
    cold, quiet = measure(12, timedelta(milliseconds=2), here=True)
    assert cold.run.served()
    assert (cold.refused, quiet.refused) == (0, 0)
    assert cold.run.writes > 100
    assert quiet.run.writes == 0


@pytest.mark.parametrize(("method", "path"), [("POST", "/rest/api/3/issueLink"), ("PUT", "/wiki/api/v2/pages/{}")])
def test_who_is_too_fast_is_refused_for_its_endpoint_alone(method: str, path: str) -> None:
    limits = Limits(monotonic=lambda: 10.0)
    replies = [limits.verdict(method, path.replace("{}", str(n))).reply for n in range(BURSTS[method] + 1)]
    assert [reply.status for reply in replies if reply] == [429]
    assert replies[-1] is not None
    assert limits.verdict("POST", "/wiki/api/v2/pages").reply is None
    assert sum(limits.refused.values()) == 1


def test_one_issue_takes_twenty_writes_in_two_seconds() -> None:
    now = [0.0]
    limits = Limits(monotonic=lambda: now[0])
    for _ in range(20):
        assert limits.verdict("PUT", "/rest/api/3/issue/10001").reply is None
    refused = limits.verdict("POST", "/rest/api/3/issue/10001/remotelink").reply
    assert refused is not None
    assert ("RateLimit-Reason", "jira-per-issue-on-write") in refused.headers
    now[0] = 2.1
    assert limits.verdict("PUT", "/rest/api/3/issue/10001").reply is None


def test_the_bound_counts_limits_and_latency() -> None:
    assert bound({("POST", "/rest/api/3/issueLink"): 1000}, 0.05) == pytest.approx(10.0)
    assert bound({("POST", "/rest/api/3/search/jql"): 10, ("PUT", "/x"): 8}, 0.05) == pytest.approx(0.5 + 0.16)
    beside = {("POST", "/rest/api/3/issueLink"): 1000, ("POST", "/wiki/api/v2/pages"): 800}
    assert bound(beside, 0.05) == pytest.approx(10.0)
    assert bound(beside | {("POST", "/rest/api/3/issue/{}/remotelink"): 100}, 0.05) == pytest.approx(11.0)
