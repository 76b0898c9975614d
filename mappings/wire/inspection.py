"""What a look at a site's settings brings: permissions of ours, projects, create screens; never a lead or a user."""

import re

import msgspec

from mappings.records import ProjectRecord, ScreenField
from mappings.wire.shape import BoundaryError, Page, Wire, decoded, either, level_of

_FIELD = re.compile(r"[A-Za-z]{1,30}|customfield_[0-9]{1,10}")
_PROJECT = re.compile(r"[A-Z][A-Z0-9_]{0,19}")
_VERSION = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})(\..{0,40})?")
_BY_DEFAULT = {"PROJECT_LEAD": True, "UNASSIGNED": False}


class _Permission(Wire):
    key: str = ""
    have_permission: bool = False


class _Permissions(Wire):
    permissions: dict[str, _Permission]


class _ProjectType(Wire):
    name: str = ""
    hierarchy_level: int | None = None
    subtask: bool = False


class _Project(Wire):
    key: str
    assignee_type: str | None = None
    issue_types: list[_ProjectType] = msgspec.field(default_factory=list)


class _ScreenField(Wire):
    field_id: str | None = None
    key: str | None = None
    required: bool = False
    has_default_value: bool = False


class _Screen(Wire):
    fields: list[_ScreenField] | None = None  # of Cloud
    values: list[_ScreenField] | None = None  # of Data Center
    start_at: int = 0
    total: int | None = None


class _Keyed(Wire):
    key: str


class _Permitted(Wire):
    projects: list[_Keyed]


class _Release(Wire):
    version: str = ""


class _Operation(Wire):
    operation: str = ""
    target_type: str = ""


class _Operations(Wire):
    operations: list[_Operation]


_PERMISSIONS = msgspec.json.Decoder(_Permissions)
_PROJECTS = msgspec.json.Decoder(_Project)
_SCREENS = msgspec.json.Decoder(_Screen)
_PERMITTED = msgspec.json.Decoder(_Permitted)
_RELEASE = msgspec.json.Decoder(_Release)
_OPERATIONS = msgspec.json.Decoder(_Operations)


def permissions(answer: bytes, names: frozenset[str]) -> frozenset[str]:
    """Of these permissions, those that we have."""
    found = decoded(answer, _PERMISSIONS).permissions.values()
    return names & {permission.key for permission in found if permission.have_permission}


def project(answer: bytes) -> ProjectRecord:
    """A project's key, the levels of its issue types, and whether new issues get somebody by default; never whom."""
    found = decoded(answer, _PROJECTS)
    if not _PROJECT.fullmatch(found.key):
        raise BoundaryError
    return ProjectRecord(
        key=found.key,
        levels=frozenset(_level(kind) for kind in found.issue_types),
        assigns_by_default=_BY_DEFAULT.get(found.assignee_type or ""),
    )


def _level(kind: _ProjectType) -> int:
    return level_of(kind.hierarchy_level, kind.name, subtask=kind.subtask)


def create_screen_page(answer: bytes) -> Page[ScreenField]:
    """One page of a create screen: which fields are on it, and which of them have to be filled; no names, no values."""
    screen = decoded(answer, _SCREENS)
    fields = either(screen.fields, screen.values)
    end = screen.start_at + len(fields)
    goes_on = fields and screen.total is not None and end < screen.total
    return Page(records=tuple(map(_screen_field, fields)), next=str(end) if goes_on else None)


def _screen_field(field: _ScreenField) -> ScreenField:
    identity = field.field_id or field.key or ""
    return ScreenField(
        id=identity if _FIELD.fullmatch(identity) else "",
        must_be_filled=field.required and not field.has_default_value,
    )


def space_operations(answer: bytes, names: frozenset[str]) -> frozenset[str]:
    """Of these operations, written like `create page`, those that we may do in a space."""
    return names & {f"{one.operation} {one.target_type}" for one in decoded(answer, _OPERATIONS).operations}


def permitted_projects(answer: bytes) -> frozenset[str]:
    """Keys of the projects in which we have what was asked for; nothing else of them."""
    return frozenset(found.key for found in decoded(answer, _PERMITTED).projects if _PROJECT.fullmatch(found.key))


def confluence_version(answer: bytes) -> tuple[int, int]:
    """Major and minor version of Confluence Data Center; zeros where it does not say them."""
    match = _VERSION.fullmatch(decoded(answer, _RELEASE).version)
    return (int(match[1]), int(match[2])) if match else (0, 0)
