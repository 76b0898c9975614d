import io
from typing import Any

import pytest

from connector.sandbox.people import CANARIES
from tests.sandbox.data_center import DataCenter

STORAGE = "body.storage,version"


@pytest.fixture
def client() -> DataCenter:
    return DataCenter()


def written(number: int, body: str = "<p>y</p>", **more: Any) -> dict[str, Any]:
    storage = {"storage": {"value": body, "representation": "storage"}}
    return {"type": "page", "title": "Check-in", "version": {"number": number}, "body": storage, **more}


def homepage(client: DataCenter, key: str = "ONB") -> str:
    return client.page("GET", f"/space/{key}", expand="homepage").json["homepage"]["id"]


def test_a_page_is_made_read_and_found_by_its_title(client: DataCenter) -> None:
    parent = homepage(client)
    made = client.write(ancestors=[{"id": int(parent)}]).json
    assert made["version"]["number"] == 1
    assert [one["id"] for one in made["ancestors"]] == [parent]
    [found] = client.page("GET", "/content", spaceKey="ONB", title="check-IN", expand=STORAGE).json["results"]
    assert found["id"] == made["id"]
    assert found["body"]["storage"]["value"] == "<p>x</p>"
    assert "space" not in found
    assert "space" in found["_expandable"]
    assert [one["id"] for one in client.page("GET", f"/content/{parent}/child/page").json["results"]] == [made["id"]]


def test_without_an_ancestor_a_page_stands_beside_the_homepage(client: DataCenter) -> None:
    made = client.write().json
    assert made["ancestors"] == []
    assert client.page("GET", f"/content/{homepage(client)}/child/page").json["results"] == []


def test_the_next_version_is_one_more_or_409(client: DataCenter) -> None:
    page = client.write().json["id"]
    stale = client.page("PUT", f"/content/{page}", written(1))
    assert stale.status_code == 409
    assert stale.json["message"].endswith("Version must be incremented on update. Current version is: 1")
    assert stale.json["reason"] == "Conflict"
    early = client.page("PUT", f"/content/{page}", written(3))
    assert (early.status_code, early.json["message"]) == (409, stale.json["message"])
    changed = client.page("PUT", f"/content/{page}", written(2, version={"number": 2, "message": "neu"}))
    assert changed.json["version"]["message"] == "neu"
    assert changed.json["body"]["storage"]["value"] == "<p>y</p>"


def test_what_somebody_is_typing_is_not_overridden(client: DataCenter) -> None:
    page = client.write().json["id"]
    client.site.confluence.save_draft(page, "<p>half a thou</p>")
    assert client.page("PUT", f"/content/{page}", written(2)).status_code == 409
    draft = client.page("GET", f"/content/{page}", status="draft", expand=STORAGE).json
    assert draft["body"]["storage"]["value"] == "<p>half a thou</p>"
    assert draft["status"] == "draft"
    assert client.page("PUT", f"/content/{page}", written(2, status="current"), status="draft").status_code == 200
    assert client.page("GET", f"/content/{page}", status="draft").status_code == 404


def test_older_versions_are_read_as_historical_ones(client: DataCenter) -> None:
    page = client.write().json["id"]
    client.page("PUT", f"/content/{page}", written(2))
    assert client.page("GET", f"/content/{page}", version=1).status_code == 404
    old = client.page("GET", f"/content/{page}", version=1, status="historical", expand=STORAGE).json
    assert (old["status"], old["body"]["storage"]["value"]) == ("historical", "<p>x</p>")


def test_the_trash_holds_pages_and_gives_them_back(client: DataCenter) -> None:
    page = client.write().json["id"]
    below = client.write("Below", ancestors=[{"id": page}]).json["id"]
    assert client.page("DELETE", f"/content/{page}").status_code == 204
    assert client.page("GET", f"/content/{page}").status_code == 404
    assert client.page("GET", f"/content/{page}", status="trashed").json["status"] == "trashed"
    assert client.page("GET", f"/content/{below}").json["status"] == "current"
    assert client.page("PUT", f"/content/{page}", written(2)).status_code == 404
    back = client.page("PUT", f"/content/{page}", written(2, status="current"))
    assert back.json["status"] == "current"
    assert back.json["body"]["storage"]["value"] == "<p>x</p>"
    client.page("DELETE", f"/content/{page}")
    assert client.page("DELETE", f"/content/{page}", status="trashed").status_code == 204
    assert client.page("GET", f"/content/{page}", status="any").status_code == 404


