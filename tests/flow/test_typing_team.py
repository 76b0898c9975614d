"""A team that writes on its page is left in peace, whatever moves meanwhile; then the page is brought up to date."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import cycle
from pathlib import Path

import pytest

from connector.sandbox.confluence_content import Page, Version
from tests.flow.house import House, house
from tests.flow.stand import Scene, scene
from tests.flow.stories import CHECK_IN, pages_titled

MONDAY = datetime(2026, 11, 23, 5, 45, tzinfo=UTC)  # the check-in page is made at seven, Berlin time
MEETING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
EPICS = ("ONB-12", "ONB-33", "ONB-40", "ONB-27")
STATUSES = ("In Progress", "Done", "To Do", "Done", "In Progress")
NEXT = "OKR-Check-in · Team Onboarding · KW 49/2026"
MOST_VERSIONS = 3  # of ours, a week


@dataclass(slots=True, kw_only=True)
class Week:
    """The team's page during one week, and everything that people wrote there."""

    on: Scene
    home: House
    written: list[str] = field(default_factory=list)
    moves: Callable[[], None] = lambda: None

    @property
    def page(self) -> Page:
        return self.on.site.confluence.page(self.on.page_id(CHECK_IN))

    def ours(self) -> list[Version]:
        return [one for one in self.page.versions if one.author == self.on.site.people.service.account_id]

    def until(self, moment: datetime) -> None:
        """Minute by minute where it is near."""
        while (left := moment - self.on.site.clock.now()) > timedelta(0):
            step = 360 if left > timedelta(days=1) else 30 if left > timedelta(minutes=40) else 1
            self.home.minutes_pass(step, step)

    def publishes(self) -> None:
        """Another paragraph at the end, saved in the editor."""
        self.written.append(f"Gedanke {len(self.written)} am Dienstag, {self.on.site.clock.now():%H:%M} ä–ß")
        page, words = self.on.page_id(CHECK_IN), self.written[-1]
        self.on.site.confluence.edit_by_hand(page, lambda body: f"{body}<p>{words}</p>")

    def types(self) -> None:
        """A little more of a paragraph that nobody else sees yet."""
        self.written = [f"{self.written[0] if self.written else 'Wir schreiben'} Wort{len(str(self.written))}"]
        self.on.site.confluence.save_draft(self.page.id, self.draft())

    def draft(self) -> str:
        return f"{self.page.body}<p>{self.written[0]}</p>"

    def an_epic_moves(self) -> None:
        self.moves()

    def is_up_to_date(self) -> bool:
        return not any(step.ref == CHECK_IN for step in self.on.plan(teams=("onboarding",)).steps)

    def has_lost_nothing(self) -> bool:
        body = unescape(self.page.body)  # an editor may write letters as entities
        return all(body.count(words) == 1 for words in self.written) and not self.page.overridden_drafts


@pytest.fixture
def week(sqlite_url: str, tmp_path: Path) -> Iterator[Week]:
    with scene(sqlite_url, tmp_path, start=MONDAY) as on, house(on) as home:
        one = Week(on=on, home=home)
        steps = cycle((key, status) for status in STATUSES for key in EPICS)
        one.moves = lambda: on.site.jira.set_status(*next(steps))
        on.sync()
        one.until(MONDAY + timedelta(hours=2))
        assert one.is_up_to_date()
        assert len(one.ours()) == 1
        yield one


def an_hour(week: Week, each_minute: Callable[[int], None]) -> list[int]:
    """How many versions were ours after each minute, while epics move."""
    seen = []
    for minute in range(60):
        each_minute(minute)
        week.an_epic_moves()
        week.home.minutes_pass(1)
        seen.append(len(week.ours()))
    return seen


def published_every_few_minutes(week: Week) -> Callable[[int], None]:
    return lambda minute: week.publishes() if minute % 4 == 0 else None


def test_an_hour_of_published_edits_is_not_interrupted_and_half_an_hour_later_all_is_there(week: Week) -> None:
    assert set(an_hour(week, published_every_few_minutes(week))) == {1}
    assert not week.is_up_to_date()
    last = max(one.at for one in week.page.versions)
    week.until(last + timedelta(minutes=29))
    assert len(week.ours()) == 1
    week.until(last + timedelta(minutes=32))
    assert week.is_up_to_date()
    assert week.has_lost_nothing()
    week.until(MEETING + timedelta(days=3))
    assert len(week.ours()) <= MOST_VERSIONS
    assert week.has_lost_nothing()


def test_an_hour_of_an_unpublished_draft_is_not_interrupted_and_half_an_hour_later_all_is_there(week: Week) -> None:
    assert set(an_hour(week, lambda minute: week.types())) == {1}
    week.on.site.confluence.edit_by_hand(week.page.id, lambda body: week.draft(), "none")
    week.home.minutes_pass(29)
    assert len(week.ours()) == 1
    week.home.minutes_pass(3)
    assert week.is_up_to_date()
    assert week.has_lost_nothing()
    week.until(MEETING + timedelta(days=3))
    assert len(week.ours()) <= MOST_VERSIONS
    assert week.has_lost_nothing()


def test_who_writes_until_the_meeting_finds_the_page_renewed_once_before_it(week: Week) -> None:
    week.until(MEETING - timedelta(hours=1))
    before = len(week.ours())
    seen = an_hour(week, published_every_few_minutes(week))
    assert seen[:14] == [before] * 14
    assert seen[16:] == [before + 1] * 44
    assert week.ours()[-1].at - (MEETING - timedelta(minutes=45)) <= timedelta(minutes=1)
    week.until(MEETING + timedelta(minutes=40))
    assert week.is_up_to_date()
    week.until(MEETING + timedelta(days=3))
    assert len(week.ours()) <= MOST_VERSIONS
    assert week.has_lost_nothing()


def test_a_draft_that_nobody_publishes_is_never_written_over_and_the_next_page_comes_all_the_same(week: Week) -> None:
    week.types()
    for _ in EPICS * 2:
        week.an_epic_moves()
    week.until(MEETING + timedelta(hours=1))
    assert not week.is_up_to_date()
    week.until(MONDAY + timedelta(days=7, hours=2))
    assert len(pages_titled(week.on.site, NEXT)) == 1
    assert len(week.ours()) == 1
    assert str(week.page.draft).count(week.written[0]) == 1
    assert not week.page.overridden_drafts


def test_a_draft_that_is_published_shortly_before_the_meeting_finds_the_page_renewed_for_it(week: Week) -> None:
    week.types()
    for _ in EPICS * 2:
        week.an_epic_moves()
    week.until(MEETING - timedelta(minutes=40))
    assert len(week.ours()) == 1
    week.on.site.confluence.edit_by_hand(week.page.id, lambda body: week.draft(), "none")
    week.until(MEETING - timedelta(minutes=10))
    assert week.is_up_to_date()
    assert week.has_lost_nothing()


def test_changes_while_nobody_writes_come_in_one_version(week: Week) -> None:
    for _minute in range(20):
        week.an_epic_moves()
        week.home.minutes_pass(1)
    week.home.minutes_pass(31)
    assert week.is_up_to_date()
    assert len(week.ours()) <= 3
