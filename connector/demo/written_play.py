"""Plays a story that is written on pages, day by day, with the real engine; whatever happens, the connector follows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from connector.clock import WallClock
from connector.config import Settings
from connector.demo.play import Stage, Summary, environment, shown
from connector.demo.written_acts import (
    CHECK_IN,
    LINK,
    Act,
    Connects,
    Copies,
    Lines,
    Moves,
    Pushes,
    Strikes,
    Types,
    Week,
)
from connector.demo.written_book import begin, connect
from connector.demo.written_story import BEGIN, CALLS, CALLS_BEFORE, LEADERSHIP, ORGANISATION, TABLE_HEAD, TEAMS
from connector.ledger import Kind
from connector.sandbox import form_hand
from connector.sandbox.calls import WEEKS, monday_of, note_calls
from connector.sandbox.dialect import Dialect
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving
from connector.sync.report import SyncReport
from connector.wiring import house
from mappings.calendar import IsoWeek
from mappings.indicators import Reading

KEY_RESULT = "okr-t-key-result"
_MORNING, _NOON = time(7), time(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One day on which something happened, after the connector followed."""

    week: int  # of the story; 1 is the first
    day: date
    stage: Stage
    report: SyncReport


@contextmanager
def written_stage(
    port: int, folder: Path, *, frozen: bool = False, dialect: Dialect = Dialect.CLOUD
) -> Iterator[Stage]:
    """The imitation site as the story begins, and a mapping folder without a word about OKRs; `folder` is kept."""
    book = folder / "book"
    begin(book, BEGIN, ORGANISATION, [TABLE_HEAD, *(team.row for team in TEAMS)])
    start = datetime.combine(BEGIN, time(6), tzinfo=UTC)
    site = demo_site(start=start, frozen=frozen, to_come=WEEKS, dialect=dialect)
    with serving(site, port) as address:
        _customers_called(site)
        settings = Settings.from_environment(environment(site, book, folder))
        with house(settings, WallClock(site.clock.now)) as parts:
            yield Stage(site=site, address=address, parts=parts, book=parts.folder.book(BEGIN), today=BEGIN)


def moments(on: Stage, weeks: int) -> Iterator[Moment]:
    """The days of the first weeks of the story, each after everything was done and the connector has followed."""
    for number in range(weeks):
        monday = BEGIN + timedelta(weeks=number)
        _come_to(on, monday, _MORNING)
        _customers_call(on, number)
        for weekday in sorted({0} | {day.weekday for _, week in stories_of(number) for day in week}):
            today = monday + timedelta(days=weekday)
            if weekday:
                _come_to(on, today, _NOON)
            now = replace(on, today=today)
            for team, week in stories_of(number):
                for act in (act for day in week if day.weekday == weekday for act in day.acts):
                    _do(now, team, act)
            now = replace(now, book=now.parts.folder.book(today))
            yield Moment(week=number + 1, day=today, stage=now, report=now.sync())


def play_written(on: Stage, weeks: int) -> tuple[Stage, Summary]:
    """The whole story, and the stage as it stands at its end."""
    reports, stage = [], on
    for moment in moments(on, weeks):
        reports.append(moment.report)
        stage = moment.stage
    second = stage.sync()
    summary = Summary(
        jira=f"{on.site.jira_url}/browse/OKR",
        confluence=on.site.confluence_url,
        pages=tuple(shown(on)),
        first=reports[0],
        second=second,
    )
    return stage, summary


def stories_of(number: int) -> list[tuple[str, Week]]:
    """Who does something in a week, leadership first."""
    told = [("", LEADERSHIP), *((team.team, team.weeks) for team in TEAMS)]
    return [(team, weeks[number]) for team, weeks in told if number < len(weeks)]


def _come_to(on: Stage, day: date, at: time) -> None:
    on.move_to(datetime.combine(day, at, tzinfo=UTC))


def _customers_called(site: Site) -> None:
    """What came in before the story begins."""
    past = len(next(iter(CALLS_BEFORE.values())))
    for place in range(past):
        counts = {label: before[place] for label, before in CALLS_BEFORE.items()}
        note_calls(site.jira, site.people, BEGIN - timedelta(weeks=past + 1 - place), counts)


def _customers_call(on: Stage, number: int) -> None:
    """What came in during the week before stands in Jira."""
    counts = {label: counts[number] for label, counts in CALLS.items()}
    with on.site.lock:
        note_calls(on.site.jira, on.site.people, monday_of(on.site.clock.now()) - timedelta(weeks=1), counts)


def _do(on: Stage, team: str, act: Act) -> None:
    match act:
        case Moves(epic=epic, status=status):
            with on.site.lock:
                on.site.jira.set_status(epic, status)
        case Pushes(indicator=indicator, value=value):
            monday = on.today - timedelta(days=on.today.weekday())
            on.parts.store.add_readings([Reading(indicator=f"{team}/{indicator}", on=monday, value=value)])
        case Connects(sources=sources):
            connect(on.parts.folder.root, team, sources)
        case Types() | Lines() | Copies() | Strikes():
            page = _page(on, team, act.page)
            with on.site.lock:
                on.site.confluence.edit_by_hand(page, lambda body: _edited(body, act, f"{on.site.jira_url}/browse/"))


def _page(on: Stage, team: str, page: str) -> str:
    """The id of a page that stands at the site; the check-in is that of the week."""
    ref = f"{CHECK_IN}/{team}/{IsoWeek.of(on.today)}" if page == CHECK_IN else page
    row = on.parts.store.resources().get((Kind.PAGE, ref))
    if row is None or row.remote_id is None:
        raise LookupError(f"the story writes on {ref}, which is not there yet")
    return row.remote_id


def _edited(body: str, act: Types | Lines | Copies | Strikes, browse: str) -> str:
    match act:
        case Types():
            answers = {question: answer.replace(LINK, browse) for question, answer in act.answers}
            return form_hand.typed(body, act.region, act.nth, answers)
        case Lines():
            cells = [cell and cell.replace(LINK, browse) for cell in act.cells]
            return form_hand.lined(body, KEY_RESULT, act.key_result, act.row, cells)
        case Copies():
            return form_hand.copied(body, KEY_RESULT, act.key_result, act.heading)
        case Strikes():
            return form_hand.struck(body, act.region, act.nth, act.questions)
