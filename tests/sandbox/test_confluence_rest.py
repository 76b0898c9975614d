import base64
import io
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from connector.sandbox.people import CANARIES
from connector.sandbox.seed import empty_site
from connector.sandbox.site import Site, create_app
from tests.contract.openapi import ContractCheck, documents_missing

STORAGE = {"representation": "storage", "value": "<p>a &amp; b</p>"}
V2 = "/wiki/api/v2"
V1 = "/wiki/rest/api"


class House:
    """A site with one space and a client that knows its token."""

    def __init__(self, lag: timedelta = timedelta(0)) -> None:
        self.site: Site = empty_site(frozen=True, search_lag=lag)
        self.space = self.site.confluence.add_space("ONB", "Team Onboarding")
        self.contract = ContractCheck()
        self.site.log.on_exchange(self.contract)
        self._client = Client(create_app(self.site))
        token = base64.b64encode(f"{self.site.email}:{self.site.token}".encode()).decode()
        self._headers = {"Authorization": f"Basic {token}"}

    def ask(self, method: str, path: str, **more: Any) -> TestResponse:
        headers = self._headers | more.pop("headers", {})
        return self._client.open(path, method=method, headers=headers, **more)

    def make(self, title: str, **more: Any) -> dict[str, Any]:
        body = {"spaceId": self.space.id, "status": "current", "title": title, "body": STORAGE} | more
        answer = self.ask("POST", f"{V2}/pages", json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json or {})

    def put(self, page: dict[str, Any], number: int, **more: Any) -> TestResponse:
        body = {"id": page["id"], "status": "current", "title": page["title"], "body": STORAGE}
        return self.ask("PUT", f"{V2}/pages/{page['id']}", json=body | {"version": {"number": number}} | more)

    def kept_contract(self) -> bool:
        return bool(documents_missing()) or not self.contract.violations


@pytest.fixture
def house() -> House:
    return House()


def error_of(answer: TestResponse) -> tuple[int, str]:
    told = (answer.json or {})["errors"][0]
    assert set(told) == {"status", "code", "title", "detail"}
    assert told["status"] == answer.status_code
    return answer.status_code, told["title"]


def test_a_space_is_found_by_its_key_in_any_case_of_letters(house: House) -> None:
    found = (house.ask("GET", f"{V2}/spaces?keys=onb&keys=other").json or {})["results"]
    assert [(space["id"], space["homepageId"]) for space in found] == [(house.space.id, house.space.homepage_id)]
    assert house.kept_contract(), house.contract.violations


def test_a_page_is_created_read_updated_and_trashed(house: House) -> None:
    page = house.make("Check-in")
    assert page["parentId"] == house.space.homepage_id
    assert page["version"]["number"] == 1
    told = house.put(page, 2, version={"number": 2, "message": "wegen KW 48"}).json or {}
    assert (told["version"]["number"], told["version"]["message"]) == (2, "wegen KW 48")
    read = house.ask("GET", f"{V2}/pages/{page['id']}?body-format=storage&include-labels=true").json or {}
    assert read["body"]["storage"]["value"] == STORAGE["value"]
    assert house.ask("DELETE", f"{V2}/pages/{page['id']}").status_code == 204
    assert (house.ask("GET", f"{V2}/pages/{page['id']}").json or {})["status"] == "trashed"
    assert (house.ask("GET", f"{V2}/pages?id={page['id']}").json or {})["results"] == []
    assert house.kept_contract(), house.contract.violations


def test_people_stand_in_every_page_unasked(house: House) -> None:
    page = house.make("Check-in")
    answer = house.ask("GET", f"{V2}/pages?id={page['id']}")
    assert sum(answer.text.count(canary) for canary in CANARIES) >= 3


def test_a_stale_version_is_a_conflict_in_the_platform_s_words(house: House) -> None:
    page = house.make("Check-in")
    told = "Version must be incremented when updating a page. Current Version: [1]. Provided version: [3]"
    assert error_of(house.put(page, 3)) == (409, told)


def test_a_title_that_exists_and_a_broken_body_are_refused(house: House) -> None:
    page = house.make("Check-in")
    body = {"spaceId": house.space.id, "title": "check-in", "body": STORAGE}
    status, title = error_of(house.ask("POST", f"{V2}/pages", json=body))
    assert (status, title.split(":")[0]) == (400, "A page with this title already exists")
    status, title = error_of(house.put(page, 2, body={"representation": "storage", "value": "<p>a<br></p>"}))
    assert (status, title.split(":")[0]) == (400, "Error parsing xhtml")


