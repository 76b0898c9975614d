"""Storage format as people see it: HTML with macros rendered, and fields in the team's cells while they edit."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from urllib.parse import quote, urlsplit

from lxml import etree

from connector.sandbox.confluence_answers import web_path
from connector.sandbox.confluence_content import Page
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.storage_format import ac, names, ri, tag_of, text_of
from connector.sandbox.team_cells import lines_of

COPIED = {
    **dict.fromkeys(names("p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code strong em u del sub sup span")),
    **dict.fromkeys(names("tbody thead tfoot tr hr br small cite q abbr caption div")),
} | {"b": "strong", "i": "em", "s": "del", "strike": "del", "tt": "code", "ins": "u", "big": "span"}
VOID = frozenset({"br", "hr"})
LAYOUTS = {"wide": 960, "full-width": 1800}
STYLES = re.compile(r"(?:text-align|color|background-color|margin-left)\s*:\s*[\w#(),.% -]+")
EMOTICONS = {
    "smile": "🙂",
    "sad": "🙁",
    "tick": "✅",
    "cross": "❌",
    "warning": "⚠️",
    "information": "ℹ️",
    "light-on": "💡",
}
SAFE_SCHEMES = frozenset({"", "http", "https", "mailto"})


@dataclass(slots=True, kw_only=True)
class Scene:
    """What a rendering needs besides the body; `fields` are the cells that a person may fill, by name."""

    world: ConfluenceWorld
    page: Page
    root: etree._Element
    fields: Mapping[etree._Element, str] = field(default_factory=dict)


Renderer = Callable[[Scene, etree._Element], str]


class View:
    """One rendering of one body."""

    def __init__(self, scene: Scene, macros: Mapping[str, Renderer]) -> None:
        self.scene = scene
        self._macros = macros
        self._special: dict[str, Callable[[etree._Element], str]] = {
            "a": self._anchor,
            "table": self._table,
            "td": self._cell,
            "th": self._cell,
            "time": self._time,
            "ac:structured-macro": self._macro,
            "ac:image": self._image,
            "ac:link": self._link,
            "ac:emoticon": self._emoticon,
            "ac:task": self._task,
            "ac:layout-section": self._section,
            "ac:layout-cell": self._column,
            "ac:placeholder": self._placeholder,
        }

    def inside(self, node: etree._Element) -> str:
        """The HTML of everything inside the node."""
        pieces = [escape(node.text or "", quote=False)]
        for child in node:
            pieces += [self.of(child), escape(child.tail or "", quote=False)]
        return "".join(pieces)

    def of(self, node: etree._Element) -> str:
        """The HTML of the node."""
        tag = tag_of(node)
        if tag in self._special:
            return self._special[tag](node)
        if tag in COPIED:
            return self._copied(node, COPIED[tag] or tag)
        if tag in ("ac:task-list", "ac:layout", "ac:rich-text-body"):
            return f'<div class="{tag[3:]}">{self.inside(node)}</div>'
        return "" if not tag or tag in ("col", "colgroup", "ac:parameter") else self.inside(node)

    def body_of(self, macro: etree._Element) -> str:
        """The HTML of a macro's rich text."""
        bodies = macro.findall(ac("rich-text-body"))
        return "".join(self.inside(body) for body in bodies)

    def _copied(self, node: etree._Element, tag: str) -> str:
        attributes = _style(node)
        if tag in ("h1", "h2", "h3"):
            attributes += f' id="{anchor(node)}"'
        if tag == "ol" and str(node.get("start", "")).isdigit():
            attributes += f' start="{node.get("start")}"'
        return f"<{tag}{attributes}>" if tag in VOID else f"<{tag}{attributes}>{self.inside(node)}</{tag}>"

    def _anchor(self, node: etree._Element) -> str:
        address = str(node.get("href", ""))
        if urlsplit(address).scheme.lower() not in SAFE_SCHEMES:
            return self.inside(node)
        if node.get("data-card-appearance"):
            name = escape(urlsplit(address).path.rstrip("/").rsplit("/", 1)[-1] or address)
            return f'<a class="card" href="{escape(address)}"><span class="card-icon"></span>{name}</a>'
        return f'<a href="{escape(address)}">{self.inside(node)}</a>'

    def _table(self, node: etree._Element) -> str:
        asked = str(node.get("data-table-width", ""))
        width = (
            int(float(asked)) if re.fullmatch(r"\d+(\.\d+)?", asked) else LAYOUTS.get(node.get("data-layout", ""), 0)
        )
        wide = f' style="--table-width: {width}px"' if width > 760 else ""
        kind = "table-wrap is-wide" if width > 760 else "table-wrap"
        return f'<div class="{kind}"{wide}><table>{_columns(node)}{self.inside(node)}</table></div>'

    def _cell(self, node: etree._Element) -> str:
        tag = node.tag
        spans = "".join(f' {name}="{node.get(name)}"' for name in ("colspan", "rowspan") if _number(node.get(name)))
        colour = str(node.get("data-highlight-colour", ""))
        shade = f' style="background: {colour}"' if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else _style(node)
        name = self.scene.fields.get(node)
        if name is None:
            return f"<{tag}{spans}{shade}>{self.inside(node)}</{tag}>"
        text = lines_of(node)
        rows = max(1, text.count("\n") + 1)
        box = f'<textarea name="{name}" rows="{rows}" spellcheck="false">{escape(text)}</textarea>'
        return f'<{tag}{spans} class="field">{box}</{tag}>'

    def _time(self, node: etree._Element) -> str:
        try:
            day = date.fromisoformat(str(node.get("datetime", "")))
        except ValueError:
            return self.inside(node)
        return f'<time datetime="{day}">{day:%b} {day.day}, {day.year}</time>'

    def _macro(self, node: etree._Element) -> str:
        name = str(node.get(ac("name"), ""))
        render = self._macros.get(name)
        if render is not None:
            return render(self.scene, node)
        if node.find(ac("rich-text-body")) is not None:
            return self.body_of(node)
        return f'<span class="unknown-macro">{escape(name)}</span>'

    def _image(self, node: etree._Element) -> str:
        alt, address = str(node.get(ac("alt"), "")), self._picture(node)
        caption = node.find(ac("caption"))
        below = f"<figcaption>{self.inside(caption)}</figcaption>" if caption is not None else ""
        width = f' width="{node.get(ac("width"))}"' if _number(node.get(ac("width"))) else ""
        if not address:
            return f'<figure class="missing">{escape(alt) or "Preview unavailable"}</figure>'
        return f'<figure><img src="{escape(address)}" alt="{escape(alt)}"{width}>{below}</figure>'

    def _picture(self, node: etree._Element) -> str:
        attached, outside = node.find(ri("attachment")), node.find(ri("url"))
        if outside is not None:
            address = str(outside.get(ri("value"), ""))
            return address if urlsplit(address).scheme in ("http", "https") else ""
        name = str(attached.get(ri("filename"), "")) if attached is not None else ""
        file = self.scene.page.attachments.get(name)
        number = file.now.number if file else 0
        return f"/wiki/download/attachments/{self.scene.page.id}/{quote(name)}?version={number}" if file else ""

    def _link(self, node: etree._Element) -> str:
        body = node.find(ac("link-body"))
        plain = node.find(ac("plain-text-link-body"))
        words = self.inside(body) if body is not None else escape(text_of(plain)) if plain is not None else ""
        user, page, file = node.find(ri("user")), node.find(ri("page")), node.find(ri("attachment"))
        if user is not None:
            person = self.scene.world.people.find(str(user.get(ri("account-id"), "")))
            return f'<span class="mention">@{escape(person.name if person else "Former user")}</span>'
        if file is not None:
            name = str(file.get(ri("filename"), ""))
            address = f"/wiki/download/attachments/{self.scene.page.id}/{quote(name)}"
            return f'<a href="{address}">{words or escape(name)}</a>'
        return self._page_link(page, words, str(node.get(ac("anchor"), "")))

    def _page_link(self, page: etree._Element | None, words: str, target: str) -> str:
        fragment = f"#{quote(target)}" if target else ""
        if page is None:
            return f'<a href="{fragment}">{words or escape(target)}</a>'
        title, key = str(page.get(ri("content-title"), "")), page.get(ri("space-key"))
        world = self.scene.world
        spaces = [space.id for space in world.spaces.values() if key and space.key == key] or [self.scene.page.space_id]
        found = world.tree.holder(spaces[0], title)
        if found is None:
            return f'<span class="broken-link">{words or escape(title)}</span>'
        return f'<a href="/wiki{escape(web_path(world, found))}{fragment}">{words or escape(title)}</a>'

    def _emoticon(self, node: etree._Element) -> str:
        known = EMOTICONS.get(str(node.get(ac("name"), "")), "")
        return escape(str(node.get(ac("emoji-fallback"), "")) or known)

    def _task(self, node: etree._Element) -> str:
        done = node.findtext(ac("task-status")) == "complete"
        body = node.find(ac("task-body"))
        inside = self.inside(body) if body is not None else ""
        return (
            f'<div class="task"><input type="checkbox" disabled{" checked" if done else ""}><div>{inside}</div></div>'
        )

    def _section(self, node: etree._Element) -> str:
        kind = str(node.get(ac("type"), "single"))
        return f'<div class="layout-section {escape(kind)}">{self.inside(node)}</div>'

    def _column(self, node: etree._Element) -> str:
        return f'<div class="layout-cell">{self.inside(node)}</div>'

    def _placeholder(self, node: etree._Element) -> str:
        return f'<span class="placeholder">{escape(text_of(node))}</span>'


def anchor(heading: etree._Element) -> str:
    """The fragment of a heading, as Confluence makes it: its words joined by hyphens."""
    return escape(re.sub(r"\s+", "-", text_of(heading)))


def _columns(table: etree._Element) -> str:
    columns = [col for col in table.iter("col") if next(iter(col.iterancestors("table")), None) is table]
    widths = [re.search(r"width:\s*([\d.]+)", str(col.get("style", ""))) for col in columns]
    sizes = [float(width[1]) for width in widths if width]
    if not sizes or len(sizes) != len(columns) or not sum(sizes):
        return ""
    return "<colgroup>" + "".join(f'<col style="width: {size / sum(sizes):.2%}">' for size in sizes) + "</colgroup>"


def _style(node: etree._Element) -> str:
    kept = [rule.strip() for rule in str(node.get("style", "")).split(";") if STYLES.fullmatch(rule.strip())]
    return f' style="{escape("; ".join(kept))}"' if kept else ""


def _number(value: str | None) -> bool:
    return bool(value) and str(value).isdigit()
