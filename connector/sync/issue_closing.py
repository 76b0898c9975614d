"""Issues of a cycle that is over: a label and a link to the review, no transition, nothing retired. Pure."""

import hashlib
from dataclasses import replace

from connector.ledger import Kind
from connector.pages.titles import review_title
from connector.pages.views import Addresses
from connector.ports import IssueEdit
from connector.sync.cycle_end import STILL_WRITTEN, review_day
from connector.sync.difference import Difference
from connector.sync.issues import closed_digest, is_closed
from connector.sync.memory import same_thing
from connector.sync.plan import CloseIssue, PutRemoteLink
from connector.sync.refs import named_before, review_ref, team_of
from connector.sync.scope import TeamScope
from connector.sync.survey import Survey
from mappings.labels import CLOSED, RETIRED
from mappings.okr import Cycle
from mappings.records import IssueRecord


def close_issues(seen: Survey, addresses: Addresses, out: Difference) -> None:
    """Issues of teams' ended cycles are told once that it is over; one that left the book before stays retired."""
    scopes = {one.team.id: one for one in seen.healthy()}
    for ref, issue in sorted(seen.issues.items()):
        scope = scopes.get(team_of(ref))
        cycle = _cycle(ref, scope) if scope else None
        if scope is None or cycle is None or cycle.last >= scope.today or RETIRED in issue.labels:
            continue
        if not is_closed(issue.digest):
            if _review_comes(scope, cycle, addresses):
                continue
            edit = IssueEdit(add_labels=(CLOSED,), ref=ref, digest=closed_digest(issue.digest))
            out.do(scope.team.id, ref, ref, CloseIssue(issue_id=issue.id, edit=edit), edit.digest)
            _link(issue, ref, scope, cycle, addresses, out)
        elif (known := out.memory.remote(Kind.ISSUE, ref)) is not None and not is_closed(known.digest):
            out.notes.append(replace(known, digest=issue.digest))


def _review_comes(scope: TeamScope, cycle: Cycle, addresses: Addresses) -> bool:
    """Whether the page to link to may still be made."""
    made = review_ref(scope.team, cycle) in addresses.pages
    return not made and scope.today - cycle.last <= STILL_WRITTEN and review_day(scope.team, cycle) is not None


def _link(issue: IssueRecord, ref: str, scope: TeamScope, cycle: Cycle, addresses: Addresses, out: Difference) -> None:
    """To the review in place of the planning page, where there was a review and no run before this one came so far."""
    page = review_ref(scope.team, cycle)
    url = addresses.pages.get(page)
    if url is None:
        return
    title = review_title(scope.team, cycle, scope.team.language)
    digest, known = link_digest(title, url), out.memory.row(Kind.REMOTE_LINK, ref)
    if known is None or not same_thing(known, issue.id) or known.digest != digest:
        link = PutRemoteLink(issue=ref, page=page, title=title, digest=digest, before=named_before(ref, scope.team))
        out.do(scope.team.id, ref, ref, link, digest)


def _cycle(ref: str, scope: TeamScope) -> Cycle | None:
    name = ref.split("/")[1]
    return next((cycle for cycle in scope.cycles if cycle.id.casefold() == name), None)


def link_digest(title: str, url: str) -> str:
    """What a remote link of ours says, as a digest."""
    return hashlib.sha256(f"{title}\n{url}".encode()).hexdigest()[:20]
