"""What an error answer objects to: names of known fields and two yes-or-no facts, never its words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from mappings.wire.shape import NOTHING, Wire, lenient

_FIELDS = frozenset(
    {
        "assignee", "body", "components", "description", "duedate", "environment", "fixVersions", "issuetype", "labels",
        "parent", "parentId", "priority", "project", "reporter", "security", "spaceId", "summary", "timetracking",
        "title", "version", "versions",
    }
)  # fmt: skip
_CUSTOM_FIELD = re.compile(r"customfield_[0-9]{1,10}")
_QUOTED = re.compile(r"'([A-Za-z]{1,20}|customfield_[0-9]{1,10})'")
_TITLE_TAKEN = re.compile(r"titl?el?\b.*(?:exist|vorhanden)|exist.*\btitl?el?\b", re.IGNORECASE | re.DOTALL)
_VERSION = re.compile(r"version", re.IGNORECASE)
_SCANNED = 4096  # characters of a text that are looked at; the facts stand at its beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a site refused, as far as it concerns what we sent."""

    fields: frozenset[str] = frozenset()  # names of fields it objects to, of a closed list or `customfield_<digits>`
    title_taken: bool = False  # another page of the space has this title
    version: bool = False  # it speaks of versions: somebody was faster
    status: int | None = None  # of one element of a bulk answer


class _Item(Wire):
    title: str | None = None
    detail: str | None = None
    message: msgspec.Raw = NOTHING


class _Body(Wire):
    error_messages: msgspec.Raw = NOTHING
    errors: msgspec.Raw = NOTHING
    message: str | None = None
    data: msgspec.Raw = NOTHING


_BODY = msgspec.json.Decoder(_Body)
_TEXTS = msgspec.json.Decoder(list[str])
_TEXT = msgspec.json.Decoder(str)
_BY_FIELD = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ITEMS = msgspec.json.Decoder(list[_Item])


def refusal(answer: bytes) -> Refusal:
    """What an error body says about our request; any bytes give a Refusal, at worst an empty one."""
    body = lenient(answer, _BODY)
    if body is None:
        return Refusal()
    by_field = lenient(body.errors, _BY_FIELD) or {}
    return _judged(by_field, [*_texts(body), *_values(by_field.values())])


def _judged(by_field: Iterable[str], texts: Iterable[str]) -> Refusal:
    fields = set(by_field)
    title_taken = version = False
    for text in texts:
        looked_at = text[:_SCANNED]
        fields.update(_QUOTED.findall(looked_at))
        title_taken = title_taken or bool(_TITLE_TAKEN.search(looked_at))
        version = version or bool(_VERSION.search(looked_at))
    if title_taken:
        fields.add("title")
    return Refusal(fields=frozenset(filter(_known, fields)), title_taken=title_taken, version=version)


def _known(field: str) -> bool:
    return field in _FIELDS or _CUSTOM_FIELD.fullmatch(field) is not None


def _texts(body: _Body) -> Iterator[str]:
    yield from lenient(body.error_messages, _TEXTS) or ()
    if body.message:
        yield body.message
    for item in lenient(body.errors, _ITEMS) or ():
        yield from filter(None, (item.title, item.detail))
    nested = lenient(body.data, _BODY)
    for item in (lenient(nested.errors, _ITEMS) if nested else None) or ():
        yield from _values([item.message])


def _values(parts: Iterable[msgspec.Raw]) -> Iterator[str]:
    yield from filter(None, (lenient(part, _TEXT) for part in parts))
