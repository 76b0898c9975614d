"""The contract of `connector.rings.SlotLedger`, the same on both databases."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from connector.errors import Code, ConnectorError
from connector.rings import Cause, Slot, SlotKind, SlotLedger
from connector.storage.store import Store

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def check_in(team: str = "onboarding", week: str = "2026-W48") -> Slot:
    return Slot(team=team, kind=SlotKind.CHECK_IN, slot=week)


def test_a_slot_is_served_once_and_rings_its_team(store: Store) -> None:
    ledger: SlotLedger = store.slot_ledger
    assert ledger.serve([check_in()], NOW) == (check_in(),)
    assert ledger.serve([check_in()], NOW) == ()
    (ring,) = store.ring_ledger.rings()
    assert (ring.team, ring.cause, ring.generation, ring.not_before) == ("onboarding", Cause.SLOT, 1, NOW)


def test_only_what_is_new_is_served_in_the_order_given(store: Store) -> None:
    old, one, other = check_in("b"), check_in("c"), check_in("a")
    store.slot_ledger.serve([old], NOW)
    assert store.slot_ledger.serve([one, old, other, one], NOW) == (one, other)
    assert {ring.team: ring.generation for ring in store.ring_ledger.rings()} == {"a": 1, "b": 1, "c": 1}


def test_team_kind_and_slot_tell_slots_apart(store: Store) -> None:
    slots = [
        check_in(),
        check_in(week="2026-W49"),
        check_in("other"),
        Slot(team="onboarding", kind=SlotKind.REFRESH, slot="2026-W48"),
        Slot(team="*", kind=SlotKind.NIGHTLY, slot="2026-11-24"),
        Slot(team="*", kind=SlotKind.POLL, slot="2026-11-24T10:05"),
    ]
    assert store.slot_ledger.serve(slots, NOW) == tuple(slots)


def test_what_the_clock_does_itself_rings_nobody(store: Store) -> None:
    poll = Slot(team="*", kind=SlotKind.POLL, slot="2026-11-24T10:05")
    assert store.slot_ledger.serve([poll], NOW, ring=False) == (poll,)
    assert store.ring_ledger.rings() == ()
    assert store.slot_ledger.serve([], NOW) == ()


def test_what_was_served_is_told_since_a_moment_and_forgotten_before_one(store: Store) -> None:
    early, late = check_in(week="2026-W47"), check_in(week="2026-W48")
    store.slot_ledger.serve([late], NOW)
    store.slot_ledger.serve([early], NOW - DAY)
    assert store.slot_ledger.served(NOW - DAY) == (early, late)
    assert store.slot_ledger.served(NOW) == (late,)
    assert store.slot_ledger.forget_before(NOW) == 1
    assert store.slot_ledger.forget_before(NOW) == 0
    assert store.slot_ledger.served(NOW - DAY) == (late,)


def test_a_slot_whose_ring_fails_is_not_served(store: Store) -> None:
    with store._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE rings RENAME TO rings_elsewhere")
    with pytest.raises(ConnectorError) as caught:
        store.slot_ledger.serve([check_in()], NOW)
    assert caught.value.code is Code.STORE_UNUSABLE
    assert store.slot_ledger.served(NOW - DAY) == ()


@pytest.mark.parametrize("slot", ["", "tomorrow", "2026-W48 Ada", "2026-W99"])
def test_words_are_no_slot(store: Store, slot: str) -> None:
    with pytest.raises(ConnectorError):
        store.slot_ledger.serve([check_in(), check_in(week=slot)], NOW)
    assert store.slot_ledger.served(NOW - DAY) == ()
    assert store.ring_ledger.rings() == ()


def test_of_clocks_side_by_side_one_serves_each_slot(store: Store) -> None:
    slots = [check_in(f"team-{number}", f"2026-W{week:02}") for number in range(10) for week in range(1, 6)]
    served: list[Slot] = []
    start = threading.Barrier(4)

    def clock(turn: int) -> None:
        start.wait()
        for step in range(0, len(slots), 5):
            due = slots[step : step + 10]
            served.extend(store.slot_ledger.serve(due if turn % 2 else due[::-1], NOW))

    threads = [threading.Thread(target=clock, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(served, key=str) == sorted(slots, key=str)
