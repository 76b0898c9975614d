"""The state of the imitation Jira, and the hands that people move it with."""

import itertools
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from connector.sandbox.changes import Listener, Silence
from connector.sandbox.clock import SiteClock
from connector.sandbox.jira_fields import SCREEN
from connector.sandbox.jira_records import (
    API,
    LINK_TYPES,
    STATUSES,
    TYPES,
    Issue,
    IssueType,
    Link,
    LinkType,
    Project,
    Status,
    first_fields,
    written,
)
from connector.sandbox.people import People, Person

_RESOLUTION = {"self": f"{API}/resolution/10000", "id": "10000", "description": "", "name": "Done"}
WRITE_LIMITS = ((timedelta(seconds=2), 20), (timedelta(seconds=30), 100))


class JiraWorld:
    """All projects and issues of one site.

    `search_lag` is how long a write stays unseen by searches; `page_limit` the most issues one search page holds when
    more than ids are asked; `write_limits` how many writes one issue takes; `screen` what new projects' screens show.
    """

    def __init__(self, clock: SiteClock, people: People, search_lag: timedelta = timedelta(0)) -> None:
        self.clock = clock
        self.people = people
        self.search_lag = search_lag
        self.page_limit = 100
        self.write_limits: tuple[tuple[timedelta, int], ...] = WRITE_LIMITS
        self.screen = SCREEN
        self.projects: dict[str, Project] = {}
        self.issues: dict[int, Issue] = {}
        self.keys: dict[str, Issue] = {}
        self.links: dict[int, Link] = {}
        self.types = list(TYPES)
        self.statuses = list(STATUSES)
        self.link_types = list(LINK_TYPES)
        self.numbers = itertools.count(10100)
        self.listener: Listener = Silence()

    def stamp(self, moment: datetime | None = None) -> str:
        """A moment as Jira writes it, in the time zone of the caller's profile."""
        return written(moment or self.clock.now())

    def add_project(
        self,
        key: str,
        name: str = "",
        *,
        style: str = "classic",
        default_assignee: bool = True,
        allow_unassigned: bool = True,
        types: Sequence[str] = (),
    ) -> Project:
        """A new project; its lead, a person, is the default assignee unless `default_assignee` is off."""
        if not re.fullmatch(r"[A-Z][A-Z0-9_]+", key) or key in self.projects:
            raise ValueError(f"no project can have the key {key!r}; choose a free one of capital letters")
        number = len(self.projects)
        self.projects[key] = Project(
            id=10000 + number,
            key=key,
            name=name or key,
            lead=self.people.nth(number),
            style=style,
            default_assignee=default_assignee,
            allow_unassigned=allow_unassigned,
            types=[one for one in self.types if not types or one.name in types],
            create_screen=set(self.screen),
            edit_screen=set(self.screen),
        )
        return self.projects[key]

    def add_issue_type(self, name: str, level: int, *, projects: Sequence[str] = ()) -> IssueType:
        """A new issue type, offered in the named projects or in all."""
        made = IssueType(id=next(self.numbers), name=name, level=level)
        self.types.append(made)
        for key in projects or tuple(self.projects):
            self.projects[key].types.append(made)
        return made

    def add_status(self, name: str, category: str) -> Status:
        """A new status of that category: `new`, `indeterminate` or `done`."""
        made = Status(id=next(self.numbers), name=name, category=category)
        self.statuses.append(made)
        return made

    def add_issue(
        self,
        *,
        project: str,
        type: str = "Epic",  # noqa: A002  # the field's own name
        summary: str,
        labels: Sequence[str] = (),
        parent: str | None = None,
        status: str = "To Do",
        description: dict[str, Any] | None = None,
        created: datetime | None = None,
    ) -> Issue:
        """An issue as people make one: somebody reported it, somebody is assigned; `created` defaults to now."""
        home = self.projects[project]
        kind = next(one for one in home.types if one.name == type)
        number = home.last_number
        fields = {"summary": summary, "labels": sorted(labels), "description": description}
        fields |= {"created": self.stamp(created), "assignee": self.people.person(number + 2)}
        above = self.keys[parent] if parent else None
        made = self.create(home, kind, fields, parent=above, creator=self.people.nth(number + 1))
        if status != self.statuses[0].name:
            self.set_status(made.key, status)
        return made

    def create(
        self, project: Project, kind: IssueType, values: dict[str, Any], *, parent: Issue | None, creator: Person
    ) -> Issue:
        """A new issue in its first status; `values` are fields as they are sent and win over what Jira fills in."""
        project.last_number += 1
        fields = first_fields(project, kind, self.statuses[0], creator, self.stamp()) | values
        made = Issue(
            id=next(number for number in self.numbers if number not in self.issues),
            key=f"{project.key}-{project.last_number}",
            project=project,
            fields=fields,
            parent=parent,
        )
        self.adopt(made)
        return made

    def adopt(self, issue: Issue) -> None:
        """The issue, complete as it is, belongs to the world from now on."""
        self.issues[issue.id] = issue
        self.keys[issue.key] = issue
        if issue.parent:
            issue.parent.children.append(issue)
        self.index(issue)
        self.listener.happened("jira:issue_created", issue, {})

    def index(self, issue: Issue) -> None:
        """Searches see the issue as it is now once the search lag has passed."""
        now = self.clock.now()
        seen = [place for place, (since, _) in enumerate(issue.versions) if since <= now]
        del issue.versions[: seen[-1] if seen else 0]
        issue.versions.append((now + self.search_lag, dict(issue.fields)))

    def indexed(self, issue: Issue, now: datetime) -> dict[str, Any] | None:
        """The issue's fields as searches see them at this moment; None while they do not know it."""
        for since, shown in issue.versions[::-1]:
            if since <= now:
                return shown
        return None

    def touch(self, issue: Issue, **changes: Any) -> None:
        """The fields change, and with them the time of the last update."""
        before = {name: issue.fields.get(name) for name in changes}
        issue.fields.update(changes)
        issue.fields["updated"] = self.stamp()
        self.index(issue)
        self.listener.happened("jira:issue_updated", issue, before)

    def find(self, id_or_key: str) -> Issue | None:
        """The issue with this id or key (an earlier key too), if the service account may see it."""
        found = self.issues.get(int(id_or_key)) if id_or_key.isdecimal() else self.keys.get(id_or_key.upper())
        return found if found is not None and not found.project.hidden else None

    def project(self, id_or_key: str) -> Project | None:
        """The project with this id or key, if the service account may see it."""
        wanted = id_or_key.casefold()
        matches = (one for one in self.projects.values() if wanted in (one.key.casefold(), str(one.id)))
        return next((one for one in matches if not one.hidden), None)

    def set_status(self, key: str, name: str) -> None:
        """The issue moves to the status of this name, resolved if that is a finished one."""
        status = next(one for one in self.statuses if one.name == name)
        done = status.category == "done"
        self.touch(
            self.keys[key],
            status=status.entry(),
            statuscategorychangedate=self.stamp(),
            resolution=_RESOLUTION if done else None,
            resolutiondate=self.stamp() if done else None,
        )

    def close_issue(self, key: str) -> None:
        """Somebody finishes the issue."""
        self.set_status(key, "Done")

    def edit_issue(self, key: str, **fields: Any) -> None:
        """Somebody edits fields by hand, e.g. `summary="…"` or `labels=["…"]`."""
        self.touch(self.keys[key], **fields)

    def comment_on(self, key: str) -> None:
        """Somebody comments on the issue."""
        self.touch(self.keys[key])
        self.listener.happened("comment_created", self.keys[key], {})

    def move_issue(self, key: str, project: str) -> str:
        """The issue's key after somebody moved it to another project; the earlier key keeps leading to it."""
        issue, home = self.keys[key], self.projects[project]
        home.last_number += 1
        issue.key, issue.project = f"{project}-{home.last_number}", home
        self.keys[issue.key] = issue
        self.touch(issue, project=home.entry())
        return issue.key

    def delete_issue(self, key: str) -> None:
        """Somebody deletes the issue for good, its sub-issues keep living without it."""
        gone = self.keys[key]
        for link in list(gone.links):
            self.unlink(link)
        for child in gone.children:
            child.parent = None
        if gone.parent:
            gone.parent.children.remove(gone)
        del self.issues[gone.id]
        self.keys = {name: issue for name, issue in self.keys.items() if issue is not gone}
        self.listener.happened("jira:issue_deleted", gone, {})

    def link(self, kind: LinkType, source: Issue, target: Issue) -> Link:
        """The link between two issues, made unless it is there already; both count as updated."""
        for known in source.links:
            if known.type == kind and known.source is source and known.target is target:
                return known
        made = Link(id=next(self.numbers), type=kind, source=source, target=target)
        self.links[made.id] = made
        for end in (source, target):
            end.links.append(made)
            self.touch(end)
        self.listener.happened("issuelink_created", made, {})
        return made

    def unlink(self, link: Link) -> None:
        """The link is gone, at both ends."""
        del self.links[link.id]
        for end in (link.source, link.target):
            end.links.remove(link)
            self.touch(end)
        self.listener.happened("issuelink_deleted", link, {})
