"""How Confluence Data Center reads its requests: expansions, statuses, offsets, strictly shaped bodies."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Response, jsonify, request

from connector.sandbox.confluence_asks import fields, listed, number
from connector.sandbox.confluence_content import Refusal, bad_request
from connector.sandbox.datacenter.confluence_answers import BASE, CONTEXT, collected

Item = TypeVar("Item")
MOST, MOST_BODIES = 200, 50
"""The most results of one page; fewer where bodies are expanded. More is asked for in vain, not refused."""

_STATES = ("current", "trashed", "draft", "historical", "any")


def expanded(default: str = "") -> set[str]:
    """The names of `expand` and all that lead to them: `body.storage` asks for `body` too."""
    names = {name.strip() for name in request.args.get("expand", default).split(",") if name.strip()}
    return {".".join(name.split(".")[: depth + 1]) for name in names for depth in range(name.count(".") + 1)}


def states() -> set[str]:
    """The statuses asked for; `any` means current and trashed."""
    found = set(listed("status", 20)) or {"current"}
    if not found <= set(_STATES):
        raise bad_request(f"Invalid status: {sorted(found - set(_STATES))[0]}")
    return found | {"current", "trashed"} if "any" in found else found


def key_of(space: Any) -> str:
    """The key of the space that a body names."""
    given = fields(space, {"key": str, "id": (int, str), "name": str}, ["key"], "space")
    return str(given["key"])


def parent_of(given: dict[str, Any]) -> str | None:
    """The last of the ancestors that a body names, or None."""
    found = None
    for one in given.get("ancestors") or []:
        found = str(fields(one, {"id": (int, str), "type": str, "title": str}, ["id"], "ancestors")["id"])
    return found


def storage_of(given: dict[str, Any]) -> str | None:
    """The storage text that a body holds, or None where it holds none; 501 for formats the sandbox does not take."""
    if given.get("body") is None:
        return None
    parts = fields(given["body"], {"storage": dict, "wiki": dict, "editor": dict}, [], "body")
    if set(parts) != {"storage"}:
        raise Refusal(501, "NOT_IMPLEMENTED", "The sandbox takes bodies in storage format only")
    text = fields(parts["storage"], {"value": str, "representation": str}, ["value", "representation"], "body.storage")
    if text["representation"] != "storage":
        raise bad_request("Invalid representation")
    return str(text["value"])


def paged(items: Sequence[Item], write: Callable[[Item], Any], *, default: int = 25, bodies: bool = False) -> Response:
    """One page of the items by offset; `_links.next` where there is more."""
    start = number("start", 0, 0, 10_000_000)
    limit = min(number("limit", default, 0, 10_000_000), MOST_BODIES if bodies else MOST)
    shown = [write(item) for item in items[start : start + limit]]
    links = {"self": f"{BASE}{request.full_path.removeprefix(CONTEXT).rstrip('?')}", "base": BASE, "context": CONTEXT}
    if limit and start + limit < len(items):
        kept = [(name, value) for name, value in request.args.items(multi=True) if name not in ("start", "limit")]
        query = urlencode([*kept, ("limit", limit), ("start", start + limit)])
        links["next"] = f"{request.path.removeprefix(CONTEXT)}?{query}"
    return jsonify({**collected(shown, start, limit), "_links": links})
