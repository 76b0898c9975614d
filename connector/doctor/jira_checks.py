"""Jira against the book: the site, its link types, and each project the book names."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from connector.doctor.checks import Check, Name, failing, fine, question, refused
from connector.doctor.places import Places, Use
from connector.doctor.words import PERMISSION_NAMES
from connector.errors import ConnectorError
from connector.ports import Jira, JiraInspection
from mappings.records import IssueTypeRecord, ProjectRecord, ScreenField

CONNECTIONS = 8
FILLED = frozenset({"project", "issuetype", "summary", "labels", "description", "reporter"})  # the last by Jira itself
TOO_MUCH = "ADMINISTER_PROJECTS"
NEEDED = ("summary", "labels")  # on the create screen

Place = TypeVar("Place")


@dataclass(frozen=True, slots=True, kw_only=True)
class JiraExamination:
    """Looks at one site for one book."""

    jira: Jira
    inspection: JiraInspection
    places: Places

    def site(self) -> Check:
        """Whether Jira answers, and to us."""
        try:
            if self.inspection.permissions(frozenset({"BROWSE_PROJECTS"})):
                return fine(Name.JIRA, "Jira answers and takes the token")
        except ConnectorError as error:
            return refused(Name.JIRA, error)
        return failing(
            Name.JIRA,
            "Jira answers and shows us no project at all",
            "OKR_JIRA_TOKEN",
            "the account has no access to Jira, or the token is that of nobody",
            "give the service account access to Jira: `okr doctor --needs` prints the list to forward",
            "check OKR_JIRA_EMAIL and OKR_JIRA_TOKEN",
        )

    def checks(self) -> Iterator[Check]:
        """Link types, then the projects side by side."""
        yield from guarded(Name.LINK_TYPES, "", self._link_types)
        yield from side_by_side(self._project, list(self.places.uses))

    def _link_types(self) -> Iterator[Check]:
        wanted = self.places.link_types
        found = self.inspection.link_types(frozenset(wanted)) if wanted else frozenset()
        for name, teams in wanted.items():
            if name not in found:
                yield failing(
                    Name.LINK_TYPES,
                    f"Jira has no link type named „{name}“",
                    f"`jira.evidence_link` of {', '.join(teams)}",
                    "issues of ours are linked to epics by it",
                    "name one that exists, for example Relates",
                    "ask an administrator to make it",
                )
        if found:
            yield fine(Name.LINK_TYPES, f"the link types {', '.join(sorted(found))} exist")

    def _project(self, key: str) -> Iterator[Check]:
        where = self.places.project(key)
        return guarded(Name.PROJECT, where, lambda: self._rules(key, where))

    def _rules(self, key: str, where: str) -> Iterator[Check]:
        project = self.inspection.project(key)
        granted = self.inspection.permissions(frozenset({*self.places.needed(key), TOO_MUCH}), key)
        yield self._permissions(key, where, granted)
        if TOO_MUCH in granted:
            yield _administered(where)
        if Use.EPICS in self.places.uses[key]:
            yield _hierarchy(project, where)
        if key in self.places.types and "CREATE_ISSUES" in granted:
            yield from guarded(Name.ISSUE_TYPES, where, lambda: self._types(project, where))

    def _permissions(self, key: str, where: str, granted: frozenset[str]) -> Check:
        missing = [PERMISSION_NAMES[name] for name in self.places.needed(key) if name not in granted]
        if not missing:
            return fine(Name.PERMISSIONS, "the service account has every permission it needs", where)
        return failing(
            Name.PERMISSIONS,
            f"the service account lacks: {', '.join(missing)}",
            where,
            "the book uses this project",
            "grant it: `okr doctor --needs` prints the list to forward",
            "name another project in the mapping file",
        )

    def _types(self, project: ProjectRecord, where: str) -> Iterator[Check]:
        offered = {kind.name.casefold(): kind for kind in self.jira.issue_types(project.key)}
        names = sorted(self.places.types[project.key])
        for name in names:
            if name.casefold() not in offered:
                yield _type_missing(name, where)
        kinds = {kind.id: kind for name in names if (kind := offered.get(name.casefold()))}
        unassigned = True
        demanded = False
        for kind in kinds.values():
            screen = self.inspection.create_screen(project.key, kind.id)
            unassigned = unassigned and any(field.id == "assignee" for field in screen)
            demanded = demanded or any(field.id == "assignee" and field.must_be_filled for field in screen)
            yield from _screen(kind, screen, where)
        if demanded:
            yield _somebody_demanded(where)
        elif project.assigns_by_default:
            yield _default_assignee(where, unassigned=unassigned)


def side_by_side(look: Callable[[Place], Iterable[Check]], places: Sequence[Place]) -> Iterator[Check]:
    """What is found at each place, in the order of the places."""
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for found in pool.map(lambda place: tuple(look(place)), places):
            yield from found


def guarded(name: Name, where: str, look: Callable[[], Iterable[Check]]) -> Iterator[Check]:
    """What a look finds; an error ends it and is a finding of its own."""
    try:
        yield from look()
    except ConnectorError as error:
        yield refused(name, error, where)


def _administered(where: str) -> Check:
    return question(
        Name.EXCESS,
        "the account may administer the project",
        where,
        "our work needs no more than `okr doctor --needs` lists",
        "take the account out of the project's administrators",
        "leave it where nobody else can read the token",
    )


def _hierarchy(project: ProjectRecord, where: str) -> Check:
    if any(level >= 1 for level in project.levels):
        return fine(Name.HIERARCHY, "the project has a type for epics", where)
    return failing(
        Name.HIERARCHY,
        "the project has no issue type of the level of epics",
        where,
        "only epics are evidence, and none can be found there",
        "name the project where the epics stand in `delivery` or `epics`",
        "add an issue type of hierarchy level 1 to the project",
    )


def _type_missing(name: str, where: str) -> Check:
    return failing(
        Name.ISSUE_TYPES,
        f"the project offers no issue type named „{name}“",
        where,
        "`jira.objective_type` or `jira.key_result_type` names it",
        "name a type of that project in the mapping file",
        "add the type to the project",
    )


def _screen(kind: IssueTypeRecord, screen: Sequence[ScreenField], where: str) -> Iterator[Check]:
    shown = {field.id for field in screen}
    missing = [name for name in NEEDED if name not in shown]
    empty = (field for field in screen if _stays_empty(field) and field.id != "assignee")  # which has a look of its own
    unfilled = sorted(field.id or "one of an unknown kind" for field in empty)
    if missing:
        yield failing(
            Name.CREATE_SCREEN,
            f"the create screen of „{kind.name}“ lacks: {', '.join(missing)}",
            where,
            "we send these with every new issue",
            "put the fields on the create screen",
            "name another issue type in the mapping file",
        )
    if unfilled:
        yield failing(
            Name.CREATE_SCREEN,
            f"„{kind.name}“ demands fields that we do not fill: {', '.join(unfilled)}",
            where,
            "Jira refuses a new issue without them",
            "make them optional for this type, or give them a default value",
            "name another issue type or project in the mapping file",
        )
    if not missing and not unfilled:
        yield fine(Name.CREATE_SCREEN, f"„{kind.name}“ can be created as we create it", where)


def _stays_empty(field: ScreenField) -> bool:
    return field.must_be_filled and field.id not in FILLED


def _somebody_demanded(where: str) -> Check:
    return failing(
        Name.DEFAULT_ASSIGNEE,
        "Jira demands somebody for every new issue here",
        where,
        "OKRs belong to teams, so we never name a person, and Jira refuses an issue without one",
        "allow unassigned issues in Jira's general settings, or make the field optional in this project's fields",
        "name another project in the mapping file, or write `jira: none`",
    )


def _default_assignee(where: str, *, unassigned: bool) -> Check:
    manner = "we send new issues with nobody" if unassigned else "we clear it right after a create"
    return question(
        Name.DEFAULT_ASSIGNEE,
        "the project assigns new issues to a person by default",
        where,
        f"OKRs belong to teams, so {manner}",
        "set the project's default assignee to Unassigned",
        "leave it, then a person may get a notification for a new issue",
    )
