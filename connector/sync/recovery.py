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
from connector.sync.refs import named_now
from connector.sync.scope import Scope
from mappings.jql import own_issues
from mappings.labels import DUPLICATE
from mappings.records import IssueRecord, PageRecord


@dataclass(slots=True)
class RecoveredIssues:
    """What a look for issues by their mark brought."""

    by_ref: dict[str, IssueRecord] = field(default_factory=dict)
    duplicates: list[IssueRecord] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)  # refs whose create may have been done and may not be found yet


def recover_issues(
    jira: Jira,
    memory: Memory,
    scope: Scope,
    wanted: Sequence[WantedIssue],
    pages: Mapping[str, PageRecord],
    lag: timedelta,
) -> RecoveredIssues:
    """Issues that we did not know to stand in Jira: by the links on found planning pages, then by label."""
    found = RecoveredIssues()
    missing = {w.ref: w for w in wanted if memory.remote(Kind.ISSUE, w.ref) is None}
    if not missing:
        return found
    keys = [key for ref, page in pages.items() if ref.startswith("planning/") for key in issue_keys(page.body)]
    if keys:
        _sort(jira.issues(tuple(dict.fromkeys(keys))), missing, scope, found)
    if missing.keys() - found.by_ref.keys():
        projects = sorted({w.project for w in missing.values()})
        owners = {w.team for w in missing.values()}
        names = sorted({name for s in scope.teams if s.team.id in owners for name in (s.team.id, s.team.was) if name})
        chunks = (names[start : start + CHUNK] for start in range(0, len(names), CHUNK))
        marked = [issue for chunk in chunks for issue in _marked(jira, projects, chunk)]
        _sort(marked, missing, scope, found)
    memory.keep(*(_issue_row(ref, issue, scope) for ref, issue in found.by_ref.items()))
    for ref in missing.keys() - found.by_ref.keys():
        intent = memory.row(Kind.ISSUE, ref)
        if intent is not None and scope.now - intent.since < lag:
            found.waiting.add(ref)
    return found


def _marked(jira: Jira, projects: Sequence[str], teams: Sequence[str]) -> tuple[IssueRecord, ...]:
    """Issues with our mark; a project that the site does not know has none, and its team is told by the create."""
    try:
        return jira.find_issues(own_issues(projects, teams))
    except RequestRefused:
        if len(projects) == 1:
            return ()
        half = len(projects) // 2
        return _marked(jira, projects[:half], teams) + _marked(jira, projects[half:], teams)


def _sort(
    issues: Iterable[IssueRecord], missing: Mapping[str, WantedIssue], scope: Scope, found: RecoveredIssues
) -> None:
    """The lowest id of a ref is the issue; any other is a duplicate."""
    renamed = [s.team for s in scope.teams if s.team.was]
    for issue in sorted(issues, key=lambda i: int(i.id)):
        ref = issue.ref or ""
        for team in renamed:
            ref = named_now(ref, team)
        if ref not in missing or DUPLICATE in issue.labels:
            continue
        if ref not in found.by_ref:
            found.by_ref[ref] = issue
        elif found.by_ref[ref].id != issue.id:
            found.duplicates.append(issue)


def _issue_row(ref: str, issue: IssueRecord, scope: Scope) -> Resource:
    return Resource(kind=Kind.ISSUE, ref=ref, remote_id=issue.id, digest=issue.digest, since=scope.now)
