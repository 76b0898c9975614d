"""An old backup comes back: nothing is doubled, and what happened since is found again."""

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner

from connector.cli import okr
from connector.ledger import Kind
from connector.sandbox.dialect import Dialect
from mappings.calendar import IsoWeek
from tests.flow.dialects import both_dialects
from tests.flow.stand import Scene, scene
from tests.flow.stories import CHECK_IN, reading, team_answers


def restored(on: Scene, copy: Path) -> None:
    on.lose_the_database()
    shutil.copy(copy, on.database.removeprefix("sqlite:///"))


def backed_up(on: Scene, target: Path) -> Path:
    ended = CliRunner(env={"DATABASE_URL": on.database}).invoke(okr, ["backup", str(target)])
    assert ended.exit_code == 0, ended.output
    return target


@both_dialects
def test_backups_of_any_age_double_nothing(tmp_path: Path, dialect: Dialect) -> None:
    with scene(f"sqlite:///{tmp_path / 'okr.db'}", tmp_path, dialect=dialect) as on:
        on.plan()
        copies = [backed_up(on, tmp_path / "before.bak")]
        on.sync(teams=("onboarding",))
        copies.append(backed_up(on, tmp_path / "half.bak"))
        on.sync()
        copies.append(backed_up(on, tmp_path / "first.bak"))
        team_answers(on, CHECK_IN, "Unsere Zuversicht", "7")
        on.push(reading("onboarding/setup-rate", IsoWeek(2026, 48), "41.5"))
        on.sync()
        on.days_pass(7)
        on.sync()
        issues, pages = len(on.site.jira.issues), len(on.site.confluence.tree.pages)
        known = {key: row.remote_id for key, row in on.resources().items() if key[0] in (Kind.ISSUE, Kind.PAGE)}
        for copy in copies:
            restored(on, copy)
            on.sync()
            on.sync()  # nobody knew whether the pictures of found pages had arrived, so they are sent once more
            on.silent_sync()
            assert (len(on.site.jira.issues), len(on.site.confluence.tree.pages)) == (issues, pages), copy.name
            found = {key: row.remote_id for key, row in on.resources().items() if key in known}
            assert found.items() <= known.items()
            assert [answer.answers.confidence for answer in on.answers() if str(answer.week) == "2026-W48"] == [7]
            assert "41.5" in {str(one.value) for one in on.readings() if one.indicator == "onboarding/setup-rate"}


def test_a_backup_is_whole_and_private_and_overwrites_nothing(tmp_path: Path) -> None:
    with scene(f"sqlite:///{tmp_path / 'okr.db'}", tmp_path) as on:
        on.sync()
        with closing(sqlite3.connect(tmp_path / "okr.db")) as writer:  # everything runs meanwhile
            copy = backed_up(on, tmp_path / "copy.bak")
            with closing(sqlite3.connect(copy)) as kept:
                assert list(kept.iterdump()) == list(writer.iterdump())
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        before = copy.read_bytes()
        ended = CliRunner(env={"DATABASE_URL": on.database}).invoke(okr, ["backup", str(copy)])
        assert ended.exit_code == 1
        assert copy.read_bytes() == before


def test_postgresql_is_told_its_own_way() -> None:
    ended = CliRunner(env={"DATABASE_URL": "postgresql://h/d"}).invoke(okr, ["backup", "x.bak"])
    assert "pg_dump" in str(ended.exception)
    assert not Path("x.bak").exists()
