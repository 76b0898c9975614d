"""What Confluence's editors make of a body when a person saves it: same words, other markup."""

from collections.abc import Callable

from lxml import etree

from connector.sandbox.cloud_markup import kept_attributes, standard_tag
from connector.sandbox.storage_format import ac, names, parse, serialise, tag_of

Fresh = Callable[[], str]

BLOCKS = names(
    "p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre hr div ac:layout ac:layout-section ac:layout-cell ac:task-list"
    " ac:image ac:adf-extension"
)
INLINE_MACROS = names("status anchor")
CONTAINERS = names("td th li blockquote ac:rich-text-body ac:layout-cell ac:task-body")
IDENTIFIED = names("p h1 h2 h3 h4 h5 h6 tr td th ul ol li blockquote")
PAGE_WIDTH = 760
WIDTHS = {"wide": 960, "full-width": 1800}


def round_trip(body: str, editor: str, fresh: Fresh) -> str:
    """The body after a person saved it in the `cloud` or the `legacy` editor; `none` leaves it as it is."""
    if editor == "cloud":
        return cloud_editor(body, fresh)
    if editor == "legacy":
        return legacy_editor(body, fresh)
    if editor == "none":
        return body
    raise ValueError(f"no editor is called {editor!r}; there are cloud, legacy and none")


def cloud_editor(body: str, fresh: Fresh) -> str:
    """The body as the Cloud editor writes it back from its own document model."""
    root = parse(body)
    for node in list(root.iter()):
        _standard(node)
    for node in [root, *root.iter()]:
        if node is root or tag_of(node) in CONTAINERS:
            _wrap(node)
    for table in list(root.iter("table")):
        _cloud_table(table)
    for node in root.iterdescendants():
        _cloud_attributes(node, fresh)
    return serialise(root, entities=True)


def legacy_editor(body: str, fresh: Fresh) -> str:
    """The body as the old editor writes it back."""
    root = parse(body)
    for table in list(root.iter("table")):
        _legacy_table(table)
    for cell in [node for node in root.iter() if node.tag in ("td", "th")]:
        _legacy_cell(cell)
    for macro in root.iter(ac("structured-macro")):
        _identify(macro, fresh)
    for node in root.iter("strong", "em", "a", "b", "i"):
        if (node.tail or "").startswith(" "):
            node.tail = "\u00a0" + (node.tail or "")[1:]
    return serialise(root, entities=True)


def _standard(node: etree._Element) -> None:
    tag = tag_of(node)
    if not tag:
        _drop(node)
    elif standard_tag(node) == "":
        _unwrap(node)
    elif standard_tag(node) != tag:
        node.tag = standard_tag(node)


def _wrap(container: etree._Element) -> None:
    """Loose text and inline markup of a container become paragraphs; white space between blocks goes."""
    before = [(None, container.text or "")] + [(child, child.tail or "") for child in container]
    for child in list(container):
        container.remove(child)
    container.text = None
    paragraph: etree._Element | None = None
    for node, text in before:
        if node is not None:
            node.tail = None
            if _is_block(node):
                container.append(node)
                paragraph = None
            else:
                paragraph = _open(container) if paragraph is None else paragraph
                paragraph.append(node)
        if text.strip() or (paragraph is not None and text):
            paragraph = _open(container) if paragraph is None else paragraph
            _append_text(paragraph, text if paragraph.text or len(paragraph) else text.lstrip(" \n\t"))
    if not len(container) and tag_of(container) != "storage-root":
        etree.SubElement(container, "p")


def _open(container: etree._Element) -> etree._Element:
    return etree.SubElement(container, "p")


def _is_block(node: etree._Element) -> bool:
    tag = tag_of(node)
    if tag == "ac:structured-macro":
        return node.get(ac("name")) not in INLINE_MACROS
    return tag in BLOCKS


def _append_text(paragraph: etree._Element, text: str) -> None:
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + text
    else:
        paragraph.text = (paragraph.text or "") + text


def _cloud_table(table: etree._Element) -> None:
    rows = [row for row in table.iter("tr") if next(iter(row.iterancestors("table")), None) is table]
    widths = [float(str(col.get("style", "")).split(":")[-1].strip(" px;") or 0) for col in table.iter("col")]
    for child in list(table):
        table.remove(child)
    table.text = None
    columns = max((sum(int(cell.get("colspan", "1")) for cell in row) for row in rows), default=1)
    if len(widths) != columns:
        widths = [PAGE_WIDTH / columns] * columns
    group = etree.SubElement(table, "colgroup")
    for width in widths:
        etree.SubElement(group, "col", style=f"width: {width:.1f}px;")
    body = etree.SubElement(table, "tbody")
    for row in rows:
        row.text = row.tail = None
        for cell in row:
            cell.tail = None
        body.append(row)
    layout = table.get("data-layout", "default")
    table.set("data-table-width", table.get("data-table-width", str(WIDTHS.get(layout, PAGE_WIDTH))))
    table.set("data-layout", layout)


def _cloud_attributes(node: etree._Element, fresh: Fresh) -> None:
    tag = tag_of(node)
    kept = kept_attributes(node)
    if tag == "ac:structured-macro":
        kept.setdefault(ac("schema-version"), "1")
        if node.get(ac("name")) not in INLINE_MACROS:
            kept.setdefault("data-layout", "default")
            kept.setdefault(ac("local-id"), fresh())
        kept.setdefault(ac("macro-id"), fresh())
        _reorder_parameters(node)
    elif tag == "table":
        kept.setdefault(ac("local-id"), fresh())
    elif tag in IDENTIFIED:
        kept.setdefault("local-id", fresh()[-12:])
    node.attrib.clear()
    for name in sorted(kept):
        node.set(name, kept[name])


def _reorder_parameters(macro: etree._Element) -> None:
    parts = sorted(macro, key=lambda part: (part.tag != ac("parameter"), part.get(ac("name"), "")))
    macro.text = None
    for part in parts:
        part.tail = None
        macro.append(part)


def _identify(macro: etree._Element, fresh: Fresh) -> None:
    macro.set(ac("schema-version"), macro.get(ac("schema-version"), "1"))
    macro.set(ac("macro-id"), macro.get(ac("macro-id")) or fresh())


def _legacy_table(table: etree._Element) -> None:
    table.set("class", "wrapped confluenceTable")
    for name in ("data-layout", "data-table-width", ac("local-id")):
        table.attrib.pop(name, "")
    if table.find("tbody") is None:
        body = etree.SubElement(table, "tbody")
        for row in table.findall("tr"):
            body.append(row)
    if table.find("colgroup") is None:
        first = table.find(".//tr")
        group = etree.Element("colgroup")
        for _ in range(len(first) if first is not None else 0):
            etree.SubElement(group, "col")
        table.insert(0, group)


def _legacy_cell(cell: etree._Element) -> None:
    blocks = [child for child in cell if _is_block(child)]
    if len(cell) == 1 and len(blocks) == 1 and blocks[0].tag == "p":
        _unwrap(blocks[0])
    if not len(cell) and not (cell.text or "").strip():
        cell.text = None
        etree.SubElement(cell, "br")


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    index, tail = parent.index(node), node.tail or ""
    parent.remove(node)
    _insert_text(parent, index, tail)


def _unwrap(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    index, tail = parent.index(node), node.tail or ""
    _insert_text(parent, index, node.text or "")
    children = list(node)
    parent.remove(node)
    for place, child in enumerate(children):
        parent.insert(index + place, child)
    _insert_text(parent, index + len(children), tail)


def _insert_text(parent: etree._Element, index: int, text: str) -> None:
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
