"""People and our update on one page at the same time: who does what when, and whether a character was lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from itertools import count, pairwise

from connector.errors import VersionConflict
from connector.gateways.access import Access, Timing
from connector.gateways.confluence_cloud import ConfluenceCloudGateway
from connector.gateways.confluence_datacenter import ConfluenceServerGateway
from connector.gateways.tally import RequestTally
from connector.ledger import Resource
from connector.pages.draft import Draft
from connector.pages.regions import machine_regions
from connector.pages.views import Addresses
from connector.ports import Clock
from connector.sandbox.confluence_content import Page
from connector.sandbox.dialect import Dialect
from connector.sandbox.log import Answered, Asked
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving
from connector.sandbox.storage_format import check, parse, text_of
from connector.storage.store import Store
from connector.sync.desired import WantedPage
from connector.sync.memory import Memory
from connector.sync.page_writing import PageWriting
from connector.sync.plan import UpdatePage
from connector.sync.stillness import PageInUse
from mappings.records import PageRecord
from mappings.team_text import TeamText
from tests.flow.dialects import SPOKEN, documents_kept
from tests.pages.form_pages import form_page, with_identifiers
from tests.pages.hands import Edit, edited, staged, without_ours
from tests.pages.test_golden import DRAFTS

FORM = "de/form"  # the one kind of page in whose team tables we fill something
PAGES = {**DRAFTS, FORM: form_page()}
GATEWAY = ConfluenceCloudGateway if SPOKEN is Dialect.CLOUD else ConfluenceServerGateway
KINDS = tuple(sorted(PAGES))
STAGES = 4  # the page as it was made, two updates in the race, and one when everybody has left
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


class When(StrEnum):
    """A moment of an update at which somebody may do something."""

    BEFORE = "before we read the page"
    READ = "after we read it"
    LOADED = "while its picture is on its way"
    LOOKED = "after our last look for drafts"
    WRITTEN = "after our write"


class How(StrEnum):
    """What becomes of what somebody typed."""

    PUBLISHED = "published"
    TYPED = "left in the open draft"
    DISCARDED = "nothing: the open draft is thrown away"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that one person does."""

    when: When
    how: How
    editor: str  # cloud, legacy or none
    edits: tuple[tuple[Edit, int, int], ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """What happens to one page during two updates of ours."""

    kind: str
    pictured: bool
    merging: bool  # the site merges our update into a draft that began in the last moment
    acts: tuple[tuple[Act, ...], tuple[Act, ...]]


@dataclass(slots=True)
class Figures:
    """What happened in all races together."""

    races: int = 0
    edits: int = 0  # published by people
    drafts: int = 0  # saved and not published at once
    updates: int = 0  # ours that reached the site
    postponed: int = 0  # ours that waited for a draft
    overtaken: int = 0  # writes of ours that the site refused, because somebody was faster
    conflicts: int = 0  # ours that were left to the next run for that reason
    human: int = 0  # characters outside our untouched regions that our updates had to keep
    lost: int = 0  # of those
    drifted: int = 0  # regions reported as touched at the end
    renewed: int = 0  # regions that are right at the end


@cache
def stages(kind: str) -> tuple[Draft, ...]:
    """One of our real pages, and what it is to be at the next moments: each of its regions holds something new."""
    return tuple(staged(PAGES[kind], number) for number in range(STAGES))


@dataclass(slots=True, kw_only=True)
class Track:
    """One site on which races are run, and the writer that is tried."""

    site: Site
    writing: PageWriting
    figures: Figures = field(default_factory=Figures)
    _page: Page | None = None
    _waiting: list[Act] = field(default_factory=list)
    _count: int = 0
    _fills: bool = False

    @property
    def _ours(self) -> str:
        return self.site.people.service.account_id

    def run(self, race: Race) -> None:
        """Raises AssertionError when a character of theirs, or the truth about a region, was lost."""
        first, *later = stages(race.kind)
        self._count, self._fills = self._count + 1, race.kind == FORM
        page = self.site.confluence.add_page(space="ONB", title=f"Rennen {self._count}", body=first.body.words)
        page.versions[0] = replace(page.versions[0], author=self._ours)
        page.merges_drafts, self._page = race.merging, page
        for target, acts in zip(later[:-1], race.acts, strict=True):
            self._update(page, self._drawn(target, race), list(acts))
        if page.draft is not None:
            self._publish(page.draft, "none")
        self._waiting = []
        row = self._write(page, self._drawn(later[-1], race))
        assert row is not None, "somebody is said to write although everybody has left"
        self._counted(page)
        self._right_at_the_end(page, later[-1], row)

    def happened(self, asked: Asked, answered: Answered) -> None:
        """Somebody acts while the site answers us."""
        page = self._page
        if page is None or page.id not in f"{asked.path}?{asked.query}":
            return
        self.figures.overtaken += answered.status == 409
        if asked.method in ("PUT", "POST") and "attachment" in asked.path:
            self._act(When.LOADED)
        elif asked.method == "GET" and _has(asked, "get-draft", "status=draft"):
            self._act(When.LOOKED)
        elif asked.method == "GET" and _has(asked, "body-format=storage", "expand=body.storage"):
            self._act(When.READ)

    def _drawn(self, target: Draft, race: Race) -> Draft:
        return target if race.pictured else replace(target, picture=None)

    def _update(self, page: Page, target: Draft, acts: list[Act]) -> None:
        self._waiting = acts
        self._act(When.BEFORE)
        self._write(page, target)
        self._act(When.WRITTEN)

    def _write(self, page: Page, target: Draft) -> Resource | None:
        before = len(page.versions)
        (record,) = self.writing.confluence.pages([page.id])
        try:
            row, *_ = self.writing.update(_deed(record, target, self._fills))
        except PageInUse:
            self.figures.postponed += 1
            assert all(each.author != self._ours for each in page.versions[before:])
            return None
        except VersionConflict:
            self.figures.conflicts += 1
            return None
        return row

    def _act(self, when: When) -> None:
        """One act of this moment, by a person; the site is ours alone meanwhile."""
        act = next((each for each in self._waiting if each.when is when), None)
        if act is None or self._page is None:
            return
        self._waiting.remove(act)
        page = self._page
        before = page.draft if page.draft is not None else page.body
        match act.how:
            case How.DISCARDED:
                page.draft = None
            case How.PUBLISHED:
                self._publish(edited(before, act.edits), act.editor)
            case How.TYPED:
                body = edited(before, act.edits)
                if when is not When.LOOKED or (page.merges_drafts and _apart(before, body)):
                    self.site.confluence.save_draft(page.id, body)
                    self.figures.drafts += 1

    def _publish(self, body: str, editor: str) -> None:
        assert self._page is not None
        self._page.draft = None  # it is what is published
        self.site.confluence.edit_by_hand(self._page.id, lambda _: body, editor)
        self.figures.edits += 1

    def _counted(self, page: Page) -> None:
        """Every version of ours holds what people had written in the version before, byte for byte."""
        self.figures.races += 1
        for earlier, later in pairwise(page.versions):
            if later.author == self._ours:
                self.figures.updates += 1
                self.figures.human += len(without_ours(earlier.body))
                before = TeamText(earlier.body)
                lost = _lost(with_identifiers(before) if self._fills else before, TeamText(later.body))
                self.figures.lost += lost
                assert not lost, f"{lost} characters of {later.number}"
        for draft in page.overridden_drafts:
            known = [_words(version.body) for version in page.versions]
            lost = 0 if _words(draft) in known else len(draft)
            self.figures.lost += lost
            assert not lost, "a draft was overridden"

    def _right_at_the_end(self, page: Page, target: Draft, row: Resource) -> None:
        """A region that shows what we wanted is not told; one that does not, or stands there twice, is."""
        check(page.body)
        names = [each.name for each in machine_regions(TeamText(page.body))]
        first = {each.name: each for each in reversed(machine_regions(TeamText(page.body)))}
        standing = [(first[region.name], region) for region in target.regions if region.name in first]
        told = [one for one in standing if not one[1].once]
        right = [found.name for found, region in told if _plain(found.inside) == _plain(region.inside)]
        wrong = {found.name for found, _ in told} - set(right)
        twice = {name for name in right if names.count(name) > 1}
        reshaped = {found.name for found, _ in told if not found.untouched}  # the same words in other cells
        assert len(wrong | twice) <= row.drifted <= len(wrong | twice | reshaped), "a region is not told as it is"
        for found, region in told:
            assert found.name in right or found.untouched is False or "comment" in found.inside, f"{region.name} is old"
        self.figures.renewed += len(right)
        self.figures.drifted += row.drifted


def _has(asked: Asked, *words: str) -> bool:
    """Whether the query has one of these, of which each product has its own."""
    return any(word in asked.query for word in words)


def _deed(record: PageRecord, target: Draft, fills: bool) -> UpdatePage:
    wanted = WantedPage(
        team="onboarding",
        ref=f"check-in/{record.id}",
        space="ONB",
        parent=None,
        depth=3,
        title=record.title.words,
        labels=(),
        uses=frozenset(),
        inputs=b"",
        draw=lambda addresses, quoted: target,
        fill=with_identifiers if fills else None,
    )
    return UpdatePage(wanted=wanted, page=record, restore=False)


def _lost(earlier: TeamText, later: TeamText) -> int:
    before, after = without_ours(earlier.words), without_ours(later.words)
    return 0 if before == after else max(1, len(before) - len(after))


def _words(body: str) -> str:
    """What people wrote, as another reader than ours sees it."""
    return _plain(without_ours(body))


def _plain(markup: str) -> str:
    return "".join(text_of(parse(markup)).split())


def _apart(before: str, after: str) -> bool:
    """Whether somebody left our regions alone, inside and around: what a site can merge."""
    one, other = machine_regions(TeamText(before)), machine_regions(TeamText(after))
    return [(f.name, f.digest, f.inside) for f in one] == [(f.name, f.digest, f.inside) for f in other]


@contextmanager
def track(
    database: str,
    gateway: type[ConfluenceCloudGateway] | type[ConfluenceServerGateway] = GATEWAY,
    writer: type[PageWriting] = PageWriting,
) -> Iterator[Track]:
    """A site, a database, and the real writer on the real gateway between them."""
    site = demo_site(start=NOW, frozen=True, dialect=SPOKEN)
    with serving(site), documents_kept(site), Store.open(database) as store:
        cloud = site.dialect is Dialect.CLOUD
        place = site.jira_url if cloud else site.confluence_url
        access = Access(url=place, token=site.token, email=site.email if cloud else None)
        seconds = count()  # one at each look, so that our own pace never has to slow us down
        timing = Timing(sleep=lambda _: None, monotonic=lambda: float(next(seconds)), jitter=lambda: 1.0)
        confluence = gateway(access=access, tally=RequestTally(), timing=timing)
        writing = writer(
            confluence=confluence,
            memory=Memory(store),
            clock=_Still(),
            spaces={},
            addresses=lambda refs: Addresses(issues={}, pages={}, browse=""),
            left={},
        )
        one = Track(site=site, writing=writing)
        site.log.on_exchange(one.happened)
        yield one


class _Still(Clock):
    """It is always the same moment."""

    def now(self) -> datetime:
        return NOW
