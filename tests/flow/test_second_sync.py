"""When everything is in step, a run writes nothing, whatever day it is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from connector.sandbox.dialect import Dialect
from mappings.calendar import IsoWeek
from tests.flow.dialects import both_dialects
from tests.flow.stand import scene, team
from tests.flow.state import state
from tests.flow.stories import CHECK_IN, PLANNING, reading, team_answers, weeks_are_played

WRITE_A_WEEK = {
    "POST /wiki/api/v2/pages": 2,
    "POST /wiki/rest/api/content/<page_id>/label": 2,
    "PUT /wiki/rest/api/content/<page_id>/child/attachment": 2,
}


def test_a_second_sync_writes_nothing(database_url: str, tmp_path: Path) -> None:
    with scene(database_url, tmp_path) as on:
        first = on.sync()
        assert team(first, "onboarding").created == 5  # an objective, two key results, planning and check-in
        second = on.silent_sync()
        assert team(second, "onboarding").unchanged == 5
        assert team(second, "*").unchanged == 5


def test_a_second_sync_writes_nothing_where_searches_are_behind(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, lag=timedelta(minutes=10)) as on:
        on.sync()
        on.silent_sync()
        on.minutes_pass(11)
        on.silent_sync()


def test_the_date_of_a_run_alone_changes_no_page(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        for _ in range(3):  # Wednesday to Friday, with the rethink day of a key result among them
            on.days_pass(1)
            on.silent_sync()


def test_the_rethink_days_of_a_book_pass_without_a_write(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, start=datetime(2026, 11, 17, 12, tzinfo=UTC)) as on:
        on.sync()
        for _ in range(5):
            on.days_pass(1)
            on.silent_sync()


@both_dialects
def test_next_week_only_the_new_check_in_pages_are_written(sqlite_url: str, tmp_path: Path, dialect: Dialect) -> None:
    with scene(sqlite_url, tmp_path, dialect=dialect) as on:
        on.sync()
        on.days_pass(7)
        assert on.writes_of_sync() == WRITE_A_WEEK
        on.silent_sync()


def test_a_new_reading_costs_one_write_of_its_page(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        on.push(reading("onboarding/setup-rate", IsoWeek(2026, 48), "41.5"))
        assert on.writes_of_sync() == {"PUT /wiki/api/v2/pages/<page_id>": 1}
        on.silent_sync()


def test_an_answer_is_understood_without_an_issue_being_touched(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        team_answers(on, CHECK_IN, "Unsere Zuversicht", "7")
        wrote = on.writes_of_sync()
        assert set(wrote) <= {"PUT /wiki/api/v2/pages/<page_id>"}
        assert [a.answers.confidence for a in on.answers() if a.answers.confidence] == [7]
        on.silent_sync()


def test_an_epic_that_moves_on_is_shown_and_no_issue_is_touched(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        on.site.jira.set_status("ONB-33", "Done")
        assert set(on.writes_of_sync()) == {"PUT /wiki/api/v2/pages/<page_id>"}
        on.silent_sync()


def test_after_the_story_of_five_weeks_a_run_writes_nothing(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, start=datetime(2026, 10, 30, 12, tzinfo=UTC)) as on:
        weeks_are_played(on, 5)
        seen = state(on.site)
        on.silent_sync()
        on.days_pass(1)
        on.silent_sync()
        assert state(on.site) == seen
        files = [page["files"] for page in seen.pages.values() if page["files"]]
        assert files  # a story has pictures


def test_a_run_for_one_team_leaves_the_other_alone(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        report = on.sync(teams=("metering",))
        assert [one.team for one in report.teams] == ["*", "metering"]
        assert not any("Onboarding ·" in title for _, title in state(on.site).pages)
        on.silent_sync(teams=("metering",))
        on.sync()
        on.silent_sync()
        on.silent_sync(teams=("metering",))
        assert on.page_id(PLANNING)
