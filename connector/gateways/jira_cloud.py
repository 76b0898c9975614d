"""Jira Cloud behind the `Jira` socket."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from atlassian import JiraCloud

from connector.errors import AccessRefused, Code, ConnectorError, NotFound, RequestRefused
from connector.gateways import jira_requests as body
from connector.gateways import operations
from connector.gateways.access import Access, Patience, Timing
from connector.gateways.inspections import JiraCloudInspection
from connector.gateways.operations import Operation
from connector.gateways.registrations import JiraCloudRegistrations
from connector.gateways.session import SiteSession
from connector.gateways.site import JIRA
from connector.gateways.tally import RequestTally
from connector.gateways.transport import Answer, Transport, in_chunks
from connector.ports import IssueDraft, IssueEdit, RemoteLink
from mappings import boundary
from mappings.boundary import Page, Refusal
from mappings.epics import Epic
from mappings.records import CreatedIssue, IssueRecord, IssueTypeRecord, RemoteLinkRecord

PAGE = 100  # records of a search page; the site may grant fewer
IDS = 5000  # the same where only ids are asked for
FETCHED = 100
CREATED = 50
RECONCILED = 50
DIALOG = 200

Record = TypeVar("Record")
Known = TypeVar("Known", Epic, IssueRecord)


class JiraCloudGateway:
    """Implements `connector.ports.Jira`; `link_types` are the relations that the book names, others stay nameless."""

    def __init__(
        self,
        *,
        access: Access,
        tally: RequestTally,
        timing: Timing,
        patience: Patience | None = None,
        link_types: frozenset[str] = frozenset({"Relates"}),
    ) -> None:
        self._session = SiteSession(
            site=JIRA,
            access=access,
            operations=operations.JIRA,
            tally=tally,
            timing=timing,
            patience=patience or Patience(),
        )
        client = JiraCloud(access.url, session=self._session, retry_with_header=False, backoff_and_retry=False)
        self._transport = Transport(client, JIRA)
        self._link_types = link_types
        self._notify = "false"

    def inspection(self) -> JiraCloudInspection:
        """A look at the site's settings over the same connections."""
        return JiraCloudInspection(self._transport)

    def registrations(self) -> JiraCloudRegistrations:
        """The site's webhooks over the same connections."""
        return JiraCloudRegistrations(self._transport)

    def epics(self, jql: str, labels: frozenset[str]) -> tuple[Epic, ...]:
        """All epics a query finds; of labels only those named."""
        pages = self._search(
            lambda place: body.search(jql, body.EPIC_FIELDS, PAGE, place),
            lambda answer: boundary.epics_page(answer, labels),
        )
        return _once(epic for page in pages for epic in page)

    def epics_by_key(self, keys: Sequence[str], labels: frozenset[str]) -> tuple[Epic, ...]:
        """The epics of these keys; what is gone, hidden or no epic is absent."""
        fetched = self._fetch(
            keys,
            lambda chunk: body.fetch(chunk, body.EPIC_FIELDS),
            lambda answer: boundary.fetched_epics(answer, labels),
        )
        return _once(fetched)

    def issues(self, ids_or_keys: Sequence[str]) -> tuple[IssueRecord, ...]:
        """Issues of ours; what is gone or hidden is absent."""
        fetched = self._fetch(
            ids_or_keys, lambda chunk: body.fetch(chunk, body.OUR_FIELDS, marks=True), self._read_fetched
        )
        return _once(fetched)

    def find_issues(self, jql: str, reconcile: Sequence[str] = ()) -> tuple[IssueRecord, ...]:
        """Issues of ours by a query; the first 50 of the reconciled ids are found even where the index lags."""
        pages = self._search(
            lambda place: body.search(
                jql, body.OUR_FIELDS, PAGE, place, marks=True, reconcile=list(reconcile)[:RECONCILED]
            ),
            lambda answer: boundary.issues_page(answer, self._link_types),
        )
        return _once(issue for page in pages for issue in page)

    def issue_ids(self, jql: str) -> frozenset[str]:
        """Ids only."""
        pages = self._search(lambda place: body.search(jql, body.ID_FIELDS, IDS, place), boundary.ids_page)
        return frozenset(issue for page in pages for issue in page)

    def count(self, jql: str) -> int:
        """How many issues a query finds: their ids, each once, 5,000 a request.

        Not by `search/approximate-count`: that is an estimate by its own documentation, so counting the same week again
        could give another number; up to 5,000 issues the exact count costs one request, too.
        """
        return len(self.issue_ids(jql))

    def issue_types(self, project: str) -> tuple[IssueTypeRecord, ...]:
        """What a project's create dialog offers; NotFound without the project."""
        operation = operations.CREATE_DIALOG
        try:
            return self._dialog(operation, operation.at(project=project), boundary.issue_types_page)
        except (NotFound, RequestRefused):
            raise self._transport.site.project_missing(operation) from None

    def create_fields(self, project: str, type_id: str) -> frozenset[str]:
        """Of assignee, description and labels, those on the create screen."""
        operation = operations.CREATE_SCREEN
        path = operation.at(project=project, type_id=type_id)
        return frozenset(self._dialog(operation, path, boundary.create_fields_page))

    def create_issues(self, drafts: Sequence[IssueDraft]) -> tuple[CreatedIssue | ConnectorError, ...]:
        """One outcome per draft, in their order; up to 50 drafts."""
        if len(drafts) > CREATED:
            raise ValueError("more drafts than one request takes")
        if not drafts:
            return ()
        operation = operations.CREATE_ISSUES
        answer = self._transport.ask(operation, operation.at(), data=body.create(drafts), accept=(400,))
        made: Iterable[CreatedIssue | Refusal] = (
            boundary.refused_creates(answer.body, len(drafts))
            if answer.status == 400
            else self._transport.read(answer, lambda raw: boundary.created_issues(raw, len(drafts)))
        )
        site = self._transport.site
        return tuple(site.element_refused(operation, x) if isinstance(x, Refusal) else x for x in made)

    def edit_issue(self, issue_id: str, edit: IssueEdit) -> None:
        """One request; nobody is notified where the site allows that to the service account."""
        operation = operations.EDIT_ISSUE
        path, change = operation.at(issue=issue_id), body.edit(edit)
        try:
            self._transport.ask(operation, path, params={"notifyUsers": self._notify}, data=change)
        except AccessRefused as refused:
            if refused.code is not Code.PERMISSION_MISSING or self._notify == "true":
                raise
            self._transport.ask(operation, path, params={"notifyUsers": "true"}, data=change)
            self._notify = "true"  # only administrators may write quietly on this site

    def clear_assignee(self, issue_id: str) -> None:
        """Without reading who it was."""
        operation = operations.CLEAR_ASSIGNEE
        answer = self._transport.ask(operation, operation.at(issue=issue_id), data={"accountId": None}, accept=(400,))
        if answer.status == 400:
            raise self._transport.site.unassigned_refused(operation)

    def link_issues(self, link_type: str, from_id: str, to_key: str) -> None:
        """A relation from an issue of ours to an epic; the same one again changes nothing."""
        operation = operations.LINK
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
        operation = operations.READ_REMOTE_LINK
        answer = self._transport.ask(
            operation, operation.at(issue=issue_id), params={"globalId": global_id}, accept=(404,)
        )
        if answer.status == 404:
            return None
        links = self._transport.read(answer, boundary.remote_links)
        return next((link for link in links if link.global_id == global_id), None)

    def put_remote_link(self, issue_id: str, link: RemoteLink) -> None:
        """Makes or replaces the link of that global id."""
        operation = operations.REMOTE_LINK
        self._transport.ask(operation, operation.at(issue=issue_id), data=body.remote_link(link))

    def _knows_link_type(self, name: str) -> bool:
        operation = operations.LINK_TYPES
        answer = self._transport.ask(operation, operation.at())
        return bool(self._transport.read(answer, lambda raw: boundary.link_types(raw, frozenset({name}))))

    def _search(
        self, query: Callable[[str | None], Mapping[str, Any]], reader: Callable[[bytes], Page[Record]]
    ) -> Iterable[tuple[Record, ...]]:
        operation = operations.SEARCH

        def ask(place: str | None) -> Answer:
            return self._transport.ask(operation, operation.at(), data=query(place))

        for page in self._transport.all_of(ask, reader):
            if page.partial:  # like a refusal: a smaller question may get a whole answer
                raise self._transport.site.refused(operation, 400, Refusal())
            yield page.records

    def _fetch(
        self,
        ids_or_keys: Sequence[str],
        question: Callable[[Sequence[str]], Mapping[str, Any]],
        reader: Callable[[bytes], tuple[Record, ...]],
    ) -> Iterable[Record]:
        operation = operations.BULK_FETCH
        for chunk in in_chunks(ids_or_keys, FETCHED):
            yield from self._transport.read(
                self._transport.ask(operation, operation.at(), data=question(chunk)), reader
            )

    def _read_fetched(self, answer: bytes) -> tuple[IssueRecord, ...]:
        return boundary.fetched_issues(answer, self._link_types)

    def _dialog(self, operation: Operation, path: str, reader: Callable[[bytes], Page[Record]]) -> tuple[Record, ...]:
        def ask(place: str | None) -> Answer:
            return self._transport.ask(operation, path, params={"startAt": place or "0", "maxResults": DIALOG})

        return tuple(record for page in self._transport.all_of(ask, reader) for record in page.records)


def _once(records: Iterable[Known]) -> tuple[Known, ...]:
    """Pages may overlap while people work; the last reading of an issue counts."""
    return tuple({record.id: record for record in records}.values())
