import hashlib
import hmac
from typing import Any

from connector.sandbox.datacenter.release import LAST_NINE
from connector.sandbox.dialect import Dialect
from connector.sandbox.seed import demo_site
from tests.sandbox.data_center import DataCenter
from tests.sandbox.ear import Heard, open_ear

JIRA = "/jira/rest/jira-webhook/1.0/webhooks"
OLD = "/jira/rest/webhooks/1.0/webhook"


def registered(client: DataCenter, url: str, *events: str, **more: Any) -> dict[str, Any]:
    body = {"name": "okr", "url": url, "events": list(events), "active": True, **more}
    answer = client.raw("POST", JIRA, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json


def signature(heard: Heard, secret: str) -> str:
    return "sha256=" + hmac.new(secret.encode(), heard.body, hashlib.sha256).hexdigest()


def test_jira_tells_an_event_signed_with_the_acting_user_in_the_address() -> None:
    client = DataCenter()
    with open_ear() as ear:
        wishes = {"SECRET": "geheim", "FILTERS": "project = ONB AND labels = okr-setup-rate"}
        url = f"{ear.url}/hooks?issue={{issue.key}}"
        made = registered(client, url, "jira:issue_updated", configuration=wishes)
        assert "geheim" not in str(made)
        client.site.jira.edit_issue("ONB-12", summary="Neu")
        client.site.jira.edit_issue("MET-3", summary="Neu")
        assert client.site.sender.idle()
    [heard] = ear.heard
    assert heard.headers["X-Hub-Signature"] == signature(heard, "geheim")
    assert heard.query.startswith("issue=ONB-12&user_id=")
    assert heard.told["user"]["key"] in heard.query
    assert heard.told["issue"]["fields"]["summary"] == "Neu"
    assert "accountId" not in heard.body.decode()
    [item] = heard.told["changelog"]["items"]
    assert set(item) == {"field", "fieldtype", "from", "fromString", "to", "toString"}


def test_a_secret_beside_the_configuration_signs_nothing() -> None:
    client = DataCenter()
    with open_ear() as ear:
        registered(client, ear.url, "comment_created", secret="geheim")
        client.site.jira.comment_on("ONB-12")
        assert client.site.sender.idle()
    [heard] = ear.heard
    assert "X-Hub-Signature" not in heard.headers
    assert "issue" not in heard.told
    assert isinstance(heard.told["comment"]["body"], str)


def test_nothing_is_told_twice_even_where_nobody_took_it() -> None:
    client = DataCenter()
    with open_ear(503) as ear:
        registered(client, ear.url, "jira:issue_updated", configuration={"EXCLUDE_BODY": "true"})
        client.site.jira.edit_issue("ONB-12", summary="Neu")
        assert client.site.sender.idle()
    assert [one.body for one in ear.heard] == [b""]


def test_each_release_registers_at_its_own_place() -> None:
    new = DataCenter()
    assert new.raw("GET", OLD).status_code == 404
    assert new.raw("GET", JIRA).json == []
    number = registered(new, "https://site.example/x", "jira:issue_created")["id"]
    assert new.raw("DELETE", f"{JIRA}/{number}").status_code == 204
    old = DataCenter(demo_site(dialect=Dialect.DATACENTER, release=LAST_NINE))
    assert old.raw("GET", JIRA).status_code == 404
    body = {"name": "okr", "url": "https://site.example/x", "events": ["jira:issue_created"]}
    assert old.raw("POST", OLD, json=body).status_code == 201


def test_confluence_tells_a_page_and_who_and_nothing_else() -> None:
    client = DataCenter()
    with open_ear() as ear:
        body = {"name": "okr", "url": ear.url, "events": ["page_updated", "page_trashed"], "active": True}
        made = client.page("POST", "/webhooks", {**body, "configuration": {"secret": "geheim"}})
        assert made.status_code == 201
        page = client.write().json["id"]
        client.site.confluence.edit_by_hand(page, lambda text: text + "<p>mehr</p>")
        client.site.confluence.trash(page)
        assert client.site.sender.idle()
    assert ear.events == ["page_updated", "page_trashed"]
    first = ear.heard[0]
    assert set(first.told) == {"timestamp", "event", "userKey", "page"}
    assert first.told["page"] == {"id": int(page)}
    assert first.headers["X-Hub-Signature"] == signature(first, "geheim")


def test_confluences_registrations_can_be_listed_changed_and_tried() -> None:
    client = DataCenter()
    with open_ear() as ear:
        number = client.page("POST", "/webhooks", {"name": "a", "url": ear.url, "events": ["page_created"]}).json["id"]
        changed = client.page("PUT", f"/webhooks/{number}", {"name": "b", "url": ear.url, "events": ["page_moved"]})
        assert changed.json["events"] == ["page_moved"]
        assert client.page("GET", "/webhooks").json["results"][0]["name"] == "b"
        assert client.page("POST", "/webhooks/test", url=ear.url).status_code == 200
        assert client.site.sender.idle()
    assert ear.heard[0].told == {"test": True}
    assert client.page("DELETE", f"/webhooks/{number}").status_code == 204
    assert client.page("GET", f"/webhooks/{number}").status_code == 404
