"""All sources together, over a real database and the imitation Jira: what is asked, kept, corrected, complained of."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connector.clock import WallClock
from connector.commands.reading import reading as reading_command
from connector.config import Settings
from connector.demo.play import play, stage
from connector.errors import Code, ConnectorError
from connector.gateways.access import Access, Timing
from connector.gateways.jira_cloud import JiraCloudGateway
from connector.gateways.tally import RequestTally
from connector.sandbox.seed import demo_site, empty_site
from connector.sandbox.site import Site, serving
from connector.sources.sources import Sources
from connector.sources.watched import Complaint
from connector.storage.store import Store
from connector.sync.plan import Plan
from connector.sync.report import SyncReport
from connector.sync.scope import Options
from connector.wiring import house
from mappings.indicators import Reading, Source, SourceKind
from mappings.okr import Team
from tests.sources.watching import CYCLES, TUESDAY, FakeMetrics, failure, indicator, reading, team

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CSV = Source(kind=SourceKind.CSV, path="calls.csv")
FIGURE = Source(kind=SourceKind.HTTP_JSON, url="https://metrics.example/a", pointer="/rate")
COUNT = Source(kind=SourceKind.JQL_COUNT, jql="project = SUP AND labels = einrichtung")


def gateway(url: str, site: Site, tally: RequestTally) -> JiraCloudGateway:
    timing = Timing(sleep=lambda seconds: None, monotonic=lambda: 0.0, jitter=lambda: 1.0)
    return JiraCloudGateway(access=Access(url=url, token=site.token, email=site.email), tally=tally, timing=timing)


@dataclass
class Desk:
    site: Site
    store: Store
    folder: Path
    tally: RequestTally
    sources: Sources
    metrics: FakeMetrics

    def refresh(self, *teams: Team, today: date = TUESDAY) -> tuple[Complaint, ...]:
        now = NOON + (today - TUESDAY)
        return self.sources.refresh([(one, today) for one in teams], CYCLES, now)

    def series(self) -> list[Reading]:
        return list(self.store.readings())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    site, tally, metrics = demo_site(start=NOON, frozen=True), RequestTally(), FakeMetrics()
    with serving(site) as url, Store.open(f"sqlite:///{tmp_path / 'okr.db'}") as store:
        sources = Sources(
            folder=tmp_path, jira=gateway(url, site, tally), metrics=metrics, ledger=store, lag=timedelta(0)
        )
        yield Desk(site, store, tmp_path, tally, sources, metrics)


def test_what_customers_brought_is_counted_once(desk: Desk) -> None:
    watching = team(indicator(COUNT, decimals=0))
    assert desk.refresh(watching) == ()
    assert [(one.on, one.value) for one in desk.series()] == [
        (date(2026, 10, 19), Decimal(122)),
        (date(2026, 10, 26), Decimal(131)),
        (date(2026, 11, 2), Decimal(118)),
        (date(2026, 11, 9), Decimal(124)),
        (date(2026, 11, 16), Decimal(97)),
        (date(2026, 11, 23), Decimal(112)),
    ]
    assert desk.tally.counts().by_operation == (("jira.search", 6),)
    assert desk.refresh(watching) == ()
    assert desk.tally.counts().reads == 6


def test_a_number_that_a_person_wrote_by_hand_is_not_counted_over(desk: Desk) -> None:
    desk.store.add_readings([reading(date(2026, 11, 25), "90")])
    desk.refresh(team(indicator(COUNT)), today=date(2026, 11, 26))
    assert reading(date(2026, 11, 23), "112") not in desk.series()
    assert reading(date(2026, 11, 25), "90") in desk.series()


def test_a_file_is_corrected_by_what_it_says_now(desk: Desk) -> None:
    watching = team(indicator(CSV))
    (desk.folder / "calls.csv").write_text("on,value\n2026-11-16,44\n2026-11-23,41\n")
    assert desk.refresh(watching) == ()
    (desk.folder / "calls.csv").write_text("on,value\n2026-11-16,unknown\n2026-11-23,42\n")
    assert desk.refresh(watching) == ()
    assert desk.series() == [reading(date(2026, 11, 16), None), reading(TUESDAY - timedelta(days=1), "42")]
    assert desk.tally.counts().reads == 0


def test_a_file_with_a_bad_line_leaves_the_series_as_it_was(desk: Desk) -> None:
    watching = team(indicator(CSV))
    (desk.folder / "calls.csv").write_text("on,value\n2026-11-16,44\n")
    desk.refresh(watching)
    (desk.folder / "calls.csv").write_text("on,value\n2026-11-16,50\n2026-11-17,fifty\n")
    (complaint,) = desk.refresh(watching)
    assert str(complaint.error).startswith("calls.csv:3:12:")
    assert desk.series() == [reading(date(2026, 11, 16), "44")]


def test_a_figure_is_asked_for_once_a_day_also_when_it_is_unknown(desk: Desk) -> None:
    watching = team(indicator(FIGURE))
    for day, value in ((TUESDAY, Decimal("41.26")), (TUESDAY + timedelta(days=1), None)):
        desk.metrics.answers = {"https://metrics.example/a": value}
        assert desk.refresh(watching, today=day) == ()
        assert desk.refresh(watching, today=day) == ()
    assert desk.metrics.asked == [("https://metrics.example/a", "/rate")] * 2
    assert desk.series() == [reading(TUESDAY, "41.3"), reading(TUESDAY + timedelta(days=1), None)]


def test_a_host_that_does_not_answer_is_asked_once_in_a_run(desk: Desk) -> None:
    desk.metrics.answers = {"https://metrics.example/a": failure(passes=True)}
    complaints = desk.refresh(team(indicator(FIGURE)), team(indicator(FIGURE), name="metering"))
    assert [(one.team, one.error.advice.where) for one in complaints] == [
        ("onboarding", "onboarding/calls"),
        ("metering", "metering/calls"),
    ]
    assert {one.error.code for one in complaints} == {Code.SOURCE_UNREADABLE}
    assert len(desk.metrics.asked) == 1


def test_outside_its_cycles_an_indicator_is_not_asked_for(desk: Desk) -> None:
    winter = team(indicator(FIGURE), indicator(COUNT, name="counted"), cycles=("2027-Q1",))
    assert desk.refresh(winter) == ()
    assert desk.series() == []
    assert desk.tally.counts().reads == 0


def test_an_indicator_that_lives_on_is_read_once(desk: Desk) -> None:
    desk.refresh(team(indicator(COUNT), cycles=("2026-Q4", "2027-Q1")))
    assert desk.tally.counts().reads == 6


def test_a_count_is_exact_beyond_a_page_of_answers() -> None:
    site, tally = empty_site(start=NOON, frozen=True), RequestTally()
    site.jira.add_project("SUP")
    for _ in range(5001):
        site.jira.add_issue(project="SUP", type="Task", summary="Ruf an")
    with serving(site) as url:
        assert gateway(url, site, tally).count("project = SUP") == 5001
    assert tally.counts().by_operation == (("jira.search", 2),)


def environment(site: Site, url: str, book: Path, tmp_path: Path) -> dict[str, str]:
    return {
        "OKR_JIRA_URL": url,
        "OKR_JIRA_EMAIL": site.email,
        "OKR_JIRA_TOKEN": site.token,
        "OKR_MAPPINGS": str(book),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'house.db'}",
        "OKR_SEARCH_LAG": "0s",
    }


def example(tmp_path: Path, **changed: str) -> Path:
    book = tmp_path / "book"
    shutil.copytree(str(files("mappings") / "example"), book)
    path = book / "teams" / "onboarding.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(changed.get("old", ""), changed.get("new", "")), encoding="utf-8")
    return book


def synced(tmp_path: Path, new: str) -> tuple[SyncReport, SyncReport, Plan]:
    book = example(tmp_path, old='source: {type: jql-count, jql: "project = SUP AND labels = einrichtung"}', new=new)
    site = demo_site(start=NOON, frozen=True)
    with serving(site) as url:
        settings = Settings.from_environment(environment(site, url, book, tmp_path))
        with house(settings, WallClock(site.clock.now)) as parts:
            made = parts.folder.book(TUESDAY)
            reports = parts.engine.sync(made, Options()), parts.engine.sync(made, Options())
            return *reports, parts.engine.plan(made, Options()).plan


@pytest.mark.parametrize(
    "new",
    [
        "source: {type: csv, path: calls.csv}",
        "source: {type: http-json, url: https://nowhere.example/a, pointer: /rate}",
        'source: {type: jql-count, jql: "project = NOPE"}',
    ],
)
def test_a_source_that_cannot_be_read_keeps_no_team_from_being_served(tmp_path: Path, new: str) -> None:
    first, second, third = synced(tmp_path, new)
    by_team = {one.team: one for one in first.teams}
    assert [error.code for error in by_team["onboarding"].errors] == [Code.SOURCE_UNREADABLE]
    assert by_team["onboarding"].created == by_team["metering"].created
    assert by_team["metering"].errors == ()
    assert by_team["onboarding"].served
    assert (first.partly, first.failed) == (True, False)
    assert second.requests.writes == 0
    assert [(trouble.team, trouble.blocks) for trouble in third.troubles] == [("onboarding", False)]


def test_the_demo_counts_the_calls_that_its_pages_show(tmp_path: Path) -> None:
    with stage(0, tmp_path, 2, today=TUESDAY) as on:
        play(on, 2)
        series = {(one.indicator, one.on): one.value for one in on.parts.store.readings()}
    assert series["onboarding/setup-calls", date(2026, 11, 16)] == 97
    assert series["onboarding/setup-calls", date(2026, 11, 23)] == 112
    assert series["metering/reading-questions", date(2026, 11, 16)] == 49
    assert series["metering/reading-questions", date(2026, 11, 23)] == 44


def by_hand(tmp_path: Path, *arguments: str) -> Result:
    book = tmp_path / "book"
    env = environment(demo_site(start=NOON, frozen=True), "http://127.0.0.1:9", book, tmp_path)
    return CliRunner().invoke(reading_command, ["add", *arguments], env=env)


def test_a_reading_by_hand_is_kept_corrected_and_quiet_when_nothing_changes(tmp_path: Path) -> None:
    example(tmp_path)
    day = ("--on", "2020-01-06")
    for value, said in (
        ("41.26", "onboarding/setup-rate on 2020-01-06: 41.3\n"),
        ("41.3", "onboarding/setup-rate on 2020-01-06: 41.3 (as before)\n"),
        ("-0.04", "onboarding/setup-rate on 2020-01-06: 0.0\n"),
        ("unknown", "onboarding/setup-rate on 2020-01-06: unknown\n"),
    ):
        result = by_hand(tmp_path, "Onboarding", "setup-rate", value, *day)
        assert (result.exit_code, result.output) == (0, said)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("41,5", "2020-01-06"),
        ("1_0", "2020-01-06"),
        ("nan", "2020-01-06"),
        ("1e3", "2020-01-06"),
        ("1000000000000", "2020-01-06"),
        ("1", "06.01.2020"),
        ("1", "9000-01-01"),
    ],
)
def test_what_is_no_reading_is_a_usage_error(tmp_path: Path, value: str, day: str) -> None:
    example(tmp_path)
    assert by_hand(tmp_path, "onboarding", "setup-rate", value, "--on", day).exit_code == 2


def test_an_unknown_indicator_is_said_to_be_unknown(tmp_path: Path) -> None:
    example(tmp_path)
    result = by_hand(tmp_path, "onboarding", "nothing", "1", "--on", "2020-01-06")
    assert isinstance(result.exception, ConnectorError)
    assert result.exception.code is Code.TEAM_UNKNOWN
