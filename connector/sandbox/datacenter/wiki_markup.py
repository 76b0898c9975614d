"""Documents as the text that Data Center keeps in their place: wiki markup."""

from collections.abc import Callable
from typing import Any

from connector.sandbox.people import People

_MARKS = {"strong": "*", "em": "_", "strike": "-", "underline": "+"}
_BULLETS = {"bulletList": "*", "orderedList": "#"}


def is_document(value: Any) -> bool:
    """Whether the value is an Atlassian Document, well-formed or not."""
    return isinstance(value, dict) and value.get("type") == "doc" and isinstance(value.get("content"), list)


def wiki_of(document: dict[str, Any], people: People) -> str:
    """The document's text in wiki markup; a mention by name."""
    return "\n\n".join(_block(node, people) for node in document["content"])


def _block(node: dict[str, Any], people: People, bullet: str = "") -> str:
    kind, inside = node.get("type", ""), node.get("content", [])
    if kind in _BULLETS:
        return "\n".join(_block(item, people, bullet + _BULLETS[kind]) for item in inside)
    if kind == "listItem":
        return "\n".join(f"{bullet} {_run(part, people)}" for part in inside)
    if kind == "heading":
        return f"h{node.get('attrs', {}).get('level', 1)}. {_run(node, people)}"
    return _run(node, people)


def _run(node: dict[str, Any], people: People) -> str:
    special: Callable[[dict[str, Any], People], str] | None = _RUNS.get(str(node.get("type")))
    if special is not None:
        return special(node, people)
    return "".join(_run(child, people) for child in node.get("content", []))


def _text(node: dict[str, Any], people: People) -> str:
    text = str(node.get("text", ""))
    for mark in node.get("marks", []):
        sign = _MARKS.get(mark["type"], "")
        text = f"[{text}|{mark['attrs']['href']}]" if mark["type"] == "link" else f"{sign}{text}{sign}"
    return text


def _mention(node: dict[str, Any], people: People) -> str:
    person = people.find(str(node["attrs"].get("id")))
    return f"[~{person.login if person else 'unknown'}]"


_RUNS: dict[str, Callable[[dict[str, Any], People], str]] = {
    "text": _text,
    "mention": _mention,
    "hardBreak": lambda node, people: "\n",
    "inlineCard": lambda node, people: f"[{node.get('attrs', {}).get('url', '')}]",
}
