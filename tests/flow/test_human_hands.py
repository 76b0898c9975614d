"""Human text always wins: what people changed, moved or took away stays as they left it, and is shown as drift."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connector.ledger import Kind
from connector.sandbox.dialect import Dialect
from mappings.calendar import IsoWeek
from tests.flow.dialects import SPOKEN, both_dialects
from tests.flow.stand import codes, scene, team
from tests.flow.state import human_bytes, state
from tests.flow.stories import (
    CHECK_IN,
    KEY_RESULT,
    OBJECTIVE,
    STRATEGY,
    issue,
    issue_is_assigned,
    issue_is_deleted,
    issue_is_edited,
    label_is_removed,
    link_is_removed,
    page_is_edited_by_hand,
    page_is_moved,
    page_is_renamed,
    page_is_trashed,
    pages_titled,
    paragraph_is_added,
    reading,
    region_is_removed,
    somebody_is_faster,
    weeks_are_played,
)

NEXT = "OKR-Check-in · Team Onboarding · KW 49/2026"
W48 = IsoWeek(2026, 48)


@both_dialects
def test_an_edited_summary_stays_until_it_is_restored(sqlite_url: str, tmp_path: Path, dialect: Dialect) -> None:
    with scene(sqlite_url, tmp_path, dialect=dialect) as on:
        on.sync()
        before = state(on.site)
        issue_is_edited(on, KEY_RESULT, summary="Einrichtung klappt")
        report = on.silent_sync()
        assert team(report, "onboarding").drift == 1
        assert not report.partly
        on.sync(restore=True)
        assert state(on.site) == before
        on.silent_sync()


def test_a_label_that_was_removed_stays_away_until_it_is_restored(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        before = state(on.site)
        label_is_removed(on, OBJECTIVE, "okr-2026-q4")
        assert team(on.silent_sync(), "onboarding").drift == 1
        on.sync(restore=True)
        assert state(on.site) == before


def test_a_deleted_issue_stays_gone_until_it_is_restored(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        before = state(on.site)
        issue_is_deleted(on, KEY_RESULT)
        wrote = on.writes_of_sync()  # the planning page no longer links it
        assert set(wrote) <= {"PUT /wiki/api/v2/pages/<page_id>"}
        assert team(on.silent_sync(), "onboarding").drift == 1
        on.sync(restore=True)
        assert state(on.site) == before
        on.silent_sync()


def test_a_removed_link_stays_away_until_it_is_restored(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        before = state(on.site)
        link_is_removed(on, KEY_RESULT, "ONB-12")
        assert team(on.silent_sync(), "onboarding").drift == 1
        on.sync(restore=True)
        assert state(on.site) == before
        on.silent_sync()


def test_an_assignee_is_cleared_at_most_twice(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        for _ in range(2):
            issue_is_assigned(on, KEY_RESULT)
            assert on.writes_of_sync() == {"PUT /rest/api/3/issue/<id_or_key>/assignee": 1}
            assert issue(on, KEY_RESULT).fields["assignee"] is None
        issue_is_assigned(on, KEY_RESULT)
        assert team(on.silent_sync(), "onboarding").drift == 1
        assert issue(on, KEY_RESULT).fields["assignee"] is not None


def test_an_assignee_is_not_cleared_again_because_searches_lag(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, lag=timedelta(minutes=10)) as on:
        on.sync()
        issue_is_assigned(on, KEY_RESULT)
        on.minutes_pass(11)
        on.sync()
        assert issue(on, KEY_RESULT).fields["assignee"] is None
        on.minutes_pass(1)
        on.silent_sync()  # searches still show who was there
        issue_is_assigned(on, KEY_RESULT)
        if SPOKEN is Dialect.DATACENTER:
            on.minutes_pass(11)  # its searches reconcile nothing: once they are sure
        assert on.writes_of_sync() == {"PUT /rest/api/3/issue/<id_or_key>/assignee": 1}  # and this one already


@pytest.mark.parametrize("editor", ["cloud", "legacy"])
def test_an_edited_region_stays_and_the_others_are_still_served(sqlite_url: str, tmp_path: Path, editor: str) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        page_is_edited_by_hand(on, CHECK_IN, "2 · Antwort in der Anleitung", "2 · Unsere Anleitung", editor)
        report = on.silent_sync()
        assert team(report, "onboarding").drift == 1
        on.push(reading("onboarding/setup-rate", W48, "41.5"))
        report = on.sync()
        assert team(report, "onboarding").drift == 1
        body = human_bytes(on.site, on.page_id(CHECK_IN))
        assert "41,5" in body
        assert "Unsere Anleitung" in body
        assert team(on.silent_sync(), "onboarding").drift == 1  # still shown, although nothing moved
        on.sync(restore=True)
        assert "Unsere Anleitung" not in human_bytes(on.site, on.page_id(CHECK_IN))
        assert team(on.silent_sync(), "onboarding").drift == 0


def test_a_removed_region_is_gone_until_the_next_page(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        region_is_removed(on, CHECK_IN, "kr-first-week-guide-answer")
        on.push(reading("onboarding/setup-rate", W48, "41.5"))
        on.sync()
        body = human_bytes(on.site, on.page_id(CHECK_IN))
        assert "okr-m-kr-first-week-guide-answer" not in body
        assert "41,5" in body
        on.silent_sync()
        on.days_pass(7)
        on.sync()
        assert "okr-m-kr-first-week-guide-answer" in human_bytes(on.site, pages_titled(on.site, NEXT)[0])


@both_dialects
def test_the_text_of_people_stays_byte_for_byte(sqlite_url: str, tmp_path: Path, dialect: Dialect) -> None:
    with scene(sqlite_url, tmp_path, dialect=dialect) as on:
        on.sync()
        paragraph_is_added(on, CHECK_IN, "Anmerkung &auml;&nbsp;&ndash; „zwei“ <em>Wörter</em>", at_end=False)
        paragraph_is_added(on, CHECK_IN, "Ganz unten &lt;stehen&gt; lassen")
        before = human_bytes(on.site, on.page_id(CHECK_IN))
        on.push(reading("onboarding/setup-rate", W48, "41.5"))
        on.sync()
        after = human_bytes(on.site, on.page_id(CHECK_IN))
        assert after != before
        head, tail = before[: before.index("<ac:structured-macro")], before[before.rindex("</ac:structured-macro>") :]
        assert after.startswith(head)
        assert after.endswith(tail)
        on.silent_sync()


@pytest.mark.parametrize("times", [1, 2])
def test_an_edit_between_our_read_and_our_write_is_not_overtaken(sqlite_url: str, tmp_path: Path, times: int) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        on.push(reading("onboarding/setup-rate", W48, "41.5"))
        somebody_is_faster(on, CHECK_IN, "Nachtrag von Hand", times)
        report = on.sync()
        assert not report.partly
        body = human_bytes(on.site, on.page_id(CHECK_IN))
        assert "41,5" in body
        assert body.count("Nachtrag von Hand") == times
        assert len([line for line in on.site.log.writes() if line.status == 409]) == times
        on.silent_sync()


def test_who_is_always_faster_is_left_to_the_next_run(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        on.push(reading("onboarding/setup-rate", W48, "41.5"))
        somebody_is_faster(on, CHECK_IN, "Nachtrag von Hand", 3)
        report = on.sync()
        assert codes(report) == {"onboarding": ["version-conflict"]}
        on.sync()
        body = human_bytes(on.site, on.page_id(CHECK_IN))
        assert "41,5" in body
        assert body.count("Nachtrag von Hand") == 3
        on.silent_sync()


def test_renamed_and_moved_pages_are_still_served_where_they_are(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        page_is_renamed(on, CHECK_IN, "Unser Check-in")
        page_is_moved(on, CHECK_IN, "home/ONB")
        page_is_renamed(on, STRATEGY, "Wohin wir wollen")
        on.silent_sync()
        on.push(reading("onboarding/setup-rate", W48, "41.5"))
        on.sync()
        page = on.site.confluence.page(on.page_id(CHECK_IN))
        assert (page.title, page.parent_id) == ("Unser Check-in", on.page_id("home/ONB"))
        assert "41,5" in page.body
        on.silent_sync()


def test_a_page_that_cannot_be_read_is_told_and_the_other_team_is_served(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        page = on.site.confluence.page(on.page_id(CHECK_IN))
        page.versions.append(replace(page.now, number=2, body="<p>halb<"))
        on.push(reading("onboarding/setup-rate", W48, "41.5"), reading("metering/photo-share", W48, "29.5"))
        report = on.sync()
        assert codes(report) == {"onboarding": ["page-unreadable"]}
        assert team(report, "metering").updated == 1
        assert page.body == "<p>halb<"


def test_people_may_work_all_through_the_story(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, start=datetime(2026, 10, 30, 12, tzinfo=UTC)) as on:
        weeks_are_played(on, 2)
        page_is_trashed(on, "check-in/metering/2026-W44")
        issue_is_deleted(on, "metering/2026-q4/trusted-reading/right-number")
        page_is_renamed(on, "home/MET", "Unsere OKRs")
        on.sync()
        on.days_pass(7)
        report = on.sync()
        assert codes(report) == {}
        on.silent_sync()
        kept = {key: row.remote_id for key, row in on.resources().items() if key[0] is Kind.PAGE}
        assert kept[Kind.PAGE, "home/MET"] in pages_titled(on.site, "Unsere OKRs")


def test_a_deleted_issue_restored_half_is_linked_by_the_next_run(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path, lag=timedelta(0)) as on:
        on.sync()
        before = state(on.site)
        issue_is_deleted(on, KEY_RESULT)
        on.sync()
        on.site.faults.refuse_connection("POST", on.path("/rest/api/3/issueLink"))
        assert on.sync(restore=True).partly
        on.sync()
        assert state(on.site) == before
        on.silent_sync()
