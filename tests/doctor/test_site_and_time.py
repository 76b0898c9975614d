"""What the doctor says of release, powers, clocks, the last day of the token, and issues that demand somebody."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from connector.cli import okr
from connector.doctor.checks import Check, Name, Outcome
from connector.doctor.places import places_of
from connector.doctor.sheet import CONFLUENCE_SCOPES, JIRA_SCOPES
from connector.doctor.site_checks import excess_checks, release_check, scope_checks
from connector.doctor.time_checks import clock_checks, expiry_check
from connector.gateways.site_clocks import SiteClocks
from connector.sandbox.dialect import Dialect
from connector.sandbox.seed import demo_site
from connector.sandbox.site import serving
from mappings.records import ProjectRecord, ScreenField
from tests.doctor.clinic import TODAY, book, clinic, of
from tests.flow.stand import EXAMPLE
from tests.gateways.test_sites import at_data_center

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A site that says these things of itself."""

    version: tuple[int, int] | None = None
    granted: frozenset[str] = frozenset()
    writable: frozenset[str] | None = None

    def release(self) -> tuple[int, int] | None:
        return self.version

    def permissions(self, names: frozenset[str], project: str | None = None) -> frozenset[str]:
        return names & self.granted

    def projects_to_write(self) -> frozenset[str] | None:
        return self.writable

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
    check = release_check("Jira", Told(version=version))
    assert (check.outcome, whole(check)) == (outcome, True)


def test_an_account_that_may_administer_is_asked_about() -> None:
    places = places_of(book(), TODAY)
    (check,) = excess_checks(Told(granted=frozenset({"ADMINISTER", "BROWSE_PROJECTS"})), places)
    assert (check.outcome, whole(check)) == (Outcome.QUESTION, True)
    (check,) = excess_checks(Told(granted=frozenset({"BROWSE_PROJECTS"})), places)
    assert check.outcome is Outcome.OK


def test_projects_that_the_book_does_not_name_and_the_account_may_write_in_are_asked_about() -> None:
    places = places_of(book(), TODAY)
    _, none = excess_checks(Told(writable=frozenset(places.uses)), places)
    assert none.outcome is Outcome.OK
    many = frozenset({"OKR", *(f"X{number}" for number in range(1, 8))})
    _, asked = excess_checks(Told(writable=many), places)
    assert (asked.outcome, whole(asked)) == (Outcome.QUESTION, True)
    assert asked.what.endswith("X1, X2, X3, X4, X5 and 2 more")


@pytest.mark.parametrize(
    ("beyond", "absent", "outcomes"),
    [
        ((), (), [Outcome.OK]),
        (("manage:jira-configuration",), (), [Outcome.QUESTION]),
        ((), ("write:jira-work",), [Outcome.QUESTION]),
        (("read:jira-user",), ("write:confluence-file",), [Outcome.QUESTION, Outcome.QUESTION]),
    ],
)
def test_the_scopes_of_a_granted_token_are_held_against_the_sheet(
    beyond: tuple[str, ...], absent: tuple[str, ...], outcomes: list[Outcome]
) -> None:
    granted = frozenset({*JIRA_SCOPES, *CONFLUENCE_SCOPES, *beyond} - set(absent))
    checks = tuple(scope_checks(granted))
    assert [check.outcome for check in checks] == outcomes
    assert all(map(whole, checks))
    assert all(scope in str(checks) for scope in (*beyond, *absent))
    assert tuple(scope_checks(frozenset())) == ()


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


@pytest.mark.parametrize("version", [(9, 2), (8, 5), (0, 0), (11, 0)])
def test_a_release_of_confluence_that_was_not_tried_is_asked_about(version: tuple[int, int]) -> None:
    check = release_check("Confluence", Told(version=version))
    assert (check.outcome, check.where, whole(check)) == (Outcome.QUESTION, "OKR_CONFLUENCE_URL", True)
    assert release_check("Confluence", Told(version=(10, 2))).outcome is Outcome.OK


def test_a_project_and_a_space_that_the_account_administers_are_asked_about() -> None:
    with clinic() as at:
        at.site.jira.projects["OKR"].administered = True
        at.site.confluence.space_of_key("ONB").administered = True
        at.site.jira.add_project("ELSE")
        found = [check for check in of(at.visit(), Name.EXCESS) if check.outcome is Outcome.QUESTION]
    assert [check.where.partition(" (")[0] for check in found] == ["Jira", "project OKR", "space ONB"]
    assert all(map(whole, found))
    assert found[0].what.endswith(": ELSE")


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
        cloud_named = ("Jira Cloud answers", "Confluence Cloud answers")
        named = ("Jira Data Center 11.3 answers", "Confluence Data Center 10.2 answers")
        for told in (
            *(cloud_named if dialect is Dialect.CLOUD else named),
            "does not administer Jira",
            "that of Jira agree",
            "that of Confluence agree",
            "2126-01-01",
        ):
            assert told in shown.output, (told, shown.output)
