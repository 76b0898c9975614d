"""The short form of `requests_bench` and `publishing_bench`: small crowds, every count against its bound."""

from datetime import UTC, datetime

import pytest

from tests.bench.crowd import Crowd
from tests.bench.publishing_bench import published
from tests.bench.requests_bench import Measured, measure
from tests.bench.rig import rig
from tests.bench.told_bench import measure as gathered


@pytest.fixture(scope="module", params=[2, 20])
def runs(request: pytest.FixtureRequest) -> dict[str, Measured]:
    return {one.name: one for one in measure(request.param, here=True)}


def reports() -> int:
    """Pages more in the first days of a month."""
    return Crowd(teams=1, today=datetime.now(UTC).date()).reports


def test_every_run_keeps_its_bound_and_serves_every_team(runs: dict[str, Measured]) -> None:
    assert len(runs) == 7
    for one in runs.values():
        assert one.kept, (one.name, one.run.reads, one.run.writes, one.bound)


def test_a_quiet_run_asks_what_a_quiet_run_must(runs: dict[str, Measured]) -> None:
    assert runs["quiet"].run.reads == runs["quiet"].bound.reads - 6
    assert runs["quiet"].run.writes == 0


def test_a_change_costs_its_own_writes(runs: dict[str, Measured]) -> None:
    quiet = runs["quiet"].run
    assert runs["one epic changed"].run.writes == 1
    assert runs["one answer changed"].run.writes == 1 + 2 * reports()
    assert runs["one key result added"].run.writes == 1 + 4 + 1 + 2  # the issue, its epics, its page, two pages
    assert runs["one epic changed"].run.reads <= quiet.reads + 2


def test_pages_are_written_once_and_read_by_the_hundred() -> None:
    crowd = Crowd(teams=10, today=datetime.now(UTC).date(), jira=False)
    with rig(crowd, here=True) as on:
        told = list(published(on, crowd))
    assert all(one.kept for one in told), [(one.name, one.run.reads, one.run.writes) for one in told]
    assert told[0].run.writes == 2 * crowd.pages + crowd.pictures


def test_what_pages_repeat_is_read_by_the_hundred_and_only_when_it_moved() -> None:
    told, quiet, night = gathered(20, here=True)
    assert told.kept, (told.run.reads, told.bound.reads, told.run.writes)
    assert quiet.kept
    assert night.kept, (night.run.reads, night.bound.reads)
    assert night.run.reads > quiet.run.reads + 2 * 20  # who may read what is quoted is asked again
    assert (told.run.writes, quiet.run.writes, night.run.writes) == (1 + 2 * reports(), 0, 0)
