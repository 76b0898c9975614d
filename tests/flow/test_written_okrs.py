"""A team that writes its OKRs in Confluence: from an empty page to a check-in, and everything that comes between."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from connector.ledger import Kind
from connector.rhythms import WrittenRhythm, keeping_time
from connector.rings import SlotKind
from connector.sandbox.dialect import Dialect
from connector.slots import next_slots
from connector.storage.store import Store
from connector.sync.plan import verb
from connector.sync.scope import Options
from tests.flow.coach import CHECK_IN, FIRST, RHYTHM, TEAM, Coach, issues, told, writes_itself
from tests.flow.dialects import both_dialects
from tests.flow.stand import Scene, codes, scene, team
from tests.flow.stories import book_says


@contextmanager
def planned(database: str, folder: Path, valid_from: str = "01.10.2026") -> Iterator[tuple[Scene, Coach]]:
    """A team whose planning page is written, and read once."""
    with scene(database, folder) as on:
        coach = writes_itself(on)
        on.sync()
        coach.plans(valid_from)
        on.sync()
        yield on, coach


def test_a_draft_makes_nothing_in_jira_and_no_check_in(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        coach = writes_itself(on)
        on.sync()
        coach.plans(valid_from="")
        report = on.sync()
        assert codes(report) == {}
        assert issues(on) == []
        assert (Kind.PAGE, CHECK_IN) not in on.resources()
        assert coach.in_force() is None
        on.silent_sync()
        assert "Ein Objective" in coach.body


@both_dialects
def test_a_day_from_which_it_holds_makes_issues_and_the_check_in(
    sqlite_url: str, tmp_path: Path, dialect: Dialect
) -> None:
    with scene(sqlite_url, tmp_path, dialect=dialect) as on:
        coach = writes_itself(on)
        on.sync()
        coach.plans()
        report = on.sync()
        assert codes(report) == {}
        assert len(issues(on)) == 2
        assert (Kind.PAGE, CHECK_IN) in on.resources()
        assert coach.in_force() == coach.version
        on.silent_sync()
        assert coach.in_force() == coach.version


def test_an_empty_identifier_is_filled_once_and_stays_when_the_name_changes(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        coach = writes_itself(on)
        on.sync()
        coach.plans()
        plan = on.plan()
        assert [verb(step) for step in plan.steps if step.ref == coach.ref] == ["fill page"]
        on.sync()
        assert coach.reads("okr-t-key-result", "Kennung") == "einrichtung-ohne-hilfe"
        coach.says("okr-t-key-result", {"Kurzname": "Konto ohne Hilfe"})
        before = issues(on)
        on.sync()
        assert coach.reads("okr-t-key-result", "Kennung") == "einrichtung-ohne-hilfe"
        assert issues(on) == before
        on.silent_sync()


def test_every_word_of_the_team_stays_when_identifiers_are_filled(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        coach = writes_itself(on)
        on.sync()
        coach.plans()
        before = coach.body
        on.sync()
        assert coach.body != before
        for question, answer in (RHYTHM | {"Gilt ab": "01.10.2026"}).items():
            assert coach.reads("okr-t-rhythm", question) == answer
        for question, answer in FIRST.items():
            assert coach.reads("okr-t-key-result", question) == answer


def test_a_copied_key_result_gets_an_identifier_of_its_own(sqlite_url: str, tmp_path: Path) -> None:
    with planned(sqlite_url, tmp_path, "") as (on, coach):
        coach.copies_a_key_result()
        on.sync()
        first, second = (coach.reads("okr-t-key-result", "Kennung", nth) for nth in (0, 1))
        assert (first, second) == ("einrichtung-ohne-hilfe", "einrichtung-ohne-hilfe-2")
        coach.says("okr-t-rhythm", {"Gilt ab": "01.10.2026"})
        on.sync()
        assert len(issues(on)) == 3
        on.silent_sync()


def test_a_change_in_the_cycle_counts_from_the_next_check_in_which_tells_it(sqlite_url: str, tmp_path: Path) -> None:
    with planned(sqlite_url, tmp_path) as (on, coach):
        held = coach.in_force()
        on.days_pass(1)
        coach.says("okr-t-key-result", {"tut was?": "richten ihr Konto allein ein"})
        on.sync()
        assert coach.in_force() == held
        assert "ohne Hilfe ein" in summary(on)
        on.silent_sync()
        on.days_pass(5)  # the Monday before the next check-in
        on.sync()
        assert coach.in_force() == coach.version
        assert "allein ein" in summary(on)
        after = on.site.confluence.page(on.page_id("check-in/onboarding/2026-W49")).body
        assert "geändert in KW 48" in after
        on.silent_sync()
        on.days_pass(7)
        on.sync()
        assert "geändert in" not in on.site.confluence.page(on.page_id("check-in/onboarding/2026-W50")).body


def test_a_page_that_cannot_be_read_leaves_in_force_what_it_said_last(sqlite_url: str, tmp_path: Path) -> None:
    with planned(sqlite_url, tmp_path) as (on, coach):
        held, before = coach.in_force(), issues(on)
        coach.breaks()
        report = on.silent_sync()
        assert codes(report) == {}
        assert any("cannot be read cleanly" in line for line in told(report))
        on.days_pass(7)
        report = on.sync()
        assert team(report, "onboarding").retired == 0
        assert (coach.in_force(), issues(on)) == (held, before)
        assert (Kind.PAGE, "check-in/onboarding/2026-W49") in on.resources()
        assert codes(report) == {}
        on.silent_sync()


def test_a_day_that_was_emptied_leaves_in_force_what_was_and_is_asked_about(sqlite_url: str, tmp_path: Path) -> None:
    with planned(sqlite_url, tmp_path) as (on, coach):
        held, before = coach.in_force(), issues(on)
        coach.says("okr-t-rhythm", {"Gilt ab": ""})
        on.sync()
        assert (coach.in_force(), issues(on)) == (held, before)
        assert "ist wieder leer" in coach.body
        on.silent_sync()


def test_a_day_to_come_is_waited_for(sqlite_url: str, tmp_path: Path) -> None:
    with planned(sqlite_url, tmp_path, "30.11.2026") as (on, _coach):
        assert issues(on) == []
        with Store.open(on.database) as store:
            book = keeping_time(on.book(), store.rhythms())
        moments = {(due.slot.kind, due.slot.slot) for due in next_slots(book, on.site.clock.now())}
        assert (SlotKind.PLANNING, "2026-11-30") in moments
        on.silent_sync()
        on.days_pass(6)
        on.sync()
        assert len(issues(on)) == 2
        assert (Kind.PAGE, "check-in/onboarding/2026-W49") in on.resources()
        on.silent_sync()


def test_a_key_result_that_its_team_struck_is_retired(sqlite_url: str, tmp_path: Path) -> None:
    with planned(sqlite_url, tmp_path) as (on, coach):
        coach.says("okr-t-key-result", {"tut was?": ""})
        on.days_pass(7)
        report = on.sync()
        assert team(report, "onboarding").retired == 1
        on.silent_sync()


@pytest.mark.parametrize("pending", [False, True], ids=["settled", "with a change that waits"])
def test_a_lost_database_costs_no_write(database_url: str, tmp_path: Path, pending: bool) -> None:
    with planned(database_url, tmp_path) as (on, coach):
        on.silent_sync()
        if pending:
            coach.says("okr-t-key-result", {"tut was?": "richten ihr Konto allein ein"})
            on.sync()
        before = summary(on)
        rhythms = kept(on)
        on.lose_the_database()
        on.silent_sync()
        assert coach.in_force() is not None
        assert (coach.in_force() == coach.version) is not pending
        assert (summary(on), kept(on)) == (before, rhythms)
        on.silent_sync()


def test_a_database_lost_before_the_first_check_in_costs_no_write(sqlite_url: str, tmp_path: Path) -> None:
    with planned(sqlite_url, tmp_path, "30.11.2026") as (on, coach):
        on.lose_the_database()
        on.silent_sync()
        assert coach.in_force() is None


def test_a_planning_page_that_people_moved_is_found_again(sqlite_url: str, tmp_path: Path) -> None:
    with planned(sqlite_url, tmp_path) as (on, coach):
        elsewhere = on.site.confluence.add_page(space="ONB", title="Ablage")
        on.site.confluence.move(coach.page, elsewhere.id)
        page = coach.page
        on.lose_the_database()
        on.silent_sync()
        assert coach.page == page


def test_a_page_that_was_trashed_retires_nothing(sqlite_url: str, tmp_path: Path) -> None:
    with planned(sqlite_url, tmp_path) as (on, coach):
        on.site.confluence.trash(coach.page)
        report = on.sync()
        assert team(report, "onboarding").retired == 0
        on.silent_sync()


def test_what_a_team_wants_to_be_sent_is_told_once_and_asked_until_it_is_connected(
    sqlite_url: str, tmp_path: Path
) -> None:
    with scene(sqlite_url, tmp_path) as on:
        coach = writes_itself(on)
        on.sync()
        coach.plans()
        report = on.sync()
        (line,) = told(report)
        assert "anteil-selbst-eingerichteter-konten (pushed)" in line
        writes_itself(on, f"{TEAM}sources: {{anteil-selbst-eingerichteter-konten: {{type: pushed}}}}\n")
        assert told(on.sync()) == []
        on.silent_sync()


def test_who_begins_to_write_in_the_cycle_goes_by_the_file_until_the_next_page(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        before = issues(on)
        book_says(on, "teams/onboarding.yaml", "okrs: here", "okrs: confluence")
        book_says(on, "strategy.yaml", "strategy: here", "strategy: confluence")
        report = on.sync()
        assert (codes(report), team(report, "onboarding").retired, issues(on)) == ({}, 0, before)
        on.silent_sync()
        on.days_pass(20)
        on.sync()
        assert "okr-t-rhythm" in on.site.confluence.page(on.page_id("planning/onboarding/2027-q1")).body
        on.silent_sync()


def test_what_leadership_writes_stands_on_every_planning_page(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        book_says(on, "strategy.yaml", "strategy: here", "strategy: confluence")
        coach = writes_itself(on)
        on.sync()
        page = on.page_id("strategy")
        on.site.confluence.type_into_cell(page, "okr-t-strategy", "Purpose", "Wir machen Sparen einfach.")
        on.sync()
        assert "Wir machen Sparen einfach." in coach.body
        on.silent_sync()
        body = on.site.confluence.page(page).body
        start = body.rindex("<ac:structured-macro", 0, body.index("okr-t-strategy"))
        end = body.index("</ac:structured-macro>", start) + len("</ac:structured-macro>")
        on.site.confluence.edit_by_hand(page, lambda body: body[:start] + body[end:])
        report = on.silent_sync()
        assert any("strategy page cannot be read" in line for line in told(report))
        assert "Wir machen Sparen einfach." in coach.body
        on.lose_the_database()
        on.sync()


def summary(on: Scene) -> str:
    """What the issue of the first key result says."""
    ref = next(ref for ref in issues(on) if ref.endswith("/einrichtung-ohne-hilfe"))
    return str(on.site.jira.keys[on.issue_key(ref)].fields["summary"])


def kept(on: Scene) -> tuple[WrittenRhythm, ...]:
    with Store.open(on.database) as store:
        return store.rhythms()


def many_write(on: Scene, count: int) -> None:
    """So many teams with a planning page each, all in force."""
    writes_itself(on)
    names = ["onboarding", *(f"team-{number}" for number in range(2, count + 1))]
    for name in names[1:]:
        text = TEAM.replace("team: onboarding", f"team: {name}").replace("Team Onboarding", name)
        (on.book_folder / "teams" / f"{name}.yaml").write_text(text, encoding="utf-8")
    on.sync()
    for name in names:
        Coach(on, f"planning/{name}/2026-q4").plans()
    assert codes(on.sync()) == {}
    on.sync()


def test_a_quiet_run_asks_no_more_for_many_teams_than_for_one(tmp_path: Path) -> None:
    quiet: list[dict[str, int]] = []
    for count in (1, 5):
        folder = tmp_path / str(count)
        folder.mkdir()
        with scene(f"sqlite:///{folder / 'okr.db'}", folder) as on:
            many_write(on, count)
            quiet.append(dict(on.silent_sync().requests.by_operation))
            with on.engine() as engine:  # a process that lives on reads a version once
                engine.sync(on.book(), Options())
                mark = on.site.log.mark()
                engine.sync(on.book(), Options())
                read = [line.query for line in on.site.log.reads(mark) if "body-format" in line.query]
                assert not [query for query in read if Coach(on).page in query]
    assert quiet[0] == quiet[1]
