"""Confluence Cloud behind the `Confluence` socket: v2 for spaces, pages and reading labels, v1 for what v2 cannot."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from atlassian import ConfluenceV2

from connector.errors import AccessRefused, NotFound
from connector.gateways import operations
from connector.gateways.access import Access, Patience, Timing
from connector.gateways.inspections import ConfluenceCloudInspection
from connector.gateways.operations import Operation
from connector.gateways.session import SiteSession
from connector.gateways.site import CONFLUENCE
from connector.gateways.tally import RequestTally
from connector.gateways.transport import Answer, Parameters, Transport, in_chunks
from mappings import boundary
from mappings.boundary import Page
from mappings.records import ChildRecord, DraftRecord, PageRecord, PageVersion, SpaceRecord
from mappings.team_text import TeamText

MANY = 250  # ids or keys of one request, and records of one page
SPACES_AT_ONCE = 100  # of a search by title

Record = TypeVar("Record")


class ConfluenceCloudGateway:
    """Implements `connector.ports.Confluence`."""

    def __init__(
        self, *, access: Access, tally: RequestTally, timing: Timing, patience: Patience | None = None
    ) -> None:
        access = _below_wiki(access)
        site = CONFLUENCE.entered_by(access)
        session = SiteSession(
            site=site,
            access=access,
            operations=operations.CONFLUENCE,
            tally=tally,
            timing=timing,
            patience=patience or Patience(),
        )
        self._transport = Transport(_client(access.url, session), site, tally)

    def inspection(self) -> ConfluenceCloudInspection:
        """A look at the site's settings over the same connections."""
        return ConfluenceCloudInspection(self._transport)

    def spaces(self, keys: Sequence[str]) -> tuple[SpaceRecord, ...]:
        """The spaces of these keys; a missing, archived or personal one is absent."""
        found = self._by(operations.SPACES, "keys", keys, MANY, {}, boundary.spaces_page)
        return tuple({space.id: space for space in found}.values())

    def versions(self, page_ids: Sequence[str]) -> tuple[PageVersion, ...]:
        """Current pages; what is trashed, gone or hidden is absent."""
        found = self._by(operations.PAGES, "id", page_ids, MANY, {"status": "current"}, boundary.versions_page)
        return tuple({page.id: page for page in found}.values())

    def pages(self, page_ids: Sequence[str]) -> tuple[PageRecord, ...]:
        """Current pages with their bodies; what is trashed, gone or hidden is absent."""
        wanted: Parameters = {"status": "current", "body-format": "storage"}
        found = self._by(operations.PAGES, "id", page_ids, MANY, wanted, boundary.pages_page)
        return tuple({page.id: page for page in found}.values())

    def find_pages(self, space_ids: Sequence[str], title: str) -> tuple[PageRecord, ...]:
        """Current pages of this title; case does not matter, since it does not matter for what a site allows."""
        return self._titled(space_ids, title, "current", boundary.pages_page)

    def put_away(self, space_id: str, title: str) -> tuple[PageRecord, ...]:
        """Pages of this title in the trash or the archive."""
        return self._titled([space_id], title, ("trashed", "archived"), boundary.pages_put_away)

    def children(self, page_id: str) -> tuple[ChildRecord, ...]:
        """The current pages directly below, without bodies."""
        try:
            found = tuple(self._listed(operations.CHILDREN, page_id, boundary.children_page))
        except NotFound:  # of the page, or of the newer one of two endpoints
            found = tuple(self._listed(operations.CHILD_PAGES, page_id, boundary.children_page))
        return tuple(dict.fromkeys(found))

    def labels(self, page_id: str) -> frozenset[str]:
        """Of a page's labels, those that begin with `okr`."""
        return frozenset(self._listed(operations.LABELS, page_id, boundary.labels_page))

    def draft(self, page_id: str) -> DraftRecord | None:
        """What an editor opened on the page would show; None where the site says that there is nothing."""
        operation = operations.PAGE_DRAFT
        asked: Parameters = {"get-draft": "true", "body-format": "storage"}
        try:
            answer = self._transport.ask(operation, operation.at(page=page_id), params=asked)
        except NotFound:
            return None
        return self._transport.read(answer, boundary.page_draft)

    def restricted(self, page_ids: Sequence[str]) -> frozenset[str]:
        """Of these pages, those that only some may read, by a restriction of their own or of what they stand below.

        Where the site does not say it, a page counts as one of them.
        """
        known: dict[str, bool] = {}

        def for_some(page: str) -> bool:
            if page not in known:
                known[page] = self._for_some(page)
            return known[page]

        return frozenset(page for page in dict.fromkeys(page_ids) if any(map(for_some, self._line_of(page))))

    def page_version(self, page_id: str, version: int) -> PageRecord | None:
        """A page as it was; None where the site has not kept that version."""
        operation = operations.PAGE_VERSION
        asked: Parameters = {"version": version, "body-format": "storage"}
        try:
            answer = self._transport.ask(operation, operation.at(page=page_id), params=asked)
        except NotFound:
            return None
        return self._transport.read(answer, boundary.page)

    def create_page(self, space_id: str, parent_id: str | None, title: str, body: TeamText) -> PageVersion:
        """A new page; without a parent it stands below the space's homepage."""
        made: dict[str, Any] = {"spaceId": space_id, "status": "current", "title": title, "body": _storage(body)}
        if parent_id is not None:
            made["parentId"] = parent_id
        operation = operations.CREATE_PAGE
        return self._transport.read(self._transport.ask(operation, operation.at(), data=made), boundary.page_version)

    def update_page(self, page: PageRecord, body: TeamText) -> PageVersion:
        """The next version of the page as read, title and place unchanged; or VersionConflict."""
        operation = operations.UPDATE_PAGE
        written = {
            "id": page.id,
            "status": "current",
            "title": page.title.words,
            "body": _storage(body),
            "version": {"number": page.version + 1},
        }
        answer = self._transport.ask(operation, operation.at(page=page.id), data=written)
        return self._transport.read(answer, boundary.page_version)

    def add_labels(self, page_id: str, labels: Sequence[str]) -> None:
        """Labels that are there already stay; others are not touched."""
        operation = operations.ADD_LABELS
        added = [{"prefix": "global", "name": label.lower()} for label in labels]
        if added:
            self._transport.ask(operation, operation.at(page=page_id), data=added)

    def remove_label(self, page_id: str, label: str) -> None:
        """A label is off a page; one that is not there is no error."""
        operation = operations.REMOVE_LABEL
        self._transport.ask(operation, operation.at(page=page_id), params={"name": label}, accept=(404,))

    def attach(self, page_id: str, picture_name: str, content: bytes) -> None:
        """A PNG below a page, or its next version where the name is there already."""
        operation = operations.ATTACH
        self._transport.upload(operation, operation.at(page=page_id), picture_name, content)

    def _line_of(self, page_id: str) -> tuple[str, ...]:
        """The page and what it stands below."""
        try:
            return (page_id, *self._listed(operations.ANCESTORS, page_id, boundary.ancestors_page))
        except NotFound:
            return (page_id,)  # gone or hidden: asked for itself, it is for some

    def _for_some(self, page_id: str) -> bool:
        operation = operations.READERS
        try:
            answer = self._transport.ask(operation, operation.at(page=page_id, operation="read"), params={"limit": 1})
        except (NotFound, AccessRefused):
            return True
        return self._transport.read(answer, boundary.for_some_only)

    def _titled(
        self,
        space_ids: Sequence[str],
        title: str,
        status: str | Sequence[str],
        reader: Callable[[bytes], Page[PageRecord]],
    ) -> tuple[PageRecord, ...]:
        wanted: Parameters = {"status": status, "body-format": "storage", "title": title}
        found = self._by(operations.PAGES, "space-id", space_ids, SPACES_AT_ONCE, wanted, reader)
        same = (page for page in found if page.title.words.strip().casefold() == title.strip().casefold())
        return tuple({page.id: page for page in same}.values())

    def _by(
        self,
        operation: Operation,
        name: str,
        values: Sequence[str],
        size: int,
        wanted: Parameters,
        reader: Callable[[bytes], Page[Record]],
    ) -> Iterator[Record]:
        for chunk in in_chunks(values, size):
            asked: Parameters = {name: ",".join(chunk), **wanted}
            yield from self._paged(operation, operation.at(), asked, reader)

    def _listed(self, operation: Operation, page_id: str, reader: Callable[[bytes], Page[Record]]) -> Iterator[Record]:
        return self._paged(operation, operation.at(page=page_id), {}, reader)

    def _paged(
        self, operation: Operation, path: str, wanted: Parameters, reader: Callable[[bytes], Page[Record]]
    ) -> Iterator[Record]:
        def ask(place: str | None) -> Answer:
            cursor = {"cursor": place} if place is not None else {}
            return self._transport.ask(operation, path, params={**wanted, "limit": MANY, **cursor})

        for page in self._transport.all_of(ask, reader):
            yield from page.records


def _below_wiki(access: Access) -> Access:
    """On Cloud, Confluence's interfaces stand below `/wiki`, at the site's address and at the gateway's."""
    url = access.url.rstrip("/")
    return access if url.endswith("/wiki") else replace(access, url=f"{url}/wiki")


def _client(url: str, session: SiteSession) -> ConfluenceV2:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it warns of its v1 methods, none of which is called here
        return ConfluenceV2(url, session=session, retry_with_header=False, backoff_and_retry=False)


def _storage(body: TeamText) -> dict[str, str]:
    return {"representation": "storage", "value": body.words}
