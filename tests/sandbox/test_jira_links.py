import pytest

from connector.sandbox.seed import demo_site
from tests.sandbox.caller import Caller

PAGE = {"url": "https://site.example/wiki/1", "title": "OKR-Check-in"}


@pytest.fixture
def caller() -> Caller:
    return Caller(demo_site())


def link(caller: Caller, kind: str = "Relates", source: str = "ONB-12", target: str = "ONB-40") -> int:
    body = {"type": {"name": kind}, "inwardIssue": {"key": source}, "outwardIssue": {"key": target}}
    return caller.ask("POST", "/issueLink", body).status_code


def ends(caller: Caller, key: str) -> list[str]:
    links = caller.ask("GET", f"/issue/{key}", fields="issuelinks").json["fields"]["issuelinks"]
    return [f"{end} {one[end]['key']}" for one in links for end in ("inwardIssue", "outwardIssue") if end in one]


def test_a_link_is_seen_from_both_ends(caller: Caller) -> None:
    assert link(caller, "Blocks") == 201
    assert ends(caller, "ONB-12") == ["outwardIssue ONB-40"]
    assert ends(caller, "ONB-40") == ["inwardIssue ONB-12"]


def test_a_link_made_twice_stands_once(caller: Caller) -> None:
    link(caller)
    assert link(caller) == 201
    assert len(ends(caller, "ONB-12")) == 1


def test_links_that_cannot_be_are_refused(caller: Caller) -> None:
    assert link(caller, kind="Heirat") == 404
    assert link(caller, target="ONB-999") == 404
    assert link(caller, target="ONB-12") == 400
    assert caller.ask("POST", "/issueLink", {"type": {"name": "Relates"}}).status_code == 400
    caller.site.jira.projects["ONB"].denied.add("LINK_ISSUES")
    assert link(caller) == 401


def test_a_link_can_be_made_with_the_issue(caller: Caller) -> None:
    fields = {"project": {"key": "OKR"}, "issuetype": {"name": "Task"}, "summary": "Ein Ziel"}
    links = [{"add": {"type": {"name": "Relates"}, "outwardIssue": {"key": "ONB-12"}}}]
    made = caller.ask("POST", "/issue", {"fields": fields, "update": {"issuelinks": links}})
    assert made.status_code == 201
    assert ends(caller, "OKR-1") == ["outwardIssue ONB-12"]


def test_a_link_can_be_read_and_taken_away(caller: Caller) -> None:
    link(caller)
    [known] = caller.ask("GET", "/issue/ONB-12", fields="issuelinks").json["fields"]["issuelinks"]
    read = caller.ask("GET", f"/issueLink/{known['id']}").json
    assert (read["inwardIssue"]["key"], read["outwardIssue"]["key"]) == ("ONB-12", "ONB-40")
    assert caller.ask("DELETE", f"/issueLink/{known['id']}").status_code == 204
    assert ends(caller, "ONB-40") == []


def test_the_kinds_of_links_are_listed(caller: Caller) -> None:
    kinds = caller.ask("GET", "/issueLinkType").json["issueLinkTypes"]
    assert {"Blocks", "Relates"} <= {one["name"] for one in kinds}


def test_a_remote_link_with_a_known_global_id_is_written_over(caller: Caller) -> None:
    place = "/issue/ONB-12/remotelink"
    first = caller.ask("POST", place, {"globalId": "okr=1", "object": PAGE})
    again = caller.ask("POST", place, {"globalId": "okr=1", "object": {**PAGE, "title": "Neu"}})
    other = caller.ask("POST", place, {"globalId": "okr=2", "object": PAGE})
    assert [one.status_code for one in (first, again, other)] == [201, 200, 201]
    assert first.json["id"] == again.json["id"] != other.json["id"]
    assert caller.ask("GET", place, globalId="okr=1").json["object"]["title"] == "Neu"
    assert len(caller.ask("GET", place).json) == 2
    assert caller.ask("GET", place, globalId="okr=3").status_code == 404
    assert caller.ask("DELETE", place, globalId="okr=2").status_code == 204


@pytest.mark.parametrize(
    "body",
    [
        {"globalId": "okr=1"},
        {"object": {"url": "https://site.example"}},
        {"object": {"title": "Seite", "url": "nirgends"}},
        {"object": PAGE, "globalId": 1},
        {"object": PAGE, "globalId": "x" * 256},
        {"object": {**PAGE, "colour": "blue"}},
        {"object": PAGE, "owner": "me"},
    ],
)
def test_a_wrong_remote_link_is_refused(caller: Caller, body: dict[str, object]) -> None:
    assert caller.ask("POST", "/issue/ONB-12/remotelink", body).status_code == 400
