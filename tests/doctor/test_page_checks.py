"""The doctor looks at what teams wrote: what cannot be read, and numbers that wait for a connection."""

from pathlib import Path

from connector.doctor.checks import Check, Name, Outcome
from connector.doctor.page_checks import PagesRead, pages_read
from connector.storage.store import Store
from mappings.epics import SelectorKind
from tests.flow.coach import Coach, writes_itself
from tests.flow.stand import Scene, scene

CONNECTED = "sources: {anteil-selbst-eingerichteter-konten: {type: pushed}}\n"


def looked(on: Scene) -> tuple[PagesRead, tuple[Check, ...]]:
    mark = on.site.log.mark()
    with on.engine() as engine, Store.open(on.database) as store:
        read = pages_read(on.book(), engine.confluence, store, engine.clock)
    assert not on.site.log.writes(mark)
    checks = tuple(read.checks())
    assert all(len(check.options) >= 2 and check.why for check in checks if check.outcome is not Outcome.OK)
    return read, checks


def planned(on: Scene) -> Coach:
    coach = writes_itself(on)
    on.sync()
    coach.plans()
    on.sync()
    return coach


def test_a_number_that_waits_for_its_connection_is_asked_about_until_the_file_names_it(
    sqlite_url: str, tmp_path: Path
) -> None:
    with scene(sqlite_url, tmp_path) as on:
        planned(on)
        _, checks = looked(on)
        (waits,) = (check for check in checks if check.name is Name.SOURCES)
        assert (waits.where, waits.outcome) == ("onboarding/anteil-selbst-eingerichteter-konten", Outcome.QUESTION)
        file = on.book_folder / "teams" / "onboarding.yaml"
        file.write_text(file.read_text("utf-8") + CONNECTED, "utf-8")
        _, checks = looked(on)
        assert [check.name for check in checks] == [Name.PAGES]


def test_a_page_that_cannot_be_read_is_a_question_and_what_it_said_last_still_counts(
    sqlite_url: str, tmp_path: Path
) -> None:
    with scene(sqlite_url, tmp_path) as on:
        planned(on).breaks()
        read, checks = looked(on)
        (broken,) = (check for check in checks if check.name is Name.PAGES)
        assert (broken.where, broken.why) == ("team onboarding", "what it said last stays in force")
        assert read.book.team("onboarding").objectives


def test_epics_that_stand_on_a_page_are_looked_for_as_those_of_a_file(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        planned(on)
        read, _ = looked(on)
        indicators = [
            indicator
            for objective in read.book.team("onboarding").objectives
            for key_result in objective.key_results
            for indicator in key_result.indicators
        ]
        assert [one.epics.kind for one in indicators if one.epics] == [SelectorKind.KEYS]


def test_a_book_that_says_everything_itself_costs_no_request(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        mark = on.site.log.mark()
        read, checks = looked(on)
        assert (read.book, checks) == (on.book(), ())
        assert not on.site.log.reads(mark)
