"""Jira Data Center behind the `Jira` socket: version 2, searches by offset, epics told by their own fields."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from atlassian import Jira

from connector.gateways import jira_requests as body
from connector.gateways import operations_datacenter as at
from connector.gateways.access import Access, Patience, Timing
from connector.gateways.inspections_datacenter import JiraServerInspection
from connector.gateways.jira_fields import CustomFields
from connector.gateways.jira_search import OffsetSearch
from connector.gateways.jira_writing import JiraWriting, WritingCalls
from connector.gateways.registrations_datacenter import JiraServerRegistrations
from connector.gateways.session import CONNECTIONS, SiteSession
from connector.gateways.site import JIRA
from connector.gateways.tally import RequestTally
from connector.gateways.transport import Transport, in_chunks
from connector.gateways.wiki_markup import described
from mappings import boundary
from mappings.boundary import Refusal
from mappings.epics import Epic
from mappings.jql import FieldKind, epics_by_keys, epics_by_parent, having, issues_by_id
from mappings.records import EpicFields, IssueRecord

PAGE = 100  # records of a search page; the site may grant fewer
IDS = 1000  # the same where only ids are asked for
NAMED = 100
PLACE = "parent"  # where a site has no Parent Link, a query by what is above an epic finds nothing

_SERVER = body.Manner(described=described, nobody={"name": ""}, unassigned={"name": None})
_CALLS = WritingCalls(
    create_dialog=at.CREATE_DIALOG,
    create_screen=at.CREATE_SCREEN,
    create=at.CREATE_ISSUES,
    edit=at.EDIT_ISSUE,
    clear_assignee=at.CLEAR_ASSIGNEE,
    link=at.LINK,
    link_types=at.LINK_TYPES,
    read_remote_link=at.READ_REMOTE_LINK,
    remote_link=at.REMOTE_LINK,
    unlink=at.UNLINK,
    unlink_page=at.UNLINK_PAGE,
    remove_mark=at.REMOVE_MARK,
)

Known = TypeVar("Known", Epic, IssueRecord)


class JiraServerGateway(JiraWriting):
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
        site = replace(JIRA.entered_by(access), points=False)
        session = SiteSession(
            site=site, access=access, operations=at.JIRA, tally=tally, timing=timing, patience=patience or Patience()
        )
        client = Jira(access.url, session=session, retry_with_header=False, backoff_and_retry=False)
        super().__init__(transport=Transport(client, site, tally), session=session, calls=_CALLS, manner=_SERVER)
        self._search = OffsetSearch(self._transport)
        self._link_types = link_types
        self._custom_fields = CustomFields(self._transport, at.FIELDS)
        self._fields: EpicFields | None = None
        self._lock = threading.Lock()

    def inspection(self) -> JiraServerInspection:
        """A look at the site's settings over the same connections."""
        return JiraServerInspection(self._transport, self.epic_fields)

    def registrations(self) -> JiraServerRegistrations:
        """The site's webhooks over the same connections."""
        return JiraServerRegistrations(self._transport, lambda: self.epic_fields().above or PLACE)

    def epic_fields(self) -> EpicFields:
        """The site's own fields of epics, looked up once."""
        with self._lock:
            if self._fields is None:
                self._fields = self._transport.read(
                    self._transport.ask(at.FIELDS, at.FIELDS.at()), boundary.epic_fields
                )
            return self._fields

    def epics(self, jql: str, labels: frozenset[str]) -> tuple[Epic, ...]:
        """All epics a query finds; of labels only those named."""
        fields = self.epic_fields()
        query = having(jql, fields.name) if fields.name else f"({jql})"
        read = self._epic_reader(fields, labels)
        return _once(self._search.all_of(query, _epic_fields(fields), PAGE, read))

    def epics_below(self, projects: Sequence[str], parents: Sequence[str], labels: frozenset[str]) -> tuple[Epic, ...]:
        """The epics of these projects right under one of the parents; refused where the site knows no such relation."""
        above = self.epic_fields().above
        if above is None:
            raise self._transport.site.refused(at.SEARCH, 400, Refusal())
        return self.epics(epics_by_parent(projects, parents, above), labels)

    def epics_by_key(self, keys: Sequence[str], labels: frozenset[str]) -> tuple[Epic, ...]:
        """The epics of these keys; what is gone, hidden or no epic is absent."""
        fields = self.epic_fields()

        def query(chunk: Sequence[str]) -> str:
            return having(epics_by_keys(chunk), fields.name) if fields.name else epics_by_keys(chunk)

        read = self._epic_reader(fields, labels)
        chunks = in_chunks(keys, NAMED)
        return _once(epic for c in chunks for epic in self._search.named(c, query, _epic_fields(fields), read))

    def issues(self, ids_or_keys: Sequence[str], *, remembered: bool = False) -> tuple[IssueRecord, ...]:
        """Issues of ours; what is gone or hidden is absent.

        Searches send no marks and may be behind: what needs its mark, or was not found, is read by itself.
        """
        if not remembered:
            return self._each(ids_or_keys)
        ids = [name for name in ids_or_keys if name.isdecimal()]
        chunks = in_chunks(ids, NAMED)
        found = [i for c in chunks for i in self._search.named(c, issues_by_id, body.OUR_FIELDS, self._read_issues)]
        known = {issue.id for issue in found}
        return _once((*found, *self._each([name for name in ids_or_keys if name not in known])))

    def find_issues(self, jql: str, reconcile: Sequence[str] = ()) -> tuple[IssueRecord, ...]:
        """Issues of ours by a query, as far as the index knows them, and the reconciled ids beside them."""
        found = self._search.all_of(f"({jql})", body.ID_FIELDS, IDS, boundary.found_ids)
        return self._each((*found, *reconcile))

    def issue_ids(self, jql: str, reconcile: Sequence[str] = ()) -> frozenset[str]:
        """Ids only, as the index of one node knows them; nothing is reconciled here, so the named ones are left out."""
        return frozenset(self._search.all_of(f"({jql})", body.ID_FIELDS, IDS, boundary.found_ids)) - set(reconcile)

    def count(self, jql: str) -> int:
        """How many issues a query finds, exactly; none of them is sent."""
        return self._search.count(jql, boundary.found_ids)

    def field_kinds(self, keys: frozenset[str]) -> Mapping[str, FieldKind]:
        """What these fields of a query hold, as far as the site has them."""
        return self._custom_fields.kinds(keys)

    def _each(self, ids_or_keys: Sequence[str]) -> tuple[IssueRecord, ...]:
        """Issues read one by one, several at once, with their marks."""
        once = list(dict.fromkeys(ids_or_keys))
        if not once:
            return ()
        with ThreadPoolExecutor(max_workers=min(CONNECTIONS, len(once))) as pool:
            return _once(issue for issue in pool.map(self._one, once) if issue is not None)

    def _one(self, id_or_key: str) -> IssueRecord | None:
        asked = {"fields": ",".join(body.OUR_FIELDS), "properties": body.MARK}
        answer = self._transport.ask(at.ISSUE, at.ISSUE.at(issue=id_or_key), params=asked, accept=(404,))
        if answer.status == 404:
            return None
        return self._transport.read(answer, lambda raw: boundary.found_issue(raw, self._link_types))

    def _read_issues(self, answer: bytes) -> boundary.Stretch[IssueRecord]:
        return boundary.found_issues(answer, self._link_types)

    def _epic_reader(self, fields: EpicFields, labels: frozenset[str]) -> Callable[[bytes], boundary.Stretch[Epic]]:
        return lambda answer: boundary.found_epics(answer, labels, fields)


def _epic_fields(fields: EpicFields) -> tuple[str, ...]:
    """The type's name is needed only where no field tells an epic."""
    kind = () if fields.name else ("issuetype",)
    above = (fields.above,) if fields.above else ()
    return (*kind, "status", "labels", *above)


def _once(records: Iterable[Known]) -> tuple[Known, ...]:
    """Pages may overlap while people work; the last reading of an issue counts."""
    return tuple({record.id: record for record in records}.values())
