"""What a tick serves, and what a changed book rings; the stories over days stand in tests/flow/test_live_time.py."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from connector.folder import MappingFolder
from connector.living_book import LivingBook
from connector.log import FACTS
from connector.rings import SlotKind
from connector.ticker import Ticker, changed_teams
from connector.token_age import TokenStanding
from mappings.okr import MappingBook
from tests.connector.working import NOW, Bench, bench


@pytest.fixture
def on(database_url: str, tmp_path: Path) -> Iterator[Bench]:
    with bench(database_url, tmp_path) as made:
        yield made


def clock_of(on: Bench) -> Ticker:
    book = LivingBook(MappingFolder(on.book), sleep=lambda seconds: None)
    store = on.store
    return Ticker(slots=store.slot_ledger, rings=store.ring_ledger, book=book, clock=on.clock, poller=None)


def test_a_first_tick_rings_everybody_and_a_second_nobody(on: Bench) -> None:
    clock = clock_of(on)
    assert SlotKind.NIGHTLY in {slot.kind for slot in clock.tick()}
    assert "*" in on.rings()
    assert clock.tick() == ()
    assert clock_of(on).tick() == ()


def test_two_clocks_that_tick_at_one_moment_serve_each_slot_once(on: Bench) -> None:
    served: list[object] = []
    together = threading.Barrier(2)

    def tick() -> None:
        clock = clock_of(on)
        together.wait(5)
        served.extend(clock.tick())

    threads = [threading.Thread(target=tick) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(served) == len(set(served)) > 0
    assert set(served) == set(on.store.slot_ledger.served(NOW))


def test_without_a_book_a_tick_is_left_out_and_the_next_one_serves(on: Bench) -> None:
    kept = (on.book / "strategy.yaml").read_text("utf-8")
    (on.book / "strategy.yaml").unlink()
    clock = clock_of(on)
    clock.try_to_tick()
    assert on.rings() == {}
    (on.book / "strategy.yaml").write_text(kept, "utf-8")
    clock.try_to_tick()
    assert "*" in on.rings()


def test_a_clock_that_is_told_to_stop_before_it_begins_ends_at_once(on: Bench) -> None:
    told = threading.Event()
    told.set()
    clock_of(on).run(told)


def told_of_the_token(caplog: pytest.LogCaptureFixture) -> list[tuple[str, object]]:
    """Level and facts of every line about it."""
    lines = [line for line in caplog.records if line.name == "connector.token_age"]
    return [(line.levelname, line.__dict__["facts"]) for line in lines]


def test_a_token_that_ends_is_announced_once_a_night_by_one_of_all_clocks(
    on: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    last = NOW.date() + timedelta(days=1)
    for _ in range(4):  # nights
        for clock in (clock_of(on), clock_of(on)):
            clock.token_expires = last
            clock.tick()
            clock.tick()
        on.clock.pass_by(days=1)
    soon, ended = TokenStanding.ENDS_SOON, {"code": TokenStanding.ENDED, "day": last}
    assert told_of_the_token(caplog) == [
        ("WARNING", {"code": soon, "day": last, "number": 1}),
        ("WARNING", {"code": soon, "day": last, "number": 0}),
        ("ERROR", ended),
        ("ERROR", ended),
    ]
    assert all(set(told) <= set(FACTS) and FACTS["code"](told["code"]) for _, told in told_of_the_token(caplog))


def test_of_a_token_that_holds_or_is_not_known_nothing_is_said(on: Bench, caplog: pytest.LogCaptureFixture) -> None:
    clock = clock_of(on)
    for expires in (None, NOW.date() + timedelta(days=32)):
        clock.token_expires = expires
        assert SlotKind.RETENTION in {slot.kind for slot in clock.tick()}
        on.clock.pass_by(days=1)
    assert told_of_the_token(caplog) == []


def book_of(on: Bench) -> MappingBook:
    return MappingFolder(on.book).book(NOW.date())


def test_a_changed_team_is_rung_alone(on: Bench) -> None:
    before = book_of(on)
    other = replace(before, teams=tuple(replace(t, size=9) if t.id == "metering" else t for t in before.teams))
    assert changed_teams(before, other) == ("metering",)
    assert changed_teams(before, book_of(on)) == ()


def test_a_new_team_is_rung_alone_and_one_that_left_concerns_everybody(on: Bench) -> None:
    before = book_of(on)
    fewer = replace(before, teams=before.teams[:1])
    assert changed_teams(fewer, before) == (before.teams[1].id,)
    assert changed_teams(before, fewer) == ("*",)


def test_a_changed_frame_concerns_everybody(on: Bench) -> None:
    before = book_of(on)
    assert changed_teams(before, replace(before, strategy=replace(before.strategy, planning_ahead=1))) == ("*",)
