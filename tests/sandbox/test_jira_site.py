import pytest

from connector.sandbox.seed import demo_site, empty_site
from tests.sandbox.caller import Caller


@pytest.fixture
def caller() -> Caller:
    return Caller(demo_site())


def screen(caller: Caller) -> set[str]:
    meta = caller.ask("GET", "/issue/createmeta/OKR/issuetypes/10002").json
    return {one["fieldId"] for one in meta["fields"]}


def test_the_create_screen_is_told(caller: Caller) -> None:
    assert {"summary", "assignee", "description", "labels"} <= screen(caller)
    caller.site.jira.projects["OKR"].create_screen -= {"assignee", "description"}
    assert not {"assignee", "description"} & screen(caller)


def test_types_are_told_with_their_level_and_in_pages(caller: Caller) -> None:
    page = caller.ask("GET", "/issue/createmeta/OKR/issuetypes", maxResults=2, startAt=1).json
    assert [(one["name"], one["hierarchyLevel"]) for one in page["issueTypes"]] == [("Story", 0), ("Task", 0)]
    assert (page["total"], page["startAt"], page["maxResults"]) == (5, 1, 2)


def test_a_project_names_its_lead(caller: Caller) -> None:
    project = caller.ask("GET", "/project/OKR").json
    assert (project["key"], project["style"], project["assigneeType"]) == ("OKR", "classic", "PROJECT_LEAD")
    assert "Kanarie" in project["lead"]["displayName"]
    assert caller.ask("GET", "/project/NIX").status_code == 404


def test_a_team_managed_project_says_so() -> None:
    site = empty_site()
    site.jira.add_project("NEU", style="next-gen", default_assignee=False)
    project = Caller(site).ask("GET", "/project/NEU").json
    assert (project["style"], project["simplified"], project["assigneeType"]) == ("next-gen", True, "UNASSIGNED")


def test_fields_are_told_with_their_types(caller: Caller) -> None:
    fields = {one["id"]: one for one in caller.ask("GET", "/field").json}
    assert fields["customfield_10010"]["schema"]["type"] == "user"
    assert fields["customfield_10010"]["schema"]["custom"].endswith(":userpicker")
    assert fields["summary"]["custom"] is False


def test_permissions_are_told_for_a_project(caller: Caller) -> None:
    caller.site.jira.projects["OKR"].denied.add("EDIT_ISSUES")
    asked = {"permissions": "BROWSE_PROJECTS,EDIT_ISSUES", "projectKey": "OKR"}
    answer = caller.ask("GET", "/mypermissions", **asked).json["permissions"]
    assert {name: one["havePermission"] for name, one in answer.items()} == {
        "BROWSE_PROJECTS": True,
        "EDIT_ISSUES": False,
    }
    assert caller.ask("GET", "/mypermissions").status_code == 400
    assert caller.ask("GET", "/mypermissions", permissions="FLY").status_code == 400


def test_an_own_kind_of_issue_can_stand_above_epics(caller: Caller) -> None:
    caller.site.jira.add_issue_type("Initiative", 2, projects=["ONB"])
    caller.site.jira.add_issue(project="ONB", type="Initiative", summary="Groß")
    caller.site.jira.add_issue(project="ONB", summary="Epic darunter", parent="ONB-44")
    assert caller.keys("parent = ONB-44") == ["ONB-45"]


def test_projects_are_listed(caller: Caller) -> None:
    page = caller.ask("GET", "/project/search", keys="OKR").json
    assert [one["key"] for one in page["values"]] == ["OKR"]
    assert caller.ask("GET", "/project/search").json["total"] == 4
