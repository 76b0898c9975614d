"""The world lives in Jira, Confluence and the mapping files: without our database everything is found again."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from connector.errors import ConnectorError
from connector.ledger import Kind, Resource
from connector.sandbox.dialect import Dialect
from connector.sandbox.log import Answered, Asked
from mappings.indicators import Reading
from tests.flow.dialects import both_dialects
from tests.flow.stand import Scene, codes, scene
from tests.flow.state import doubled, state
from tests.flow.stories import (
    ANSWERS,
    CHECK_IN,
    KEY_RESULT,
    OBJECTIVE,
    PLANNING,
    book_says,
    issue_is_edited,
    label_is_removed,
    page_is_moved,
    page_is_renamed,
    paragraph_is_added,
    team_answers,
    weeks_are_played,
)

STORY_BEGINS = datetime(2026, 10, 30, 12, tzinfo=UTC)


def known(on: Scene) -> dict[tuple[Kind, str], tuple[str | None, int | None]]:
    """What the memory knows, but for the time it learnt it, cleared assignees, labels and readers."""
    rows = on.resources().items()
    return {key: (row.remote_id, _version(row)) for key, row in rows if key[0] not in (Kind.PAGE_LABELS, Kind.READERS)}


def numbers(on: Scene) -> list[Reading]:
    """The series; an unknown value shows on a page like none at all, so that it leaves no trace there."""
    return [reading for reading in on.readings() if reading.value is not None]


def _version(row: Resource) -> int | None:
    return row.version if row.kind is Kind.PAGE else None


def test_a_lost_database_costs_no_write(database_url: str, tmp_path: Path) -> None:
    with scene(database_url, tmp_path) as on:
        on.sync()
        team_answers(on, CHECK_IN, "Unsere Zuversicht", "7", ANSWERS)
        on.sync()
        before, answers = known(on), on.answers()
        on.lose_the_database()
        on.silent_sync()
        assert known(on) == before
        assert on.answers() == answers
        on.silent_sync()


@pytest.mark.parametrize(
    "lag", [pytest.param(timedelta(0), marks=pytest.mark.slow), timedelta(minutes=10)], ids=["no-lag", "lag-10m"]
)
def test_after_five_weeks_series_and_answers_are_found_on_the_pages(
    database_url: str, tmp_path: Path, lag: timedelta
) -> None:
    with scene(database_url, tmp_path, start=STORY_BEGINS, lag=lag) as on:
        weeks_are_played(on, 5)
        on.silent_sync()
        before, answers, readings = known(on), on.answers(), numbers(on)
        assert len(readings) >= 15
        assert len(answers) > 10
        on.lose_the_database()
        on.silent_sync()
        assert known(on) == before
        assert on.answers() == answers
        assert numbers(on) == readings
        on.silent_sync()


@pytest.mark.parametrize("days", [1, 3, 6])
def test_a_database_that_is_lost_days_later_costs_no_write(sqlite_url: str, tmp_path: Path, days: int) -> None:
    """Wednesday, Friday and Monday: rethink days pass, and the next check-in is already due on some of them."""
    with scene(sqlite_url, tmp_path, start=datetime(2026, 11, 18, 12, tzinfo=UTC)) as on:
        on.sync()
        on.days_pass(days)
        on.sync()
        on.lose_the_database()
        on.silent_sync()


def test_a_database_lost_while_searches_are_behind_costs_no_write(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, lag=timedelta(minutes=10)) as on:
        on.sync()
        before = known(on)
        on.lose_the_database()
        on.silent_sync()
        assert known(on) == before


def test_a_renamed_planning_page_is_found_again(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        page_is_renamed(on, PLANNING, "Was wir im vierten Quartal vorhaben")
        on.silent_sync()
        before = known(on)
        on.lose_the_database()
        on.silent_sync()
        assert known(on) == before


def test_a_renamed_check_in_page_is_found_again_with_its_answers(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        team_answers(on, CHECK_IN, "Unsere Zuversicht", "7", ANSWERS)
        page_is_renamed(on, CHECK_IN, "Check-in mit Kuchen")
        on.sync()
        before, answers = known(on), on.answers()
        on.lose_the_database()
        on.silent_sync()
        assert known(on) == before
        assert on.answers() == answers


def test_a_renamed_strategy_page_is_found_again(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        page_is_renamed(on, "strategy", "Unsere Strategie")
        on.silent_sync()
        on.lose_the_database()
        on.silent_sync()


def test_pages_that_people_moved_are_found_again(sqlite_url: str, tmp_path: Path) -> None:
    """A check-in was dragged below another page of ours, a planning page out of our tree."""
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        page_is_moved(on, CHECK_IN, "home/ONB")
        elsewhere = on.site.confluence.add_page(space="ONB", title="Ablage")
        on.site.confluence.move(on.page_id(PLANNING), elsewhere.id)
        on.silent_sync()
        before = known(on)
        on.lose_the_database()
        on.silent_sync()
        assert known(on) == before


@both_dialects
def test_edited_issues_and_pages_are_not_doubled(sqlite_url: str, tmp_path: Path, dialect: Dialect) -> None:
    with scene(sqlite_url, tmp_path, dialect=dialect) as on:
        on.sync()
        issue_is_edited(on, KEY_RESULT, summary="Unsere Annahme zur Einrichtung")
        label_is_removed(on, OBJECTIVE, "okr-team-onboarding")
        paragraph_is_added(on, PLANNING, "Von Hand.")
        on.sync()
        seen = state(on.site)
        on.lose_the_database()
        on.silent_sync()
        assert state(on.site) == seen
        assert doubled(on.site) == {}


def test_a_recovery_that_breaks_off_is_gone_on_with(sqlite_url: str, tmp_path: Path) -> None:
    """Whichever read fails while everything is looked for again, the next run finds the rest."""
    with scene(sqlite_url, tmp_path, start=STORY_BEGINS) as on:
        weeks_are_played(on, 3)
        on.silent_sync()
        before, answers, readings = known(on), on.answers(), numbers(on)
        for nth in range(1, 14):
            on.lose_the_database()
            everything_fails_after(on, nth)
            with suppress(ConnectorError):  # the last ones ask for labels and links only
                on.sync()
            on.site.faults.clear()
            on.silent_sync()
            assert (nth, known(on)) == (nth, before)
            assert (nth, on.answers()) == (nth, answers)
            assert (nth, numbers(on)) == (nth, readings)


def everything_fails_after(on: Scene, requests: int) -> None:
    """The token expires after so many requests."""
    asked = count(1)

    def expires(_: Asked, __: Answered) -> None:
        if next(asked) == requests:
            on.site.faults.answer(401, {"Content-Type": "application/json"}, b"{}", times=None)

    on.site.log.on_exchange(expires)


def test_a_team_that_cannot_be_served_when_the_database_is_lost_loses_nothing(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, start=STORY_BEGINS) as on:
        weeks_are_played(on, 3)
        on.silent_sync()
        before, answers, readings = known(on), on.answers(), numbers(on)
        on.lose_the_database()
        book_says(on, "teams/metering.yaml", "delivery: [MET]", "delivery: [NOWHERE]")
        assert list(codes(on.sync())) == ["metering"]
        book_says(on, "teams/metering.yaml", "delivery: [NOWHERE]", "delivery: [MET]")
        on.silent_sync()
        assert known(on) == before
        assert on.answers() == answers
        assert numbers(on) == readings
