"""The sockets of the house: what sync needs from Jira, Confluence and the clock. Each method says who calls it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from connector.errors import ConnectorError
from connector.quota import QuotaLeft
from mappings.epics import Epic
from mappings.jql import FieldKind
from mappings.records import (
    ChildRecord,
    CreatedIssue,
    DraftRecord,
    IssueRecord,
    IssueTypeRecord,
    PageRecord,
    PageVersion,
    ProjectRecord,
    RemoteLinkRecord,
    ScreenField,
    SpaceRecord,
    SpaceRights,
)
from mappings.team_text import TeamText


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDraft:
    """An issue to create; never an assignee, never a parent."""

    project: str  # key
    type_id: str
    summary: str
    labels: tuple[str, ...]
    description: str | None  # plain paragraphs; None: the create screen has no such field
    unassign: bool  # the create screen has the assignee field, so that it can be sent empty
    ref: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEdit:
    """A change to an issue of ours; what is `None` or empty stays as it is."""

    summary: str | None = None
    add_labels: tuple[str, ...] = ()
    remove_labels: tuple[str, ...] = ()
    ref: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteLink:
    """A link from an issue of ours to a page."""

    global_id: str
    url: str
    title: str


class Jira(Protocol):
    """Jira as sync sees it; every method raises `connector.errors` only.

    A write raises AnswerLost or NotAnAnswer when it may have been done, any other error when it was not.
    """

    def epics(self, jql: str, labels: frozenset[str]) -> tuple[Epic, ...]:
        """Called by sync.survey: all epics (hierarchy level >= 1) a query finds; of labels only those named."""

    def epics_below(self, projects: Sequence[str], parents: Sequence[str], labels: frozenset[str]) -> tuple[Epic, ...]:
        """Called by sync.survey: the epics of these projects right under one of the parents."""

    def epics_by_key(self, keys: Sequence[str], labels: frozenset[str]) -> tuple[Epic, ...]:
        """Called by sync.survey: the epics of these keys, 100 a request; a key that is gone or hidden is absent."""

    def issues(self, ids_or_keys: Sequence[str], *, remembered: bool = False) -> tuple[IssueRecord, ...]:
        """Called by sync.survey: issues of ours, 100 a request; what is gone or hidden is absent.

        `remembered`: the caller knows their marks, so a site that sends them one by one leaves them out, and says so.
        """

    def find_issues(self, jql: str, reconcile: Sequence[str] = ()) -> tuple[IssueRecord, ...]:
        """Called by sync.survey: issues of ours by their mark, as far as the search index knows them."""

    def issue_ids(self, jql: str, reconcile: Sequence[str] = ()) -> frozenset[str]:
        """Called by sync.survey: ids only, for the one constant person clause; what was just written is reconciled."""

    def count(self, jql: str) -> int:
        """Called by sources: how many issues a query finds, exactly."""

    def field_kinds(self, keys: frozenset[str]) -> Mapping[str, FieldKind]:
        """Called before a book's query is sent: what these of its fields hold, as far as the site has them."""

    def issue_types(self, project: str) -> tuple[IssueTypeRecord, ...]:
        """Called by sync.apply before a create: what a project's create dialog offers; NotFound without the project."""

    def create_fields(self, project: str, type_id: str) -> frozenset[str]:
        """Called by sync.apply before a create: of assignee, description and labels, those on the create screen."""

    def create_issues(self, drafts: Sequence[IssueDraft]) -> tuple[CreatedIssue | ConnectorError, ...]:
        """Called by sync.apply: one outcome per draft (up to 50), in their order."""

    def edit_issue(self, issue_id: str, edit: IssueEdit) -> None:
        """Called by sync.apply: one request, nobody is notified where the site allows that."""

    def clear_assignee(self, issue_id: str) -> None:
        """Called by sync.apply: without reading who it was."""

    def link_issues(self, link_type: str, from_id: str, to_key: str) -> None:
        """Called by sync.apply: a relation from an issue of ours to an epic."""

    def remote_link(self, issue_id: str, global_id: str) -> RemoteLinkRecord | None:
        """Called by sync.survey where our memory was lost."""

    def put_remote_link(self, issue_id: str, link: RemoteLink) -> None:
        """Called by sync.apply: makes or replaces the link of that global id."""


