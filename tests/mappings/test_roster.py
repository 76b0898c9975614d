"""Many teams at once: a table in, mapping files or findings out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.book import example_files, read_book
from mappings.okr import OkrSource
from mappings.roster import read_roster

TODAY = date(2026, 11, 24)
BOOK = read_book(example_files(), TODAY).book
HEAD = "team,name,delivery,project,space,language\n"


def roster(text: str) -> list[tuple[int, int, str]]:
    assert BOOK is not None
    read = read_roster("teams.csv", text.encode(), BOOK)
    assert not read.files
    return [(f.line, f.column, f.rule) for f in read.findings]


@pytest.mark.parametrize(
    "text", [HEAD + 'billing,"Team ""Rechnung""",BIL;INV,OKR,BIL,de\nsales,,,none,,\n'.replace(";", " ")]
)
def test_a_table_becomes_files_that_lint_accepts(text: str) -> None:
    assert BOOK is not None
    read = read_roster("teams.csv", text.encode(), BOOK)
    assert read.findings == ()
    book = read_book({**example_files(), **read.files}, TODAY).book
    assert book is not None
    billing, sales = book.team("billing"), book.team("sales")
    assert billing is not None
    assert sales is not None
    assert (billing.name, billing.delivery, billing.space) == ('Team "Rechnung"', ("BIL", "INV"), "BIL")
    assert (billing.source, billing.size, sales.jira, sales.space) == (OkrSource.CONFLUENCE, None, None, "OKR")


def test_columns_stand_in_any_order_and_semicolons_separate_them_too() -> None:
    assert BOOK is not None
    read = read_roster("t.csv", b"\xef\xbb\xbfName;Project;Team\nTeam Rechnung;OKR;billing\n", BOOK)
    assert read.findings == ()
    assert list(read.files) == ["teams/billing.yaml"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HEAD + "onboarding,Andere,ONB,OKR,,\n", [(2, 1, "duplicate-id")]),
        (HEAD + "a,Team A,,OKR,,\na,Team B,,OKR,,\n", [(3, 1, "duplicate-id")]),
        (HEAD + "a,Team Onboarding,,OKR,ONB,\n", [(2, 3, "duplicate-id")]),
        (HEAD + "Not an id,Team A,,OKR,,\n", [(2, 1, "value")]),
        (HEAD + "a,Team A,,,,\n", [(2, 1, "value")]),
        (HEAD + "a,Team A,,OKR,~ada,\n", [(2, 15, "R2")]),
        (HEAD + "a,Team A,,OKR,,fr\n", [(2, 16, "value")]),
        ("team,name,project,owner\na,Team A,OKR,x\nb,Team B,OKR,y\n", [(1, 19, "R2")]),
        ("team,name,project,score\na,Team A,OKR,x\n", [(1, 19, "R6")]),
        ("team,name,project,colour\na,Team A,OKR,x\n", [(1, 19, "unknown-key")]),
        ("", [(1, 1, "file")]),
    ],
)
def test_what_is_refused_is_told_by_line_and_column(text: str, found: list[tuple[int, int, str]]) -> None:
    assert roster(text) == found


@given(st.binary(max_size=200) | st.text(alphabet='team,;"\nabäö name', max_size=200).map(str.encode))
def test_any_bytes_give_a_roster(content: bytes) -> None:
    assert BOOK is not None
    read_roster("teams.csv", content, BOOK)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "keine Zeile"), (b"\n \n", "keine Zeile"), (HEAD.encode() + "bär,,,,,".encode("latin-1"), "CSV UTF-8")],
)
def test_a_table_that_cannot_be_read_is_told_once_as_a_table(content: bytes, said: str) -> None:
    assert BOOK is not None
    (finding,) = read_roster("teams.csv", content, BOOK).findings
    assert said in " ".join([finding.message, *finding.options])
    assert "okr init" not in " ".join(finding.options)
