"""A team that entered an address is told once of each check-in page; nobody else is, and nothing waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from connector.folder import MappingFolder
from connector.gateways.access import Timing
from connector.gateways.posts import Line, Outcome, Posts
from connector.living_book import LivingBook
from connector.post_addresses import PostAddresses
from connector.posting import Posting
from connector.rings import Slot, SlotKind
from tests.flow.living import House, living

SLACK = "https://hooks.slack.com/services/T0/B0/hush"
MONDAY = datetime(2026, 11, 23, 5, tzinfo=UTC)  # the page is made at 7 in Berlin, for the meeting on Tuesday


@dataclass
class Channel(Posts):
    """In place of Slack: who was told what."""

    brings: list[Outcome] = field(default_factory=list)
    said: list[tuple[str, Line]] = field(default_factory=list)

    def __post_init__(self) -> None:
        nobody_waits = Timing(sleep=lambda seconds: None, monotonic=lambda: 0.0, jitter=lambda: 1.0)
        super().__init__(addresses=PostAddresses(by_team={"onboarding": SLACK}), timing=nobody_waits)

    def post(self, team: str, line: Line) -> Outcome:
        self.said.append((team, line))
        return self.brings.pop(0) if self.brings else Outcome.SENT


@contextmanager
def told(database: str, folder: Path, channel: Channel, start: datetime = MONDAY) -> Iterator[tuple[House, Posting]]:
    with living(database, folder, start=start) as on:
        posting = Posting(
            posts=channel,
            ledger=on.store,
            slots=on.store.slot_ledger,
            book=LivingBook(MappingFolder(on.scene.book_folder), sleep=lambda seconds: None),
            clock=on.clock,
            wiki=on.site.confluence_url,
        )
        yield on, posting


def tells(on: House, posting: Posting) -> None:
    """As the posting's own thread does, after each run so far."""
    for report in on.runs:
        made = frozenset(team.team for team in report.teams if team.created) & posting.posts.teams
        posting.work(made)


def test_a_team_is_told_once_when_its_page_was_made(sqlite_url: str, tmp_path: Path) -> None:
    channel = Channel()
    with told(sqlite_url, tmp_path, channel) as (on, posting):
        on.ticker.tick()
        on.works()
        on.minutes(120)
        tells(on, posting)
        tells(on, posting)
        page = on.scene.page_id("check-in/onboarding/2026-W48")
        assert [team for team, _ in channel.said] == ["onboarding"]
        line = channel.said[0][1]
        assert line.title == "OKR-Check-in · Team Onboarding · KW 48/2026"
        assert line.url == f"{on.site.confluence_url}/pages/viewpage.action?pageId={page}"
        on.runs.clear()
        on.minutes(7 * 24 * 60, step=60)
        tells(on, posting)
        assert [line.title[-7:] for _, line in channel.said] == ["48/2026", "49/2026"]


def test_a_post_that_failed_is_not_sent_with_the_next_run(sqlite_url: str, tmp_path: Path) -> None:
    channel = Channel(brings=[Outcome.REFUSED])
    with told(sqlite_url, tmp_path, channel) as (on, posting):
        on.minutes(180)
        tells(on, posting)
        tells(on, posting)
        assert len(channel.said) == 1
        served = on.store.slot_ledger.served(on.clock.now() - timedelta(hours=1))
        assert Slot(team="onboarding", kind=SlotKind.POST, slot="2026-W48") in served


def test_two_workers_tell_a_team_once(database_url: str, tmp_path: Path) -> None:
    channel = Channel()
    with told(database_url, tmp_path, channel) as (on, posting):
        on.minutes(180)
        tells(on, posting)
        another = Posting(
            posts=channel,
            ledger=posting.ledger,
            slots=posting.slots,
            book=posting.book,
            clock=posting.clock,
            wiki=posting.wiki,
        )
        another.work(frozenset({"onboarding"}))
        assert len(channel.said) == 1


def test_a_page_of_another_week_is_not_told_of(sqlite_url: str, tmp_path: Path) -> None:
    channel = Channel()
    thursday = datetime(2026, 11, 26, 12, tzinfo=UTC)
    with told(sqlite_url, tmp_path, channel, start=thursday) as (on, posting):
        on.ticker.tick()
        on.works()
        posting.work(frozenset({"onboarding"}))
        assert channel.said == []


def test_no_row_holds_an_address_or_a_title(sqlite_url: str, tmp_path: Path) -> None:
    with told(sqlite_url, tmp_path, Channel()) as (on, posting):
        on.minutes(180)
        tells(on, posting)
        held = b"".join(path.read_bytes() for path in tmp_path.glob("**/*.db*"))
        assert b"hush" not in held
        assert b"hooks.slack.com" not in held
        assert "hush" not in repr(posting)
