import pytest

from connector.sandbox.seed import demo_site
from tests.sandbox.caller import Caller


@pytest.fixture
def caller() -> Caller:
    return Caller(demo_site())


def test_projects_and_issues_can_be_looked_at_without_a_token(caller: Caller) -> None:
    assert "Onboarding" in caller.raw("GET", "/").text
    page = caller.raw("GET", "/projects/ONB", follow_redirects=True).text
    assert "Geführte Einrichtung" in page
    assert "okr-setup-rate" in page


def test_an_issue_shows_what_belongs_to_it(caller: Caller) -> None:
    jira = caller.site.jira
    jira.link(jira.link_types[0], jira.keys["ONB-12"], jira.keys["ONB-40"])
    body = {"globalId": "a", "object": {"url": "https://site.example/wiki/1", "title": "OKR-Check-in"}}
    caller.ask("POST", "/issue/ONB-12/remotelink", body)
    page = caller.raw("GET", "/browse/ONB-12").text
    for shown in ("Schritt 1: Anschrift vorbelegen", "blocks", "ONB-40", "OKR-Check-in", "In Progress", "Kanarie"):
        assert shown in page


def test_an_issue_of_nobody_is_unassigned(caller: Caller) -> None:
    caller.ask("PUT", "/issue/ONB-12/assignee", {"accountId": None})
    assert "Unassigned" in caller.raw("GET", "/browse/ONB-12").text


def test_texts_are_shown_as_text(caller: Caller) -> None:
    caller.site.jira.edit_issue("ONB-12", summary="<script>alert(1)</script>")
    assert "<script>alert" not in caller.raw("GET", "/browse/ONB-12").text


def test_moved_keys_lead_on_and_unknown_ones_are_not_found(caller: Caller) -> None:
    key = caller.site.jira.move_issue("ONB-12", "MET")
    assert caller.raw("GET", "/browse/ONB-12").headers["Location"] == f"/browse/{key}"
    assert caller.raw("GET", "/browse/ONB-999").status_code == 404
