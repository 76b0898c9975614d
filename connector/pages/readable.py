"""A page as HTML for those without Confluence at hand: its words and tables by an allow-list, nobody's name, nothing
that acts or loads.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import count
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from connector.pages.cells import is_person, nameless, spoken_day
from connector.pages.markup import BodyUnreadable, attribute, child, link_target, parse, tag, words
from connector.pages.questions import SOMEONE
from mappings.okr import Language
from mappings.team_text import TeamText

OURS: Final = "okr-"
HEADINGS: Final = {f"h{level}": f"h{min(6, max(level, 2) + 1)}" for level in range(1, 7)}  # below a title of ours
_BLOCKS: Final = frozenset({"p", "ul", "ol", "li", "blockquote", "pre", "dl", "dt", "dd"})
_WORDS: Final = {name: name for name in ("strong", "em", "code", "s", "del", "sub", "sup", "small", "u")} | {
    "b": "strong",
    "i": "em",
    "strike": "s",
    "tt": "code",
    "ins": "u",
}
_PASSED: Final = frozenset(
    {"span", "div", "font", "big", "q", "cite", "abbr", "section", "ac:inline-comment-marker", "ac:layout"}
    | {f"ac:{name}" for name in ("layout-section", "layout-cell", "rich-text-body", "link-body", "task-body")}
)
_SILENT: Final = frozenset({"col", "colgroup", "caption", "hr", "ac:placeholder", "ac:emoticon", "ac:parameter"})
_PANELS: Final = frozenset({"info", "note", "tip", "warning", "panel", "expand", "excerpt", "section", "column"})
_ISSUE: Final = re.compile(r"https?://\S+/browse/(?P<key>[A-Z][A-Z0-9_]+-[0-9]+)")  # a card's address, too long to read
_LISTED: Final = "children"  # what stands below a page: whoever shows it has links of its own
_LONGEST_SPAN: Final = 50
_NUMBERING = "numberingColumn"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    table: str
    picture: str
    elsewhere: str


_SAID: Final = {
    Language.DE: _Words(table="Tabelle", picture="Bild", elsewhere="Hier steht in Confluence ein weiterer Baustein."),
    Language.EN: _Words(table="Table", picture="Picture", elsewhere="In Confluence, another element stands here."),
}


def readable(body: TeamText, language: Language) -> TeamText:
    """The page's inside as HTML whose headings begin at the third level; whoever is mentioned is „jemand“ or "someone".

    Raises BodyUnreadable.
    """
    root = parse(body)
    try:
        return TeamText(_Pen(language=language, number=count(1)).inside(root).strip())
    except RecursionError:
        raise BodyUnreadable("nested too deeply") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pen:
    """Writes what is on the list; of everything else at most the words."""

    language: Language
    number: Iterator[int] = field(repr=False)  # of the tables

    def inside(self, node: etree._Element) -> str:
        """The HTML of everything inside a node."""
        pieces = [self._text(node.text)]
        for below in node:
            pieces += [self._element(below), self._text(below.tail)]
        return "".join(pieces)

    def _text(self, text: str | None) -> str:
        return escape(nameless(text, self.language)) if text else ""

    def _element(self, node: etree._Element) -> str:
        name = tag(node)
        if not name or name in _SILENT:
            return ""
        if is_person(node, name) or _is_letter(node, name):
            return escape(SOMEONE[self.language])
        special = _SPECIAL.get(name)
        if special is not None:
            return special(self, node)
        if name in _PASSED:
            return self.inside(node)
        kept = HEADINGS.get(name) or _WORDS.get(name) or (name if name in _BLOCKS else "")
        return self._kept(node, kept) if kept else self._note()

    def _kept(self, node: etree._Element, name: str) -> str:
        inside = self.inside(node)
        return f"<{name}>{inside}</{name}>" if inside.strip() else ""

    def _line(self, node: etree._Element) -> str:
        return "<br>"

    def _time(self, node: etree._Element) -> str:
        return escape(spoken_day(attribute(node, "datetime"), self.language))

    def _link(self, node: etree._Element) -> str:
        """A link into the open leads there; of one within Confluence only its words are left."""
        address = (node.get("href") or "").strip()
        inside = self.inside(node)
        if not inside.strip() or not _leads_out(address):
            return inside
        card = _ISSUE.fullmatch(address) if inside.strip() == escape(address) else None
        return f'<a href="{escape(address)}" rel="noreferrer">{card["key"] if card else inside}</a>'

    def _inner_link(self, node: etree._Element) -> str:
        label = child(node, "ac:link-body", "ac:plain-text-link-body")
        if label is not None:
            return self.inside(label)
        return self._text(link_target(node).partition("=")[2].partition("#")[0])

    def _picture(self, node: etree._Element) -> str:
        said = attribute(node, "alt")
        return (
            f'<span class="picture">{_SAID[self.language].picture}: {self._text(said)}</span>' if said else self._note()
        )

    def _macro(self, node: etree._Element) -> str:
        name = attribute(node, "name")
        if name == "status":
            return self._text(words(part.text or "" for part in node if attribute(part, "name") == "title"))
        body = child(node, "ac:rich-text-body")
        mine = name == "details" and _parameter(node, "id").startswith(OURS)
        if body is None:
            return "" if mine or name == _LISTED else self._note()
        return self.inside(body) if mine or name in _PANELS else self._note()

    def _tasks(self, node: etree._Element) -> str:
        bodies = (child(task, "ac:task-body") for task in node if tag(task) == "ac:task")
        lines = "".join(f"<li>{self.inside(body)}</li>" for body in bodies if body is not None)
        return f"<ul>{lines}</ul>" if lines else ""

    def _note(self) -> str:
        return f'<span class="elsewhere">{_SAID[self.language].elsewhere}</span>'

    def _table(self, node: etree._Element) -> str:
        rows = [row for row in (list(_cells(row)) for row in _rows(node)) if row]
        if not rows:
            return ""
        heads = all(tag(cell) == "th" for cell in rows[0]) and len(rows[0]) > 1
        named = heads and not _said(rows[0][0])  # an empty corner: the first column names its rows
        drawn = [self._row(row, top=heads and not at, named=named and at > 0) for at, row in enumerate(rows)]
        head = f"<thead>{drawn.pop(0)}</thead>" if heads else ""
        label = f"{_SAID[self.language].table} {next(self.number)}"
        return (
            f'<div class="sheet" role="group" tabindex="0" aria-label="{label}">'
            f"<table>{head}<tbody>{''.join(drawn)}</tbody></table></div>"
        )

    def _row(self, cells: list[etree._Element], *, top: bool, named: bool) -> str:
        return f"<tr>{''.join(self._cell(cell, top=top, named=named and not at) for at, cell in enumerate(cells))}</tr>"

    def _cell(self, cell: etree._Element, *, top: bool, named: bool) -> str:
        wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
        spans = "".join(f' {name}="{n}"' for name, n in (("colspan", wide), ("rowspan", high)) if n > 1)
        inside = self.inside(cell).strip()
        if not inside or not (named or tag(cell) == "th"):
            return f"<td{spans}>{inside}</td>"
        scope = ("colgroup" if wide > 1 else "col") if top or wide > 1 else ("rowgroup" if high > 1 else "row")
        return f'<th scope="{scope}"{spans}>{inside}</th>'


_SPECIAL: dict[str, Callable[[_Pen, etree._Element], str]] = {
    "a": _Pen._link,
    "br": _Pen._line,
    "time": _Pen._time,
    "table": _Pen._table,
    "ac:link": _Pen._inner_link,
    "ac:task-list": _Pen._tasks,
    **dict.fromkeys(("ac:image", "img"), _Pen._picture),
    **dict.fromkeys(("ac:structured-macro", "ac:macro"), _Pen._macro),
}


def _leads_out(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


def _is_letter(node: etree._Element, name: str) -> bool:
    """Whether a link writes to somebody: its words are most likely a name."""
    return name == "a" and (node.get("href") or "").strip().casefold().startswith("mailto:")


def _parameter(macro: etree._Element, name: str) -> str:
    return next((words(part.itertext()) for part in macro if attribute(part, "name") == name), "")  # type: ignore[arg-type]  # the stubs know bytes


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for part in table:
        if tag(part) == "tr":
            yield part
        elif tag(part) in ("thead", "tbody", "tfoot"):
            yield from (row for row in part if tag(row) == "tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in row if tag(cell) in ("td", "th") and _NUMBERING not in (cell.get("class") or ""))


def _said(cell: etree._Element) -> bool:
    return bool("".join(map(str, cell.itertext())).strip())


def _span(cell: etree._Element, name: str) -> int:
    asked = cell.get(name) or ""
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked[:4]) <= _LONGEST_SPAN else 1
