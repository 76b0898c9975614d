"""The shape of a JQL query, and how it is written out again: every value quoted, nothing as it was spelt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BARE_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9]*\Z")
_CUSTOM_FIELD = re.compile(r"cf\[[0-9]{1,12}\]\Z")
_KEYWORDS = frozenset(
    {"and", "or", "not", "in", "is", "was", "changed", "empty", "null", "order", "by", "asc", "desc"}
    | {"after", "before", "during", "on", "from", "to"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldName:
    """A field; `stored` when the query looks into an entity property instead."""

    name: str
    at: int
    stored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A text or a number."""

    text: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """EMPTY or NULL."""

    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """A list of operands."""

    items: "tuple[Operand, ...]"
    at: int


Operand = Value | Empty | Call | Several


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """AFTER, BEFORE, DURING, ON, BY, FROM or TO behind WAS and CHANGED."""

    word: str
    operand: Operand
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One condition; the operator is upper case, `CHANGED` alone has no operand."""

    field: FieldName
    operator: str
    operand: Operand | None = None
    predicates: tuple[Predicate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Conditions that hold together (AND) or of which one holds (OR)."""

    word: str
    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Negated:
    """A condition that does not hold."""

    part: "Condition"


Condition = Clause | Joined | Negated


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """One field of ORDER BY."""

    field: FieldName
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A whole query; without a condition it would match everything."""

    where: Condition | None
    order: tuple[Ordering, ...] = ()


def quoted(text: str) -> str:
    """A text as a JQL literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def operands(operand: Operand | None) -> Iterator[Value | Empty | Call]:
    """The single operands, lists opened."""
    if isinstance(operand, Several):
        for item in operand.items:
            yield from operands(item)
    elif operand is not None:
        yield operand


def clauses(condition: Condition) -> Iterator[Clause]:
    """Every clause, in the order of the query."""
    if isinstance(condition, Clause):
        yield condition
    elif isinstance(condition, Negated):
        yield from clauses(condition.part)
    else:
        for part in condition.parts:
            yield from clauses(part)


def written(condition: Condition) -> str:
    """The condition as JQL that means the same and hides nothing."""
    if isinstance(condition, Negated):
        return f"NOT ({written(condition.part)})"
    if isinstance(condition, Joined):
        return f" {condition.word} ".join(_part(part) for part in condition.parts)
    words = [_field(condition.field), condition.operator]
    if condition.operand is not None:
        words.append(_operand(condition.operand))
    for predicate in condition.predicates:
        words += [predicate.word, _operand(predicate.operand)]
    return " ".join(words)


def _part(condition: Condition) -> str:
    return f"({written(condition)})" if isinstance(condition, Joined) else written(condition)


def _field(field: FieldName) -> str:
    bare = _BARE_FIELD.match(field.name) and field.name.casefold() not in _KEYWORDS
    return field.name if bare or _CUSTOM_FIELD.match(field.name) else quoted(field.name)


def _operand(operand: Operand) -> str:
    if isinstance(operand, Several):
        return f"({', '.join(_operand(item) for item in operand.items)})"
    if isinstance(operand, Call):
        return f"{operand.name}({', '.join(quoted(argument) for argument in operand.arguments)})"
    return "EMPTY" if isinstance(operand, Empty) else quoted(operand.text)
