"""A delivery has arrived when it was let in and spoke of something: no knock, no stranger, nothing that was lost."""

import json

from tests.webhooks.stand import Stand, signature
from webhooks.blueprint import Busy

ISSUE = json.dumps({"webhookEvent": "jira:issue_updated", "issue": {"id": "10001", "key": "ONB-1"}}).encode()
ELSEWHERE = json.dumps({"webhookEvent": "jira:issue_updated", "issue": {"id": "1", "key": "OTHER-1"}}).encode()


def test_each_sender_is_known_to_have_arrived() -> None:
    stand = Stand()
    door = stand.app().test_client()
    assert door.post("/webhooks/jira", data=ISSUE, headers=signature(ISSUE)).status_code == 202
    page = b'{"event": "page_updated", "page": {"id": 98304}}'
    assert door.post("/webhooks/confluence", data=page, headers=signature(page, b"conf-one")).status_code == 202
    told = {"event": "page_updated", "page": "98304"}
    assert door.post("/webhooks/automation", json=told, headers={"X-OKR-Secret": "auto-one"}).status_code == 202
    for _ in range(2):
        pushed = {"value": 41.5, "on": "2026-11-23"}
        address = "/webhooks/readings/onboarding/setup-rate"
        assert door.post(address, json=pushed, headers={"X-OKR-Secret": "one-team"}).status_code == 202
    assert stand.arrived == ["jira", "confluence", "automation", "readings", "readings"]


def test_what_concerns_nobody_has_arrived_all_the_same() -> None:
    stand = Stand()
    door = stand.app().test_client()
    assert door.post("/webhooks/jira", data=ELSEWHERE, headers=signature(ELSEWHERE)).status_code == 204
    assert stand.arrived == ["jira"]


def test_our_own_knock_a_stranger_and_what_could_not_be_kept_have_not() -> None:
    stand = Stand()
    door = stand.app().test_client()
    assert door.post("/webhooks/jira", data=b"{}", headers=signature(b"{}")).status_code == 204
    assert door.post("/webhooks/jira", data=ISSUE, headers=signature(ISSUE, b"no secret")).status_code == 401
    unknown = {"value": 1, "on": "2026-11-23"}
    assert door.post("/webhooks/readings/x/y", json=unknown, headers={"X-OKR-Secret": "all-teams"}).status_code == 404
    stand.rings.busy = Busy().retry_after
    assert door.post("/webhooks/jira", data=ISSUE, headers=signature(ISSUE)).status_code == 503
    assert stand.arrived == []
