"""Which projects a query keeps to, whatever else it asks."""

from mappings.jql_fields import FieldKind, kind_of_field
from mappings.jql_syntax import Clause, Condition, Joined, Negated, Value, operands


def projects_of(condition: Condition) -> frozenset[str] | None:
    """The projects a match can lie in, upper case; nothing when the query does not keep to named projects."""
    return _kept(condition, holds=True)


def _kept(condition: Condition, *, holds: bool) -> frozenset[str] | None:
    if isinstance(condition, Negated):
        return _kept(condition.part, holds=not holds)
    if isinstance(condition, Joined):
        parts = [_kept(part, holds=holds) for part in condition.parts]
        return _together(parts) if (condition.word == "AND") is holds else _any_of(parts)
    return _named(condition, holds=holds)


def _together(parts: list[frozenset[str] | None]) -> frozenset[str] | None:
    known = [part for part in parts if part is not None]
    return frozenset.intersection(*known) if known else None


def _any_of(parts: list[frozenset[str] | None]) -> frozenset[str] | None:
    known = [part for part in parts if part is not None]
    return frozenset().union(*known) if len(known) == len(parts) else None


def _named(clause: Clause, *, holds: bool) -> frozenset[str] | None:
    wanted = ("=", "IN") if holds else ("!=", "NOT IN")
    if clause.operator not in wanted or kind_of_field(clause.field.name) is not FieldKind.PROJECT:
        return None
    values = list(operands(clause.operand))
    names = frozenset(value.text.strip().upper() for value in values if isinstance(value, Value))
    return names if all(isinstance(value, Value) for value in values) else None
