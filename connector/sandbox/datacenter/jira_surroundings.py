"""What people leave around an issue in Data Center's custom fields, and where the issue stands by its links."""

from collections.abc import Callable
from typing import Any

from connector.sandbox.datacenter.jira_dress import API
from connector.sandbox.datacenter.jira_fields import EPIC_LINK, EPIC_NAME, PARENT_LINK
from connector.sandbox.jira_records import Issue
from connector.sandbox.jira_surroundings import around as around_cloud
from connector.sandbox.people import People


def epic_of(issue: Issue) -> Issue | None:
    """The epic that a standard issue is linked to."""
    return issue.parent if issue.parent is not None and issue.parent.level == 1 and issue.level == 0 else None


def above_epic(issue: Issue) -> Issue | None:
    """The issue that an epic, or one above epics, is linked to."""
    return issue.parent if issue.parent is not None and issue.parent.level > 1 else None


def _sprint(issue: Issue, people: People) -> list[str]:
    goal = f"Help {people.nth(issue.id).name}"
    parts = f"id=1,rapidViewId=1,state=ACTIVE,name=Sprint 1,goal={goal},startDate=<null>,endDate=<null>,sequence=1"
    return [f"com.atlassian.greenhopper.service.sprint.Sprint@{issue.id:x}[{parts}]"]


_PLACES: dict[str, Callable[[Issue], Any]] = {
    EPIC_LINK: lambda issue: getattr(epic_of(issue), "key", None),
    PARENT_LINK: lambda issue: getattr(above_epic(issue), "key", None),
    "parent": lambda issue: issue.parent.mention() if issue.parent is not None and issue.level < 0 else None,
}
_AROUND: dict[str, Callable[[Issue, People], Any]] = {
    EPIC_NAME: lambda issue, people: issue.fields["summary"] if issue.level == 1 else None,
    "customfield_10104": _sprint,
    "customfield_10105": lambda issue, people: f"0|i{issue.id:05d}:",
    "customfield_10106": lambda issue, people: 5.0,
    "customfield_10108": lambda issue, people: "7",
    "customfield_10110": lambda issue, people: people.person(issue.id + 10),
    "customfield_10111": lambda issue, people: [people.person(issue.id + 1), people.person(issue.id + 2)],
    "customfield_10112": lambda issue, people: {"name": "circle", "self": f"{API}/group?groupname=circle"},
    "customfield_10113": lambda issue, people: people.nth(issue.id + 3).name,
    "customfield_10114": lambda issue, people: [people.person(issue.id + 11)],
    "versions": lambda issue, people: [],
    "timetracking": lambda issue, people: {
        "remainingEstimate": "5h",
        "timeSpent": "3h",
        "remainingEstimateSeconds": 18000,
        "timeSpentSeconds": 10800,
    },
    "timeestimate": lambda issue, people: 18000,
    "timeoriginalestimate": lambda issue, people: None,
    "aggregatetimespent": lambda issue, people: 10800,
    "aggregatetimeestimate": lambda issue, people: 18000,
    "aggregatetimeoriginalestimate": lambda issue, people: None,
}


def around(issue: Issue, name: str, stored: dict[str, Any], people: People) -> Any:
    """The value of a field: its place in the hierarchy, what is stored, or what people left; None where nobody did."""
    if name in _PLACES and (not issue.recorded or issue.parent is not None):
        return _PLACES[name](issue)
    if name != "issuelinks" and name in stored:
        return stored[name]
    if name.startswith("customfield_") or name in _AROUND:
        return _AROUND[name](issue, people) if name in _AROUND and not issue.recorded else None
    return around_cloud(issue, name, people)
