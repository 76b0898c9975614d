"""Plays the story of two teams on an imitation site, week by week, with the real engine and a real database."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path

from connector.clock import WallClock
from connector.config import Settings
from connector.demo.story import STORIES, Week
from connector.folder import MappingFolder
from connector.ledger import Kind
from connector.sandbox.calls import monday_of, take_calls
from connector.sandbox.dialect import Dialect
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving
from connector.sync.refs import check_in_ref
from connector.sync.report import SyncReport
from connector.sync.scope import Options
from connector.wiring import Parts, house
from mappings.calendar import IsoWeek
from mappings.indicators import Reading
from mappings.okr import MappingBook

LONGEST = 5  # weeks the story has


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPage:
    """A page to open."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the demo did and where to look."""

    jira: str
    confluence: str
    pages: tuple[ShownPage, ...]
    first: SyncReport  # on an empty site
    second: SyncReport  # when everything is in step


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The imitation site and the connector in front of it."""

    site: Site
    address: str
    parts: Parts
    book: MappingBook
    today: date

    def sync(self) -> SyncReport:
        """One run over all teams."""
        return self.parts.engine.sync(self.book, Options())

    def move_to(self, moment: datetime) -> None:
        """The site's time moves on; it never goes back."""
        ahead = moment - self.site.clock.now()
        if ahead > timedelta(0):
            self.site.clock.advance(ahead)


@contextmanager
def stage(port: int, folder: Path, weeks: int, today: date | None = None) -> Iterator[Stage]:
    """An imitation site with the example organisation's work, and the connector with its book; `folder` is kept."""
    with as_file(files("mappings") / "example") as example:
        day = today or story_day(example)
        begin = _friday(IsoWeek.of(day).shifted(1 - weeks)) if weeks > 1 else _moment_of(day)
        site = demo_site(start=begin, to_come=weeks - 1)
        with serving(site, port) as address:
            settings = Settings.from_environment(environment(site, example, folder))
            with house(settings, WallClock(site.clock.now)) as parts:
                yield Stage(site=site, address=address, parts=parts, book=parts.folder.book(day), today=day)


def environment(site: Site, book: Path, folder: Path) -> Mapping[str, str]:
    """The settings of a connector in front of an imitation site that stands, its database in `folder`."""
    cloud = {"OKR_JIRA_EMAIL": site.email}
    datacenter = {"OKR_CONFLUENCE_URL": site.confluence_url, "OKR_CONFLUENCE_TOKEN": site.token}
    return {
        "OKR_JIRA_URL": site.jira_url,
        "OKR_JIRA_TOKEN": site.token,
        "OKR_PRODUCT": site.dialect.value,
        **(cloud if site.dialect is Dialect.CLOUD else datacenter),
        "OKR_MAPPINGS": str(book),
        "DATABASE_URL": f"sqlite:///{folder / 'okr.db'}",
        "OKR_SEARCH_LAG": "0s",
    }


def play(on: Stage, weeks: int) -> Summary:
    """The last `weeks` weeks up to today: pages are made, teams write, the next page shows what was understood."""
    first, today = None, on.today
    for back in range(weeks - 1, -1, -1):
        week = IsoWeek.of(today).shifted(-back)
        on.move_to(_friday(week) if back else _moment_of(today))
        if back < weeks - 1:
            _customers_call(on, back)
        _push(on, week, back)
        report = on.sync()
        first = first or report
        _write(on, week, back)
        on.sync()
    second = on.sync()
    if first is None:
        raise ValueError("a story has at least one week")
    return Summary(
        jira=f"{on.site.jira_url}/browse/OKR",
        confluence=on.site.confluence_url,
        pages=tuple(shown(on)),
        first=first,
        second=second,
    )


def story_day(example: Path) -> date:
    """Today, or a day in the example's first cycle when its cycles have passed."""
    book = MappingFolder(example).book(datetime.now(UTC).date())
    today = datetime.now(book.strategy.timezone).date()
    return today if book.strategy.running(today) else book.strategy.cycles[0].last - timedelta(weeks=4)


def _friday(week: IsoWeek) -> datetime:
    return _noon(week.day(4))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _moment_of(today: date) -> datetime:
    """The present moment, at noon at the earliest; noon where the story plays on another day than today."""
    now = datetime.now(UTC)
    return max(now, _noon(today)) if abs(now - _noon(today)) < timedelta(days=1) else _noon(today)


def _act(team: str, back: int) -> Week:
    return STORIES[team][len(STORIES[team]) - 1 - back]


def _customers_call(on: Stage, back: int) -> None:
    """What came in during the week that has just ended; what came in before stands on the site already."""
    with on.site.lock:
        monday = monday_of(on.site.clock.now()) - timedelta(weeks=1)
        take_calls(on.site.jira, on.site.people, monday, back)


def _push(on: Stage, week: IsoWeek, back: int) -> None:
    for team in STORIES:
        readings = _act(team, back).readings
        on.parts.store.add_readings(
            Reading(indicator=f"{team}/{indicator}", on=week.day(0), value=value) for indicator, value in readings
        )
        for key, status in _act(team, back).epics:
            on.site.jira.set_status(key, status)


def _write(on: Stage, week: IsoWeek, back: int) -> None:
    rows = on.parts.store.resources()
    for team in (t for t in on.book.teams if t.id in STORIES):
        row = rows.get((Kind.PAGE, check_in_ref(team, week)))
        if row is None or row.remote_id is None:
            continue
        for words in _act(team.id, back).words:
            if words.answer:
                on.site.confluence.type_into_cell(row.remote_id, words.region, words.question, words.answer)


def shown(on: Stage) -> Iterator[ShownPage]:
    """Every page that was made, the strategy first, then team by team."""
    for (kind, _), row in sorted(on.parts.store.resources().items(), key=lambda entry: entry[1].ref):
        if kind is Kind.PAGE and row.remote_id is not None:
            title = on.site.confluence.tree.page(row.remote_id).title
            yield ShownPage(title=title, url=f"{on.site.confluence_url}/pages/viewpage.action?pageId={row.remote_id}")
