import io
from typing import Any

import pytest

from connector.sandbox.calls import WEEKS
from connector.sandbox.datacenter.release import BEFORE, NEWEST, Release
from connector.sandbox.dialect import Dialect
from connector.sandbox.log import Answered, Asked
from connector.sandbox.seed import demo_site
from tests.contract.openapi import ContractCheck, documents_missing
from tests.sandbox.data_center import DataCenter

pytestmark = pytest.mark.skipif(bool(documents_missing()), reason=documents_missing())


class Tour:
    """Every call of the imitation Data Center once, as a well-behaved client makes it."""

    def __init__(self, release: Release) -> None:
        self.client = DataCenter(demo_site(dialect=Dialect.DATACENTER, release=release, to_come=WEEKS))
        self.check = ContractCheck(jira=short(release.jira), confluence=short(release.confluence))
        self.client.site.log.on_exchange(self.check)

    def jira(self) -> None:
        ask = self.client.ask
        for fields in (["summary", "customfield_10100"], ["*all"], ["key"]):
            self.client.search("project = ONB", *fields, maxResults=3, expand=["names", "changelog"])
        ask("GET", "/search", jql="key in (ONB-12, ONB-999)", fields="summary", validateQuery="false")
        for path in (
            "/issue/ONB-12",
            "/issue/ONB-12/remotelink",
            "/project",
            "/project/OKR",
            "/field",
            "/issueLinkType",
        ):
            ask("GET", path)
        for path in ("/issuetype", "/status", "/myself", "/serverInfo", "/issue/createmeta/OKR/issuetypes"):
            ask("GET", path)
        ask("GET", "/issue/createmeta/OKR/issuetypes/10000")
        ask("GET", "/mypermissions", projectKey="OKR")
        fields = {"project": {"key": "OKR"}, "issuetype": {"name": "Task"}, "summary": "Ziel", "description": "h1. x"}
        body = {"fields": {**fields, "customfield_10100": "ONB-12"}, "properties": [{"key": "okr", "value": {"a": 1}}]}
        ask("POST", "/issue", body)
        ask("POST", "/issue/bulk", {"issueUpdates": [body, {"fields": {}}]})
        ask("PUT", "/issue/OKR-1", {"update": {"labels": [{"add": "okr"}]}}, notifyUsers="false")
        ask("PUT", "/issue/OKR-1/assignee", {"name": None})
        self._links()
        ask("PUT", "/issue/OKR-1/properties/okr", {"ref": 1})
        ask("GET", "/issue/OKR-1/properties/okr")
        ask("GET", "/issue/OKR-1/properties")
        ask("DELETE", "/issue/OKR-1/properties/okr")
        ask("DELETE", "/issue/OKR-2")

    def _links(self) -> None:
        ask = self.client.ask
        ends = {"inwardIssue": {"key": "OKR-1"}, "outwardIssue": {"key": "ONB-12"}}
        ask("POST", "/issueLink", {"type": {"name": "Relates"}, **ends})
        [link] = self.client.site.jira.links
        ask("GET", f"/issueLink/{link}")
        ask("DELETE", f"/issueLink/{link}")
        page = {"globalId": "okr=1", "object": {"url": "https://site.example/1", "title": "Check-in"}}
        for _ in range(2):
            ask("POST", "/issue/OKR-1/remotelink", page)
        ask("GET", "/issue/OKR-1/remotelink", globalId="okr=1")
        ask("DELETE", "/issue/OKR-1/remotelink", globalId="okr=1")

    def confluence(self) -> None:
        page = self.client.page
        home = page("GET", "/space/ONB", expand="homepage").json["homepage"]["id"]
        page("GET", "/space", spaceKey="ONB")
        made = self.client.write(ancestors=[{"id": home}]).json["id"]
        storage = {"storage": {"value": "<p>y</p>", "representation": "storage"}}
        page("PUT", f"/content/{made}", {"type": "page", "title": "Neu", "version": {"number": 2}, "body": storage})
        whole = "body.storage,version,ancestors,space,history,operations,metadata.labels"
        page("GET", f"/content/{made}", expand=whole)
        page("GET", f"/content/{made}", status="historical", version=1)
        page("GET", "/content", spaceKey="ONB", title="Neu", status="any", expand=whole)
        page("POST", f"/content/{made}/label", {"prefix": "global", "name": "okr"})
        for path in ("/label", "/child/page", "/descendant/page", "/history", "/restriction/byOperation/read"):
            page("GET", f"/content/{made}{path}")
        page("GET", "/content/search", cql='label = "okr" and space = "ONB"', expand="version")
        page("DELETE", f"/content/{made}/label/okr")
        self._parts(made)
        page("DELETE", f"/content/{made}")
        page("DELETE", f"/content/{made}", status="trashed")
        for path in ("/user/current", "/server-information", "/webhooks"):
            page("GET", path)

    def _parts(self, made: str) -> None:
        page = self.client.page
        value = {"key": "okr", "value": "x", "version": {"number": 1}}
        page("PUT", f"/content/{made}/property/okr", value)
        page("GET", f"/content/{made}/property/okr")
        page("GET", f"/content/{made}/property")
        page("DELETE", f"/content/{made}/property/okr")
        token = {"Authorization": f"Bearer {self.client.site.token}", "X-Atlassian-Token": "nocheck"}
        place = f"/confluence/rest/api/content/{made}/child/attachment"
        file: dict[str, Any] = {"file": (io.BytesIO(b"abc"), "chart.png")}
        [kept] = self.client.raw("POST", place, token, data=file).json["results"]
        file = {"file": (io.BytesIO(b"abcd"), "chart.png")}
        self.client.raw("POST", f"{place}/{kept['id']}/data", token, data=file)
        page("GET", f"/content/{made}/child/attachment", filename="chart.png")
        hook = {"name": "okr", "url": "https://site.example/x", "events": ["page_updated"], "active": True}
        page("POST", "/webhooks", {**hook, "configuration": {"secret": "geheim"}})


