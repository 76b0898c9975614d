"""Every route says whom it is for, and keeps to it; what a page or a number says is true, and names nobody."""

import hashlib
import hmac
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from connector.app import ACCESS, WebParts, create_app
from connector.errors import Code, PermanentError
from connector.folder import MappingFolder
from connector.ledger import RunRecord
from connector.living_book import LivingBook
from connector.rings import Cause
from connector.storage.engine import engine_of
from connector.storage.group_commit import GroupCommit
from connector.storage.store import Store
from connector.web.access import Access, Locks, admission
from tests.connector.working import ADVICE, NOW, Bench, bench
from webhooks.signatures import secrets_of

TOKEN = "for-people"
SECRETS = "jira=a,confluence=b,automation=c,readings=d"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """The application on a bench."""

    on: Bench
    parts: WebParts

    def client(self, **changed: object) -> FlaskClient:
        return create_app(replace(self.parts, **changed)).test_client()  # type: ignore[arg-type]  # tests name parts


@pytest.fixture
def web(sqlite_url: str, tmp_path: Path) -> Iterator[Web]:
    with bench(sqlite_url, tmp_path) as on, on.store.group_commit() as group:
        yield Web(on=on, parts=parts_of(on, on.store, group))


def parts_of(on: Bench, store: Store, group: GroupCommit) -> WebParts:
    return WebParts(
        store=store,
        group=group,
        book=LivingBook(MappingFolder(on.book), sleep=lambda seconds: None),
        clock=on.clock,
        secrets=secrets_of(SECRETS),
        ui_token=TOKEN,
        migrated=lambda: True,
    )


def asked(client: FlaskClient, rule: Rule, **headers: str) -> Response:
    path = re.sub(r"<[^>]+>", "some", rule.rule)
    method = "POST" if "POST" in (rule.methods or ()) else "GET"
    return client.open(path, method=method, headers=headers)


def test_every_route_declares_whom_it_is_for_and_keeps_to_it(web: Web) -> None:
    client = web.client()
    rules = list(client.application.url_map.iter_rules())
    assert {rule.endpoint.partition(".")[0] for rule in rules} == set(ACCESS)
    for rule in rules:
        answer = asked(client, rule)
        match ACCESS[rule.endpoint.partition(".")[0]]:
            case Access.SENDERS | Access.PEOPLE | Access.ADDRESS:
                assert answer.status_code == 401, rule
            case Access.MACHINES | Access.EVERYBODY:
                assert answer.status_code in (200, 400), rule  # let in, with a body or without one


def test_a_route_that_nobody_declared_is_closed() -> None:
    app = Flask("closed")
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    app.before_request(admission(ACCESS, Locks(token=TOKEN)))
    answer = app.test_client().get("/forgotten", headers=BEARER)
    assert answer.status_code == 403
    assert "secret" not in answer.text


def test_without_secrets_there_is_no_door(web: Web) -> None:
    rules = web.client(secrets=secrets_of("")).application.url_map.iter_rules()
    assert not any(rule.rule.startswith("/webhooks") for rule in rules)


def test_every_answer_is_hardened_even_that_there_is_nothing(web: Web) -> None:
    client = web.client()
    answers = [asked(client, rule) for rule in client.application.url_map.iter_rules()]
    answers += [client.get("/nothing"), client.post("/status"), client.get("/status", headers=BEARER)]
    for answer in answers:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "authorization",
    [f"Bearer {TOKEN}", "Basic OmZvci1wZW9wbGU=", "Basic YW55Ym9keTpmb3ItcGVvcGxl"],
)
def test_the_token_opens_as_bearer_or_as_password_of_any_name(web: Web, authorization: str) -> None:
    assert web.client().get("/status", headers={"Authorization": authorization}).status_code == 200


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer other", "Basic", "Basic !!!", "Basic Og==", "Basic w6k6w6k=", "Bearer \xe9", "Digest x=y",
     "Basic gICA", "Bearer " + "x" * 5000],
)  # fmt: skip
def test_anything_else_asks_for_it(web: Web, authorization: str) -> None:
    answer = web.client().get("/status", headers={"Authorization": authorization})
    assert answer.status_code == 401
    assert "Basic" in answer.headers["WWW-Authenticate"]


