"""What Confluence's editors make of a body when a person saves it: same words, other markup."""

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from connector.sandbox.blocks import INLINE_MACROS, drop, is_block, unwrap
from connector.sandbox.cloud_markup import kept_attributes, standard_tag
from connector.sandbox.legacy_markup import legacy_editor
from connector.sandbox.storage_format import ac, names, parse, serialise, tag_of

Fresh = Callable[[], str]

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
    for fallback in list(root.iter(ac("adf-fallback"))):
        drop(fallback)  # it is written anew from what stands beside it
    for node in list(root.iter()):
        _standard(node)
    for node in [root, *root.iter()]:
        if node is root or tag_of(node) in CONTAINERS:
            _wrap(node)
    for table in list(root.iter("table")):
        _cloud_table(table)
    if len(root) and tag_of(root[-1]) not in ("p", "ac:layout"):
        etree.SubElement(root, "p")  # where the cursor can go below a table or a macro
    for node in root.iterdescendants():
        _cloud_attributes(node, fresh)
    for extension in root.iter(ac("adf-extension")):
        _fall_back(extension)
    return serialise(root, entities=True)


def _standard(node: etree._Element) -> None:
    tag = tag_of(node)
    if not tag:
        drop(node)
    elif standard_tag(node) == "":
        unwrap(node)
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
            if is_block(node):
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
    table.set("data-table-display-mode", table.get("data-table-display-mode", "default"))


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
    elif tag == "a" and kept.get("href") == node.text:
        kept.setdefault("data-card-appearance", "inline")  # a bare address becomes a smart link
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


def _fall_back(extension: etree._Element) -> None:
    """What an editor without this node would show: its content once more."""
    contents = [content for node in extension for content in node if tag_of(content) == "ac:adf-content"]
    if contents:
        fallback = etree.SubElement(extension, ac("adf-fallback"))
        box = etree.SubElement(fallback, "div")
        box.set("class", "panel conf-macro output-block")
        for content in contents:
            box.text = content.text
            box.extend(deepcopy(list(content)))
