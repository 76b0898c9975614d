"""What Jira says of the fields that a query names: people, work, a state, a day, or nothing of these."""

import re
from collections.abc import Iterator

import msgspec

from mappings.jql_fields import FieldKind, field_key, kind_of_field
from mappings.wire.shape import Wire, decoded

_PEOPLE = frozenset({"user", "group"})
_DAYS = frozenset({"date", "datetime"})
_BY_TYPE = (
    (
        FieldKind.PERSON,
        re.compile(r"user|people|person|grouppicker|participant|approv|watcher|assignee|reporter|comment"),
    ),
    (FieldKind.WORK, re.compile(r"sprint|story-?points|\bsla\b|worklog|time-?in-?status|time-?tracking|velocity")),
    (FieldKind.STATE, re.compile(r"epic-status|resolution")),
)
_STRONGEST_FIRST = (FieldKind.PERSON, FieldKind.WORK, FieldKind.STATE, FieldKind.DAY)


class _Schema(Wire):
    type: str = ""
    items: str = ""
    custom: str = ""


class _Field(Wire):
    id: str
    name: str = ""
    clause_names: list[str] = msgspec.field(default_factory=list)
    schema: _Schema | None = None


_NOT_TOLD = _Schema()
_LIST = msgspec.json.Decoder(list[_Field])


def field_kinds(answer: bytes, wanted: frozenset[str]) -> dict[str, FieldKind]:
    """What those of the `wanted` fields hold that the site has, by `field_key`; of two with one name the closer counts.

    Names of fields are compared here and do not leave.
    """
    found: dict[str, set[FieldKind]] = {}
    for field in decoded(answer, _LIST):
        for key in wanted.intersection(map(field_key, (field.id, field.name, *field.clause_names))):
            found.setdefault(key, set()).update(_kinds(field))
    return {key: _strongest(kinds) for key, kinds in found.items()}


def _kinds(field: _Field) -> Iterator[FieldKind]:
    schema = field.schema or _NOT_TOLD
    yield from (kind_of_field(name) for name in (field.name, *field.clause_names))
    if {schema.type, schema.items} & _PEOPLE:
        yield FieldKind.PERSON
    if schema.type in _DAYS:
        yield FieldKind.DAY
    custom = schema.custom.rpartition(":")[2].casefold()
    yield from (kind for kind, types in _BY_TYPE if types.search(custom))


def _strongest(kinds: set[FieldKind]) -> FieldKind:
    return next((kind for kind in _STRONGEST_FIRST if kind in kinds), FieldKind.OTHER)
