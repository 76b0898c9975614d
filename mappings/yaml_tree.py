"""From the text of a file to its tree: YAML 1.2, without anchors, tags, merging or surprises."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import Event, NodeEvent, ScalarEvent

from mappings.concerns import Concern
from mappings.locations import START, Branch, Leaf, Node, Position, Row, Scalar
from mappings.yaml_events import ALIASES, DOCUMENTS, ENDS, MAPPINGS, NODES, SCALARS, SEQUENCES, events, sure_events

LIMIT: Final = 200_000  # characters of one file
_DEPTH: Final = 16

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,29})\Z")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,29})?\.[0-9]{1,30}\Z")
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Blemish:
    """Something in the writing of a file that cannot be read; `key` only for a key written twice."""

    concern: Concern
    at: Position
    key: str = ""


@dataclass(slots=True)
class _Growth:
    """The tree while it grows: open branches and rows, the key that waits for its value, what was noticed."""

    blemishes: list[Blemish] = field(default_factory=list)
    open: list[Branch | Row] = field(default_factory=list)
    waiting: list[str | None] = field(default_factory=list)  # one key per open branch or row
    root: Node | None = None
    documents: int = 0

    def note(self, concern: Concern, at: Position, key: str = "") -> None:
        self.blemishes.append(Blemish(concern=concern, at=at, key=key))

    def expects_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1], Branch) and self.waiting[-1] is None

    def take_key(self, event: ScalarEvent, at: Position) -> None:
        key = str(event.value)
        branch = self.open[-1]
        assert isinstance(branch, Branch)  # noqa: S101 (asked by expects_key)
        if key == "<<" and event.implicit[0]:
            self.note(Concern.MERGE_KEY, at)
        elif event.implicit[0] and key in _WORDS:
            self.note(Concern.KEY_NOT_TEXT, at)
        elif key in branch.keys:
            self.note(Concern.DUPLICATE_KEY, at, key)
        else:
            branch.keys[key] = at
        self.waiting[-1] = key

    def put(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        above = self.open[-1]
        if isinstance(above, Row):
            above.items.append(node)
            return
        key = self.waiting[-1]
        if key is not None:
            above.entries.setdefault(key, node)
        self.waiting[-1] = None

    def begin(self, node: Branch | Row) -> None:
        self.put(node)
        self.open.append(node)
        self.waiting.append(None)

    def end(self) -> None:
        self.open.pop()
        self.waiting.pop()


def _scalar(event: ScalarEvent) -> Scalar:
    text = str(event.value)
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.match(text):
        return int(text)
    return Decimal(text) if _DECIMAL.match(text) else text


def _leaf(event: ScalarEvent, at: Position) -> Leaf:
    width = event.end_mark.column - event.start_mark.column
    one_line = event.end_mark.line == event.start_mark.line
    quotes = 0 if event.implicit[0] else 2
    exact = one_line and width == len(event.value) + quotes
    return Leaf(at=at, value=_scalar(event), exact=exact, indent=quotes // 2)


def _at(event: Event) -> Position:
    return Position(event.start_mark.line + 1, event.start_mark.column + 1)


def _node_blemish(event: NodeEvent) -> Concern | None:
    if isinstance(event, ALIASES) or event.anchor is not None:
        return Concern.ALIAS
    return Concern.TAG if getattr(event, "tag", None) else None


def _take(growth: _Growth, event: Event) -> bool:
    """Takes one event; false when reading on makes no sense."""
    at = _at(event)
    if isinstance(event, DOCUMENTS):
        growth.documents += 1
        if growth.documents > 1:
            growth.note(Concern.SEVERAL_DOCUMENTS, at)
        return growth.documents == 1
    if isinstance(event, ENDS):
        growth.end()
    if not isinstance(event, NODES):
        return True
    if (concern := _node_blemish(event)) is not None:
        growth.note(concern, at)
    return _take_node(growth, event, at)


def _take_node(growth: _Growth, event: NodeEvent, at: Position) -> bool:
    if growth.expects_key():
        if not isinstance(event, SCALARS):
            growth.note(Concern.KEY_NOT_TEXT, at)
            return False
        growth.take_key(event, at)
    elif isinstance(event, SCALARS):
        growth.put(_leaf(event, at))
    elif isinstance(event, MAPPINGS + SEQUENCES):
        growth.begin(Branch(at=at) if isinstance(event, MAPPINGS) else Row(at=at))
        if len(growth.open) > _DEPTH:
            growth.note(Concern.TOO_DEEP, at)
            return False
    else:
        growth.put(Leaf(at=at, value=None))
    return True


def _offset(text: str, index: int) -> Position:
    before = text[:index]
    return Position(before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)


def _broken(text: str, error: Exception, last: Position) -> Blemish:
    """What a YAML reader could not read; its own words are not passed on, they quote the file."""
    mark = getattr(error, "problem_mark", None) if isinstance(error, MarkedYAMLError) else None
    at = Position(mark.line + 1, mark.column + 1) if mark is not None else last
    lines = text.splitlines()
    line = lines[at.line - 1] if at.line <= len(lines) else ""
    indent = line[: len(line) - len(line.lstrip())]
    tab = "\t" in indent or line[at.column - 1 : at.column] == "\t"
    return Blemish(concern=Concern.TAB if tab else Concern.NOT_YAML, at=at)


def by(text: str, reader: Callable[[str], Iterator[Event]]) -> tuple[Node | None, tuple[Blemish, ...]]:
    """The tree that one of the two readers makes of a text of printable characters."""
    growth = _Growth()
    last = START
    try:
        for event in reader(text):
            last = _at(event)
            if not _take(growth, event):
                return None, tuple(growth.blemishes)
    except Exception as error:  # the readers raise more than their own errors, such as OverflowError for \UFFFFFFFF
        return None, (*growth.blemishes, _broken(text, error, last))
    return growth.root, tuple(growth.blemishes)


def grow(text: str) -> tuple[Node | None, tuple[Blemish, ...]]:
    """The tree of one file and what could not be read in it; total: any text gives an answer."""
    text = text.removeprefix("\ufeff")
    if len(text) > LIMIT:
        return None, (Blemish(concern=Concern.TOO_LARGE, at=START),)
    if (odd := _UNPRINTABLE.search(text)) is not None:
        return None, (Blemish(concern=Concern.CONTROL_CHARACTER, at=_offset(text, odd.start())),)
    root, blemishes = by(text, sure_events)
    return by(text, events) if root is None or blemishes else (root, blemishes)
