from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connector.sandbox.seed import demo_site
from tests.sandbox.caller import Caller

DOCUMENT = {
    "type": "doc",
    "version": 1,
    "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Woran wir es merken"}]}],
}
OFF_SCREEN = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."


@pytest.fixture
def caller() -> Caller:
    return Caller(demo_site(start=datetime(2026, 11, 24, 9, 30, tzinfo=UTC), frozen=True))


def errors(answer: Any) -> dict[str, str]:
    assert answer.status_code == 400, answer.text
    return dict(answer.json["errors"])


def update(caller: Caller, body: Any, key: str = "ONB-12", **query: Any) -> Any:
    return caller.ask("PUT", f"/issue/{key}", body, **query)


def test_an_issue_is_made_with_all_it_was_given(caller: Caller) -> None:
    fields = {
        "project": {"key": "OKR"},
        "issuetype": {"id": "10002"},
        "summary": "Ein Ziel",
        "labels": ["okr", "b", "a"],
        "description": DOCUMENT,
    }
    body = {"fields": fields, "properties": [{"key": "okr", "value": {"ref": "x"}}]}
    made = caller.ask("POST", "/issue", body)
    assert (made.status_code, set(made.json)) == (201, {"id", "key", "self"})
    read = caller.ask("GET", f"/issue/{made.json['id']}", fields="labels,description,status", properties="okr").json
    assert read["fields"]["labels"] == ["a", "b", "okr"]
    assert read["fields"]["description"] == DOCUMENT
    assert read["fields"]["status"]["statusCategory"]["key"] == "new"
    assert read["properties"] == {"okr": {"ref": "x"}}


def test_an_issue_made_without_an_assignee_falls_to_the_projects_lead(caller: Caller) -> None:
    caller.make()
    assert caller.keys("key = OKR-1 AND assignee IS EMPTY") == []
    caller.make(assignee=None)
    assert caller.keys("key = OKR-2 AND assignee IS EMPTY") == ["OKR-2"]


def test_nobody_can_only_be_said_where_the_screen_asks(caller: Caller) -> None:
    caller.site.jira.projects["OKR"].create_screen.discard("assignee")
    assert errors(caller.make(assignee=None)) == {"assignee": OFF_SCREEN.format("assignee")}


def test_some_projects_do_not_allow_nobody(caller: Caller) -> None:
    caller.site.jira.projects["OKR"].allow_unassigned = False
    assert errors(caller.make(assignee=None)) == {"assignee": "Issues must be assigned."}
    caller.make()
    answer = caller.ask("PUT", "/issue/OKR-1/assignee", {"accountId": None})
    assert errors(answer) == {"assignee": "Issues must be assigned."}


def test_the_assignee_can_be_taken_away(caller: Caller) -> None:
    assert caller.ask("PUT", "/issue/ONB-12/assignee", {"accountId": None}).status_code == 204
    assert caller.keys("key = ONB-12 AND assignee IS EMPTY") == ["ONB-12"]
    assert caller.ask("PUT", "/issue/ONB-12/assignee", {}).status_code == 400
    assert caller.ask("PUT", "/issue/ONB-12/assignee", {"accountId": "712020:nobody"}).status_code == 400


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"summary": ""}, "summary"),
        ({"summary": "a\nb"}, "summary"),
        ({"summary": "x" * 256}, "summary"),
        ({"summary": 3}, "summary"),
        ({"labels": "okr"}, "labels"),
        ({"labels": ["zwei Wörter"]}, "labels"),
        ({"labels": [1]}, "labels"),
        ({"description": "nur Text"}, "description"),
        ({"description": {**DOCUMENT, "version": 2}}, "description"),
        ({"description": {**DOCUMENT, "content": [{"type": "text", "text": "lose"}]}}, "description"),
        (
            {
                "description": {
                    **DOCUMENT,
                    "content": [{"type": "paragraph", "content": [{"type": "text", "text": ""}]}],
                }
            },
            "description",
        ),
        ({"project": {"key": "NIX"}}, "project"),
        ({"project": {"id": 10000}}, "project"),
        ({"project": "OKR"}, "project"),
        ({"issuetype": {"name": "Thema"}}, "issuetype"),
        ({"issuetype": {"id": 10002}}, "issuetype"),
        ({"issuetype": {"name": "Sub-task"}}, "parent"),
        ({"parent": {"key": "ONB-999"}}, "parent"),
        ({"parent": "ONB-12"}, "parent"),
        ({"parent": {"key": "ONB-13"}}, "parentId"),
        ({"status": {"name": "Done"}}, "status"),
        ({"customfield_99999": 1}, "customfield_99999"),
        ({"duedate": "24.11.2026"}, "duedate"),
        ({"assignee": "712020:x"}, "assignee"),
    ],
)
def test_a_wrong_value_is_refused_by_its_field_and_nothing_is_made(caller: Caller, fields: Any, wrong: str) -> None:
    assert list(errors(caller.make(**fields))) == [wrong]
    assert caller.site.jira.projects["OKR"].last_number == 0


