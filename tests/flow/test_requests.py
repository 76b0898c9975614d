"""Requests are the price: what a quiet run and a cold one may cost, held against the site's own log."""

from math import ceil
from pathlib import Path

import pytest

from connector.sandbox.dialect import Dialect
from tests.flow.crowd import crowded_book, crowded_site
from tests.flow.dialects import SPOKEN
from tests.flow.stand import codes, scene

CLOUD = SPOKEN is Dialect.CLOUD
CHUNK, FETCHED, VERSIONS, CREATED = (
    200,
    100,
    250 if CLOUD else 200,
    50,
)  # selector values, issues, pages and new issues a request
CONSTANT = 6
FIELDS = 0 if CLOUD else 1  # which fields tell an epic is asked once a process


def quiet_bound(selectors: int, epics: int, issues: int, pages: int) -> int:
    """The bound of the main job: it grows by page and query sizes only."""
    chunks = ceil(selectors / CHUNK)
    searches = max(chunks, ceil(epics / FETCHED))
    return FIELDS + searches + ceil(issues / FETCHED) + ceil(pages / VERSIONS) + 1 + CONSTANT


@pytest.mark.parametrize("teams", [2, 20, 200])
def test_a_quiet_run_costs_what_page_and_query_sizes_ask_and_a_cold_one_its_writes(
    sqlite_url: str, tmp_path: Path, teams: int
) -> None:
    crowded_book(tmp_path / "book", teams)
    issues, pages, evidence = 3 * teams, 2 * teams, 2 * teams
    with scene(sqlite_url, tmp_path, site=crowded_site(teams)) as on:
        cold = on.sync()
        assert codes(cold) == {}
        wrote = dict(cold.requests.by_operation)
        assert wrote["jira.issue.create"] == ceil(issues / CREATED)
        assert wrote["jira.link"] == evidence
        assert wrote["jira.remote-link"] == issues
        assert wrote["confluence.page.create"] == wrote["confluence.labels"] == pages + 3  # home, strategy, data flow
        assert cold.requests.writes == ceil(issues / CREATED) + evidence + issues + 2 * (pages + 3)
        bound = quiet_bound(2 * teams, 2 * teams, issues, pages + 3)
        assert cold.requests.reads <= bound + 2 * 1 + 3  # a dialog and a screen a project and type, spaces, recovery
        quiet = on.silent_sync()
        assert quiet.requests.reads <= bound
        assert quiet.requests.reads <= bound - CONSTANT  # nothing of the constant is needed in a quiet run


def test_one_changed_epic_costs_its_own_page_and_nothing_else(sqlite_url: str, tmp_path: Path) -> None:
    crowded_book(tmp_path / "book", 20)
    with scene(sqlite_url, tmp_path, site=crowded_site(20)) as on:
        on.sync()
        quiet = on.silent_sync().requests.reads
        on.site.jira.set_status("WORK-5", "Done")
        report = on.sync()
        assert report.requests.writes == 1
        assert report.requests.reads <= quiet + 2  # its body, and whether somebody is writing there
