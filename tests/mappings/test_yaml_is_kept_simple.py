"""What YAML can do beyond lines of keys and values is not read, and says so at its place."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mappings.book import read_book
from mappings.yaml_tree import LIMIT, grow
from tests.mappings.books import STRATEGY, TODAY, example, only

HEAD = "team: a\nsize: 3\njira: none\n"


def place(text: str | bytes) -> tuple[str, str]:
    finding = only(read_book({**example(), "teams/a.yaml": text}, TODAY))
    return finding.place.removeprefix("teams/a.yaml:"), finding.rule


@pytest.mark.parametrize(
    ("text", "where", "rule"),
    [
        (HEAD + "name: &x A\n", "4:7", "yaml"),
        (HEAD + "name: *x\n", "4:7", "yaml"),
        (HEAD + "name: !!str A\n", "4:7", "yaml"),
        (HEAD + "<<: {name: A}\n", "4:1", "yaml"),
        (HEAD + "---\n" + HEAD, "4:1", "yaml"),
        (HEAD + "? [a]\n: b\n", "4:3", "yaml"),
        (HEAD + "~: b\n", "4:1", "yaml"),
        (HEAD + "true: b\n", "4:1", "yaml"),
        (HEAD + "1: b\n", "4:1", "unknown-key"),
        (HEAD + "size: 4\n", "4:1", "duplicate-key"),
        (HEAD + "name:\n\tA\n", "5:1", "yaml"),
        (HEAD + "name: 'A\n", "5:1", "yaml"),
        (HEAD + "name: [A\n", "5:1", "yaml"),
        (HEAD + 'name: "\\UFFFFFFFF"\n', "4:1", "yaml"),
        (HEAD + "name: A\x00\n", "4:8", "yaml"),
        (HEAD + "name: A\x1b[31m\n", "4:8", "yaml"),
        (HEAD.encode() + b"name: M\xfcller\n", "4:8", "yaml"),
        ("", "1:1", "file"),
        ("# nothing\n", "1:1", "file"),
        ("~\n", "1:1", "file"),
        ("- a\n", "1:1", "yaml"),
        ("just text\n", "1:1", "yaml"),
        (HEAD + "x: " + "[" * 100 + "]" * 100, "4:19", "yaml"),
        (HEAD + "#" * LIMIT, "1:1", "file"),
    ],
)
def test_what_is_not_read_says_where(text: str | bytes, where: str, rule: str) -> None:
    assert place(text) == (where, rule)


def test_a_mark_at_the_beginning_and_windows_lines_change_nothing() -> None:
    plain = read_book(example(), TODAY)
    windows = {name: str(text).replace("\n", "\r\n").encode("utf-8-sig") for name, text in example().items()}
    assert read_book(windows, TODAY).book == plain.book
    assert read_book({name: f"\ufeff{text}" for name, text in example().items()}, TODAY).book == plain.book


def test_numbers_and_words_are_read_as_yaml_1_2_does() -> None:
    tree, blemishes = grow("a: [no, on, 12:30, 0o17, 1_000, 007, 1.50, -3, 2026-10-01, ~, yes]")
    assert blemishes == ()
    assert tree is not None
    values = [leaf.value for leaf in tree.entries["a"].items]  # type: ignore[union-attr]  # a mapping with a list, see above
    assert [str(value) for value in values] == [
        "no", "on", "12:30", "0o17", "1_000", "007", "1.50", "-3", "2026-10-01", "None", "yes",
    ]  # fmt: skip


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_findings_and_never_a_traceback(text: str) -> None:
    reading = read_book({**example(), STRATEGY: text, "teams/a.yaml": text}, TODAY)
    assert reading.book is None
    assert all(finding.line >= 1 and finding.column >= 1 for finding in reading.findings)


@given(st.binary(max_size=100))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_findings_and_never_a_traceback(raw: bytes) -> None:
    assert read_book({STRATEGY: raw}, TODAY).book is None


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{" * 100_000, "- " * 60_000, "? " * 60_000, "a: " * 60_000, '"' + "\\x41" * 40_000]
)
def test_a_file_made_to_be_slow_is_refused_soon(text: str) -> None:
    before = time.process_time()
    assert read_book({STRATEGY: text}, TODAY).book is None
    assert time.process_time() - before < 5
