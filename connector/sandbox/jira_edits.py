"""What may be written to an issue, field by field, and how a wrong value is refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from connector.sandbox.jira_adf import is_document
from connector.sandbox.jira_fields import CATALOGUE, Field
from connector.sandbox.jira_records import Issue, IssueType, LinkType, Project
from connector.sandbox.jira_references import Wrong, read_link, read_parent
from connector.sandbox.jira_refusals import JiraRefusal, off_screen, unreadable
from connector.sandbox.jira_world import JiraWorld

Reader = Callable[[JiraWorld, Project, str, Any], Any]
ParentReader = Callable[[JiraWorld, str, Any], Issue | None]


@dataclass(slots=True, kw_only=True)
class Change:
    """A checked change: field values as they will be sent, links to make, and the place above in the hierarchy."""

    values: dict[str, Any] = field(default_factory=dict)
    links: list[tuple[LinkType, Issue, bool]] = field(default_factory=list)
    parent: Issue | None = None
    reparent: bool = False


def read_change(
    world: JiraWorld,
    project: Project,
    kind: IssueType | None,
    body: dict[str, Any],
    *,
    screen: set[str],
    present: dict[str, Any],
    grammar: "Grammar",
) -> Change:
    """The change a body asks for; a JiraRefusal (400) names every field that is wrong.

    `present` are the issue's fields now, empty on create; `kind` is its type.
    """
    change, errors = Change(), {}
    fields, update = body.get("fields", {}), body.get("update", {})
    if not isinstance(fields, dict) or not isinstance(update, dict):
        raise unreadable()
    for name in set(fields) & set(update):
        errors[name] = f"Field '{name}' cannot be set in both 'fields' and 'update'."
    for name in (*fields, *update):
        if name not in screen or name not in grammar.catalogue:
            errors[name] = off_screen(name)
    steps = [(name, [{"set": value}]) for name, value in fields.items()] + list(update.items())
    for name, operations in steps:
        if name in errors or name in ("project", "issuetype"):
            continue
        try:
            _apply(world, project, change, (name, operations), present, grammar)
        except Wrong as wrong:
            errors[name] = str(wrong)
    if errors:
        raise JiraRefusal(400, errors=errors)
    if change.reparent and change.parent is not None:
        _check_level(kind, change.parent)
    return change


def _check_level(kind: IssueType | None, parent: Issue) -> None:
    if kind is not None and parent.level != kind.level + 1:
        text = "Given parent work item does not belong to appropriate hierarchy."
        raise JiraRefusal(400, errors={"parentId": text})


def _apply(
    world: JiraWorld,
    project: Project,
    change: Change,
    step: tuple[str, Any],
    present: dict[str, Any],
    grammar: "Grammar",
) -> None:
    name, operations = step
    if not isinstance(operations, list) or not all(isinstance(one, dict) and len(one) == 1 for one in operations):
        raise Wrong("data was not an array")
    for operation in operations:
        verb, value = next(iter(operation.items()))
        if name == "issuelinks":
            change.links.append(read_link(world, verb, value))
        elif name in grammar.parents:
            change.parent, change.reparent = grammar.parents[name](world, verb, value), True
        elif name == "labels":
            change.values[name] = _labels(verb, value, change.values.get(name, present.get(name) or []))
        elif verb != "set":
            raise Wrong(f"Field '{name}' does not support operation '{verb}'.")
        else:
            change.values[name] = grammar.readers[_reader_of(grammar.catalogue[name])](world, project, name, value)


def _reader_of(spec: Field) -> str:
    if spec.id in ("summary", "description", "environment"):
        return "document" if spec.id != "summary" else spec.id
    return f"{spec.kind}:{spec.items}" if spec.items else spec.kind


def _labels(verb: str, value: Any, before: list[str]) -> list[str]:
    given = value if verb == "set" else [value]
    if verb not in ("set", "add", "remove"):
        raise Wrong(f"Field 'labels' does not support operation '{verb}'.")
    if not isinstance(given, list):
        raise Wrong("data was not an array")
    for label in given:
        if not isinstance(label, str):
            raise Wrong("string expected at index 0")
        if re.search(r"\s", label) or not label:
            raise Wrong(f"The label '{label}' contains spaces which is invalid.")
        if len(label) > 255:
            raise Wrong(f"The label '{label}' exceeds the maximum length of 255 characters.")
    kept = set() if verb == "set" else set(before)
    return sorted(kept - set(given) if verb == "remove" else kept | set(given))


def _summary(world: JiraWorld, project: Project, name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong("Operation value must be a string")
    if not value.strip():
        raise Wrong("You must specify a summary of the issue.")
    if "\n" in value or "\r" in value:
        raise Wrong("The summary is invalid because it contains newline characters.")
    if len(value) > 255:
        raise Wrong("Summary must be less than 255 characters.")
    return value.strip()


def _document(world: JiraWorld, project: Project, name: str, value: Any) -> Any:
    if value is not None and not is_document(value):
        raise Wrong("Operation value must be an Atlassian Document (see the Atlassian Document Format)")
    return value


def read_user(world: JiraWorld, project: Project, name: str, value: Any) -> Any:
    """The user object that `{"accountId": …}` means, None for nobody; Wrong for one that cannot be set."""
    given = value.get("accountId", value.get("id")) if isinstance(value, dict) else value
    if value is not None and (not isinstance(value, dict) or len(value) != 1 or not isinstance(given, str | None)):
        raise Wrong("expected an object with an 'accountId'")
    if given == "-1" and name == "assignee":
        return project.lead.user() if project.default_assignee else None
    if given is None:
        if name == "assignee" and not project.allow_unassigned:
            raise Wrong("Issues must be assigned.")
        return None
    found = world.people.find(given)
    if found is None:
        raise Wrong("Specify a valid value for " + name)
    return found.user()


def _date(world: JiraWorld, project: Project, name: str, value: Any) -> Any:
    if value is not None and not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)):
        raise Wrong("Error parsing date string: the expected format is yyyy-MM-dd")
    return value


def _number(world: JiraWorld, project: Project, name: str, value: Any) -> Any:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise Wrong("Operation value must be a number")
    return value


def read_string(world: JiraWorld, project: Project, name: str, value: Any) -> Any:
    """The text, or None; Wrong for anything else."""
    if value is not None and not isinstance(value, str):
        raise Wrong("Operation value must be a string")
    return value


def _fixed(world: JiraWorld, project: Project, name: str, value: Any) -> Any:
    raise Wrong(f"The sandbox does not imitate setting '{name}'.")


READERS: Mapping[str, Reader] = {
    "summary": _summary,
    "document": _document,
    "user": read_user,
    "date": _date,
    "number": _number,
    "string": read_string,
    "team": read_string,
    "priority": _fixed,
    "group": _fixed,
    "array:component": _fixed,
    "array:version": _fixed,
    "array:user": _fixed,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How one dialect writes an issue: its fields, how a value is read, which fields name the place above.

    `unseen` are the fields that no screen shows for a type of issue, `needed` those that it cannot be made without.
    """

    catalogue: Mapping[str, Field]
    readers: Mapping[str, Reader]
    parents: Mapping[str, ParentReader]
    unseen: Callable[[IssueType | None], frozenset[str]] = lambda kind: frozenset()
    needed: Callable[[IssueType], frozenset[str]] = lambda kind: frozenset()


CLOUD = Grammar(catalogue=CATALOGUE, readers=READERS, parents={"parent": read_parent})
