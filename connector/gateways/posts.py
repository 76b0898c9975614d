"""One line with a link, to a team's own address in Slack or Teams."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3.exceptions import HTTPError

from connector.gateways.access import Timing
from connector.gateways.session import Lost, lost_by
from connector.post_addresses import PostAddresses, is_post_address, is_slack

TRIES = 3
CONNECT, READ = 5.0, 10.0  # seconds
FIRST_WAIT = 1.0  # doubled from try to try


class Outcome(StrEnum):
    """What became of a post."""

    SENT = "sent"
    REFUSED = "refused"  # the address said no, or was not reached in three tries
    UNSURE = "unsure"  # sent, and nothing came back that says what became of it: not sent again, it may stand there


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a team reads: the title of its page and where that is."""

    title: str
    url: str
    open: str  # what the button says where there is one


class Posts:
    """Posts to the addresses of the settings and to no other; follows no redirect and keeps no answer."""

    def __init__(
        self,
        *,
        addresses: PostAddresses,
        timing: Timing,
        ca_file: str | None = None,
        proxy: str | None = None,
        adapter: BaseAdapter | None = None,
    ) -> None:
        self._addresses, self._timing = addresses.by_team, timing
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = ca_file or True
        self._session.proxies = {"https": proxy} if proxy else {}
        self._session.headers.update({"User-Agent": "okr-connector"})
        self._session.mount("https://", adapter or HTTPAdapter(max_retries=0))

    @property
    def teams(self) -> frozenset[str]:
        """The teams that entered an address."""
        return frozenset(self._addresses)

    def post(self, team: str, line: Line) -> Outcome:
        """Tries three times at most, and never again once the line may stand there."""
        address = self._addresses[team]
        if not is_post_address(address):
            return Outcome.REFUSED
        body = in_slack(line) if is_slack(address) else in_teams(line)
        for attempt in range(1, TRIES + 1):
            outcome = self._sent(address, body)
            if outcome is not None:
                return outcome
            if attempt < TRIES:
                self._timing.sleep(FIRST_WAIT * 2 ** (attempt - 1) * self._timing.jitter())
        return Outcome.REFUSED

    def _sent(self, address: str, body: Mapping[str, Any]) -> Outcome | None:
        """None where another try can do no harm. What the library says stays here: it knows the address."""
        try:
            with self._session.post(
                address, json=body, timeout=(CONNECT, READ), allow_redirects=False, stream=True
            ) as answer:
                status, later = answer.status_code, "Retry-After" in answer.headers
        except (OSError, HTTPError, ValueError) as error:  # OSError is the root of requests' own errors
            lost = lost_by(error)
            return {Lost.UNSENT: None, Lost.UNANSWERED: Outcome.UNSURE}.get(lost, Outcome.REFUSED)
        if status == 429 or (status == 503 and later):
            return None
        if status >= 500:
            return Outcome.UNSURE  # who stands before the channel may have passed the line on
        return Outcome.SENT if 200 <= status < 300 else Outcome.REFUSED


def in_slack(line: Line) -> dict[str, Any]:
    """As Slack takes it; a link that Slack does not look into, since what it shows there may name people."""
    return {
        "text": f"<{line.url}|{_escaped(line.title)}>",
        "unfurl_links": False,
        "unfurl_media": False,
    }


def in_teams(line: Line) -> dict[str, Any]:
    """As Teams takes it, from a workflow as from an incoming webhook; a title is never read as markup."""
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": line.title}]}],
        "actions": [{"type": "Action.OpenUrl", "title": line.open, "url": line.url}],
    }
    return {
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}],
    }


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("|", "¦")
