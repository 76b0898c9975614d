"""The web process: looking changes nothing, a foreign page can send nothing, no page of ours runs or frames a thing.

There is no cookie, no session and no form that changes anything, so there is nothing that another site could have a
browser do: a token for forms would protect nothing. This test is what holds that true.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from connector.app import ACCESS
from connector.web.access import Access
from tests.connector.test_web import BEARER, Web, parts_of
from tests.connector.working import bench

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/json")
FRAMES = ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'")


@pytest.fixture
def web(sqlite_url: str, tmp_path: Path) -> Iterator[Web]:
    with bench(sqlite_url, tmp_path) as on, on.store.group_commit() as group:
        yield Web(on=on, parts=parts_of(on, on.store, group))


def rules(client: FlaskClient) -> list[Rule]:
    return list(client.application.url_map.iter_rules())


def path_of(rule: Rule) -> str:
    return re.sub(r"<team>", "onboarding", re.sub(r"<leaf>", "coach", re.sub(r"<indicator>", "setup-rate", rule.rule)))


def contents(database: str) -> list[str]:
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
        return list(connection.iterdump())


def test_looking_changes_nothing(web: Web, sqlite_url: str) -> None:
    client, before = web.client(), contents(sqlite_url)
    looked = 0
    for rule in rules(client):
        if "GET" in (rule.methods or ()):
            for method in ("GET", "HEAD", "OPTIONS"):
                client.open(f"{path_of(rule)}?x=<y>&week=2026-W48", method=method, headers=BEARER)
                looked += 1
    assert looked > 30
    assert contents(sqlite_url) == before


def test_only_senders_with_a_secret_and_a_try_of_a_message_are_posted(web: Web) -> None:
    posted = {rule.endpoint.partition(".")[0] for rule in rules(web.client()) if (rule.methods or set()) - SAFE}
    assert posted == {"webhooks", "privacy"}
    assert ACCESS["webhooks"] is Access.SENDERS


SAFE = {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_that_a_foreign_form_can_send_changes_anything(web: Web, sqlite_url: str, kind: str) -> None:
    """A browser sends along what it knows: no cookie, since we set none, and at most a password that it was given."""
    client, before = web.client(), contents(sqlite_url)
    for rule in rules(client):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            headers = {**BEARER, "Content-Type": kind, "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
            answer = client.open(
                path_of(rule), method=method, headers=headers, data=b"message={}&value=1&on=2026-11-23"
            )
            assert "Set-Cookie" not in answer.headers
            assert "Access-Control-Allow-Origin" not in answer.headers
            if rule.endpoint.startswith("webhooks."):
                assert answer.status_code in (401, 405), (rule, method)
    assert contents(sqlite_url) == before


def test_every_page_forbids_scripts_frames_and_foreign_things(web: Web) -> None:
    client, pages = web.client(), 0
    for path in [path_of(rule) for rule in rules(client)] + ["/nothing", "/handbook/nothing", "/teams/nobody"]:
        answer = client.get(path, headers=BEARER)
        policy = answer.headers["Content-Security-Policy"]
        assert all(part in policy for part in FRAMES), path
        assert "unsafe" not in policy
        assert "*" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if answer.mimetype == "text/html":
            pages += 1
            assert not re.search(r"<script|<iframe|<object|<embed|\son\w+=|javascript:|style=", answer.text), path
            loaded = re.findall(r"""(?:src|<link[^>]*href)=["']([^"']+)""", answer.text)
            assert all(address.startswith("/") for address in loaded), (path, loaded)
    assert pages > 6


def test_an_address_that_is_none_tells_nothing_of_what_was_asked(web: Web) -> None:
    for path in ("/<script>alert(1)</script>", "/teams/%3Cb%3E", "/handbook/..%2f..", "/x%0d%0aSet-Cookie:a=b"):
        answer = web.client().get(path, headers=BEARER)
        assert answer.status_code == 404
        assert "<script>" not in answer.text
        assert "<b>" not in answer.text
        assert "Set-Cookie" not in answer.headers
