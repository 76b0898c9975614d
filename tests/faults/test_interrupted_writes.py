"""A sync is interrupted at every single write of a cold run: before it happens, and after, with the answer lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.faults.interrupted import LAG, broken_sync, one_more_sync_heals
from tests.flow.stand import scene
from tests.flow.state import State, doubled, state
from tests.flow.stories import weeks_are_played

WRITES = 35  # of the demo book's cold sync
WEEKLY_WRITES = 6  # of two check-in pages, their labels and their pictures
SHORT = frozenset({1, 2, 3, 6, 10, 14, 18, 22, 26, 30, 33, 34, 35})  # a third of them; the long form has all
SHORT_WEEK = frozenset({(1, True), (2, False), (3, True), (4, False), (5, True), (6, False)})


def _tried(nth: int, after_commit: bool, short: bool) -> ParameterSet:
    name = f"{'after' if after_commit else 'before'}-{nth}"
    return pytest.param(nth, after_commit, id=name, marks=() if short else pytest.mark.slow)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[State, int]:
    """The site after a cold sync that nothing disturbed, and how many writes it took."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with scene(f"sqlite:///{folder / 'okr.db'}", folder, lag=LAG) as on:
        on.sync()
        writes = len(on.site.log.writes())
        on.minutes_pass(11)
        on.silent_sync()
        return state(on.site), writes


def test_every_write_of_a_cold_sync_is_tried(undisturbed: tuple[State, int]) -> None:
    assert undisturbed[1] == WRITES


@pytest.mark.parametrize(
    ("nth", "after_commit"),
    [_tried(nth, after, nth in SHORT) for nth in range(1, WRITES + 1) for after in (False, True)],
)
def test_a_sync_interrupted_at_any_write_is_healed_by_one_more(
    sqlite_url: str, tmp_path: Path, undisturbed: tuple[State, int], nth: int, after_commit: bool
) -> None:
    with scene(sqlite_url, tmp_path, lag=LAG) as on:
        on.site.faults.interrupt_write(nth, after_commit)
        broken_sync(on)
        assert on.site.faults.pending() == 0
        one_more_sync_heals(on, undisturbed[0])


@pytest.mark.parametrize("route", ["/rest/api/3/issue/bulk", "/wiki/api/v2/pages"])
@pytest.mark.parametrize("after_commit", [False, True], ids=["before", "after"])
def test_creates_interrupted_on_postgresql_are_healed_too(
    postgresql_url: str, tmp_path: Path, undisturbed: tuple[State, int], route: str, after_commit: bool
) -> None:
    with scene(postgresql_url, tmp_path, lag=LAG) as on:
        cut = on.site.faults.drop_answer if after_commit else on.site.faults.refuse_connection
        for nth in range(1, 4):
            cut("POST", route, nth)
        broken_sync(on)
        one_more_sync_heals(on, undisturbed[0])


def test_an_answer_that_breaks_off_half_way_is_healed(
    sqlite_url: str, tmp_path: Path, undisturbed: tuple[State, int]
) -> None:
    with scene(sqlite_url, tmp_path, lag=LAG) as on:
        on.site.faults.cut_body("POST", "/rest/api/3/issue/bulk")
        for nth in range(1, 8):
            on.site.faults.cut_body("POST", "/wiki/api/v2/pages", nth)
        broken_sync(on)
        broken_sync(on)
        one_more_sync_heals(on, undisturbed[0])


def test_a_lost_answer_and_then_a_lost_database_double_nothing(
    sqlite_url: str, tmp_path: Path, undisturbed: tuple[State, int]
) -> None:
    """Once searches show everything, not even the lost memory of an intent leads to a second issue."""
    with scene(sqlite_url, tmp_path, lag=LAG) as on:
        on.site.faults.drop_answer("POST", "/rest/api/3/issue/bulk")
        broken_sync(on)
        on.minutes_pass(11)
        on.lose_the_database()
        on.sync()
        assert doubled(on.site) == {}
        assert state(on.site).issues.keys() == undisturbed[0].issues.keys()


@pytest.fixture(scope="module")
def quiet_week(tmp_path_factory: pytest.TempPathFactory) -> State:
    """The site after a second week that nothing disturbed."""
    return _weeks(tmp_path_factory.mktemp("weeks") / "undisturbed", 0, after_commit=False)


@pytest.mark.parametrize(
    ("nth", "after_commit"),
    [_tried(nth, after, (nth, after) in SHORT_WEEK) for nth in range(1, WEEKLY_WRITES + 1) for after in (False, True)],
)
def test_a_new_week_interrupted_at_any_write_is_healed(
    tmp_path: Path, quiet_week: State, nth: int, after_commit: bool
) -> None:
    """Nothing of the week before is touched."""
    assert _weeks(tmp_path / "cut", nth, after_commit) == quiet_week


def _weeks(folder: Path, nth: int, after_commit: bool) -> State:
    folder.mkdir()
    with scene(f"sqlite:///{folder / 'okr.db'}", folder, start=datetime(2026, 11, 13, 12, tzinfo=UTC)) as on:
        weeks_are_played(on, 2)
        on.days_pass(4)
        if nth:
            on.site.faults.interrupt_write(nth, after_commit)
            broken_sync(on)
            assert on.site.faults.pending() == 0
            on.site.faults.clear()
        mark = on.site.log.mark()
        on.sync()
        assert nth or len(on.site.log.writes(mark)) == WEEKLY_WRITES
        on.silent_sync()
        return state(on.site)
