"""How Data Center writes an issue: people by name, descriptions as text, places above by Epic Link and Parent Link."""

from collections.abc import Callable
from typing import Any

from connector.sandbox.datacenter.jira_fields import CATALOGUE, EPIC_LINK, PARENT_LINK, needed, unseen
from connector.sandbox.jira_edits import READERS, Grammar, read_string
from connector.sandbox.jira_records import Issue, Project
from connector.sandbox.jira_references import Wrong, read_parent
from connector.sandbox.jira_world import JiraWorld


def read_user(world: JiraWorld, project: Project, name: str, value: Any) -> Any:
    """The user object that `{"name": …}` or `{"key": …}` means, None for nobody; Wrong for one that cannot be set."""
    if value is not None and (not isinstance(value, dict) or len(value) != 1 or not set(value) <= {"name", "key"}):
        raise Wrong("expected Object containing a 'name' property")
    given = next(iter(value.values())) if value else None
    if not isinstance(given, str | None):
        raise Wrong("expected 'name' property to be a string")
    if given == "-1" and name == "assignee":
        return project.lead.user() if project.default_assignee else None
    if not given:
        if name == "assignee" and not project.allow_unassigned:
            raise Wrong("Issues must be assigned.")
        return None
    found = world.people.named(given)
    if found is None:
        raise Wrong(f"User '{given}' does not exist.")
    return found.user()


def _link_to(wanted: Callable[[int], bool], complaint: str) -> Callable[[JiraWorld, str, Any], Issue | None]:
    def read(world: JiraWorld, verb: str, value: Any) -> Issue | None:
        if verb != "set":
            raise Wrong(f"Field does not support operation '{verb}'.")
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise Wrong("data was not a string")
        found = world.find(value) if "-" in value else None
        if found is None:
            raise Wrong(f"Issue '{value}' does not exist or you do not have permission to see it.")
        if not wanted(found.level):
            raise Wrong(complaint.format(found.key))
        return found

    return read


GRAMMAR = Grammar(
    catalogue=CATALOGUE,
    readers={**READERS, "document": read_string, "user": read_user, "any": read_string},
    parents={
        "parent": read_parent,
        EPIC_LINK: _link_to(lambda level: level == 1, "'{0}' is not an epic."),
        PARENT_LINK: _link_to(lambda level: level > 1, "'{0}' is not on a level that can be a parent."),
    },
    unseen=unseen,
    needed=needed,
)
