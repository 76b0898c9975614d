import pytest

from connector.sandbox.datacenter.release import BEFORE
from connector.sandbox.dialect import Dialect
from connector.sandbox.people import CANARIES
from connector.sandbox.seed import demo_site, empty_site
from tests.sandbox.data_center import DataCenter

EPIC_LINK, EPIC_NAME = "customfield_10100", "customfield_10102"


@pytest.fixture
def client() -> DataCenter:
    return DataCenter()


def test_pages_go_by_offset_and_tell_a_total(client: DataCenter) -> None:
    first = client.search("project = ONB ORDER BY key", maxResults=4).json
    assert (first["startAt"], first["maxResults"], len(first["issues"])) == (0, 4, 4)
    rest = client.search("project = ONB ORDER BY key", startAt=4, maxResults=5000).json
    assert rest["maxResults"] == 1000
    assert first["total"] == rest["total"] == 4 + len(rest["issues"])
    assert client.search("project = ONB", maxResults=0).json["total"] == first["total"]
    assert client.ask("GET", "/search", jql="project = ONB", maxResults=0).json["issues"] == []


def test_without_fields_the_navigable_ones_come_and_without_a_query_everything(client: DataCenter) -> None:
    found = client.ask("POST", "/search", {"jql": "", "maxResults": 1}).json
    assert found["total"] == len(client.site.jira.issues)
    fields = found["issues"][0]["fields"]
    assert "comment" not in fields
    assert "statuscategorychangedate" not in fields
    assert EPIC_LINK in fields


def test_a_missing_key_is_refused_unless_validation_is_off(client: DataCenter) -> None:
    refused = client.search("key in (ONB-12, ONB-999)")
    assert refused.status_code == 400
    assert refused.json["errorMessages"] == ["An issue with key 'ONB-999' does not exist for field 'key'."]
    kept = client.search("key in (ONB-12, ONB-999)", validateQuery=False).json
    assert [one["key"] for one in kept["issues"]] == ["ONB-12"]
    assert kept["warningMessages"] == refused.json["errorMessages"]
    lax = client.ask("GET", "/search", jql="key in (ONB-12, ONB-999)", validateQuery="warn")
    assert lax.json["total"] == 1
    assert client.search("key = ONB-12", validateQuery="warn").status_code == 400


def test_only_so_many_results_can_be_paged_through(client: DataCenter) -> None:
    assert client.ask("GET", "/searchLimits/maxResultWindow").json == 10_000
    assert client.search("project = ONB", startAt=9_980, maxResults=20).status_code == 200
    assert client.search("project = ONB", startAt=9_981, maxResults=20).status_code == 400
    older = DataCenter(demo_site(dialect=Dialect.DATACENTER, release=BEFORE))
    assert older.ask("GET", "/searchLimits/maxResultWindow").status_code == 404
    assert older.search("project = ONB", startAt=50_000).status_code == 200
    assert older.ask("GET", "/serverInfo").json["versionNumbers"][0] == 10


def test_an_epic_needs_its_name_and_others_must_not_have_one(client: DataCenter) -> None:
    refused = client.make(kind="Epic")
    assert refused.json["errors"] == {EPIC_NAME: "Epic Name is required."}
    assert client.make(kind="Epic", **{EPIC_NAME: "Ziel"}).status_code == 201
    assert EPIC_NAME in client.make(**{EPIC_NAME: "Ziel"}).json["errors"]
    screen = client.ask("GET", "/issue/createmeta/OKR/issuetypes/10000").json["values"]
    assert next(one for one in screen if one["fieldId"] == EPIC_NAME)["required"]
    tasks = client.ask("GET", "/issue/createmeta/OKR/issuetypes/10002").json["values"]
    assert EPIC_NAME not in {one["fieldId"] for one in tasks}


def test_children_of_an_epic_are_found_by_its_link_alone(client: DataCenter) -> None:
    made = client.make(**{EPIC_LINK: "ONB-12"}).json["key"]
    assert made in client.keys('"Epic Link" = ONB-12')
    assert made in client.keys("cf[10100] in (ONB-12, ONB-5)")
    assert client.keys("parent = ONB-12") == []
    fields = client.ask("GET", f"/issue/{made}").json["fields"]
    assert fields[EPIC_LINK] == "ONB-12"
    assert "parent" not in fields
    assert client.make(**{EPIC_LINK: made}).json["errors"].keys() == {EPIC_LINK}
    assert client.make(parent={"key": "ONB-12"}).json["errors"].keys() == {"parent"}
    below = client.make(kind="Sub-task", parent={"key": made}).json["key"]
    assert client.ask("GET", f"/issue/{below}").json["fields"]["parent"]["key"] == made
    assert client.keys(f"parent = {made}") == [below]
    client.ask("PUT", f"/issue/{made}", {"fields": {EPIC_LINK: None}})
    assert made not in client.keys('"Epic Link" = ONB-12')


def test_descriptions_are_wiki_markup(client: DataCenter) -> None:
    made = client.make(description="h2. Ziel\n* eins").json["key"]
    assert client.ask("GET", f"/issue/{made}").json["fields"]["description"] == "h2. Ziel\n* eins"
    document = {"type": "doc", "version": 1, "content": []}
    assert client.make(description=document).json["errors"].keys() == {"description"}
    comment = client.ask("GET", "/issue/ONB-12").json["fields"]["comment"]["comments"][0]
    assert comment["body"].startswith("[~")


