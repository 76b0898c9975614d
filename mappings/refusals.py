"""From what the schema could not accept to findings: where it stands, under which rule, and never the value itself."""

import re
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mappings.concerns import Concern
from mappings.findings import Findings
from mappings.key_names import concern_of_key, quotable
from mappings.locations import Node, Path, Position, key_position, position
from mappings.okr import Language
from mappings.schema import known_keys
from mappings.yaml_tree import Blemish

_BY_TYPE = {
    "string_type": Concern.TEXT,
    "tuple_type": Concern.LIST,
    "list_type": Concern.LIST,
    "dict_type": Concern.GROUP,
    "model_type": Concern.GROUP,
    "model_attributes_type": Concern.GROUP,
    "enum": Concern.CHOICE,
    "literal_error": Concern.CHOICE,
    "union_tag_invalid": Concern.SOURCE,
    "union_tag_not_found": Concern.SOURCE,
}
_CONCERNS = {concern.value: concern for concern in Concern}
_SOURCES = "observed, pushed, csv, jql-count, http-json"
_INSTEAD = {"jira": Concern.JIRA_PLACE, "source": Concern.SOURCE}


def quoted(key: str, language: Language) -> str:
    """The key in quotes with a space before it, or nothing when it is more than a plain word."""
    if not quotable(key):
        return ""
    return f" „{key}“" if language is Language.DE else f" “{key}”"


def note_blemish(findings: Findings, file: str, blemish: Blemish, limit: int) -> None:
    """Notes one thing in the writing of a file."""
    findings.add(file, blemish.at, blemish.concern, named=quoted(blemish.key, findings.language), limit=limit)


def note_errors(findings: Findings, file: str, tree: Node, error: ValidationError) -> None:
    """Notes everything that the schema could not accept in one file."""
    for details in error.errors(include_url=False, include_input=False):
        path: Path = details["loc"]
        if details["type"] == "extra_forbidden":
            _note_unknown_key(findings, file, tree, path)
        else:
            _note_value(findings, file, tree, path, details)


def _note_unknown_key(findings: Findings, file: str, tree: Node, path: Path) -> None:
    key = str(path[-1])
    at = key_position(tree, path)
    concern = concern_of_key(key)
    if concern is not Concern.UNKNOWN_KEY:
        findings.add(file, at, concern, key=key if quotable(key) else "…")
        return
    named = quoted(key, findings.language)
    close = get_close_matches(key.casefold(), known_keys(), n=1, cutoff=0.75)
    if close and close[0] != key:
        findings.add(file, at, Concern.MISSPELT_KEY, named=named, meant=close[0])
    else:
        findings.add(file, at, Concern.UNKNOWN_KEY, named=named)


def _note_value(findings: Findings, file: str, tree: Node, path: Path, details: ErrorDetails) -> None:
    more = {str(name): value for name, value in details.get("ctx", {}).items() if name != "concern"}
    concern = _concern(details["type"], path)
    if concern is Concern.MISSING_KEY and path:  # one that the whole file misses names it itself
        more["key"] = path[-1]
    if concern is Concern.SOURCE:
        more["choices"] = _SOURCES
    elif concern is Concern.CHOICE:
        more["choices"] = ", ".join(re.findall(r"'([^']+)'", str(more.get("expected", ""))))
    findings.add(file, _place(tree, path), concern, **more)


def _concern(kind: str, path: Path) -> Concern:
    named = next((str(part) for part in reversed(path) if part in _INSTEAD), "")
    if kind == "missing":
        return _INSTEAD.get(str(path[-1]), Concern.MISSING_KEY)
    if named == "jira" and path[-1] == "none":
        return Concern.JIRA_PLACE
    if named == "source" and path[-1] == "source" and kind == "model_attributes_type":
        return Concern.SOURCE
    return _CONCERNS.get(kind) or _BY_TYPE.get(kind, Concern.UNREADABLE_VALUE)


def _place(tree: Node, path: Path) -> Position:
    if path and path[-1] == "[key]":
        return key_position(tree, path[:-1])
    return position(tree, path)