@pytest.mark.parametrize(
    "body",
    [
        {"summary": "lose"},
        {"fields": {}, "notifyUsers": False},
        {"fields": [], "update": {}},
        {"fields": {}, "properties": [{"key": "okr"}]},
        {"fields": {}, "properties": {"okr": 1}},
        [],
        "text",
    ],
)
def test_a_body_of_another_shape_is_refused(caller: Caller, body: Any) -> None:
    assert caller.ask("POST", "/issue", body).status_code == 400


def test_a_body_must_say_that_it_is_json(caller: Caller) -> None:
    answer = caller.raw(
        "POST", "/rest/api/3/issue", data="{}", headers={"Authorization": f"Bearer {caller.site.token}"}
    )
    assert answer.status_code == 415


def test_of_many_the_right_ones_are_made_and_the_wrong_ones_numbered(caller: Caller) -> None:
    good = {"fields": {"project": {"key": "OKR"}, "issuetype": {"name": "Task"}, "summary": "Gut"}}
    bad = {"fields": {"project": {"key": "OKR"}, "issuetype": {"name": "Task"}}}
    answer = caller.ask("POST", "/issue/bulk", {"issueUpdates": [good, bad, good]})
    assert answer.status_code == 201
    assert [one["key"] for one in answer.json["issues"]] == ["OKR-1", "OKR-2"]
    [error] = answer.json["errors"]
    assert (error["failedElementNumber"], error["status"]) == (1, 400)
    assert error["elementErrors"]["errors"] == {"summary": "You must specify a summary of the issue."}
    none = caller.ask("POST", "/issue/bulk", {"issueUpdates": [bad]})
    assert (none.status_code, none.json["issues"]) == (400, [])


def test_at_most_fifty_are_made_at_once(caller: Caller) -> None:
    good = {"fields": {"project": {"key": "OKR"}, "issuetype": {"name": "Task"}, "summary": "Gut"}}
    assert caller.ask("POST", "/issue/bulk", {"issueUpdates": [good] * 51}).status_code == 400
    assert caller.ask("POST", "/issue/bulk", {"issueUpdates": []}).status_code == 400
    assert len(caller.ask("POST", "/issue/bulk", {"issueUpdates": [good] * 50}).json["issues"]) == 50


def test_labels_are_added_removed_and_set(caller: Caller) -> None:
    add = {"update": {"labels": [{"add": "zz"}, {"add": "aa"}, {"remove": "okr-setup-rate"}]}}
    assert update(caller, add, notifyUsers="false").status_code == 204
    assert caller.site.jira.keys["ONB-12"].fields["labels"] == ["aa", "zz"]
    assert update(caller, {"fields": {"labels": ["b"]}}).status_code == 204
    assert caller.site.jira.keys["ONB-12"].fields["labels"] == ["b"]


@pytest.mark.parametrize(
    "body",
    [
        {"fields": {"labels": ["a"]}, "update": {"labels": [{"add": "b"}]}},
        {"update": {"labels": [{"push": "b"}]}},
        {"update": {"labels": {"add": "b"}}},
        {"update": {"labels": [{"add": "b", "remove": "c"}]}},
        {"update": {"summary": [{"add": "b"}]}},
        {"fields": {"project": {"key": "MET"}}},
        {"fields": {"status": {"name": "Done"}}},
        {"transition": {"id": "31"}},
        {"fields": {}, "unknown": 1},
    ],
)
def test_a_wrong_edit_changes_nothing(caller: Caller, body: Any) -> None:
    before = dict(caller.site.jira.keys["ONB-12"].fields)
    assert update(caller, body).status_code == 400
    assert caller.site.jira.keys["ONB-12"].fields == before


