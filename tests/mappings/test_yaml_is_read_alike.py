"""libyaml reads a file only where ruamel.yaml would read the same, to the column; else it stands back."""

import random

import pytest

from mappings.book import example_files
from mappings.locations import leaves
from mappings.yaml_events import events, sure_events
from mappings.yaml_tree import by, grow

BITS = [
    *("a", "b c", "ä", "\U0001f600", "\xa0", "1", "~", "<<", "http://x:8/y", "100%", "x: y\n", "k: [a, b]\n"),
    *("k: {a: b}\n", ":", ": ", " :", "- ", "-", "? ", "?", "[", "]", "{", "}", ",", ", ", "#", " #", "|\n"),
    *(">-\n  ", "|2\n", "!", " !", "%", "&a ", "*a", "@", "`", "---\n", "...\n", '"', "'", '"x"', "'y'", "\\"),
    *("\\/", "\\x41", "\t", "\r\n", "\r", "\n", "\n", "\n  ", "\n    ", "\u2028", "\x85", " ", "  "),
]  # fmt: skip


def surely(text: str) -> bool:
    """Whether libyaml read it, and then whether both tell the same."""
    tree, blemishes = by(text, sure_events)
    if tree is None or blemishes:
        return False
    assert by(text, events) == (tree, ()), text
    return True


@pytest.mark.parametrize("name", sorted(example_files()))
def test_the_files_of_a_book_are_read_by_the_quick_one(name: str) -> None:
    assert surely(example_files()[name])


def damaged(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    first = chance.randrange(len(lines) - 8)
    text = "\n".join(lines[first : first + 8])
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(BITS) + text[at + chance.randint(0, 3) :]
    return text


def test_of_damaged_files_and_of_heaps_of_signs_both_tell_the_same() -> None:
    chance = random.Random(20261201)
    texts = list(example_files().values())
    heaps = ("".join(chance.choices(BITS, k=chance.randint(1, 9))) for _ in range(2500))
    pieces = (damaged(chance.choice(texts), chance) for _ in range(250))
    sure = [surely(text) for text in (*heaps, *pieces)]
    assert sum(sure) > 400  # it would prove nothing to stand back from everything


@pytest.mark.parametrize(
    "text",
    [
        "a: ! b\n",
        "a:\nb: 1\n",
        "a:\tb\n",
        "a: b\x85c: d\n",
        "a: b\u2028c\n",
        "a: |\n\n    b\n",
        "|\n# c\n",
        "- |\n  \n    a\n",
        "a: &x b\n",
        "a: |#\n  b\n",
        "a\n...\n...\n",
        "a: 1\n---\nb: 2\n",
        "a: 1\na: 2\n",
        "a: [b\n",
    ],
)
def test_what_they_read_differently_is_left_to_the_thorough_one(text: str) -> None:
    assert not surely(text)
    assert grow(text) == by(text, events)


def test_places_count_characters_and_not_bytes() -> None:
    tree, _ = by("ü: [ä, \U0001f600, “q”]\n", sure_events)
    assert tree is not None
    assert [(leaf.at.line, leaf.at.column) for _, leaf in leaves(tree)] == [(1, 5), (1, 8), (1, 11)]
