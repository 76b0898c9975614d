"""The site's field catalogue: what `GET /rest/api/3/field` lists and what the screens show."""

from dataclasses import dataclass
from typing import Any

_TYPES = "com.atlassian.jira.plugin.system.customfieldtypes:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field; `kind` and `items` are its schema, `custom` the type's address for custom fields."""

    id: str
    name: str
    kind: str
    items: str = ""
    custom: str = ""
    navigable: bool = True
    settable: bool = False

    @property
    def is_custom(self) -> bool:
        """Whether somebody added the field to the site."""
        return bool(self.custom)

    def schema(self) -> dict[str, Any]:
        """The type as Jira states it."""
        answer: dict[str, Any] = {"type": self.kind}
        if self.items:
            answer["items"] = self.items
        if self.is_custom:
            return {**answer, "custom": self.custom, "customId": int(self.id.removeprefix("customfield_"))}
        return {**answer, "system": self.id}

    def details(self) -> dict[str, Any]:
        """One entry of the catalogue."""
        clauses = [f"cf[{self.id.removeprefix('customfield_')}]", self.name] if self.is_custom else [self.id]
        return {
            "id": self.id,
            "key": self.id,
            "name": self.name,
            "custom": self.is_custom,
            "orderable": self.settable,
            "navigable": self.navigable,
            "searchable": True,
            "clauseNames": clauses,
            "schema": self.schema(),
        }


def _set(identity: str, name: str, kind: str, items: str = "") -> Field:
    return Field(id=identity, name=name, kind=kind, items=items, settable=True)


def _seen(identity: str, name: str, kind: str, items: str = "", *, navigable: bool = True) -> Field:
    return Field(id=identity, name=name, kind=kind, items=items, navigable=navigable)


def _custom(number: int, name: str, kind: str, custom: str, items: str = "", *, settable: bool = True) -> Field:
    return Field(
        id=f"customfield_{number}",
        name=name,
        kind=kind,
        items=items,
        custom=custom if ":" in custom else _TYPES + custom,
        settable=settable,
    )


CATALOGUE: dict[str, Field] = {
    field.id: field
    for field in (
        _set("summary", "Summary", "string"),
        _set("issuetype", "Issue Type", "issuetype"),
        _set("project", "Project", "project"),
        _set("parent", "Parent", "issuelink"),
        _set("description", "Description", "string"),
        _set("environment", "Environment", "string"),
        _set("labels", "Labels", "array", "string"),
        _set("priority", "Priority", "priority"),
        _set("assignee", "Assignee", "user"),
        _set("reporter", "Reporter", "user"),
        _set("duedate", "Due date", "date"),
        _set("components", "Components", "array", "component"),
        _set("fixVersions", "Fix versions", "array", "version"),
        _set("issuelinks", "Linked Issues", "array", "issuelinks"),
        _seen("status", "Status", "status"),
        _seen("statusCategory", "Status Category", "statusCategory"),
        _seen("statuscategorychangedate", "Status Category Changed", "datetime"),
        _seen("resolution", "Resolution", "resolution"),
        _seen("resolutiondate", "Resolved", "datetime"),
        _seen("created", "Created", "datetime"),
        _seen("updated", "Updated", "datetime"),
        _seen("creator", "Creator", "user"),
        _seen("lastViewed", "Last Viewed", "datetime"),
        _seen("watches", "Watchers", "watches"),
        _seen("votes", "Votes", "votes"),
        _seen("subtasks", "Sub-tasks", "array", "issuelinks"),
        _seen("progress", "Progress", "progress"),
        _seen("aggregateprogress", "Σ Progress", "progress"),
        _seen("timespent", "Time Spent", "number"),
        _seen("workratio", "Work Ratio", "number"),
        _seen("comment", "Comment", "comments-page", navigable=False),
        _seen("worklog", "Log Work", "array", "worklog", navigable=False),
        _seen("attachment", "Attachment", "array", "attachment", navigable=False),
        _custom(10001, "Team", "team", "atlassian-team"),
        _custom(10010, "Reviewer", "user", "userpicker"),
        _custom(10011, "Stakeholders", "array", "people", "user"),
        _custom(10012, "Circle", "group", "grouppicker"),
        _custom(10014, "Epic Link", "any", "com.pyxis.greenhopper.jira:gh-epic-link", settable=False),
        _custom(10015, "Start date", "date", "datepicker"),
        _custom(10016, "Story point estimate", "number", "com.pyxis.greenhopper.jira:jsw-story-points"),
        _custom(10019, "Rank", "any", "com.pyxis.greenhopper.jira:gh-lexo-rank", settable=False),
        _custom(10020, "Sprint", "array", "com.pyxis.greenhopper.jira:gh-sprint", "json", settable=False),
        _custom(
            10021,
            "Request participants",
            "array",
            "com.atlassian.servicedesk:sd-request-participants",
            "user",
        ),
        _custom(10022, "Written by", "string", "textfield"),
    )
}

SCREEN = frozenset(field.id for field in CATALOGUE.values() if field.settable)
"""Everything a screen can show; a new project's screens show all of it."""
