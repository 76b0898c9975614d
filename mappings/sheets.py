"""One mapping file, from its text to its checked keys."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError

from mappings.concerns import Concern
from mappings.findings import Findings
from mappings.locations import START, Branch, Leaf, Node, Position, key_position, plain, position
from mappings.okr import Language
from mappings.part import Part
from mappings.refusals import note_blemish, note_errors
from mappings.schema import StrategyFile, TeamFile
from mappings.yaml_tree import LIMIT, Blemish, grow

P = TypeVar("P", bound=Part, covariant=True)
Q = TypeVar("Q", bound=Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A file's name and its tree, before anything is known about its keys."""

    file: str
    tree: Node | None
    blemishes: tuple[Blemish, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[P]):
    """A file whose keys are all as they should be, with the tree that knows where they stand."""

    file: str
    tree: Node
    part: P

    def at(self, *path: str | int) -> Position:
        """Where a value stands."""
        return position(self.tree, path)

    def at_key(self, *path: str | int) -> Position:
        """Where a key stands."""
        return key_position(self.tree, path)


def text_of(file: str, content: str | bytes) -> Text:
    """The tree of one file; bytes are UTF-8, with or without a mark at their beginning."""
    if isinstance(content, str):
        tree, blemishes = grow(content)
        return Text(file=file, tree=tree, blemishes=blemishes)
    try:
        return text_of(file, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        readable = content[: error.start].decode("utf-8-sig")
        at = Position(readable.count("\n") + 1, len(readable) - readable.rfind("\n"))
        return Text(file=file, tree=None, blemishes=(Blemish(concern=Concern.NOT_UTF8, at=at),))


def language_of(text: Text | None) -> Language:
    """The language that a strategy file names; English when it names none that we speak."""
    tree = text.tree if text else None
    named = tree.entries.get("language") if isinstance(tree, Branch) else None
    speaks_german = isinstance(named, Leaf) and named.value == Language.DE.value
    return Language.DE if speaks_german else Language.EN


def strategy_sheet(text: Text, findings: Findings) -> Sheet[StrategyFile] | None:
    """The strategy file, or nothing and the findings why."""
    return _sheet(text, StrategyFile, findings)


def team_sheet(text: Text, findings: Findings) -> Sheet[TeamFile] | None:
    """One team's file, or nothing and the findings why."""
    return _sheet(text, TeamFile, findings)


def _sheet(text: Text, model: type[Q], findings: Findings) -> Sheet[Q] | None:
    for blemish in text.blemishes:
        note_blemish(findings, text.file, blemish, LIMIT)
    if any(blemish.concern is not Concern.DUPLICATE_KEY for blemish in text.blemishes):
        return None
    if text.tree is None or (isinstance(text.tree, Leaf) and text.tree.value is None):
        findings.add(text.file, START, Concern.EMPTY_FILE)
        return None
    if not isinstance(text.tree, Branch):
        findings.add(text.file, text.tree.at, Concern.NOT_A_MAPPING)
        return None
    try:
        part = model.model_validate(plain(text.tree))
    except ValidationError as error:
        note_errors(findings, text.file, text.tree, error)
        return None
    return None if text.blemishes else Sheet(file=text.file, tree=text.tree, part=part)