def short(version: str) -> str:
    return ".".join(version.split(".")[:2])


@pytest.mark.parametrize("release", [NEWEST, BEFORE], ids=["newest", "before"])
@pytest.mark.parametrize("product", [Tour.jira, Tour.confluence])
def test_the_imitation_data_center_keeps_atlassians_documents(release: Release, product: Any) -> None:
    tour = Tour(release)
    product(tour)
    assert tour.check.violations == []
    answers = {line.status for line in tour.client.site.log.requests()}
    assert answers <= {200, 201, 204}, "a tour of refusals would prove nothing"
    assert sum(tour.check.checked.values()) > 40


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "answer"),
    [
        ("POST", "/jira/rest/api/2/search", b'{"jql": 3}', 200, b'{"issues": []}'),
        ("POST", "/jira/rest/api/2/search", b'{"jql": "project = X"}', 200, b'{"total": "x"}'),
        ("POST", "/jira/rest/api/2/issue", b'{"fields": []}', 201, b'{"id": "1"}'),
        ("GET", "/jira/rest/api/2/field", b"", 200, b'[{"custom": 3}]'),
        ("GET", "/jira/rest/api/2/moon", b"", 200, b"{}"),
        ("GET", "/jira/rest/agile/1.0/board", b"", 200, b"{}"),
        ("PUT", "/confluence/rest/api/content/1", b'{"version": {"number": "2"}}', 200, b"{}"),
        ("GET", "/confluence/rest/api/content/1", b"", 200, b'{"title": 3}'),
    ],
)
def test_a_broken_contract_of_data_center_is_found(
    method: str, path: str, body: bytes, status: int, answer: bytes
) -> None:
    check = ContractCheck()
    kind = (("Content-Type", "application/json"),)
    check(
        Asked(method=method, path=path, query="", headers=kind, body=body),
        Answered(status=status, headers=kind, body=answer),
    )
    assert check.violations
