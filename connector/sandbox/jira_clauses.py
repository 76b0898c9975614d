"""JQL as meaning: which issues a clause holds for, and which names and values Jira refuses."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import ge, gt, le, lt

from connector.sandbox.jira_moments import DATES, Fields, Test, date_test
from connector.sandbox.jira_query import Clause, Group, Value
from connector.sandbox.jira_records import CATEGORIES, Issue
from connector.sandbox.jira_refusals import JiraRefusal
from connector.sandbox.jira_world import JiraWorld

_NEGATED = {
    "=": "!=",
    "!=": "=",
    "in": "not in",
    "not in": "in",
    "is": "is not",
    "is not": "is",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "~": "!~",
    "!~": "~",
}
_ALIASES = {"issuekey": "key", "issue": "key", "id": "key", "type": "issuetype", "createddate": "created"}
_ALIASES |= {"updateddate": "updated", "resolved": "resolutiondate", "resolveddate": "resolutiondate"}
_ORDERS: dict[str, Callable[[int, int], bool]] = {">": gt, ">=": ge, "<": lt, "<=": le}
_PEOPLE = ("assignee", "reporter", "creator")
_UNRESOLVED = ("resolution", "unresolved")
_TEXTS = ("summary", "text", "description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A field of named things: which an issue `has`, and which a value of a query means (a JiraRefusal for none)."""

    has: Callable[[Issue, Fields], Iterable[str]]
    wanted: Callable[[JiraWorld, str, Value], Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The fields that one dialect's queries know: named things, and points in time by their place in an issue."""

    members: Mapping[str, Member]
    dates: Mapping[str, str]


def compiled(
    world: JiraWorld, node: Clause | Group, vocabulary: "Vocabulary | None" = None, *, negated: bool = False
) -> Test:
    """The test a tree stands for; a JiraRefusal (400) for names and values the site does not know.

    As in Jira, NOT turns operators round, and neither `!=` nor `not in` holds for an empty field.
    """
    if isinstance(node, Clause):
        operator = _NEGATED[node.operator] if negated else node.operator
        return _clause(world, Clause(field=node.field, operator=operator, values=node.values), vocabulary or CLOUD)
    if node.joint == "not":
        return compiled(world, node.parts[0], vocabulary, negated=not negated)
    tests = [compiled(world, part, vocabulary, negated=negated) for part in node.parts]
    return reduce(_both if (node.joint == "and") != negated else _either, reversed(tests))


def _both(second: Test, first: Test) -> Test:
    return lambda issue, fields: first(issue, fields) and second(issue, fields)


def _either(second: Test, first: Test) -> Test:
    return lambda issue, fields: first(issue, fields) or second(issue, fields)


def field_named(name: str) -> str:
    """The inner name of a JQL field."""
    plain = name.casefold()
    return _ALIASES.get(plain, plain)


def _clause(world: JiraWorld, clause: Clause, vocabulary: Vocabulary) -> Test:
    name = field_named(clause.field)
    if name in vocabulary.dates:
        return date_test(world, clause, vocabulary.dates[name])
    if name in _TEXTS and clause.operator in ("~", "!~"):
        return _text_test(clause, "summary" if name == "text" else name)
    if name not in vocabulary.members:
        raise JiraRefusal(400, f"Field '{clause.field}' does not exist or you do not have permission to view it.")
    if name == "key" and clause.operator in _ORDERS and len(clause.values) == 1:
        return _number_test(world, clause)
    if clause.operator not in ("=", "!=", "in", "not in", "is", "is not"):
        raise JiraRefusal(400, f"The operator '{clause.operator}' is not supported by the '{clause.field}' field.")
    return _member_test(world, clause, name, vocabulary.members[name])


def _number_test(world: JiraWorld, clause: Clause) -> Test:
    """Keys have an order within their project alone."""
    (known,) = wanted_issue(world, clause.field, clause.values[0])
    project, _, bound = world.issues[int(known)].key.rpartition("-")
    holds = _ORDERS[clause.operator]

    def test(issue: Issue, fields: Fields) -> bool:
        key = issue.key.rpartition("-")
        return key[0] == project and holds(int(key[2]), int(bound))

    return test


def _member_test(world: JiraWorld, clause: Clause, name: str, members: Member) -> Test:
    empties = [value for value in clause.values if value.empty or (name, value.text.casefold()) == _UNRESOLVED]
    empty = bool(empties)
    if clause.operator.startswith("is") and not empty:
        text = f"The operator '{clause.operator}' can only be used with EMPTY or NULL."
        raise JiraRefusal(400, f"Error in the JQL Query: {text}")
    wanted = {
        one for value in clause.values if value not in empties for one in members.wanted(world, clause.field, value)
    }
    positive = clause.operator in ("=", "in", "is")

    def holds(issue: Issue, fields: Fields) -> bool:
        has = list(members.has(issue, fields))
        if not has:
            return positive and empty
        return wanted.isdisjoint(has) is not positive

    return holds


def unknown_value(field: str, value: Value) -> JiraRefusal:
    """The refusal of a value that names nothing of the site."""
    return JiraRefusal(400, f"The value '{value.text}' does not exist for the field '{field}'.")


def refuse_call(field: str, value: Value) -> None:
    """Nothing, or the JiraRefusal of a function that the field does not know."""
    if value.call:
        raise JiraRefusal(400, f"Unable to find JQL function '{value.text}({', '.join(value.arguments)})'.")


def _wanted_project(world: JiraWorld, field: str, value: Value) -> Iterable[str]:
    refuse_call(field, value)
    named = (one for one in world.projects.values() if one.name.casefold() == value.text.casefold() and not one.hidden)
    found = world.project(value.text) or next(named, None)
    if found is None:
        raise unknown_value(field, value)
    return [str(found.id)]


def wanted_issue(world: JiraWorld, field: str, value: Value) -> Iterable[str]:
    """The id of the issue that a key or an id names; a JiraRefusal for none."""
    refuse_call(field, value)
    if value.text.isdecimal():
        if world.find(value.text) is None:
            raise JiraRefusal(400, f"A value with ID '{value.text}' does not exist for the field '{field}'.")
    elif not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]+-\d+", value.text):
        raise JiraRefusal(400, f"The issue key '{value.text}' for field '{field}' is invalid.")
    elif world.find(value.text) is None:
        raise JiraRefusal(400, f"An issue with key '{value.text}' does not exist for field '{field}'.")
    found = world.find(value.text)
    return [str(found.id)] if found else []


