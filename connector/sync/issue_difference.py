"""Issues of ours as they should be against those that are there. Pure."""

from dataclasses import replace

from connector.errors import Advice, Code, ConnectorError, TemporaryError
from connector.ledger import Kind, Resource
from connector.pages.views import Addresses
from connector.ports import IssueEdit
from connector.sync.difference import Difference
from connector.sync.issue_closing import close_issues, link_digest
from connector.sync.issues import WantedIssue, retired_digest, same_summary
from connector.sync.memory import same_thing
from connector.sync.plan import ClearAssignee, CreateIssue, EditIssue, LinkEvidence, PutRemoteLink, Trouble
from connector.sync.refs import evidence_ref, named_before, team_of
from connector.sync.survey import Survey
from mappings.calendar import IsoWeek
from mappings.labels import DUPLICATE, RETIRED
from mappings.okr import Cycle, Language, Team, key_result_ref, key_results, objective_ref
from mappings.records import IssueRecord

MOST_CLEARED = 2  # how often an assignee is cleared after the create; then a person decided, and doctor tells


def compare_issues(seen: Survey, addresses: Addresses, out: Difference) -> None:
    """Issues of ours as they should be against those that are there."""
    for wanted in seen.wanted:
        if wanted.ref in seen.recovered.waiting:
            out.troubles.append(Trouble(team=wanted.team, error=_waits(wanted)))
            continue
        _compare_issue(wanted, seen, addresses, out)
    _retire(seen, addresses, out)
    close_issues(seen, addresses, out)
    for issue in seen.recovered.duplicates:
        edit = IssueEdit(add_labels=(DUPLICATE,), ref=issue.ref or "", digest=issue.digest or "")
        out.do(team_of(edit.ref), edit.ref, f"{edit.ref}>{issue.key}", EditIssue(issue_id=issue.id, edit=edit))


def _compare_issue(wanted: WantedIssue, seen: Survey, addresses: Addresses, out: Difference) -> None:
    known, issue = out.memory.remote(Kind.ISSUE, wanted.ref), seen.issues.get(wanted.ref)
    if known is not None and issue is None and not out.restore:
        out.left(wanted.team, wanted.ref, "issue")
        return
    before = len(out.steps)
    if issue is None:
        out.do(wanted.team, wanted.ref, wanted.ref, CreateIssue(wanted=wanted), wanted.digest)
    else:
        _compare_words(wanted, issue, out)
        if issue.id in seen.assigned and known is not None:
            _assigned(wanted, issue, known, out)
    _compare_links(wanted, issue, seen, out)
    _compare_remote_link(wanted, issue, seen, addresses, out)
    if len(out.steps) == before:
        out.unchanged.append((wanted.team, wanted.ref))


def _compare_words(wanted: WantedIssue, issue: IssueRecord, out: Difference) -> None:
    """Summary and labels: a person's summary stays; a label that a person removed stays away."""
    touched = issue.digest is not None and not same_summary(issue.digest, issue.summary.words)
    missing = tuple(label for label in wanted.labels if label not in issue.labels)
    surplus = tuple(label for label in wanted.outdated if label in issue.labels)
    ours = issue.digest == wanted.digest and issue.ref == wanted.ref
    if touched and not out.restore:
        out.left(wanted.team, wanted.ref, "summary")
    if ours and missing and not out.restore:
        out.left(wanted.team, wanted.ref, "labels")
    if ours and not (out.restore and (touched or missing)):
        return
    edit = IssueEdit(
        summary=None if touched and not out.restore else wanted.summary,
        add_labels=missing,
        remove_labels=surplus,
        ref=wanted.ref,
        digest=wanted.digest,
    )
    out.do(wanted.team, wanted.ref, wanted.ref, EditIssue(issue_id=issue.id, edit=edit), wanted.digest)


def _assigned(wanted: WantedIssue, issue: IssueRecord, known: Resource, out: Difference) -> None:
    times = known.version or 0
    if times >= MOST_CLEARED:
        out.left(wanted.team, wanted.ref, "assignee")
        return
    out.do(wanted.team, wanted.ref, wanted.ref, ClearAssignee(issue_id=issue.id, times=times))


def _compare_links(wanted: WantedIssue, issue: IssueRecord | None, seen: Survey, out: Difference) -> None:
    linked = {link.other for link in issue.links} if issue else set()
    for epic in wanted.evidence:
        ref = evidence_ref(wanted.ref, epic)
        known = out.memory.row(Kind.EVIDENCE, ref)
        if epic in linked:
            if issue is not None and not same_thing(known, issue.id):
                out.notes.append(Resource(kind=Kind.EVIDENCE, ref=ref, remote_id=issue.id, since=seen.scope.now))
        elif issue is not None and same_thing(known, issue.id) and not out.restore:
            out.left(wanted.team, wanted.ref, "link")
        else:
            out.do(wanted.team, wanted.ref, ref, LinkEvidence(issue=wanted.ref, epic=epic, link_type=wanted.link_type))


