from datetime import UTC, datetime, timedelta

import pytest

from connector.sandbox.seed import demo_site, empty_site
from tests.sandbox.caller import Caller

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def caller() -> Caller:
    return Caller(demo_site())


def test_only_ids_come_back_unless_fields_are_named(caller: Caller) -> None:
    answer = caller.ask("POST", "/search/jql", {"jql": "project = ONB"})
    assert all(set(one) == {"id"} for one in answer.json["issues"])
    assert set(answer.json) == {"issues", "isLast"}


def test_named_fields_come_back_and_no_others(caller: Caller) -> None:
    [found] = caller.search("key = ONB-12", "summary", "labels").json["issues"]
    assert found["fields"] == {"summary": "Geführte Einrichtung", "labels": ["okr-setup-rate"]}


def test_all_fields_are_full_of_people(caller: Caller) -> None:
    [found] = caller.search("key = ONB-12", "*all").json["issues"]
    fields = found["fields"]
    for name in ("assignee", "reporter", "creator", "customfield_10010"):
        assert "Kanarie" in fields[name]["displayName"]
    assert "Kanarie" in str(fields["comment"])
    assert "Kanarie" in str(fields["worklog"])
    assert "Kanarie" in str(fields["customfield_10011"])


def test_pages_follow_the_token_and_never_tell_a_total(caller: Caller) -> None:
    wanted = caller.keys("project = ONB", maxResults=100)
    seen: list[str] = []
    token: dict[str, str] = {}
    while True:
        page = caller.search("project = ONB", "key", maxResults=4, **token).json
        seen += [one["key"] for one in page["issues"]]
        assert "total" not in page
        if page["isLast"]:
            assert "nextPageToken" not in page
            break
        token = {"nextPageToken": page["nextPageToken"]}
    assert seen == wanted
    assert len(seen) == len(set(seen)) > 8


def test_a_token_belongs_to_its_query(caller: Caller) -> None:
    token = caller.search("project = ONB", "key", maxResults=2).json["nextPageToken"]
    assert caller.search("project = MET", "key", nextPageToken=token).status_code == 400
    assert caller.search("project = ONB", "key", nextPageToken="invented").status_code == 400


def test_an_issue_made_between_two_pages_shifts_nothing(caller: Caller) -> None:
    first = caller.search("project = ONB ORDER BY created DESC, key DESC", "key", maxResults=3).json
    caller.site.jira.add_issue(project="ONB", summary="Dazwischen")
    rest = caller.search(
        "project = ONB ORDER BY created DESC, key DESC", "key", maxResults=50, nextPageToken=first["nextPageToken"]
    ).json
    keys = [one["key"] for one in (*first["issues"], *rest["issues"])]
    assert len(keys) == len(set(keys))


def test_pages_with_fields_are_shorter_than_pages_of_ids() -> None:
    site = empty_site()
    site.jira.add_project("ONB")
    for number in range(130):
        site.jira.add_issue(project="ONB", summary=f"Epic {number}")
    caller = Caller(site)
    assert len(caller.search("project = ONB", "summary", maxResults=5000).json["issues"]) == 100
    assert len(caller.search("project = ONB", "id", maxResults=5000).json["issues"]) == 130


def test_a_write_stays_unseen_until_the_lag_has_passed_unless_reconciled() -> None:
    caller = Caller(demo_site(start=START, frozen=True, search_lag=timedelta(seconds=30)))
    site = caller.site
    site.clock.advance(timedelta(minutes=1))
    made = caller.make(labels=["neu"]).json
    assert caller.keys("labels = neu") == []
    assert caller.ask("POST", "/search/approximate-count", {"jql": "labels = neu"}).json == {"count": 0}
    assert caller.keys("labels = neu", reconcileIssues=[int(made["id"])]) == [made["key"]]
    assert caller.ask("GET", f"/issue/{made['key']}").status_code == 200
    site.clock.advance(timedelta(seconds=30))
    assert caller.keys("labels = neu") == [made["key"]]


def test_an_edit_lags_as_well() -> None:
    caller = Caller(demo_site(start=START, frozen=True, search_lag=timedelta(seconds=30)))
    caller.site.clock.advance(timedelta(minutes=1))
    caller.ask("PUT", "/issue/ONB-12", {"fields": {"summary": "Anders"}})
    [found] = caller.search("key = ONB-12", "summary").json["issues"]
    assert found["fields"]["summary"] == "Geführte Einrichtung"
    caller.site.clock.advance(timedelta(seconds=30))
    [found] = caller.search("key = ONB-12", "summary").json["issues"]
    assert found["fields"]["summary"] == "Anders"


def test_the_lag_can_be_changed_while_the_site_stands() -> None:
    site = demo_site(start=START, frozen=True)
    caller = Caller(site)
    assert caller.keys("labels = okr-setup-rate") != []
    site.search_lag = timedelta(minutes=5)
    key = caller.make(labels=["neu"]).json["key"]
    assert caller.keys("labels = neu") == []
    site.clock.advance(timedelta(minutes=5))
    assert caller.keys("labels = neu") == [key]


def test_get_and_post_search_agree(caller: Caller) -> None:
    by_get = caller.ask("GET", "/search/jql", jql="project = MET ORDER BY key", fields="summary,labels", maxResults=3)
    by_post = caller.search("project = MET ORDER BY key", "summary", "labels", maxResults=3)
    assert by_get.json["issues"] == by_post.json["issues"]


@pytest.mark.parametrize(
    "body",
    [
        {"jql": "project = ONB", "startAt": 0},
        {"jql": "project = ONB", "fields": "summary"},
        {"jql": "project = ONB", "maxResults": "50"},
        {"jql": "project = ONB", "maxResults": 0},
        {"jql": "project = ONB", "reconcileIssues": ["10100"]},
        {"jql": "project = ONB", "reconcileIssues": list(range(51))},
        {"jql": "project = ONB", "properties": ["a", "b", "c", "d", "e", "f"]},
        {"jql": "project = ONB", "expand": ["names"]},
        {"jql": ["project = ONB"]},
        {"query": "project = ONB"},
        {},
        [],
    ],
)
def test_a_search_of_another_shape_is_refused(caller: Caller, body: object) -> None:
    assert caller.ask("POST", "/search/jql", body).status_code == 400


def test_the_offset_search_is_gone(caller: Caller) -> None:
    answer = caller.ask("GET", "/search", jql="project = ONB")
    assert answer.status_code == 410
    assert "has been removed" in answer.json["errorMessages"][0]


def test_properties_come_with_the_search(caller: Caller) -> None:
    caller.ask("PUT", "/issue/ONB-12/properties/okr", {"ref": "a"})
    [found] = caller.search("key = ONB-12", "key", properties=["okr", "other"]).json["issues"]
    assert found["properties"] == {"okr": {"ref": "a"}}


def test_hidden_projects_are_not_there(caller: Caller) -> None:
    caller.site.jira.projects["MET"].hidden = True
    assert caller.search("project = MET").status_code == 400
    assert caller.keys("labels = okr-photo-share") == []
    assert caller.ask("GET", "/issue/MET-3").status_code == 404
    assert caller.ask("GET", "/project/MET").status_code == 404
