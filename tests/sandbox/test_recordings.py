import json
from pathlib import Path
from typing import Any

import pytest

from connector.sandbox.recordings import Loaded, load, load_files
from connector.sandbox.seed import demo_site
from tests.sandbox.caller import Caller

PAYLOADS = Path(__file__).resolve().parents[3] / "shared" / "payloads" / "rest"


def recorded(key: str, number: str, **fields: Any) -> dict[str, Any]:
    given = {
        "summary": "Aufgenommen",
        "created": "2026-10-01T10:00:00.000+0000",
        "updated": "2026-10-02T10:00:00.000+0000",
        "issuetype": {"id": "10777", "name": "Vorhaben", "subtask": False, "hierarchyLevel": 1},
        "status": {"id": "3", "name": "In Arbeit", "statusCategory": {"id": 4, "key": "indeterminate"}},
        "project": {"id": "10500", "key": key.split("-")[0], "name": "Fremdes Projekt"},
        "labels": ["fremd"],
        "customfield_77777": {"any": ["thing"]},
        **fields,
    }
    return {"id": number, "key": key, "self": "https://other.example/rest/api/3/issue/1", "fields": given}


@pytest.fixture
def caller() -> Caller:
    return Caller(demo_site())


def test_recorded_issues_join_the_world_with_all_their_fields(caller: Caller) -> None:
    epic = recorded("EXT-7", "50007")
    task = recorded("EXT-9", "50009", parent={"id": "50007", "key": "EXT-7"}, issuetype={"id": "9", "name": "Schritt"})
    assert load(caller.site.jira, [{"issues": [epic, task], "isLast": True}]) == Loaded(issues=2, skipped=0)
    assert caller.keys("labels = fremd AND issuetype = Vorhaben") == ["EXT-7"]
    assert caller.keys("parent = EXT-7") == ["EXT-9"]
    assert caller.keys("project = EXT and status = 'In Arbeit' and statusCategory != Done") == ["EXT-9", "EXT-7"]
    fields = caller.ask("GET", "/issue/EXT-7").json["fields"]
    assert {name: fields[name] for name in epic["fields"]} == epic["fields"]


def test_a_recorded_issue_can_be_written_like_any_other(caller: Caller) -> None:
    load(caller.site.jira, [recorded("EXT-7", "50007")])
    assert caller.ask("PUT", "/issue/EXT-7", {"update": {"labels": [{"add": "neu"}]}}).status_code == 204
    assert caller.site.jira.keys["EXT-7"].fields["labels"] == ["fremd", "neu"]
    made = caller.site.jira.add_issue(project="EXT", type="Vorhaben", summary="Danach")
    assert made.key == "EXT-8"


def test_what_is_no_whole_issue_is_skipped_and_counted(caller: Caller) -> None:
    whole, bare = recorded("EXT-7", "50007"), recorded("EXT-8", "50008")
    del bare["fields"]["status"]
    twin, known = recorded("EXT-7", "50010"), recorded("ONB-12", "50011")
    assert load(caller.site.jira, [[whole, bare, twin, known], {"not": "issues"}]) == Loaded(issues=1, skipped=3)


def test_an_unreadable_file_is_named(caller: Caller, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(ValueError, match=r"broken\.json cannot be read as JSON"):
        load_files(caller.site.jira, [str(tmp_path / "broken.json")])


def test_answers_of_real_sites_are_taken_in(caller: Caller) -> None:
    paths = sorted(PAYLOADS.glob("jira-*.json"))
    if not paths:
        pytest.skip("the recorded answers are not there: ../shared/payloads is absent")
    loaded = load_files(caller.site.jira, [str(path) for path in paths])
    assert loaded.issues >= 4
    for key, issue in caller.site.jira.keys.items():
        if issue.recorded:
            read = caller.ask("GET", f"/issue/{key}").json
            assert read["fields"]["summary"] == issue.fields["summary"]
            assert caller.keys(f"key = {key} AND project = {issue.project.key}") == [key]
            assert json.dumps(read["fields"]["status"]) == json.dumps(issue.fields["status"])
            assert caller.raw("GET", f"/browse/{key}").status_code == 200
