"""Confluence Data Center behind the `Confluence` socket: content of the first version of its interface."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from atlassian import ConfluenceServer

from connector.errors import AccessRefused, NotFound, RequestRefused
from connector.gateways import operations_datacenter as at
from connector.gateways.access import Access, Patience, Timing
from connector.gateways.inspections_datacenter import ConfluenceServerInspection
from connector.gateways.operations import Operation
from connector.gateways.registrations_datacenter import ConfluenceServerRegistrations
from connector.gateways.session import SiteSession
from connector.gateways.site import CONFLUENCE
from connector.gateways.tally import RequestTally
from connector.gateways.transport import Answer, Parameters, Transport, in_chunks
from mappings import boundary
from mappings.boundary import Page
from mappings.records import ChildRecord, DraftRecord, PageRecord, PageVersion, SpaceRecord
from mappings.team_text import TeamText

MANY = 200  # ids of one request, and records of one page; the site may grant fewer
WHOLE = "body.storage,version,space,ancestors"

Record = TypeVar("Record")


class ConfluenceServerGateway:
    """Implements `connector.ports.Confluence`."""

    def __init__(
        self, *, access: Access, tally: RequestTally, timing: Timing, patience: Patience | None = None
    ) -> None:
        site = replace(CONFLUENCE.entered_by(access), points=False)
        session = SiteSession(
            site=site,
            access=access,
            operations=at.CONFLUENCE,
            tally=tally,
            timing=timing,
            patience=patience or Patience(),
        )
        self._transport = Transport(_client(access.url, session), site, tally)
        self._spaces: dict[str, SpaceRecord] = {}  # by id: elsewhere the site wants their keys
        self._lock = threading.Lock()

    def inspection(self) -> ConfluenceServerInspection:
        """A look at the site's settings over the same connections."""
        return ConfluenceServerInspection(self._transport, self._home_of)

    def registrations(self) -> ConfluenceServerRegistrations:
        """The site's webhooks over the same connections."""
        return ConfluenceServerRegistrations(self._transport)

    def spaces(self, keys: Sequence[str]) -> tuple[SpaceRecord, ...]:
        """The spaces of these keys; a missing, archived or personal one is absent."""
        return self._look_up("spaceKey", keys)

    def versions(self, page_ids: Sequence[str]) -> tuple[PageVersion, ...]:
        """Current pages; what is trashed, gone or hidden is absent."""
        found = self._by_id(page_ids, "version", boundary.content_versions)
        return tuple({page.id: page for page in found}.values())

    def pages(self, page_ids: Sequence[str]) -> tuple[PageRecord, ...]:
        """Current pages with their bodies; what is trashed, gone or hidden is absent."""
        found = self._by_id(page_ids, WHOLE, boundary.content_pages)
        return tuple({page.id: page for page in found}.values())

    def find_pages(self, space_ids: Sequence[str], title: str) -> tuple[PageRecord, ...]:
        """Current pages of this title, one request a space; case does not matter, as on the site."""
        return self._titled(space_ids, title, "current", boundary.content_pages)

    def put_away(self, space_id: str, title: str) -> tuple[PageRecord, ...]:
        """Pages of this title in the trash; Data Center's archive holds whole spaces."""
        return self._titled([space_id], title, "trashed", boundary.content_put_away)

    def children(self, page_id: str) -> tuple[ChildRecord, ...]:
        """The current pages directly below, without bodies."""
        found = self._paged(at.CHILDREN, at.CHILDREN.at(page=page_id), {}, boundary.content_children)
        return tuple(dict.fromkeys(found))

    def labels(self, page_id: str) -> frozenset[str]:
        """Of a page's labels, those that begin with `okr`."""
        path = at.LABELS.at(page=page_id)
        return frozenset(self._paged(at.LABELS, path, {"prefix": "global"}, boundary.content_labels))

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

    def draft(self, page_id: str) -> DraftRecord | None:
        """What an editor opened on the page would show; None where the site says that there is nothing."""
        return self._one(page_id, {"status": "draft", "expand": WHOLE}, boundary.content_draft)

    def page_version(self, page_id: str, version: int) -> PageRecord | None:
        """A page as it was; None where the site has not kept that version."""
        asked: Parameters = {"version": version, "status": ("current", "historical"), "expand": WHOLE}
        return self._one(page_id, asked, boundary.content_page)

    def create_page(self, space_id: str, parent_id: str | None, title: str, body: TeamText) -> PageVersion:
        """A new page; without a parent it stands below the space's homepage."""
        space = next(iter(self._known((space_id,))), None)
        if space is None:
            raise self._transport.site.refused(at.SPACES, 400, boundary.Refusal(fields=frozenset({"spaceId"})))
        above = parent_id or space.homepage
        made: dict[str, Any] = {"type": "page", "title": title, "space": {"key": space.key}, "body": _storage(body)}
        if above is not None:
            made["ancestors"] = [{"id": above}]
        answer = self._transport.ask(at.CREATE_PAGE, at.CREATE_PAGE.at(), params={"expand": "version"}, data=made)
        return self._transport.read(answer, boundary.content_version)

    def update_page(self, page: PageRecord, body: TeamText) -> PageVersion:
        """The next version of the page as read, title and place unchanged; or VersionConflict. Nobody is notified."""
        written = {
            "id": page.id,
            "type": "page",
            "title": page.title.words,
            "body": _storage(body),
            "version": {"number": page.version + 1, "minorEdit": True},
        }
        path = at.UPDATE_PAGE.at(page=page.id)
        answer = self._transport.ask(at.UPDATE_PAGE, path, params={"expand": "version"}, data=written)
        return self._transport.read(answer, boundary.content_version)

    def add_labels(self, page_id: str, labels: Sequence[str]) -> None:
        """Labels that are there already stay; others are not touched."""
        added = [{"prefix": "global", "name": label.lower()} for label in labels]
        if added:
            self._transport.ask(at.ADD_LABELS, at.ADD_LABELS.at(page=page_id), data=added)

    def remove_label(self, page_id: str, label: str) -> None:
        """A label is off a page; one that is not there is no error."""
        operation = at.REMOVE_LABEL
        self._transport.ask(operation, operation.at(page=page_id), params={"name": label}, accept=(404,))

    def attach(self, page_id: str, picture_name: str, content: bytes) -> None:
        """A PNG below a page, or its next version where the name is there already."""
        try:
            self._transport.upload(at.ATTACH, at.ATTACH.at(page=page_id), picture_name, content)
        except RequestRefused:
            path = at.PICTURES.at(page=page_id)
            answer = self._transport.ask(at.PICTURES, path, params={"filename": picture_name})
            there = self._transport.read(answer, boundary.pictures).records
            if len(there) != 1:
                raise
            path = at.REPLACE_PICTURE.at(page=page_id, picture=there[0])
            self._transport.upload(at.REPLACE_PICTURE, path, picture_name, content)

    def _titled(
        self, space_ids: Sequence[str], title: str, status: str, reader: Callable[[bytes], Page[PageRecord]]
    ) -> tuple[PageRecord, ...]:
        found: list[PageRecord] = []
        for space in self._known(space_ids):
            wanted: Parameters = {"type": "page", "spaceKey": space.key, "title": title, "status": status}
            found += self._paged(at.PAGES, at.PAGES.at(), {**wanted, "expand": WHOLE}, reader)
        same = (page for page in found if page.title.words.strip().casefold() == title.strip().casefold())
        return tuple({page.id: page for page in same}.values())

    def _known(self, space_ids: Sequence[str]) -> tuple[SpaceRecord, ...]:
        """The spaces of these ids, looked up where they were not met yet."""
        missing = [space for space in space_ids if space not in self._spaces]
        if missing:
            self._look_up("spaceId", missing)
        return tuple(self._spaces[space] for space in dict.fromkeys(space_ids) if space in self._spaces)

    def _home_of(self, space_id: str) -> str | None:
        return next((space.homepage for space in self._known((space_id,))), None)

    def _look_up(self, name: str, values: Sequence[str]) -> tuple[SpaceRecord, ...]:
        wanted: Parameters = {"type": "global", "status": "current", "expand": "homepage"}
        found: dict[str, SpaceRecord] = {}
        for chunk in in_chunks(values, MANY):
            asked = {**wanted, name: chunk}
            found |= {s.id: s for s in self._paged(at.SPACES, at.SPACES.at(), asked, boundary.content_spaces)}
        with self._lock:
            self._spaces |= found
        return tuple(found.values())

    def _by_id(self, page_ids: Sequence[str], expand: str, reader: Callable[[bytes], Page[Record]]) -> Iterator[Record]:
        for chunk in in_chunks(page_ids, MANY):
            wanted: Parameters = {"type": "page", "ids": chunk, "expand": expand}
            yield from self._paged(at.PAGES, at.PAGES.at(), wanted, reader)

    def _one(self, page_id: str, asked: Parameters, reader: Callable[[bytes], Record]) -> Record | None:
        try:
            answer = self._transport.ask(at.PAGE, at.PAGE.at(page=page_id), params=asked)
        except NotFound:
            return None
        return self._transport.read(answer, reader)

    def _line_of(self, page_id: str) -> tuple[str, ...]:
        """The page and what it stands below."""
        above = self._one(page_id, {"expand": "ancestors"}, boundary.content_line)
        return (page_id, *(above or ()))  # gone or hidden: asked for itself, it is for some

    def _for_some(self, page_id: str) -> bool:
        path = at.READERS.at(page=page_id, operation="read")
        asked: Parameters = {"limit": 1, "expand": "restrictions.user,restrictions.group"}
        try:
            answer = self._transport.ask(at.READERS, path, params=asked)
        except (NotFound, AccessRefused):
            return True
        return self._transport.read(answer, boundary.for_some_only)

    def _paged(
        self, operation: Operation, path: str, wanted: Parameters, reader: Callable[[bytes], Page[Record]]
    ) -> Iterator[Record]:
        def ask(place: str | None) -> Answer:
            start = {"start": place} if place is not None else {}
            return self._transport.ask(operation, path, params={**wanted, "limit": MANY, **start})

        for page in self._transport.all_of(ask, reader):
            yield from page.records


def _client(url: str, session: SiteSession) -> Any:
    made: Any = ConfluenceServer  # its constructor has no types
    return made(url, session=session, retry_with_header=False, backoff_and_retry=False)


def _storage(body: TeamText) -> dict[str, Any]:
    return {"storage": {"value": body.words, "representation": "storage"}}
