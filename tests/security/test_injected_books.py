"""Words stay words in the mapping files that we write: each is read back by who reads every book."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest

from mappings.locations import plain
from mappings.okr import MappingBook
from mappings.roster import read_roster
from mappings.schema import TeamFile
from mappings.start import start_files
from mappings.yaml_tree import grow
from mappings.yaml_values import quoted, written
from tests.pages.team_onboarding import STRATEGY
from tests.security.corpus import CORPUS

NOBODY = MappingBook(strategy=STRATEGY, teams=())
OTHER_THAN_WORDS = ("NULL", "null", "TRUE", "true", "False", "NO", "on", "Y", "e1", "A0", "X_1", "N")
WRITTEN = tuple(text for text in (*CORPUS, *OTHER_THAN_WORDS, "@SPACE@", "@NEXT@", 'a"b') if text.strip())


def read(file: str) -> Any:
    """The file as a book has it."""
    tree, blemishes = grow(file)
    assert blemishes == ()
    assert tree is not None
    return plain(tree)


def test_no_word_ends_a_value() -> None:
    for spelt in (written, quoted):
        assert read("".join(f"- {spelt(text)}\n" for text in WRITTEN)) == list(WRITTEN)
        assert read(f"{{{', '.join(f'a{n}: {spelt(text)}' for n, text in enumerate(WRITTEN))}}}") == {
            f"a{n}": text for n, text in enumerate(WRITTEN)
        }


@pytest.mark.parametrize("text", [" ".join(WRITTEN), "null", "@SPACE@", "@NEXT@", 'a"b'])
def test_no_word_ends_a_value_of_a_new_folder(text: str) -> None:
    like = read(start_files(date(2026, 11, 24), organisation="x", space="X")["strategy.yaml"])
    made = read(start_files(date(2026, 11, 24), organisation=text, space=text)["strategy.yaml"])
    assert made == like | {"organisation": text, "confluence": like["confluence"] | {"space": text}}


def team_file(row: dict[str, str]) -> str | None:
    """What a table of one team makes; nothing where it is refused."""
    table = io.StringIO()
    csv.writer(table).writerows((row.keys(), row.values()))
    made = read_roster("t.csv", table.getvalue().encode("utf-8", "replace"), NOBODY).files
    return next(iter(made.values()), None)


def cells(part: TeamFile) -> dict[str, str]:
    """A team of a book as the row of a table."""
    return {
        "team": part.team,
        "name": part.name,
        "delivery": " ".join(part.delivery),
        "project": part.jira if isinstance(part.jira, str) else part.jira.project,
        "space": part.confluence.space if part.confluence else "",
    }


@pytest.mark.parametrize("column", ["team", "name", "delivery", "project", "space"])
def test_a_team_of_a_table_is_read_as_it_was_written(column: str) -> None:
    made = 0
    for text in WRITTEN:
        row = {"team": "a", "name": "A", "delivery": "ONB", "project": "OKR", "space": "OKR", column: text}
        file = team_file(row)
        if file is not None:
            made += 1
            said = re.sub(r"[\s,;/|]+" if column == "delivery" else r"\s+", " ", text).strip()
            seen = cells(TeamFile.model_validate(read(file)))
            assert {name: cell.casefold() for name, cell in seen.items()} == {
                name: cell.casefold() for name, cell in (row | {column: said}).items()
            }, text
    assert made > len(OTHER_THAN_WORDS) - 2
