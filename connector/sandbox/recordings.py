"""Recorded answers of real sites, taken in as issues of the world, so that not all work here is of our invention."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connector.sandbox.jira_records import CATEGORIES, Issue, IssueType, Project, Status
from connector.sandbox.jira_world import JiraWorld


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How many recorded issues joined the world, and how many lacked what an issue needs or were there already."""

    issues: int
    skipped: int


def load_files(world: JiraWorld, paths: Sequence[str]) -> Loaded:
    """The issues of recorded search pages, bulk reads and single issues join the world, fields as recorded.

    Projects, types and statuses are made as needed; a ValueError names a file that cannot be read.
    """
    return load(world, (_read(Path(path)) for path in paths))


def load(world: JiraWorld, answers: Iterable[Any]) -> Loaded:
    """As `load_files`, from answers already read."""
    found = [one for answer in answers for one in _issues(answer)]
    taken = [issue for one in found if (issue := _take(world, one)) is not None]
    for issue in taken:
        _join_family(world, issue)
    return Loaded(issues=len(taken), skipped=len(found) - len(taken))


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(
            f"the recorded answer {path} cannot be read as JSON; name another file, or start without --load"
        ) from error


def _issues(answer: Any) -> Iterator[dict[str, Any]]:
    if isinstance(answer, list):
        for one in answer:
            yield from _issues(one)
    elif isinstance(answer, dict) and isinstance(answer.get("issues"), list):
        yield from _issues(answer["issues"])
    elif isinstance(answer, dict) and isinstance(answer.get("fields"), dict):
        yield answer


def _take(world: JiraWorld, recorded: dict[str, Any]) -> Issue | None:
    key, number, fields = str(recorded.get("key")), str(recorded.get("id")), recorded["fields"]
    if not _complete(fields) or not re.fullmatch(r"[A-Z][A-Z0-9_]+-\d+", key) or not number.isdecimal():
        return None
    if key in world.keys or int(number) in world.issues:
        return None
    project = _project(world, key, fields["project"])
    _note_type(world, project, fields["issuetype"])
    _note_status(world, fields["status"])
    issue = Issue(id=int(number), key=key, project=project, fields=dict(fields), recorded=True)
    issue.properties.update(recorded.get("properties") or {})
    project.last_number = max(project.last_number, int(key.rsplit("-", 1)[1]))
    world.adopt(issue)
    return issue


def _complete(fields: dict[str, Any]) -> bool:
    texts = all(isinstance(fields.get(name), str) for name in ("summary", "created", "updated"))
    things = all(isinstance(fields.get(name), dict) for name in ("issuetype", "status", "project"))
    if not (texts and things):
        return False
    status, kind = fields["status"], fields["issuetype"]
    category = status.get("statusCategory")
    named = all(isinstance(one.get("name"), str) and str(one.get("id")).isdecimal() for one in (status, kind))
    return named and isinstance(category, dict) and category.get("key") in CATEGORIES


def _project(world: JiraWorld, key: str, recorded: dict[str, Any]) -> Project:
    short = key.rsplit("-", 1)[0]
    if short not in world.projects:
        world.add_project(short, str(recorded.get("name") or short))
        number = str(recorded.get("id"))
        if number.isdecimal() and all(int(number) != one.id for one in world.projects.values()):
            world.projects[short].id = int(number)
    return world.projects[short]


def _note_type(world: JiraWorld, project: Project, recorded: dict[str, Any]) -> None:
    level = recorded.get("hierarchyLevel")
    if not isinstance(level, int):
        level = -1 if recorded.get("subtask") else int(recorded["name"] == "Epic")
    known = next((one for one in world.types if (one.name, one.level) == (recorded["name"], level)), None)
    if known is None:
        taken = any(str(one.id) == recorded["id"] for one in world.types)
        number = next(world.numbers) if taken else int(recorded["id"])
        known = IssueType(id=number, name=recorded["name"], level=level)
        world.types.append(known)
    if known not in project.types:
        project.types.append(known)


def _note_status(world: JiraWorld, recorded: dict[str, Any]) -> None:
    if all(one.name != recorded["name"] for one in world.statuses):
        category = recorded["statusCategory"]["key"]
        world.statuses.append(Status(id=int(recorded["id"]), name=recorded["name"], category=category))


def _join_family(world: JiraWorld, issue: Issue) -> None:
    recorded = issue.fields.get("parent")
    parent = world.keys.get(str(recorded.get("key"))) if isinstance(recorded, dict) else None
    if parent is not None and parent is not issue:
        issue.parent = parent
        parent.children.append(issue)
