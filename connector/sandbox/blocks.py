"""Moving elements about in a body, and which of them stand on lines of their own."""

from lxml import etree

from connector.sandbox.storage_format import ac, names, tag_of

BLOCKS = names(
    "p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre hr div ac:layout ac:layout-section ac:layout-cell ac:task-list"
    " ac:image ac:adf-extension"
)
INLINE_MACROS = names("status anchor")


def is_block(node: etree._Element) -> bool:
    """Whether an editor gives the element a line of its own."""
    tag = tag_of(node)
    if tag == "ac:structured-macro":
        return node.get(ac("name")) not in INLINE_MACROS
    return tag in BLOCKS


def drop(node: etree._Element) -> None:
    """The element and what is in it are gone; the text behind it stays."""
    parent = node.getparent()
    if parent is None:
        return
    index, tail = parent.index(node), node.tail or ""
    parent.remove(node)
    _insert_text(parent, index, tail)


def unwrap(node: etree._Element) -> None:
    """What is in the element stands in its place."""
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