def test_people_have_names_and_keys_and_no_account_anywhere(client: DataCenter) -> None:
    whole = client.search("project = ONB", "*all", expand=["changelog", "renderedFields"]).text
    assert "accountId" not in whole
    assert "712020" not in whole
    assert "/rest/api/3/" not in whole
    assert "hierarchyLevel" not in whole
    user = client.ask("GET", "/issue/ONB-12", fields="assignee").json["fields"]["assignee"]
    assert set(user) == {"self", "name", "key", "emailAddress", "avatarUrls", "displayName", "active", "timeZone"}
    assert {user["name"], user["key"]} <= set(CANARIES)
    assert client.keys(f"key = ONB-12 AND assignee = '{user['name']}'") == ["ONB-12"]


def test_nobody_is_meant_by_no_name(client: DataCenter) -> None:
    made = client.make().json["key"]
    assert client.keys(f"key = {made} AND assignee IS EMPTY") == []
    assert client.ask("PUT", f"/issue/{made}/assignee", {"name": None}).status_code == 204
    assert client.keys(f"key = {made} AND assignee IS EMPTY") == [made]
    for nobody in (None, {"name": None}, {"name": ""}):
        assert client.keys(f"key = {client.make(assignee=nobody).json['key']} AND assignee IS EMPTY")
    assert client.make(assignee={"accountId": "x"}).status_code == 400
    client.site.jira.projects["OKR"].allow_unassigned = False
    assert client.make(assignee=None).json["errors"] == {"assignee": "Issues must be assigned."}


def test_many_are_made_at_once_and_edits_say_nothing(client: DataCenter) -> None:
    one = {"project": {"key": "OKR"}, "issuetype": {"name": "Task"}, "summary": "Ziel"}
    marked = {"fields": one, "properties": [{"key": "okr", "value": {"ref": "a", "style": "b"}}]}
    made = client.ask("POST", "/issue/bulk", {"issueUpdates": [marked, {"fields": {}}]})
    assert made.status_code == 201
    assert made.json["errors"][0]["failedElementNumber"] == 1
    key = made.json["issues"][0]["key"]
    edited = client.ask("PUT", f"/issue/{key}", {"update": {"labels": [{"add": "okr"}]}})
    assert (edited.status_code, edited.text) == (204, "")
    for _ in range(30):
        assert client.ask("PUT", f"/issue/{key}", {"fields": {"summary": "Ziel"}}).status_code == 204
    assert client.ask("GET", f"/issue/{key}/properties/okr").json["value"] == {"ref": "a", "style": "b"}
    assert client.ask("PUT", f"/issue/{key}/properties/okr", {"ref": "c"}).status_code == 200
    assert client.ask("GET", f"/issue/{key}", properties="okr").json["properties"] == {"okr": {"ref": "c"}}
    client.site.jira.projects["OKR"].denied.add("ADMINISTER_PROJECTS")
    quiet = client.ask("PUT", f"/issue/{key}", {"fields": {"summary": "Ziel"}}, notifyUsers="false")
    assert quiet.status_code == 403


def test_links_are_made_once_and_remote_ones_by_their_global_id(client: DataCenter) -> None:
    key = client.make().json["key"]
    ends = {"inwardIssue": {"key": key}, "outwardIssue": {"key": "ONB-12"}}
    for _ in range(2):
        assert client.ask("POST", "/issueLink", {"type": {"name": "Relates"}, **ends}).status_code == 201
    [link] = client.ask("GET", f"/issue/{key}").json["fields"]["issuelinks"]
    assert link["outwardIssue"]["key"] == "ONB-12"
    page = {"globalId": "okr=1", "object": {"url": "https://site.example/1", "title": "Check-in"}}
    assert [client.ask("POST", f"/issue/{key}/remotelink", page).status_code for _ in range(2)] == [201, 200]
    assert len(client.ask("GET", f"/issue/{key}/remotelink").json) == 1
    assert client.ask("GET", f"/issue/{key}/remotelink", globalId="okr=1").json["self"].count("/jira/rest/api/2/") == 1


def test_the_site_tells_what_it_is_and_what_it_lacks(client: DataCenter) -> None:
    server = client.raw("GET", "/jira/rest/api/2/serverInfo", {}).json
    assert (server["deploymentType"], server["versionNumbers"]) == ("Server", [11, 3, 8])
    assert client.ask("GET", "/myself").json["name"] == client.site.people.service.login
    assert set(client.ask("GET", "/mypermissions").json["permissions"]) > {"EDIT_ISSUES", "ADMINISTER"}
    fields = {one["id"]: one for one in client.ask("GET", "/field").json}
    assert fields[EPIC_LINK]["schema"]["custom"] == "com.pyxis.greenhopper.jira:gh-epic-link"
    assert "key" not in fields["summary"]
    assert client.ask("GET", "/project/NOPE").status_code == 404
    assert client.ask("GET", "/issue/createmeta/NOPE/issuetypes").status_code == 400
    for gone in ("/jira/rest/api/3/search/jql", "/rest/api/3/myself", "/wiki/api/v2/pages"):
        assert client.raw("GET", gone).status_code == 404


def test_an_empty_site_shows_the_fields_of_its_dialect() -> None:
    site = empty_site(dialect=Dialect.DATACENTER)
    site.jira.add_project("ABC")
    site.jira.projects["ABC"].create_screen.discard("assignee")
    shown = DataCenter(site).ask("GET", "/issue/createmeta/ABC/issuetypes/10002").json["values"]
    assert "assignee" not in {one["fieldId"] for one in shown}
    assert EPIC_LINK in {one["fieldId"] for one in shown}
