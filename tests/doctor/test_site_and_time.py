"""What the doctor says of release, powers, clocks, the last day of the token, and issues that demand somebody."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from connector.cli import okr
from connector.doctor.checks import Check, Name, Outcome
from connector.doctor.site_checks import excess_checks, release_check
from connector.doctor.time_checks import clock_checks, expiry_check
from connector.gateways.site_clocks import SiteClocks
from connector.sandbox.dialect import Dialect
from connector.sandbox.seed import demo_site
from connector.sandbox.site import serving
from mappings.records import ProjectRecord, ScreenField
from tests.doctor.clinic import clinic, of
from tests.flow.stand import EXAMPLE
from tests.gateways.test_sites import at_data_center

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A site that says these things of itself."""

    version: tuple[int, int] | None = None
    granted: frozenset[str] = frozenset()

    def release(self) -> tuple[int, int] | None:
        return self.version

    def permissions(self, names: frozenset[str], project: str | None = None) -> frozenset[str]:
        return names & self.granted

    def project(self, key: str) -> ProjectRecord:
        raise NotImplementedError

    def create_screen(self, project: str, type_id: str) -> tuple[ScreenField, ...]:
        raise NotImplementedError

    def link_types(self, names: frozenset[str]) -> frozenset[str]:
        raise NotImplementedError


def whole(check: Check) -> bool:
    return check.outcome is Outcome.OK or (len(check.options) >= 2 and bool(check.why and check.where))


@pytest.mark.parametrize(
    ("version", "outcome"),
    [
        (None, Outcome.OK),
        ((10, 3), Outcome.OK),
        ((11, 0), Outcome.OK),
        ((11, 3), Outcome.OK),
        ((11, 9), Outcome.OK),
        ((9, 12), Outcome.QUESTION),
        ((10, 2), Outcome.QUESTION),
        ((12, 0), Outcome.QUESTION),
        ((0, 0), Outcome.QUESTION),
    ],
)
def test_a_release_that_was_not_tried_is_asked_about(version: tuple[int, int] | None, outcome: Outcome) -> None:
    check = release_check(Told(version=version))
    assert (check.outcome, whole(check)) == (outcome, True)


def test_an_account_that_may_administer_is_asked_about() -> None:
    (check,) = excess_checks(Told(granted=frozenset({"ADMINISTER", "BROWSE_PROJECTS"})))
    assert (check.outcome, whole(check)) == (Outcome.QUESTION, True)
    (check,) = excess_checks(Told(granted=frozenset({"BROWSE_PROJECTS"})))
    assert check.outcome is Outcome.OK


@pytest.mark.parametrize(
    ("seconds", "outcome", "said"),
    [
        (0, Outcome.OK, "agree"),
        (59, Outcome.OK, "agree"),
        (-59, Outcome.OK, "agree"),
        (61, Outcome.QUESTION, "61 seconds ahead of"),
        (-600, Outcome.QUESTION, "10 minutes behind"),
        (901, Outcome.FAILED, "15 minutes ahead of"),
        (-7200, Outcome.FAILED, "2 hours behind"),
        (86_400 * 3, Outcome.FAILED, "3 days ahead of"),
    ],
)
def test_clocks_that_differ_are_told_with_the_difference(seconds: int, outcome: Outcome, said: str) -> None:
    (check,) = clock_checks({"Jira": NOW - timedelta(seconds=seconds)}, NOW)
    assert (check.outcome, whole(check)) == (outcome, True)
    assert said in check.what


def test_the_time_that_a_site_tells_goes_on_with_our_own_clock() -> None:
    clocks = SiteClocks()
    clocks.heard("Jira", {"Date": "Tue, 24 Nov 2026 12:00:00 GMT"}, at=100.0)
    for unreadable in ("", "gestern", "Tue, 99 Nov 2026", "\x00", "1" * 999):
        clocks.heard("Jira", {"Date": unreadable}, at=110.0)
    clocks.heard("Confluence", {}, at=100.0)
    assert clocks.now(at=130.0) == {"Jira": NOW + timedelta(seconds=30)}


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (date(2027, 6, 30), Outcome.OK),
        (date(2026, 12, 25), Outcome.OK),
        (date(2026, 12, 24), Outcome.QUESTION),
        (date(2026, 11, 24), Outcome.QUESTION),
        (date(2026, 11, 23), Outcome.FAILED),
    ],
)
def test_the_last_day_of_a_token_is_told_a_month_before(day: date, outcome: Outcome) -> None:
    check = expiry_check(day, date(2026, 11, 24))
    assert (check.outcome, whole(check)) == (outcome, True)
    assert day.isoformat() in check.what


def test_a_project_that_demands_somebody_is_told_with_two_ways_on() -> None:
    with clinic() as at:
        for project in at.site.jira.projects.values():
            project.allow_unassigned = False
            project.required.add("assignee")
        found = of(at.visit(), Name.DEFAULT_ASSIGNEE)
    assert {check.outcome for check in found} == {Outcome.FAILED}
    assert all("demands somebody" in check.what and "Jira's general settings" in check.options[0] for check in found)


def test_all_of_it_is_looked_at_on_both_products(tmp_path: Path) -> None:
    shared = {"OKR_MAPPINGS": str(EXAMPLE), "OKR_TOKEN_EXPIRES": "2126-01-01"}
    for dialect in Dialect:
        site = demo_site(dialect=dialect)
        database = {"DATABASE_URL": f"sqlite:///{tmp_path / dialect.value}.db"}
        with serving(site) as address:
            cloud = {"OKR_JIRA_URL": address, "OKR_JIRA_EMAIL": site.email, "OKR_JIRA_TOKEN": site.token}
            given = cloud if dialect is Dialect.CLOUD else at_data_center(site, OKR_PRODUCT="datacenter")
            shown = CliRunner().invoke(okr, ["doctor"], env={**shared, **database, **given})
        named = "Jira Cloud answers" if dialect is Dialect.CLOUD else "Jira Data Center 11.3 answers"
        for told in (named, "does not administer Jira", "that of Jira agree", "that of Confluence agree", "2126-01-01"):
            assert told in shown.output, (told, shown.output)
