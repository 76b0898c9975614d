"""A YAML file as a small tree in which every key and every value knows its line and column."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

Scalar = str | int | Decimal | bool | None
Plain = Scalar | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Where something stands; both count from 1."""

    line: int
    column: int


START = Position(1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One value; `exact` when its characters stand in the file as they are read, `indent` columns behind `at`."""

    at: Position
    value: Scalar
    exact: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A list."""

    at: Position
    items: "list[Node]" = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Keys and what stands beside them; a key that is written twice keeps its first value."""

    at: Position
    entries: "dict[str, Node]" = field(default_factory=dict)
    keys: dict[str, Position] = field(default_factory=dict)


Node = Leaf | Row | Branch


def plain(node: Node) -> Plain:
    """The tree without its positions."""
    if isinstance(node, Leaf):
        return node.value
    if isinstance(node, Row):
        return [plain(item) for item in node.items]
    return {key: plain(child) for key, child in node.entries.items()}


def child(node: Node, part: str | int) -> Node | None:
    """What stands under one key or at one place of a list."""
    if isinstance(node, Branch) and isinstance(part, str):
        return node.entries.get(part)
    if isinstance(node, Row) and isinstance(part, int) and part < len(node.items):
        return node.items[part]
    return None


def position(node: Node, path: Path) -> Position:
    """Where the value at `path` stands; parts that the file does not have are passed over."""
    for part in path:
        below = child(node, part)
        if below is not None:
            node = below
    return node.at


def key_position(node: Node, path: Path) -> Position:
    """Where the key at the end of `path` stands, else its value or what encloses it."""
    for part in path[:-1]:
        node = child(node, part) or node
    if isinstance(node, Branch) and path and path[-1] in node.keys:
        return node.keys[str(path[-1])]
    return position(node, path[-1:])


def leaves(node: Node, path: Path = ()) -> Iterator[tuple[Path, Leaf]]:
    """Every value with its path, in the order of the file."""
    if isinstance(node, Leaf):
        yield path, node
    elif isinstance(node, Row):
        for index, item in enumerate(node.items):
            yield from leaves(item, (*path, index))
    else:
        for key, below in node.entries.items():
            yield from leaves(below, (*path, key))
