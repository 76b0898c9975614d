"""Confluence's storage format: XML without a root, checked as strictly as the platform checks it on every write."""

import re
from collections.abc import Callable
from html.entities import codepoint2name, name2codepoint

from lxml import etree

AC = "http://atlassian.com/content"
RI = "http://atlassian.com/resource/identifier"
PREFIXES = {AC: "ac", RI: "ri"}
ROOT = "storage-root"


def names(text: str) -> frozenset[str]:
    """The words of a text as a closed list."""
    return frozenset(text.split())


HTML_ELEMENTS = names(
    "a abbr b big blockquote br caption cite code col colgroup dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins li ol"
    " p pre q s small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul"
)
AC_ELEMENTS = names(
    "adf-attribute adf-content adf-extension adf-fallback adf-mark adf-node adf-parameter caption default-parameter"
    " emoticon image inline-comment-marker layout layout-cell layout-section link link-body macro parameter placeholder"
    " plain-text-body plain-text-link-body rich-text-body structured-macro task task-body task-id task-list task-status"
    " task-uuid"
)
RI_ELEMENTS = names("attachment blog-post content-entity page shortcut space url user")
APART = names("p br li td th tr h1 h2 h3 h4 h5 h6 ul ol table ac:layout-cell ac:structured-macro ac:image")
MACRO_PARTS = frozenset(
    f"{{{AC}}}{part}" for part in ("parameter", "default-parameter", "rich-text-body", "plain-text-body")
)
MACROS = frozenset({f"{{{AC}}}structured-macro", f"{{{AC}}}macro"})
PLAIN_TEXT = frozenset({f"{{{AC}}}plain-text-body", f"{{{AC}}}plain-text-link-body"})

