"""`/status` speaks German to whoever asks for it, and nothing of it is left in English."""

import re
from datetime import timedelta
from importlib.resources import files
from string import Formatter

import pytest

from connector.arrivals import TITLES
from connector.quota import LEFT
from connector.rings import Cause
from connector.token_age import token_age
from connector.web.status import _CAUSES, _KINDS
from connector.web.status_words import ESTIMATE, GERMAN
from tests.connector.test_status_costs import web as web
from tests.connector.test_web import BEARER, Web, run_of
from tests.connector.working import NOW

ROOM = files("connector.web")


def messages() -> set[str]:
    """Everything that the page can say, read off its template and the lists it shows."""
    template = ROOM.joinpath("templates", "status.html").read_text("utf-8")
    called = re.findall(r'say\("([^"]+)"', template)
    heads = [
        word for head in re.findall(r"\{\{ head\((.*?)\) \}\}", template) for word in re.findall(r'"([^"]+)"', head)
    ]
    states = re.findall(r'"((?:is|comes|waits) [^"]+)"', ROOM.joinpath("status.py").read_text("utf-8"))
    ages = [token_age(NOW.date() + timedelta(days=days), NOW.date()) for days in (-1, 0, 1, 2, 50)]
    token = {word for age in ages for word in (age.message, age.why, *age.options) if word}
    return {*called, *heads, *states, *token, *_CAUSES.values(), *_KINDS.values(), *TITLES.values(), LEFT, ESTIMATE}


def test_every_message_stands_in_german_and_no_other_one() -> None:
    assert messages() == set(GERMAN)


def test_both_languages_fill_the_same_places() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert [english for english, german in GERMAN.items() if places(english) != places(german)] == []


def test_no_word_of_the_template_stands_outside_of_its_messages() -> None:
    template = ROOM.joinpath("templates", "status.html").read_text("utf-8")
    body = template[template.index("<body>") :]
    bare = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", " ", body, flags=re.DOTALL)
    assert re.findall(r"[^\W\d_]{2,}", bare) == []


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/status", "", "en"),
        ("/status", "de-DE,de;q=0.9,en;q=0.5", "de"),
        ("/status", "fr", "en"),
        ("/status?language=de", "en", "de"),
        ("/status?language=xx", "de", "de"),
    ],
)
def test_the_page_speaks_the_language_that_is_asked_for(web: Web, path: str, accepted: str, language: str) -> None:
    answer = web.client().get(path, headers={**BEARER, **({"Accept-Language": accepted} if accepted else {})})
    assert f'<html lang="{language}">' in answer.text
    assert answer.text.startswith("<!doctype html>")
    assert answer.headers["Vary"] == "Accept-Language"


def test_german_says_what_english_says(web: Web) -> None:
    web.on.store.record_run(run_of(0))
    web.on.store.ring_ledger.ring(("*",), Cause.QUIET, NOW, NOW + timedelta(minutes=20))
    client = web.client(token_expires=NOW.date() + timedelta(days=3))
    english, german = (client.get(f"/status?language={one}", headers=BEARER).text for one in ("en", "de"))
    for words in (
        "Zusammen etwa 54 API-Punkte",
        "Für API-Tokens gelten Punkte nicht",
        "das Token gilt bis",
        "<td>alle</td>",
        "wartet auf seinen Moment",
        "noch nichts",
        "<code>okr runs</code> zeigt mehr",
    ):
        assert words in german, words
    tags = [re.findall(r"<[a-z0-9]+", page) for page in (english, german)]
    assert tags[0] == tags[1]
