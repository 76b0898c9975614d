"""What a writing client does to a Jira world: create, edit, properties; with its permissions and its limits."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from connector.sandbox.jira_edits import CLOUD, Change, Grammar, read_change
from connector.sandbox.jira_records import Issue, IssueType, Project
from connector.sandbox.jira_refusals import JiraRefusal, no_issue, unreadable
from connector.sandbox.jira_shapes import Shape, anything, each, mapping, shaped, text
from connector.sandbox.jira_world import JiraWorld

UPDATE: Mapping[str, Shape] = {
    "fields": mapping,
    "update": mapping,
    "properties": each(mapping),
    "historyMetadata": mapping,
    "transition": mapping,
}
"""The keys of a create or edit body."""


def seen(world: JiraWorld, id_or_key: str) -> Issue:
    """The issue, or the refusal (404) for one that is not to be seen."""
    found = world.find(id_or_key)
    if found is None:
        raise no_issue()
    return found


def count_write(world: JiraWorld, issue: Issue) -> None:
    """One more write to the issue; a JiraRefusal (429) beyond what the world lets one issue take."""
    now = world.clock.now()
    issue.writes[:] = [at for at in issue.writes if now - at < timedelta(seconds=30)]
    for window, most in world.write_limits:
        recent = [at for at in issue.writes if now - at < window]
        if len(recent) >= most:
            free = recent[len(recent) - most] + window
            raise JiraRefusal(
                429,
                "Rate limit exceeded.",
                headers={
                    "Retry-After": str(max(1, -int((now - free).total_seconds() // 1))),
                    "RateLimit-Reason": "jira-per-issue-on-write",
                    "X-RateLimit-Limit": str(most),
                    "X-RateLimit-Remaining": "0",
                    "X-RateLimit-Reset": free.strftime("%Y-%m-%dT%H:%MZ"),
                },
            )
    issue.writes.append(now)


def create(world: JiraWorld, given: Any, grammar: Grammar = CLOUD) -> Issue:
    """The issue a create body asks for; a JiraRefusal (400) names what is wrong with it."""
    asked = shaped(given, UPDATE, required=("fields",))
    _refuse_transition(asked)
    project = _project(world, asked["fields"].get("project"))
    kind = _type(project, asked["fields"].get("issuetype"))
    properties = _properties(asked.get("properties", []))
    screen = project.create_screen - grammar.unseen(kind)
    change = read_change(world, project, kind, asked, screen=screen, present={}, grammar=grammar)
    _check_needed(project, kind, change, grammar)
    service = world.people.service
    made = world.create(project, kind, change.values, parent=change.parent, creator=service)
    made.properties.update(properties)
    _make_links(world, made, change)
    return made


def edit(world: JiraWorld, issue: Issue, given: Any, grammar: Grammar = CLOUD) -> None:
    """The issue as an edit body asks for it; a JiraRefusal (400) names what is wrong with it, nothing is half done."""
    asked = shaped(given, UPDATE)
    _refuse_transition(asked)
    if "EDIT_ISSUES" in issue.project.denied:
        raise JiraRefusal(403, "You do not have permission to edit issues in this project.")
    kind = next((one for one in world.types if str(one.id) == issue.fields["issuetype"]["id"]), None)
    properties = _properties(asked.get("properties", []))
    screen = issue.project.edit_screen - {"project", "issuetype"} - grammar.unseen(kind)
    change = read_change(world, issue.project, kind, asked, screen=screen, present=issue.fields, grammar=grammar)
    if change.reparent:
        _reparent(issue, change.parent)
    issue.properties.update(properties)
    world.touch(issue, **change.values)
    _make_links(world, issue, change)


def set_property(issue: Issue, key: str, value: Any) -> bool:
    """Whether the property is new; a JiraRefusal (400) for a key or value that is too long or empty."""
    check_property(key, value)
    new = key not in issue.properties
    issue.properties[key] = value
    return new


def check_property(key: str, value: Any) -> None:
    """Nothing, or a JiraRefusal (400) for a key or value that Jira would not keep."""
    if not key or len(key) > 255:
        raise JiraRefusal(400, "The property key must have between 1 and 255 characters.")
    if value in (None, "") or len(json.dumps(value, ensure_ascii=False)) > 32768:
        raise JiraRefusal(400, "The property value must be non-empty JSON of at most 32768 characters.")


def _properties(entries: list[Any]) -> dict[str, Any]:
    found = {}
    for entry in entries:
        one = shaped(entry, {"key": text, "value": anything}, required=("key", "value"))
        check_property(one["key"], one["value"])
        found[one["key"]] = one["value"]
    return found


def _refuse_transition(asked: dict[str, Any]) -> None:
    if "transition" in asked:
        raise JiraRefusal(400, errors={"transition": "The sandbox does not imitate transitions."})


def _project(world: JiraWorld, value: Any) -> Project:
    if value is None:
        raise JiraRefusal(400, errors={"project": "Specify a valid project ID or key"})
    given = _named(value, "project", ("key", "id"))
    found = world.project(given)
    if found is None or (found.key != given and str(found.id) != given):
        raise JiraRefusal(400, errors={"project": "valid project is required"})
    if "CREATE_ISSUES" in found.denied:
        raise JiraRefusal(400, errors={"project": "You do not have permission to create issues in this project."})
    return found


def _type(project: Project, value: Any) -> IssueType:
    if value is None:
        raise JiraRefusal(400, errors={"issuetype": "Specify an issue type"})
    given = _named(value, "issuetype", ("id", "name"))
    found = next((one for one in project.types if given in (str(one.id), one.name)), None)
    if found is None:
        raise JiraRefusal(400, errors={"issuetype": "The issue type selected is invalid."})
    return found


def _named(value: Any, field: str, names: tuple[str, ...]) -> str:
    if not isinstance(value, dict) or len(value) != 1 or next(iter(value)) not in names:
        raise JiraRefusal(400, errors={field: f"expected an object with '{names[0]}' or '{names[1]}'"})
    given = next(iter(value.values()))
    if not isinstance(given, str):
        raise JiraRefusal(400, errors={field: f"expected '{next(iter(value))}' property to be a string"})
    return given


def _check_needed(project: Project, kind: IssueType, change: Change, grammar: Grammar) -> None:
    errors = {}
    needed = project.required | grammar.needed(kind)
    if "summary" not in change.values:
        errors["summary"] = "You must specify a summary of the issue."
    if kind.level < 0 and change.parent is None:
        errors["parent"] = "Issue type is a sub-task but parent issue key or id not specified."
    if "assignee" not in change.values and not project.default_assignee and not project.allow_unassigned:
        errors["assignee"] = "Issues must be assigned."
    for name in sorted(needed & project.create_screen - errors.keys()):
        if not change.values.get(name):
            errors[name] = f"{grammar.catalogue[name].name} is required."
    if errors:
        raise JiraRefusal(400, errors=errors)


def _make_links(world: JiraWorld, issue: Issue, change: Change) -> None:
    for kind, other, outward in change.links:
        source, target = (issue, other) if outward else (other, issue)
        world.link(kind, source, target)


def _reparent(issue: Issue, parent: Issue | None) -> None:
    if parent is None and issue.level < 0:
        raise unreadable()
    if issue.parent is not None:
        issue.parent.children.remove(issue)
    issue.parent = parent
    issue.fields.pop("parent", None)
    if parent is not None:
        parent.children.append(issue)
