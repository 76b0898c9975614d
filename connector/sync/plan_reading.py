"""Reading the pages that people write: 250 a request, versions in force that are not the newest one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from connector.ledger import Kind, Resource
from connector.pages.form_reading import read_plan
from connector.pages.markup import BodyUnreadable
from connector.pages.origin import made_from_file, origin
from connector.pages.strategy_reading import read_strategy
from connector.pages.written import WrittenPlan
from connector.ports import Confluence
from connector.sync.connections import asked_at_once
from connector.sync.editions import Edition, Editions
from connector.sync.memory import Memory, same_thing
from connector.sync.plan_moment import within
from connector.sync.plan_standing import PlanPage, plan_of_file
from connector.sync.refs import STRATEGY, check_in_week
from mappings.okr import Cycle, Strategy, Team
from mappings.records import PageRecord
from mappings.team_text import TeamText

MOST_BACK = 20  # versions that are looked through for one that was in force, once, where a memory was lost

Of = tuple[Team, Strategy, Cycle]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page that people write, as far as it is remembered to stand; without a team it is leadership's."""

    ref: str
    id: str
    team: Team | None = None
    cycle: Cycle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What counts of the strategy page."""

    strategy: Strategy | None = None  # None: the file's
    readable: bool = True  # its newest version
    row: Resource | None = None  # what is to be remembered


def _plan(body: TeamText, of: Of) -> WrittenPlan:
    """A page that was made before the team wrote itself says what the file says, until the next cycle has a form."""
    return plan_of_file(of[0], of[2]) if made_from_file(body) else read_plan(body, *of)


def _frame(body: TeamText, filed: Strategy) -> Strategy:
    return filed if made_from_file(body) else read_strategy(body, filed)


@dataclass(slots=True, kw_only=True)
class Shelf:
    """What was understood so far, for as long as the process lives."""

    plans: Editions[Of, WrittenPlan] = field(default_factory=lambda: Editions(understand=_plan))
    frames: Editions[Strategy, Strategy] = field(default_factory=lambda: Editions(understand=_frame))

    def seen(self, page: str) -> bool:
        """Whether some version of the page was understood before."""
        return self.plans.seen(page) or self.frames.seen(page)


@dataclass(slots=True, kw_only=True)
class PlanReading:
    """One run's reading."""

    shelf: Shelf
    confluence: Confluence
    memory: Memory
    found: Mapping[str, PageRecord]  # pages that were found again in this run, by ref
    filed: Strategy
    now: datetime
    bodies: dict[str, PageRecord] = field(default_factory=dict)  # by ref
    versions: dict[str, int] = field(default_factory=dict)  # by page id; one that is absent is gone or hidden

    def read(self, places: Sequence[Place]) -> tuple[Frame, tuple[PlanPage, ...]]:
        """What the pages say; a page whose newest version was read before is not read again."""
        refs = {place.id: place.ref for place in places}
        self._take(refs, (record for record in self.found.values() if record.id in refs))
        known = [page for page in refs if page not in self.versions and self.shelf.seen(page)]
        self.versions |= {v.id: v.version for v in self.confluence.versions(known)} if known else {}
        new = [page for page in refs if page not in self.versions and page not in known]
        self._fetch(refs, [*new, *self._moved_frame(places)])
        frame = self._frame(next((place for place in places if place.team is None), None))
        strategy = frame.strategy or self.filed
        standing = [(place, of) for place in places if (of := _of(place, strategy)) and place.id in self.versions]
        self._fetch(refs, [place.id for place, of in standing if self._unread(place, of)])
        pages = [self._page(place, of) for place, of in standing]
        self._earlier(pages, strategy)
        return frame, tuple(self._with_before(page, strategy) for page in pages)

    def _fetch(self, refs: Mapping[str, str], pages: Sequence[str]) -> None:
        wanted = [page for page in pages if refs[page] not in self.bodies]
        self._take(refs, self.confluence.pages(wanted) if wanted else ())

    def _take(self, refs: Mapping[str, str], records: Iterable[PageRecord]) -> None:
        for record in records:
            self.bodies[refs[record.id]] = record
            self.versions[record.id] = record.version

    def _moved_frame(self, places: Iterable[Place]) -> Iterator[str]:
        for place in places:
            version = self.versions.get(place.id)
            if place.team is None and version and not self.shelf.frames.at_hand((place.id, version), self.filed):
                yield place.id

    def _unread(self, place: Place, of: Of) -> bool:
        return not self.shelf.plans.at_hand((place.id, self.versions[place.id]), of)

    def _body(self, ref: str) -> TeamText | None:
        return self.bodies[ref].body if ref in self.bodies else None

    def _frame(self, place: Place | None) -> Frame:
        if place is None or place.id not in self.versions:
            return Frame()
        version, frames = self.versions[place.id], self.shelf.frames
        newest = frames.said((place.id, version), self.filed, self._body(place.ref))
        row = self._row(place)
        counts = version if newest is not None else row.version if row else None
        frames.keep_only(place.id, (version, counts))
        since = row.since if row else self.now
        kept = Resource(kind=Kind.PLAN, ref=STRATEGY, remote_id=place.id, version=counts, since=since)
        if newest is not None or counts is None:
            return Frame(strategy=newest, readable=newest is not None, row=kept)
        at_hand = frames.at_hand((place.id, counts), self.filed)
        earlier = None if at_hand else self.confluence.page_version(place.id, counts)
        before = frames.said((place.id, counts), self.filed, earlier.body if earlier else None)
        return Frame(strategy=before, readable=False, row=kept)

    def _row(self, place: Place) -> Resource | None:
        row = self.memory.row(Kind.PLAN, place.ref)
        return row if same_thing(row, place.id) else None

    def _page(self, place: Place, of: Of) -> PlanPage:
        team, _, cycle = of
        version, row = self.versions[place.id], self._row(place)
        return PlanPage(
            team=team,
            cycle=cycle,
            ref=place.ref,
            id=place.id,
            version=version,
            said=self.shelf.plans.said((place.id, version), of, self._body(place.ref)),
            row=row,
            known=row.version if row else self._made_from(place.id, team, cycle),
            before=None,
        )

    def _made_from(self, page: str, team: Team, cycle: Cycle) -> int | None:
        """Where the memory was lost: the version that the newest check-in of the cycle was made from."""
        weeks = {week: ref for ref in self.found if (week := check_in_week(ref, team)) and within(week, cycle)}
        for _, ref in sorted(weeks.items(), reverse=True):
            try:
                made_from = origin(self.found[ref].body)
            except BodyUnreadable:
                continue
            if made_from is not None and made_from[0] == page and made_from[1] <= self.versions[page]:
                return made_from[1]
        return None

    def _earlier(self, pages: Iterable[PlanPage], strategy: Strategy) -> None:
        """Versions in force that are not the newest, side by side."""
        wanted: dict[Edition, Of] = {}
        for page in pages:
            edition, of = (page.id, page.known or 0), (page.team, strategy, page.cycle)
            if page.known not in (None, page.version) and not self.shelf.plans.at_hand(edition, of):
                wanted[edition] = of
        read = asked_at_once(lambda edition: self.confluence.page_version(*edition), wanted)
        for (edition, of), record in zip(wanted.items(), read, strict=True):
            self.shelf.plans.said(edition, of, record.body if record else None)

    def _with_before(self, page: PlanPage, strategy: Strategy) -> PlanPage:
        """With what its version in force says; where nothing is remembered, the newest that could be is looked for."""
        of, plans = (page.team, strategy, page.cycle), self.shelf.plans
        if page.known is not None:
            return replace(page, before=plans.said((page.id, page.known), of, None))
        if page.row is not None or (page.said is not None and page.said.valid_from is not None):
            return page
        for version in range(page.version - 1, max(0, page.version - 1 - MOST_BACK), -1):
            record = self.confluence.page_version(page.id, version)
            plan = plans.said((page.id, version), of, record.body if record else None)
            if plan is not None and plan.valid_from is not None:
                return replace(page, known=version, before=plan)
        return page


def _of(place: Place, strategy: Strategy) -> Of | None:
    return None if place.team is None or place.cycle is None else (place.team, strategy, place.cycle)
