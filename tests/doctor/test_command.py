"""`okr doctor` as people start it."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connector.arrivals import Sender
from connector.cli import okr
from connector.privacy.agreement import FILE, write_note
from connector.privacy.surface import surface_of
from connector.sandbox.people import CANARIES
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving
from connector.storage.store import Store
from mappings.indicators import SourceKind

EXAMPLE = Path(__file__).parents[2] / "mappings" / "example"


@dataclass(frozen=True)
class Desk:
    site: Site
    environment: dict[str, str]

    def run(self, *arguments: str, **changed: str) -> Result:
        shown = CliRunner().invoke(okr, ["doctor", *arguments], env={**self.environment, **changed})
        assert not any(canary in shown.output for canary in (*CANARIES, self.site.token, self.site.email))
        return shown


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    site = demo_site()
    with serving(site) as address:
        environment = {
            "OKR_JIRA_URL": address,
            "OKR_JIRA_EMAIL": site.email,
            "OKR_JIRA_TOKEN": site.token,
            "OKR_MAPPINGS": str(EXAMPLE),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'okr.db'}",
        }
        yield Desk(site=site, environment=environment)


def test_a_site_that_is_fine_ends_with_0_although_there_are_questions(desk: Desk) -> None:
    shown = desk.run()
    assert shown.exit_code == 0, shown.output
    assert "question  project OKR (teams metering, onboarding): the project assigns new issues" in shown.output
    assert "2 questions, 0 failed" in shown.output
    assert shown.output.strip().endswith("requests, nothing written")
    assert not desk.site.log.writes()


def test_what_will_fail_ends_with_1_and_says_two_ways_on(desk: Desk) -> None:
    desk.site.jira.projects["OKR"].denied.add("CREATE_ISSUES")
    shown = desk.run()
    assert shown.exit_code == 1
    line, ways = next(
        pair
        for pair in zip(shown.output.split("\n"), shown.output.split("\n")[1:], strict=False)
        if "failed " in pair[0]
    )
    assert "the service account lacks: Create Issues" in line
    assert ways.strip().startswith("Possible: ")
    assert "·" in ways


def test_json_holds_every_look_and_what_it_cost(desk: Desk) -> None:
    shown = json.loads(desk.run("--json").stdout)
    assert {check["outcome"] for check in shown["checks"]} == {"ok", "question"}
    assert all(set(check) == {"name", "outcome", "what", "where", "why", "options"} for check in shown["checks"])
    assert shown["requests"]["write"] == 0
    assert shown["requests"]["read"] == len(desk.site.log.requests())


def test_all_missing_settings_are_told_at_once_and_no_site_is_asked(desk: Desk) -> None:
    shown = desk.run(OKR_JIRA_TOKEN="", OKR_MAPPINGS="")
    assert shown.exit_code == 1
    assert "OKR_JIRA_TOKEN" in shown.output
    assert "OKR_MAPPINGS" in shown.output
    assert not desk.site.log.requests()


def test_a_setting_nobody_understands_is_told(desk: Desk) -> None:
    shown = desk.run(OKR_SEARCH_LAG="soon")
    assert shown.exit_code == 1
    assert "OKR_SEARCH_LAG" in shown.output
    assert "soon" not in shown.output


def test_a_book_that_is_refused_is_told_by_its_places_and_no_site_is_asked(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "strategy.yaml").write_text("organisation: Nordlicht\nscore: 0.7\n", encoding="utf-8")
    shown = desk.run(OKR_MAPPINGS=str(tmp_path))
    assert shown.exit_code == 1
    assert "strategy.yaml:2:1" in shown.output
    assert not desk.site.log.requests()


def test_a_database_that_cannot_be_opened_is_told(desk: Desk) -> None:
    shown = desk.run(DATABASE_URL="sqlite:////no/such/folder/okr.db")
    assert shown.exit_code == 1
    assert "failed" in shown.output
    assert "DATABASE_URL" in shown.output


@pytest.mark.parametrize(
    ("email", "asked"),
    [("okr@serviceaccount.atlassian.com", False), ("", False), ("okr-service@sandbox.example", True)],
)
def test_whether_it_is_a_service_account_is_told_by_the_settings_alone(desk: Desk, email: str, asked: bool) -> None:
    desk.site.email = email or desk.site.email
    shown = desk.run(OKR_JIRA_EMAIL=email)
    assert shown.output.count("perhaps this is somebody's own account") == int(asked)  # once for both products
    assert not any("myself" in line.path or "user" in line.path for line in desk.site.log.requests())


def test_the_sheet_needs_no_site_and_no_token() -> None:
    environment = {"OKR_MAPPINGS": str(EXAMPLE)}
    german = CliRunner().invoke(okr, ["doctor", "--needs"], env=environment)
    english = CliRunner().invoke(okr, ["doctor", "--needs", "--language", "en"], env=environment)
    assert (german.exit_code, english.exit_code) == (0, 0)
    assert german.output.startswith("Zugang für okr-connector bei Nordlicht Energie")
    assert english.output.startswith("Access for okr-connector at Nordlicht Energie")


def test_the_sheet_as_json_names_permissions_scopes_and_what_is_not_needed() -> None:
    shown = CliRunner().invoke(okr, ["doctor", "--needs", "--json"], env={"OKR_MAPPINGS": str(EXAMPLE)})
    sheet = json.loads(shown.stdout)
    assert sheet["language"] == "de"
    assert sheet["projects"][0]["permissions"][0]["key"] == "BROWSE_PROJECTS"
    assert set(sheet["scopes"]) == {"Jira", "Confluence"}
    assert len(sheet["not_needed"]) == 5


def test_a_book_that_grew_beyond_its_note_is_a_question(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(EXAMPLE, book)
    shown = desk.run(OKR_MAPPINGS=str(book))
    assert "nothing was agreed yet" in shown.output
    write_note(book, surface_of([SourceKind.OBSERVED]), date(2026, 11, 24))
    shown = desk.run(OKR_MAPPINGS=str(book))
    assert shown.exit_code == 0
    assert "question  source" in shown.output
    (book / FILE).write_text("{}", encoding="utf-8")
    assert desk.run(OKR_MAPPINGS=str(book)).exit_code == 1


def test_teams_that_only_settings_know_and_secrets_that_can_be_guessed_are_asked_about(desk: Desk) -> None:
    long, address = "0123456789abcdef" * 2, "https://hooks.slack.com/services/a"
    odd = {
        "OKR_WEBHOOK_SECRETS": f"readings/onbaording={long},automation={long},readings={long},readings=short",
        "OKR_POSTS": f"Onboarding={address},metring={address}",
    }
    shown = desk.run(**odd)
    assert shown.exit_code == 0
    assert "OKR_WEBHOOK_SECRETS: no team of the book is called onbaording (" in shown.output
    assert "OKR_POSTS: no team of the book is called metring (" in shown.output
    assert shown.output.count("is shorter than 32 characters") == 1
    assert "a secret of readings is shorter" in shown.output
    assert not any(secret in shown.output for secret in (long, address, "=short"))

    even = {"OKR_WEBHOOK_SECRETS": f"readings/Onboarding={long}", "OKR_POSTS": f"metering={address}"}
    shown = desk.run(**even)
    assert "no team of the book" not in shown.output
    assert "shorter than" not in shown.output


def test_each_sender_with_a_secret_is_told_with_the_day_of_its_last_delivery(desk: Desk) -> None:
    with Store.open(desk.environment["DATABASE_URL"]) as store:
        store.arrivals.note(Sender.READINGS, date(2026, 11, 24))
    output = desk.run(OKR_WEBHOOK_SECRETS="readings/onboarding=one,automation=two").output
    assert "last delivery from pushed readings: 2026-11-24" in output
    assert "no delivery from Automation has arrived yet" in output
    assert "from Jira" not in output