class Confluence(Protocol):
    """Confluence as sync sees it; errors as in `Jira`."""

    def spaces(self, keys: Sequence[str]) -> tuple[SpaceRecord, ...]:
        """Called by sync.survey: the spaces of these keys; a missing or personal one is absent."""

    def versions(self, page_ids: Sequence[str]) -> tuple[PageVersion, ...]:
        """Called by sync.survey: current pages, 250 a request; what is trashed, gone or hidden is absent."""

    def pages(self, page_ids: Sequence[str]) -> tuple[PageRecord, ...]:
        """Called by sync.survey and sync.apply: current pages with their bodies, 250 a request."""

    def find_pages(self, space_ids: Sequence[str], title: str) -> tuple[PageRecord, ...]:
        """Called by sync.survey and sync.apply: current pages of exactly this title, one a space at most."""

    def put_away(self, space_id: str, title: str) -> tuple[PageRecord, ...]:
        """Called by sync.page_recovery where our memory was lost: pages of this title in the trash or the archive."""

    def children(self, page_id: str) -> tuple[ChildRecord, ...]:
        """Called by sync.recovery where our memory was lost: the current pages directly below, without bodies."""

    def labels(self, page_id: str) -> frozenset[str]:
        """Called by sync.survey where our memory was lost: of a page's labels, those that begin with `okr`."""

    def restricted(self, page_ids: Sequence[str]) -> frozenset[str]:
        """Called before a page is quoted elsewhere: of these, those that only some may read, or that do not say it."""

    def draft(self, page_id: str) -> DraftRecord | None:
        """Called by sync.page_writing before an update: what somebody may be writing there without having published."""

    def page_version(self, page_id: str, version: int) -> PageRecord | None:
        """Called by sync.written: a page as it was; None where the site has not kept that version."""

    def create_page(self, space_id: str, parent_id: str | None, title: str, body: TeamText) -> PageVersion:
        """Called by sync.apply; a title that is taken shows as RequestRefused with `title` among its fields."""

    def update_page(self, page: PageRecord, body: TeamText) -> PageVersion:
        """Called by sync.apply: the next version of the page as read, title and place unchanged; or VersionConflict."""

    def add_labels(self, page_id: str, labels: Sequence[str]) -> None:
        """Called by sync.apply."""

    def attach(self, page_id: str, picture_name: str, content: bytes) -> None:
        """Called by sync.apply: a PNG below a page, or its next version where the name is there already."""


class JiraInspection(Protocol):
    """Jira's settings as `okr doctor` sees them; reads only, errors as in `Jira`."""

    def release(self) -> tuple[int, int] | None:
        """Called by doctor: major and minor version of Data Center; None on Cloud, which has none."""

    def permissions(self, names: frozenset[str], project: str | None = None) -> frozenset[str]:
        """Called by doctor: of these permissions, those we have in a project, or anywhere; empty if it is hidden."""

    def projects_to_write(self) -> frozenset[str] | None:
        """Called by doctor: keys of all projects in which we may create issues; None where the product cannot tell."""

    def project(self, key: str) -> ProjectRecord:
        """Called by doctor: a project's settings; NotFound where it is gone or hidden."""

    def create_screen(self, project: str, type_id: str) -> tuple[ScreenField, ...]:
        """Called by doctor: every field of a create screen."""

    def link_types(self, names: frozenset[str]) -> frozenset[str]:
        """Called by doctor: of these link types, those that exist."""


class ConfluenceInspection(Protocol):
    """Confluence's settings as `okr doctor` sees them; reads only, errors as in `Jira`."""

    def release(self) -> tuple[int, int] | None:
        """Called by doctor: major and minor version of Data Center; None on Cloud, which has none."""

    def space_operations(self, space_id: str, names: frozenset[str]) -> SpaceRights:
        """Called by doctor: which of these operations, written like `create page`, we may do in a space."""


class Metrics(Protocol):
    """Endpoints that answer with JSON, on the hosts an administrator named."""

    def value(self, url: str, pointer: str) -> Decimal | None:
        """Called by sources: the number at the pointer (RFC 6901), None where null stands there.

        Raises TemporaryError where the next run may find an answer, else PermanentError; neither quotes the answer.
        """


class RequestMeter(Protocol):
    """Counts requests to the sites, retried ones too, because the sites count them."""

    def counts(self) -> "RequestCounts":
        """Called by sync.engine at the start and the end of a run."""

    def quota_news(self) -> tuple[QuotaLeft, ...]:
        """Called by sync.engine at the end of a run: what sites said is left since this was last asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCounts:
    """Requests so far; an operation is named like `jira.search` or `confluence.page.update`."""

    reads: int = 0
    writes: int = 0
    points: int = 0  # as Cloud counts them, estimated; Data Center knows none
    by_operation: tuple[tuple[str, int], ...] = ()

    def since(self, before: "RequestCounts") -> "RequestCounts":
        """What came after that count."""
        earlier = dict(before.by_operation)
        counts = ((name, count - earlier.get(name, 0)) for name, count in self.by_operation)
        return RequestCounts(
            reads=self.reads - before.reads,
            writes=self.writes - before.writes,
            points=self.points - before.points,
            by_operation=tuple((name, count) for name, count in sorted(counts) if count),
        )


class Clock(Protocol):
    """Time as an argument."""

    def now(self) -> datetime:
        """Called by sync and worker: aware, UTC."""

    def today(self, zone: str) -> date:
        """Called by sync: the calendar day in a team's zone."""
