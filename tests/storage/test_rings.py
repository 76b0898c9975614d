"""The contract of `connector.rings.RingLedger`, the same on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from connector.errors import Code, ConnectorError
from connector.rings import Cause, Claim, RingLedger
from connector.storage.ring_rows import MOST_ATTEMPTS
from connector.storage.rings import Rings
from connector.storage.shapes import TimeWithoutZone
from connector.storage.store import Store

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LEASE = 5 * MINUTE


@pytest.fixture
def rings(store: Store) -> Rings:
    return store.ring_ledger


def teams(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.team for claim in claims]


def park(rings: Rings, team: str, until: datetime = NOW) -> None:
    rings.ring([team], Cause.EVENT, NOW)
    for _ in range(MOST_ATTEMPTS):
        rings.give_back(rings.take([team], NOW, LEASE), NOW, until, Code.SPACE_MISSING)


def test_the_store_has_a_ring_ledger(store: Store) -> None:
    ledger: RingLedger = store.ring_ledger
    assert ledger.rings() == ()


def test_a_ring_is_due_at_once_and_free(rings: Rings) -> None:
    assert rings.ring(["onboarding", "*", "onboarding"], Cause.EVENT, NOW) == 2
    everybody, onboarding = rings.rings()
    assert (everybody.team, onboarding.team) == ("*", "onboarding")
    assert (onboarding.cause, onboarding.generation, onboarding.not_before) == (Cause.EVENT, 1, NOW)
    assert (onboarding.hold_until, onboarding.attempts, onboarding.parked, onboarding.claimed) == (None, 0, None, False)


def test_ringing_nobody_is_nothing(rings: Rings) -> None:
    assert rings.ring([], Cause.EVENT, NOW) == 0
    assert rings.rings() == ()


def test_a_second_ring_bumps_the_generation_and_its_cause_is_kept(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    rings.ring(["onboarding"], Cause.POLL, NOW + MINUTE)
    (ring,) = rings.rings()
    assert (ring.generation, ring.cause, ring.not_before) == (2, Cause.POLL, NOW)


def test_a_new_ring_may_lower_the_moment_and_never_raises_it(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.QUIET, NOW, NOW + 30 * MINUTE)
    assert rings.claim(NOW, LEASE, 10) == ()
    rings.ring(["onboarding"], Cause.QUIET, NOW, NOW + 60 * MINUTE)
    assert rings.rings()[0].not_before == NOW + 30 * MINUTE
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    assert rings.rings()[0].not_before == NOW


def test_a_new_ring_never_lowers_a_hold_but_time_ends_it(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    rings.give_back(rings.claim(NOW, LEASE, 1), NOW, NOW + 10 * MINUTE)
    rings.ring(["onboarding"], Cause.EVENT, NOW + MINUTE)
    assert rings.rings()[0].hold_until == NOW + 10 * MINUTE
    assert rings.claim(NOW + 9 * MINUTE, LEASE, 1) == ()
    assert teams(rings.claim(NOW + 10 * MINUTE, LEASE, 1)) == ["onboarding"]


def test_what_is_not_due_is_not_claimed(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.SLOT, NOW, NOW + MINUTE)
    assert rings.claim(NOW, LEASE, 10) == ()
    assert teams(rings.claim(NOW + MINUTE, LEASE, 10)) == ["onboarding"]


def test_the_longest_waiting_are_claimed_first(rings: Rings) -> None:
    for number, team in enumerate(["c", "a", "b"]):
        rings.ring([team], Cause.EVENT, NOW + number * MINUTE)
    rings.ring(["d"], Cause.EVENT, NOW - MINUTE)
    rings.give_back(rings.take(["d"], NOW, LEASE), NOW, NOW + 5 * MINUTE)  # waits since its hold ended
    later = NOW + 10 * MINUTE
    assert teams(rings.claim(later, LEASE, 2)) == ["c", "a"]
    assert teams(rings.claim(later, LEASE, 10)) == ["b", "d"]


def test_a_claimed_team_is_nobody_elses_until_the_lease_ends(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    (first,) = rings.claim(NOW, LEASE, 10)
    assert (first.generation, first.until) == (1, NOW + LEASE)
    assert rings.rings()[0].claimed
    assert rings.claim(NOW + LEASE - timedelta(microseconds=1), LEASE, 10) == ()
    assert rings.take(["onboarding"], NOW, LEASE) == ()
    (second,) = rings.claim(NOW + LEASE, LEASE, 10)
    assert second.token > first.token


def test_a_worker_that_slept_past_its_lease_changes_nothing(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    slept = rings.claim(NOW, LEASE, 10)
    awake = NOW + LEASE
    fresh = rings.claim(awake, LEASE, 10)
    assert not rings.holds(slept, awake)
    assert not rings.extend(slept, awake, LEASE)
    before = rings.rings()
    rings.finish(slept, awake)
    rings.give_back(slept, awake, awake + MINUTE, Code.NOT_FOUND)
    assert rings.rings() == before
    assert rings.holds(fresh, awake)
    rings.finish(fresh, awake)
    assert rings.rings() == ()


def test_a_token_never_comes_again_though_its_ring_is_gone(rings: Rings) -> None:
    """Else a worker of the first ring would pass for the worker of the second."""
    tokens = []
    for _ in range(3):
        rings.ring(["onboarding"], Cause.EVENT, NOW)
        claims = rings.claim(NOW, LEASE, 1)
        tokens.append(claims[0].token)
        rings.finish(claims, NOW)
    assert tokens == sorted(set(tokens))


def test_a_lease_that_ran_out_is_not_held_even_when_nobody_took_it(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    claims = rings.claim(NOW, LEASE, 1)
    assert rings.holds(claims, NOW + LEASE - MINUTE)
    assert not rings.holds(claims, NOW + LEASE)
    assert not rings.extend(claims, NOW + LEASE, LEASE)


def test_an_extended_lease_runs_on_under_its_token(rings: Rings) -> None:
    rings.ring(["a", "b"], Cause.EVENT, NOW)
    claims = rings.claim(NOW, LEASE, 2)
    assert rings.extend(claims, NOW + 4 * MINUTE, LEASE)
    assert rings.holds(claims, NOW + 8 * MINUTE)
    assert rings.claim(NOW + 8 * MINUTE, LEASE, 2) == ()


def test_of_several_leases_one_that_is_lost_extends_none(rings: Rings) -> None:
    rings.ring(["a", "b"], Cause.EVENT, NOW)
    claims = rings.claim(NOW, LEASE, 2)
    rings.finish(claims[:1], NOW)
    assert not rings.holds(claims, NOW)
    assert not rings.extend(claims, NOW + MINUTE, LEASE)
    assert not rings.holds(claims[1:], NOW + LEASE)


def test_no_claims_are_always_held(rings: Rings) -> None:
    assert rings.holds((), NOW)
    assert rings.extend((), NOW, LEASE)
    rings.finish((), NOW)
    rings.give_back((), NOW, NOW)


def test_a_finished_ring_is_gone(rings: Rings) -> None:
    rings.ring(["a", "b"], Cause.EVENT, NOW)
    claims = rings.claim(NOW, LEASE, 1)
    rings.finish(claims, NOW)
    assert [ring.team for ring in rings.rings()] == ["b"]


def test_a_ring_that_came_during_the_work_is_free_and_due(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    rings.give_back(rings.claim(NOW, LEASE, 1), NOW, NOW, Code.NOT_FOUND)
    claims = rings.claim(NOW, LEASE, 1)
    rings.ring(["onboarding"], Cause.EVENT, NOW + MINUTE)
    rings.finish(claims, NOW + 2 * MINUTE)
    (ring,) = rings.rings()
    assert (ring.claimed, ring.attempts, ring.hold_until) == (False, 0, None)
    assert teams(rings.claim(NOW + 2 * MINUTE, LEASE, 1)) == ["onboarding"]


def test_a_command_that_finishes_leaves_a_later_ring_due_at_once(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.QUIET, NOW, NOW + 30 * MINUTE)
    claims = rings.take(["onboarding"], NOW, LEASE)
    rings.ring(["onboarding"], Cause.QUIET, NOW, NOW + 31 * MINUTE)
    rings.finish(claims, NOW + MINUTE)
    assert teams(rings.claim(NOW + MINUTE, LEASE, 1)) == ["onboarding"]


def test_given_back_for_less_a_longer_hold_stays(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    rings.give_back(rings.claim(NOW, LEASE, 1), NOW, NOW + 60 * MINUTE)
    rings.give_back(rings.take(["onboarding"], NOW, LEASE), NOW, NOW + MINUTE)
    assert rings.rings()[0].hold_until == NOW + 60 * MINUTE


def test_a_command_takes_teams_that_are_held_parked_early_or_not_rung_at_all(rings: Rings) -> None:
    park(rings, "parked")
    rings.ring(["early"], Cause.QUIET, NOW, NOW + MINUTE)
    rings.ring(["held"], Cause.EVENT, NOW)
    rings.give_back(rings.claim(NOW, LEASE, 1), NOW, NOW + MINUTE)
    claims = rings.take(["silent", "parked", "early", "held", "held"], NOW, LEASE)
    assert teams(claims) == ["early", "held", "parked", "silent"]
    assert len({claim.token for claim in claims}) == 4
    assert rings.take([], NOW, LEASE) == ()
    rings.finish(claims, NOW)
    assert rings.rings() == ()


def test_what_a_command_that_died_had_taken_becomes_due(rings: Rings) -> None:
    rings.take(["onboarding"], NOW, LEASE)
    assert teams(rings.claim(NOW + LEASE, LEASE, 1)) == ["onboarding"]


@pytest.mark.parametrize("team", ["", "Onboarding", "team of Ada Beispiel", "a" * 41, "**"])
def test_a_team_that_is_no_id_of_ours_is_refused_with_the_others(rings: Rings, team: str) -> None:
    with pytest.raises(ConnectorError) as caught:
        rings.ring(["onboarding", team], Cause.EVENT, NOW)
    assert caught.value.code is Code.STORE_UNUSABLE
    assert "Ada" not in str(caught.value)
    assert rings.rings() == ()


def test_a_moment_without_zone_is_refused(rings: Rings) -> None:
    with pytest.raises(TimeWithoutZone):
        rings.ring(["onboarding"], Cause.EVENT, NOW.replace(tzinfo=None))
    assert rings.rings() == ()


def test_a_thousand_teams_are_one_call(rings: Rings) -> None:
    many = [f"team-{number}" for number in range(1000)]
    assert rings.ring(many, Cause.POLL, NOW) == 1000
    claims = rings.claim(NOW, LEASE, 2000)
    assert len(claims) == 1000
    assert rings.holds(claims, NOW)
    assert rings.extend(claims, NOW, LEASE)
    rings.finish(claims, NOW)
    assert rings.rings() == ()


def test_the_search_is_behind_for_the_longest_of_all_that_was_told_and_until_the_ring_is_served(rings: Rings) -> None:
    for behind in (None, NOW + 3 * MINUTE, NOW + 9 * MINUTE, NOW + 5 * MINUTE, None):
        rings.ring(["onboarding"], Cause.EVENT, NOW, behind_until=behind)
    (claim,) = rings.claim(NOW, LEASE, 1)
    assert claim.behind_until == NOW + 9 * MINUTE
    rings.finish([claim], NOW, {"onboarding": NOW + 9 * MINUTE})
    (again,) = rings.claim(NOW + 9 * MINUTE, LEASE, 1)
    assert again.behind_until == NOW + 9 * MINUTE
    rings.finish([again], NOW + 9 * MINUTE)
    rings.ring(["onboarding"], Cause.EVENT, NOW)
    assert rings.claim(NOW + 9 * MINUTE, LEASE, 1)[0].behind_until is None


def test_given_back_the_search_is_behind_as_it_was(rings: Rings) -> None:
    rings.ring(["onboarding"], Cause.EVENT, NOW, behind_until=NOW + 3 * MINUTE)
    rings.give_back(rings.claim(NOW, LEASE, 1), NOW, NOW)
    assert rings.take(["onboarding"], NOW, LEASE)[0].behind_until == NOW + 3 * MINUTE
