"""Finding issues of ours again: after a lost answer, and after our database is gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from connector.errors import RequestRefused
from connector.ledger import Kind, Resource
from connector.pages.quotations import issue_keys
from connector.ports import Jira
from connector.sync.evidence import CHUNK
from connector.sync.issues import WantedIssue
from connector.sync.memory import Memory
from connector.sync.refs import named_now, team_of
from connector.sync.scope import Scope, TeamScope
from mappings.jql import own_issues
from mappings.labels import DUPLICATE, RETIRED
from mappings.records import IssueRecord, PageRecord


@dataclass(slots=True)
class RecoveredIssues:
    """What a look for issues by their mark brought."""

    by_ref: dict[str, IssueRecord] = field(default_factory=dict)
    duplicates: list[IssueRecord] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)  # refs whose create may have been done and may not be found yet


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sought:
    """Issues that we do not know to stand in Jira."""

    wanted: Mapping[str, WantedIssue]  # by ref
    over: Mapping[str, TeamScope]  # teams by how refs of theirs begin that belong to a cycle that is over

    def takes(self, ref: str, issue: IssueRecord) -> bool:
        """Whether an issue with that mark is one of them; of a cycle that is over, one that left the book is not."""
        if DUPLICATE in issue.labels:
            return False
        return ref in self.wanted or (ref.startswith(tuple(self.over)) and RETIRED not in issue.labels)


def recover_issues(
    jira: Jira,
    memory: Memory,
    scope: Scope,
    wanted: Sequence[WantedIssue],
    pages: Mapping[str, PageRecord],
    lag: timedelta,
) -> RecoveredIssues:
    """Issues that we did not know to stand in Jira: by the links on found planning pages, then by label.

    Nobody wants those of a cycle that is over any more; they are sought where our memory of them is gone.
    """
    found = RecoveredIssues()
    missing = {w.ref: w for w in wanted if memory.remote(Kind.ISSUE, w.ref) is None}
    sought = _Sought(wanted=missing, over=_over(memory, scope, pages))
    if not missing and not sought.over:
        return found
    linked = {ref: issue_keys(page.body) for ref, page in pages.items() if ref.startswith("planning/")}
    keys = dict.fromkeys(key for some in linked.values() for key in some)
    if keys:
        _sort(jira.issues(tuple(keys)), sought, scope, found)
    unlinked = [one for begins, one in sought.over.items() if not linked.get(f"planning/{begins[:-1]}")]
    absent = [w for ref, w in missing.items() if ref not in found.by_ref]
    if absent or unlinked:
        _sort(_labelled(jira, scope, absent, unlinked), sought, scope, found)
    memory.keep(*(_issue_row(ref, issue, scope) for ref, issue in found.by_ref.items()))
    for ref in missing.keys() - found.by_ref.keys():
        intent = memory.row(Kind.ISSUE, ref)
        if intent is not None and scope.now - intent.since < lag:
            found.waiting.add(ref)
    return found


def _over(memory: Memory, scope: Scope, pages: Mapping[str, PageRecord]) -> dict[str, TeamScope]:
    """Cycles that are over, of teams whose pages had to be found again, as far as we know no issue of them."""
    lost = {team_of(ref) for ref in pages}
    begins = {
        f"{one.team.id}/{cycle.id.casefold()}/": one
        for one in scope.teams
        if one.team.id in lost and one.team.jira is not None
        for cycle in one.cycles
        if cycle.last < one.today
    }
    return {each: one for each, one in begins.items() if not memory.rows(Kind.ISSUE, each)}


def _labelled(
    jira: Jira, scope: Scope, absent: Iterable[WantedIssue], unlinked: Iterable[TeamScope]
) -> list[IssueRecord]:
    """All issues with our mark of the teams that lack some, in chunks of teams."""
    lacking = list(absent)
    places = [(one.team.id, one.team.jira.project) for one in unlinked if one.team.jira is not None]
    projects = sorted({w.project for w in lacking} | {project for _, project in places})
    owners = {w.team for w in lacking} | {team for team, _ in places}
    names = sorted({name for s in scope.teams if s.team.id in owners for name in (s.team.id, s.team.was) if name})
    chunks = (names[start : start + CHUNK] for start in range(0, len(names), CHUNK))
    return [issue for chunk in chunks for issue in _marked(jira, projects, chunk)]


def _marked(jira: Jira, projects: Sequence[str], teams: Sequence[str]) -> tuple[IssueRecord, ...]:
    """Issues with our mark; a project that the site does not know has none, and its team is told by the create."""
    try:
        return jira.find_issues(own_issues(projects, teams))
    except RequestRefused:
        if len(projects) == 1:
            return ()
        half = len(projects) // 2
        return _marked(jira, projects[:half], teams) + _marked(jira, projects[half:], teams)


def _sort(issues: Iterable[IssueRecord], sought: _Sought, scope: Scope, found: RecoveredIssues) -> None:
    """The lowest id of a ref is the issue; any other is a duplicate."""
    renamed = [s.team for s in scope.teams if s.team.was]
    for issue in sorted(issues, key=lambda i: int(i.id)):
        ref = issue.ref or ""
        for team in renamed:
            ref = named_now(ref, team)
        if not sought.takes(ref, issue):
            continue
        if ref not in found.by_ref:
            found.by_ref[ref] = issue
        elif found.by_ref[ref].id != issue.id:
            found.duplicates.append(issue)


def _issue_row(ref: str, issue: IssueRecord, scope: Scope) -> Resource:
    return Resource(kind=Kind.ISSUE, ref=ref, remote_id=issue.id, digest=issue.digest, since=scope.now)
