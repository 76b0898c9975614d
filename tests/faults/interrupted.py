"""Runs that break off, and what they must come to in the end."""

from contextlib import suppress
from datetime import timedelta

from connector.errors import ConnectorError
from tests.flow.stand import Scene
from tests.flow.state import State, doubled, state

LAG = timedelta(minutes=10)


def broken_sync(on: Scene) -> None:
    """A run in bad weather; whatever it says, it says it in our own words."""
    with suppress(ConnectorError):
        on.sync()


def one_more_sync_heals(on: Scene, expected: State) -> None:
    """Before the lag horizon nothing is doubled; after it, one run leaves the site as if nothing had happened."""
    on.site.faults.clear()
    broken_sync(on)
    assert doubled(on.site) == {}
    on.minutes_pass(LAG.total_seconds() / 60 + 1)
    report = on.sync()
    assert not report.partly, report
    assert state(on.site) == expected
    on.silent_sync()
