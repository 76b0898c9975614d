"""One run for a batch of teams: look, compare, apply, report. The five lines that name the order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from connector.agreement import InForce, no_agreement
from connector.errors import ConnectorError
from connector.ledger import Kind, Ledger, RunRecord
from connector.pages.paper import Paper
from connector.pages.render import Pages
from connector.pages.views import Addresses
from connector.ports import Clock, Confluence, Jira, RequestCounts, RequestMeter
from connector.rhythms import WrittenRhythm
from connector.sources.sources import Sources
from connector.sync.apply import Hands, Receipts
from connector.sync.desired import WantedPage, wanted_organisation
from connector.sync.difference import Difference
from connector.sync.gathering import Gathering, has_log
from connector.sync.ground import ground
from connector.sync.issue_creation import IssueCreation
from connector.sync.issue_difference import compare_issues
from connector.sync.leave import Always, LeaveToWrite
from connector.sync.memory import Memory
from connector.sync.page_difference import Comparison, Standing, looked_at, standing
from connector.sync.page_writing import PageWriting
from connector.sync.plan import CreateIssue, Plan, Trouble, ordered
from connector.sync.plan_checks import check_plan, check_teams
from connector.sync.plan_reading import Shelf
from connector.sync.readers import Readers
from connector.sync.refs import ORGANISATION, STRATEGY
from connector.sync.report import SyncReport, TeamReport, team_reports
from connector.sync.scope import Options, Scope, scope_of
from connector.sync.stillness import sort
from connector.sync.survey import Survey, Surveyor
from connector.sync.team_pages import wanted_team_pages
from connector.sync.told_pages import Telling
from connector.sync.written import Written, written
from mappings.okr import MappingBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A plan and what it was made from."""

    plan: Plan
    seen: Survey
    memory: Memory
    keys: dict[str, str]  # issue keys by ref
    left: dict[str, str | None]  # refs of pages that people took away, and of the page above each
    rhythms: tuple[WrittenRhythm, ...]  # that teams wrote themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Keeps a book's teams in step with the sites."""

    jira: Jira
    confluence: Confluence
    ledger: Ledger
    pages: Pages
    clock: Clock
    meter: RequestMeter
    jira_url: str
    confluence_url: str
    search_lag: timedelta
    sources: Sources | None = None
    about: str | None = field(default=None)  # address of what is read here and what is not
    agreed: Callable[[], InForce] = no_agreement
    paper: Callable[[MappingBook], Paper] | None = None  # what is read and kept, as a page; None: no such page
    shelf: Shelf = field(default_factory=Shelf)  # pages that people write, as far as they were understood

    def plan(self, book: MappingBook, options: Options) -> Prepared:
        """What a sync would do now; nothing is written at a site."""
        check_teams(options, book)
        scope = scope_of(book, options, self.clock)
        self.agreed()  # a note that cannot be read ends the run before a site is asked
        memory = Memory(self.ledger)
        surveyor = Surveyor(
            jira=self.jira,
            confluence=self.confluence,
            ledger=self.ledger,
            memory=memory,
            lag=self.search_lag,
            sources=self.sources,
        )
        stands = ground(self.confluence, memory, scope)
        by = written(scope, self.shelf, self.confluence, memory, stands.recovery.found)
        return self._compare(by, surveyor.survey(by, stands), surveyor, memory)

    def sync(self, book: MappingBook, options: Options, leave: LeaveToWrite | None = None) -> SyncReport:
        """Does what `plan` says; raises what ends a run before anything was written. A write needs `leave`."""
        started, before = self.clock.now(), self.meter.counts()
        prepared = self.plan(book, options)
        check_plan(prepared.plan, options)
        self._keep_time(prepared)
        receipts = self._hands(prepared, leave or Always()).apply(prepared.plan)
        troubles = [*prepared.plan.troubles, *receipts.troubles, *_stopped(prepared.plan, receipts)]
        reports = team_reports(prepared.plan, receipts.done, troubles)
        requests = self.meter.counts().since(before)
        finished = self.clock.now()
        run = self.ledger.record_run(
            RunRecord(
                started=started,
                finished=finished,
                created=sum(t.created for t in reports),
                updated=sum(t.updated for t in reports),
                retired=sum(t.retired for t in reports),
                unchanged=sum(t.unchanged for t in reports),
                drift=sum(t.drift for t in reports),
                failed=sum(1 for t in reports if t.errors),
                reads=requests.reads,
                writes=requests.writes,
                points=requests.points,
                by_operation=requests.by_operation,
                quota=self.meter.quota_news(),
            )
        )
        later = (*prepared.plan.later, *receipts.later)
        return SyncReport(run=run, teams=reports, requests=requests, postponed=later, notes=prepared.plan.told)

    def _keep_time(self, prepared: Prepared) -> None:
        """What teams wrote about when they meet is known to clocks before anything else is done."""
        if prepared.rhythms:
            known = {(one.team, one.cycle): one for one in self.ledger.rhythms()}
            self.ledger.keep_rhythms(one for one in prepared.rhythms if known.get((one.team, one.cycle)) != one)

    def _compare(self, by: Written, seen: Survey, surveyor: Surveyor, memory: Memory) -> Prepared:
        scope = by.scope
        keys = {ref: issue.key for ref, issue in seen.issues.items()}
        out = Difference(memory=memory, restore=scope.options.restore_drift)
        gathering = self._gathering(scope, seen, memory)
        wanted = [looked_at(w, out) for w in self._wanted(scope, seen, surveyor, gathering)]
        pages = frozenset(w.ref for w in wanted if standing(w, seen, out) is Standing.COMING)
        standing_pages = {row.ref for row in memory.rows(Kind.PAGE)} - pages
        addresses = self._addresses(memory, keys, standing_pages)
        compare_issues(seen, addresses, out)
        coming = pages | {step.ref for step in out.steps if isinstance(step.deed, CreateIssue)}
        stale = [w for w in wanted if not w.settled and (w.uses & coming or self._is_stale(w, addresses, out))]
        if gathering is not None:
            drawn = pages | seen.bodies.keys() | {w.ref for w in stale}
            gathering.read((ref for w in wanted if w.ref in drawn for ref in w.sources), seen.bodies)
        unread = [w.ref for w in stale if w.ref in seen.versions and w.ref not in seen.bodies]
        bodies = seen.bodies | surveyor.read(unread, seen)
        Comparison(seen=seen, bodies=bodies, addresses=addresses, coming=coming).pages(wanted, out)
        settled = {w.ref for w in wanted if w.settled}
        out.notes += surveyor.harvested(seen, {w.ref for w in wanted} - settled, settled)
        when = sort(out.steps, scope, memory)
        plan = Plan(
            teams=tuple(s.team.id for s in scope.teams),
            steps=ordered(when.now),
            unchanged=tuple(out.unchanged),
            drift=tuple(out.drift),
            troubles=(
                *(Trouble(team=t, error=e) for t, e in seen.troubles.items()),
                *(Trouble(team=c.team, error=c.error, blocks=False) for c in seen.complaints),
                *out.troubles,
            ),
            known_issues=len(seen.issues),
            later=tuple((page.team, page.due) for page in when.later),
            notes=(*by.rows, *out.notes, *when.notes),
            told=by.notes,
        )
        left = {w.ref: w.parent for w in wanted if standing(w, seen, out) is Standing.LEFT}
        return Prepared(plan=plan, seen=seen, memory=memory, keys=keys, left=left, rhythms=by.rhythms)

    def _gathering(self, scope: Scope, seen: Survey, memory: Memory) -> Gathering | None:
        """In a run for all teams only: what one team writes does not make a single team's run read all others."""
        if not scope.whole:
            return None
        teams = {one.team.id: one.team for one in scope.teams}
        readers = Readers(confluence=self.confluence, memory=memory, versions=seen.versions, now=scope.now)
        return Gathering(
            confluence=self.confluence, memory=memory, readers=readers, teams=teams, versions=seen.versions
        )

    def _wanted(self, scope: Scope, seen: Survey, surveyor: Surveyor, gathering: Gathering | None) -> list[WantedPage]:
        agreed, paper = self.agreed(), self.paper(scope.filed) if self.paper else None
        telling = Telling(scope=scope, pages=self.pages, gathering=gathering)
        organisation = [*wanted_organisation(scope, self.pages, paper), *telling.wanted()]
        wanted = [telling.oriented(w) if w.ref == STRATEGY else w for w in organisation if w.space in seen.spaces]
        for team in seen.healthy():
            known = replace(surveyor.observations(seen, team), agreed_on=agreed.on, signed=agreed.signed)
            logged = has_log(team, surveyor.memory)
            wanted += wanted_team_pages(team, scope.strategy, known, self.pages, gathering, logged=logged)
        return wanted

    def _is_stale(self, wanted: WantedPage, addresses: Addresses, out: Difference) -> bool:
        row = out.memory.remote(Kind.PAGE, wanted.ref)
        if row is None or row.version is None:
            return False
        return row.digest != wanted.fingerprint(addresses, row.digest) or (out.restore and row.drifted > 0)

    def _addresses(self, memory: Memory, keys: dict[str, str], refs: Iterable[str]) -> Addresses:
        """Of all issues, and of these pages; page ids lead to a page wherever people moved it."""
        pages = {
            ref: f"{self.confluence_url}/pages/viewpage.action?pageId={row.remote_id}"
            for ref in refs
            if (row := memory.remote(Kind.PAGE, ref))
        }
        return Addresses(issues=dict(keys), pages=pages, browse=f"{self.jira_url}/browse/", about=self.about)

    def _hands(self, prepared: Prepared, leave: LeaveToWrite) -> Hands:
        memory, keys = prepared.memory, prepared.keys
        writing = PageWriting(
            confluence=self.confluence,
            memory=memory,
            clock=self.clock,
            spaces=prepared.seen.spaces,
            addresses=lambda refs: self._addresses(memory, keys, refs),
            left=prepared.left,
            leave=leave,
        )
        return Hands(
            jira=self.jira,
            confluence=self.confluence,
            memory=memory,
            clock=self.clock,
            issues=IssueCreation(jira=self.jira, clock=self.clock, leave=leave, keys=keys),
            pages=writing,
            leave=leave,
        )


def _stopped(plan: Plan, receipts: Receipts) -> list[Trouble]:
    """Teams whose steps were not reached because the site asked for rest have not been served."""
    if receipts.stopped is None:
        return []
    done = {id(step) for step in receipts.done}
    teams = dict.fromkeys(step.team for step in plan.steps if id(step) not in done)
    return [Trouble(team=team, error=receipts.stopped) for team in teams]


def nobody_served(
    book: MappingBook, options: Options, error: ConnectorError, before: RequestCounts, after: RequestCounts
) -> SyncReport:
    """The report of a run that ended before anything was written."""
    teams = (ORGANISATION, *(team.id for team in book.teams if not options.teams or team.id in options.teams))
    reports = tuple(TeamReport(team=team, errors=(error,)) for team in teams)
    return SyncReport(run=0, teams=reports, requests=after.since(before))
