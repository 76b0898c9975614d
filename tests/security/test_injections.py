"""Words stay words: whatever a team, a book or a site writes, in every place where we show, ask, log or hand it out.

Each sink is held against its own with harmless words: what is around the words must be the same to the last element.
"""

import csv
import io
import json
import logging
import re
from collections.abc import Callable

from connector.departure.cells import table
from connector.log import NotLoggable, facts, start_logging
from tests.security.corpus import CORPUS


def test_no_cell_of_an_export_is_a_formula() -> None:
    rows = [(text, "x", text) for text in CORPUS]
    read = list(csv.reader(io.StringIO(table(("a", "b", "c"), rows), newline="")))
    assert len(read) == len(rows) + 1
    for (text, _, _), cells in zip(rows, read[1:], strict=True):
        for cell in (cells[0], cells[2]):
            number = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell)
            assert number or not cell.lstrip(" ").startswith(
                ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
            )
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
