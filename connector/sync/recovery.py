"""Finding again what is ours at the sites: after a lost answer, and after our database is gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from mappings.jql import own_issues

from connector.ledger import Kind, Resource
from connector.pages.quotations import issue_keys
from connector.pages.regions import is_ours
from connector.pages.titles import check_in_title, planning_title, strategy_title
from connector.ports import Confluence, Jira
from connector.sync.issues import DUPLICATE, WantedIssue
from connector.sync.memory import Memory
from connector.sync.refs import STRATEGY, check_in_ref, home_ref, planning_ref
from connector.sync.scope import Scope
from mappings.calendar import IsoWeek
from mappings.records import IssueRecord, PageRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page of ours would stand."""

    space: str  # id
    folded: str  # no space takes two titles that differ in case alone
    title: str = field(compare=False)

    @classmethod
    def of(cls, space: str, title: str) -> "Place":
        """The place of a page with that title."""
        return cls(space=space, folded=title.strip().casefold(), title=title)


def places(scope: Scope, spaces: Mapping[str, str]) -> dict[Place, str]:
    """Every page that could be ours, by where it would stand; spaces are ids by key."""
    found: dict[Place, str] = {}

    def put(space: str, title: str, ref: str) -> None:
        if space in spaces:
            found[Place.of(spaces[space], title)] = ref

    strategy = scope.strategy
    put(strategy.space, strategy_title(strategy), STRATEGY)
    for space in spaces:
        put(space, strategy.parent, home_ref(space))
    for team in (s.team for s in scope.teams):
        for cycle in strategy.cycles:
            put(team.space, planning_title(team, cycle, team.language), planning_ref(team, cycle))
            for week in IsoWeek.of(cycle.first).until(IsoWeek.of(cycle.last)):
                put(team.space, check_in_title(team, week, team.language), check_in_ref(team, week))
    return found


def recover_pages(
    confluence: Confluence, memory: Memory, scope: Scope, spaces: Mapping[str, str], wanted: Sequence[str]
) -> dict[str, PageRecord]:
    """Pages that we did not know to stand at the site, by ref, with their bodies; each is in the memory again.

    Intents are looked up by space and title. Where a home page is found that the memory did not know, the memory is
    lost, and everything below it is looked through, level by level; a site without our pages costs one request.
    """
    by_place = places(scope, spaces)
    expected = {ref: place for place, ref in by_place.items()}
    found: dict[str, PageRecord] = {}
    homes = [ref for ref in expected if ref.startswith("home/") and memory.remote(Kind.PAGE, ref) is None]
    if homes:
        ids = [expected[ref].space for ref in homes]
        _adopt(memory, scope, by_place, confluence.find_pages(ids, scope.strategy.parent), found)
    for ref in wanted:
        if memory.row(Kind.PAGE, ref) and not memory.remote(Kind.PAGE, ref) and ref in expected:
            place = expected[ref]
            _adopt(memory, scope, by_place, confluence.find_pages([place.space], place.title), found)
    parents = list(found.values())
    while parents:
        children = [c for p in parents for c in confluence.children(p.id)]
        spaces_of = {p.space for p in parents}
        ids = [c.id for c in children if any(Place.of(s, c.title.words) in by_place for s in spaces_of)]
        parents = _adopt(memory, scope, by_place, confluence.pages(ids) if ids else (), found)
    return found


def _adopt(
    memory: Memory,
    scope: Scope,
    by_place: Mapping[Place, str],
    records: Iterable[PageRecord],
    found: dict[str, PageRecord],
) -> list[PageRecord]:
    """Remembers the pages that carry our mark; a home page of somebody else is used, but never written (no version)."""
    adopted = []
    for record in records:
        ref = by_place.get(Place.of(record.space, record.title.words))
        ours = is_ours(record.body)
        if ref is None or memory.remote(Kind.PAGE, ref) or not (ours or ref.startswith("home/")):
            continue
        memory.keep(adopted_page(ref, record, scope) if ours else foreign_home(ref, record, scope))
        found[ref] = record
        adopted.append(record)
    return adopted


def adopted_page(ref: str, record: PageRecord, scope: Scope) -> Resource:
    """The row of a page of ours that was found again; without a digest, so that it is compared."""
    return Resource(kind=Kind.PAGE, ref=ref, remote_id=record.id, version=record.version, since=scope.now)


def foreign_home(ref: str, record: PageRecord, scope: Scope) -> Resource:
    """The row of somebody's own page that has the name of our home page."""
    return Resource(kind=Kind.PAGE, ref=ref, remote_id=record.id, since=scope.now)


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
        _sort(jira.issues(tuple(dict.fromkeys(keys))), missing, found)
    if missing.keys() - found.by_ref.keys():
        projects = sorted({w.project for w in missing.values()})
        teams = sorted({w.team for w in missing.values()})
        _sort(jira.find_issues(own_issues(projects, teams)), missing, found)
    memory.keep(*(_issue_row(ref, issue, scope) for ref, issue in found.by_ref.items()))
    for ref in missing.keys() - found.by_ref.keys():
        intent = memory.row(Kind.ISSUE, ref)
        if intent is not None and scope.now - intent.since < lag:
            found.waiting.add(ref)
    return found


def _sort(issues: Iterable[IssueRecord], missing: Mapping[str, WantedIssue], found: RecoveredIssues) -> None:
    """The lowest id of a ref is the issue; any other is a duplicate."""
    for issue in sorted(issues, key=lambda i: int(i.id)):
        if issue.ref is None or issue.ref not in missing or DUPLICATE in issue.labels:
            continue
        if issue.ref not in found.by_ref:
            found.by_ref[issue.ref] = issue
        elif found.by_ref[issue.ref].id != issue.id:
            found.duplicates.append(issue)


def _issue_row(ref: str, issue: IssueRecord, scope: Scope) -> Resource:
    return Resource(kind=Kind.ISSUE, ref=ref, remote_id=issue.id, digest=issue.digest, since=scope.now)
