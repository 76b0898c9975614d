from collections.abc import Callable
from typing import Any

import pytest

from connector.sandbox.log import Answered, Asked
from connector.sandbox.seed import demo_site
from tests.contract.openapi import ContractCheck, documents_missing
from tests.sandbox.caller import Caller

pytestmark = pytest.mark.skipif(bool(documents_missing()), reason=documents_missing())

DOCUMENT = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x"}]}]}


class Tour:
    """Every call of the imitation's Jira once, as a well-behaved client makes it."""

    def __init__(self) -> None:
        self.caller = Caller(demo_site())
        self.check = ContractCheck()
        self.caller.site.log.on_exchange(self.check)

    def read(self) -> None:
        ask = self.caller.ask
        issue = ["summary", "status", "labels", "parent", "issuelinks", "assignee", "comment"]
        for asked in ({"fields": issue}, {"fields": ["id"]}, {"fields": ["*all"], "expand": "names,changelog"}):
            ask("POST", "/search/jql", {"jql": "project = ONB", "maxResults": 3, **asked})
        ask("GET", "/search/jql", jql="project = ONB", fields="summary", maxResults=2)
        ask("POST", "/search/approximate-count", {"jql": "project = ONB"})
        ask("POST", "/issue/bulkfetch", {"issueIdsOrKeys": ["ONB-12", "ONB-999"], "fields": ["*all"]})
        for path in ("/issue/ONB-12", "/issue/ONB-12/remotelink", "/issue/ONB-12/properties", "/project/OKR", "/field"):
            ask("GET", path)
        for path in ("/issueLinkType", "/issuetype", "/status", "/myself", "/serverInfo", "/project/search"):
            ask("GET", path)
        ask("GET", "/issue/createmeta/OKR/issuetypes")
        ask("GET", "/issue/createmeta/OKR/issuetypes/10002")
        ask("GET", "/mypermissions", permissions="EDIT_ISSUES", projectKey="OKR")
        self.caller.raw("GET", "/_edge/tenant_info")

    def write(self) -> None:
        ask = self.caller.ask
        fields = {"project": {"key": "OKR"}, "issuetype": {"name": "Task"}, "summary": "Ziel", "description": DOCUMENT}
        body = {"fields": {**fields, "assignee": None}, "properties": [{"key": "okr", "value": {"ref": "a"}}]}
        ask("POST", "/issue", body)
        ask("POST", "/issue/bulk", {"issueUpdates": [body, {"fields": {}}]})
        ask("PUT", "/issue/OKR-1", {"update": {"labels": [{"add": "okr"}]}}, notifyUsers="false")
        ask("PUT", "/issue/OKR-1/assignee", {"accountId": None})
        ends = {"inwardIssue": {"key": "OKR-1"}, "outwardIssue": {"key": "ONB-12"}}
        ask("POST", "/issueLink", {"type": {"name": "Relates"}, **ends})
        [link] = self.caller.site.jira.links
        ask("GET", f"/issueLink/{link}")
        ask("GET", "/issue/OKR-1", fields="*all", properties="okr")
        ask("DELETE", f"/issueLink/{link}")
        page = {"globalId": "okr=1", "object": {"url": "https://site.example/wiki/1", "title": "Check-in"}}
        for _ in range(2):
            ask("POST", "/issue/OKR-1/remotelink", page)
        ask("GET", "/issue/OKR-1/remotelink", globalId="okr=1")
        ask("DELETE", "/issue/OKR-1/remotelink", globalId="okr=1")
        for value in (1, 2):
            ask("PUT", "/issue/OKR-1/properties/okr", {"ref": value})
        ask("GET", "/issue/OKR-1/properties/okr")
        ask("DELETE", "/issue/OKR-1/properties/okr")
        ask("DELETE", "/issue/OKR-2")


