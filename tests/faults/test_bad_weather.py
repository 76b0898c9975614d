"""A site that refuses, limits and delays at random: every run says so, and good weather heals everything."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from connector.sandbox.faults import Faults
from connector.sandbox.seed import demo_site
from tests.faults.interrupted import LAG, broken_sync, one_more_sync_heals
from tests.flow.stand import START, scene
from tests.flow.state import State, doubled, state
from tests.flow.stories import page_is_edited_by_hand, weeks_are_played

WEATHER = ("rate=0.1:503", "rate=0.2:500", "rate=0.15:429", "429=5;latency=3ms", "rate=0.1:502;latency=2ms")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> State:
    folder = tmp_path_factory.mktemp("undisturbed")
    with scene(f"sqlite:///{folder / 'okr.db'}", folder, lag=LAG) as on:
        on.sync()
        return state(on.site)


@pytest.mark.parametrize("spec", WEATHER)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_cold_sync_in_bad_weather_is_healed_by_one_in_good(
    sqlite_url: str, tmp_path: Path, undisturbed: State, spec: str, seed: int
) -> None:
    site = demo_site(start=START - LAG, frozen=True, search_lag=LAG)
    with scene(sqlite_url, tmp_path, lag=LAG, site=_under(site, spec, seed)) as on:
        for _ in range(3):
            broken_sync(on)
            assert doubled(on.site) == {}
        one_more_sync_heals(on, undisturbed)


def _under(site, spec: str, seed: int):  # type: ignore[no-untyped-def]  # a site in, the same site out
    site.faults = Faults(spec, seed=seed)
    return site


def test_latency_changes_nothing_but_the_time(sqlite_url: str, tmp_path: Path, undisturbed: State) -> None:
    site = demo_site(start=START - LAG, frozen=True, search_lag=LAG, faults="latency=10ms")
    with scene(sqlite_url, tmp_path, lag=LAG, site=site) as on:
        on.sync()
        assert state(on.site) == undisturbed
        on.silent_sync()


def test_the_story_comes_out_the_same_in_bad_weather(tmp_path: Path) -> None:
    """Two weeks with readings, answers and an edit by hand; the weather turns good for the last run only."""
    fair, foul = (_played(tmp_path / name, spec) for name, spec in (("fair", ""), ("foul", "429=1:1")))
    assert foul == fair


def _played(folder: Path, spec: str) -> State:
    folder.mkdir()
    site = demo_site(start=datetime(2026, 11, 13, 12, tzinfo=UTC), frozen=True, faults=spec)
    with scene(f"sqlite:///{folder / 'okr.db'}", folder, site=site) as on:
        weeks_are_played(on, 2)
        page_is_edited_by_hand(on, "planning/onboarding/2026-q4", "Weitere Erinnerungs-E-Mails", "Keine E-Mails")
        on.site.faults.clear()
        on.sync()
        on.silent_sync()
        return state(on.site)