def test_without_a_token_the_pages_for_people_are_closed_to_all(web: Web) -> None:
    client = web.client(ui_token=None)
    for authorization in ("", "Bearer ", "Bearer None", "Basic Og=="):
        assert client.get("/status", headers={"Authorization": authorization}).status_code == 403


def test_health_is_that_the_process_answers_readiness_that_the_work_is_done(web: Web) -> None:
    assert web.client().get("/healthz").status_code == 200
    assert web.client().get("/readyz").status_code == 200
    assert web.client(migrated=lambda: False).get("/readyz").status_code == 503
    web.on.ring("metering")
    web.on.clock.pass_by(minutes=29)
    assert web.client().get("/readyz").status_code == 200
    web.on.clock.pass_by(minutes=2)
    assert web.client().get("/readyz").status_code == 503
    web.on.worker.once()
    assert web.client().get("/readyz").status_code == 200


def test_a_ring_that_waits_on_purpose_makes_nobody_unready(web: Web) -> None:
    web.on.store.ring_ledger.ring(("metering",), Cause.QUIET, NOW, NOW + timedelta(hours=3))
    web.on.clock.pass_by(hours=2)
    assert web.client().get("/readyz").status_code == 200


def test_without_a_database_the_process_lives_and_says_that_it_is_not_ready(web: Web) -> None:
    def fails() -> bool:
        raise PermanentError(Code.STORE_UNUSABLE, ADVICE)

    client = web.client(migrated=fails)
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_what_cannot_be_told_is_503_without_a_word_of_the_database(web: Web, tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'other.db'}") as other:
        other.close()
        client = create_app(replace(web.parts, store=other)).test_client()
        (tmp_path / "other.db").write_bytes(b"no database" * 500)
        for path in ("/metrics", "/status"):
            answer = client.get(path, headers=BEARER)
            assert answer.status_code == 503
            assert answer.headers["Retry-After"]
            assert "database" not in answer.text


def test_numbers_tell_the_queue_and_the_runs_and_name_no_team(web: Web) -> None:
    web.on.ring("metering", "onboarding")
    web.on.store.record_run(run_of(failed=0))
    web.on.store.record_run(run_of(failed=1))
    web.on.clock.pass_by(seconds=90)
    lines = web.client().get("/metrics").text.splitlines()
    assert 'okr_rings{state="waiting"} 2.0' in lines
    assert "okr_oldest_due_ring_seconds 90.0" in lines
    assert 'okr_runs_total{outcome="whole"} 1.0' in lines
    assert 'okr_runs_total{outcome="partly"} 1.0' in lines
    assert 'okr_requests_total{kind="read"} 24.0' in lines
    assert "okr_api_points_total 108.0" in lines
    assert 'okr_requests_total{kind="write"} 6.0' in lines
    assert 'okr_requests_by_operation_total{operation="confluence.page.update"} 6.0' in lines
    web.on.store.expiry.forget_runs(NOW + timedelta(days=1))
    assert web.client().get("/metrics").text.splitlines() == lines  # counters do not fall
    assert not any("metering" in line for line in lines)


def test_the_state_is_told_in_words(web: Web) -> None:
    on = web.on
    on.ring("metering", "onboarding")
    on.runs.troubles["metering"] = (PermanentError(Code.SPACE_MISSING, ADVICE),)
    on.fails_until_parked("metering")
    on.store.ring_ledger.ring(("onboarding",), Cause.QUIET, on.clock.now(), on.clock.now() + timedelta(minutes=20))
    on.store.record_run(run_of(failed=1))
    page = web.client().get("/status", headers=BEARER).text
    for words in ("a page that waits for its moment", "waits for its moment", "space-missing", "okr rings retry",
                  "12 requests read and 3 written", "check-in page",
                  "<td><code>confluence.page.update</code></td><td>3</td>"):  # fmt: skip
        assert words in page, words
    assert "<script" not in page
    assert not re.search(r"\d\d:\d\d", page)  # no clock times


