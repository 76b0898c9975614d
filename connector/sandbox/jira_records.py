"""The things a Jira site consists of: projects, types, statuses, issues, links."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from connector.sandbox.jira_fields import SCREEN
from connector.sandbox.people import ORIGIN, SERVICE_ZONE, Person

API = f"{ORIGIN}/rest/api/3"
_ZONE = ZoneInfo(SERVICE_ZONE)

CATEGORIES: dict[str, dict[str, Any]] = {
    key: {"self": f"{API}/statuscategory/{number}", "id": number, "key": key, "colorName": colour, "name": name}
    for key, number, colour, name in (
        ("new", 2, "blue-gray", "To Do"),
        ("indeterminate", 4, "yellow", "In Progress"),
        ("done", 3, "green", "Done"),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueType:
    """A kind of issue and its hierarchy level: epic 1, story and task 0, sub-task -1."""

    id: int
    name: str
    level: int

    def entry(self) -> dict[str, Any]:
        """The type as it stands inside an issue."""
        return {
            "self": f"{API}/issuetype/{self.id}",
            "id": str(self.id),
            "description": "",
            "iconUrl": f"{API}/universal_avatar/view/type/issuetype/avatar/{self.id}",
            "name": self.name,
            "subtask": self.level < 0,
            "avatarId": self.id,
            "hierarchyLevel": self.level,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A workflow step and its category: `new`, `indeterminate` or `done`."""

    id: int
    name: str
    category: str

    def entry(self) -> dict[str, Any]:
        """The status as it stands inside an issue."""
        return {
            "self": f"{API}/status/{self.id}",
            "description": "",
            "iconUrl": f"{ORIGIN}/images/icons/statuses/generic.png",
            "name": self.name,
            "id": str(self.id),
            "statusCategory": CATEGORIES[self.category],
        }


@dataclass(slots=True, kw_only=True, eq=False)
class Project:
    """A project with its rules; `hidden` and `denied` say what the service account may not do in it."""

    id: int
    key: str
    name: str
    lead: Person
    style: str = "classic"
    default_assignee: bool = True
    allow_unassigned: bool = True
    types: list[IssueType] = field(default_factory=list)
    create_screen: set[str] = field(default_factory=lambda: set(SCREEN))
    edit_screen: set[str] = field(default_factory=lambda: set(SCREEN))
    hidden: bool = False
    denied: set[str] = field(default_factory=set)
    administered: bool = False  # by the service account
    required: set[str] = field(default_factory=set)  # fields of the create screen that have to be filled
    last_number: int = 0

    def entry(self) -> dict[str, Any]:
        """The project as it stands inside an issue."""
        return {
            "self": f"{API}/project/{self.id}",
            "id": str(self.id),
            "key": self.key,
            "name": self.name,
            "projectTypeKey": "software",
            "simplified": self.style == "next-gen",
            "avatarUrls": {
                f"{size}x{size}": f"{API}/universal_avatar/view/type/project/avatar/10400?size={name}"
                for size, name in ((48, "xlarge"), (24, "small"), (16, "xsmall"), (32, "medium"))
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkType:
    """A kind of link between issues, named from both ends."""

    id: int
    name: str
    inward: str
    outward: str

    def entry(self) -> dict[str, Any]:
        """The link type as sent."""
        return {
            "id": str(self.id),
            "name": self.name,
            "inward": self.inward,
            "outward": self.outward,
            "self": f"{API}/issueLinkType/{self.id}",
        }


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Link:
    """One link: `source` shows it in the outward words, `target` in the inward ones."""

    id: int
    type: LinkType
    source: "Issue"
    target: "Issue"


@dataclass(slots=True, kw_only=True, eq=False)
class Issue:
    """One issue; `fields` holds values as they are sent, `versions` what the search index shows from when on."""

    id: int
    key: str
    project: Project
    fields: dict[str, Any]
    parent: "Issue | None" = None
    properties: dict[str, Any] = field(default_factory=dict)
    remote_links: list[dict[str, Any]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    children: list["Issue"] = field(default_factory=list)
    versions: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    writes: list[datetime] = field(default_factory=list)
    recorded: bool = False

    @property
    def level(self) -> int:
        """The hierarchy level of its type."""
        return int(self.fields["issuetype"].get("hierarchyLevel", 0))

    def mention(self) -> dict[str, Any]:
        """The issue as it stands inside another one: id, key and four fields."""
        short = {
            name: self.fields[name] for name in ("summary", "status", "priority", "issuetype") if name in self.fields
        }
        return {"id": str(self.id), "key": self.key, "self": f"{API}/issue/{self.id}", "fields": short}


TYPES = tuple(
    IssueType(id=10000 + place, name=name, level=level)
    for place, (name, level) in enumerate((("Epic", 1), ("Story", 0), ("Task", 0), ("Bug", 0), ("Sub-task", -1)))
)
STATUSES = tuple(
    Status(id=10010 + place, name=name, category=category)
    for place, (name, category) in enumerate((("To Do", "new"), ("In Progress", "indeterminate"), ("Done", "done")))
)
LINK_TYPES = (
    LinkType(id=10000, name="Blocks", inward="is blocked by", outward="blocks"),
    LinkType(id=10001, name="Relates", inward="relates to", outward="relates to"),
    LinkType(id=10002, name="Duplicate", inward="is duplicated by", outward="duplicates"),
)
_PRIORITY = {"self": f"{API}/priority/3", "iconUrl": f"{API}/icons/medium.svg", "name": "Medium", "id": "3"}


def first_fields(project: Project, kind: IssueType, status: Status, creator: Person, now: str) -> dict[str, Any]:
    """What Jira fills in when an issue is made; the project's default assignee, a person, among it."""
    return {
        "project": project.entry(),
        "issuetype": kind.entry(),
        "status": status.entry(),
        "priority": _PRIORITY,
        "labels": [],
        "description": None,
        "resolution": None,
        "resolutiondate": None,
        "created": now,
        "updated": now,
        "statuscategorychangedate": now,
        "assignee": project.lead.user() if project.default_assignee else None,
        "reporter": creator.user(),
        "creator": creator.user(),
    }


@lru_cache(maxsize=4096)  # much happens at one moment of a clock that stands still
def written(moment: datetime) -> str:
    """A moment as Jira writes it, in the time zone of the caller's profile."""
    text = moment.astimezone(_ZONE).isoformat(timespec="milliseconds")
    return text[:-3] + text[-2:]  # +0100, not +01:00