def test_an_edit_is_all_or_nothing(caller: Caller) -> None:
    assert update(caller, {"fields": {"summary": "Neu", "labels": ["zwei Wörter"]}}).status_code == 400
    assert caller.site.jira.keys["ONB-12"].fields["summary"] == "Geführte Einrichtung"


def test_an_edit_moves_the_time_of_the_last_update(caller: Caller) -> None:
    caller.site.clock.advance(timedelta(minutes=5))
    assert update(caller, {"fields": {"summary": "Neu"}}).status_code == 204
    assert caller.keys("updated >= '2026-11-24 10:35'") == ["ONB-12"]


def test_booleans_are_written_small(caller: Caller) -> None:
    assert update(caller, {"fields": {"summary": "Neu"}}, notifyUsers="False").status_code == 400


def test_one_issue_takes_twenty_writes_in_two_seconds(caller: Caller) -> None:
    for _ in range(20):
        assert update(caller, {"fields": {"summary": "Neu"}}).status_code == 204
    refused = update(caller, {"fields": {"summary": "Zu viel"}})
    assert refused.status_code == 429
    assert refused.headers["RateLimit-Reason"] == "jira-per-issue-on-write"
    assert int(refused.headers["Retry-After"]) >= 1
    assert update(caller, {"fields": {"summary": "Andere"}}, key="ONB-27").status_code == 204
    caller.site.clock.advance(timedelta(seconds=int(refused.headers["Retry-After"])))
    assert update(caller, {"fields": {"summary": "Jetzt"}}).status_code == 204


def test_properties_are_kept_and_read(caller: Caller) -> None:
    place = "/issue/ONB-12/properties/okr"
    assert caller.ask("PUT", place, {"ref": 1}).status_code == 201
    assert caller.ask("PUT", place, {"ref": 2}).status_code == 200
    assert caller.ask("GET", place).json == {"key": "okr", "value": {"ref": 2}}
    assert [one["key"] for one in caller.ask("GET", "/issue/ONB-12/properties").json["keys"]] == ["okr"]
    assert caller.ask("DELETE", place).status_code == 204
    assert caller.ask("GET", place).status_code == 404
    assert caller.ask("PUT", place, "x" * 32769).status_code == 400
    assert caller.ask("PUT", f"/issue/ONB-12/properties/{'k' * 256}", 1).status_code == 400


def test_permissions_that_are_missing_refuse(caller: Caller) -> None:
    caller.site.jira.projects["ONB"].denied |= {"EDIT_ISSUES", "CREATE_ISSUES", "DELETE_ISSUES"}
    assert update(caller, {"fields": {"summary": "Neu"}}).status_code == 403
    assert caller.make(project={"key": "ONB"}).status_code == 400
    assert caller.ask("DELETE", "/issue/ONB-12").status_code == 403


def test_a_deleted_issue_is_gone_everywhere(caller: Caller) -> None:
    assert caller.ask("DELETE", "/issue/ONB-27").status_code == 204
    assert caller.ask("GET", "/issue/ONB-27").status_code == 404
    assert caller.search("key = ONB-27").status_code == 400
    errors_of = caller.ask("POST", "/issue/bulkfetch", {"issueIdsOrKeys": ["ONB-27", "ONB-12"]}).json["issueErrors"]
    assert [one["id"] for one in errors_of] == ["ONB-27"]


def test_bulk_reads_come_in_ascending_ids_and_follow_moved_keys(caller: Caller) -> None:
    moved = caller.site.jira.move_issue("ONB-12", "MET")
    body = {"issueIdsOrKeys": ["ONB-40", "ONB-12", "MET-3", moved], "fields": ["status"]}
    issues = caller.ask("POST", "/issue/bulkfetch", body).json["issues"]
    assert [one["key"] for one in issues] == ["MET-3", moved, "ONB-40"]
    assert all(list(one["fields"]) == ["status"] for one in issues)


def test_bulk_reads_take_a_hundred(caller: Caller) -> None:
    names = [str(number) for number in range(101)]
    assert caller.ask("POST", "/issue/bulkfetch", {"issueIdsOrKeys": names}).status_code == 400
    assert caller.ask("POST", "/issue/bulkfetch", {"issueIdsOrKeys": []}).status_code == 400
    assert caller.ask("POST", "/issue/bulkfetch", {"issueIdsOrKeys": [1]}).status_code == 400
