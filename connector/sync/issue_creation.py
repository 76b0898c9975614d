"""Bulk creates in Jira: the types and screens of a project are asked once, refusals are told by team."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from connector.errors import Advice, AnswerLost, Code, ConnectorError, NotFound, PermanentError, RequestRefused
from connector.ledger import Kind, Resource
from connector.ports import Clock, IssueDraft, Jira
from connector.sync.issues import WantedIssue
from connector.sync.leave import LeaveToWrite
from connector.sync.plan import CreateIssue, Step, Trouble

BULK = 50  # Jira's limit


@dataclass(slots=True, kw_only=True)
class IssueCreation:
    """Creates issues that nobody is assigned to."""

    jira: Jira
    clock: Clock
    leave: LeaveToWrite
    keys: dict[str, str]  # issue keys by ref; new ones are added, because pages name them
    _types: dict[str, dict[str, str]] = field(default_factory=dict)  # project -> type name, folded -> id
    _screens: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def batches(self, steps: Sequence[Step], troubles: list[Trouble]) -> Iterator[tuple[Step, ...]]:
        """Steps by project in bulks of 50; teams whose project or type is not there are told and left out."""
        by_project: dict[str, list[Step]] = defaultdict(list)
        for step in steps:
            try:
                self._screen(_wanted(step))
            except PermanentError as error:
                troubles.append(Trouble(team=step.team, error=_placed(step.team, error)))
            else:
                by_project[_wanted(step).project].append(step)
        for group in by_project.values():
            for start in range(0, len(group), BULK):
                yield tuple(group[start : start + BULK])

    def create(self, batch: Sequence[Step]) -> Iterator[tuple[Step, tuple[Resource, ...] | ConnectorError]]:
        """One request; per step the rows to keep, or why it was not done."""
        drafts = [self._draft(_wanted(step)) for step in batch]
        for step, draft, outcome in zip(batch, drafts, self.jira.create_issues(drafts), strict=True):
            if isinstance(outcome, ConnectorError):
                yield step, _refused(step, outcome)
                continue
            self.keys[step.ref] = outcome.key
            row = Resource(kind=Kind.ISSUE, ref=step.ref, remote_id=outcome.id, digest=draft.digest, since=self._now())
            yield step, (row,)

    def cleared(self, step: Step, made: Iterable[Resource]) -> Iterator[ConnectorError]:
        """Where a create cannot name nobody, the project may have assigned somebody; who it was is not read."""
        if self._draft(_wanted(step)).unassign:
            return
        for row in made:
            try:
                self.leave.ask()
                self.jira.clear_assignee(row.remote_id or "")
            except ConnectorError as error:
                yield error

    def _draft(self, wanted: WantedIssue) -> IssueDraft:
        type_id, screen = self._screen(wanted)
        return IssueDraft(
            project=wanted.project,
            type_id=type_id,
            summary=wanted.summary,
            labels=wanted.labels,
            description=wanted.description if "description" in screen else None,
            unassign="assignee" in screen,
            ref=wanted.ref,
            digest=wanted.digest,
        )

    def _screen(self, wanted: WantedIssue) -> tuple[str, frozenset[str]]:
        if wanted.project not in self._types:
            offered = self.jira.issue_types(wanted.project)
            self._types[wanted.project] = {t.name.casefold(): t.id for t in offered}
        type_id = self._types[wanted.project].get(wanted.type_name.casefold())
        if type_id is None:
            raise _type_missing(wanted)
        place = (wanted.project, type_id)
        if place not in self._screens:
            self._screens[place] = self.jira.create_fields(*place)
        return type_id, self._screens[place]

    def _now(self) -> datetime:
        return self.clock.now()


def _wanted(step: Step) -> WantedIssue:
    if not isinstance(step.deed, CreateIssue):
        raise TypeError(type(step.deed).__name__)
    return step.deed.wanted


def _type_missing(wanted: WantedIssue) -> PermanentError:
    return PermanentError(
        Code.ISSUE_TYPE_MISSING,
        Advice(
            what=f"project {wanted.project} offers no issue type named „{wanted.type_name}“",
            where=f"team {wanted.team}",
            why="`jira.objective_type` or `jira.key_result_type` names it",
            options=("name a type of that project in the mapping file", "add the type to the project"),
        ),
    )


def _placed(team: str, error: PermanentError) -> ConnectorError:
    """The error of a project's create dialog, as the team it concerns needs it."""
    if not isinstance(error, NotFound):
        return error
    return PermanentError(
        Code.PROJECT_MISSING,
        Advice(
            what="Jira shows no such project for OKR issues",
            where=f"team {team}, `jira.project`",
            why="it does not exist, or is hidden from the service account",
            options=("correct the key in the mapping file", "create the project or give the service account access"),
        ),
    )


def _refused(step: Step, error: ConnectorError) -> ConnectorError:
    if isinstance(error, AnswerLost) or not isinstance(error, RequestRefused) or "assignee" not in error.fields:
        return error
    return PermanentError(
        Code.UNASSIGNED_REFUSED,
        Advice(
            what="the project takes no issue without an assignee, and an OKR belongs to a team",
            where=f"team {step.team}, project {_wanted(step).project}",
            why="„Allow unassigned issues“ is switched off in Jira",
            options=("allow unassigned issues in Jira's general configuration", "keep no issues: `jira: none`"),
        ),
    )
