"""`/privacy`: open to everybody, in both languages, with a message to try that stays nowhere."""

import json
import logging
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from connector.app import WebParts, create_app
from connector.folder import MappingFolder
from connector.living_book import LivingBook
from connector.privacy.access import ADDRESSES
from connector.privacy.agreement import FILE, write_note
from connector.privacy.surface import sources_of, surface_of
from connector.proofs import Check
from connector.storage.store import Store
from connector.web.privacy import LIMIT
from tests.connector.working import Hands
from tests.flow.stand import EXAMPLE
from webhooks.signatures import secrets_of

TODAY = date(2026, 11, 24)
PERSON = {"accountId": "712020:kanarie", "displayName": "Kanarie Vogel-Seite", "emailAddress": "kanarie@example.com"}
EVENT = {
    "webhookEvent": "jira:issue_updated",
    "timestamp": 1795521600000,
    "user": PERSON,
    "issue": {
        "id": "10012",
        "key": "ONB-12",
        "fields": {
            "summary": "Kanarie fragt nach",
            "issuetype": {"hierarchyLevel": 1},
            "assignee": PERSON,
            "labels": ["okr-setup-rate", "kanarie-label"],
            "customfield_10016": 41.5,
            "timespent": 3600,
        },
    },
    "Kanarie Vogel-Seite": "kanarie",
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "book"))


@pytest.fixture
def client(sqlite_url: str, book: Path) -> Iterator[FlaskClient]:
    with Store.open(sqlite_url) as store, store.group_commit() as group:
        parts = WebParts(
            store=store,
            group=group,
            book=LivingBook(MappingFolder(book)),
            clock=Hands(),
            secrets=secrets_of("jira=a,confluence=b,automation=c,readings=d"),
            ui_token="for-people",
            migrated=lambda: True,
            folder=book,
        )
        yield create_app(parts).test_client()


def test_it_is_open_and_hardened(client: FlaskClient) -> None:
    for answer in (client.get("/privacy"), client.post("/privacy", data={"message": "{}"}), client.get("/privacy.css")):
        assert answer.status_code == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert client.get("/privacy").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "accepts", "language"),
    [
        ("/privacy", "de-DE,de;q=0.9,en;q=0.5", "de"),
        ("/privacy", "en-GB", "en"),
        ("/privacy", "fr", "en"),
        ("/privacy?language=de", "en", "de"),
        ("/privacy?language=xx", "de", "de"),
    ],
)
def test_the_language_is_asked_for_or_the_browsers(
    client: FlaskClient, address: str, accepts: str, language: str
) -> None:
    page = client.get(address, headers={"Accept-Language": accepts})
    assert f'<html lang="{language}">' in page.text
    assert "Accept-Language" in page.headers["Vary"]


def test_the_record_tells_every_address_there_is(client: FlaskClient) -> None:
    assert {rule.rule for rule in client.application.url_map.iter_rules()} == {address.rule for address in ADDRESSES}


def test_it_works_without_script_and_for_those_who_listen(client: FlaskClient) -> None:
    page = client.get("/privacy?language=de").text
    assert "<script" not in page
    assert "style=" not in page
    assert '<label for="message">' in page
    assert page.count("<h1") == 1
    assert len(re.findall(r"<caption", page)) == page.count("<table")
    assert 'hreflang="en"' in page


def test_it_names_number_hash_and_note(client: FlaskClient, book: Path) -> None:
    surface = surface_of(sources_of(MappingFolder(book).book(TODAY)))
    page = client.get("/privacy?language=de").text
    assert surface.number in page
    assert surface.hash in page
    assert "noch kein Vermerk" in page
    write_note(book, surface, date(2026, 11, 20))
    assert "Vermerk vom 20.11.2026" in client.get("/privacy?language=de").text


def test_it_says_what_atlassian_keeps_and_what_a_report_could_do(client: FlaskClient) -> None:
    for language, words in (
        ("de", ("Atlassian selbst behält", "Seiteneigenschaften", "Noch nicht.")),
        ("en", ("Atlassian itself keeps", "page-properties report", "Not yet.")),
    ):
        page = client.get(f"/privacy?language={language}").text
        assert [word for word in words if word not in page] == []


@pytest.mark.parametrize(("hits", "said"), [(0, "Keine der erfundenen Personen kam durch"), (1, "nicht bestanden")])
def test_the_last_self_check_is_told_with_its_day(client: FlaskClient, sqlite_url: str, hits: int, said: str) -> None:
    check = Check(
        on=TODAY, places=120, payloads=1000, encodings=15, sinks=14, hits=hits, planted=14, found=14, missing=0
    )
    with Store.open(sqlite_url) as store:
        store.proofs.record(check)
    page = client.get("/privacy?language=de").text
    assert "24.11.2026" in page
    assert said in page


def test_a_message_shows_what_remains_and_never_what_is_dropped(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = client.post("/privacy", data={"language": "de", "message": json.dumps(EVENT)})
    assert answer.status_code == 200
    assert "key ONB-12" in answer.text
    assert "issue.fields.assignee.displayName" in answer.text
    assert "timespent" in answer.text
    assert "anarie" not in answer.text
    assert "3600" not in answer.text
    assert "anarie" not in caplog.text


def test_a_message_stays_nowhere(client: FlaskClient, book: Path, tmp_path: Path) -> None:
    client.post("/privacy", data={"message": json.dumps(EVENT)})
    found = [path.name for path in tmp_path.rglob("*") if path.is_file() and b"anarie" in path.read_bytes()]
    assert found == []
    assert 'id="result"' not in client.get("/privacy").text


@pytest.mark.parametrize("message", ["", "{", "[" * 5000, "\ud800", "NaN", '{"a":' * 300 + "1" + "}" * 300])
def test_what_is_no_message_is_answered_kindly(client: FlaskClient, message: str) -> None:
    answer = client.post(
        "/privacy", data={"message": message.encode("utf-8", "replace")}, headers={"Accept-Language": "en"}
    )
    assert answer.status_code == 400
    assert "no readable JSON" in answer.text


def test_a_message_has_an_end(client: FlaskClient) -> None:
    assert client.post("/privacy", data={"message": f'"{"a" * (LIMIT - 2)}"'}).status_code == 200
    assert client.post("/privacy", data={"message": "a" * (LIMIT + 1)}).status_code == 413
    assert client.post("/privacy", data={"message": "ä" * LIMIT * 3}).status_code == 413
    assert client.post("/privacy", data=b"message=" + b"%41" * LIMIT * 3).status_code in (400, 413)


def test_a_wild_body_is_no_fault(client: FlaskClient) -> None:
    for body, kind in (
        (b"\xff\xfe", "text/plain"),
        (b"--x", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
    ):
        assert client.post("/privacy", data=body, content_type=kind).status_code == 400


def test_markup_in_a_message_is_shown_as_text(client: FlaskClient) -> None:
    event = {"webhookEvent": "jira:issue_updated", "issue": {"id": "1", "key": "<b>x</b>", "<i>": "<i>"}}
    page = client.post("/privacy", data={"message": json.dumps(event)}).text
    assert "<b>x" not in page
    assert "<i>" not in page


def test_it_is_served_while_book_or_note_cannot_be_read(client: FlaskClient, book: Path) -> None:
    (book / FILE).write_text("mine", "utf-8")
    page = client.get("/privacy?language=de")
    assert page.status_code == 200
    assert "lassen sich gerade nicht lesen" in page.text


def test_a_method_that_is_none_of_its_own_is_refused(client: FlaskClient) -> None:
    assert client.put("/privacy").status_code == 405
    assert client.delete("/privacy").status_code == 405
