"""The permission sheet of a book: what an administrator is asked for, and what not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from connector.doctor.places import SPACE_OPERATIONS, Places, Use
from mappings.okr import Language

JIRA_SCOPES = ("read:jira-work", "write:jira-work")
CONFLUENCE_SCOPES = (
    "read:space:confluence",
    "read:page:confluence",
    "write:page:confluence",
    "read:hierarchical-content:confluence",
    "read:content.metadata:confluence",
    "read:content-details:confluence",
    "read:label:confluence",
    "write:label:confluence",
    "write:confluence-file",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectGrant:
    """Permissions that are the same in some projects, and what these are used for."""

    projects: tuple[str, ...]  # keys
    uses: frozenset[Use]
    permissions: tuple[str, ...]  # Jira's keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is asked for, by place; `scopes` is empty where tokens have none (Data Center)."""

    language: Language
    organisation: str
    teams: int
    projects: tuple[ProjectGrant, ...]
    spaces: tuple[str, ...]
    operations: tuple[str, ...]  # in every space
    scopes: Mapping[str, tuple[str, ...]]  # by product


def sheet_of(places: Places, *, language: Language, organisation: str, teams: int, scoped: bool) -> Sheet:
    """The least that the book needs."""
    jira = {"Jira": JIRA_SCOPES} if places.uses else {}
    return Sheet(
        language=language,
        organisation=organisation,
        teams=teams,
        projects=tuple(_grants(places)),
        spaces=tuple(places.spaces),
        operations=SPACE_OPERATIONS,
        scopes={**jira, "Confluence": CONFLUENCE_SCOPES} if scoped else {},
    )


def _grants(places: Places) -> Iterator[ProjectGrant]:
    """Projects of the same uses together, those of most permissions first."""
    groups: dict[frozenset[Use], list[str]] = {}
    for key, uses in places.uses.items():
        groups.setdefault(uses, []).append(key)
    for uses, keys in sorted(groups.items(), key=lambda group: (-len(places.needed(group[1][0])), group[1])):
        yield ProjectGrant(projects=tuple(keys), uses=uses, permissions=places.needed(keys[0]))