@pytest.mark.parametrize("missing", ["id", "status", "title", "body", "version"])
def test_an_update_must_name_everything(house: House, missing: str) -> None:
    page = house.make("Check-in")
    body = {"id": page["id"], "status": "current", "title": "x", "body": STORAGE, "version": {"number": 2}}
    del body[missing]
    assert error_of(house.ask("PUT", f"{V2}/pages/{page['id']}", json=body))[0] == 400


@pytest.mark.parametrize(
    "change",
    [
        {"spaceId": 4711},
        {"title": 4},
        {"title": ""},
        {"title": "x" * 256},
        {"unheardOf": True},
        {"status": "archived"},
        {"body": {"representation": "html", "value": ""}},
        {"body": {"storage": "<p />"}},
        {"parentId": "abc"},
    ],
)
def test_a_create_with_wrong_types_or_unknown_keys_is_refused(house: House, change: dict[str, Any]) -> None:
    body = {"spaceId": house.space.id, "title": "Check-in", "body": STORAGE} | change
    assert error_of(house.ask("POST", f"{V2}/pages", json=body))[0] == 400


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("id=abc", 400),
        ("limit=251", 400),
        ("limit=0", 400),
        ("status=draft", 400),
        ("body-format=view", 400),
        ("sort=name", 400),
        ("cursor=zzz", 400),
        ("id=" + ",".join(map(str, range(1, 252))), 400),
        ("id=" + ",".join(map(str, range(1, 251))), 200),
    ],
)
def test_a_listing_takes_only_what_is_documented(house: House, query: str, status: int) -> None:
    assert house.ask("GET", f"{V2}/pages?{query}").status_code == status


def test_pages_come_in_pages_and_the_next_link_forgets_the_sort(house: House) -> None:
    made = [house.make(f"Check-in {n}")["id"] for n in range(3)]
    first = house.ask("GET", f"{V2}/pages?space-id={house.space.id}&limit=2&sort=-title")
    told = first.json or {}
    assert [page["title"] for page in told["results"]] == ["Team Onboarding", "Check-in 2"]
    assert "sort" not in told["_links"]["next"]
    assert told["_links"]["next"].startswith(f"{V2}/pages?")
    assert f'<{told["_links"]["next"]}>; rel="next"' in first.headers["Link"]
    rest = house.ask("GET", told["_links"]["next"] + "&sort=-title").json or {}
    assert [page["id"] for page in rest["results"]] == made[1::-1]
    assert "next" not in rest["_links"]
    assert house.kept_contract(), house.contract.violations


def test_a_title_is_found_exactly_and_in_any_case_of_letters(house: House) -> None:
    page = house.make("Check-in · KW 48")
    for title, found in (("check-in · kw 48", [page["id"]]), ("Check-in", []), ("", [])):
        results = (house.ask("GET", f"{V2}/pages", query_string={"title": title}).json or {})["results"]
        assert [hit["id"] for hit in results] == found


def test_a_draft_is_read_only_when_asked_for(house: House) -> None:
    page = house.make("Check-in")
    house.site.confluence.save_draft(page["id"], "<p>halb</p>")
    values = []
    for draft in ("false", "true"):
        query = f"body-format=storage&get-draft={draft}"
        read = house.ask("GET", f"{V2}/pages/{page['id']}?{query}").json or {}
        values.append((read["status"], read["body"]["storage"]["value"]))
    assert values == [("current", STORAGE["value"]), ("draft", "<p>halb</p>")]


def test_children_and_descendants_are_listed(house: House) -> None:
    parent = house.make("Planning")
    child = house.make("Check-in", parentId=parent["id"])
    home = house.space.homepage_id
    for path, found in (
        (f"{V2}/pages/{parent['id']}/children", [child["id"]]),
        (f"{V2}/pages/{home}/direct-children", [parent["id"]]),
        (f"{V2}/pages/{home}/descendants", [parent["id"], child["id"]]),
        (f"{V2}/pages/{home}/descendants?depth=1", [parent["id"]]),
        (f"{V2}/pages/{child['id']}/ancestors", [home, parent["id"]]),
    ):
        assert [hit["id"] for hit in (house.ask("GET", path).json or {})["results"]] == found
    assert house.kept_contract(), house.contract.violations


def test_labels_are_written_over_v1_and_read_over_v2(house: House) -> None:
    page = house.make("Check-in")
    labels = [{"prefix": "global", "name": "OKR"}, {"prefix": "global", "name": "okr-check-in"}]
    assert house.ask("POST", f"{V1}/content/{page['id']}/label", json=labels).status_code == 200
    assert house.ask("DELETE", f"{V1}/content/{page['id']}/label?name=okr").status_code == 204
    read = (house.ask("GET", f"{V2}/pages/{page['id']}/labels").json or {})["results"]
    assert [label["name"] for label in read] == ["okr-check-in"]
    refused = house.ask("POST", f"{V1}/content/{page['id']}/label", json=[{"prefix": "global", "name": "a b"}])
    assert refused.status_code == 400
    assert (refused.json or {})["statusCode"] == 400
    assert house.kept_contract(), house.contract.violations


