"""Malformed calls by the thousand: every one gets a verdict, none an answer of 500 or more."""

from collections import Counter
from pathlib import Path

import pytest
from flask import Flask, Response, request

from tests.webhooks.malformed import calls
from tests.webhooks.stand import Stand
from tests.webhooks.test_routes import an_event

PAYLOADS = Path(__file__).parents[3] / "shared" / "payloads" / "webhooks"
READING = b'{"value":41.5,"on":"2026-11-23"}'


def samples() -> tuple[bytes, ...]:
    recorded = tuple(path.read_bytes() for path in sorted(PAYLOADS.glob("*.json")))
    return (an_event(), READING, b'{"event":"page_updated","page":{"id":1}}', *recorded)


def statuses(app: Flask, count: int, seed: int) -> Counter[int]:
    client = app.test_client()
    seen: Counter[int] = Counter()
    for call in calls(count, seed, samples()):
        answer = client.post(f"{call.path}?{call.query}", data=call.body, headers=list(call.headers))
        assert len(answer.data) < 300, "an answer is a constant word"
        seen[answer.status_code] += 1
    return seen


def verdicts(seen: Counter[int]) -> None:
    assert [status for status in seen if status >= 500] == []
    assert set(seen) <= {202, 204, 400, 401, 404, 413}
    assert min(seen[status] for status in (202, 204, 400, 401)) > sum(seen.values()) / 200, "all ways are gone"


def test_five_thousand_malformed_calls_get_a_verdict() -> None:
    verdicts(statuses(Stand().app(), 5_000, seed=1))


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_hundred_thousand_malformed_calls_get_a_verdict() -> None:
    verdicts(statuses(Stand().app(), 100_000, seed=2))


def test_a_door_that_breaks_on_some_bodies_is_found_out() -> None:
    """The planted fault: a view that decodes before it judges."""
    app = Stand().app()
    honest = app.view_functions["webhooks.jira"]

    def careless() -> Response:
        request.get_data(cache=True).decode("utf-8")
        return honest()

    app.view_functions["webhooks.jira"] = careless
    assert statuses(app, 500, seed=3)[500] > 0
