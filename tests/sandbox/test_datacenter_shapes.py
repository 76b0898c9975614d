"""What real Servers and Data Centers answered, held against the imitation: every key of theirs is in ours."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.data_center import DataCenter
from tests.sandbox.ear import open_ear

PAYLOADS = Path(__file__).resolve().parents[3] / "shared" / "payloads"
OPTIONAL = frozenset({"projectCategory"})
pytestmark = pytest.mark.skipif(
    not PAYLOADS.is_dir(), reason="recorded bodies are not there: ../shared/payloads is absent"
)


def recorded(name: str) -> Any:
    return json.loads((PAYLOADS / name).read_text(encoding="utf-8"))


def lacking(theirs: Any, ours: Any, place: str = "$") -> list[str]:
    """The places where a recorded object has a key that ours lacks; lists by their first members."""
    if isinstance(theirs, list):
        return lacking(theirs[0], ours[0], f"{place}[0]") if theirs and isinstance(ours, list) and ours else []
    if not isinstance(theirs, dict) or not isinstance(ours, dict):
        return []
    found = []
    for key, value in theirs.items():
        if key.startswith("customfield_") or key in OPTIONAL:
            continue
        found += [f"{place}.{key}"] if key not in ours else lacking(value, ours[key], f"{place}.{key}")
    return found


@pytest.fixture
def client() -> DataCenter:
    return DataCenter()


def test_jiras_answers_have_the_recorded_keys(client: DataCenter) -> None:
    page = client.search("key = ONB-12", "*all").json
    assert lacking(recorded("rest/jira-server__jira-issues-page-2__perceval.json"), page) == []
    fields = client.ask("GET", "/field").json
    assert lacking(recorded("rest/jira-server__jira-fields__perceval.json"), fields) == []
    comment = page["issues"][0]["fields"]["comment"]["comments"][0]
    assert lacking(recorded("rest/jira-server__comment__jiratrigger.json"), comment) == []
    ends = {"inwardIssue": {"key": "ONB-12"}, "outwardIssue": {"key": "MET-3"}}
    client.ask("POST", "/issueLink", {"type": {"name": "Relates"}, **ends})
    [link] = client.site.jira.links
    told = client.ask("GET", f"/issueLink/{link}").json
    assert lacking(recorded("rest/jira-server__issuelink__jira2matrix.json"), told) == []


def test_confluences_answers_have_the_recorded_keys(client: DataCenter) -> None:
    page = client.write().json["id"]
    shown = client.page("GET", f"/content/{page}", expand="body.storage,version,history").json
    theirs = recorded("rest/confluence-server__confluence-content-2-v1__perceval.json")
    theirs["body"].pop("_expandable")
    assert [one for one in lacking(theirs, shown) if "_expandable" not in one] == []
    user = recorded("rest/confluence-dc__dc-user-api-response__zulip.json")
    assert lacking(user, client.page("GET", "/user/current").json) == []


def test_webhooks_have_the_recorded_keys(client: DataCenter) -> None:
    with open_ear() as ear:
        events = ["jira:issue_updated", "comment_created"]
        client.raw("POST", "/jira/rest/jira-webhook/1.0/webhooks", json={"name": "a", "url": ear.url, "events": events})
        client.page("POST", "/webhooks", {"name": "a", "url": ear.url, "events": ["page_created"]})
        client.site.jira.close_issue("ONB-12")
        client.site.jira.comment_on("ONB-12")
        client.write()
        assert client.site.sender.idle()
    told = {one.told.get("webhookEvent") or one.told["event"]: one.told for one in reversed(ear.heard)}
    for name, event in (
        ("jira-server__issue-updated__server-issue-updated-in-progress__mattermost", "jira:issue_updated"),
        ("jira-server__comment-created__jira2matrix", "comment_created"),
        ("confluence-dc__page-created__dc-page-created__zulip", "page_created"),
    ):
        assert lacking(recorded(f"webhooks/{name}.json"), told[event]) == []
