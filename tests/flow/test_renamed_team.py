"""A team with another id and name is the same team: its issues, pages, series and answers go with it."""

from datetime import UTC, datetime
from pathlib import Path

from tests.flow.stand import Scene, codes, scene
from tests.flow.stories import KEY_RESULT, book_says, issue, weeks_are_played

ONBOARDING, METERING = "teams/onboarding.yaml", "teams/metering.yaml"
IN_Q4 = datetime(2026, 10, 30, 12, tzinfo=UTC)


def test_a_renamed_team_keeps_its_issues_pages_series_and_answers(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, start=IN_Q4) as on:
        weeks_are_played(on, 3)
        before = on.site.jira.keys.keys() | set(), len(on.site.confluence.tree.pages)
        series = on.site.confluence.page(on.page_id("check-in/onboarding/2026-W46")).body
        assert "KW 44" in series
        _rename_the_team(on)
        report = on.sync()
        assert codes(report) == {}
        assert (on.site.jira.keys.keys() | set(), len(on.site.confluence.tree.pages)) == before
        labels = issue(on, KEY_RESULT.replace("onboarding", "welcome")).fields["labels"]
        assert "okr-team-welcome" in labels
        assert "okr-team-onboarding" not in labels
        page = on.site.confluence.page(on.page_id("check-in/welcome/2026-W46"))
        assert "44 %" in page.body.replace("\u00a0", " ")
        assert "okr-team-welcome" in [label.name for label in page.labels]
        on.silent_sync()
        on.days_pass(7)
        on.sync()
        made = on.site.confluence.page(on.page_id("check-in/welcome/2026-W47"))
        assert "44 %" in made.body.replace("\u00a0", " ")
        assert "gestützt" in made.body


def test_a_renamed_team_is_found_again_without_a_database(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        _rename_the_team(on)
        on.sync()
        on.silent_sync()
        before = {key: row.remote_id for key, row in on.resources().items()}
        on.lose_the_database()
        on.silent_sync()
        assert {key: row.remote_id for key, row in on.resources().items()} == before


def test_a_team_renamed_while_the_database_is_lost_doubles_nothing(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        pages = len(on.site.confluence.tree.pages)
        _rename_the_team(on)
        on.lose_the_database()
        on.sync()
        assert len(on.site.confluence.tree.pages) == pages
        assert len([one for one in on.site.jira.issues.values() if "okr" in one.properties]) == 6
        on.silent_sync()


def _rename_the_team(on: Scene) -> None:
    book_says(on, ONBOARDING, "team: onboarding", "team: welcome\nwas: onboarding")
    book_says(on, ONBOARDING, "name: Team Onboarding", "name: Team Willkommen")
    book_says(on, METERING, "onboarding/first-week", "welcome/first-week")
    book_says(on, METERING, "depends_on: [Team Onboarding]", "depends_on: [Team Willkommen]")
