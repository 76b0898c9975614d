"""Issues as they leave the site: only the fields that were named, and everything behind each of them."""

from collections.abc import Sequence
from typing import Any

from connector.sandbox.jira_fields import CATALOGUE
from connector.sandbox.jira_records import API, Issue
from connector.sandbox.jira_surroundings import around, history, rendered
from connector.sandbox.jira_world import JiraWorld

_EXPANDABLE = "operations,versionedRepresentations,editmeta,changelog,renderedFields"
ALL = "*all"
NAVIGABLE = "*navigable"


def names_asked(parts: Sequence[str]) -> list[str]:
    """Field names out of repeated and comma-separated values."""
    return [name.strip() for part in parts for name in part.split(",") if name.strip()]


def only_ids(wanted: Sequence[str]) -> bool:
    """Whether nothing but `id` and `key` is asked, which makes answers short and pages long."""
    return all(name in ("id", "key") for name in wanted)


def answer(
    world: JiraWorld,
    issue: Issue,
    wanted: Sequence[str],
    *,
    properties: Sequence[str] = (),
    expand: Sequence[str] = (),
    fields: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The issue's JSON; `fields` stands in for its present fields where an older state is to be shown."""
    if list(wanted) == ["id"] and not properties:
        return {"id": str(issue.id)}
    body: dict[str, Any] = {
        "expand": _EXPANDABLE,
        "id": str(issue.id),
        "self": f"{API}/issue/{issue.id}",
        "key": issue.key,
    }
    if not only_ids(wanted):
        body["fields"] = _shown(world, issue, wanted, issue.fields if fields is None else fields)
    if properties:
        body["properties"] = {key: issue.properties[key] for key in properties if key in issue.properties}
    if "changelog" in expand:
        body["changelog"] = history(issue, world.people)
    if "renderedFields" in expand:
        body["renderedFields"] = rendered(issue, world.people)
    if "names" in expand:
        body["names"] = {name: CATALOGUE[name].name for name in body.get("fields", {}) if name in CATALOGUE}
    return body


def _shown(world: JiraWorld, issue: Issue, wanted: Sequence[str], stored: dict[str, Any]) -> dict[str, Any]:
    shown = {}
    for name in _chosen(wanted, stored):
        value = _value(world, issue, name, stored)
        if value is not None or name in stored or name in CATALOGUE:
            shown[name] = value
    if "parent" in shown and shown["parent"] is None:
        del shown["parent"]
    return shown


def _value(world: JiraWorld, issue: Issue, name: str, stored: dict[str, Any]) -> Any:
    if name == "parent" and name not in stored and issue.parent is not None:
        return issue.parent.mention()
    if name == "issuelinks" or name not in stored:
        return around(issue, name, world.people)
    return stored[name]


def _chosen(wanted: Sequence[str], stored: dict[str, Any]) -> list[str]:
    known = list(dict.fromkeys((*CATALOGUE, *stored)))
    added = [name for name in wanted if not name.startswith("-")]
    chosen = set(added if added else [ALL])
    if ALL in chosen:
        chosen |= set(known)
    elif NAVIGABLE in chosen:
        chosen |= {name for name in known if name not in CATALOGUE or CATALOGUE[name].navigable}
    chosen -= {name[1:] for name in wanted if name.startswith("-")}
    return [name for name in known if name in chosen]
