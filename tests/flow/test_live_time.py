"""The rhythm of the teams, polling and pages that are left in peace: a house on the site's clock, minute by minute."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from connector.rings import Cause, Slot, SlotKind
from connector.slots import LOOK_BACK
from tests.flow.living import House, living, teams_of
from tests.flow.stories import CHECK_IN, PLANNING, book_says

QUIET = timedelta(minutes=30)
SEARCH = "POST /rest/api/3/search/jql"
PAGES = "GET /wiki/api/v2/pages"
UPDATE = "PUT /wiki/api/v2/pages/<page_id>"


def types(on: House, words: str) -> None:
    on.site.confluence.edit_by_hand(on.scene.page_id(CHECK_IN), lambda body: f"{body}<p>{words}</p>")


def test_shortly_before_the_meeting_the_page_is_renewed_although_people_write(sqlite_url: str, tmp_path: Path) -> None:
    tuesday = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)  # the meeting is at 9 in Berlin, 8 UTC
    with living(sqlite_url, tmp_path, quiet=QUIET, start=tuesday) as on:
        on.settles()
        before = on.versions(CHECK_IN)
        types(on, "Wir schreiben schon.")
        on.page_event(on.scene.page_id(CHECK_IN))
        on.site.jira.set_status("ONB-33", "Done")
        on.issue_event("ONB-33")
        on.minutes(8)
        assert on.versions(CHECK_IN) == before + 1
        served = on.minutes(25)
        assert Slot(team="onboarding", kind=SlotKind.REFRESH, slot="2026-W48") in served
        assert on.versions(CHECK_IN) == before + 2


def test_every_slot_of_two_weeks_is_served_once_by_two_clocks_and_quiet_weeks_are_quiet(
    database_url: str, tmp_path: Path
) -> None:
    start = datetime(2026, 12, 14, 3, tzinfo=UTC)  # weeks 51 and 52; 52 is quiet for both teams
    with living(database_url, tmp_path, start=start) as on:
        clocks = [on.ticker, on.another_clock()]
        served: list[Slot] = []
        for hour in range(14 * 24):
            clocks = [on.another_clock(), clocks[0]] if hour % 50 == 0 else clocks[::-1]
            served += [slot for clock in clocks for slot in clock.tick()]
            for claim in on.store.ring_ledger.claim(on.clock.now(), QUIET, 200):
                on.store.ring_ledger.finish((claim,), on.clock.now())
            on.scene.minutes_pass(60)
        assert len(served) == len(set(served))
        rhythm = {(s.team, s.kind, s.slot) for s in served if s.kind in (SlotKind.CHECK_IN, SlotKind.REFRESH)}
        week = {slot for slot in rhythm if slot[2] == "2026-W51"}
        assert len(week) == 4
        assert {slot for slot in rhythm if slot[2] in ("2026-W52", "2026-W53")} == set()
        nights = [slot.slot for slot in served if slot.kind is SlotKind.NIGHTLY]
        assert len(nights) == 15
        assert ("onboarding", SlotKind.PLANNING, "2026-W50") in {(s.team, s.kind, s.slot) for s in served}
        assert {s.slot for s in served if s.kind is SlotKind.REVIEW} == {"2026-W51"}


def test_retention_forgets_slots_that_can_not_come_again(sqlite_url: str, tmp_path: Path) -> None:
    with living(sqlite_url, tmp_path) as on:
        on.ticker.tick()
        first = set(on.store.slot_ledger.served(on.clock.now() - LOOK_BACK))
        for _ in range(40):
            on.scene.minutes_pass(24 * 60)
            on.ticker.tick()
        kept = set(on.store.slot_ledger.served(datetime.min.replace(tzinfo=UTC)))
        assert kept & first == set()
        assert kept


def test_a_quiet_poll_is_one_search_and_one_look_at_pages_and_rings_nobody(sqlite_url: str, tmp_path: Path) -> None:
    with living(sqlite_url, tmp_path, polls=True) as on:
        on.settles()
        on.minutes(30, step=5)
        mark = on.site.log.mark()
        on.runs.clear()
        served = on.minutes(60, step=5)
        assert [slot.kind for slot in served] == [SlotKind.POLL] * 12
        assert on.read(mark) == [SEARCH, PAGES] * 12
        assert on.runs == []


def test_our_own_writes_seen_by_the_poll_cost_at_most_one_quiet_run(sqlite_url: str, tmp_path: Path) -> None:
    with living(sqlite_url, tmp_path, polls=True) as on:
        on.settles()
        mark = on.site.log.mark()
        on.minutes(120, step=5)
        assert len(on.runs) <= 1
        assert on.wrote(mark) == []
        on.site.jira.set_status("ONB-33", "Done")
        on.minutes(5, step=5)
        assert UPDATE in on.wrote(mark)
        on.runs.clear()
        on.minutes(60, step=5)
        assert len(on.runs) <= 1


def test_a_poll_rings_exactly_the_teams_whose_epics_or_pages_changed(sqlite_url: str, tmp_path: Path) -> None:
    with living(sqlite_url, tmp_path, polls=True) as on:
        on.settles()
        on.minutes(30, step=5)
        on.runs.clear()
        on.site.jira.set_status("MET-3", "Done")
        story = next(i for i in on.site.jira.issues.values() if i.level == 0 and i.project.key == "ONB")
        on.site.jira.set_status(story.key, "Done")
        on.minutes(15, step=5)
        assert teams_of(on.runs) == [("metering",)]
        on.runs.clear()
        types(on, "Von Hand")
        on.minutes(15, step=5)
        assert teams_of(on.runs) == [("onboarding",)]
        on.runs.clear()
        on.site.confluence.edit_by_hand(on.scene.page_id("strategy"), lambda body: f"{body}<p>Auch hier</p>")
        on.minutes(15, step=5)
        assert teams_of(on.runs) == [("metering", "onboarding")]


def test_a_lost_label_is_seen_by_the_poll(sqlite_url: str, tmp_path: Path) -> None:
    with living(sqlite_url, tmp_path, polls=True) as on:
        on.settles()
        on.site.jira.set_status("MET-3", "Done")
        on.minutes(10, step=5)
        on.runs.clear()
        on.site.jira.edit_issue("MET-3", labels=[])
        on.minutes(5, step=5)
        assert teams_of(on.runs) == [("metering",)]


def test_a_page_that_no_run_reads_any_more_is_not_looked_at(sqlite_url: str, tmp_path: Path) -> None:
    with living(sqlite_url, tmp_path, polls=True) as on:
        on.settles()
        for _ in range(3):
            on.scene.days_pass(7)
            on.minutes(10, step=5)
        on.runs.clear()
        types(on, "Nach drei Wochen")
        on.minutes(60, step=5)
        assert on.runs == []


def test_after_a_pause_the_poll_looks_as_far_back_as_it_was_long(sqlite_url: str, tmp_path: Path) -> None:
    with living(sqlite_url, tmp_path, polls=True) as on:
        on.settles()
        on.minutes(30, step=5)
        on.scene.minutes_pass(5)
        on.site.jira.set_status("MET-3", "Done")
        on.scene.minutes_pass(120)  # nobody looks
        on.runs.clear()
        on.ticker = on.another_clock()
        on.minutes(5, step=5)
        assert teams_of(on.runs) == [("metering",)]


def test_a_poll_that_fails_ends_no_clock_and_all_are_looked_at_once_the_site_answers(
    sqlite_url: str, tmp_path: Path
) -> None:
    with living(sqlite_url, tmp_path, polls=True) as on:
        on.settles()
        on.minutes(30, step=5)
        on.runs.clear()
        on.site.faults.answer(503, times=None)
        on.site.jira.set_status("MET-3", "Done")
        on.minutes(40, step=5)
        assert on.runs == []
        assert on.rings()["*"].cause is Cause.POLL
        on.site.faults.clear()
        on.minutes(40, step=5)
        assert teams_of(on.runs)[0] == ("metering", "onboarding")
        assert on.rings() == {}


def test_a_project_that_is_hidden_does_not_hide_the_others_from_the_poll(sqlite_url: str, tmp_path: Path) -> None:
    with living(sqlite_url, tmp_path, polls=True) as on:
        on.settles()
        on.minutes(20, step=5)
        book_says(on.scene, "teams/onboarding.yaml", "delivery: [ONB]", "delivery: [ONB, HID]")
        on.minutes(10, step=5)
        on.runs.clear()
        on.site.jira.set_status("MET-3", "Done")
        on.minutes(5, step=5)
        assert ("metering",) in teams_of(on.runs)
        assert "*" not in on.rings()


def test_a_changed_mapping_file_reaches_its_teams_page_by_itself(sqlite_url: str, tmp_path: Path) -> None:
    with living(sqlite_url, tmp_path) as on:
        on.settles()
        book_says(on.scene, "teams/onboarding.yaml", "Einrichtung ohne Hilfe", "Einrichtung ganz ohne Hilfe")
        on.minutes(1)
        assert teams_of(on.runs) == [("onboarding",)]
        assert "Einrichtung ganz ohne Hilfe" in on.site.confluence.page(on.scene.page_id(PLANNING)).body


def test_a_broken_book_keeps_the_last_good_one_and_the_state_says_so(sqlite_url: str, tmp_path: Path) -> None:
    with living(sqlite_url, tmp_path) as on:
        on.settles()
        book_says(on.scene, "teams/onboarding.yaml", "team: onboarding", "team: [")
        on.site.jira.set_status("ONB-33", "Done")
        assert on.issue_event("ONB-33") == 202
        on.minutes(1)
        assert teams_of(on.runs) == [("onboarding",)]
        shown = on.door.get("/status", headers={"Authorization": "Bearer for-people"}).text
        assert "teams/onboarding.yaml:" in shown
        book_says(on.scene, "teams/onboarding.yaml", "team: [", "team: onboarding")
        on.minutes(1)
        assert "not in force" not in on.door.get("/status", headers={"Authorization": "Bearer for-people"}).text


def test_a_draft_of_somebody_postpones_our_write_and_the_ring_stays(sqlite_url: str, tmp_path: Path) -> None:
    with living(sqlite_url, tmp_path) as on:
        on.settles()
        page = on.scene.page_id(CHECK_IN)
        on.site.confluence.save_draft(page, on.site.confluence.page(page).body + "<p>Entwurf</p>")
        on.site.jira.set_status("ONB-33", "Done")
        on.issue_event("ONB-33")
        before = on.versions(CHECK_IN)
        on.works()
        assert on.versions(CHECK_IN) == before
        assert on.rings()["onboarding"].cause is Cause.QUIET
