"""Creates and updates in Confluence: pages are drawn when their time has come, and merged onto what people wrote."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from connector.errors import Advice, Code, ConnectorError, NotOurs, RequestRefused, VersionConflict
from connector.ledger import Kind, Resource
from connector.pages.canonical import BodyUnreadable
from connector.pages.draft import Draft
from connector.pages.need_places import answer_to
from connector.pages.quotations import last_check_in
from connector.pages.regions import is_ours, merge, same_hands
from connector.pages.views import Addresses, LastTime, Quoted
from connector.ports import Clock, Confluence
from connector.sync.desired import WantedPage
from connector.sync.leave import Always, LeaveToWrite
from connector.sync.memory import Memory
from connector.sync.page_recovery import UNCONFIRMED
from connector.sync.plan import CreatePage, Step, UpdatePage
from connector.sync.refs import STRATEGY, check_in_week_of
from connector.sync.stillness import page_in_use
from mappings.records import PageRecord
from mappings.team_text import TeamText

MOST_TRIES = 3  # of an update that other people's edits overtake


@dataclass(slots=True, kw_only=True)
class PageWriting:
    """Writes pages of ours and nothing else."""

    confluence: Confluence
    memory: Memory
    clock: Clock
    spaces: Mapping[str, str]  # id by key
    addresses: Callable[[Iterable[str]], Addresses]  # of these refs, as the memory knows them at this moment
    left: Mapping[str, str | None]  # refs of pages that people took away, and of the page above each
    leave: LeaveToWrite = field(default_factory=Always)
    _earlier: dict[str, TeamText] = field(default_factory=dict)  # by ref, check-in pages that new ones quote

    def has_place(self, step: Step) -> bool:
        """Whether the space and the page above are there."""
        wanted = _wanted(step)
        above = self._above(wanted)
        parent = above is None or self.memory.remote(Kind.PAGE, above) is not None
        return parent and wanted.space in self.spaces

    def _above(self, wanted: WantedPage) -> str | None:
        """The ref of the nearest page above that people left standing; None: the homepage of the space."""
        above = wanted.parent
        while above is not None and above in self.left:
            above = self.left[above]
        return above

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
        refs = dict.fromkeys(ref for step in steps for ref in _wanted(step).earlier)
        if refs:
            refs[STRATEGY] = None  # where the answers stand
        rows = {row.remote_id: ref for ref in refs if (row := self.memory.remote(Kind.PAGE, ref))}
        for page in self.confluence.pages([page_id for page_id in rows if page_id]) if rows else ():
            self._earlier[rows[page.id]] = page.body

    def create(self, wanted: WantedPage) -> tuple[Resource, ...]:
        """A page that was not there; a title that is taken by a page of ours means that it was there after all.

        Where its picture could not be sent, the page is kept as unconfirmed and the next run sends it.
        """
        addresses = self.addresses(wanted.uses)
        draft = wanted.draw(addresses, Quoted(last=self._last(wanted)))
        above = self._above(wanted)
        parent = self.memory.remote(Kind.PAGE, above) if above else None
        space = self.spaces[wanted.space]
        try:
            made = self.confluence.create_page(space, parent.remote_id if parent else None, draft.title, draft.body)
        except RequestRefused as refusal:
            if refusal.code is not Code.TITLE_TAKEN:
                raise
            return (self._taken(wanted, space),)
        row = Resource(kind=Kind.PAGE, ref=wanted.ref, remote_id=made.id, since=self.clock.now())
        row = replace(row, version=None if wanted.unread else made.version, digest=UNCONFIRMED)
        try:
            self._upload(made.id, draft, before=None)
        except ConnectorError:
            self.memory.keep(row)
            raise
        return (replace(row, digest=wanted.fingerprint(addresses)),)

    def _last(self, wanted: WantedPage) -> LastTime | None:
        read = [ref for ref in wanted.earlier if ref in self._earlier]
        last = last_check_in((check_in_week_of(ref), self._earlier[ref]) for ref in read)
        return replace(last, answered=self._answer(wanted.team, last)) if last and last.needed.words else last

    def _answer(self, team: str, last: LastTime) -> TeamText:
        """What was answered to a team's needs, unless the page where it stands is for some only."""
        page = self.memory.remote(Kind.PAGE, STRATEGY)
        with suppress(BodyUnreadable):
            answer = answer_to(self._earlier.get(STRATEGY, TeamText("")), team, last.week)
            if answer.words and page and page.remote_id and not self.confluence.restricted([page.remote_id]):
                return answer
        return TeamText("")

    def _taken(self, wanted: WantedPage, space: str) -> Resource:
        standing = self.confluence.find_pages([space], wanted.title)
        for page in standing:
            if _is_ours(page):
                row = Resource(kind=Kind.PAGE, ref=wanted.ref, remote_id=page.id, since=self.clock.now())
                # Never read yet: the next run reads it, and what our memory may lack with it.
                return replace(row, version=None if wanted.unread else 0, digest=UNCONFIRMED)
        raise _title_taken(wanted) if standing else _title_held(wanted)

    def update(self, deed: UpdatePage) -> tuple[Resource, ...]:
        """Our untouched regions brought up to date on the newest body; other people's edits are never overtaken."""
        page = deed.page
        for attempt in range(MOST_TRIES):
            try:
                row = self._update(deed, page)
                # What people wrote meanwhile was not harvested: the version that was keeps it on the next run's list.
                return self._with_plan(row, page) if attempt == 0 else (replace(row, version=deed.page.version),)
            except VersionConflict:
                fresh = self.confluence.pages([page.id])
                if attempt + 1 == MOST_TRIES or not fresh:
                    raise
                page = fresh[0]
        raise AssertionError("the last try returns or raises")

    def _update(self, deed: UpdatePage, page: PageRecord) -> Resource:
        addresses, wanted = self.addresses(deed.wanted.uses), deed.wanted
        draft = wanted.draw(addresses, Quoted(body=page.body))
        body = wanted.filled(page.body)
        merged = merge(body, draft, deed.restore)
        version = page.version
        changed = bool(merged.changed) or body.words != page.body.words
        if changed:
            self._wait_for_writers(page, wanted)
        if merged.changed or deed.upload:
            sent = self._upload(page.id, draft, before=None if deed.upload else page)
            if sent and changed:
                self._wait_for_writers(page, wanted)  # again: somebody may have begun while the picture was on its way
        if changed:
            self.leave.ask()  # again: who was faster, or what the picture took, may have cost us the lease
            version = self.confluence.update_page(page, merged.body).version
        before = self.memory.remote(Kind.PAGE, wanted.ref)
        fingerprint = wanted.fingerprint(addresses, before.digest if before else None)
        row = Resource(kind=Kind.PAGE, ref=wanted.ref, remote_id=page.id, since=self.clock.now())
        return replace(row, version=version, digest=fingerprint, drifted=len(merged.drifted))

    def _with_plan(self, row: Resource, page: PageRecord) -> tuple[Resource, ...]:
        """Our own write changes no word of the team's: what was in force before it is in force in the new version."""
        plan = self.memory.row(Kind.PLAN, row.ref)
        if plan is None or plan.remote_id != row.remote_id or plan.version != page.version:
            return (row,)
        return row, replace(plan, version=row.version)

    def _wait_for_writers(self, page: PageRecord, wanted: WantedPage) -> None:
        """Raises PageInUse while somebody has typed something there that is not published.

        However near the meeting is, and whoever asked: a site merges our update into an open draft if it can, and
        "may entirely override" the draft where the two differ much. So the page is looked at again at the next slot
        at the latest, and a draft that nobody publishes costs one page its new numbers, never anybody a word.
        """
        draft = self.confluence.draft(page.id)
        if draft is None or not (draft.unpublished or draft.version <= page.version):
            return  # nobody writes, or somebody has published: that is a conflict, and is settled as one
        try:
            same = same_hands(draft.body, page.body)
        except BodyUnreadable:
            same = False
        if not same:
            raise page_in_use(wanted.title)

    def _upload(self, page_id: str, draft: Draft, before: PageRecord | None) -> bool:
        """The picture, unless the body already names it: its file name carries the digest of its data."""
        if draft.picture is None or (before is not None and draft.picture.file_name in before.body.words):
            return False
        self.leave.ask()
        self.confluence.attach(page_id, draft.picture.file_name, draft.picture.content)
        return True


def _wanted(step: Step) -> WantedPage:
    if not isinstance(step.deed, CreatePage | UpdatePage):
        raise TypeError(type(step.deed).__name__)
    return step.deed.wanted


def _is_ours(page: PageRecord) -> bool:
    try:
        return is_ours(page.body)
    except BodyUnreadable:
        return False


def _title_held(wanted: WantedPage) -> ConnectorError:
    return NotOurs(
        Code.TITLE_TAKEN,
        Advice(
            what=f"the title „{wanted.title}“ is held by a page that is not to be seen",
            where=f"space {wanted.space}",
            why="an archived page keeps its title, and so does one that is hidden from the service account",
            options=("restore that page, then it is found again", "delete or rename it"),
        ),
    )


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
