from datetime import UTC, datetime, timedelta

import pytest

from connector.sandbox.clock import SiteClock

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_a_frozen_clock_moves_by_advance_alone() -> None:
    clock = SiteClock(START, frozen=True)
    assert clock.now() == START
    assert clock.advance(timedelta(minutes=15)) == START + timedelta(minutes=15)
    assert clock.now() == START + timedelta(minutes=15)


def test_a_running_clock_follows_the_machine_and_the_advance() -> None:
    clock = SiteClock(START)
    clock.advance(timedelta(hours=1))
    passed = clock.now() - START
    assert timedelta(hours=1) <= passed < timedelta(hours=1, minutes=1)


def test_a_clock_never_goes_back() -> None:
    with pytest.raises(ValueError, match="never goes back"):
        SiteClock(START).advance(timedelta(seconds=-1))


def test_a_clock_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        SiteClock(datetime(2026, 11, 24))  # noqa: DTZ001  # the mistake under test
