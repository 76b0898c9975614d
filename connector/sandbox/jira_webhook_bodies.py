"""The bodies of Jira Cloud's webhooks: the whole issue, and people wherever Jira puts them."""

from collections.abc import Callable, Mapping
from typing import Any

from connector.sandbox.jira_answers import ALL, answer
from connector.sandbox.jira_records import Issue, Link
from connector.sandbox.jira_surroundings import around
from connector.sandbox.jira_world import JiraWorld

_PARTIAL = ("summary", "issuetype", "project", "assignee", "priority", "status")
_KINDS = (("project", "issue_moved"), ("assignee", "issue_assigned"), ("status", "issue_generic"))


Shown = Callable[..., dict[str, Any]]


def body_of(
    world: JiraWorld, event: str, subject: Issue | Link, before: Mapping[str, Any], shown: Shown = answer
) -> dict[str, Any]:
    """What Jira posts about this event; `before` holds the values that the changed fields had."""
    told: dict[str, Any] = {"timestamp": int(world.clock.now().timestamp() * 1000), "webhookEvent": event}
    if isinstance(subject, Link):
        return {**told, "issueLink": _link(subject)}
    if event.startswith("comment_"):
        comment = around(subject, "comment", world.people)["comments"][0]
        return {**told, "comment": comment, "issue": _issue(world, subject, _PARTIAL, shown)}
    told["user"] = world.people.person(subject.id + 3)
    told["issue"] = _issue(world, subject, (ALL,), shown)
    if event != "jira:issue_deleted":
        told["issue_event_type_name"] = _kind(event, before)
        told["changelog"] = {"id": str(next(world.numbers)), "items": _items(world, subject, before)}
    return told


def _link(link: Link) -> dict[str, Any]:
    words = {"id": link.type.id, "name": link.type.name, "outwardName": link.type.outward}
    kind = {**words, "inwardName": link.type.inward, "isSubTaskLinkType": False, "isSystemLinkType": False}
    ends = {"sourceIssueId": link.source.id, "destinationIssueId": link.target.id}
    return {"id": link.id, **ends, "issueLinkType": kind, "systemLink": False}


def _issue(world: JiraWorld, issue: Issue, fields: tuple[str, ...], shown: Shown) -> dict[str, Any]:
    told = shown(world, issue, fields)
    return {name: told[name] for name in ("id", "self", "key", "fields")}


def _kind(event: str, before: Mapping[str, Any]) -> str:
    if event == "jira:issue_created":
        return "issue_created"
    return next((kind for field, kind in _KINDS if field in before), "issue_updated")


def _items(world: JiraWorld, issue: Issue, before: Mapping[str, Any]) -> list[dict[str, Any]]:
    items = [_item(field, old, issue.fields.get(field)) for field, old in before.items()]
    if "project" in before:
        earlier = [key for key, known in world.keys.items() if known is issue and key != issue.key]
        told = {"from": None, "fromString": earlier[-1] if earlier else None, "to": None, "toString": issue.key}
        items.append({"field": "Key", "fieldtype": "jira", **told})
    return items


def _item(field: str, old: Any, new: Any) -> dict[str, Any]:
    item = {"field": field, "fieldtype": "jira", "fieldId": field}
    for end, value in (("from", old), ("to", new)):
        identity, shown = _told(value)
        item |= {end: identity, f"{end}String": shown}
        if isinstance(value, dict) and "accountId" in value:
            item[f"tmp{end.capitalize()}AccountId"] = identity
    return item


def _told(value: Any) -> tuple[Any, Any]:
    """A value as a changelog tells it: its id and its text."""
    if isinstance(value, dict):
        return value.get("accountId") or value.get("id"), value.get("displayName") or value.get("name")
    if isinstance(value, list):
        return None, " ".join(str(one) for one in value)
    return None, value
