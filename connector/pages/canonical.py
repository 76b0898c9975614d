"""A body as people see it: what two spellings of the same page have in common."""

import hashlib
import re
from collections.abc import Callable

from lxml import etree

from connector.pages.markup import (
    BodyUnreadable,
    attribute,
    child,
    is_fallback,
    is_struck,
    link_target,
    parse,
    tag,
    well_formed,
    words,
)
from mappings.team_text import TeamText

__all__ = ["BodyUnreadable", "digest", "parse", "seen", "typed", "well_formed"]

_UNSEEN = frozenset(
    {"ac:parameter", "ac:default-parameter", "ac:task-id", "ac:task-uuid", "ac:adf-attribute", "ac:adf-parameter"}
)
_BY_EDITORS = frozenset({"breakoutMode", "breakoutWidth", "localId"})
_BLOCKS = frozenset({"p", "div", "br", "blockquote", "pre", "dl", "dt", "dd", "section", "caption"}) | {
    f"ac:{name}"
    for kind in (
        "layout layout-section layout-cell",
        "rich-text-body plain-text-body caption",
        "task task-status task-body",
    )
    for name in kind.split()
}
_KEPT_IN_SHAPE = {
    "table": "table",
    "tr": "row",
    "td": "cell",
    "th": "cell",
    "ul": "ul",
    "ol": "ol",
    "li": "item",
    "ac:task-list": "tasks",
    "ac:adf-extension": "extension",
}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SHAPE, _OPEN, _CLOSE = "\x01", "\x02", "\x03"  # signs that no XML text can hold
_STAMP = re.compile(r"(abgeglichen am) \d{1,2}\.\d{1,2}\.\d{4}|(compared on) (?:\d{1,2} [^\W\d]+ \d{4})", re.IGNORECASE)


def stamps(inside: str) -> tuple[str, ...]:
    """The days of comparison that a region names, which its digest leaves out."""
    return tuple(found[0] for found in _STAMP.finditer(inside))


def digest(inside: TeamText | str) -> str:
    """Ten hex digits that change with words, numbers, cells, links, pictures and macros, and with nothing else.

    Formatting, ids, attribute order, white space, spelling of entities and the day of a comparison do not count.
    """
    return hashlib.sha256(seen(parse(inside)).encode()).hexdigest()[:10]


def seen(root: etree._Element) -> str:
    """What people see below an element, one line for each block, cell, picture and macro."""
    eye = _Eye()
    try:
        eye.inside(root)
    except RecursionError:
        raise BodyUnreadable("nested too deeply") from None
    eye.rest()
    return "\n".join(eye.atoms)


def typed(root: etree._Element) -> str:
    """What is seen, and what people told the macros: all that an editor may hold and a page does not yet show."""
    told = [f"{attribute(node, 'name')}={words(map(str, node.itertext()))}" for node in root.iter() if _is_told(node)]
    return "\n".join([seen(root), *sorted(told)])


def _is_told(node: etree._Element) -> bool:
    return tag(node) == "ac:parameter" and attribute(node, "name") not in _BY_EDITORS


class _Eye:
    """Walks a tree and keeps, atom by atom, what is seen."""

    def __init__(self) -> None:
        self.atoms: list[str] = []
        self._runs: list[tuple[str, str]] = []  # (mark, text); the mark says where a link leads and what is struck
        self._target = ""
        self._struck = 0

    def inside(self, node: etree._Element) -> None:
        """Takes the text and the children of a node."""
        self._say(node.text)
        for below in node:
            self._element(below)
            self._say(below.tail)

    def rest(self) -> None:
        """Ends a block: what was said so far becomes one atom, unless it is empty."""
        if not self._runs:
            return
        parts: list[str] = []
        mark = ""
        for run_mark, text in self._runs:
            if text.strip() and run_mark != mark:
                parts += [f" {_CLOSE}{mark} "] if mark else []
                parts += [f" {_OPEN} "] if run_mark else []
                mark = run_mark
            parts.append(text)
        self._runs = []
        line = words([*parts, f" {_CLOSE}{mark}" if mark else ""])
        if line:
            self.atoms.append(_STAMP.sub(lambda match: match[1] or match[2], line))

    def _say(self, text: str | None) -> None:
        if text:
            mark = f"{'struck_' * bool(self._struck)}{self._target.replace(' ', '_')}"
            self._runs.append((mark, text))

    def _shape(self, *parts: str) -> None:
        self.rest()
        self.atoms.append(_SHAPE + words([" ".join(parts)]))

    def _element(self, node: etree._Element) -> None:
        name = tag(node)
        if not name or name in _UNSEEN or is_fallback(node):
            return
        special = _SPECIAL.get(name)
        if special is not None:
            special(self, node)
        elif name in _KEPT_IN_SHAPE:
            self._shape(_KEPT_IN_SHAPE[name])
            self.inside(node)
            self._shape("end")
        elif name in _BLOCKS:
            self.rest()
            self.inside(node)
            self.rest()
        else:
            struck = is_struck(node)
            self._struck += struck
            self.inside(node)
            self._struck -= struck

    def _heading(self, node: etree._Element) -> None:
        self.rest()
        start = len(self.atoms)
        self.inside(node)
        self.rest()
        if len(self.atoms) > start:  # an empty heading is not seen
            self.atoms.insert(start, _SHAPE + tag(node))

    def _link(self, node: etree._Element) -> None:
        around, self._target = self._target, link_target(node)
        label = child(node, "ac:link-body", "ac:plain-text-link-body")
        if tag(node) == "a" or label is not None:
            self.inside(node if label is None else label)
        else:
            self._say(self._target)
        self._target = around

    def _picture(self, node: etree._Element) -> None:
        goal = child(node, "ri:attachment", "ri:url", "ri:page")
        name = node.get("src") or "" if goal is None else attribute(goal, "filename") or attribute(goal, "value")
        self._shape("picture", name, attribute(node, "alt"))  # what is read aloud is a word on the page, too
        caption = child(node, "ac:caption")
        if caption is not None:
            self._element(caption)

    def _macro(self, node: etree._Element) -> None:
        titles = [words(map(str, n.itertext())) for n in node if attribute(n, "name") == "title"]
        self._shape("macro", attribute(node, "name"), *titles)
        for below in node:
            self._element(below)
        self._shape("end")

    def _sign(self, node: etree._Element) -> None:
        self._say(f" {_OPEN}{tag(node)} {attribute(node, 'name') or attribute(node, 'datetime')} ")

    def _rule(self, node: etree._Element) -> None:
        self._shape("hr")


_SPECIAL: dict[str, Callable[[_Eye, etree._Element], None]] = {
    **dict.fromkeys(_HEADINGS, _Eye._heading),
    **dict.fromkeys(("a", "ac:link"), _Eye._link),
    **dict.fromkeys(("ac:image", "img"), _Eye._picture),
    **dict.fromkeys(("ac:structured-macro", "ac:macro"), _Eye._macro),
    **dict.fromkeys(("ac:emoticon", "time", "ri:user"), _Eye._sign),
    "hr": _Eye._rule,
}
