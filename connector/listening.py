"""From a hint to the teams it concerns: by what the book names and by what we made. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from connector.ledger import Kind, Resource
from mappings.epics import EpicSelector
from mappings.hints import Hint, IssueHint, PageHint, ReadingHint
from mappings.okr import MappingBook, Team

EVERYBODY = "*"
EPIC_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Listener:
    """Knows whose epics, issues and pages are whose."""

    book: MappingBook
    teams_by_issue: Mapping[str, str]  # team id by Jira id
    teams_by_page: Mapping[str, str]  # team id by page id

    @classmethod
    def of(cls, book: MappingBook, rows: Iterable[Resource]) -> "Listener":
        """What the ledger remembers of issues and pages of ours."""
        issues, pages = {}, {}
        for row in rows:
            if row.remote_id and row.kind is Kind.ISSUE:
                issues[row.remote_id] = row.ref.partition("/")[0]
            if row.remote_id and row.kind is Kind.PAGE:
                pages[row.remote_id] = owner(row.ref)
        return cls(book, issues, pages)

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

    def _by_issue(self, hint: IssueHint) -> Iterable[str]:
        own = self.teams_by_issue.get(hint.id or "")
        if own is not None:
            yield own
        if hint.level is not None and hint.level < EPIC_LEVEL:
            return
        for team in self.book.teams:
            if any(_meant(team, selector, hint) for selector in _selectors(team)):
                yield team.id


def owner(ref: str) -> str:
    """The team of a page; `*` for a page of all."""
    parts = ref.split("/")
    return parts[1] if parts[0] in {"planning", "check-in"} else EVERYBODY


def _selectors(team: Team) -> Iterable[EpicSelector]:
    for objective in team.objectives:
        for key_result in objective.key_results:
            yield from (i.epics for i in key_result.indicators if i.epics is not None)


def _meant(team: Team, selector: EpicSelector, hint: IssueHint) -> bool:
    """Whether this epic can be evidence here; what an event did not tell counts as possible, but for its place."""
    if selector.keys:
        return hint.key in {key for key, _ in selector.keys}
    project = hint.project or (hint.key or "").rpartition("-")[0]
    # An epic that just lost its label, parent or place in a query must be looked at, too; so the project decides.
    return project in team.delivery
