"""Everything of the sites that a book names, who names it, and what it is used for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mappings.epics import EpicSelector
from mappings.indicators import Indicator, Source
from mappings.jql import Accepted, Purpose, judge
from mappings.okr import MappingBook, Team

_SHOWN = 3  # teams named in one place; more are counted


class Use(StrEnum):
    """What a Jira project is used for."""

    OKRS = "okrs"  # issues of ours stand there
    LINKS = "links"  # issues of ours are linked to epics there
    EPICS = "epics"  # epics are read there
    COUNTS = "counts"  # what comes in there is counted


PERMISSIONS: Mapping[Use, tuple[str, ...]] = {
    Use.OKRS: ("BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "LINK_ISSUES", "ASSIGN_ISSUES"),
    Use.LINKS: ("BROWSE_PROJECTS", "LINK_ISSUES"),
    Use.EPICS: ("BROWSE_PROJECTS",),
    Use.COUNTS: ("BROWSE_PROJECTS",),
}
SPACE_OPERATIONS = ("read space", "create page", "create attachment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Projects and spaces of a book, each in the order of their keys."""

    uses: Mapping[str, frozenset[Use]]  # by project key
    types: Mapping[str, frozenset[str]]  # names of issue types, by key of the project they are needed in
    link_types: Mapping[str, tuple[str, ...]]  # ids of the teams that name them
    spaces: Mapping[str, tuple[str, ...]]  # ids of the teams that write there; the strategy's own may have none
    home: str  # title of the page below which everything stands, in each space
    teams: Mapping[str, tuple[str, ...]]  # ids by project key

    def project(self, key: str) -> str:
        """A project as messages name it, with the teams that use it."""
        return f"project {key} ({_named(self.teams[key])})"

    def space(self, key: str) -> str:
        """A space as messages name it, with the teams that write there."""
        return f"space {key} ({_named(self.spaces[key])})"

    def needed(self, key: str) -> tuple[str, ...]:
        """The permissions we need in a project, in the order of `PERMISSIONS`."""
        return tuple(dict.fromkeys(p for use in Use if use in self.uses[key] for p in PERMISSIONS[use]))


def places_of(book: MappingBook, today: date) -> Places:
    """What the book names now; cycles that have ended ask for no epics any more."""
    uses: dict[str, set[Use]] = defaultdict(set)
    teams: dict[str, list[str]] = defaultdict(list)
    types: dict[str, set[str]] = defaultdict(set)
    links: dict[str, list[str]] = defaultdict(list)
    spaces: dict[str, list[str]] = {book.strategy.space: []}
    for team in book.teams:
        spaces.setdefault(team.space, []).append(team.id)
        for project, use in _uses(team, book, today):
            uses[project].add(use)
            teams[project].append(team.id)
        if team.jira is not None:
            types[team.jira.project] |= {team.jira.objective_type, team.jira.key_result_type}
            links[team.jira.evidence_link].append(team.id)
    return Places(
        uses={key: frozenset(found) for key, found in sorted(uses.items())},
        types={key: frozenset(names) for key, names in sorted(types.items())},
        link_types=_once(links),
        spaces=_once(spaces),
        home=book.strategy.parent,
        teams=_once(teams),
    )


def current(book: MappingBook, team: Team, today: date) -> Iterator[Indicator]:
    """The indicators of a team whose cycle has not ended."""
    going = {cycle.id for cycle in book.strategy.cycles if cycle.last >= today}
    for objective in team.objectives:
        if objective.cycle in going:
            for key_result in objective.key_results:
                yield from key_result.indicators


def _uses(team: Team, book: MappingBook, today: date) -> Iterator[tuple[str, Use]]:
    if team.jira is not None:
        yield team.jira.project, Use.OKRS
    indicators = tuple(current(book, team, today))
    epics = [project for one in indicators for project in _epic_projects(team, one.epics)]
    if team.writes_itself:  # which epics, its page says, and those may be any of its delivery's
        epics += team.delivery
    for project in epics:
        yield project, Use.EPICS
        if team.jira is not None:
            yield project, Use.LINKS
    for source in (*(one.source for one in indicators), *dict(team.sources).values()):
        yield from ((project, Use.COUNTS) for project in _counted(source))


def _epic_projects(team: Team, selector: EpicSelector | None) -> Iterator[str]:
    if selector is None:
        return
    keys = [key for key, _ in selector.keys]
    yield from (key.rpartition("-")[0] for key in keys)
    if not keys:
        yield from team.delivery


def _counted(source: Source) -> Iterable[str]:
    if source.jql is None:
        return ()
    verdict = judge(source.jql, Purpose.COUNT)
    return sorted(verdict.projects) if isinstance(verdict, Accepted) else ()


def _once(named: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(dict.fromkeys(teams)) for name, teams in sorted(named.items())}


def _named(teams: tuple[str, ...]) -> str:
    if not teams:
        return "strategy"
    more = f" and {len(teams) - _SHOWN} more" if len(teams) > _SHOWN else ""
    return f"team{'s' if len(teams) > 1 else ''} {', '.join(teams[:_SHOWN])}{more}"