_PARENTS = {
    "tr": frozenset({"table", "tbody", "thead", "tfoot"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "tbody": frozenset({"table"}),
    "thead": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "colgroup": frozenset({"table"}),
    "col": frozenset({"colgroup", "table"}),
    "li": frozenset({"ul", "ol"}),
    f"{{{AC}}}layout-section": frozenset({f"{{{AC}}}layout"}),
    f"{{{AC}}}layout-cell": frozenset({f"{{{AC}}}layout-section"}),
    f"{{{AC}}}task": frozenset({f"{{{AC}}}task-list"}),
    f"{{{AC}}}task-body": frozenset({f"{{{AC}}}task"}),
} | dict.fromkeys(MACRO_PARTS, MACROS)

_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>|<!--.*?-->)", re.S)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_MACRO_TAG = re.compile(r"<ac:structured-macro((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(/?)>")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


class StorageError(ValueError):
    """A body that Confluence refuses; the message reads as Confluence's own."""


def ac(name: str) -> str:
    """The qualified name of an `ac:` element or attribute."""
    return f"{{{AC}}}{name}"


def ri(name: str) -> str:
    """The qualified name of an `ri:` element or attribute."""
    return f"{{{RI}}}{name}"


def parse(body: str) -> etree._Element:
    """The body below an artificial root element, every entity resolved; raises StorageError."""
    pieces = _CDATA.split(body)
    text = "".join(piece if n % 2 else _ENTITY.sub(_numeric, piece) for n, piece in enumerate(pieces))
    document = f'<{ROOT} xmlns:ac="{AC}" xmlns:ri="{RI}">\n{text}</{ROOT}>'
    parser = etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=False)
    try:
        root = etree.fromstring(document.encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(error) from None
    root.text = (root.text or "")[1:] or None
    return root


def check(body: str) -> None:
    """Raises StorageError unless Confluence would store the body."""
    root = parse(body)
    if root.tag != ROOT:
        raise StorageError("Error parsing xhtml: unexpected document root")
    for node in root.iterdescendants():
        _check_node(node)


def saved(body: str, fresh: Callable[[], str]) -> str:
    """The body as the platform keeps it after a write over REST: macros carry an id and a schema version."""
    pieces = _CDATA.split(body)
    return "".join(piece if n % 2 else _MACRO_TAG.sub(_identified(fresh), piece) for n, piece in enumerate(pieces))


def serialise(root: etree._Element, *, entities: bool = False) -> str:
    """The inside of the root as storage text; with `entities`, letters beyond ASCII become named entities."""
    parts = [escape(root.text or "", entities)]
    for child in root:
        parts.append(_markup(child, entities))
        parts.append(escape(child.tail or "", entities))
    return "".join(parts)


def escape(text: str, entities: bool = False) -> str:
    """Text with the three markup signs escaped."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(_named(char) for char in text) if entities else text.replace("\u00a0", "&nbsp;")


def text_of(element: etree._Element) -> str:
    """The visible text below an element, white space collapsed; macro parameters are not visible."""
    return " ".join("".join(_texts(element)).split())


def tag_of(element: etree._Element) -> str:
    """The element's name as written in storage format: `p`, `ac:link`; comments give an empty name."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    prefix = PREFIXES.get(name.namespace or "", "")
    return f"{prefix}:{name.localname}" if prefix else name.localname


def parameters(macro: etree._Element) -> dict[str, str]:
    """The parameters of a macro by name."""
    return {node.get(ac("name"), ""): "".join(map(str, node.itertext())) for node in macro.findall(ac("parameter"))}


def _texts(element: etree._Element) -> list[str]:
    found = [element.text or ""] if isinstance(element.tag, str) else []
    for child in element:
        if tag_of(child) not in ("", "ac:parameter"):
            space = [" "] if tag_of(child) in APART else []
            found += [*space, *_texts(child), *space]
        found.append(child.tail or "")
    return found


def _numeric(match: re.Match[str]) -> str:
    name = match[1]
    if name in _XML_ENTITIES or name not in name2codepoint:
        return match[0]
    return f"&#{name2codepoint[name]};"


def _named(char: str) -> str:
    return f"&{codepoint2name[ord(char)]};" if ord(char) > 126 and ord(char) in codepoint2name else char


def _unreadable(error: etree.XMLSyntaxError) -> StorageError:
    row, column = error.position
    reason = re.sub(r" line \d+", "", (error.msg or "not well-formed").split(", line ")[0])
    return StorageError(
        f"Error parsing xhtml: {reason}\n at [row,col {{unknown-source}}]: [{max(row - 1, 1)},{column}]"
    )


def _identified(fresh: Callable[[], str]) -> Callable[[re.Match[str]], str]:
    def tag(match: re.Match[str]) -> str:
        attributes = match[1]
        if "ac:schema-version" not in attributes:
            attributes += ' ac:schema-version="1"'
        if "ac:macro-id" not in attributes:
            attributes += f' ac:macro-id="{fresh()}"'
        return f"<ac:structured-macro{attributes}{' /' if match[2] else ''}>"

    return tag


def _markup(node: etree._Element, entities: bool) -> str:
    if not isinstance(node.tag, str):
        return f"<!--{node.text or ''}-->" if node.tag is etree.Comment else ""
    tag = tag_of(node)
    attributes = "".join(f' {_attribute(name)}="{_quoted(str(value))}"' for name, value in node.attrib.items())
    if node.tag in PLAIN_TEXT:
        text = "".join(map(str, node.itertext())).replace("]]>", "]]]]><![CDATA[>")
        return f"<{tag}{attributes}><![CDATA[{text}]]></{tag}>"
    inside = serialise(node, entities=entities)
    return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes} />"


def _attribute(name: object) -> str:
    qualified = etree.QName(str(name))
    prefix = PREFIXES.get(qualified.namespace or "", "")
    return f"{prefix}:{qualified.localname}" if prefix else qualified.localname


def _quoted(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _check_node(node: etree._Element) -> None:
    if not isinstance(node.tag, str):
        if node.tag is not etree.Comment:
            raise StorageError("Error parsing xhtml: processing instructions and undeclared entities are not allowed")
        return
    name = etree.QName(node)
    known = {None: HTML_ELEMENTS, AC: AC_ELEMENTS, RI: RI_ELEMENTS}.get(name.namespace, frozenset())
    if name.localname not in known:
        raise StorageError(f"Error parsing xhtml: Unknown element <{tag_of(node)}>")
    parent = node.getparent()
    allowed = _PARENTS.get(node.tag)
    if allowed is not None and (parent is None or parent.tag not in allowed):
        raise StorageError(f"Error parsing xhtml: <{tag_of(node)}> is not allowed here")
    _check_content(node)


def _check_content(node: etree._Element) -> None:
    tag = tag_of(node)
    if node.tag in MACROS:
        if not node.get(ac("name")):
            raise StorageError("Error parsing xhtml: a macro without ac:name")
        stray = [child for child in node if isinstance(child.tag, str) and child.tag not in MACRO_PARTS]
        if stray or _loose_text(node):
            raise StorageError("Error parsing xhtml: content of a macro outside its body")
    elif tag in ("br", "hr", "col", "img") and (len(node) or (node.text or "").strip()):
        raise StorageError(f"Error parsing xhtml: <{tag}> must be empty")
    elif tag == "ac:image" and not [child for child in node if tag_of(child) in ("ri:attachment", "ri:url")]:
        raise StorageError("Error parsing xhtml: an image without a resource")
    elif node.tag in PLAIN_TEXT and len(node):
        raise StorageError(f"Error parsing xhtml: markup inside <{tag}>")
    elif tag in ("table", "tbody", "thead", "tr", "ul", "ol", "colgroup") and _loose_text(node):
        raise StorageError(f"Error parsing xhtml: text directly inside <{tag}>")


def _loose_text(node: etree._Element) -> bool:
    return bool((node.text or "").strip() or any((child.tail or "").strip() for child in node))
