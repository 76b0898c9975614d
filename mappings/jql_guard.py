"""The guard: a query is accepted as a whole or refused with every reason and its place.

Counts tell what customers bring: they name a project, carry no day of their own, and ask nothing about work or its
state. Selectors name epics: they may ask for a state, with a hint, but not for people or measured work.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from mappings.concerns import Concern
from mappings.jql_fields import NOTHING_TOLD, CallKind, FieldKind, field_key, held_by_site, kind_of_call, kind_of_field
from mappings.jql_parser import parse
from mappings.jql_projects import projects_of
from mappings.jql_syntax import (
    Call,
    Clause,
    Condition,
    FieldName,
    Joined,
    Negated,
    Ordering,
    Value,
    clauses,
    operands,
    written,
)
from mappings.jql_tokens import JqlError
from mappings.jql_verdict import Accepted, Objection, Purpose, Refused

_MOST_CLAUSES: Final = 200
_DEEPEST_FILTER: Final = 10
_PERSON_VALUE: Final = re.compile(
    r"\[~|[\w.+-]+@[\w-]+\.\w|\b[0-9]{5,7}:[0-9a-f]{8}-[0-9a-f]{4}|\b[0-9a-f]{24}\b|\b(?:qm|ug|JIRAUSER)[:0-9]",
    re.IGNORECASE,
)
_INSIDE: Final = re.compile(r"\]\s*\.|\.property\b", re.IGNORECASE)
_MOMENT: Final = re.compile(r"[-+]?\d+[wdhmMy](\s|\Z)|\d{4}[-/]\d{1,2}[-/]\d{1,2}")


@dataclass(slots=True)
class _Judgement:
    """What is being judged and what was noticed."""

    purpose: Purpose
    fields: Mapping[str, FieldKind]
    filters: Mapping[str, str]
    objections: set[Objection] = field(default_factory=set)
    hints: set[Objection] = field(default_factory=set)
    inside: int | None = None  # offset of the saved filter that is being read

    def note(self, concern: Concern, at: int) -> None:
        self.objections.add(Objection(concern=concern, at=self._at(at)))

    def hint(self, concern: Concern, at: int) -> None:
        self.hints.add(Objection(concern=concern, at=self._at(at)))

    def _at(self, at: int) -> int:
        return at if self.inside is None else self.inside

    def work(self, at: int) -> None:
        self.note(Concern.WORK_IN_COUNT if self.purpose is Purpose.COUNT else Concern.WORK_IN_SELECTOR, at)


def judge(
    jql: str,
    purpose: Purpose,
    *,
    fields: Mapping[str, FieldKind] = NOTHING_TOLD,
    filters: Mapping[str, str] | None = None,
    delivery: frozenset[str] = frozenset(),
) -> Accepted | Refused:
    """Whether a query may be sent; total over any text.

    `fields` is what the site says of its custom fields, by id or name; `filters` the JQL of saved filters by id or
    name, without which every saved filter is refused; `delivery` the projects in which counting gets a hint.
    """
    judgement = _Judgement(
        purpose,
        {field_key(name): kind for name, kind in fields.items()},
        {name.casefold().strip(): text for name, text in (filters or {}).items()},
    )
    where = _read(jql, judgement, ())
    if where is not None and not judgement.objections:
        projects = projects_of(where)
        if purpose is Purpose.COUNT:
            _judge_count(projects, delivery, judgement)
    if where is None or judgement.objections:
        return Refused(objections=tuple(sorted(judgement.objections)))
    return Accepted(jql=written(where), projects=projects or frozenset(), hints=tuple(sorted(judgement.hints)))


def fields_to_look_up(jql: str) -> frozenset[str]:
    """The `field_key` of every field in a query of which only the site knows what it holds; none when it is refused."""
    try:
        query = parse(jql)
    except JqlError:
        return frozenset()
    named = [clause.field.name for clause in clauses(query.where)] if query.where is not None else []
    named += [ordering.field.name for ordering in query.order]
    return frozenset(field_key(name) for name in named if held_by_site(name))


def _judge_count(projects: frozenset[str] | None, delivery: frozenset[str], judgement: _Judgement) -> None:
    if not projects:
        judgement.note(Concern.COUNT_WITHOUT_PROJECT, 0)
    elif projects & {project.upper() for project in delivery}:
        judgement.hint(Concern.COUNT_IN_DELIVERY, 0)


def _read(jql: str, judgement: _Judgement, within: tuple[str, ...]) -> Condition | None:
    """The condition of a query with its saved filters written out; nothing, and a note, when it cannot be read."""
    try:
        query = parse(jql)
    except JqlError as error:
        judgement.note(error.concern, error.at)
        return None
    if query.where is None:
        judgement.note(Concern.QUERY_EMPTY, 0)
        _judge_order(query.order, judgement)
        return None
    if sum(1 for _ in clauses(query.where)) > _MOST_CLAUSES:
        judgement.note(Concern.QUERY_TOO_LONG, 0)
        return None
    for clause in clauses(query.where):
        _judge_clause(clause, judgement)
    _judge_order(query.order, judgement)
    return _opened(query.where, judgement, within)


def _judge_order(order: tuple[Ordering, ...], judgement: _Judgement) -> None:
    for ordering in order:
        kind = _kind(ordering.field.name, judgement)
        if _stored(ordering.field):
            judgement.note(Concern.QUERY_PROPERTY, ordering.field.at)
        if kind is FieldKind.PERSON:
            judgement.note(Concern.PERSON_IN_QUERY, ordering.field.at)
        elif kind is FieldKind.WORK or (kind is FieldKind.STATE and judgement.purpose is Purpose.COUNT):
            judgement.work(ordering.field.at)


def _stored(name: FieldName) -> bool:
    return name.stored or _INSIDE.search(name.name) is not None


def _kind(name: str, judgement: _Judgement) -> FieldKind:
    return kind_of_field(name, judgement.fields)


def _judge_clause(clause: Clause, judgement: _Judgement) -> None:
    kind = _kind(clause.field.name, judgement)
    if _stored(clause.field):
        judgement.note(Concern.QUERY_PROPERTY, clause.field.at)
    if kind is FieldKind.PERSON:
        judgement.note(Concern.PERSON_IN_QUERY, clause.field.at)
    elif kind is FieldKind.WORK:
        judgement.work(clause.field.at)
    elif judgement.purpose is Purpose.COUNT:
        _judge_counted(clause, kind, judgement)
    elif kind is FieldKind.STATE:
        judgement.hint(Concern.STATE_IN_SELECTOR, clause.field.at)
    _judge_history(clause, judgement)
    for operand in _all_operands(clause):
        _judge_operand(clause, operand, judgement)


def _judge_counted(clause: Clause, kind: FieldKind, judgement: _Judgement) -> None:
    if kind is FieldKind.STATE or clause.operator.startswith(("WAS", "CHANGED")):
        judgement.note(Concern.WORK_IN_COUNT, clause.field.at)
    elif kind is FieldKind.DAY:
        judgement.note(Concern.DATE_IN_COUNT, clause.field.at)


def _judge_history(clause: Clause, judgement: _Judgement) -> None:
    for predicate in clause.predicates:
        if predicate.word == "BY":
            judgement.note(Concern.PERSON_IN_QUERY, predicate.at)


def _all_operands(clause: Clause) -> Iterator[Value | Call]:
    for operand in (clause.operand, *(predicate.operand for predicate in clause.predicates)):
        for single in operands(operand):
            if isinstance(single, Value | Call):
                yield single


def _judge_operand(clause: Clause, operand: Value | Call, judgement: _Judgement) -> None:
    texts = operand.arguments if isinstance(operand, Call) else (operand.text,)
    if any(_PERSON_VALUE.search(text) for text in texts):
        judgement.note(Concern.PERSON_IN_QUERY, operand.at)
    if isinstance(operand, Call):
        _judge_call(clause, operand, judgement)
    elif judgement.purpose is Purpose.COUNT and clause.operator[0] in "<>" and _MOMENT.match(operand.text.strip()):
        judgement.note(Concern.DATE_IN_COUNT, operand.at)


def _judge_call(clause: Clause, call: Call, judgement: _Judgement) -> None:
    kind = kind_of_call(call.name)
    counting = judgement.purpose is Purpose.COUNT
    if kind is CallKind.PERSON:
        judgement.note(Concern.PERSON_IN_QUERY, call.at)
    elif kind is CallKind.UNKNOWN:
        judgement.note(Concern.UNREADABLE_FUNCTION, call.at)
    elif kind is CallKind.WORK or (
        counting and kind is CallKind.VERSION and field_key(clause.field.name) == "fixversion"
    ):
        judgement.work(call.at)
    elif counting and kind is CallKind.DAY:
        judgement.note(Concern.DATE_IN_COUNT, call.at)


def _opened(condition: Condition, judgement: _Judgement, within: tuple[str, ...]) -> Condition | None:
    """The condition with every saved filter replaced by what it asks."""
    if isinstance(condition, Negated):
        part = _opened(condition.part, judgement, within)
        return Negated(part=part) if part is not None else None
    if isinstance(condition, Joined):
        parts = [_opened(part, judgement, within) for part in condition.parts]
        known = tuple(part for part in parts if part is not None)
        return Joined(word=condition.word, parts=known) if len(known) == len(parts) else None
    if _kind(condition.field.name, judgement) is not FieldKind.FILTER:
        return condition
    return _written_out(condition, judgement, within)


def _written_out(clause: Clause, judgement: _Judgement, within: tuple[str, ...]) -> Condition | None:
    names = [operand.text.casefold().strip() for operand in _all_operands(clause) if isinstance(operand, Value)]
    readable = clause.operator in ("=", "!=", "IN", "NOT IN") and len(names) == sum(1 for _ in operands(clause.operand))
    known = all(name in judgement.filters and name not in within for name in names)
    if not readable or not known or not names or len(within) >= _DEEPEST_FILTER:
        judgement.note(Concern.SAVED_FILTER, clause.field.at)
        return None
    before, judgement.inside = judgement.inside, judgement._at(clause.field.at)
    parts = [_read(judgement.filters[name], judgement, (*within, name)) for name in names]
    judgement.inside = before
    found = tuple(part for part in parts if part is not None)
    if len(found) != len(parts):
        return None
    either = found[0] if len(found) == 1 else Joined(word="OR", parts=found)
    return either if clause.operator in ("=", "IN") else Negated(part=either)
