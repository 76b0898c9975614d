"""From a hint to the teams it concerns: by what the book names and by what we made. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from connector.ledger import Kind, Resource
from connector.sync.refs import team_of
from mappings.epics import EpicSelector
from mappings.hints import Hint, IssueHint, PageHint, ReadingHint
from mappings.okr import MappingBook, Team

EPIC_LEVEL = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Which teams a book means by an issue's key or by its project, in the book's order."""

    by_key: Mapping[str, tuple[str, ...]]
    by_project: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, book: MappingBook) -> "Named":
        """The project decides: an epic that just lost its label or parent must be looked at, too."""
        keys: dict[str, dict[str, None]] = defaultdict(dict)
        projects: dict[str, dict[str, None]] = defaultdict(dict)
        for team, selector in _selectors(book):
            for key, _ in selector.keys:
                keys[key][team.id] = None
            for project in () if selector.keys else team.delivery:
                projects[project][team.id] = None
        for team in book.teams:  # which epics a team named on its page, only a run knows
            for project in team.delivery if team.writes_itself else ():
                projects[project][team.id] = None
        return cls(
            by_key={key: tuple(teams) for key, teams in keys.items()},
            by_project={project: tuple(teams) for project, teams in projects.items()},
        )


@dataclass(frozen=True, slots=True)
class Listener:
    """Knows whose epics, issues and pages are whose."""

    book: MappingBook
    named: Named
    teams_by_issue: Mapping[str, str]  # team id by Jira id
    teams_by_page: Mapping[str, str]  # team id by page id

    @classmethod
    def of(cls, book: MappingBook, rows: Iterable[Resource]) -> "Listener":
        """What the ledger remembers of issues and pages of ours."""
        issues, pages = {}, {}
        for row in rows:
            if row.remote_id and row.kind is Kind.ISSUE:
                issues[row.remote_id] = team_of(row.ref)
            if row.remote_id and row.kind is Kind.PAGE:
                pages[row.remote_id] = team_of(row.ref)
        return cls(book, Named.of(book), issues, pages)

    def reading(self, book: MappingBook) -> "Listener":
        """The same memory, with another book."""
        return replace(self, book=book, named=Named.of(book))

    def concerned(self, hint: Hint) -> tuple[str, ...]:
        """Ids of teams to look at; none for a child issue, an unknown project or somebody else's page."""
        match hint:
            case PageHint(id=page_id):
                team = self.teams_by_page.get(page_id)
                return (team,) if team else ()
            case ReadingHint(team=team_id):
                return (team_id,) if self.book.team(team_id) else ()
            case IssueHint():
                return tuple(dict.fromkeys(self._by_issue(hint)))
        return ()

    def is_searched_for(self, hint: Hint) -> bool:
        """Whether a search may be behind on it: pages and issues of ours are read by their ids."""
        return isinstance(hint, IssueHint) and (hint.id or "") not in self.teams_by_issue

    def _by_issue(self, hint: IssueHint) -> Iterable[str]:
        own = self.teams_by_issue.get(hint.id or "")
        if own is not None:
            yield own
        if hint.level is not None and hint.level < EPIC_LEVEL:
            return
        yield from self.named.by_key.get(hint.key or "", ())
        yield from self.named.by_project.get(hint.project or (hint.key or "").rpartition("-")[0], ())


def found_by_search(team: Team) -> bool:
    """Whether some of a team's epics are found by a search, which may be behind, and not by their keys."""
    return team.writes_itself or any(not selector.keys for selector in team.selectors)


def labels_of(book: MappingBook) -> frozenset[str]:
    """The labels that the book names."""
    return frozenset(selector.label for _, selector in _selectors(book) if selector.label is not None)


def _selectors(book: MappingBook) -> Iterator[tuple[Team, EpicSelector]]:
    return ((team, selector) for team in book.teams for selector in team.selectors)
