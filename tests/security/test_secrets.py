"""Secrets go out in one header to one site, and nowhere else: not into output, rows, files, pages, or the text of an
object.
"""

import base64
import gc
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from connector.config import Settings
from connector.sandbox.log import Answered, Asked
from connector.wiring import house
from tests.flow.command import Desk, desk

SECRETS = {
    "OKR_WEBHOOK_SECRETS": "jira=hush-webhook-secret-0123456789abcdef,automation=hush-automation-secret-0123456789abcd",
    "OKR_UI_TOKEN": "hush-ui-token-55aa",
    "OKR_CALENDAR_SECRET": "hush-calendar-secret-66bb",
    "OKR_POSTS": "onboarding=https://hooks.slack.com/services/T0/B0/hushpost77cc",
    "OKR_PUBLIC_URL": "https://okr.example.com",
}
ACCOUNT = ("sandbox-token", "okr-service@sandbox.example")  # with which the imitation site is entered
OURS = ("hush-webhook", "hush-automation", "hush-ui", "hush-calendar", "hushpost")


def forms(*words: str) -> tuple[str, ...]:
    """As they are, in base64, in hex, and as an address has them."""
    return tuple(
        form
        for word in words
        for form in (word, base64.b64encode(word.encode()).decode()[:-4], word.encode().hex(), quote(word, safe=""))
    )


def told(text: str, words: tuple[str, ...] = (*ACCOUNT, *OURS)) -> list[str]:
    return [form for form in forms(*words) if form in text]


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "desk", **SECRETS) as made:
        assert (made.site.token, made.site.email) == ACCOUNT
        yield made


def test_no_secret_is_in_what_is_said_kept_or_handed_out(at: Desk) -> None:
    heard: list[tuple[Asked, Answered]] = []
    at.site.log.on_exchange(lambda asked, answered: heard.append((asked, answered)))
    for words in (("doctor",), ("sync", "--json"), ("export", "out"), ("leave",)):
        ended = at.okr(*words)
        assert told(ended.said + ended.complained) == [], words
    refused = dict(at.environment) | {"OKR_JIRA_TOKEN": "hush-ui-token-that-is-refused"}
    elsewhere = dict(at.environment) | {"OKR_JIRA_URL": "http://127.0.0.1:9"}
    for environment, words in ((refused, "sync"), (elsewhere, "doctor")):
        ended = replace(at, environment=environment).okr(words)
        assert ended.code != 0
        assert told(ended.said + ended.complained) == [], words
    kept = [path for path in at.folder.rglob("*") if path.is_file() and "book" not in path.parts]
    assert {"okr.db", "readings.csv", "data-flow.html"} <= {path.name for path in kept}
    for path in kept:
        assert told(path.read_bytes().decode("latin-1")) == [], path.name
    assert len(heard) > 20


def test_the_secrets_of_our_door_go_to_no_site_but_where_they_are_registered(at: Desk) -> None:
    heard: list[tuple[str, str]] = []
    at.site.log.on_exchange(lambda asked, answered: heard.append((asked.path, repr(asked))))
    at.okr("sync")
    at.okr("webhooks", "register")
    for path, request in heard:
        assert told(request, OURS) == [] or "webhook" in path, path
    assert any(told(request, OURS) for _, request in heard)  # there, Jira is told with what to sign


def _younger(older: set[int]) -> list[object]:
    return [thing for thing in gc.get_objects() if id(thing) not in older]


def test_no_object_of_a_running_house_shows_a_secret(at: Desk) -> None:
    settings = Settings.from_environment({**at.environment, "PYTHONPATH": ""} | {"OKR_SEARCH_LAG": "0s"})
    gc.collect()
    older = {id(thing) for thing in gc.get_objects()}  # of tests before this one, which hold the imitation site
    with house(settings) as parts:
        parts.engine.jira.count("project = OKR")
        shown = 0
        for thing in (settings, parts, settings.jira(), settings.confluence(), *_younger(older)):
            module = type(thing).__module__
            if isinstance(module, str) and re.match(r"(?:connector\.(?!sandbox)|webhooks\.|mappings\.)", module):
                shown += 1
                assert told(repr(thing)) == [], type(thing)
        assert shown > 50
