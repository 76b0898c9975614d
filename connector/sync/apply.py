"""Plan → receipts. Each write is remembered as soon as it is confirmed; a create is remembered before it is sent."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, groupby

from connector.errors import AnswerLost, Code, ConnectorError, NotAnAnswer, TemporaryError
from connector.ledger import Kind, Resource
from connector.ports import Clock, Confluence, Jira, RemoteLink
from connector.sync.connections import CONNECTIONS, UnderWay, asked_at_once
from connector.sync.issue_closing import link_digest
from connector.sync.issue_creation import IssueCreation
from connector.sync.issues import global_id
from connector.sync.leave import Always, LeaveLost, LeaveToWrite
from connector.sync.memory import Memory
from connector.sync.page_writing import PageWriting
from connector.sync.plan import (
    MOMENTS,
    ClearAssignee,
    CreateIssue,
    CreatePage,
    EditIssue,
    LabelPage,
    LinkEvidence,
    Plan,
    PutRemoteLink,
    Step,
    Trouble,
    UpdatePage,
)
from connector.sync.stillness import DRAFT_WAIT, PageInUse
from connector.sync.survey import standing_link

Done = Future[tuple[Resource, ...] | None]

_UNSURE = (AnswerLost, LeaveLost, NotAnAnswer)


@dataclass(slots=True)
class Receipts:
    """What was done, and what could not be."""

    done: list[Step] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    later: list[tuple[str, datetime]] = field(default_factory=list)  # teams whose page waits, and until when
    stopped: ConnectorError | None = None  # the site asked for rest or could not be reached: the next run goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Does the steps of a plan."""

    jira: Jira
    confluence: Confluence
    memory: Memory
    clock: Clock
    issues: IssueCreation
    pages: PageWriting
    leave: LeaveToWrite = field(default_factory=Always)
    connections: int = CONNECTIONS

    def apply(self, plan: Plan) -> Receipts:
        """Steps of one kind side by side, kinds in the plan's order, and what is done in Jira beside what is done in
        Confluence where neither needs the other; a fault of one team does not stop the others."""
        receipts = Receipts()
        self.memory.keep(*plan.notes)
        for lanes in MOMENTS:
            steps = [[step for step in plan.steps if type(step.deed) in kinds] for kinds in lanes]
            asked_at_once(lambda lane: self._lane(lane, receipts), filter(None, steps))
        return receipts

    def _lane(self, steps: Iterable[Step], receipts: Receipts) -> None:
        """Where our memory fails, nothing more is sent, in the other lane neither."""
        for _, group in groupby(steps, key=lambda step: step.rank[:2]):
            if receipts.stopped is not None:
                return
            try:
                self._phase(tuple(group), receipts)
            except ConnectorError as error:
                receipts.stopped = error
                raise

    def _phase(self, steps: tuple[Step, ...], receipts: Receipts) -> None:
        if isinstance(steps[0].deed, CreateIssue):
            for batch in self.issues.batches(steps, receipts.troubles):
                self._create_issues(batch, receipts)
            return
        if isinstance(steps[0].deed, CreatePage):
            steps = self._announced(steps, receipts)
        self._side_by_side(steps, self._deed, receipts)

    def _create_issues(self, batch: Sequence[Step], receipts: Receipts) -> None:
        """One bulk create; intents are committed before it is sent, and withdrawn where it was surely refused."""
        if receipts.stopped is not None:
            return
        try:
            self.leave.ask()
        except LeaveLost as error:
            receipts.stopped = error
            return
        self.memory.intend(Kind.ISSUE, [step.ref for step in batch], self.clock.now())
        try:
            outcomes = tuple(self.issues.create(batch))
            made = [(step, rows) for step, rows in outcomes if not isinstance(rows, ConnectorError)]
            self.memory.keep(*(row for _, rows in made for row in rows))  # one answer, one commit
            receipts.done += [step for step, _ in made]
            refused = [(step, outcome) for step, outcome in outcomes if isinstance(outcome, ConnectorError)]
            uncleared = ((step, trouble) for step, rows in made for trouble in self.issues.cleared(step, rows))
            for step, trouble in chain(refused, uncleared):
                self._failed(step, trouble, receipts)
            self._still_ours(batch)
        except ConnectorError as error:
            for step in batch:
                self._failed(step, error, receipts)

    def _still_ours(self, batch: Sequence[Step]) -> None:
        """Who slept while a create was under way may have come second: the next run looks for all that carry the mark.

        Jira takes two issues with one mark; Confluence takes no second page with a title.
        """
        try:
            self.leave.ask()
        except LeaveLost:
            self.memory.intend(Kind.ISSUE, [step.ref for step in batch], self.clock.now())
            raise

    def _announced(self, steps: Iterable[Step], receipts: Receipts) -> tuple[Step, ...]:
        """Creates whose parent stands; their intents are committed in one go."""
        ready = [step for step in steps if self.pages.has_place(step)]
        served = {step.ref for step in ready}
        for step in steps:
            if step.ref not in served and not any(t.team == step.team for t in receipts.troubles):
                receipts.troubles.append(Trouble(team=step.team, error=self.pages.no_place(step)))
        self.memory.intend(Kind.PAGE, [step.ref for step in ready], self.clock.now())
        self.pages.prepare(ready)
        return tuple(ready)

    def _side_by_side(
        self, steps: Sequence[Step], do: Callable[[Step], tuple[Resource, ...] | None], receipts: Receipts
    ) -> None:
        with UnderWay(do, steps, self.connections) as under_way:
            for together in under_way.groups():
                rows = [row for step, future in together for row in self._received(future, step, receipts)]
                self.memory.keep(*rows)  # one commit for all of them
                if receipts.stopped is not None:
                    under_way.let_go()

    def _received(self, future: Done, step: Step, receipts: Receipts) -> tuple[Resource, ...]:
        if future.cancelled():
            return ()
        try:
            rows = future.result()
        except PageInUse:
            receipts.later.append((step.team, self.clock.now() + DRAFT_WAIT))
            return ()
        except ConnectorError as error:
            self._failed(step, error, receipts)
            return ()
        if rows is not None:
            receipts.done.append(step)
        return rows or ()

    def _failed(self, step: Step, error: ConnectorError, receipts: Receipts) -> None:
        """A create that was surely not done leaves no intent; a site that cannot go on stops the run.

        Whoever put a page for people in the place of an answer may have passed the create on before.
        Without a lease nothing is taken back: the row may be another worker's by now.
        """
        if isinstance(step.deed, CreateIssue | CreatePage) and not isinstance(error, _UNSURE):
            kind = Kind.ISSUE if isinstance(step.deed, CreateIssue) else Kind.PAGE
            if self.memory.remote(kind, step.ref) is None:
                self.memory.forget([(kind, step.ref)])
        if isinstance(error, TemporaryError) or error.code is Code.TOKEN_REFUSED:
            receipts.stopped = error
        receipts.troubles.append(Trouble(team=step.team, error=error))

    def _deed(self, step: Step) -> tuple[Resource, ...] | None:
        """One write and the rows that remember it; nothing where what it stands on could not be made."""
        self.leave.ask()
        match step.deed:
            case CreatePage(wanted=wanted):
                return self.pages.create(wanted)
            case UpdatePage():
                return self.pages.update(step.deed)
            case LabelPage(page=page, labels=labels):
                return self._label(page, labels)
            case EditIssue():
                return self._edit(step)
            case ClearAssignee(issue_id=issue_id, times=times):
                self.jira.clear_assignee(issue_id)
                row = self.memory.row(Kind.ISSUE, step.ref)
                return (replace(row, version=times + 1, since=self.clock.now()),) if row else ()
            case LinkEvidence():
                return self._link(step, step.deed)
            case PutRemoteLink():
                return self._remote_link(step, step.deed)
        raise TypeError(type(step.deed).__name__)

    def _edit(self, step: Step) -> tuple[Resource, ...]:
        deed = step.deed
        if not isinstance(deed, EditIssue):
            raise TypeError(type(deed).__name__)
        self.jira.edit_issue(deed.issue_id, deed.edit)
        row = self.memory.row(Kind.ISSUE, step.ref)
        return (replace(row, digest=deed.edit.digest),) if row else ()

    def _link(self, step: Step, deed: LinkEvidence) -> tuple[Resource, ...] | None:
        issue = self.memory.remote(Kind.ISSUE, deed.issue)
        if issue is None or issue.remote_id is None:
            return None
        self.jira.link_issues(deed.link_type, issue.remote_id, deed.epic)
        return (Resource(kind=Kind.EVIDENCE, ref=step.ref, remote_id=issue.remote_id, since=self.clock.now()),)

    def _remote_link(self, step: Step, deed: PutRemoteLink) -> tuple[Resource, ...] | None:
        issue, url = self.memory.remote(Kind.ISSUE, deed.issue), self.pages.addresses([deed.page]).pages.get(deed.page)
        if issue is None or issue.remote_id is None or url is None:
            return None
        known = standing_link(self.jira, issue.remote_id, deed.issue, deed.before) if deed.before else None
        name = known.global_id if known else global_id(deed.issue)
        self.jira.put_remote_link(issue.remote_id, RemoteLink(global_id=name, url=url, title=deed.title))
        digest = link_digest(deed.title, url)
        row = Resource(kind=Kind.REMOTE_LINK, ref=step.ref, remote_id=issue.remote_id, since=self.clock.now())
        return (replace(row, digest=digest),)

    def _label(self, page: str, labels: tuple[str, ...]) -> tuple[Resource, ...] | None:
        row = self.memory.remote(Kind.PAGE, page)
        if row is None or row.remote_id is None or row.version is None:
            return None
        self.confluence.add_labels(row.remote_id, labels)
        return (Resource(kind=Kind.PAGE_LABELS, ref=page, remote_id=row.remote_id, since=self.clock.now()),)
