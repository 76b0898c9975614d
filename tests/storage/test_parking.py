"""A team whose own fault it is eight times is parked, until a new ring or an operator comes; on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from connector.errors import Code
from connector.rings import Cause
from connector.storage.ring_rows import MOST_ATTEMPTS
from connector.storage.rings import Rings
from connector.storage.store import Store

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LEASE = 5 * MINUTE


@pytest.fixture
def rings(store: Store) -> Rings:
    return store.ring_ledger


def claimed(rings: Rings, at: datetime) -> list[str]:
    return [claim.team for claim in rings.claim(at, LEASE, 10)]


def park(rings: Rings, team: str, until: datetime = NOW) -> None:
    rings.ring([team], Cause.EVENT, NOW)
    for _ in range(MOST_ATTEMPTS):
        rings.give_back(rings.take([team], NOW, LEASE), NOW, until, Code.SPACE_MISSING)


def test_given_back_without_a_code_is_no_attempt(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    at = NOW
    for _ in range(2 * MOST_ATTEMPTS):
        claims = rings.claim(at, LEASE, 1)
        at += MINUTE
        rings.give_back(claims, at, at)
    (ring,) = rings.rings()
    assert (ring.attempts, ring.parked, ring.hold_until, ring.claimed) == (0, None, at, False)


def test_the_eighth_failure_parks_and_time_does_not_help(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert rings.rings()[0].parked is None
        rings.give_back(rings.claim(NOW, LEASE, 1), NOW, NOW, Code.SPACE_MISSING)
        assert rings.rings()[0].attempts == attempt
    assert rings.rings()[0].parked is Code.SPACE_MISSING
    assert rings.claim(NOW + timedelta(days=365), LEASE, 1) == ()


def test_a_new_ring_gives_a_parked_team_one_try_and_no_more(rings: Rings) -> None:
    park(rings, "onboarding")
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    rings.give_back(rings.claim(NOW, LEASE, 1), NOW, NOW, Code.NOT_FOUND)
    assert rings.rings()[0].parked is Code.NOT_FOUND
    assert rings.claim(NOW, LEASE, 1) == ()


def test_the_one_try_is_not_used_up_by_what_is_not_the_teams_fault(rings: Rings) -> None:
    park(rings, "onboarding")
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    rings.give_back(rings.claim(NOW, LEASE, 1), NOW, NOW)
    assert claimed(rings, NOW) == ["onboarding"]


def test_the_one_try_waits_for_the_hold(rings: Rings) -> None:
    park(rings, "onboarding", until=NOW + MINUTE)
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    assert rings.claim(NOW, LEASE, 1) == ()
    assert claimed(rings, NOW + MINUTE) == ["onboarding"]


def test_a_ring_during_the_eighth_attempt_gives_one_try_likewise(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    for _ in range(MOST_ATTEMPTS - 1):
        rings.give_back(rings.claim(NOW, LEASE, 1), NOW, NOW, Code.SPACE_MISSING)
    claims = rings.claim(NOW, LEASE, 1)
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    rings.give_back(claims, NOW, NOW, Code.SPACE_MISSING)
    again = rings.claim(NOW, LEASE, 1)
    assert [claim.team for claim in again] == ["onboarding"]
    rings.give_back(again, NOW, NOW, Code.SPACE_MISSING)
    assert rings.rings()[0].parked is Code.SPACE_MISSING


def test_one_that_succeeds_after_it_was_parked_starts_afresh(rings: Rings) -> None:
    park(rings, "onboarding")
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    rings.finish(rings.claim(NOW, LEASE, 1), NOW)
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    assert rings.rings()[0].attempts == 0


def test_retry_frees_what_is_parked_or_held_with_fresh_attempts(rings: Rings) -> None:
    park(rings, "parked", until=NOW + 60 * MINUTE)
    rings.ring(["held", "due"], Cause.EVENT, NOW)
    rings.give_back(rings.take(["held"], NOW, LEASE), NOW, NOW + MINUTE, Code.NOT_FOUND)
    assert rings.retry(["parked", "held", "due", "unknown"], NOW) == 2
    assert {ring.attempts for ring in rings.rings()} == {0}
    assert sorted(claimed(rings, NOW)) == ["due", "held", "parked"]
    assert rings.retry([], NOW) == 0
