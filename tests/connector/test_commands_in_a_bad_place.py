"""Commands that are called where there is nothing for them yet, or with words that they do not know."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from connector.cli import okr


def called(tmp_path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        okr, arguments, env={"DATABASE_URL": f"sqlite:///{tmp_path / 'okr.db'}", "OKR_MAPPINGS": ""}
    )


def test_a_folder_without_a_strategy_is_a_finding_also_as_json(tmp_path: Path) -> None:
    ended = called(tmp_path, "lint", str(tmp_path), "--json")
    (finding,) = json.loads(ended.stdout)
    assert (ended.exit_code, finding["file"], finding["level"]) == (1, "strategy.yaml", "refused")
    assert len(finding["options"]) == 2


def test_a_folder_that_is_not_there_is_told_by_where_it_was_named(tmp_path: Path) -> None:
    ended = called(tmp_path, "lint", str(tmp_path / "nowhere"))
    assert str(ended.exception).startswith("DIR: the mapping folder has no strategy.yaml")
    assert str(tmp_path) not in str(ended.exception)


def test_faults_that_cannot_be_read_are_a_matter_of_usage(tmp_path: Path) -> None:
    ended = called(tmp_path, "sandbox", "--faults", "weather=bad")
    assert ended.exit_code == 2
    assert "--faults" in ended.output
    assert "rate=0.02:503" in ended.output


def test_the_queue_speaks_json_also_when_it_acts(tmp_path: Path) -> None:
    assert json.loads(called(tmp_path, "rings", "retry", "--json").stdout) == {"due": 0}


def test_a_history_without_runs_says_so(tmp_path: Path) -> None:
    assert called(tmp_path, "runs").stdout == "No run yet.\n"
