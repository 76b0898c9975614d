"""Confluence's macros as people see them: panels, page properties, expand, status, children, contents and reports."""

from collections.abc import Callable, Mapping
from html import escape

from lxml import etree

from connector.sandbox.confluence_answers import web_path
from connector.sandbox.confluence_content import Page
from connector.sandbox.confluence_query import Query, QueryError
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.storage_format import ac, parameters, parse, tag_of, text_of
from connector.sandbox.storage_view import Renderer, Scene, View, anchor
from connector.sandbox.team_cells import fields, regions, rows, tables

PANELS = {"info": "info", "note": "warning", "tip": "success", "warning": "error", "panel": "plain"}
CHILD_ORDERS: Mapping[str, Callable[[Page], str]] = {
    "creation": lambda page: page.created_at.isoformat() + page.id,
    "modified": lambda page: page.now.at.isoformat() + page.id,
    "title": lambda page: page.title.casefold(),
}
STATUS_COLOURS = frozenset({"grey", "red", "yellow", "green", "blue", "purple"})


def reading(world: ConfluenceWorld, page: Page, body: str) -> str:
    """The body as HTML for a reader."""
    root = parse(body)
    return View(Scene(world=world, page=page, root=root), MACROS).inside(root)


def editing(world: ConfluenceWorld, page: Page, body: str) -> str:
    """The body as HTML for a person who fills the team's cells."""
    root = parse(body)
    named = {cell: name for name, cell in fields(root)}
    return View(Scene(world=world, page=page, root=root, fields=named), MACROS).inside(root)


def _view(scene: Scene) -> View:
    return View(scene, MACROS)


def _panel(scene: Scene, macro: etree._Element) -> str:
    given = parameters(macro)
    kind = PANELS[str(macro.get(ac("name")))]
    title = f'<p class="panel-title">{escape(given["title"])}</p>' if given.get("title") else ""
    icon = f'<span class="panel-icon {kind}" aria-hidden="true"></span>' if kind != "plain" else ""
    return f'<div class="panel {kind}">{icon}<div class="panel-body">{title}{_view(scene).body_of(macro)}</div></div>'


def _expand(scene: Scene, macro: etree._Element) -> str:
    title = parameters(macro).get("title") or "Click here to expand…"
    inside = _view(scene).body_of(macro)
    return f'<details class="expand"><summary>{escape(title)}</summary><div class="inside">{inside}</div></details>'


def _details(scene: Scene, macro: etree._Element) -> str:
    given = parameters(macro)
    if given.get("hidden") == "true":
        return ""
    inside = _view(scene).body_of(macro)
    return f'<div class="page-properties" data-id="{escape(given.get("id", ""))}">{inside}</div>'


def _status(scene: Scene, macro: etree._Element) -> str:
    given = parameters(macro)
    colour = given.get("colour", "Grey").lower()
    kind = colour if colour in STATUS_COLOURS else "grey"
    return f'<span class="lozenge {kind}">{escape(given.get("title", ""))}</span>'


def _children(scene: Scene, macro: etree._Element) -> str:
    given = parameters(macro)
    depth = 10 if given.get("all") == "true" else _level(given.get("depth"), 1)
    return _child_list(scene, scene.page, depth, given)


def _child_list(scene: Scene, page: Page, depth: int, given: Mapping[str, str]) -> str:
    below = scene.world.tree.children(page.id) if depth else []
    if given.get("sort") in CHILD_ORDERS:
        below.sort(key=CHILD_ORDERS[given["sort"]])
    if given.get("reverse") == "true":
        below.reverse()
    items = "".join(
        f"<li>{_page_link(scene, child)}{_child_list(scene, child, depth - 1, given)}</li>" for child in below
    )
    return f'<ul class="child-pages">{items}</ul>' if items else ""


def _level(value: str | None, default: int) -> int:
    return int(value) if value and value.isdigit() else default


def _page_link(scene: Scene, page: Page) -> str:
    return f'<a href="/wiki{escape(web_path(scene.world, page))}">{escape(page.title)}</a>'


def _contents(scene: Scene, macro: etree._Element) -> str:
    given = parameters(macro)
    lowest, highest = _level(given.get("minLevel"), 1), _level(given.get("maxLevel"), 3)
    headings = [node for node in scene.root.iter("h1", "h2", "h3", "h4") if lowest <= int(tag_of(node)[1]) <= highest]
    items = "".join(
        f'<li class="level-{tag_of(node)[1]}"><a href="#{anchor(node)}">{escape(text_of(node))}</a></li>'
        for node in headings
    )
    return f'<ul class="contents">{items}</ul>'


def _code(scene: Scene, macro: etree._Element) -> str:
    body = macro.find(ac("plain-text-body"))
    text = "".join(map(str, body.itertext())) if body is not None else ""
    return f'<pre class="code"><code>{escape(text)}</code></pre>'


def _excerpt(scene: Scene, macro: etree._Element) -> str:
    return "" if parameters(macro).get("hidden") == "true" else _view(scene).body_of(macro)


def _nothing(scene: Scene, macro: etree._Element) -> str:
    return ""


def _report(scene: Scene, macro: etree._Element) -> str:
    given = parameters(macro)
    now = scene.world.clock.now()
    cql = given.get("cql", "").replace("currentSpace()", f'"{scene.world.spaces[scene.page.space_id].key}"')
    try:
        found = Query(cql, now).select(scene.world.index.rows(now))
    except QueryError:
        return '<div class="panel warning"><div class="panel-body">The query of this report cannot be read.</div></div>'
    pages = [scene.world.page(row.page_id) for row in found]
    asked = [name.strip() for name in given.get("headings", "").split(",") if name.strip()]
    known = [_properties(page, given.get("id", "")) for page in pages]
    names = asked or list(dict.fromkeys(name for properties in known for name in properties))
    head = "".join(f"<th>{escape(name)}</th>" for name in ("Title", *names))
    lines = "".join(
        f"<tr><td>{_page_link(scene, page)}</td>"
        + "".join(f"<td>{escape(properties.get(name, ''))}</td>" for name in names)
        + "</tr>"
        for page, properties in zip(pages, known, strict=True)
    )
    return f'<div class="table-wrap"><table><tbody><tr>{head}</tr>{lines}</tbody></table></div>'


def _properties(page: Page, region_id: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, region in regions(parse(page.body)):
        if not region_id or name == region_id:
            pairs = [cells for table in tables(region) for cells in rows(table) if len(cells) == 2]
            found |= {text_of(left): text_of(right) for left, right in pairs}
    return found


MACROS: Mapping[str, Renderer] = {
    **dict.fromkeys(PANELS, _panel),
    "expand": _expand,
    "details": _details,
    "detailssummary": _report,
    "status": _status,
    "children": _children,
    "toc": _contents,
    "code": _code,
    "excerpt": _excerpt,
    "anchor": _nothing,
}
