"""An event at the site reaches the right page by itself: through the door, a ring and a run; and nothing else moves."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from connector.ledger import Kind
from connector.rings import Cause
from connector.sandbox.dialect import Dialect
from tests.flow.living import House, living, teams_of
from tests.flow.stories import CHECK_IN, KEY_RESULT

CHECK_IN_METERING = "check-in/metering/2026-W48"
CALLS = "onboarding/setup-rate"


@pytest.fixture
def on(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    with living(sqlite_url, tmp_path) as house:
        house.settles()
        assert house.rings() == {}
        yield house


def test_a_first_start_makes_everything_and_then_is_still(on: House) -> None:
    mark = on.site.log.mark()
    assert (Kind.PAGE, CHECK_IN) in on.scene.resources()
    on.store.ring_ledger.ring(("*",), Cause.OPERATOR, on.clock.now())
    assert teams_of(on.works()) == [("metering", "onboarding")]
    assert on.wrote(mark) == []


def test_a_closed_epic_reaches_its_teams_page_and_nobody_elses(on: House) -> None:
    mark = on.site.log.mark()
    on.site.jira.set_status("ONB-33", "Done")
    assert on.issue_event("ONB-33") == 202
    assert teams_of(on.works()) == [("onboarding",)]
    assert on.wrote(mark) == ["PUT /wiki/api/v2/pages/<page_id>"]
    assert "ONB-33" in on.site.confluence.page(on.scene.page_id(CHECK_IN)).body


def test_data_center_rings_by_signed_webhooks_of_both_products(sqlite_url: str, tmp_path: Path) -> None:
    with living(sqlite_url, tmp_path, dialect=Dialect.DATACENTER) as on:
        on.settles()
        mark = on.site.log.mark()
        on.site.jira.set_status("ONB-33", "Done")
        assert on.issue_event("ONB-33") == 202
        assert teams_of(on.works()) == [("onboarding",)]
        assert on.wrote(mark) == ["PUT /wiki/api/v2/pages/<page_id>"]
        mark = on.site.log.mark()
        assert on.page_event(on.scene.page_id(CHECK_IN)) == 202  # the echo of our own write
        assert len(on.works()) == 1
        assert (on.wrote(mark), on.rings()) == ([], {})


def test_the_echo_of_our_own_write_costs_one_quiet_run_and_then_it_is_still(on: House) -> None:
    on.site.jira.set_status("ONB-33", "Done")
    on.issue_event("ONB-33")
    on.works()
    assert on.page_event(on.scene.page_id(CHECK_IN)) == 202  # the site tells us what we have just written
    mark = on.site.log.mark()
    assert len(on.works()) == 1
    assert on.wrote(mark) == []
    assert on.rings() == {}


def test_an_echo_of_an_issue_of_ours_costs_one_quiet_run(on: House) -> None:
    key = on.scene.issue_key(KEY_RESULT)
    assert on.issue_event(key) == 202
    mark = on.site.log.mark()
    assert teams_of(on.works()) == [("onboarding",)]
    assert on.wrote(mark) == []


def test_many_events_of_one_storm_are_one_run(on: House) -> None:
    on.site.jira.set_status("ONB-33", "Done")
    assert {on.issue_event("ONB-33") for _ in range(50)} == {202}
    assert len(on.works()) == 1


def test_a_child_issue_an_unknown_project_and_a_foreign_page_ring_nobody(on: House) -> None:
    story = next(i for i in on.site.jira.issues.values() if i.fields["issuetype"]["hierarchyLevel"] == 0
                 and i.project.key == "ONB")  # fmt: skip
    assert on.issue_event(story.key) == 204
    on.site.jira.add_project("FAR", "Far away")
    assert on.issue_event(on.site.jira.add_issue(project="FAR", summary="Elsewhere").key) == 204
    assert on.page_event(on.site.confluence.add_page(space="ONB", title="Somebody's own").id) == 204
    assert on.rings() == {}


def test_a_page_of_ours_that_is_younger_than_our_knowledge_is_known_after_a_look(on: House) -> None:
    assert on.page_event("999999") == 204  # what we know is read now
    on.site.confluence.trash(on.scene.page_id(CHECK_IN))
    on.scene.sync(restore=True)  # as a command of an operator beside us
    new = on.scene.page_id(CHECK_IN)
    on.scene.minutes_pass(4 / 60)
    assert on.page_event(new) == 202


def test_words_of_the_team_are_harvested_and_its_page_stays_as_they_wrote_it(on: House) -> None:
    page = on.scene.page_id(CHECK_IN)
    on.site.confluence.edit_by_hand(page, lambda body: body + "<p>Wir haben geübt.</p>")
    body, mark = on.site.confluence.page(page).body, on.site.log.mark()
    assert on.page_event(page) == 202
    on.works()
    assert on.wrote(mark) == []
    assert on.site.confluence.page(page).body == body


def test_a_pushed_reading_reaches_the_page_and_the_same_again_is_nothing(on: House) -> None:
    assert on.pushes(CALLS, 41.54, "2026-11-24") == 202
    assert on.rings()["onboarding"].cause is Cause.READING
    assert len(on.works()) == 1
    assert "41,5" in on.site.confluence.page(on.scene.page_id(CHECK_IN)).body
    assert on.pushes(CALLS, 41.5, "2026-11-24") == 202
    assert on.rings() == {}


def test_a_reading_of_tomorrow_or_of_nobody_is_kept_nowhere(on: House) -> None:
    before = on.scene.readings()
    assert on.pushes(CALLS, 41.5, "2026-11-25") == 400  # still to come where the team is
    assert on.pushes("onboarding/guide-found", 41.5, "2026-11-24") == 404  # observed, not pushed
    assert on.pushes("onboarding/no-such", 41.5, "2026-11-24") == 404
    assert on.pushes("nobody/setup-rate", 41.5, "2026-11-24") == 404
    assert on.rings() == {}
    assert on.scene.readings() == before


def test_an_unknown_reading_is_kept_as_unknown(on: House) -> None:
    assert on.pushes(CALLS, None, "2026-11-24") == 202
    assert [r.value for r in on.scene.readings() if r.on.isoformat() == "2026-11-24"] == [None]


def test_what_people_took_away_stays_away_when_its_event_comes(on: House) -> None:
    page = on.scene.page_id(CHECK_IN)
    on.site.confluence.trash(page)
    on.page_event(page)
    on.issue_event("ONB-33")
    on.works()
    assert on.site.confluence.page(page).status == "trashed"


def test_a_door_without_a_database_takes_nothing_and_tells_when_to_come_again(on: House) -> None:
    on.group.stop()
    body = {"event": "page_updated", "page": on.scene.page_id(CHECK_IN)}
    answer = on.door.post("/webhooks/automation", json=body, headers={"X-OKR-Secret": "auto-secret"})
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert on.pushes(CALLS, 41.5, "2026-11-24") == 503
    assert not [r for r in on.scene.readings() if r.on.isoformat() == "2026-11-24"]


def test_an_epic_that_the_sites_search_does_not_know_yet_reaches_its_page_all_the_same(
    sqlite_url: str, tmp_path: Path
) -> None:
    with living(sqlite_url, tmp_path, lag=timedelta(minutes=3)) as on:
        on.settles()
        on.scene.minutes_pass(10)
        on.works()
        before, mark = on.versions(CHECK_IN_METERING), on.site.log.mark()
        on.site.jira.set_status("MET-3", "Done")  # found by its label
        assert on.issue_event("MET-3") == 202
        on.minutes(1, step=0.2)
        assert on.versions(CHECK_IN_METERING) == before  # looked at, with eyes of before
        on.minutes(3)
        assert on.versions(CHECK_IN_METERING) == before + 1
        on.minutes(30, step=5)
        assert on.versions(CHECK_IN_METERING) == before + 1
        assert on.rings() == {}
        assert len(on.wrote(mark)) == 1


def test_a_page_event_costs_a_team_that_is_searched_for_one_quiet_run_and_its_own_issue_too(
    sqlite_url: str, tmp_path: Path
) -> None:
    with living(sqlite_url, tmp_path, lag=timedelta(minutes=3)) as on:
        on.settles()
        on.minutes(10)
        issue = on.scene.issue_key(next(ref for kind, ref in on.scene.resources()
                                        if kind is Kind.ISSUE and ref.startswith("metering/")))  # fmt: skip
        for echo in (lambda: on.page_event(on.scene.page_id(CHECK_IN_METERING)), lambda: on.issue_event(issue)):
            on.runs.clear()
            assert echo() == 202
            on.minutes(10)
            assert teams_of(on.runs) == [("metering",)]
            assert on.rings() == {}
