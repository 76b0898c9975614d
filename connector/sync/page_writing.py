"""Creates and updates in Confluence: pages are drawn when their time has come, and merged onto what people wrote."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from connector.errors import Advice, Code, ConnectorError, NotOurs, RequestRefused, VersionConflict
from connector.ledger import Kind, Resource
from connector.pages.draft import Draft
from connector.pages.quotations import last_time
from connector.pages.regions import is_ours, merge
from connector.pages.views import Addresses, LastTime
from connector.ports import Clock, Confluence
from connector.sync.desired import WantedPage
from connector.sync.memory import Memory
from connector.sync.plan import CreatePage, Step, UpdatePage
from connector.sync.refs import check_in_week_of
from mappings.records import PageRecord

MOST_TRIES = 3  # of an update that other people's edits overtake


@dataclass(slots=True, kw_only=True)
class PageWriting:
    """Writes pages of ours and nothing else."""

    confluence: Confluence
    memory: Memory
    clock: Clock
    spaces: Mapping[str, str]  # id by key
    addresses: Callable[[], Addresses]  # as the memory knows them at this moment
    _last: dict[str, LastTime] = field(default_factory=dict)  # by ref of the page they were written on

    def has_place(self, step: Step) -> bool:
        """Whether the space and the page above are there."""
        wanted = _wanted(step)
        parent = wanted.parent is None or self.memory.remote(Kind.PAGE, wanted.parent) is not None
        return parent and wanted.space in self.spaces

    def no_place(self, step: Step) -> ConnectorError:
        """What a team is told when the page above its own could not be made."""
        return NotOurs(
            Code.NOT_FOUND,
            Advice(
                what=f"„{_wanted(step).title}“ was not made",
                where=f"team {step.team}",
                why="the page above it, or its space, is not there",
                options=("see what is told of the page above, and sync again", "check `confluence.space`"),
            ),
        )

    def prepare(self, steps: Iterable[Step]) -> None:
        """Reads in one request what teams wrote last, to be quoted on their new check-in pages."""
        refs = {wanted.previous for step in steps if (wanted := _wanted(step)).previous}
        rows = {row.remote_id: ref for ref in refs if (row := self.memory.remote(Kind.PAGE, ref))}
        for page in self.confluence.pages([page_id for page_id in rows if page_id]) if rows else ():
            ref = rows[page.id]
            quoted = last_time(page.body, check_in_week_of(ref))
            if quoted is not None:
                self._last[ref] = quoted

    def create(self, wanted: WantedPage) -> tuple[Resource, ...]:
        """A page that was not there; a title that is taken by a page of ours means that it was there after all."""
        addresses = self.addresses()
        draft = wanted.draw(addresses, self._last.get(wanted.previous or ""))
        parent = self.memory.remote(Kind.PAGE, wanted.parent) if wanted.parent else None
        space = self.spaces[wanted.space]
        try:
            made = self.confluence.create_page(space, parent.remote_id if parent else None, draft.title, draft.body)
        except RequestRefused as refusal:
            return (self._taken(wanted, space, refusal),)
        self._upload(made.id, draft, before=None)
        row = Resource(kind=Kind.PAGE, ref=wanted.ref, remote_id=made.id, since=self.clock.now())
        return (replace(row, version=made.version, digest=wanted.fingerprint(addresses)),)

    def _taken(self, wanted: WantedPage, space: str, refusal: RequestRefused) -> Resource:
        for page in self.confluence.find_pages([space], wanted.title):
            if is_ours(page.body):
                row = Resource(kind=Kind.PAGE, ref=wanted.ref, remote_id=page.id, since=self.clock.now())
                return replace(row, version=page.version)
            raise _title_taken(wanted) from refusal
        raise refusal

    def update(self, deed: UpdatePage) -> tuple[Resource, ...]:
        """Our untouched regions brought up to date on the newest body; other people's edits are never overtaken."""
        page, wanted = deed.page, deed.wanted
        for attempt in range(MOST_TRIES):
            try:
                row = self._update(wanted, page, deed.restore)
                # What people wrote meanwhile was not harvested: the version that was keeps it on the next run's list.
                return (row if attempt == 0 else replace(row, version=deed.page.version),)
            except VersionConflict:
                fresh = self.confluence.pages([page.id])
                if attempt + 1 == MOST_TRIES or not fresh:
                    raise
                page = fresh[0]
        raise AssertionError("the last try returns or raises")

    def _update(self, wanted: WantedPage, page: PageRecord, restore: bool) -> Resource:
        addresses = self.addresses()
        draft = wanted.draw(addresses, None)
        merged = merge(page.body, draft, restore)
        version = page.version
        if merged.changed:
            self._upload(page.id, draft, before=page)
            version = self.confluence.update_page(page, merged.body).version
        row = Resource(kind=Kind.PAGE, ref=wanted.ref, remote_id=page.id, since=self.clock.now())
        return replace(row, version=version, digest=wanted.fingerprint(addresses), drifted=len(merged.drifted))

    def _upload(self, page_id: str, draft: Draft, before: PageRecord | None) -> None:
        """The picture, unless the body already names it: its file name carries the digest of its data."""
        if draft.picture is None or (before is not None and draft.picture.file_name in before.body.words):
            return
        self.confluence.attach(page_id, draft.picture.file_name, draft.picture.content)


def _wanted(step: Step) -> WantedPage:
    if not isinstance(step.deed, CreatePage | UpdatePage):
        raise TypeError(type(step.deed).__name__)
    return step.deed.wanted


def _title_taken(wanted: WantedPage) -> ConnectorError:
    return NotOurs(
        Code.TITLE_TAKEN,
        Advice(
            what=f"a page titled „{wanted.title}“ is there already and does not carry our mark",
            where=f"space {wanted.space}",
            why="pages of other people are never overwritten",
            options=("rename that page", "rename the team or the parent page in the mapping files"),
        ),
    )