def test_refusals_are_in_javas_words(client: DataCenter) -> None:
    client.write()
    twice = client.write()
    assert twice.status_code == 400
    assert "A page already exists with the title Check-in in the space with key ONB" in twice.json["message"]
    assert client.write("Other", "<p>").status_code == 400
    lost = client.page("GET", "/content/999")
    assert lost.json["message"].endswith("NotFoundException: No content found with id: ContentId{id=999}")
    assert lost.json["data"]["successful"] is False
    assert client.write("Other", space="NOPE").json["message"].endswith("No space with key : NOPE")
    client.site.confluence.space_of_key("ONB").denied.add("create page")
    assert client.write("Other").status_code == 403


def test_more_than_a_page_holds_is_asked_for_in_vain(client: DataCenter) -> None:
    ids = [client.write(f"P{number}").json["id"] for number in range(55)]
    first = client.page("GET", "/content", ids=",".join(ids), limit=100, expand="body.storage").json
    assert (first["size"], first["limit"]) == (50, 50)
    rest = client.raw("GET", "/confluence" + first["_links"]["next"]).json
    assert rest["size"] == 5
    assert "next" not in rest["_links"]


def test_labels_properties_and_files_hang_on_a_page(client: DataCenter) -> None:
    page = client.write().json["id"]
    labels = client.page("POST", f"/content/{page}/label", [{"prefix": "global", "name": "okr"}]).json
    assert [one["label"] for one in labels["results"]] == ["okr"]
    assert client.page("DELETE", f"/content/{page}/label", name="none").status_code == 404
    where = f"/content/{page}/property/okr"
    assert client.page("PUT", where, {"key": "okr", "value": 1, "version": {"number": 2}}).status_code == 404
    assert (
        client.page("PUT", where, {"key": "okr", "value": 1, "version": {"number": 1}}).json["version"]["number"] == 1
    )
    assert client.page("PUT", where, {"key": "okr", "value": 2, "version": {"number": 1}}).status_code == 409
    assert client.page("GET", where).json["value"] == 1
    address = f"/confluence/rest/api/content/{page}/child/attachment"
    file = {"file": (io.BytesIO(b"abc"), "chart.png"), "minorEdit": "true"}
    token = {"Authorization": f"Bearer {client.site.token}"}
    assert client.raw("POST", address, token, data=file).status_code == 403
    file = {"file": (io.BytesIO(b"abc"), "chart.png"), "minorEdit": "true"}
    made = client.raw("POST", address, {**token, "X-Atlassian-Token": "nocheck"}, data=file).json["results"][0]
    again = {"file": (io.BytesIO(b"abcd"), "chart.png")}
    assert client.raw("POST", address, {**token, "X-Atlassian-Token": "nocheck"}, data=again).status_code == 400
    again = {"file": (io.BytesIO(b"abcd"), "chart.png")}
    next_one = f"{address}/{made['id']}/data"
    assert (
        client.raw("POST", next_one, {**token, "X-Atlassian-Token": "nocheck"}, data=again).json["version"]["number"]
        == 2
    )
    [found] = client.page("GET", f"/content/{page}/child/attachment", filename="chart.png").json["results"]
    assert found["extensions"]["fileSize"] == 4


def test_the_search_finds_by_label_and_by_ids(client: DataCenter) -> None:
    page = client.write().json["id"]
    client.page("POST", f"/content/{page}/label", [{"prefix": "global", "name": "okr"}])
    for cql in ('label = "okr" and space = "ONB"', f"id in ({page}, 999)"):
        found = client.page("GET", "/content/search", cql=cql, expand="version").json["results"]
        assert [one["id"] for one in found] == [page]
    assert client.page("GET", "/content/search", cql="label = ").status_code == 400


def test_people_are_named_by_login_and_key_never_by_account(client: DataCenter) -> None:
    page = client.write().json["id"]
    text = client.page("GET", f"/content/{page}").text + client.page("GET", "/user/current").text
    service = client.site.people.service
    assert service.user_key in text
    assert service.login in text
    assert "accountId" not in text
    assert {service.user_key, service.login} <= set(CANARIES)