def test_the_last_deliveries_are_told_by_sender(web: Web) -> None:
    client = web.client()
    assert client.get("/status", headers=BEARER).text.count("none has arrived yet") == 4
    body = b'{"webhookEvent": "jira:issue_updated", "issue": {"id": "1", "key": "ONB-12"}}'
    assert client.post("/webhooks/jira", data=body, headers=signature(body)).status_code == 202
    page = client.get("/status", headers=BEARER).text
    assert f"<td>Jira</td><td>{NOW.date()}</td>" in page
    assert page.count("none has arrived yet") == 3


def test_a_lock_that_outlasts_the_doors_patience_is_503_and_the_door_recovers(web: Web, sqlite_url: str) -> None:
    """As the eleven seconds of `tests/faults/test_door_on_a_failing_disk.py`, with a patience that is shorter."""
    body = b'{"webhookEvent": "jira:issue_updated", "issue": {"id": "1", "key": "ONB-12"}}'
    with (
        GroupCommit(engine_of(sqlite_url), patience=0.3) as impatient,
        closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as other,
    ):
        client = web.client(group=impatient)
        other.execute("BEGIN IMMEDIATE")
        answer = client.post("/webhooks/jira", data=body, headers=signature(body))
        assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (503, True)
        other.execute("ROLLBACK")
        assert client.post("/webhooks/jira", data=body, headers=signature(body)).status_code == 202
    assert web.on.rings().keys() == {"onboarding"}


def test_a_broken_book_is_told(web: Web) -> None:
    client = web.client()
    client.get("/status", headers=BEARER)
    (web.on.book / "teams" / "metering.yaml").write_text("team: [", "utf-8")
    page = client.get("/status", headers=BEARER).text
    assert "teams/metering.yaml:" in page
    assert "Coming up" in page


def test_without_any_book_the_state_is_told_and_nobody_is_let_down(web: Web) -> None:
    (web.on.book / "strategy.yaml").unlink()
    client = web.client()
    assert "no strategy.yaml" in client.get("/status", headers=BEARER).text
    answer = client.post("/webhooks/automation", json={"event": "x", "page": "12"}, headers={"X-OKR-Secret": "c"})
    assert answer.status_code == 503
    body = b'{"webhookEvent": "jira:issue_updated", "issue": {"id": "1", "key": "ONB-1"}}'
    answer = client.post("/webhooks/jira", data=body, headers=signature(body))
    assert answer.status_code == 503
    pushed = {"value": 1, "on": "2026-11-24"}
    answer = client.post("/webhooks/readings/metering/photo-share", json=pushed, headers={"X-OKR-Secret": "d"})
    assert answer.status_code == 503


def test_the_page_is_readable_with_its_style_sheet(web: Web) -> None:
    page = web.client().get("/status", headers=BEARER).text
    sheet = re.search(r'href="([^"]+\.css)"', page)
    assert sheet is not None
    style = web.client().get(sheet[1])
    assert style.mimetype == "text/css"
    assert "prefers-color-scheme: dark" in style.text


def signature(body: bytes) -> dict[str, str]:
    return {"X-Hub-Signature": f"sha256={hmac.new(b'a', body, hashlib.sha256).hexdigest()}"}


ASKED = (("confluence.page.update", 3), ("jira.search", 12))


def run_of(failed: int) -> RunRecord:
    counts = dict.fromkeys(("created", "updated", "retired", "unchanged", "drift"), 1)
    return RunRecord(
        started=NOW, finished=NOW, failed=failed, reads=12, writes=3, points=54, by_operation=ASKED, **counts
    )
