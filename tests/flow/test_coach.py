"""As a coach would: from `okr init` to a filled planning page without opening a mapping file; the steps are counted."""

from pathlib import Path

from click.testing import CliRunner, Result

from connector.cli import okr
from connector.ledger import Kind
from mappings.book import read_book
from mappings.start import start_files
from tests.flow.coach import Coach, issues, told
from tests.flow.stand import START, codes, scene

TABLE = """team,name,delivery,project,space,language
onboarding,Team Onboarding,ONB,OKR,ONB,
metering,Team Metering,MET,OKR,ONB,en
"""


def runs(*arguments: str) -> Result:
    return CliRunner().invoke(okr, arguments)


def test_from_init_to_a_filled_planning_page_no_file_is_opened(sqlite_url: str, tmp_path: Path) -> None:
    folder, table = tmp_path / "book", tmp_path / "teams.csv"
    table.write_text(TABLE, encoding="utf-8")
    begun = runs("init", str(folder), "--language", "de", "--organisation", "Nordlicht Energie")
    assert begun.exit_code == 0, begun.output
    assert runs("lint", str(folder)).output.startswith("Nothing to say")
    assert runs("teams", "add", str(table), "--in", str(folder)).exit_code == 0
    assert sorted(path.name for path in (folder / "teams").iterdir()) == ["metering.yaml", "onboarding.yaml"]
    assert runs("lint", str(folder)).exit_code == 0
    today = start_files(START.date())["strategy.yaml"].splitlines()
    strategy = folder / "strategy.yaml"  # the cycles of the story's day instead of this day's
    cycles = iter(line for line in today if line.startswith("  - {id"))
    written = strategy.read_text(encoding="utf-8").splitlines()
    strategy.write_text("\n".join(next(cycles) if line.startswith("  - {id") else line for line in written) + "\n")
    with scene(sqlite_url, tmp_path) as on:
        assert codes(on.sync()) == {}
        coach = Coach(on)
        coach.plans()
        assert coach.steps == 20  # cells, beside three commands: init, teams add, sync
        report = on.sync()
        assert codes(report) == {}
        assert len(issues(on)) == 2
        assert (Kind.PAGE, "check-in/onboarding/2026-W48") in on.resources()
        assert (Kind.PAGE, "check-in/metering/2026-W48") not in on.resources()
        assert len(told(report)) == 1
        on.silent_sync()


def test_a_table_with_a_person_in_it_makes_nothing(tmp_path: Path) -> None:
    folder, table = tmp_path / "book", tmp_path / "teams.csv"
    assert runs("init", str(folder)).exit_code == 0
    table.write_text("team,name,project,lead\na,Team A,OKR,x\n", encoding="utf-8")
    refused = runs("teams", "add", str(table), "--in", str(folder))
    assert refused.exit_code == 1
    assert "teams.csv:1:19: refused R2" in refused.output
    assert [path.name for path in (folder / "teams").iterdir()] == ["first-team.yaml"]


def test_a_team_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    folder, table = tmp_path / "book", tmp_path / "teams.csv"
    assert runs("init", str(folder)).exit_code == 0
    table.write_text(TABLE, encoding="utf-8")
    assert runs("teams", "add", str(table), "--in", str(folder)).exit_code == 0
    again = runs("teams", "add", str(table), "--in", str(folder))
    assert again.exit_code == 1
    assert "teams.csv:2:1: refused duplicate-id" in again.output
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.yaml")}
    assert read_book(files, START.date()).book is not None
