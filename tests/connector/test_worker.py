"""What a worker claims is served, or comes back when there is hope; what cannot be served does not stop the rest."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from connector.errors import BookError, Code, PermanentError, SiteUnreachable, UnsafePlan, VersionConflict
from connector.folder import MappingFolder
from connector.living_book import LivingBook
from connector.rings import Cause, RingLedger
from connector.sync.leave import Leave, LeaveLost
from connector.worker import LEASE, Worker
from tests.connector.working import ADVICE, LOST, NOBODY_LEFT, NOW, UNREACHABLE, Bench, Hands, Runs, bench, limited

MINUTE = timedelta(minutes=1)


@pytest.fixture
def on(database_url: str, tmp_path: Path) -> Iterator[Bench]:
    with bench(database_url, tmp_path) as made:
        yield made


def test_an_empty_queue_asks_nobody(on: Bench) -> None:
    assert not on.worker.once()
    assert on.runs.asked == []


def test_all_that_is_due_is_one_run_and_gone(on: Bench) -> None:
    on.ring("onboarding", "metering")
    assert on.worker.once()
    assert on.runs.asked == [("metering", "onboarding")]
    assert on.rings() == {}


def test_a_ring_that_came_during_the_work_is_served_again(on: Bench) -> None:
    on.ring("metering")
    on.runs.meanwhile = lambda: on.ring("metering")
    on.worker.once()
    on.runs.meanwhile = lambda: None
    assert on.worker.once()
    assert on.rings() == {}


def test_a_site_that_asks_for_rest_gets_it_and_nothing_is_counted(on: Bench) -> None:
    on.ring("metering", "onboarding")
    on.runs.breaks = limited(90)
    on.worker.once()
    assert on.waits("metering") == on.waits("onboarding") == timedelta(seconds=90)
    assert {ring.attempts for ring in on.rings().values()} == {0}
    assert not on.worker.once()
    on.clock.pass_by(seconds=91)
    on.runs.breaks = None
    assert on.worker.once()
    assert on.rings() == {}


def test_rest_of_absurd_length_is_an_hour(on: Bench) -> None:
    on.ring("metering")
    on.runs.troubles["metering"] = (limited(10_000_000),)
    on.worker.once()
    assert on.waits("metering") == timedelta(hours=1)


@pytest.mark.parametrize("error", [UNREACHABLE, LOST, VersionConflict(Code.VERSION_CONFLICT, ADVICE)])
def test_what_passes_by_itself_is_tried_every_minute_for_ever(on: Bench, error: Exception) -> None:
    on.ring("metering")
    on.runs.troubles["metering"] = (error,)
    for _ in range(20):
        assert on.worker.once()
        assert on.waits("metering") == MINUTE
        on.clock.pass_by(minutes=1)
    assert on.rings()["metering"].attempts == 0


def test_a_teams_own_fault_is_tried_with_growing_patience_and_parked_after_eight(on: Bench) -> None:
    on.ring("metering", "onboarding")
    on.runs.troubles["metering"] = (NOBODY_LEFT,)
    assert on.fails_until_parked("metering") == [1, 2, 4, 8, 16, 32, 60]
    assert on.rings()["metering"].parked is Code.SPACE_MISSING
    assert "onboarding" not in on.rings()
    on.clock.pass_by(days=3)
    assert not on.worker.once()


def test_a_new_ring_gives_a_parked_team_one_try(on: Bench) -> None:
    on.ring("metering")
    on.runs.troubles["metering"] = (NOBODY_LEFT,)
    on.fails_until_parked("metering")
    tries = len(on.runs.asked)
    on.clock.pass_by(minutes=1)
    on.ring("metering")
    assert on.fails_until_parked("metering") == []
    assert len(on.runs.asked) == tries + 1
    on.clock.pass_by(minutes=1)
    on.ring("metering")
    on.runs.troubles.clear()
    on.worker.once()
    assert on.rings() == {}


def test_a_create_that_may_have_been_done_waits_as_long_as_the_search_may_be_behind(on: Bench) -> None:
    on.ring("metering")
    waits = SiteUnreachable(Code.CREATE_WAITS, ADVICE)
    on.runs.troubles["metering"] = (waits,)
    on.runs.search_lag = timedelta(minutes=2)
    on.worker.once()
    assert on.waits("metering") == timedelta(minutes=2)
    assert on.rings()["metering"].attempts == 0
    on.clock.pass_by(minutes=2)
    on.runs.search_lag = timedelta(minutes=60)
    on.worker.once()
    assert on.waits("metering") == timedelta(minutes=5)


def test_a_source_that_was_not_read_leaves_its_team_served(on: Bench) -> None:
    on.ring("metering")
    on.runs.troubles["metering"] = (PermanentError(Code.SOURCE_UNREADABLE, ADVICE),)
    on.worker.once()
    assert on.rings() == {}


def test_beside_a_source_the_other_fault_counts(on: Bench) -> None:
    on.ring("metering")
    on.runs.troubles["metering"] = (PermanentError(Code.SOURCE_UNREADABLE, ADVICE), NOBODY_LEFT)
    on.worker.once()
    assert on.rings()["metering"].attempts == 1


def test_what_passes_by_itself_wins_over_what_does_not(on: Bench) -> None:
    on.ring("metering")
    on.runs.troubles["metering"] = (NOBODY_LEFT, limited(30))
    on.worker.once()
    assert on.rings()["metering"].attempts == 0
    assert on.waits("metering") == timedelta(seconds=30)


def test_a_ring_for_everybody_serves_all_teams_at_once(on: Bench) -> None:
    on.ring("*", "metering")
    on.worker.once()
    assert on.runs.asked == [()]
    assert on.rings() == {}


def test_a_ring_for_everybody_waits_while_another_worker_has_a_team(on: Bench) -> None:
    on.ring("onboarding")
    theirs = on.store.ring_ledger.claim(NOW, LEASE, 1)
    on.ring("*")
    on.worker.once()
    assert on.runs.asked == [("metering",)]
    assert on.waits("*") == MINUTE
    on.store.ring_ledger.finish(theirs, NOW)
    on.clock.pass_by(minutes=1)
    on.worker.once()
    assert on.runs.asked[1:] == [()]
    assert on.rings() == {}


def test_a_ring_for_everybody_alone_is_no_run_over_teams_of_others(on: Bench) -> None:
    on.ring("onboarding", "metering")
    on.store.ring_ledger.claim(NOW, LEASE, 2)
    on.ring("*")
    on.worker.once()
    assert on.runs.asked == []
    assert on.waits("*") == MINUTE


def test_a_team_that_left_the_book_is_let_go(on: Bench) -> None:
    on.ring("left-long-ago", "metering")
    on.worker.once()
    assert on.runs.asked == [("metering",)]
    assert on.rings() == {}


def test_a_page_that_waits_for_its_moment_rings_then(on: Bench) -> None:
    on.ring("metering")
    on.runs.postponed["metering"] = NOW + 20 * MINUTE
    on.worker.once()
    ring = on.rings()["metering"]
    assert (ring.cause, ring.not_before, ring.claimed) == (Cause.QUIET, NOW + 20 * MINUTE, False)
    assert not on.worker.once()
    on.ring("metering")  # an event does not wait for it
    assert on.worker.once()


def test_a_postponed_page_of_a_team_that_rang_meanwhile_is_looked_at_at_once(on: Bench) -> None:
    on.ring("metering")
    on.runs.postponed["metering"] = NOW + 20 * MINUTE
    on.runs.meanwhile = lambda: on.ring("metering")
    on.worker.once()
    assert on.waits("metering") == timedelta(0)


def test_a_page_of_all_that_waits_rings_everybody(on: Bench) -> None:
    on.ring("metering")
    on.runs.postponed["*"] = NOW + 30 * MINUTE
    on.worker.once()
    assert on.waits("*") == 30 * MINUTE


def test_a_fault_of_ours_about_one_team_does_not_stop_the_others(on: Bench) -> None:
    on.ring("metering", "onboarding")
    on.runs.troubles["metering"] = ZeroDivisionError("a fault of ours")
    on.worker.once()
    assert on.runs.asked == [("metering", "onboarding"), ("metering",), ("onboarding",)]
    assert on.rings().keys() == {"metering"}
    on.clock.pass_by(minutes=1)
    on.fails_until_parked("metering")
    assert on.rings()["metering"].parked is Code.NOT_FORESEEN


def test_a_refused_token_is_nobodys_own_fault_and_not_tried_team_by_team(on: Bench) -> None:
    on.ring("metering", "onboarding")
    on.runs.breaks = PermanentError(Code.TOKEN_REFUSED, ADVICE)
    on.worker.once()
    assert len(on.runs.asked) == 1
    assert {ring.attempts for ring in on.rings().values()} == {0}
    assert on.waits("metering") == 5 * MINUTE


def test_a_plan_that_would_retire_too_much_is_shown_in_the_end(on: Bench) -> None:
    on.ring("metering", "onboarding")
    on.runs.breaks = UnsafePlan(Code.UNSAFE_PLAN, ADVICE)
    on.fails_until_parked("metering")
    assert len(on.runs.asked) == 8
    assert {ring.parked for ring in on.rings().values()} == {Code.UNSAFE_PLAN}


def test_without_any_book_rings_are_kept(on: Bench) -> None:
    (on.book / "strategy.yaml").unlink()
    on.ring("metering")
    on.worker.once()
    assert on.runs.asked == []
    assert on.waits("metering") == 5 * MINUTE
    with pytest.raises(BookError):
        LivingBook(MappingFolder(on.book)).current(NOW.date())


def test_a_process_that_is_to_stop_gives_its_teams_back_at_once(on: Bench) -> None:
    on.ring("metering")
    on.runs.meanwhile = on.worker.stopping.set
    on.worker.run()
    assert on.waits("metering") == timedelta(0)
    assert not on.rings()["metering"].claimed
    assert on.rings()["metering"].attempts == 0


def test_a_process_that_hangs_can_leave_its_teams_to_others(on: Bench) -> None:
    asked, goes_on = threading.Event(), threading.Event()

    def hang() -> None:
        asked.set()
        goes_on.wait(5)

    on.ring("metering")
    on.runs.meanwhile = hang
    thread = threading.Thread(target=on.worker.once)
    thread.start()
    assert asked.wait(5)
    on.worker.leave_off()
    assert [claim.team for claim in on.store.ring_ledger.claim(NOW, LEASE, 5)] == ["metering"]
    goes_on.set()
    thread.join()
    assert on.rings()["metering"].claimed  # by the other, whose claim the late one left alone


def test_a_worker_that_slept_past_its_lease_writes_nothing_and_leaves_the_ring_to_the_other(on: Bench) -> None:
    on.ring("metering")
    other: list[object] = []

    def sleep() -> None:
        on.clock.pass_by(minutes=6)
        other.extend(on.store.ring_ledger.claim(on.clock.now(), LEASE, 5))

    on.runs.meanwhile = sleep
    told: list[object] = []
    on.worker.told = told.append
    on.worker.once()
    assert len(other) == 1
    assert told == []
    assert on.rings()["metering"].claimed
    assert on.waits("metering") <= timedelta(0)


def test_a_queue_that_cannot_be_used_ends_no_worker(on: Bench) -> None:
    on.ring("metering")
    stopping = on.worker.stopping
    replace(on.worker, rings=_Failing(on.store.ring_ledger), told=lambda report: stopping.set()).run()
    assert on.rings() == {}


class _Failing:
    """A queue that fails once."""

    def __init__(self, rings: RingLedger) -> None:
        self._rings, self._failed = rings, False

    def __getattr__(self, name: str) -> object:
        if not self._failed:
            self._failed = True
            raise PermanentError(Code.STORE_UNUSABLE, ADVICE)
        return getattr(self._rings, name)


def test_a_lease_is_made_longer_while_the_work_goes_on_and_looked_at_before_every_write(on: Bench) -> None:
    on.ring("metering")
    claims = on.store.ring_ledger.claim(NOW, LEASE, 1)
    leave = Leave(rings=on.store.ring_ledger, claims=claims, clock=on.clock, lease=LEASE)
    for _ in range(10):
        leave.ask()
        on.clock.pass_by(seconds=25)
    leave.ask()
    on.clock.pass_by(seconds=10)
    on.store.ring_ledger.finish(claims, on.clock.now())  # as a command of an operator that took it
    with pytest.raises(LeaveLost):
        leave.ask()


def test_a_clock_that_was_put_back_does_not_stretch_a_lease(on: Bench) -> None:
    on.ring("metering")
    claims = on.store.ring_ledger.claim(NOW, LEASE, 1)
    late = Hands(NOW - timedelta(hours=1))
    leave = Leave(rings=on.store.ring_ledger, claims=claims, clock=late, lease=LEASE)
    leave.ask()
    assert on.store.ring_ledger.claim(NOW + LEASE, LEASE, 1)  # by the others' clocks it has run out
    with pytest.raises(LeaveLost):
        leave.ask()


def test_a_changed_book_is_in_force_at_the_next_batch(on: Bench) -> None:
    on.ring("metering")
    on.worker.once()
    (on.book / "teams" / "metering.yaml").unlink()
    on.ring("metering", "*")
    on.worker.once()
    assert on.runs.asked == [("metering",), ()]
    assert on.rings() == {}


def test_two_workers_never_have_the_same_team(on: Bench) -> None:
    runs = [Runs(), Runs()]

    def work(engine: Runs) -> None:
        worker = Worker(engine=engine, rings=on.store.ring_ledger, book=on.worker.book, clock=on.clock)
        for _ in range(10):
            worker.once()

    on.ring("metering", "onboarding")
    threads = [threading.Thread(target=work, args=(engine,)) for engine in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(team for engine in runs for teams in engine.asked for team in teams) == ["metering", "onboarding"]
    assert on.rings() == {}


def test_while_the_sites_are_read_the_lease_is_made_longer_by_itself(on: Bench) -> None:
    on.ring("metering")
    span = timedelta(seconds=0.3)
    claims = on.store.ring_ledger.claim(NOW, span, 1)
    with Leave(rings=on.store.ring_ledger, claims=claims, clock=on.clock, lease=span):
        on.clock.pass_by(seconds=0.29)
        time.sleep(0.3)
        assert on.store.ring_ledger.claim(NOW + 1.5 * span, span, 1) == ()
    on.clock.pass_by(seconds=1)
    time.sleep(0.3)
    assert len(on.store.ring_ledger.claim(on.clock.now(), span, 1)) == 1


def test_what_an_event_told_is_looked_for_again_once_the_search_must_know_it(on: Bench) -> None:
    """Teams whose epics are named by their keys need no second look: those are never read from the index."""
    on.ring("metering", "onboarding", lag=15 * MINUTE)  # the one names a label, the other keys
    on.worker.once()
    assert on.rings().keys() == {"metering"}
    assert on.waits("metering") == 15 * MINUTE
    on.clock.pass_by(minutes=15)
    on.worker.once()
    assert on.rings() == {}
    assert on.runs.asked == [("metering", "onboarding"), ("metering",)]


def test_a_second_look_that_is_owed_survives_whatever_rings_before_it(on: Bench) -> None:
    on.ring("metering", lag=15 * MINUTE)
    on.worker.once()
    on.clock.pass_by(minutes=5)
    on.ring("metering")  # a page, a reading: the search was not asked about them
    assert on.worker.once()
    assert on.waits("metering") == 10 * MINUTE
    on.clock.pass_by(minutes=10)
    assert on.worker.once()
    assert on.rings() == {}


def test_a_look_that_begins_when_the_search_must_know_is_the_second_one_already(on: Bench) -> None:
    on.ring("metering", lag=15 * MINUTE)
    on.clock.pass_by(minutes=15)
    assert on.worker.once()
    assert on.rings() == {}


def test_a_ring_during_the_first_look_leaves_the_second_one_owed(on: Bench) -> None:
    on.ring("metering", lag=15 * MINUTE)
    on.runs.meanwhile = lambda: on.ring("metering")
    on.worker.once()
    on.runs.meanwhile = lambda: None
    assert on.waits("metering") == timedelta(0)
    on.worker.once()
    assert on.waits("metering") == 15 * MINUTE