@pytest.mark.parametrize("part", [Tour.read, Tour.write])
def test_what_the_imitation_hears_and_says_is_in_atlassians_documents(part: Callable[[Tour], None]) -> None:
    tour = Tour()
    part(tour)
    assert tour.check.violations == []
    assert sum(tour.check.checked.values()) > 20
    answers = {line.status for line in tour.caller.site.log.requests()}
    assert answers <= {200, 201, 204}, "a tour of refusals would prove nothing"


def exchange(method: str, path: str, body: bytes, status: int, answer: bytes) -> list[str]:
    check = ContractCheck()
    kind = (("Content-Type", "application/json"),)
    check(
        Asked(method=method, path=path, query="", headers=kind, body=body),
        Answered(status=status, headers=kind, body=answer),
    )
    return check.violations


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "answer"),
    [
        ("POST", "/rest/api/3/search/jql", b'{"jql": 3}', 200, b'{"issues": []}'),
        ("POST", "/rest/api/3/search/jql", b'{"query": "project = X"}', 200, b'{"issues": []}'),
        ("POST", "/rest/api/3/search/jql", b'{"jql": "project = X"}', 200, b'{"issues": 3}'),
        ("POST", "/rest/api/3/search/jql", b'{"jql": "project = X"}', 200, b'{"total": 3}'),
        ("POST", "/rest/api/3/issueLink", b'{"type": {"name": "Relates"}}', 201, b""),
        ("GET", "/rest/api/3/moon", b"", 200, b"{}"),
        ("GET", "/rest/agile/1.0/board", b"", 200, b"{}"),
        ("POST", "/wiki/api/v2/pages", b'{"title": "x"}', 200, b'{"id": "1"}'),
    ],
)
def test_a_broken_contract_is_found(method: str, path: str, body: bytes, status: int, answer: bytes) -> None:
    assert exchange(method, path, body, status, answer)


def test_a_page_body_is_accepted_in_either_documented_shape() -> None:
    for written in (b'{"representation": "storage", "value": "<p/>"}', b'{"storage": {"value": "<p/>"}}'):
        body = b'{"spaceId": "1", "title": "x", "body": ' + written + b"}"
        assert exchange("POST", "/wiki/api/v2/pages", body, 200, b'{"id": "1"}') == []


def confluence(tour: Tour, method: str, path: str, body: Any = None, **query: Any) -> Any:
    headers = {"Authorization": f"Bearer {tour.caller.site.token}"}
    return (
        tour.caller.raw(method, path, headers=headers, json=body, query_string=query)
        if body is not None
        else (tour.caller.raw(method, path, headers=headers, query_string=query))
    )


def test_confluence_keeps_its_documents_too() -> None:
    tour = Tour()
    space = confluence(tour, "GET", "/wiki/api/v2/spaces", keys="ONB").json["results"][0]["id"]
    body = {"representation": "storage", "value": "<p>Hallo</p>"}
    page = {"spaceId": space, "status": "current", "title": "OKR", "body": body}
    made = confluence(tour, "POST", "/wiki/api/v2/pages", page).json
    version = {"number": 2, "message": "neu"}
    changed = {"id": made["id"], "status": "current", "title": "OKR", "body": body, "version": version}
    confluence(tour, "PUT", f"/wiki/api/v2/pages/{made['id']}", changed)
    for path in ("", "/children", "/direct-children", "/descendants", "/labels", "/attachments"):
        confluence(tour, "GET", f"/wiki/api/v2/pages/{made['id']}{path}")
    confluence(tour, "GET", "/wiki/api/v2/pages", **{"id": made["id"], "body-format": "storage", "limit": 250})
    confluence(tour, "POST", f"/wiki/rest/api/content/{made['id']}/label", [{"prefix": "global", "name": "okr"}])
    confluence(tour, "GET", "/wiki/rest/api/search", cql='label = "okr" and space = "ONB"')
    confluence(tour, "GET", "/wiki/rest/api/user/current")
    confluence(tour, "DELETE", f"/wiki/api/v2/pages/{made['id']}")
    assert tour.check.violations == []
    assert {line.status for line in tour.caller.site.log.requests()} <= {200, 204}