def _compare_remote_link(
    wanted: WantedIssue, issue: IssueRecord | None, seen: Survey, addresses: Addresses, out: Difference
) -> None:
    url = addresses.pages.get(wanted.page, "")
    digest = link_digest(wanted.summary, url)
    known = out.memory.row(Kind.REMOTE_LINK, wanted.ref)
    ours = known if issue is not None and same_thing(known, issue.id) else None
    if ours is not None and ours.digest == digest:
        return
    there = seen.remote_links.get(wanted.ref)
    if issue is not None and there is not None and ours is None and link_digest(there.title.words, there.url) == digest:
        row = Resource(kind=Kind.REMOTE_LINK, ref=wanted.ref, digest=digest, since=seen.scope.now)
        out.notes.append(replace(row, remote_id=issue.id))
        return
    deed = PutRemoteLink(issue=wanted.ref, page=wanted.page, title=wanted.summary, digest=digest, before=wanted.before)
    out.do(wanted.team, wanted.ref, wanted.ref, deed, digest)


def _retire(seen: Survey, addresses: Addresses, out: Difference) -> None:
    """Issues whose objective or key result left the book before its cycle ended."""
    wanted = {w.ref for w in seen.wanted}
    waiting = seen.recovered.waiting
    for ref, issue in sorted(seen.issues.items()):
        if ref in wanted or ref in waiting or RETIRED in issue.labels or not _may_retire(ref, seen):
            continue
        edit = IssueEdit(add_labels=(RETIRED,), ref=ref, digest=retired_digest(issue.digest))
        team = seen.scope.book.team(team_of(ref))
        struck = team is not None and team.writes_itself
        deed = EditIssue(issue_id=issue.id, edit=edit, retires=True, struck=struck)
        out.do(team_of(ref), ref, ref, deed, edit.digest)
        page, title = _farewell(ref, seen)
        digest = link_digest(title, addresses.pages.get(page, ""))
        link = PutRemoteLink(issue=ref, page=page, title=title, digest=digest, before=named_before(ref, team))
        out.do(team_of(ref), ref, ref, link, digest)


def _may_retire(ref: str, seen: Survey) -> bool:
    """Only in a cycle that has not ended, and only where the team's part of the book was read, or the team left it."""
    team, _, rest = ref.partition("/")
    cycle_id = rest.partition("/")[0]
    cycle = next((c for c in seen.scope.strategy.cycles if c.id.casefold() == cycle_id), None)
    scope = next((s for s in seen.healthy() if s.team.id == team), None)
    if cycle is None:
        return False
    if scope is not None:
        return cycle.last >= scope.today and scope.is_told(cycle) and ref not in _in_book(scope.team, cycle)
    left = seen.scope.whole and team not in seen.scope.known
    return left and cycle.last >= seen.scope.now.astimezone(seen.scope.strategy.timezone).date()


def _in_book(team: Team, cycle: Cycle) -> set[str]:
    """What stands there although its time has not come: somebody asked for its planning page early."""
    parts = {key_result_ref(team, objective, key_result) for objective, key_result in key_results(team, cycle)}
    return parts | {objective_ref(team, objective) for objective in team.in_cycle(cycle)}


def _farewell(ref: str, seen: Survey) -> tuple[str, str]:
    """The planning page a retired issue points to, and what its link says."""
    team, cycle = ref.split("/")[:2]
    scope = next((s for s in seen.scope.teams if s.team.id == team), None)
    language = scope.team.language if scope else seen.scope.strategy.language
    week = IsoWeek.of(seen.scope.now.date())
    if language is Language.DE:
        return f"planning/{team}/{cycle}", f"Gehört seit KW {week.week:02d}/{week.year} nicht mehr zu den OKR des Teams"
    return f"planning/{team}/{cycle}", f"No longer part of the team's OKRs since week {week.week:02d}/{week.year}"


def _waits(wanted: WantedIssue) -> ConnectorError:
    return TemporaryError(
        Code.CREATE_WAITS,
        Advice(
            what="an issue may have been created already, so it is not created again yet",
            where=f"{wanted.ref}",
            why="an earlier run got no answer, and Jira's search may not show the issue yet",
            options=("sync again once OKR_SEARCH_LAG has passed", "look for the label okr-connector in the project"),
        ),
    )
