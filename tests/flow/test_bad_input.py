"""What is wrong with one team is told that team in one message; what is wrong with the site stops before a write."""

from collections.abc import Callable
from pathlib import Path

import pytest

from connector.errors import AccessRefused, ConnectorError, NotAnAnswer, SiteUnreachable
from connector.gateways.access import Patience
from connector.sandbox.faults import LOGIN_PAGE
from tests.flow.stand import Scene, codes, scene, team
from tests.flow.state import doubled, state
from tests.flow.stories import PLANNING, book_says

ONBOARDING, METERING = "teams/onboarding.yaml", "teams/metering.yaml"
JSON = {"Content-Type": "application/json"}


def _unknown_project(on: Scene) -> None:
    book_says(on, ONBOARDING, "jira: {project: OKR", "jira: {project: NOWHERE")


def _wrong_type(on: Scene) -> None:
    book_says(on, ONBOARDING, "objective_type: Task", "objective_type: Ziel")


def _missing_space(on: Scene) -> None:
    book_says(on, ONBOARDING, "confluence: {space: ONB}", "confluence: {space: NOWHERE}")


def _must_be_assigned(on: Scene) -> None:
    on.site.jira.add_project("STRICT", default_assignee=False, allow_unassigned=False)
    on.site.jira.projects["STRICT"].create_screen.discard("assignee")
    book_says(on, ONBOARDING, "jira: {project: OKR", "jira: {project: STRICT")


def _no_right_to_create(on: Scene) -> None:
    on.site.jira.add_project("CLOSED").denied.add("CREATE_ISSUES")
    book_says(on, ONBOARDING, "jira: {project: OKR", "jira: {project: CLOSED")


def _title_taken(on: Scene) -> None:
    on.site.confluence.add_page(space="ONB", title="OKR-Planning · Team Onboarding · Q4 2026", body="<p>Meine.</p>")


def _unknown_delivery(on: Scene) -> None:
    book_says(on, ONBOARDING, "delivery: [ONB]", "delivery: [NOWHERE]")
    keys = "{keys: {ONB-40: Rückruf-Knopf bei Schritt 2}}"
    book_says(on, ONBOARDING, keys, "{label: okr-setup-calls}")


def _unknown_link_type(on: Scene) -> None:
    book_says(on, ONBOARDING, "evidence_link: Relates", "evidence_link: Beweist")


FAULTS = {
    "project-missing": _unknown_project,
    "issue-type-missing": _wrong_type,
    "space-missing": _missing_space,
    "unassigned-refused": _must_be_assigned,
    "title-taken": _title_taken,
    "query-refused": _unknown_delivery,
    "link-type-missing": _unknown_link_type,
}


@pytest.mark.parametrize(("code", "spoil"), FAULTS.items(), ids=FAULTS)
def test_one_team_is_told_what_is_wrong_and_the_other_is_served(
    sqlite_url: str, tmp_path: Path, code: str, spoil: Callable[[Scene], None]
) -> None:
    with scene(sqlite_url, tmp_path) as on:
        spoil(on)
        report = on.sync()
        assert codes(report) == {"onboarding": [code]}
        message = str(team(report, "onboarding").errors[0])
        assert "Possible: " in message
        assert " · " in message  # two ways on
        assert team(report, "metering").created == 5
        assert doubled(on.site) == {}
        on.sync()
        on.silent_sync(teams=("metering",))


@pytest.mark.parametrize("code", [code for code in FAULTS if code != "title-taken"])
def test_the_next_run_finishes_what_a_fault_in_the_book_left(sqlite_url: str, tmp_path: Path, code: str) -> None:
    with scene(sqlite_url, tmp_path) as on:
        good = {file: (on.book_folder / file).read_bytes() for file in (ONBOARDING, METERING)}
        FAULTS[code](on)
        on.sync()
        for file, content in good.items():
            (on.book_folder / file).write_bytes(content)
        assert codes(on.sync()) == {}
        on.silent_sync()
        assert doubled(on.site) == {}
        assert len(state(on.site).issues) == 6


def test_a_team_without_the_right_to_create_is_told(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        _no_right_to_create(on)
        report = on.sync()
        assert list(codes(report)) == ["onboarding"]
        assert team(report, "metering").created == 5


def test_the_page_of_somebody_else_is_not_touched(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        _title_taken(on)
        on.sync()
        on.sync()
        taken = [page for page in on.site.confluence.tree.pages.values() if page.title.startswith("OKR-Planning")]
        assert [page.body for page in taken] == ["<p>Meine.</p>"]
        on.site.confluence.rename(taken[0].id, "Meine Planung")
        assert codes(on.sync()) == {}
        assert on.page_id(PLANNING) != taken[0].id
        on.silent_sync()


def test_a_wrong_token_stops_before_a_write_and_names_its_setting(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.token = "worn-out"
        with pytest.raises(AccessRefused) as refused:
            on.sync()
        assert "OKR_JIRA_TOKEN" in str(refused.value) or "OKR_CONFLUENCE_TOKEN" in str(refused.value)
        assert "worn-out" not in str(refused.value)
        assert on.site.log.writes() == ()


def test_a_site_that_is_down_stops_before_a_write_and_names_its_setting(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.site.base_url, on.patience = "http://127.0.0.1:9", Patience(connect=1, read=1)
        with pytest.raises(SiteUnreachable) as down:
            on.sync()
        assert "OKR_JIRA_URL" in str(down.value) or "OKR_CONFLUENCE_URL" in str(down.value)


@pytest.mark.parametrize("path", ["/rest/api/3/search/jql", "/wiki/api/v2/spaces", "/wiki/api/v2/pages"])
def test_a_login_page_in_place_of_an_answer_stops_before_a_write(sqlite_url: str, tmp_path: Path, path: str) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.site.faults.answer(200, {"Content-Type": "text/html"}, LOGIN_PAGE, path_regex=on.path(path), times=None)
        with pytest.raises(NotAnAnswer) as page:
            on.sync()
        assert "OKR_" in str(page.value)
        assert on.site.log.writes() == ()


@pytest.mark.parametrize("body", [b'{"issues": [{"id": "1"', b'{"issues": [', b""])
def test_a_half_read_search_stops_before_a_write(sqlite_url: str, tmp_path: Path, body: bytes) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        mark = on.site.log.mark()
        on.site.faults.answer(200, JSON, body, "POST", on.path("/rest/api/3/search/jql"), times=None)
        with pytest.raises(ConnectorError):
            on.sync()
        assert on.site.log.writes(mark) == ()
        on.site.faults.clear()
        on.silent_sync()


def test_a_search_that_breaks_off_between_its_pages_stops_before_a_write(sqlite_url: str, tmp_path: Path) -> None:
    """Half of our labelled epics would look like links that have become superfluous."""
    with scene(sqlite_url, tmp_path) as on:
        on.site.jira.page_limit = 1
        on.sync()
        mark = on.site.log.mark()
        for nth in range(2, 12):
            on.site.faults.cut_body("POST", on.path("/rest/api/3/search/jql"), nth)
        with pytest.raises(ConnectorError):
            on.sync()
        assert on.site.log.writes(mark) == ()
        on.site.faults.clear()
        on.silent_sync()


def test_rows_that_are_missing_from_a_bulk_answer_retire_nothing(sqlite_url: str, tmp_path: Path) -> None:
    with scene(sqlite_url, tmp_path) as on:
        on.sync()
        on.site.jira.projects["OKR"].hidden = True
        report = on.sync()
        assert all(one.retired == one.created == 0 for one in report.teams)
        on.site.jira.projects["OKR"].hidden = False
        on.sync()
        on.silent_sync()
