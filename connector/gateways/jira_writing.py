"""What is written to Jira, and what is looked up for it: the same for both products, said in each one's manner."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from connector.errors import AccessRefused, Code, ConnectorError, NotFound, RequestRefused
from connector.gateways import jira_requests as body
from connector.gateways.operations import Operation
from connector.gateways.session import SiteSession
from connector.gateways.transport import Answer, Transport
from connector.ports import IssueDraft, IssueEdit, RemoteLink
from mappings import boundary
from mappings.boundary import Page, Refusal
from mappings.records import CreatedIssue, IssueTypeRecord, RemoteLinkRecord

CREATED = 50
DIALOG = 200

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingCalls:
    """The endpoints of one product."""

    create_dialog: Operation
    create_screen: Operation
    create: Operation
    edit: Operation
    clear_assignee: Operation
    link: Operation
    link_types: Operation
    read_remote_link: Operation
    remote_link: Operation
    unlink: Operation
    unlink_page: Operation
    remove_mark: Operation


class JiraWriting:
    """The writing half of `connector.ports.Jira`, with the create dialogs and the remote links that are read for it."""

    def __init__(self, *, transport: Transport, session: SiteSession, calls: WritingCalls, manner: body.Manner) -> None:
        self._transport, self._session = transport, session
        self._at, self._manner = calls, manner
        self._notify = "false"

    def issue_types(self, project: str) -> tuple[IssueTypeRecord, ...]:
        """What a project's create dialog offers; NotFound without the project."""
        operation = self._at.create_dialog
        try:
            return self._dialog(operation, operation.at(project=project), boundary.issue_types_page)
        except (NotFound, RequestRefused):
            raise self._transport.site.project_missing(operation) from None

    def create_fields(self, project: str, type_id: str) -> frozenset[str]:
        """Of assignee, description and labels, those on the create screen."""
        operation = self._at.create_screen
        path = operation.at(project=project, type_id=type_id)
        return frozenset(self._dialog(operation, path, boundary.create_fields_page))

    def create_issues(self, drafts: Sequence[IssueDraft]) -> tuple[CreatedIssue | ConnectorError, ...]:
        """One outcome per draft, in their order; up to 50 drafts."""
        if len(drafts) > CREATED:
            raise ValueError("more drafts than one request takes")
        if not drafts:
            return ()
        operation = self._at.create
        data = body.create(drafts, self._manner)
        answer = self._transport.ask(operation, operation.at(), data=data, accept=(400,))
        made: Iterable[CreatedIssue | Refusal] = (
            boundary.refused_creates(answer.body, len(drafts))
            if answer.status == 400
            else self._transport.read(answer, lambda raw: boundary.created_issues(raw, len(drafts)))
        )
        site = self._transport.site
        return tuple(site.element_refused(operation, x) if isinstance(x, Refusal) else x for x in made)

    def edit_issue(self, issue_id: str, edit: IssueEdit) -> None:
        """One request; nobody is notified where the site allows that to the service account."""
        self._edit(issue_id, body.edit(edit))

    def remove_labels(self, issue_id: str, labels: Sequence[str]) -> None:
        """One request; labels of other people are not touched."""
        self._edit(issue_id, body.unlabel(labels))

    def _edit(self, issue_id: str, change: body.Body) -> None:
        operation = self._at.edit
        path = operation.at(issue=issue_id)
        try:
            self._transport.ask(operation, path, params={"notifyUsers": self._notify}, data=change)
        except AccessRefused as refused:
            if refused.code is not Code.PERMISSION_MISSING or self._notify == "true":
                raise
            self._transport.ask(operation, path, params={"notifyUsers": "true"}, data=change)
            self._notify = "true"  # only administrators may write quietly on this site

    def clear_assignee(self, issue_id: str) -> None:
        """Without reading who it was."""
        operation = self._at.clear_assignee
        path = operation.at(issue=issue_id)
        answer = self._transport.ask(operation, path, data=self._manner.unassigned, accept=(400,))
        if answer.status == 400:
            raise self._transport.site.unassigned_refused(operation)

    def link_issues(self, link_type: str, from_id: str, to_key: str) -> None:
        """A relation from an issue of ours to an epic; the same one again changes nothing."""
        operation = self._at.link
        for issue in (from_id, to_key):
            self._session.await_issue(operation, issue)
        try:
            self._transport.ask(operation, operation.at(), data=body.link(link_type, from_id, to_key))
        except (NotFound, RequestRefused):
            if self._knows_link_type(link_type):
                raise
            raise self._transport.site.link_type_missing(operation) from None

    def remote_link(self, issue_id: str, global_id: str) -> RemoteLinkRecord | None:
        """The link of that global id, if there is one."""
        operation = self._at.read_remote_link
        answer = self._transport.ask(
            operation, operation.at(issue=issue_id), params={"globalId": global_id}, accept=(404,)
        )
        if answer.status == 404:
            return None
        links = self._transport.read(answer, boundary.remote_links)
        return next((link for link in links if link.global_id == global_id), None)

    def put_remote_link(self, issue_id: str, link: RemoteLink) -> None:
        """Makes or replaces the link of that global id."""
        operation = self._at.remote_link
        self._transport.ask(operation, operation.at(issue=issue_id), data=body.remote_link(link))

    def unlink(self, link_id: str) -> None:
        """An issue link is gone; one that is not there is no error."""
        operation = self._at.unlink
        self._transport.ask(operation, operation.at(link=link_id), accept=(404,))

    def unlink_page(self, issue_id: str, global_id: str) -> None:
        """The remote link of that global id is gone; one that is not there is no error."""
        operation = self._at.unlink_page
        self._transport.ask(operation, operation.at(issue=issue_id), params={"globalId": global_id}, accept=(404,))

    def remove_mark(self, issue_id: str) -> None:
        """Our property is gone; one that is not there is no error."""
        operation = self._at.remove_mark
        self._transport.ask(operation, operation.at(issue=issue_id, mark=body.MARK), accept=(404,))

    def _knows_link_type(self, name: str) -> bool:
        operation = self._at.link_types
        answer = self._transport.ask(operation, operation.at())
        return bool(self._transport.read(answer, lambda raw: boundary.link_types(raw, frozenset({name}))))

    def _dialog(self, operation: Operation, path: str, reader: Callable[[bytes], Page[Record]]) -> tuple[Record, ...]:
        def ask(place: str | None) -> Answer:
            return self._transport.ask(operation, path, params={"startAt": place or "0", "maxResults": DIALOG})

        return tuple(record for page in self._transport.all_of(ask, reader) for record in page.records)
