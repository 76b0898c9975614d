"""The strict part of Jira about documents: what is an Atlassian Document and what is not."""

from typing import Any

_BLOCKS = {
    "paragraph": "inline",
    "heading": "inline",
    "codeBlock": "inline",
    "blockquote": "block",
    "bulletList": "item",
    "orderedList": "item",
    "panel": "block",
    "rule": "",
    "table": "row",
    "expand": "block",
}
_INSIDE = {
    "listItem": "block",
    "tableRow": "cell",
    "tableHeader": "block",
    "tableCell": "block",
}
_KINDS = {
    "block": frozenset(_BLOCKS),
    "item": frozenset({"listItem"}),
    "row": frozenset({"tableRow"}),
    "cell": frozenset({"tableHeader", "tableCell"}),
    "inline": frozenset({"text", "hardBreak", "mention", "emoji", "date", "status", "inlineCard"}),
}
_MARKS = frozenset({"strong", "em", "code", "link", "strike", "subsup", "underline", "textColor", "backgroundColor"})
_KEYS = frozenset({"type", "content", "attrs", "marks", "text"})


def is_document(value: Any) -> bool:
    """Whether the value is a well-formed Atlassian Document of version 1."""
    return (
        isinstance(value, dict)
        and set(value) == {"type", "version", "content"}
        and value["type"] == "doc"
        and value["version"] == 1
        and not isinstance(value["version"], bool)
        and _children(value["content"], "block")
    )


def _children(content: Any, kind: str) -> bool:
    return isinstance(content, list) and all(_node(child, kind) for child in content)


def _node(node: Any, kind: str) -> bool:
    if not isinstance(node, dict) or not set(node) <= _KEYS or node.get("type") not in _KINDS[kind]:
        return False
    if not isinstance(node.get("attrs", {}), dict) or not _marks(node.get("marks", [])):
        return False
    if node["type"] == "text":
        return isinstance(node.get("text"), str) and node["text"] != "" and "content" not in node
    return _within(node)


def _within(node: dict[str, Any]) -> bool:
    name = node["type"]
    if "text" in node or not _attributes(name, node.get("attrs", {})):
        return False
    inner = _BLOCKS.get(name) or _INSIDE.get(name)
    if not inner:
        return "content" not in node
    needed = inner != "inline"
    return _children(node.get("content", []), inner) and (not needed or bool(node.get("content")))


def _attributes(name: str, attrs: dict[str, Any]) -> bool:
    if name == "heading":
        return attrs.get("level") in (1, 2, 3, 4, 5, 6)
    if name == "panel":
        return attrs.get("panelType") in ("info", "note", "tip", "warning", "error", "success", "custom")
    if name == "inlineCard":
        return isinstance(attrs.get("url"), str) or "data" in attrs
    return True


def _marks(marks: Any) -> bool:
    return isinstance(marks, list) and all(
        isinstance(mark, dict)
        and mark.get("type") in _MARKS
        and (mark["type"] != "link" or isinstance(mark.get("attrs", {}).get("href"), str))
        for mark in marks
    )
