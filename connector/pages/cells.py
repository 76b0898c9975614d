"""What people wrote in the cells of a table: lines of plain text, without people's names and without struck words."""

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from connector.pages.markup import attribute, child, is_struck, link_target, tag, words
from connector.pages.questions import SOMEONE
from mappings.okr import Language

_SILENT = frozenset(
    {"ac:parameter", "ac:default-parameter", "ac:task-id", "ac:task-uuid", "ac:task-status", "ac:placeholder"}
    | {"ac:adf-attribute", "ac:adf-parameter", "ac:emoticon", "ac:image"}
)
_INLINE = frozenset({"a", "ac:link", "ac:inline-comment-marker", "ac:link-body", "ac:plain-text-link-body", "span"}) | {
    *("strong", "b", "em", "i", "u", "ins", "code", "tt", "small", "big", "font", "abbr", "cite", "q")
}
_RAISED = frozenset({"sub", "sup"})
_MARK = "\ue000"  # before what is raised: 10² is not 102
_POWER = re.compile(f"(?<=[0-9]){_MARK}(?=[0-9])")
_PROFILE = re.compile(r"/people/|/~|/profile|[?&]username=|accountid", re.IGNORECASE)
_NAMED = re.compile(
    r"\[~[^\]\n]{0,200}\]"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w@])@(?!Team\b)\w[\w.\-]*(?:(?<=\w)(?: (?:von|van|vom|zu|zur|de|der|den|del|di|da|dos|la|le|al|bin))*"
    r" [A-ZÄÖÜ][\w\-]+)?"
)


def rows(root: etree._Element) -> Iterator[tuple[etree._Element, ...]]:
    """The rows of the tables below an element, each with its cells; tables inside a cell belong to that cell."""
    for row in root.iter("tr"):
        if not any(tag(above) in ("td", "th") for above in row.iterancestors()):
            yield tuple(cell for cell in row if tag(cell) in ("td", "th") and "numberingColumn" not in _classes(cell))


def lines(node: etree._Element, language: Language = Language.DE) -> tuple[str, ...]:
    """The lines of text that people see in an element; whoever is mentioned is „jemand“ or "someone"."""
    text = "".join(_pieces(node, SOMEONE[language], language))
    seen = (words([_POWER.sub("^", line).replace(_MARK, "")]) for line in text.split("\n"))
    return tuple(nameless(line, language) for line in seen if line)


def nameless(text: str, language: Language) -> str:
    """The text with „jemand“ or "someone" where somebody is mentioned by hand or by address."""
    return _NAMED.sub(SOMEONE[language], text)


def text(node: etree._Element) -> str:
    """The same lines as one."""
    return " ".join(lines(node))


def _classes(cell: etree._Element) -> str:
    return cell.get("class") or ""


def _pieces(node: etree._Element, someone: str, language: Language) -> Iterator[str]:
    yield _flat(node.text)
    for below in node:
        yield from _piece(below, someone, language)
        yield _flat(below.tail)


def _piece(node: etree._Element, someone: str, language: Language) -> Iterator[str]:
    name = tag(node)
    if is_person(node, name):
        yield someone
    elif name == "time":
        yield spoken_day(attribute(node, "datetime"), language)
    elif name == "ac:structured-macro" and attribute(node, "name") == "status":
        yield from (_flat(part.text) for part in node if attribute(part, "name") == "title")
    elif name == "ac:link" and child(node, "ac:link-body", "ac:plain-text-link-body") is None:
        yield link_target(node).partition("=")[2].partition("#")[0]
    elif name and name not in _SILENT and not is_struck(node):
        edge = "" if name in _INLINE or name in _RAISED else "\n"
        yield edge or (_MARK if name in _RAISED else "")
        yield from _pieces(node, someone, language)
        yield edge


def is_person(node: etree._Element, name: str) -> bool:
    """Whether an element of that name mentions a person."""
    if name == "a":
        return bool(_PROFILE.search(node.get("href") or ""))
    if name == "ac:adf-node":
        return attribute(node, "type") == "mention"
    if name == "ac:structured-macro" and attribute(node, "name") == "profile":
        return True
    return name == "ri:user" or (name == "ac:link" and child(node, "ri:user") is not None)


def spoken_day(written: str, language: Language) -> str:
    """A day that people put in with the editor, as it is read; empty where it is none."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return ""
    return f"{day:%d.%m.%Y}" if language is Language.DE else f"{day.day} {day:%B %Y}"


def _flat(text: str | None) -> str:
    return " ".join(re.split(r"[\r\n\t]+", text)) if text else ""
