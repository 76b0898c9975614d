"""The routes of the door: what each sender may say, and what it is answered."""

import json
import logging
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from mappings.hints import IssueHint, PageHint
from tests.webhooks.stand import SECRETS, TODAY, Readings, Rings, Stand, signature
from webhooks.calls import LIMIT

PERSON = {"accountId": "712020:kanarie", "displayName": "Kanarie Vogel-Door", "emailAddress": "kanarie@example.com"}


def an_event(key: str = "ONB-12", **more: Any) -> bytes:
    fields = {"labels": ["okr-calls", "kanarie"], "assignee": PERSON, "issuetype": {"hierarchyLevel": 1}}
    issue = {"id": "10012", "key": key, "fields": fields}
    return json.dumps({"webhookEvent": "jira:issue_updated", "user": PERSON, "issue": issue, **more}).encode()


@pytest.fixture
def stand() -> Stand:
    return Stand()


@pytest.fixture
def client(stand: Stand) -> FlaskClient:
    return stand.app().test_client()


def post(client: FlaskClient, path: str, body: bytes, **headers: str) -> int:
    answer = client.post(path, data=body, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert b"anarie" not in answer.data
    return answer.status_code


def test_a_signed_event_of_jira_rings_and_is_accepted(stand: Stand, client: FlaskClient) -> None:
    answer = client.post("/webhooks/jira", data=an_event(), headers=signature(an_event()))
    assert (answer.status_code, answer.data) == (202, b"")
    (hint,) = stand.rings.heard
    assert hint == IssueHint(id="10012", key="ONB-12", project="ONB", level=1, labels=frozenset({"okr-calls"}))


def test_the_old_secret_still_opens_while_keys_are_changed(client: FlaskClient) -> None:
    assert client.post("/webhooks/jira", data=an_event(), headers=signature(an_event(), b"jira-old")).status_code == 202
    assert client.post("/webhooks/jira", data=an_event(), headers=signature(an_event(), b"conf-one")).status_code == 401


def test_what_concerns_nobody_is_answered_204(client: FlaskClient) -> None:
    for body in (an_event("OTHER-1"), b'{"webhookEvent":"sprint_closed","sprint":{"id":1}}', b"{}", b""):
        assert client.post("/webhooks/jira", data=body, headers=signature(body)).status_code == 204


def test_a_body_is_verified_before_it_is_parsed(stand: Stand, client: FlaskClient) -> None:
    assert client.post("/webhooks/jira", data=b"{broken").status_code == 401
    assert client.post("/webhooks/confluence", data=b"{broken").status_code == 401
    assert post(client, "/webhooks/automation", b"{broken", X_OKR_Secret="no") == 401
    assert client.post("/webhooks/jira", data=b"{broken", headers=signature(b"{broken")).status_code == 400
    assert stand.rings.heard == []


def test_an_excluded_body_is_signed_too_and_the_address_names_the_issue(stand: Stand, client: FlaskClient) -> None:
    address = "/webhooks/jira?issue=10012&key=ONB-12&project=ONB&user_id=kanarie&user_key=kanarie"
    assert client.post(address, data=b"").status_code == 401
    assert client.post(address, data=b"", headers=signature(b"")).status_code == 202
    assert stand.rings.heard == [IssueHint(id="10012", key="ONB-12", project="ONB")]


def test_confluence_of_data_center_is_signed_and_thin(stand: Stand, client: FlaskClient) -> None:
    body = b'{"timestamp":1,"event":"page_updated","userKey":"kanarie","page":{"id":123456}}'
    assert client.post("/webhooks/confluence", data=body, headers=signature(body, b"conf-one")).status_code == 202
    assert stand.rings.heard == [PageHint(id="123456")]


@pytest.mark.parametrize(
    ("body", "hints"),
    [
        ({"event": "closed", "issue": "ONB-12", "project": "ONB"}, [IssueHint(key="ONB-12", project="ONB")]),
        ({"event": "closed", "issue": 10012, "project": "ONB"}, [IssueHint(id="10012", project="ONB")]),
        ({"event": "published", "page": "123456"}, [PageHint(id="123456")]),
        ({"event": "published", "page": 123456}, [PageHint(id="123456")]),
        ({"event": "whatever"}, []),
    ],
)
def test_automation_shows_its_secret_and_names_ids_only(
    stand: Stand, client: FlaskClient, body: dict[str, Any], hints: list[Any]
) -> None:
    status = post(client, "/webhooks/automation", json.dumps(body).encode(), X_OKR_Secret="auto-one")
    assert status == (202 if hints else 204)
    assert stand.rings.heard == hints


READING = "/webhooks/readings/onboarding/setup-rate"


def test_a_pushed_reading_is_kept_once(stand: Stand, client: FlaskClient) -> None:
    for _ in range(2):
        assert post(client, READING, b'{"value":41.5,"on":"2026-11-23"}', X_OKR_Secret="one-team") == 202
    assert stand.readings.kept == {date(2026, 11, 23): Decimal("41.5")}
    assert stand.readings.writes == 1


def test_null_is_a_value_that_is_not_known(stand: Stand, client: FlaskClient) -> None:
    assert post(client, READING, b'{"value":null,"on":"2026-11-23"}', X_OKR_Secret="all-teams") == 202
    assert stand.readings.kept == {date(2026, 11, 23): None}


@pytest.mark.parametrize("body", [
    b"", b"{}", b"[]", b'{"value":1}', b'{"on":"2026-11-23"}', b'{"value":"41","on":"2026-11-23"}',
    b'{"value":true,"on":"2026-11-23"}', b'{"value":NaN,"on":"2026-11-23"}', b'{"value":1e12,"on":"2026-11-23"}',
    b'{"value":1e9999,"on":"2026-11-23"}', b'{"value":1,"on":"23.11.2026"}', b'{"value":1,"on":"2026-11-31"}',
    b'{"value":1,"on":20261123}', b'{"value":1,"on":"2026-11-25"}', b'{"value":[1],"on":"2026-11-23"}',
    b'{"value":' + b"9" * 5000 + b',"on":"2026-11-23"}', b'{"value":1,"on":"2026-11-23T00:00:00"}',
])  # fmt: skip
def test_a_reading_that_is_no_number_or_no_past_day_is_refused(stand: Stand, client: FlaskClient, body: bytes) -> None:
    assert post(client, READING, body, X_OKR_Secret="one-team") == 400
    assert stand.readings.kept == {}


@pytest.mark.parametrize("place", ["onboarding/other", "metering/setup-rate", "onboarding/a b", "x%00y/setup-rate",
                                   "onboarding/%F0%9F%90%A6", "onboarding/" + "a" * 500])  # fmt: skip
def test_an_indicator_that_is_not_there_is_not_found(stand: Stand, client: FlaskClient, place: str) -> None:
    body = json.dumps({"value": 1, "on": TODAY.isoformat()}).encode()
    assert post(client, f"/webhooks/readings/{place}", body, X_OKR_Secret="all-teams") == 404
    assert stand.readings.asked <= {("onboarding", "other"), ("metering", "setup-rate")}, "the house hears ids only"


def test_a_teams_secret_opens_its_own_readings_only(client: FlaskClient) -> None:
    body = b'{"value":1,"on":"2026-11-23"}'
    assert post(client, "/webhooks/readings/Onboarding/Setup-Rate", body, X_OKR_Secret="one-team") == 202
    assert post(client, "/webhooks/readings/metering/setup-rate", body, X_OKR_Secret="one-team") == 401
    assert post(client, "/webhooks/readings/nobody/x", body, X_OKR_Secret="one-team") == 401


@pytest.mark.parametrize("sender", ["jira", "confluence", "automation", "readings/onboarding/setup-rate"])
def test_a_sender_without_a_secret_has_no_route(sender: str) -> None:
    kept = ",".join(p for p in SECRETS.split(",") if not p.startswith(sender.split("/", maxsplit=1)[0]))
    client = Stand(secrets=kept).app().test_client()
    assert client.post(f"/webhooks/{sender}", data=b"{}", headers=signature(b"{}")).status_code == 404


@pytest.mark.parametrize("sender", ["jira", "confluence", "automation", "readings/onboarding/setup-rate"])
def test_a_secret_in_the_address_opens_nothing(client: FlaskClient, sender: str) -> None:
    address = f"/webhooks/{sender}?secret=jira-new&X-OKR-Secret=auto-one&token=all-teams"
    assert client.post(address, data=b"{}").status_code == 401


def test_a_house_that_cannot_keep_anything_asks_to_come_again() -> None:
    client = Stand(rings=Rings(busy=17), readings=Readings(busy=0)).app().test_client()
    answer = client.post("/webhooks/jira", data=an_event(), headers=signature(an_event()))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "17")
    answer = client.post(READING, data=b'{"value":1,"on":"2026-11-23"}', headers={"X-OKR-Secret": "one-team"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")


def test_four_mebibytes_are_taken_in_and_one_byte_more_is_not(client: FlaskClient) -> None:
    for size, status in ((LIMIT, 204), (LIMIT + 1, 413)):
        body = b'{"x":"' + b"a" * (size - 8) + b'"}'
        assert client.post("/webhooks/jira", data=body, headers=signature(body)).status_code == status


def test_an_announced_length_that_does_not_come_is_refused(client: FlaskClient) -> None:
    for length in ("5000", "99999999999", "-1", "abc", "", "1e9", "\u0663", "0"):
        sent = {"CONTENT_LENGTH": length}
        answer = client.post("/webhooks/jira", data=b"{}", headers=signature(b"{}"), environ_overrides=sent)
        assert answer.status_code in (400, 401), length


class Unplugged:
    """A body that a server gives up on with an error of its own."""

    def read(self, *size: int) -> bytes:
        raise ServerError

    readline = read


class ServerError(Exception):
    """What another server raises where a chunk is none or a sender fell silent."""


@pytest.mark.parametrize("path", ["/webhooks/jira", "/webhooks/automation"])
def test_a_body_that_the_server_gives_up_on_is_unreadable(client: FlaskClient, path: str) -> None:
    broken = {"wsgi.input": Unplugged(), "wsgi.input_terminated": True}
    assert client.post(path, headers={"X-OKR-Secret": "auto-one"}, environ_overrides=broken).status_code == 400


def test_nothing_of_a_call_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        post(client, "/webhooks/jira?user_key=kanarie", an_event(), **signature(an_event()))
        post(client, "/webhooks/jira?user_key=kanarie", b"kanarie")
        post(client, READING, b'{"value":"kanarie"}', X_OKR_Secret="one-team")
    assert caplog.text == ""


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_only_posts_are_taken(client: FlaskClient, method: str) -> None:
    assert client.open("/webhooks/jira", method=method).status_code == 405
