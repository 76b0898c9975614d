"""Jira Cloud behind the `Jira` socket."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from atlassian import JiraCloud

from connector.gateways import jira_requests as body
from connector.gateways import operations
from connector.gateways.access import Access, Patience, Timing
from connector.gateways.inspections import JiraCloudInspection
from connector.gateways.jira_fields import CustomFields
from connector.gateways.jira_writing import JiraWriting, WritingCalls
from connector.gateways.registrations import JiraCloudRegistrations
from connector.gateways.session import SiteSession
from connector.gateways.site import JIRA
from connector.gateways.tally import RequestTally
from connector.gateways.transport import Answer, Transport, in_chunks
from mappings import boundary
from mappings.boundary import Page, Refusal
from mappings.epics import Epic
from mappings.jql import FieldKind, epics_by_parent
from mappings.records import IssueRecord

PAGE = 100  # records of a search page; the site may grant fewer
IDS = 5000  # the same where only ids are asked for
FETCHED = 100
RECONCILED = 50

Record = TypeVar("Record")
Known = TypeVar("Known", Epic, IssueRecord)

_CALLS = WritingCalls(
    create_dialog=operations.CREATE_DIALOG,
    create_screen=operations.CREATE_SCREEN,
    create=operations.CREATE_ISSUES,
    edit=operations.EDIT_ISSUE,
    clear_assignee=operations.CLEAR_ASSIGNEE,
    link=operations.LINK,
    link_types=operations.LINK_TYPES,
    read_remote_link=operations.READ_REMOTE_LINK,
    remote_link=operations.REMOTE_LINK,
    unlink=operations.UNLINK,
    unlink_page=operations.UNLINK_PAGE,
    remove_mark=operations.REMOVE_MARK,
)


class JiraCloudGateway(JiraWriting):
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
        site = JIRA.entered_by(access)
        session = SiteSession(
            site=site,
            access=access,
            operations=operations.JIRA,
            tally=tally,
            timing=timing,
            patience=patience or Patience(),
        )
        client = JiraCloud(access.url, session=session, retry_with_header=False, backoff_and_retry=False)
        super().__init__(transport=Transport(client, site, tally), session=session, calls=_CALLS, manner=body.CLOUD)
        self._link_types = link_types
        self._custom_fields = CustomFields(self._transport, operations.FIELDS)

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

    def epics_below(self, projects: Sequence[str], parents: Sequence[str], labels: frozenset[str]) -> tuple[Epic, ...]:
        """The epics of these projects right under one of the parents."""
        return self.epics(epics_by_parent(projects, parents), labels)

    def epics_by_key(self, keys: Sequence[str], labels: frozenset[str]) -> tuple[Epic, ...]:
        """The epics of these keys; what is gone, hidden or no epic is absent."""
        fetched = self._fetch(
            keys,
            lambda chunk: body.fetch(chunk, body.EPIC_FIELDS),
            lambda answer: boundary.fetched_epics(answer, labels),
        )
        return _once(fetched)

    def issues(self, ids_or_keys: Sequence[str], *, remembered: bool = False) -> tuple[IssueRecord, ...]:
        """Issues of ours; what is gone or hidden is absent. Their marks come with them at no cost."""
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

    def issue_ids(self, jql: str, reconcile: Sequence[str] = ()) -> frozenset[str]:
        """Ids only; of the first 50 of the reconciled ones as they are now, of others as the index knows them."""
        newest = list(reconcile)[:RECONCILED]
        pages = self._search(
            lambda place: body.search(jql, body.ID_FIELDS, IDS, place, reconcile=newest), boundary.ids_page
        )
        return frozenset(issue for page in pages for issue in page)

    def count(self, jql: str) -> int:
        """How many issues a query finds: their ids, each once, 5,000 a request.

        Not by `search/approximate-count`: that is an estimate by its own documentation, so counting the same week again
        could give another number; up to 5,000 issues the exact count costs one request, too.
        """
        return len(self.issue_ids(jql))

    def field_kinds(self, keys: frozenset[str]) -> Mapping[str, FieldKind]:
        """What these fields of a query hold, as far as the site has them."""
        return self._custom_fields.kinds(keys)

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


def _once(records: Iterable[Known]) -> tuple[Known, ...]:
    """Pages may overlap while people work; the last reading of an issue counts."""
    return tuple({record.id: record for record in records}.values())
