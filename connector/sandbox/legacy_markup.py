"""What the old editor, which is Data Center's as well, makes of a body."""

from collections.abc import Callable

from lxml import etree

from connector.sandbox.blocks import is_block, unwrap
from connector.sandbox.storage_format import ac, parse, serialise, tag_of

Fresh = Callable[[], str]


def legacy_editor(body: str, fresh: Fresh) -> str:
    """The body as the old editor writes it back."""
    root = parse(body)
    for table in list(root.iter("table")):
        _legacy_table(table)
    for cell in [node for node in root.iter() if node.tag in ("td", "th")]:
        _legacy_cell(cell)
    for macro in root.iter(ac("structured-macro")):
        _identify(macro, fresh)
    for node in [root, *root.iter(ac("rich-text-body"))]:
        _cursor_targets(node)
    for node in root.iter("strong", "em", "a", "b", "i"):
        if (node.tail or "").startswith(" "):
            node.tail = "\u00a0" + (node.tail or "")[1:]
    return serialise(root, entities=True)


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
    cell.set("colspan", cell.get("colspan", "1"))
    blocks = [child for child in cell if is_block(child)]
    if len(cell) == 1 and len(blocks) == 1 and blocks[0].tag == "p":
        unwrap(blocks[0])
    if not len(cell) and not (cell.text or "").strip():
        cell.text = None
        etree.SubElement(cell, "br")


def _cursor_targets(container: etree._Element) -> None:
    """An empty paragraph where a macro is the first or the last thing, or stands right behind another one."""
    for macro in [child for child in container if _is_box(child)]:
        place = container.index(macro)
        before = container[place - 1] if place else None
        if (before is None and not (container.text or "").strip()) or (before is not None and _is_box(before)):
            container.insert(place, _target())
    if len(container) and _is_box(container[-1]):
        container.append(_target())


def _is_box(node: etree._Element) -> bool:
    return tag_of(node) == "ac:structured-macro" and is_block(node)


def _target() -> etree._Element:
    paragraph = etree.Element("p")
    paragraph.set("class", "auto-cursor-target")
    etree.SubElement(paragraph, "br")
    return paragraph
