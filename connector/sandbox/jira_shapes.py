"""How a request must be shaped before Jira looks at what it says."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import request

from connector.sandbox.jira_refusals import JiraRefusal, unreadable

Shape = Callable[[Any], bool]


def text(value: Any) -> bool:
    """A string."""
    return isinstance(value, str)


def number(value: Any) -> bool:
    """A whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def mapping(value: Any) -> bool:
    """A JSON object."""
    return isinstance(value, dict)


def anything(value: Any) -> bool:
    """Any JSON value."""
    return True


def each(shape: Shape) -> Shape:
    """A list whose members all have the shape."""
    return lambda value: isinstance(value, list) and all(shape(one) for one in value)


def json_body() -> Any:
    """The request's JSON; a JiraRefusal for another content type (415) or for text that is not JSON (400)."""
    if request.mimetype != "application/json":
        raise JiraRefusal(415, "Unsupported Media Type")
    try:
        return json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise unreadable() from error


def body(shapes: Mapping[str, Shape], *, required: tuple[str, ...] = ()) -> dict[str, Any]:
    """The request's JSON object; a JiraRefusal (400) for unknown keys, missing ones and wrong types."""
    return shaped(json_body(), shapes, required=required)


def shaped(value: Any, shapes: Mapping[str, Shape], *, required: tuple[str, ...] = ()) -> dict[str, Any]:
    """The value, if it is an object of these keys and shapes; else a JiraRefusal (400)."""
    if not isinstance(value, dict) or any(name not in value for name in required):
        raise unreadable()
    if any(name not in shapes or not shapes[name](one) for name, one in value.items()):
        raise unreadable()
    return value


def query_flag(name: str, default: bool = False) -> bool:
    """A boolean of the query string, written `true` or `false` and in no other way."""
    given = request.args.get(name)
    if given not in (None, "true", "false"):
        raise JiraRefusal(400, f"The value of '{name}' is not a boolean.")
    return default if given is None else given == "true"


def query_number(name: str, default: int, *, most: int | None = None) -> int:
    """A whole number of the query string, zero or more, cut to `most`."""
    given = request.args.get(name, str(default))
    if not given.isdecimal():
        raise JiraRefusal(400, f"The value of '{name}' is not a number.")
    return int(given) if most is None else min(int(given), most)
