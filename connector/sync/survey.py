"""Everything as it is: epics, our issues, our pages, what teams answered. Reads only, batched across teams."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from connector.errors import ConnectorError
from connector.ledger import Answer, Kind, Ledger, Resource
from connector.ports import Confluence, Jira
from connector.sources.sources import Sources
from connector.sources.watched import Complaint
from connector.sync.connections import asked_at_once
from connector.sync.desired import Observations
from connector.sync.evidence import EvidenceByIndicator, sight
from connector.sync.gathering import ending_refs, organisation_refs, spoken_refs
from connector.sync.ground import Ground
from connector.sync.harvest import answers_before, cells_before, harvest, readings_before
from connector.sync.issues import WantedIssue, global_id, is_closed, wanted_issues
from connector.sync.memory import Memory, labelled, same_thing
from connector.sync.recovery import RecoveredIssues, recover_issues
from connector.sync.refs import RECORD, STRATEGY, check_in_ref, check_in_week, home_ref, planning_ref, team_of
from connector.sync.review_numbers import harvest_reviews
from connector.sync.scope import Scope, TeamScope
from connector.sync.written import Written
from mappings.indicators import Reading
from mappings.jql import own_assigned
from mappings.okr import indicator_ref
from mappings.open_cells import OpenCell
from mappings.records import IssueRecord, PageRecord, RemoteLinkRecord

_PAGE_ID = re.compile(r"[?&]pageId=(\d+)\Z")


@dataclass(slots=True)
class Survey:
    """What one run saw; teams with a trouble are not planned for, those with a complaint are."""

    scope: Scope
    spaces: dict[str, str] = field(default_factory=dict)  # id by key
    troubles: dict[str, ConnectorError] = field(default_factory=dict)  # by team id
    complaints: tuple[Complaint, ...] = ()  # about sources; their teams are planned for all the same
    evidence: Mapping[str, EvidenceByIndicator] = field(default_factory=dict)  # by team id
    wanted: list[WantedIssue] = field(default_factory=list)
    issues: dict[str, IssueRecord] = field(default_factory=dict)  # by ref
    recovered: RecoveredIssues = field(default_factory=RecoveredIssues)
    remote_links: dict[str, RemoteLinkRecord] = field(default_factory=dict)  # by ref, where we do not remember a link
    assigned: frozenset[str] = frozenset()  # issue ids
    versions: dict[str, int] = field(default_factory=dict)  # by page ref; a known page that is absent is gone or hidden
    found: dict[str, PageRecord] = field(default_factory=dict)  # pages found again in this run, by ref
    bodies: dict[str, PageRecord] = field(default_factory=dict)  # by ref, of pages whose version moved
    at_hand: Mapping[str, PageRecord] = field(default_factory=dict)  # by ref, bodies that were read before
    labels: dict[str, frozenset[str]] = field(default_factory=dict)  # by ref, of pages whose labels we do not remember
    answers: dict[str, list[Answer]] = field(default_factory=dict)  # by team id
    readings: dict[str, list[Reading]] = field(default_factory=dict)  # by team/indicator
    open_cells: tuple[OpenCell, ...] = ()

    def healthy(self) -> tuple[TeamScope, ...]:
        """The teams that can be planned for."""
        return tuple(s for s in self.scope.teams if s.team.id not in self.troubles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyor:
    """Reads the sites for one run."""

    jira: Jira
    confluence: Confluence
    ledger: Ledger
    memory: Memory
    lag: timedelta  # how far the search index of Jira may be behind
    sources: Sources | None = None  # None: no series but those that teams write and others send

    def survey(self, written: Written, ground: Ground) -> Survey:
        """A half-read source raises, so that nothing is planned on it; a team's own fault becomes its trouble."""
        scope = written.scope
        seen = Survey(scope=scope, spaces=dict(ground.spaces), troubles=dict(ground.troubles))
        wanted, recovery = self._wanted_pages(seen), ground.recovery
        recovery.understand(scope)
        recovery.look(wanted)
        seen.found = recovery.found
        self._epics(seen)
        self._issues(seen)
        recovery.follow(_linked_pages(seen))
        self._pages(self._wanted_pages(seen), seen, written)
        self.memory.settle()
        if self.sources is not None:
            days = [(s.team, s.today) for s in seen.healthy()]
            seen.complaints = self.sources.refresh(days, scope.strategy.cycles, scope.now)
        self._series(seen)
        return seen

    def observations(self, seen: Survey, scope: TeamScope) -> Observations:
        """What the pages of one team are drawn from, beside its book."""
        team = scope.team
        rows = self.memory.rows(Kind.PAGE, f"check-in/{team.id}/")
        weeks = (check_in_week(row.ref, team) for row in rows if row.remote_id)
        return Observations(
            evidence=seen.evidence.get(team.id, {}),
            readings={i.id: tuple(seen.readings.get(indicator_ref(team, i), ())) for i in team.indicators},
            answers=tuple(seen.answers.get(team.id, ())),
            open_cells=tuple(cell for cell in seen.open_cells if cell.team == team.id),
            weeks=frozenset(week for week in weeks if week is not None),
        )

    def _check_ins(self, seen: Survey) -> list[str]:
        return [check_in_ref(scope.team, scope.week) for scope in seen.healthy() if scope.week]

    def _wanted_pages(self, seen: Survey) -> list[str]:
        wanted = [home_ref(key) for key in seen.spaces] + [STRATEGY, RECORD]
        wanted += organisation_refs(seen.scope)
        for scope in seen.healthy():
            wanted += [planning_ref(scope.team, cycle) for cycle in scope.planned]
            wanted += ending_refs(scope, self.memory)
        return wanted + self._check_ins(seen)

    def _pages(self, wanted: Sequence[str], seen: Survey, written: Written) -> None:
        refs = [*wanted, *(ref for scope in seen.healthy() for ref in self._previous(scope))]
        refs += spoken_refs(seen.scope, self.memory)
        known = {ref: row for ref in refs if (row := self.memory.remote(Kind.PAGE, ref)) and row.version is not None}
        unknown = [r.remote_id or "" for r in known.values() if r.remote_id not in written.looked]
        versions = {v.id: v.version for v in self.confluence.versions(unknown)} | dict(written.versions)
        seen.versions = {ref: versions[row.remote_id] for ref, row in known.items() if row.remote_id in versions}
        moved = [ref for ref, version in seen.versions.items() if known[ref].version != version]
        seen.bodies = {ref: page for ref, page in seen.found.items() if ref in seen.versions}
        seen.at_hand = written.bodies
        seen.bodies |= self.read((ref for ref in moved if ref not in seen.bodies), seen)
        self._labels(wanted, seen)
        self._harvest(seen)

    def read(self, refs: Iterable[str], seen: Survey) -> dict[str, PageRecord]:
        """The bodies of known pages, by ref; what is gone meanwhile is absent."""
        wanted = list(refs)
        found = {ref: seen.at_hand[ref] for ref in wanted if ref in seen.at_hand}
        rows = ((ref, self.memory.remote(Kind.PAGE, ref)) for ref in wanted if ref not in found)
        ids = {row.remote_id: ref for ref, row in rows if row}
        pages = self.confluence.pages([page_id for page_id in ids if page_id]) if ids else ()
        return found | {ids[page.id]: page for page in pages if page.id in ids}

    def harvested(self, seen: Survey, wanted: set[str], settled: set[str]) -> list[Resource]:
        """Rows of pages that were only read, with the version that was read; a settled one is compared another time."""
        rows = ((self.memory.remote(Kind.PAGE, ref), page) for ref, page in seen.bodies.items() if ref not in wanted)
        return [
            replace(row, version=page.version, digest=None if row.ref in settled else row.digest)
            for row, page in rows
            if row is not None
        ]

    def _previous(self, scope: TeamScope) -> tuple[str, ...]:
        """The check-in before the newest: people may still be writing there."""
        newest = check_in_ref(scope.team, scope.week) if scope.week else "~"
        known = self.memory.rows(Kind.PAGE, f"check-in/{scope.team.id}/")
        return tuple(row.ref for row in known if row.remote_id and row.ref < newest)[-1:]

    def _labels(self, wanted: Sequence[str], seen: Survey) -> None:
        """Labels of pages that we do not remember to have labelled are read, so that none is written that is there."""
        pages: dict[str, str] = {}
        for ref in wanted:
            page = self.memory.remote(Kind.PAGE, ref)
            known = self.memory.row(Kind.PAGE_LABELS, ref)
            if page and page.remote_id and ref in seen.versions and not labelled(page, known):
                pages[ref] = page.remote_id
        seen.labels = dict(zip(pages, asked_at_once(self.confluence.labels, pages.values()), strict=True))

    def _harvest(self, seen: Survey) -> None:
        """Also of teams that cannot be served now: what was found again is looked through once."""
        teams = {scope.team.id: scope for scope in seen.scope.teams}
        pages = [(ref, page) for ref, page in (seen.bodies | seen.found).items() if team_of(ref) in teams]
        written = [(teams[team_of(ref)], ref, page) for ref, page in pages]
        harvest(self.ledger, (one for one in written if one[1].startswith("check-in/")), lost=seen.found.keys())
        harvest_reviews(self.ledger, (one for one in written if one[1].startswith("review/")))

    def _epics(self, seen: Survey) -> None:
        sightings = sight(self.jira, [s.team for s in seen.healthy()])
        seen.evidence = sightings.by_team
        seen.troubles.update(sightings.refused)

    def _issues(self, seen: Survey) -> None:
        for scope in seen.healthy():
            seen.wanted += wanted_issues(scope, seen.evidence.get(scope.team.id, {}))
        seen.recovered = recover_issues(self.jira, self.memory, seen.scope, seen.wanted, seen.found, self.lag)
        seen.issues = dict(seen.recovered.by_ref)
        teams = {s.team.id for s in seen.healthy()}
        rows = [r for r in self.memory.rows(Kind.ISSUE) if seen.scope.whole or team_of(r.ref) in teams]
        rows = [row for row in rows if not is_closed(row.digest)]  # those of cycles long over cost nothing
        known = {r.remote_id: r.ref for r in rows if r.remote_id and r.ref not in seen.issues}
        if known:
            read = self.jira.issues([issue_id for issue_id in known if issue_id], remembered=True)
            seen.issues |= {
                known[issue.id]: self._marked(issue, known[issue.id]) for issue in read if issue.id in known
            }
        self._remote_links(seen)
        projects = sorted({issue.project for issue in seen.issues.values()})
        if projects:
            seen.assigned = self.jira.issue_ids(own_assigned(projects), self._just_cleared(rows, seen.scope))

    def _just_cleared(self, rows: Iterable[Resource], scope: Scope) -> tuple[str, ...]:
        """Issues that a search may still show with the assignee whom we cleared."""
        recent = (row for row in rows if row.version and scope.now - row.since < self.lag)
        return tuple(row.remote_id for row in recent if row.remote_id)

    def _marked(self, issue: IssueRecord, ref: str) -> IssueRecord:
        """With the mark that we remember, where the site sends none along."""
        row = self.memory.row(Kind.ISSUE, ref)
        return issue if issue.marked or row is None else replace(issue, ref=ref, digest=row.digest, marked=True)

    def _remote_links(self, seen: Survey) -> None:
        """Links that we do not remember to have made are read, so that none is written that is there."""
        unknown = [
            (w, issue.id)
            for w in seen.wanted
            if (issue := seen.issues.get(w.ref)) is not None
            and not same_thing(self.memory.row(Kind.REMOTE_LINK, w.ref), issue.id)
        ]
        links = asked_at_once(lambda pair: standing_link(self.jira, pair[1], pair[0].ref, pair[0].before), unknown)
        seen.remote_links = {w.ref: link for (w, _), link in zip(unknown, links, strict=True) if link is not None}

    def _series(self, seen: Survey) -> None:
        renamed = [scope.team for scope in seen.scope.teams if scope.team.was]
        readings, answers = self.ledger.readings(), self.ledger.answers()
        seen.readings, seen.answers = defaultdict(list), defaultdict(list)
        for reading in (*readings, *(r for team in renamed for r in readings_before(team, readings))):
            seen.readings[reading.indicator].append(reading)
        for answer in (*answers, *(a for team in renamed for a in answers_before(team, answers))):
            seen.answers[answer.team].append(answer)
        cells = self.ledger.open_cells()
        seen.open_cells = (*cells, *(cell for team in renamed for cell in cells_before(team, cells)))


def standing_link(jira: Jira, issue_id: str, ref: str, before: str | None) -> RemoteLinkRecord | None:
    """The link of an issue to its page; that of a renamed team's issue still bears the earlier ref."""
    refs = [ref] if before is None else [ref, before]
    return next((link for known in refs if (link := jira.remote_link(issue_id, global_id(known)))), None)


def _linked_pages(seen: Survey) -> dict[str, str]:
    """Ids of the planning pages that issues of ours link to, by ref."""
    pages = {w.ref: w.page for w in seen.wanted}
    linked = ((pages[ref], _PAGE_ID.search(link.url)) for ref, link in seen.remote_links.items() if ref in pages)
    return {page: match[1] for page, match in linked if match}
