"""What leaves the book is retired and never deleted; what changes in it costs its own writes and nothing else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from connector.errors import PermanentError, UnsafePlan
from connector.sandbox.dialect import Dialect
from mappings.labels import RETIRED
from tests.flow.dialects import both_dialects
from tests.flow.stand import codes, scene, team
from tests.flow.state import doubled, state
from tests.flow.stories import (
    CHECK_IN,
    KEY_RESULT,
    OBJECTIVE,
    PLANNING,
    book_is_as_before,
    book_says,
    epic_is_made,
    issue,
    key_result_leaves,
    pages_titled,
    team_leaves_the_book,
)

LEAVING = "onboarding/2026-q4/first-week/guide-answer"
ONBOARDING, METERING = "teams/onboarding.yaml", "teams/metering.yaml"
IN_Q4 = datetime(2026, 10, 30, 12, tzinfo=UTC)


def test_a_key_result_that_leaves_is_retired_and_points_to_its_planning(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        key_result_leaves(on)
        report = on.sync()
        assert team(report, "onboarding").retired == 1
        left = issue(on, LEAVING)
        assert RETIRED in left.fields["labels"]
        assert [link["object"]["title"] for link in left.remote_links] == [
            "Gehört seit KW 48/2026 nicht mehr zu den OKR des Teams"
        ]
        assert left.fields["status"]["name"] == "To Do"  # no transition
        on.silent_sync()


def test_a_key_result_that_comes_back_is_the_same_issue(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        before, key = state(on.site), on.issue_key(LEAVING)
        text = key_result_leaves(on)
        on.sync()
        book_is_as_before(on, ONBOARDING, text)
        on.sync()
        assert on.issue_key(LEAVING) == key
        after = state(on.site)
        assert after.issues == before.issues
        on.silent_sync()


def test_a_key_result_that_comes_back_after_a_lost_database_is_the_same_issue(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        before, key = state(on.site), on.issue_key(LEAVING)
        text = key_result_leaves(on)
        on.sync()
        on.lose_the_database()
        on.silent_sync()
        book_is_as_before(on, ONBOARDING, text)
        on.sync()
        assert on.issue_key(LEAVING) == key
        assert state(on.site).issues == before.issues
        assert doubled(on.site) == {}


@both_dialects
def test_a_reworded_hypothesis_costs_its_issue_its_link_and_its_pages(
    sqlite_url: str, tmp_path: Path, dialect: Dialect
) -> None:
    with scene(sqlite_url, tmp_path, dialect=dialect) as on:
        on.sync()
        book_says(on, ONBOARDING, "richten ihr Konto ohne Hilfe ein", "richten ihr Konto allein ein")
        assert on.writes_of_sync() == {
            "POST /rest/api/3/issue/<id_or_key>/remotelink": 1,
            "PUT /rest/api/3/issue/<id_or_key>": 1,
            "PUT /wiki/api/v2/pages/<page_id>": 2,
        }
        assert "allein" in issue(on, KEY_RESULT).fields["summary"]
        on.silent_sync()


@both_dialects
def test_an_epic_that_gets_the_label_is_linked(sqlite_url: str, tmp_path: Path, dialect: Dialect) -> None:
    with scene(sqlite_url, tmp_path, dialect=dialect) as on:
        on.sync()
        key = epic_is_made(on, "MET", "okr-photo-share")
        assert on.writes_of_sync() == {
            "POST /rest/api/3/issueLink": 1,
            "PUT /wiki/api/v2/pages/<page_id>": 1,
        }
        links = issue(on, "metering/2026-q4/trusted-reading/photo-reading").links
        assert key in [link.target.key for link in links] + [link.source.key for link in links]
        on.silent_sync()


def test_a_new_objective_and_its_page_links_come_in_one_run(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        text = key_result_leaves(on)
        on.sync()
        book_is_as_before(on, ONBOARDING, text)
        on.sync()
        assert on.issue_key(LEAVING) in on.site.confluence.page(on.page_id(PLANNING)).body
        on.silent_sync()


def test_a_team_that_moves_to_another_project_keeps_its_issues_until_the_cycle_ends(
    sqlite_url: str, tmp_path: Path
) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.site.jira.add_project("GOALS")
        text = key_result_leaves(on)
        on.sync()
        keys = on.issue_key(OBJECTIVE), on.issue_key(KEY_RESULT)
        book_is_as_before(on, ONBOARDING, text)
        book_says(on, ONBOARDING, "jira: {project: OKR", "jira: {project: GOALS")
        on.sync()
        assert (on.issue_key(OBJECTIVE), on.issue_key(KEY_RESULT)) == keys
        assert on.issue_key(LEAVING) == "GOALS-1"
        on.silent_sync()
        on.lose_the_database()
        on.silent_sync()


def test_a_team_without_jira_has_pages_only(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        line = "jira: {project: OKR, objective_type: Task, key_result_type: Task, evidence_link: Relates}"
        book_says(on, ONBOARDING, line, "jira: none")
        on.sync()
        assert not any(ref.startswith("onboarding/") for ref in state(on.site).issues)
        assert on.page_id(PLANNING)
        assert on.page_id(CHECK_IN)
        on.silent_sync()
        on.lose_the_database()
        on.silent_sync()


def test_the_next_planning_page_is_made_three_weeks_ahead(sqlite_url: str, tmp_path: Path) -> None:
    title = "OKR-Planning · Team Onboarding · Q1 2027"
    with scene(sqlite_url, tmp_path) as on:
        text = (on.book_folder / ONBOARDING).read_text(encoding="utf-8")
        part = text[text.index("  - id: first-week") :].replace("2026-Q4", "2027-Q1").replace("first-week", "next-week")
        part = part.replace("setup-rate", "setup-rate2").replace("setup-calls", "setup-calls2")
        part = part.replace("cancellations", "cancellations2").replace("guide-found", "guide-found2")
        book_is_as_before(on, ONBOARDING, text + part.replace("2026-11-20", "2027-02-20"))
        on.sync()
        assert pages_titled(on.site, title) == []
        on.days_pass(18)  # 12 December
        on.sync()
        assert len(pages_titled(on.site, title)) == 1
        assert "onboarding/2027-q1/next-week" in state(on.site).issues
        on.silent_sync()
        on.days_pass(21)  # 2 January: the old cycle ends, and nothing of it is retired
        report = on.sync()
        assert codes(report) == {}
        assert all(one.retired == 0 for one in report.teams)
        on.days_pass(2)
        on.sync()
        on.silent_sync()
        on.lose_the_database()
        on.silent_sync()


def test_a_plan_that_would_retire_too_much_stops_until_it_is_released(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        file = on.book_folder / ONBOARDING
        text = file.read_text(encoding="utf-8")
        book_is_as_before(on, ONBOARDING, text + _many_objectives(12))
        on.sync()
        team_leaves_the_book(on, "metering")
        book_is_as_before(on, ONBOARDING, text)
        mark = on.site.log.mark()
        with pytest.raises(UnsafePlan) as stopped:
            on.sync()
        assert "okr sync --force" in str(stopped.value)
        assert on.site.log.writes(mark) == ()
        report = on.sync(force=True)
        assert sum(one.retired for one in report.teams) == 15
        on.silent_sync()


def _many_objectives(count: int) -> str:
    return "".join(
        f"  - id: more-{number}\n    cycle: 2026-Q4\n    title: Noch etwas wird besser\n" for number in range(count)
    )


def test_a_plan_is_held_to_the_checksum_that_was_read(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        read = on.plan().checksum
        book_says(on, ONBOARDING, "richten ihr Konto ohne Hilfe ein", "richten ihr Konto allein ein")
        with pytest.raises(PermanentError) as changed:
            on.sync(expected=read)
        assert changed.value.code.value == "plan-changed"
        assert on.site.log.writes() == ()
        on.sync(expected=on.plan().checksum)
        on.silent_sync(expected=on.plan().checksum)
