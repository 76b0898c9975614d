"""A page that people took away stays away until it is asked for, and stops nothing that comes after it."""

from pathlib import Path

import pytest

from connector.sandbox.dialect import Dialect
from mappings.calendar import IsoWeek
from tests.flow.stand import codes, scene, team
from tests.flow.state import doubled, human_bytes, state
from tests.flow.stories import (
    CHECK_IN,
    PLANNING,
    STRATEGY,
    page_is_moved,
    page_is_trashed,
    pages_titled,
    reading,
    team_answers,
)

NEXT = "OKR-Check-in · Team Onboarding · KW 49/2026"
W48 = IsoWeek(2026, 48)


def test_a_trashed_check_in_page_comes_back_when_it_is_asked_for(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        before = state(on.site)
        page_is_trashed(on, CHECK_IN)
        assert team(on.silent_sync(), "onboarding").drift == 1
        on.sync(teams=("onboarding",), check_ins={"onboarding": W48})
        assert state(on.site) == before
        on.silent_sync()


def test_a_trashed_check_in_page_does_not_stop_the_next_one(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        page_is_trashed(on, CHECK_IN)
        on.days_pass(7)
        report = on.sync()
        assert codes(report) == {}
        assert len(pages_titled(on.site, NEXT)) == 1


def test_a_trashed_page_is_restored_with_the_drift(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        before = state(on.site)
        page_is_trashed(on, CHECK_IN)
        on.sync(restore=True)
        assert state(on.site) == before
        on.silent_sync()


def test_a_trashed_planning_page_stays_gone_and_check_ins_go_on(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        page_is_trashed(on, PLANNING)  # what is below it is archived by the site
        on.sync()
        assert team(on.silent_sync(), "onboarding").drift >= 1
        on.days_pass(7)
        report = on.sync()
        assert codes(report) == {}
        made = on.site.confluence.page(pages_titled(on.site, NEXT)[0])
        assert made.parent_id == on.page_id("home/ONB")
        on.silent_sync()


def test_a_restored_planning_page_is_linked_again_everywhere(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        page_is_moved(on, CHECK_IN, "home/ONB")
        before = state(on.site)
        page_is_trashed(on, PLANNING)
        on.sync()
        on.sync(restore=True)
        assert state(on.site) == before
        on.silent_sync()


def test_a_page_whose_title_an_archived_page_holds_is_told_clearly(sqlite_url: str, tmp_path: Path) -> None:
    """Cloud archives what stood below; Data Center lifts it, and no title is held."""
    with scene(sqlite_url, tmp_path, dialect=Dialect.CLOUD) as on:
        on.sync()
        page_is_trashed(on, PLANNING)
        report = on.sync(restore=True)
        assert codes(report) == {"onboarding": ["title-taken"]}
        assert "held by a page" in str(team(report, "onboarding").errors[0])
        assert doubled(on.site) == {}


def test_where_the_site_lifts_what_stood_below_the_page_comes_back_above_it(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, dialect=Dialect.DATACENTER) as on:
        on.sync()
        gone, check_in = on.page_id(PLANNING), on.page_id(CHECK_IN)
        page_is_trashed(on, PLANNING)
        assert codes(on.sync(restore=True)) == {}
        assert on.page_id(PLANNING) != gone
        assert on.page_id(CHECK_IN) == check_in
        assert on.site.confluence.page(check_in).parent_id == on.page_id("home/ONB")  # where the site put it
        assert doubled(on.site) == {}
        on.silent_sync()


def test_pages_that_people_fetch_back_from_the_trash_are_served_again(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        page = on.page_id(CHECK_IN)
        team_answers(on, CHECK_IN, "Unsere Zuversicht", "7")
        page_is_trashed(on, CHECK_IN)
        assert team(on.silent_sync(), "onboarding").drift == 1
        on.site.confluence.restore(page)
        on.push(reading("onboarding/setup-rate", W48, "41.5"))
        report = on.sync()
        assert (codes(report), team(report, "onboarding").drift) == ({}, 0)
        assert on.page_id(CHECK_IN) == page
        assert "41,5" in human_bytes(on.site, page)
        assert on.answers()
        assert doubled(on.site) == {}
        on.silent_sync()


@pytest.mark.parametrize("ref", [CHECK_IN, PLANNING, STRATEGY])
def test_a_page_that_people_took_away_stays_away_when_the_database_is_lost(
    sqlite_url: str, tmp_path: Path, ref: str
) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        page_is_trashed(on, ref)  # what is below it is archived by the site
        on.sync()
        before, gone = on.silent_sync(), on.page_id(ref)
        on.lose_the_database()
        report = on.silent_sync()
        assert codes(report) == {}
        assert [each.drift for each in report.teams] == [each.drift for each in before.teams]
        assert on.page_id(ref) == gone
        on.sync(restore=True)
        assert on.page_id(ref) != gone or ref == PLANNING


def test_a_report_that_people_took_away_stays_away_when_the_database_is_lost(sqlite_url: str, tmp_path: Path) -> None:
    month = "report/month/2026-11"
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        team_answers(on, CHECK_IN, "Unsere Zuversicht", "7")
        on.days_pass(7)
        on.sync()
        on.sync()
        page_is_trashed(on, month)
        on.sync()
        gone = on.page_id(month)
        on.lose_the_database()
        on.silent_sync()
        assert on.page_id(month) == gone


def test_a_site_on_which_nothing_was_taken_away_is_asked_nothing_about_it(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        on.silent_sync()
        assert not [line for line in on.site.log.reads() if "status=trashed" in line.query]
        on.lose_the_database()
        on.silent_sync()
        asked = [line for line in on.site.log.reads() if "status=trashed" in line.query]
        assert not asked, "everything that is due is there"
