"""Six weeks of two teams that write in Confluence alone: plan, check in, skip, a quiet week, refute, change course."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from connector.ledger import Kind
from mappings.okr import HypothesisState
from tests.flow.written_weeks import Played, another_house, compare, known, play_on, playing, silent_sync
from tests.pages.test_golden import MODEL_PAGE

FIRST_EVENING = date(2026, 10, 20)
WEEKS = 6


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    with playing(tmp_path_factory.mktemp("six-weeks")) as story:
        play_on(story, WEEKS, {FIRST_EVENING: story.keep_drafts})
        yield story


def test_when_everything_is_in_step_nothing_is_written(story: Played) -> None:
    assert story.second is not None
    assert story.second.requests.writes == 0


def test_every_page_looks_as_it_is_to_look(story: Played) -> None:
    compare("six-weeks", story.steady() | story.drafts)


def test_the_model_page_comes_out_of_a_site_on_which_a_team_wrote_all_of_it(story: Played) -> None:
    shown = iter(line.strip() for line in story.shows("check-in/onboarding/2026-W48"))
    wanted = [line.strip() for line in MODEL_PAGE.splitlines()]
    assert [line for line in wanted if not any(there.startswith(line) for there in shown)] == []


def test_nobody_loses_a_word(story: Played) -> None:
    everything = "\n".join(line for ref in story.bodies() for line in story.shows(ref))
    lines = [line for answer in story.typed() for line in answer.replace("{browse}", "").split("\n")]
    assert len(lines) > 90
    assert [line for line in lines if line not in everything] == []


def test_a_draft_shows_what_has_come_through_and_asks(story: Played) -> None:
    german, english = (story.drafts[f"draft/planning/{team}/2026-q4"] for team in ("onboarding", "metering"))
    assert "Key Result 3 ist noch im Entstehen; es kommt dazu, wenn es fertig ist." in german
    assert "„fertigstellen“ beschreibt, was wir tun. Was verändert sich dadurch, und bei wem?" in german
    assert "One objective, two key results, four indicators, four epics." in english
    assert not [ref for ref in story.bodies() if "Das ist angekommen" in "\n".join(story.shows(ref))]


def test_a_week_that_was_skipped_is_shown_as_that_and_nothing_more(story: Played) -> None:
    (row,) = [
        line for line in story.shows("check-in/onboarding/2026-W46") if line.startswith("Einrichtung ohne Hilfe: wo")
    ]
    assert row.endswith("| offen | ohne Check-in | unklar")
    assert "Letztes Mal, in KW 44" in story.shows("check-in/onboarding/2026-W46")


def test_a_quiet_week_has_no_page(story: Played) -> None:
    assert "check-in/metering/2026-W46" not in story.bodies()
    assert "check-in/onboarding/2026-W46" in story.bodies()
    assert any("previous check-in: week 45" in line for line in story.shows("check-in/metering/2026-W47"))


def test_what_was_refuted_stays_to_be_seen_and_no_more_is_asked_about_it(story: Played) -> None:
    answers = {a.week.week: a.answers for a in story.on.parts.store.answers() if "the-right-number" in a.key_result}
    assert answers[47].state is HypothesisState.DISCARDED
    page = story.shows("check-in/metering/2026-W48")
    assert "The right number at first sight: where did our assumption stand? | open | unclear | discarded | " in page
    assert not any(line.startswith("Our number: Right number") for line in page)


def test_a_change_of_course_is_told_at_the_next_check_in_without_a_reason(story: Played) -> None:
    assert "changed in week 47" in story.shows("check-in/metering/2026-W48")[0]
    assert "changed in" not in story.shows("check-in/metering/2026-W47")[0]
    assert "3 · The camera reads it" in story.shows("check-in/metering/2026-W48")
    assert any(
        ref.endswith("/the-camera-reads-it") for kind, ref in story.on.parts.store.resources() if kind is Kind.ISSUE
    )


def test_without_the_database_everything_is_found_again_and_nothing_is_written(story: Played, tmp_path: Path) -> None:
    bodies = story.bodies()
    with another_house(story.on, tmp_path / "anew") as parts:
        silent_sync(story.on, parts)
        assert known(story.on, parts) == known(story.on, story.on.parts)
        silent_sync(story.on, parts)
    assert story.bodies() == bodies
