"""Hundreds of damaged books: each is refused with a place, or read as an equal or visibly different book."""

import random
from collections.abc import Callable

import pytest

from mappings.book import example_files, read_book
from mappings.concerns import Level
from mappings.findings import Finding
from tests.mappings.books import TODAY

Mutator = Callable[[str, random.Random], str | bytes]

WORDS = [
    "owner: x",
    "score: 1",
    "colour: red",
    "id: first-week",
    "- x",
    "x",
    "size: [a]",
    "bonus: 3",
    "{",
    "]",
    "? x",
    "--- x",
]
VALUES = [
    "",
    "~",
    "true",
    "[]",
    "{}",
    "-1",
    "0",
    "1e9",
    "3.14",
    "2026-02-30",
    "2026-13",
    "[a, b]",
    "{a: b}",
    "'",
    '"x',
    "*x",
]
VALUES += [
    "&x y",
    "!!python/object:os.system x",
    "!x y",
    "|",
    ">-",
    "<<: *x",
    "@x",
    "`x`",
    "%x",
    "99999999999999999999",
    "ä" * 5,
]
SIGNS = list("\t:{}[]&*!|>'\"%@`#-?,\n\x00\x07\x1b\x85\u2028\ufeff\ufffe\ud800\U0001f600 ")


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _line(text: str, chance: random.Random) -> tuple[list[str], int]:
    lines = _lines(text)
    return lines, chance.randrange(len(lines))


def _with(lines: list[str], at: int, *new: str) -> str:
    return "\n".join([*lines[:at], *new, *lines[at + 1 :]])


def drop_a_line(text: str, chance: random.Random) -> str:
    return _with(*_line(text, chance))


def double_a_line(text: str, chance: random.Random) -> str:
    lines, at = _line(text, chance)
    return _with(lines, at, lines[at], lines[at])


def swap_two_lines(text: str, chance: random.Random) -> str:
    lines, at = _line(text, chance)
    other = chance.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


def indent_a_line(text: str, chance: random.Random) -> str:
    lines, at = _line(text, chance)
    return _with(lines, at, chance.choice([" ", "  ", "    ", "\t"]) + lines[at])


def outdent_a_line(text: str, chance: random.Random) -> str:
    lines, at = _line(text, chance)
    return _with(lines, at, lines[at][chance.choice([1, 2, 4]) :])


def drop_a_character(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


def add_a_sign(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(SIGNS) + text[at:]


def replace_a_value(text: str, chance: random.Random) -> str:
    lines, at = _line(text, chance)
    key, colon, _ = lines[at].partition(": ")
    return _with(lines, at, f"{key}{colon}{chance.choice(VALUES)}")


def add_a_line(text: str, chance: random.Random) -> str:
    lines, at = _line(text, chance)
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    return _with(lines, at, lines[at], indent + chance.choice(WORDS))


def cut_the_end(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text))]


def repeat_a_part(text: str, chance: random.Random) -> str:
    first, last = sorted(chance.randrange(len(text)) for _ in range(2))
    return text[:last] + text[first:]


def break_a_byte(text: str, chance: random.Random) -> bytes:
    raw = bytearray(text.encode())
    raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def change_a_number(text: str, chance: random.Random) -> str:
    digits = [at for at, character in enumerate(text) if character.isdigit()]
    at = chance.choice(digits)
    return text[:at] + chance.choice("0123456789-.e") + text[at + 1 :]


def join_two_lines(text: str, chance: random.Random) -> str:
    lines, at = _line(text, chance)
    return _with(lines, at, lines[at].rstrip() + " " + (lines.pop(at + 1) if at + 1 < len(lines) else ""))


def nest_deeply(text: str, chance: random.Random) -> str:
    lines, at = _line(text, chance)
    depth = chance.choice([3, 20, 5000])
    key = lines[at].partition(": ")[0]
    return _with(lines, at, key + ": " + chance.choice(["[" * depth, "[" * depth + "]" * depth, "{a: " * depth]))


def write_as_windows_does(text: str, chance: random.Random) -> bytes:
    return text.replace("\n", "\r\n").encode(chance.choice(["utf-8-sig", "utf-16", "cp1252"]), errors="replace")


def use_anchors(text: str, chance: random.Random) -> str:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    return bomb + text if chance.random() < 0.5 else text + bomb


MUTATORS: list[Mutator] = [
    drop_a_line, double_a_line, swap_two_lines, indent_a_line, outdent_a_line, drop_a_character, add_a_sign,
    replace_a_value, add_a_line, cut_the_end, repeat_a_part, break_a_byte, change_a_number, join_two_lines, nest_deeply,
    write_as_windows_does, use_anchors,
]  # fmt: skip
EACH = 36


def _has_a_place(finding: Finding, files: dict[str, str | bytes]) -> bool:
    content = files.get(finding.file, "")
    text = content if isinstance(content, str) else content.decode("utf-8", errors="replace")
    lines = text.splitlines() or [""]
    return 1 <= finding.line <= len(lines) + 1 and finding.column >= 1 and len(finding.options) >= 2


def test_there_are_enough_mutators_and_books() -> None:
    assert len(MUTATORS) >= 12
    assert len(MUTATORS) * EACH >= 500


@pytest.mark.parametrize("mutator", MUTATORS, ids=lambda mutator: mutator.__name__)
def test_a_damaged_book_is_refused_with_a_place_or_read(mutator: Mutator) -> None:
    original = read_book(example_files(), TODAY).book
    chance = random.Random(mutator.__name__)
    outcomes: set[str] = set()
    for _ in range(EACH):
        files: dict[str, str | bytes] = dict(example_files())
        name = chance.choice(sorted(files))
        files[name] = mutator(str(files[name]), chance)
        reading = read_book(files, TODAY)
        refusals = [finding for finding in reading.findings if finding.level is Level.REFUSED]
        assert (reading.book is None) == bool(refusals)
        assert all(_has_a_place(finding, files) for finding in reading.findings), reading.findings
        outcomes.add("refused" if refusals else "equal" if reading.book == original else "different")
    assert outcomes


def test_damage_is_seen_more_often_than_not() -> None:
    """A reader that swallowed everything would also pass the test above."""
    original = read_book(example_files(), TODAY).book
    chance = random.Random(7)
    noticed = 0
    for _ in range(60):
        files: dict[str, str | bytes] = dict(example_files())
        files["teams/onboarding.yaml"] = replace_a_value(str(files["teams/onboarding.yaml"]), chance)
        noticed += read_book(files, TODAY).book != original
    assert noticed > 45


@pytest.mark.parametrize(
    "old", ["38 %", "55–65 %", "setup-rate", "[55, 65]", "ONB-12", "2026-W44", "tuesday", "first-week"]
)
def test_a_changed_value_never_gives_the_same_book(old: str) -> None:
    original = read_book(example_files(), TODAY).book
    files = dict(example_files())
    text = files["teams/onboarding.yaml"]
    for new in ("44", "[40, 60]", "other", "ONB-13", "2026-W45", "friday"):
        files["teams/onboarding.yaml"] = text.replace(old, new, 1)
        assert read_book(files, TODAY).book != original