def _wanted_named(names: Callable[[JiraWorld], Iterable[tuple[int, str, str]]]) -> Callable[..., Iterable[str]]:
    def wanted(world: JiraWorld, field: str, value: Value) -> Iterable[str]:
        refuse_call(field, value)
        text = value.text.casefold()
        found = [mark.casefold() for number, name, mark in names(world) if text in (name.casefold(), str(number))]
        if not found:
            raise unknown_value(field, value)
        return found

    return wanted


def _wanted_person(world: JiraWorld, field: str, value: Value) -> Iterable[str]:
    if value.call and value.text.casefold() == "currentuser":
        return [world.people.service.account_id]
    refuse_call(field, value)
    if world.people.find(value.text) is None:
        raise unknown_value(field, value)
    return [value.text]


def _wanted_label(world: JiraWorld, field: str, value: Value) -> Iterable[str]:
    refuse_call(field, value)
    return [value.text.casefold()]


def _parent_of(issue: Issue, fields: Fields) -> list[str]:
    if issue.parent is not None:
        return [str(issue.parent.id)]
    recorded = fields.get("parent")
    return [str(recorded["id"])] if recorded else []


def _person(name: str) -> Callable[[Issue, Fields], list[str]]:
    return lambda issue, fields: [str(fields[name].get("accountId"))] if fields.get(name) else []


def of_team(field: str) -> Member:
    """Issues of a team, known by its id, whether the field holds the team or its id alone."""

    def has(issue: Issue, fields: Fields) -> list[str]:
        value = fields.get(field)
        known = value.get("id") if isinstance(value, dict) else value
        return [str(known).casefold()] if known else []

    return Member(has=has, wanted=_wanted_label)


def _categories(world: JiraWorld) -> list[tuple[int, str, str]]:
    known = CATEGORIES.values()
    return [(entry["id"], name, entry["key"]) for entry in known for name in (entry["name"], entry["key"])]


_MEMBERS: dict[str, Member] = {
    "project": Member(has=lambda issue, fields: [str(issue.project.id)], wanted=_wanted_project),
    "key": Member(has=lambda issue, fields: [str(issue.id)], wanted=wanted_issue),
    "parent": Member(has=_parent_of, wanted=wanted_issue),
    "labels": Member(
        has=lambda issue, fields: [label.casefold() for label in fields.get("labels") or []], wanted=_wanted_label
    ),
    "issuetype": Member(
        has=lambda issue, fields: [fields["issuetype"]["name"].casefold()],
        wanted=_wanted_named(lambda world: [(one.id, one.name, one.name) for one in world.types]),
    ),
    "status": Member(
        has=lambda issue, fields: [fields["status"]["name"].casefold()],
        wanted=_wanted_named(lambda world: [(one.id, one.name, one.name) for one in world.statuses]),
    ),
    "statuscategory": Member(
        has=lambda issue, fields: [fields["status"]["statusCategory"]["key"]], wanted=_wanted_named(_categories)
    ),
    "resolution": Member(
        has=lambda issue, fields: ["10000"] if fields.get("resolution") else [],
        wanted=_wanted_named(lambda world: [(10000, "Done", "10000")]),
    ),
    **dict.fromkeys(("team", "team[team]", "cf[10001]"), of_team("customfield_10001")),
    **{name: Member(has=_person(name), wanted=_wanted_person) for name in _PEOPLE},
}

CLOUD = Vocabulary(members=_MEMBERS, dates=DATES)


def _text_test(clause: Clause, name: str) -> Test:
    words = [word.strip("*\"'").casefold() for value in clause.values for word in value.text.split()]
    positive = clause.operator == "~"
    return lambda issue, fields: all(word in str(fields.get(name)).casefold() for word in words) is positive
