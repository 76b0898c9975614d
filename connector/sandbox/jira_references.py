"""What a written value refers to: other issues and kinds of links, by key, id or name."""

from typing import Any

from connector.sandbox.jira_records import Issue, LinkType
from connector.sandbox.jira_world import JiraWorld


class Wrong(Exception):  # caught at once and turned into an entry of `errors`
    """A value that a field does not take."""


def read_parent(world: JiraWorld, verb: str, value: Any) -> Issue | None:
    """The issue that `parent` names, None for none; Wrong for one that cannot be seen."""
    if verb != "set":
        raise Wrong(f"Field 'parent' does not support operation '{verb}'.")
    if value is None or value == {"none": True}:
        return None
    return referred_issue(world, value)


def read_link(world: JiraWorld, verb: str, value: Any) -> tuple[LinkType, Issue, bool]:
    """The type, the other issue, and whether that one is the outward end; Wrong for any other shape."""
    if verb != "add" or not isinstance(value, dict):
        raise Wrong(f"Field 'issuelinks' does not support operation '{verb}'.")
    ends = set(value) & {"inwardIssue", "outwardIssue"}
    if len(ends) != 1 or set(value) - ends != {"type"}:
        raise Wrong("Expected one of 'inwardIssue' and 'outwardIssue', and a 'type'.")
    end = ends.pop()
    return referred_type(world, value["type"]), referred_issue(world, value[end]), end == "outwardIssue"


def referred_issue(world: JiraWorld, value: Any) -> Issue:
    """The issue that `{"key": …}` or `{"id": "…"}` means; Wrong if there is none."""
    given = _reference(value, ("key", "id"))
    found = world.find(given)
    if found is None:
        raise Wrong("Issue does not exist or you do not have permission to see it.")
    return found


def referred_type(world: JiraWorld, value: Any) -> LinkType:
    """The link type that `{"name": …}` or `{"id": "…"}` means; Wrong if there is none."""
    given = _reference(value, ("name", "id"))
    found = next((one for one in world.link_types if given in (one.name, str(one.id))), None)
    if found is None:
        raise Wrong(f"No issue link type with name '{given}' found.")
    return found


def _reference(value: Any, names: tuple[str, str]) -> str:
    if not isinstance(value, dict):
        raise Wrong("expected Object")
    given = next((value[name] for name in names if name in value), None)
    if not isinstance(given, str) or not set(value) <= set(names):
        raise Wrong(f"expected '{names[0]}' or '{names[1]}' property to be a string")
    return given
