"""The issues that a cell leads to, by link, card, macro, address or key, each written as its key between two signs."""

import re
from copy import deepcopy
from typing import Final
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from connector.pages.cells import lines
from connector.pages.markup import attribute, is_struck, tag, words
from mappings.okr import Language

OPEN: Final = "\uf8d0"
CLOSE: Final = "\uf8d1"
_KEY = r"[A-Za-z][A-Za-z0-9_]{0,254}-[1-9][0-9]{0,12}"
_PATH = re.compile(rf"/(?:browse|issues)/({_KEY})(?=[/?#]|\Z)")
_URL = re.compile(r"https?://[^\s<>\"“”„,;]+")
_BARE = re.compile(rf"(?<![\w/.{OPEN}-])({_KEY})(?![\w-])")
_POINTER = re.compile(r"(?:link|hier|here|siehe|see|epics?|ticket|board|vorgang|issue)", re.IGNORECASE)
_TITLE = re.compile(rf"\bjira\b|{_KEY}", re.IGNORECASE)


def marked(cell: etree._Element, delivery: tuple[str, ...], language: Language) -> str:
    """The words of a cell, every issue it leads to written as its key between two signs."""
    copy = deepcopy(cell)
    for node in list(copy.iter()):
        if isinstance(node.tag, str) and any(char in (OPEN, CLOSE) for char in node.text or ""):
            node.text = (node.text or "").replace(OPEN, "").replace(CLOSE, "")
        key, name = _issue(node)
        if key and node is not copy and not any(is_struck(above) for above in (node, *node.iterancestors())):
            _replace(node, f"{name}{OPEN}{key.upper()}{CLOSE}")
    text = "\n".join(lines(copy, language))
    text = _URL.sub(lambda match: f"{OPEN}{key.upper()}{CLOSE}" if (key := _key_of(match[0])) else match[0], text)
    known = frozenset(project.upper() for project in delivery)
    return _BARE.sub(lambda match: _bare(match, known), text)


def _issue(node: etree._Element) -> tuple[str, str]:
    """The key of the issue that an element leads to, and a name before it if its link bears the team's words."""
    name = tag(node)
    if name == "a":
        key = _key_of(node.get("href") or "")
        said = words(map(str, node.itertext()))
        plain_link = (
            not said
            or _TITLE.search(said)
            or _POINTER.fullmatch(said)
            or said.startswith("http")
            or node.get("data-card-appearance")
        )
        return key, "" if plain_link else f"{said}: "
    if name in ("ac:structured-macro", "ac:macro") and attribute(node, "name") in ("jira", "jiraissues"):
        given = {attribute(n, "name"): (n.text or "").strip() for n in node if tag(n) == "ac:parameter"}
        key = given.get("key", "") or _key_of(given.get("url", ""))
        return (key if re.fullmatch(_KEY, key) else ""), ""
    return "", ""


def _key_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets, or signs that no host has
        return ""
    match = _PATH.search(parts.path)
    chosen = match[1] if match else next(iter(parse_qs(parts.query).get("selectedIssue", ())), "")
    return chosen if re.fullmatch(_KEY, chosen) else ""


def _replace(node: etree._Element, said: str) -> None:
    tail = node.tail
    node.clear()
    node.tag, node.text, node.tail = "span", said, tail


def _bare(match: re.Match[str], known: frozenset[str]) -> str:
    """A key in the text is one when its project is the team's own, or when it follows a name and a colon."""
    key = match[1].upper()
    named = re.search(r":\s*\Z", match.string[: match.start()])
    ours = key.rpartition("-")[0] in known
    return f"{OPEN}{key}{CLOSE}" if ours or (named and match[1] == key) else match[0]
