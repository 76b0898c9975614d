"""`/status` says what runs cost, what sites said of their quotas, and how long the token holds; else it is silent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from connector.cli import okr
from connector.doctor.time_checks import expiry_check
from connector.ledger import RunRecord
from connector.quota import QuotaLeft
from tests.connector.test_web import BEARER, Web, parts_of, run_of
from tests.connector.working import NOW, bench


@pytest.fixture
def web(sqlite_url: str, tmp_path: Path) -> Iterator[Web]:
    with bench(sqlite_url, tmp_path) as on, on.store.group_commit() as group:
        yield Web(on=on, parts=parts_of(on, on.store, group))


def page_of(web: Web, *runs: RunRecord, token: date | None = None) -> str:
    for run in runs:
        web.on.store.record_run(run)
    return web.client(token_expires=token).get("/status", headers=BEARER).text


def test_points_are_told_as_an_estimate_run_by_run_and_together(web: Web) -> None:
    page = page_of(web, replace(run_of(0), points=None), run_of(0), replace(run_of(0), points=7))
    assert "about 61 API points" in page
    assert "estimate" in page
    assert "API tokens are not bound" in page
    assert [page.count(f"<td>{points}</td>") for points in ("54", "7", "–")] == [1, 1, 1]


@pytest.mark.parametrize("points", [0, None])
def test_where_no_points_were_counted_the_page_knows_none(web: Web, points: int | None) -> None:
    page = page_of(web, replace(run_of(0), points=points))
    assert "confluence.page.update" in page
    assert "oints" not in page


def test_a_quota_stands_beside_the_last_run_only_where_that_one_heard_of_it(web: Web) -> None:
    said = (QuotaLeft(product="Jira", limit=65_000, remaining=61_200),)
    told = "61,200 of 65,000 requests or points are left of the quota of Jira"
    assert told in page_of(web, run_of(0), replace(run_of(0), quota=said))
    assert "quota" not in page_of(web, run_of(0))


@pytest.mark.parametrize("days", [-1, 0, 30, 31])
def test_of_the_token_the_page_says_what_the_doctor_says(web: Web, days: int) -> None:
    last = NOW.date() + timedelta(days=days)
    doctor, page = expiry_check(last, NOW.date()), page_of(web, token=last)
    for words in (doctor.what, doctor.why, *doctor.options):
        assert words in page
    assert ("Possible:" in page) is bool(doctor.options) is (days <= 30)


def test_without_the_setting_nothing_is_said_of_a_token(web: Web) -> None:
    assert "OKR_TOKEN_EXPIRES" not in page_of(web, run_of(0))


@pytest.mark.parametrize(("points", "told"), [(54, ", about 54 API points"), (0, ""), (None, "")])
def test_at_the_command_line_a_run_tells_its_points_where_there_are_any(
    web: Web, sqlite_url: str, points: int | None, told: str
) -> None:
    web.on.store.record_run(replace(run_of(0), points=points))
    said = CliRunner(env={"DATABASE_URL": sqlite_url}).invoke(okr, ["runs"]).output
    assert said.rstrip("\n").endswith(f"3 writes{told}")
