"""Issues as Data Center sends them: always with id, key and address, in its own dress."""

from collections.abc import Sequence
from typing import Any

from connector.sandbox.datacenter.jira_dress import dressed
from connector.sandbox.datacenter.jira_fields import CATALOGUE, CLOUD_ONLY
from connector.sandbox.datacenter.jira_surroundings import around
from connector.sandbox.jira_answers import ALL, NAVIGABLE, only_ids
from connector.sandbox.jira_records import API, Issue
from connector.sandbox.jira_surroundings import history
from connector.sandbox.jira_world import JiraWorld

_EXPANDABLE = "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations"


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
    place = f"{API}/issue/{issue.id}"
    body: dict[str, Any] = {"expand": _EXPANDABLE, "id": str(issue.id), "self": place, "key": issue.key}
    if not only_ids(wanted):
        body["fields"] = _shown(world, issue, wanted, issue.fields if fields is None else fields)
    if "changelog" in expand:
        body["changelog"] = _history(world, issue)
    if "renderedFields" in expand:
        body["renderedFields"] = _rendered(world, issue)
    if "names" in expand:
        body["names"] = {name: CATALOGUE[name].name for name in body.get("fields", {}) if name in CATALOGUE}
    body = dressed(body, world.people)
    if properties:
        body["properties"] = {key: issue.properties[key] for key in properties if key in issue.properties}
    return body


def _shown(world: JiraWorld, issue: Issue, wanted: Sequence[str], stored: dict[str, Any]) -> dict[str, Any]:
    shown = {name: around(issue, name, stored, world.people) for name in _chosen(wanted, stored)}
    if shown.get("parent", ...) is None:
        del shown["parent"]
    return shown


def _chosen(wanted: Sequence[str], stored: dict[str, Any]) -> list[str]:
    known = [name for name in dict.fromkeys((*CATALOGUE, *stored)) if name not in CLOUD_ONLY and name != "issuekey"]
    chosen = {name for name in wanted if not name.startswith("-")} or {NAVIGABLE}
    if ALL in chosen:
        chosen |= set(known)
    elif NAVIGABLE in chosen:
        chosen |= {name for name in known if name not in CATALOGUE or CATALOGUE[name].navigable}
    chosen -= {name[1:] for name in wanted if name.startswith("-")}
    return [name for name in known if name in chosen]


def _history(world: JiraWorld, issue: Issue) -> dict[str, Any]:
    told = history(issue, world.people)
    for entry in told["histories"]:
        entry["items"] = [changed(item, world) for item in entry["items"]]
    return told


def changed(item: dict[str, Any], world: JiraWorld) -> dict[str, Any]:
    """An item of a changelog as Data Center tells it: by keys, without the field's id."""
    told = {name: item[name] for name in ("field", "fieldtype", "from", "fromString", "to", "toString")}
    for end in ("from", "to"):
        person = world.people.find(str(told[end]))
        told[end] = person.jira_key if person else told[end]
    return told


def _rendered(world: JiraWorld, issue: Issue) -> dict[str, Any]:
    one = world.people.nth(issue.id)
    link = (
        f'<a href="/jira/secure/ViewProfile.jspa?name={one.login}" class="user-hover" rel="{one.login}">{one.name}</a>'
    )
    return {"description": f"<p>{link}</p>", "comment": {"comments": [{"body": f"<p>{link}</p>"}]}}
