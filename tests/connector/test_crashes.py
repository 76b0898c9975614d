"""What is said when something was not foreseen: a type and places, and no text of anybody."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from connector.log import CRASH_SENTENCE

ROOT = Path(__file__).resolve().parents[2]
WHO = "Ada Beispiel"
COMMAND = f"""
import click
from connector.config import Settings

@click.command()
def fail():
    int("{WHO}")

@click.command()
def deep():
    Settings.from_environment(7)

@click.command()
def chained():
    try:
        int("{WHO}")
    except ValueError as error:
        raise KeyError("{WHO}") from error
"""
MAIN = """
from connector import cli
cli.COMMANDS |= {name: f"failing:{name}" for name in ("fail", "deep", "chained")}
cli.main()
"""
THREAD = f"""
import sys, threading
from connector.log import tell_crashes
tell_crashes(sys.stderr)
thread = threading.Thread(target=lambda: int("{WHO}"))
thread.start()
thread.join()
"""
UNRAISABLE = f"""
import sys
from connector.log import tell_crashes
tell_crashes(sys.stderr)
class Leaving:
    def __del__(self):
        int("{WHO}")
one = Leaving()
del one
"""
UNCAUGHT = f"""
import sys
from connector.log import tell_crashes
tell_crashes(sys.stderr)
int("{WHO}")
"""


def run(code: str, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    (folder / "failing.py").write_text(COMMAND, "utf-8")
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={"PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)]), "PATH": os.defpath},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "kind"), [("fail", "ValueError"), ("chained", "KeyError"), ("deep", "AttributeError")]
)
def test_a_command_that_fails_unforeseen_says_its_type_and_where(tmp_path: Path, command: str, kind: str) -> None:
    done = run(MAIN, tmp_path, command)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Ada" not in done.stderr
    assert done.stderr.startswith(
        f"not-foreseen: okr-connector has met something it does not know ({kind} in connector."
    )
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("code", [THREAD, UNRAISABLE, UNCAUGHT])
def test_a_crash_outside_of_a_command_is_one_line_without_its_text(tmp_path: Path, code: str) -> None:
    done = run(code, tmp_path)
    line = json.loads(done.stderr)
    assert line["says"] == CRASH_SENTENCE
    assert line["error"]["type"] == "ValueError"
    assert "Ada" not in done.stderr
