"""Words stay words in what we log, print, hand out and write into files; pages, requests and the web have their own.

Each is read back by who understands it, and holds the words as they were written.
"""

import ast
import csv
import io
import json
import logging
import re
import unicodedata
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from click.testing import CliRunner

import connector
from connector.cli import okr
from connector.commands.terminal import put, put_json
from connector.departure.cells import table
from connector.departure.papers import Addresses, papers
from connector.ledger import Answer, Kind, Resource
from connector.log import NotLoggable, facts, start_logging
from mappings.calendar import IsoWeek
from mappings.indicators import Reading
from mappings.okr import CheckInAnswers
from tests.connector.working import NOW
from tests.security.corpus import CORPUS


def runs(cell: str) -> bool:
    """Whether a spreadsheet would take it for a formula."""
    number = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell)
    return not number and cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_no_cell_of_an_export_is_a_formula() -> None:
    rows = [(text, "x", text) for text in CORPUS]
    read = list(csv.reader(io.StringIO(table(("a", "b", "c"), rows), newline="")))
    assert len(read) == len(rows) + 1
    for (text, _, _), cells in zip(rows, read[1:], strict=True):
        for cell in (cells[0], cells[2]):
            assert not runs(cell)
            assert cell.removeprefix("'") in (text.replace("\0", ""), text.replace("\0", "").removeprefix("'"))


def test_no_word_makes_a_line_of_the_log() -> None:
    root, stream = logging.getLogger(), io.StringIO()
    before = (root.level, root.handlers[:], logging.raiseExceptions)
    try:
        start_logging("INFO", stream)
        log = logging.getLogger("connector.x")
        said = 0
        for text in CORPUS:
            try:
                log.warning("A team was synced", extra=facts(team=text))
                said += 1
            except NotLoggable:
                log.warning("A team was left out", extra=facts(created=1))
            log.warning(text)
            logging.getLogger("urllib3.x").warning("%s", text)
    finally:
        logging.captureWarnings(False)
        root.setLevel(before[0])
        root.handlers[:] = before[1]
        logging.raiseExceptions = before[2]
    lines = stream.getvalue().split("\n")
    assert lines.pop() == ""
    assert len(lines) == 3 * len(CORPUS)
    for line in lines:
        told = json.loads(line)
        assert isinstance(told, dict)
        assert line.isprintable(), line


@dataclass(frozen=True, slots=True)
class Kept:
    """A memory that holds words where ids stand."""

    texts: tuple[str, ...]

    def resources(self) -> dict[tuple[Kind, str], Resource]:
        """A page and an issue for each."""
        found = (
            Resource(kind=kind, ref=text, remote_id=text, since=NOW)
            for text in self.texts
            for kind in (Kind.PAGE, Kind.ISSUE)
        )
        return {(row.kind, row.ref): row for row in found}

    def readings(self) -> tuple[Reading, ...]:
        """A value for each."""
        return tuple(Reading(indicator=text, on=date(2026, 11, 24), value=Decimal(-1)) for text in self.texts)

    def answers(self) -> tuple[Answer, ...]:
        """A number for each."""
        given = (CheckInAnswers(observed=((text, Decimal(-1)),)) for text in self.texts)
        week = IsoWeek(2026, 48)
        return tuple(
            Answer(team="some", week=week, key_result=text, answers=one)
            for text, one in zip(self.texts, given, strict=True)
        )


def test_what_an_organisation_takes_with_it_holds_no_formula() -> None:
    at = Addresses(jira="https://jira.example.org", confluence="https://wiki.example.org")
    kept: Any = Kept(CORPUS)
    files = papers({}, kept, at, "<p>a record</p>", {text: [text] for text in CORPUS})
    for name in ("readings.csv", "answers/some.csv", "pages.csv", "issues.csv"):
        head, *rows = csv.reader(io.StringIO(files[name].decode(), newline=""))
        assert len(rows) == len(CORPUS)
        assert {len(row) for row in rows} == {len(head)}
        assert not [cell for row in rows for cell in row if runs(cell)]
    assert json.loads(files["data-flow.json"]) == {text: [text] for text in CORPUS}


def told(value: object) -> str:
    """What the terminal is sent."""
    with redirect_stdout(io.StringIO()) as heard:
        put([value]) if isinstance(value, str) else put_json(value)
    return heard.getvalue()


def steers(printed: str) -> bool:
    """Whether a sign in it is no sign to be seen: a control, an end of a line, a change of direction."""
    return any(
        unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} or unicodedata.bidirectional(sign) in DIRECTIONS
        for sign in printed.replace("\n", "")
    )


DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def test_no_word_steers_a_terminal() -> None:
    for text in (*CORPUS, "x\x9b31m", "\udc9b", "\u2067x", "\u202dx"):
        line = told(text)
        assert line.count("\n") == 1
        assert not steers(line), text
        if "\\u" not in text:
            assert re.sub(r"\\u([0-9a-f]{4})", lambda number: chr(int(number[1], 16)), line) == f"{text}\n"
        printed = told({"a": text, text: ["b"]})
        assert json.loads(printed) == {"a": text, text: ["b"]}
        assert not steers(printed)


def test_the_name_of_a_file_is_printed_and_does_nothing(tmp_path: Path) -> None:
    (tmp_path / "teams").mkdir()
    (tmp_path / "strategy.yaml").write_text("organisation: A\n", encoding="utf-8")
    (tmp_path / "teams" / "x\x1b[2J\n\u202ey.yaml").write_text("team: [\n", encoding="utf-8")
    for options in ([], ["--json"]):
        said = CliRunner().invoke(okr, ["lint", str(tmp_path), *options])
        assert said.exit_code == 1
        assert "x\\u001b[2J\\u000a\\u202ey.yaml" in said.output.replace("\\n", "\\u000a")
        assert not steers(said.output)


def test_commands_print_through_one_door() -> None:
    """What is not a sentence of ours, word for word, goes where signs that steer are written out."""
    files = [*sorted((ROOT / "commands").glob("*.py")), ROOT / "cli.py"]
    calls = [
        node
        for file in files
        if file.name != "terminal.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("click.echo", "print")
    ]
    assert {ast.unparse(node.args[0]) for node in calls if not isinstance(node.args[0], ast.Constant)} == OURS


ROOT = Path(connector.__file__).parent
OURS = {
    "schema_text()",
    "paper_page(paper, standing.surface.number, standing.surface.hash)",
    "words.steps[step]",
}


def test_the_corpus_is_of_every_kind() -> None:
    kinds: dict[str, Callable[[str], bool]] = {
        "markup": lambda text: "<script" in text,
        "storage": lambda text: "<ac:" in text,
        "query": lambda text: "OR project" in text,
        "formula": lambda text: text.startswith("="),
        "line": lambda text: "\n" in text,
        "header": lambda text: "\r\n" in text,
        "template": lambda text: "{{" in text,
    }
    assert {name for name, is_one in kinds.items() if any(map(is_one, CORPUS))} == set(kinds)
