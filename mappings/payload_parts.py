"""A payload in its parts: every value's place, what it is about, and never the value itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import msgspec

from mappings.payload_keys import IDENTITY, PEOPLE, SCORING, TEXT, TIMING, Matter, is_custom, shown
from mappings.wire.shape import BoundaryError, decoded

_ANYTHING = msgspec.json.Decoder()
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OF_PEOPLE = re.compile(r"/user\?|accountId=|/people/|ViewProfile|/useravatar|avatar-management|^~")
_CHANGED = frozenset({"from", "to", "fromString", "toString"})
_DEEPEST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One value of a payload; the value is kept for comparing and shows in no repr."""

    path: str
    matter: Matter
    value: object = field(repr=False)


def parts_of(body: bytes) -> Iterator[Part]:
    """Every single value of a JSON body; a BoundaryError for anything that is none, or deeper than people write."""
    waiting: list[tuple[str, tuple[str, ...], object]] = [("", (), decoded(body, _ANYTHING))]
    while waiting:
        path, keys, value = waiting.pop()
        if len(keys) > _DEEPEST or path.count("[]") > _DEEPEST:
            raise BoundaryError
        if isinstance(value, dict):
            about = _about(value)
            below = [(_below(path, key), (*keys, *about, key), inner) for key, inner in value.items()]
            waiting += reversed(below)
        elif isinstance(value, list):
            waiting += [(f"{path}[]", keys, inner) for inner in reversed(value)]
        else:
            yield Part(path=path, matter=_matter(keys, value), value=value)


def _below(path: str, key: str) -> str:
    return f"{path}.{shown(key)}" if path else shown(key)


def _about(part: dict[str, object]) -> tuple[str, ...]:
    """Keys that say more about a part than where it stands: an account is a person, a change is about its field."""
    if "accountId" in part or "emailAddress" in part:
        return ("user",)
    changed = part.get("field")
    return (changed,) if isinstance(changed, str) and part.keys() & _CHANGED else ()


def _matter(keys: tuple[str, ...], value: object) -> Matter:
    last = keys[-1] if keys else ""
    if PEOPLE.intersection(keys) or last in IDENTITY or (isinstance(value, str) and _OF_PEOPLE.search(value)):
        return Matter.IDENTITY
    if last in TIMING or (isinstance(value, str) and _DATE.match(value)):
        return Matter.TIMING
    if SCORING.intersection(keys) or (isinstance(value, float | int) and _is_custom_number(keys, value)):
        return Matter.SCORING
    if isinstance(value, str) and (last in TEXT or shown(last) == "?" or any(map(is_custom, keys))):
        return Matter.TEXT
    return Matter.OTHER


def _is_custom_number(keys: tuple[str, ...], value: object) -> bool:
    """Numbers in fields that a site made may be points or ratings, so they count as such."""
    return not isinstance(value, bool) and is_custom(keys[-1] if keys else "")
