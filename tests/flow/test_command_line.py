"""Commands as a user types them: what they print, and with which code they end."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connector.sandbox.dialect import Dialect
from mappings.calendar import IsoWeek
from tests.flow.command import Desk, desk
from tests.flow.dialects import SPOKEN

TEAM_KEYS = {"team", "created", "updated", "retired", "unchanged", "drift", "errors"}


def _spoil(on: Desk, old: str, new: str) -> None:
    path = on.book / "teams" / "onboarding.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_first_day_from_plan_to_a_quiet_sync(tmp_path: Path) -> None:
    with desk(tmp_path) as on:
        plan = on.okr("plan", "--json")
        assert plan.code == 3
        assert plan.json["changes"]
        assert on.site.log.writes() == ()
        wrong = on.okr("sync", "--checksum", "0" * 12, "--json")
        assert wrong.code == 1
        assert {error["code"] for team in wrong.json["teams"] for error in team["errors"]} == {"plan-changed"}
        mark = on.site.log.mark()
        first = on.okr("sync", "--checksum", plan.json["checksum"], "--json")
        assert first.code == 0
        assert first.complained == ""  # silent in a pipe
        assert set(first.json) == {"run", "teams", "requests"}
        assert [team["team"] for team in first.json["teams"]] == ["*", "metering", "onboarding"]
        assert all(set(team) == TEAM_KEYS for team in first.json["teams"])
        assert all(isinstance(team[key], int) for team in first.json["teams"] for key in TEAM_KEYS - {"team", "errors"})
        assert set(first.json["requests"]) == {"read", "write", "points", "by_operation"}
        assert first.json["requests"]["write"] == len(on.site.log.writes(mark))
        assert first.json["requests"]["read"] == len(on.site.log.reads(mark))
        mark = on.site.log.mark()
        second = on.okr("sync", "--json")
        assert second.code == 0
        assert second.json["requests"]["write"] == len(on.site.log.writes(mark)) == 0
        assert on.okr("plan").code == 0
        costs = [one.json["requests"]["points"] for one in (second, first)]
        if SPOKEN is Dialect.CLOUD:
            assert costs[1] > costs[0] > second.json["requests"]["read"]  # what was read counts beside the request
        else:
            assert costs == [0, 0]  # Data Center knows no points
        assert [run["points"] for run in on.okr("runs", "--json").json] == costs


def test_one_team_that_cannot_be_served_ends_with_three(tmp_path: Path) -> None:
    with desk(tmp_path) as on:
        _spoil(on, "jira: {project: OKR", "jira: {project: NOWHERE")
        ended = on.okr("sync", "--json")
        assert ended.code == 3
        told = {team["team"]: team["errors"] for team in ended.json["teams"]}
        assert [error["code"] for error in told["onboarding"]] == ["project-missing"]
        assert set(told["onboarding"][0]) == {"code", "message"}
        assert told["metering"] == []


def test_a_wrong_token_ends_with_one_and_one_message(tmp_path: Path) -> None:
    with desk(tmp_path, OKR_JIRA_TOKEN="worn-out-token") as on:
        ended = on.okr("sync", "--json")
        assert ended.code == 1
        assert {error["code"] for team in ended.json["teams"] for error in team["errors"]} == {"token-refused"}
        assert "worn-out-token" not in ended.said + ended.complained
        shown = on.okr("sync")
        assert shown.code == 1
        assert on.site.log.writes() == ()


def test_a_missing_setting_ends_with_one_and_names_it(tmp_path: Path) -> None:
    with desk(tmp_path, OKR_JIRA_URL="") as on:
        ended = on.okr("sync")
        assert ended.code == 1
        assert "OKR_JIRA_URL" in ended.complained


def test_a_site_that_is_down_ends_with_one(tmp_path: Path) -> None:
    with desk(tmp_path, OKR_JIRA_URL="http://127.0.0.1:9") as on:
        ended = on.okr("sync", "--json")
        assert ended.code == 1
        assert {error["code"] for team in ended.json["teams"] for error in team["errors"]} == {"site-unreachable"}


def test_a_broken_book_is_refused_with_its_place(tmp_path: Path) -> None:
    with desk(tmp_path) as on:
        assert on.okr("lint", str(on.book), "--json").code == 0
        _spoil(on, "size: 7", "size: [Ada, Bo]")
        ended = on.okr("lint", str(on.book), "--json")
        assert ended.code == 1
        refused = [one for one in ended.json if one["level"] == "refused"]
        assert set(refused[0]) == {"file", "line", "column", "rule", "level", "message", "options"}
        assert refused[0]["file"].endswith("teams/onboarding.yaml")
        assert len(refused[0]["options"]) >= 2
        failed = on.okr("sync", "--json")
        assert failed.code == 1
        assert "teams/onboarding.yaml:" in failed.said + failed.complained
        assert on.site.log.requests() == ()


def test_a_reading_and_a_check_in_by_hand(tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    with desk(tmp_path) as on:
        on.okr("sync")
        added = on.okr("reading", "add", "onboarding", "setup-rate", "41.5", "--on", today.isoformat(), "--json")
        assert added.code == 0
        assert added.json["value"] == "41.5"
        assert on.okr("reading", "add", "onboarding", "nothing", "1", "--on", today.isoformat()).code == 1
        assert on.okr("reading", "add", "onboarding").code == 2
        week = str(IsoWeek.of(today))
        made = on.okr("checkin", "--team", "onboarding", "--week", week, "--json")
        assert made.code == 0
        bodies = [page.body for page in on.site.confluence.tree.pages.values() if "Check-in" in page.title]
        assert any("41,5" in body for body in bodies)
        assert on.okr("checkin", "--week", "next").code == 2


@pytest.mark.skipif(SPOKEN is Dialect.DATACENTER, reason="the demo brings a site of its own, which is Cloud")
def test_the_demo_ends_with_a_sync_that_writes_nothing(tmp_path: Path) -> None:
    with desk(tmp_path) as on:
        ended = on.okr("demo", "--once", "--weeks", "2", "--json")
        assert ended.code == 0, ended.complained
        shown = json.loads(ended.said)
        assert {"jira", "confluence", "web", "pages", "first_sync", "second_sync"} <= set(shown)
        assert shown["second_sync"]["requests"]["write"] == 0
        assert shown["first_sync"]["requests"]["write"] > 20
        assert all(set(page) == {"title", "url"} for page in shown["pages"])