def test_a_file_needs_the_token_header_and_a_known_page(house: House) -> None:
    page = house.make("Check-in")
    path = f"{V1}/content/{page['id']}/child/attachment"

    def upload(where: str, **headers: str) -> TestResponse:
        parts = {"file": (io.BytesIO(b"picture"), "chart.png", "image/png"), "minorEdit": "true", "comment": "KW 48"}
        return house.ask("PUT", where, data=parts, headers={"Content-Type": "multipart/form-data"} | headers)

    assert upload(path).status_code == 403
    assert upload(f"{V1}/content/1/child/attachment", **{"X-Atlassian-Token": "nocheck"}).status_code == 404
    assert upload(path, **{"X-Atlassian-Token": "nocheck"}).status_code == 200
    told = (house.ask("GET", f"{V2}/pages/{page['id']}/attachments?filename=chart.png").json or {})["results"][0]
    assert (told["title"], told["fileSize"], told["comment"]) == ("chart.png", 7, "KW 48")
    assert house.ask("GET", "/wiki" + told["downloadLink"]).data == b"picture"
    assert house.kept_contract(), house.contract.violations


def test_search_by_cql_lags_behind_what_v2_knows() -> None:
    house = House(lag=timedelta(seconds=30))
    page = house.make("Check-in")
    house.ask("POST", f"{V1}/content/{page['id']}/label", json=[{"prefix": "global", "name": "okr"}])
    cql = {"cql": 'label = "okr" and space = "ONB" and type = page'}
    found = [(house.ask("GET", f"{V1}/{path}search", query_string=cql).json or {})["size"] for path in ("", "content/")]
    house.site.clock.advance(timedelta(seconds=30))
    found += [
        (house.ask("GET", f"{V1}/{path}search", query_string=cql).json or {})["size"] for path in ("", "content/")
    ]
    assert found == [0, 0, 1, 1]
    assert house.kept_contract(), house.contract.violations


def test_search_goes_on_by_cursor_and_ignores_start(house: House) -> None:
    for n in range(3):
        house.make(f"Check-in {n}")
    cql = {"cql": 'title ~ "Check-in" order by title', "limit": "2", "start": "1"}
    first = house.ask("GET", f"{V1}/search", query_string=cql).json or {}
    rest = house.ask("GET", "/wiki" + first["_links"]["next"]).json or {}
    assert [hit["title"] for hit in first["results"] + rest["results"]] == ["Check-in 0", "Check-in 1", "Check-in 2"]
    assert "next" not in rest["_links"]


def test_a_query_that_cannot_be_read_is_refused(house: House) -> None:
    answer = house.ask("GET", f"{V1}/search", query_string={"cql": "status = current"})
    assert answer.status_code == 400
    assert "No field exists with the name: 'status'" in (answer.json or {})["message"]


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "content"), ("POST", "content"), ("GET", "content/7"), ("PUT", "content/7")]
)
def test_pages_over_v1_are_gone(house: House, method: str, path: str) -> None:
    assert house.ask(method, f"{V1}/{path}", json={}).status_code == 410


def test_a_wrong_token_is_refused_in_both_dialects(house: House) -> None:
    for path in (f"{V2}/pages", f"{V1}/user/current"):
        assert house.ask("GET", path, headers={"Authorization": "Basic eDp5"}).status_code == 401
    assert house.site.log.refused()


def test_an_unknown_page_or_space_is_not_found(house: House) -> None:
    assert error_of(house.ask("GET", f"{V2}/pages/1"))[0] == 404
    body = {"spaceId": "1", "title": "Check-in", "body": STORAGE}
    assert error_of(house.ask("POST", f"{V2}/pages", json=body))[0] == 404
    assert error_of(house.put({"id": "1", "title": "x"}, 2))[0] == 404


def test_an_update_of_a_trashed_page_restores_it_without_touching_its_words(house: House) -> None:
    page = house.make("Check-in")
    house.ask("DELETE", f"{V2}/pages/{page['id']}")
    told = house.put(page, 2, body={"representation": "storage", "value": "<p>neu</p>"}).json or {}
    assert (told["status"], told["body"]["storage"]["value"]) == ("current", STORAGE["value"])


def test_the_log_counts_reads_and_writes(house: House) -> None:
    mark = house.site.log.mark()
    page = house.make("Check-in")
    house.ask("GET", f"{V2}/pages/{page['id']}")
    assert (len(house.site.log.writes(mark)), len(house.site.log.reads(mark))) == (1, 1)
