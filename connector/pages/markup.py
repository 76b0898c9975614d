"""Confluence's storage format: XML without a root, read by the names that it writes itself."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from html.entities import name2codepoint
from urllib.parse import unquote

from lxml import etree

from connector.errors import Advice, Code, PermanentError
from mappings.team_text import TeamText

NAMESPACES = {
    "ac": "http://atlassian.com/content",
    "ri": "http://atlassian.com/resource/identifier",
    "at": "http://atlassian.com/template",
}
_SPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
STRUCK = frozenset({"s", "del", "strike"})

_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]")
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


class BodyUnreadable(PermanentError):
    """A body is not the XML that storage format is; says the place in it, never its words."""

    def __init__(self, why: str) -> None:
        advice = Advice(
            what="a page body cannot be read, so nothing on the page is changed",
            why=why,
            options=("open the page in Confluence and save it once", "go back to an earlier version of the page"),
        )
        super().__init__(Code.PAGE_UNREADABLE, advice)


@cache
def _prologue(named: bool) -> str:
    """The line before a body; reading the names of letters takes time, so only who uses them declares them."""
    if not named:
        return f"<page {_SPACES}>"
    five = {"amp", "lt", "gt", "quot", "apos"}
    entities = "".join(f'<!ENTITY {name} "&#{code};">' for name, code in name2codepoint.items() if name not in five)
    return f"<!DOCTYPE page [{entities}]><page {_SPACES}>"


def parse(body: TeamText | str) -> etree._Element:
    """The body below one root element, entities resolved; raises BodyUnreadable."""
    words = body.words if isinstance(body, TeamText) else body
    parser = etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]  # the stubs are older than this value
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        prologue = _prologue(named=_NAMED.search(words) is not None)
        return etree.fromstring(f"{prologue}\n{words}</page>".encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise BodyUnreadable(f"not well-formed at line {line - 1}, column {column}") from None
    except UnicodeEncodeError:
        raise BodyUnreadable("holds half of a surrogate pair") from None


def well_formed(body: TeamText | str) -> None:
    """Holds when the body is XML that Confluence can store; else raises BodyUnreadable."""
    parse(body)


def tag(node: etree._Element) -> str:
    """The name as storage format writes it, `td` or `ac:link`; empty for comments and instructions."""
    if not isinstance(node.tag, str):
        return ""
    name = node.tag.rpartition("}")[2]
    return f"{node.prefix}:{name}" if node.prefix else name


def attribute(node: etree._Element, name: str) -> str:
    """The value of an attribute known by its local name, whatever its prefix; empty without one."""
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), "")


def child(node: etree._Element, *names: str) -> etree._Element | None:
    """The first child element that bears one of the names."""
    return next((below for below in node if tag(below) in names), None)


def is_fallback(node: etree._Element) -> bool:
    """Whether it repeats, for editors that do not know better, what stands beside it."""
    if tag(node) != "ac:adf-fallback":
        return False
    return any(tag(below) == "ac:adf-content" for beside in node.itersiblings(preceding=True) for below in beside)


def is_struck(node: etree._Element) -> bool:
    """Whether people see the element's text struck out."""
    return tag(node) in STRUCK or "line-through" in (node.get("style") or "").casefold()


def words(runs: Iterable[str]) -> str:
    """One line of text: composed letters, single spaces, nothing that takes no room."""
    text = "".join(runs)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_ZERO_WIDTH)
    return " ".join(text.split())


def link_target(node: etree._Element) -> str:
    """Where an `a` or `ac:link` leads; a person is only ever `user`."""
    if tag(node) == "a":
        return unquote((node.get("href") or "").strip()).rstrip("/")
    goal = next((below for below in node if tag(below).startswith("ri:")), None)
    anchor = attribute(node, "anchor")
    if goal is None:
        return f"#{anchor}"
    if tag(goal) == "ri:user":
        return "user"
    name = next(
        filter(None, (attribute(goal, key) for key in ("content-title", "filename", "value", "content-id"))), ""
    )
    return f"{tag(goal)}={name}#{anchor}"
