"""How Confluence Cloud reads its requests: strict types in paths, queries and bodies, and paging by cursor."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Response, jsonify, request

from connector.sandbox.confluence_answers import WIKI
from connector.sandbox.confluence_content import Refusal, bad_request

Item = TypeVar("Item")
Shape = dict[str, type | tuple[type, ...]]

LOST_IN_NEXT = frozenset({"sort", "cursor"})
"""Parameters that the platform's `next` link does not carry on."""


def numeric(value: str, name: str) -> str:
    """The id, a number in a string; 400 otherwise."""
    if not value.isascii() or not value.isdigit() or len(value) > 19:
        title = f"Provided value {{{value}}} for '{name}' is not the correct type. Expected type is long"
        raise bad_request(title)
    return value


def listed(name: str, limit: int) -> list[str]:
    """The values of a query parameter that may be repeated or comma-separated; 400 beyond the limit."""
    values = [part.strip() for given in request.args.getlist(name) for part in given.split(",") if part.strip()]
    if len(values) > limit:
        raise bad_request(f"The '{name}' parameter cannot have more than {limit} values.")
    return values


def ids(name: str, limit: int) -> list[str]:
    """The numeric ids of a query parameter."""
    return [numeric(value, name) for value in listed(name, limit)]


def chosen(name: str, allowed: Sequence[str]) -> list[str]:
    """The values of a closed list; 400 for any other."""
    values = listed(name, 20)
    for value in values:
        if value not in allowed:
            raise bad_request(
                f"Provided value {{{value}}} for '{name}' is invalid. Expected one of: {', '.join(allowed)}"
            )
    return values


def flag(name: str, default: bool = False) -> bool:
    """A boolean of the query: `true` or `false` in small letters; 400 otherwise."""
    value = request.args.get(name)
    if value is None:
        return default
    if value not in ("true", "false"):
        raise bad_request(f"Provided value {{{value}}} for '{name}' is not the correct type. Expected type is boolean")
    return value == "true"


def number(name: str, default: int, lowest: int, highest: int) -> int:
    """A whole number of the query within its bounds; 400 otherwise."""
    value = request.args.get(name)
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
        raise bad_request(f"Provided value {{{value}}} for '{name}' must be a number between {lowest} and {highest}")
    return int(value)


def wants_storage(*, others: Sequence[str] = ("atlas_doc_format",)) -> bool:
    """Whether the body was asked for as storage format; formats that the sandbox cannot write are a 501."""
    asked = chosen("body-format", ("storage", *others))
    if asked and asked != ["storage"]:
        raise Refusal(501, "NOT_IMPLEMENTED", "The sandbox writes bodies in storage format only")
    return bool(asked)


def json_body() -> Any:
    """The request's JSON; 415 for another content type, 400 for what is no JSON, 413 over five megabytes."""
    if request.mimetype != "application/json":
        raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type")
    try:
        return json.loads(request.get_data())
    except ValueError:
        raise bad_request("Request body is not valid JSON") from None


def fields(given: Any, shape: Shape, required: Sequence[str], where: str = "body") -> dict[str, Any]:
    """The object with its fields checked: none unknown, none of a wrong type, all the required ones there."""
    if not isinstance(given, dict):
        raise bad_request(f"The {where} must be an object")
    for name, value in given.items():
        wanted = shape.get(name)
        if wanted is None:
            raise bad_request(f"Unrecognized field '{name}' in {where}")
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is int):
            raise bad_request(f"Provided value for '{name}' is not the correct type")
    for name in required:
        if given.get(name) is None:
            raise bad_request(f"Required field '{name}' is missing in {where}")
    return given


def parent_of(given: dict[str, Any]) -> str | None:
    """The parent a body names, or None."""
    parent = given.get("parentId")
    return numeric(parent, "parentId") if parent else None


def state_of(status: str) -> str:
    """The status a body asks for; 400 unless it is `current` or `draft`."""
    if status not in ("current", "draft"):
        raise bad_request(f"Provided value {{{status}}} for 'status' is invalid. Expected one of: current, draft")
    return status


def storage_of(body: dict[str, Any]) -> str:
    """The storage text of a body, flat or nested; 501 for formats the sandbox does not take."""
    formats = {"storage", "atlas_doc_format", "wiki"}
    if len(body) == 1 and formats & set(body):
        name = next(iter(body))
        nested = body[name]
        body = {"representation": name, **nested} if isinstance(nested, dict) else {}
    given = fields(body, {"representation": str, "value": str}, ["representation", "value"], "body")
    if given["representation"] not in formats:
        raise bad_request("Provided value for 'representation' is invalid")
    if given["representation"] != "storage":
        raise Refusal(501, "NOT_IMPLEMENTED", "The sandbox takes bodies in storage format only")
    return str(given["value"])


def paged(
    items: Sequence[Item], identify: Callable[[Item], str], write: Callable[[Item], Any], default: int = 25
) -> Response:
    """One page of the items with `_links.next` and the `Link` header as v2 writes them."""
    limit = number("limit", default, 1, 250)
    start = _start(items, identify)
    shown = items[start : start + limit]
    links: dict[str, str] = {"base": WIKI}
    header = f'<{WIKI}>; rel="base"'
    if start + limit < len(items):
        links["next"] = _next(identify(shown[-1]), start + limit, limit)
        header = f'<{links["next"]}>; rel="next", {header}'
    answer = jsonify({"results": [write(item) for item in shown], "_links": links})
    answer.headers["Link"] = header
    return answer


def cursor_for(mark: str, offset: int) -> str:
    """An opaque place in a list: after the item `mark`, else at the offset."""
    return base64.urlsafe_b64encode(json.dumps({"id": mark, "at": offset}).encode()).decode()


def place_of(cursor: str | None) -> tuple[str, int]:
    """The place a cursor means; 400 for what is none."""
    if cursor is None:
        return "", 0
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return str(place["id"]), int(place["at"])
    except (binascii.Error, ValueError, KeyError, TypeError):
        raise bad_request("Provided cursor is invalid") from None


def _start(items: Sequence[Item], identify: Callable[[Item], str]) -> int:
    mark, offset = place_of(request.args.get("cursor"))
    after = [n for n, item in enumerate(items) if mark and identify(item) == mark]
    return after[0] + 1 if after else offset


def _next(mark: str, offset: int, limit: int) -> str:
    kept = [
        (name, value) for name, value in request.args.items(multi=True) if name not in LOST_IN_NEXT and name != "limit"
    ]
    query = [("limit", str(limit)), *kept, ("cursor", cursor_for(mark, offset))]
    return f"{request.path}?{urlencode(query)}"
