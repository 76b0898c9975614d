"""One line with a link to Slack or Teams: what is sent, how often it is tried, and that the address stays a secret."""

import io
import json
import logging
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests
from requests.adapters import BaseAdapter
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import MaxRetryError, NewConnectionError, ReadTimeoutError

from connector.gateways.access import Timing
from connector.gateways.posts import TRIES, Line, Outcome, Posts
from connector.post_addresses import PostAddresses

SLACK = "https://hooks.slack.com/services/T0/B0/hush"
TEAMS = "https://prod-1.westeurope.logic.azure.com/workflows/hush?sig=hush"
LINE = Line(
    title="OKR-Check-in · Team <A|B> & Co · KW 48/2026",
    url="https://site.example/wiki/x?pageId=7",
    open="In Confluence öffnen",
)
CONNECTION = HTTPSConnection("hooks.slack.com")
NO_CONNECTION = requests.ConnectionError(MaxRetryError(None, "x", NewConnectionError(CONNECTION, "hush")))  # type: ignore[arg-type]  # no pool is needed
NO_ANSWER = requests.ReadTimeout(ReadTimeoutError(None, "x", "hush"))  # type: ignore[arg-type]  # as above
BROKEN_OFF = requests.ConnectionError("Connection aborted.", ConnectionResetError())
UNTRUSTED = requests.exceptions.SSLError("hush")


@dataclass
class Wire(BaseAdapter):
    """In place of the network: what each try brings, and what was sent."""

    brings: list[int | Exception]
    sent: list[requests.PreparedRequest] = field(default_factory=list)
    allowed: list[dict[str, Any]] = field(default_factory=list)

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:  # type: ignore[override]  # by name
        self.sent.append(request)
        self.allowed.append(kwargs)
        brought = self.brings.pop(0)
        if isinstance(brought, Exception):
            raise brought
        response = requests.Response()
        response.status_code, response.request, response.url = brought, request, request.url or ""
        response.raw = io.BytesIO(b"hush")
        response.headers["Location"] = "https://elsewhere.example/"
        if brought == 503:
            response.headers["Retry-After"] = "1"
        return response

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Pauses:
    slept: list[float] = field(default_factory=list)

    def timing(self) -> Timing:
        return Timing(sleep=self.slept.append, monotonic=lambda: 0.0, jitter=lambda: 1.0)


def posting(*brings: int | Exception) -> tuple[Posts, Wire, Pauses]:
    wire, pauses = Wire(list(brings)), Pauses()
    addresses = PostAddresses(by_team={"heat": SLACK, "onboarding": TEAMS, "other": "https://elsewhere.example/hush"})
    return Posts(addresses=addresses, timing=pauses.timing(), adapter=wire), wire, pauses


def test_slack_reads_a_title_that_leads_to_the_page_and_looks_into_nothing() -> None:
    posts, wire, _ = posting(200)
    assert posts.post("heat", LINE) is Outcome.SENT
    (request,) = wire.sent
    assert request.url == SLACK
    said = json.loads(request.body or "")
    assert said["text"] == f"<{LINE.url}|OKR-Check-in · Team &lt;A¦B&gt; &amp; Co · KW 48/2026>"
    assert (said["unfurl_links"], said["unfurl_media"]) == (False, False)


def test_teams_reads_the_same_as_a_card_with_one_button() -> None:
    posts, wire, _ = posting(202)
    assert posts.post("onboarding", LINE) is Outcome.SENT
    (attachment,) = json.loads(wire.sent[0].body or "")["attachments"]
    card = attachment["content"]
    assert card["body"][0]["inlines"] == [{"type": "TextRun", "text": LINE.title}]
    assert card["actions"] == [{"type": "Action.OpenUrl", "title": LINE.open, "url": LINE.url}]


@pytest.mark.parametrize(
    ("brings", "outcome", "tries"),
    [
        ([503, 429, 200], Outcome.SENT, 3),
        ([NO_CONNECTION, 200], Outcome.SENT, 2),
        ([503, 503, 503, 200], Outcome.REFUSED, TRIES),
        ([NO_CONNECTION] * 4, Outcome.REFUSED, TRIES),
        ([NO_ANSWER, 200], Outcome.UNSURE, 1),
        ([BROKEN_OFF, 200], Outcome.UNSURE, 1),
        ([503, NO_ANSWER, 200], Outcome.UNSURE, 2),
        ([403, 200], Outcome.REFUSED, 1),
        ([404, 200], Outcome.REFUSED, 1),
        ([500, 200], Outcome.UNSURE, 1),
        ([502, 200], Outcome.UNSURE, 1),
        ([302, 200], Outcome.REFUSED, 1),
    ],
)
def test_a_failure_is_tried_again_twice_at_most_and_never_where_the_line_may_stand(
    brings: list[int | Exception], outcome: Outcome, tries: int
) -> None:
    posts, wire, pauses = posting(*brings)
    assert posts.post("heat", LINE) is outcome
    assert len(wire.sent) == tries
    assert len(pauses.slept) == tries - 1


def test_nothing_is_sent_to_another_host_and_certificates_are_looked_at() -> None:
    posts, wire, _ = posting(200, 200)
    assert posts.post("other", LINE) is Outcome.REFUSED
    assert wire.sent == []
    posts.post("heat", LINE)
    assert wire.allowed[0]["verify"] is True
    assert not wire.allowed[0]["proxies"]


def test_the_address_is_a_secret_in_logs_errors_and_reprs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    posts, wire, _ = posting(UNTRUSTED, 200)
    outcome = posts.post("heat", LINE)
    assert outcome in (Outcome.REFUSED, Outcome.UNSURE)
    assert len(wire.sent) == 1
    assert "hush" not in repr(posts) + repr(outcome) + caplog.text
