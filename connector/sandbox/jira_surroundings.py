"""Everything around an issue that names people: comments, work logs, watchers, pickers, history, all filled.

Made anew on each reading from the issue's id, so that a large world stays small.
"""

from collections.abc import Callable
from typing import Any

from connector.sandbox.jira_records import API, Issue
from connector.sandbox.people import ORIGIN, People


def text(*parts: dict[str, Any]) -> dict[str, Any]:
    """A document of one paragraph."""
    return {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": list(parts)}]}


def _mention(people: People, number: int) -> dict[str, Any]:
    one = people.nth(number)
    return {"type": "mention", "attrs": {"id": one.account_id, "text": f"@{one.name}", "accessLevel": ""}}


def _comment(issue: Issue, people: People) -> Any:
    stamp, number = issue.fields["created"], issue.id
    place = f"{API}/issue/{issue.id}/comment"
    comment = {
        "self": f"{place}/{number}",
        "id": str(number),
        "author": people.person(number),
        "body": text(_mention(people, number + 1), {"type": "text", "text": " please have a look, thanks"}),
        "updateAuthor": people.person(number),
        "created": stamp,
        "updated": stamp,
        "jsdPublic": True,
    }
    return {"comments": [comment], "self": place, "maxResults": 1, "total": 1, "startAt": 0}


def _worklog(issue: Issue, people: People) -> Any:
    stamp, number = issue.fields["created"], issue.id
    entry = {
        "self": f"{API}/issue/{issue.id}/worklog/{number}",
        "author": people.person(number + 3),
        "updateAuthor": people.person(number + 3),
        "comment": text({"type": "text", "text": f"pairing with {people.nth(number + 4).name}"}),
        "created": stamp,
        "updated": stamp,
        "started": stamp,
        "timeSpent": "3h",
        "timeSpentSeconds": 10800,
        "id": str(number),
        "issueId": str(issue.id),
    }
    return {"startAt": 0, "maxResults": 20, "total": 1, "worklogs": [entry]}


def _attachment(issue: Issue, people: People) -> Any:
    one = people.nth(issue.id + 5)
    return [
        {
            "self": f"{API}/attachment/{issue.id}",
            "id": str(issue.id),
            "filename": f"notes {one.name}.pdf",
            "author": one.user(),
            "created": issue.fields["created"],
            "size": 23123,
            "mimeType": "application/pdf",
            "content": f"{API}/attachment/content/{issue.id}",
        }
    ]


def _links(issue: Issue, people: People) -> Any:
    answer = []
    for link in issue.links:
        end, other = ("outwardIssue", link.target) if link.source is issue else ("inwardIssue", link.source)
        place = f"{API}/issueLink/{link.id}"
        answer.append({"id": str(link.id), "self": place, "type": link.type.entry(), end: other.mention()})
    return [*issue.fields.get("issuelinks", []), *answer]


def _progress(issue: Issue, people: People) -> Any:
    return {"progress": 10800, "total": 28800, "percent": 37}


_AROUND: dict[str, Callable[[Issue, People], Any]] = {
    "comment": _comment,
    "worklog": _worklog,
    "attachment": _attachment,
    "issuelinks": _links,
    "subtasks": lambda issue, people: [child.mention() for child in issue.children if child.level < 0],
    "watches": lambda issue, people: {
        "self": f"{API}/issue/{issue.key}/watchers",
        "watchCount": 2,
        "isWatching": False,
        "watchers": [people.person(issue.id + 6), people.person(issue.id + 7)],
    },
    "votes": lambda issue, people: {
        "self": f"{API}/issue/{issue.key}/votes",
        "votes": 1,
        "hasVoted": False,
        "voters": [people.person(issue.id + 8)],
    },
    "lastViewed": lambda issue, people: issue.fields["updated"],
    "statusCategory": lambda issue, people: issue.fields["status"]["statusCategory"],
    "timespent": lambda issue, people: 10800,
    "workratio": lambda issue, people: 37,
    "progress": _progress,
    "aggregateprogress": _progress,
    "environment": lambda issue, people: None,
    "duedate": lambda issue, people: None,
    "components": lambda issue, people: [
        {"self": f"{API}/component/1", "id": "1", "name": "Portal", "lead": people.person(issue.id + 9)}
    ],
    "fixVersions": lambda issue, people: [],
    "customfield_10001": lambda issue, people: {
        "id": "36885b3c-1bf0-4f85-a357-c5b858c31de4-7",
        "name": f"Team of {people.nth(issue.id).name}",
        "avatarUrl": "",
        "isVisible": True,
        "title": f"Team of {people.nth(issue.id).name}",
        "isShared": True,
    },
    "customfield_10010": lambda issue, people: people.person(issue.id + 10),
    "customfield_10011": lambda issue, people: [people.person(issue.id + 1), people.person(issue.id + 2)],
    "customfield_10012": lambda issue, people: {"name": "circle", "groupId": "c1", "self": f"{API}/group?groupId=c1"},
    "customfield_10014": lambda issue, people: issue.parent.key if issue.parent else None,
    "customfield_10015": lambda issue, people: None,
    "customfield_10016": lambda issue, people: 5.0,
    "customfield_10019": lambda issue, people: f"0|i{issue.id:05d}:",
    "customfield_10020": lambda issue, people: [
        {"id": 1, "name": "Sprint 1", "state": "active", "boardId": 1, "goal": f"Help {people.nth(issue.id).name}"}
    ],
    "customfield_10021": lambda issue, people: [people.person(issue.id + 11)],
    "customfield_10022": lambda issue, people: people.nth(issue.id + 3).name,
}


def around(issue: Issue, name: str, people: People) -> Any:
    """The value of a field that people leave around an issue, or None where nobody left one."""
    made = _AROUND.get(name)
    if made is None or (issue.recorded and name != "issuelinks"):
        return None
    return made(issue, people)


def history(issue: Issue, people: People) -> dict[str, Any]:
    """The issue's changelog: somebody handed the issue to somebody."""
    first, second = people.nth(issue.id + 2), people.nth(issue.id + 4)
    item = {
        "field": "assignee",
        "fieldtype": "jira",
        "fieldId": "assignee",
        "from": first.account_id,
        "fromString": first.name,
        "to": second.account_id,
        "toString": second.name,
        "tmpFromAccountId": first.account_id,
        "tmpToAccountId": second.account_id,
    }
    entry = {"id": str(issue.id), "author": first.user(), "created": issue.fields["created"], "items": [item]}
    return {"startAt": 0, "maxResults": 1, "total": 1, "histories": [entry]}


def rendered(issue: Issue, people: People) -> dict[str, Any]:
    """Fields as HTML, with a person's link in the description."""
    one = people.nth(issue.id)
    place = f"{ORIGIN}/jira/people/{one.account_id}"
    link = (
        f'<a href="{place}" class="user-hover" rel="{one.account_id}" data-account-id="{one.account_id}">{one.name}</a>'
    )
    return {"description": f"<p>{link}</p>", "comment": {"comments": [{"body": f"<p>{link}</p>"}]}}
