"""The note on what was agreed, and what stays off until it is agreed."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from connector.agreement import InForce
from connector.cli import okr
from connector.doorbell import PushedReadings
from connector.errors import BookError, Code, PermanentError
from connector.folder import MappingFolder
from connector.ledger import Kind
from connector.pages.canonical import well_formed
from connector.privacy.agreement import FILE, in_force, note_in, write_note
from connector.privacy.pack import record
from connector.privacy.surface import Surface, sources_of, surface_of
from connector.storage.store import Store
from connector.sync.engine import Engine
from connector.sync.report import SyncReport
from connector.sync.scope import Options
from mappings.book import belongs
from mappings.indicators import SourceKind
from mappings.team_text import TeamText
from tests.connector.working import Hands
from tests.flow.stand import EXAMPLE, Scene, codes, scene, team
from webhooks.sockets import Keeping

TODAY = date(2026, 11, 24)
AGREED = {SourceKind.PUSHED, SourceKind.JQL_COUNT}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "kept"))


def test_a_note_is_read_as_it_was_written_and_belongs_to_no_book(folder: Path) -> None:
    surface = surface_of(AGREED)
    assert note_in(folder) is None
    assert in_force(folder) == InForce()
    write_note(folder, surface, TODAY)
    found = note_in(folder)
    assert found is not None
    assert (found.on, found.surface, found.sources) == (TODAY, surface, AGREED | {SourceKind.OBSERVED})
    assert not belongs(FILE)
    assert FILE not in MappingFolder(folder).files()
    assert in_force(folder) == InForce(on=TODAY, sources=found.sources)
    assert "Vermerk" in (folder / FILE).read_text("utf-8")


def test_a_second_note_keeps_day_and_hash_of_the_first(folder: Path) -> None:
    first, second = surface_of(AGREED), surface_of({*AGREED, SourceKind.CSV})
    write_note(folder, first, TODAY)
    write_note(folder, first, TODAY)
    write_note(folder, second, date(2026, 12, 1))
    found = note_in(folder)
    assert found is not None
    assert found.earlier == ((TODAY, first.number, first.hash),)
    assert sorted(path.name for path in folder.iterdir()) == [FILE, "strategy.yaml", "teams"]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[" * 5000, b'{"date":"2026-11-24"}', b"mine: do not touch\n", b"\xff"]
)
def test_a_file_of_somebody_else_is_neither_read_nor_overwritten(folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    for attempt in (lambda: note_in(folder), lambda: write_note(folder, surface_of(AGREED), TODAY)):
        with pytest.raises(BookError) as caught:
            attempt()
        assert caught.value.code is Code.AGREEMENT_UNREADABLE
    assert (folder / FILE).read_bytes() == content


def test_a_list_that_was_changed_by_hand_is_noticed(folder: Path) -> None:
    write_note(folder, surface_of(AGREED), TODAY)
    kept = json.loads((folder / FILE).read_text("utf-8"))
    kept["kinds"].append("source csv: values of an indicator")
    (folder / FILE).write_text(json.dumps(kept), "utf-8")
    with pytest.raises(BookError):
        in_force(folder)


def test_pages_name_no_day_once_more_is_read_or_kept_than_was_agreed(folder: Path) -> None:
    whole = surface_of(AGREED)
    column = next(line for line in whole.kinds if line.startswith("column answers.confidence"))
    write_note(folder, Surface(kinds=tuple(line for line in whole.kinds if line != column)), TODAY)
    assert in_force(folder).on is None
    assert in_force(folder).sources == AGREED | {SourceKind.OBSERVED}


@contextmanager
def agreed(tmp_path: Path) -> Iterator[Scene]:
    with scene(f"sqlite:///{tmp_path / 'okr.db'}", tmp_path) as on:
        write_note(on.book_folder, surface_of(sources_of(on.book())), date(2026, 11, 20))
        yield on


def synced(on: Scene, about: str | None = None) -> SyncReport:
    with on.engine() as engine:
        return _whole(engine, on.book_folder, about).sync(on.book(), Options())


def _whole(engine: Engine, folder: Path, about: str | None) -> Engine:
    sources = replace(engine.sources, agreed=lambda: in_force(folder)) if engine.sources else None
    told = replace(engine, sources=sources, agreed=lambda: in_force(folder), about=about)
    return replace(told, paper=lambda book: record(book, folder))


def body(on: Scene, ref: str) -> str:
    return on.site.confluence.tree.page(on.page_id(ref)).body


def switch(on: Scene, name: str, old: str, new: str) -> None:
    path = on.book_folder / "teams" / f"{name}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_kind_that_is_not_agreed_stays_off_and_the_rest_runs_on(tmp_path: Path) -> None:
    with agreed(tmp_path) as on:
        assert codes(synced(on)) == {}
        (on.book_folder / "rate.csv").write_text("on,value\n2026-11-23,41.5\n", "utf-8")
        switch(on, "onboarding", "source: {type: pushed}", "source: {type: csv, path: rate.csv}")
        report = synced(on)
        assert codes(report) == {"onboarding": ["source-not-agreed"]}
        said = str(team(report, "onboarding").errors[0])
        assert "onboarding" in said
        assert "setup-rate" in said
        assert said.count("·") == 1
        assert all(one.served for one in report.teams)
        assert [r for r in on.readings() if r.indicator == "onboarding/setup-rate"] == []
        write_note(on.book_folder, surface_of(sources_of(on.book())), TODAY)
        assert codes(synced(on)) == {}
        assert [r.value for r in on.readings() if r.indicator == "onboarding/setup-rate"] != []


def test_a_note_that_cannot_be_read_ends_the_run_before_a_site_is_asked(tmp_path: Path) -> None:
    with agreed(tmp_path) as on:
        (on.book_folder / FILE).write_text("mine", "utf-8")
        mark = on.site.log.mark()
        with pytest.raises(BookError):
            synced(on)
        assert on.site.log.requests(mark) == ()


@pytest.mark.parametrize(("sources", "outcome"), [(AGREED, Keeping.KEPT), ({SourceKind.CSV}, Keeping.UNKNOWN)])
def test_the_door_takes_no_value_of_a_kind_that_is_not_agreed(
    sqlite_url: str, folder: Path, sources: set[SourceKind], outcome: Keeping
) -> None:
    write_note(folder, surface_of(sources), TODAY)
    with Store.open(sqlite_url) as store, store.group_commit() as group:
        door = PushedReadings(
            ledger=store,
            ringing=group,
            book=lambda: MappingFolder(folder).book(TODAY),
            clock=Hands(),
            agreed=lambda: in_force(folder),
        )
        assert door.keep("onboarding", "setup-rate", Decimal("41.5"), TODAY) is outcome
        assert len(store.readings()) == (1 if outcome is Keeping.KEPT else 0)


def test_a_reading_by_hand_is_refused_for_a_kind_that_is_not_agreed(sqlite_url: str, folder: Path) -> None:
    environment = {
        "OKR_MAPPINGS": str(folder),
        "DATABASE_URL": sqlite_url,
        "OKR_JIRA_URL": "https://site.example.com",
        "OKR_JIRA_TOKEN": "invented",
    }
    add = ["reading", "add", "onboarding", "setup-rate", "41.5", "--on", "2026-11-23"]
    write_note(folder, surface_of([SourceKind.CSV]), TODAY)
    refused = CliRunner().invoke(okr, add, env=environment)
    assert isinstance(refused.exception, PermanentError)
    assert refused.exception.code is Code.SOURCE_NOT_AGREED
    write_note(folder, surface_of(AGREED), TODAY)
    assert CliRunner().invoke(okr, add, env=environment).exit_code == 0


def test_without_a_note_nothing_is_kept_off(tmp_path: Path) -> None:
    with scene(f"sqlite:///{tmp_path / 'okr.db'}", tmp_path) as on:
        (on.book_folder / "rate.csv").write_text("on,value\n2026-11-23,41.5\n", "utf-8")
        switch(on, "onboarding", "source: {type: pushed}", "source: {type: csv, path: rate.csv}")
        assert codes(synced(on)) == {}
        assert "Vermerk" not in body(on, "check-in/onboarding/2026-W48")


def test_the_foot_of_a_page_names_the_day_and_leads_to_the_hash(tmp_path: Path) -> None:
    with agreed(tmp_path) as on:
        synced(on, "https://okr.example.com/privacy")
        german, english = body(on, "check-in/onboarding/2026-W48"), body(on, "check-in/metering/2026-W48")
        assert "Vermerk vom 20.11.2026" in german
        assert "Vereinbarung vom" not in german
        assert "note of 20 November 2026" in english
        assert '<a href="https://okr.example.com/privacy">' in german
        on.days_pass(0.01)
        synced(on, None)
        assert "/privacy" not in body(on, "check-in/onboarding/2026-W48")


def test_the_record_has_a_page_below_the_home_page_and_a_second_run_writes_nothing(tmp_path: Path) -> None:
    with agreed(tmp_path) as on:
        synced(on)
        page = on.site.confluence.tree.page(on.page_id("record"))
        well_formed(TeamText(page.body))
        assert page.title == "OKR-Datenfluss · Nordlicht Energie"
        assert surface_of(sources_of(on.book())).hash in page.body
        mark = on.site.log.mark()
        quiet = synced(on)
        assert on.site.log.writes(mark) == ()
        assert quiet.requests.writes == 0
        on.lose_the_database()
        mark = on.site.log.mark()
        synced(on)
        assert on.site.log.writes(mark) == ()
        assert (Kind.PAGE, "record") in on.resources()


def test_a_page_of_the_record_under_another_name_is_found_again(tmp_path: Path) -> None:
    with agreed(tmp_path) as on:
        synced(on)
        known = on.page_id("record")
        on.site.confluence.rename(known, "Was hier gelesen wird")
        on.lose_the_database()
        mark = on.site.log.mark()
        synced(on)
        assert on.page_id("record") == known
        assert on.site.log.writes(mark) == ()
