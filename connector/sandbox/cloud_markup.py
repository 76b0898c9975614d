"""The Cloud editor's vocabulary: which elements and attributes survive its document model."""

import re

from lxml import etree

from connector.sandbox.storage_format import PREFIXES, ac, tag_of

_RENAMED = {
    "b": "strong",
    "i": "em",
    "strike": "del",
    "s": "del",
    "tt": "code",
    "ins": "u",
    "big": "",
    "small": "",
    "abbr": "",
    "caption": "p",
    "div": "",
}
_STYLES = {"p": "text-align|margin-left", "span": "color|background-color", "col": "width"}
_PLAIN = {
    "a": ("href", "data-card-appearance"),
    "td": ("colspan", "rowspan", "data-highlight-colour"),
    "th": ("colspan", "rowspan", "data-highlight-colour"),
    "table": ("data-table-width", "data-table-display-mode", "data-layout"),
    "ol": ("start",),
    "time": ("datetime",),
    "ac:structured-macro": ("data-layout",),
}


def standard_tag(node: etree._Element) -> str:
    """The element that the editor writes in this one's place; empty when only its inside is kept."""
    tag = tag_of(node)
    if tag == "span" and not _style(node, _STYLES["span"]):
        return ""
    return _RENAMED.get(tag, tag)


def kept_attributes(node: etree._Element) -> dict[str, str]:
    """The attributes that survive, in the editor's own order: by name, ours and unknown ones dropped."""
    tag = tag_of(node)
    kept = {str(name): str(value) for name, value in sorted(node.attrib.items()) if _survives(tag, str(name))}
    style = _style(node, _STYLES.get(tag, "text-align"))
    if style and tag in {*_STYLES, "h1", "h2", "h3", "h4", "h5", "h6"}:
        kept["style"] = style
    if tag == "ac:image":
        kept.setdefault(ac("align"), "center")
        kept.setdefault(ac("layout"), "center")
    return kept


def _survives(tag: str, name: str) -> bool:
    qualified = etree.QName(name)
    if qualified.namespace in PREFIXES:
        return True
    return name == "local-id" or name in _PLAIN.get(tag, ())


def _style(node: etree._Element, allowed: str) -> str:
    rules = [rule.strip() for rule in str(node.get("style", "")).split(";")]
    return " ".join(f"{rule};" for rule in rules if re.match(rf"(?:{allowed})\s*:", rule))
