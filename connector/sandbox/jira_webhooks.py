"""The webhooks that an administrator registered in the imitation Jira, and what they are told."""

import hashlib
import hmac
import json
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from connector.sandbox.changes import Changed
from connector.sandbox.jira_clauses import CLOUD as CLOUD_VOCABULARY
from connector.sandbox.jira_clauses import Vocabulary, compiled
from connector.sandbox.jira_query import parse
from connector.sandbox.jira_records import Issue, Link
from connector.sandbox.jira_refusals import JiraRefusal
from connector.sandbox.jira_webhook_bodies import body_of
from connector.sandbox.jira_world import JiraWorld
from connector.sandbox.people import ORIGIN
from connector.sandbox.sender import Delivery, Sender

_VARIABLE = re.compile(r"\{([a-zA-Z.]+)\}")
_HEADERS = (
    ("Content-Type", "application/json; charset=UTF-8"),
    ("User-Agent", "Atlassian Webhook HTTP Client"),
    ("X-Atlassian-Webhook-Flow", "Primary"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One registration; `jql` filters events of issues and their comments, the secret signs and is never shown."""

    id: int
    name: str
    url: str
    events: frozenset[str]
    at: datetime
    jql: str = ""
    secret: str = ""
    exclude_body: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """How one dialect tells an event: its body, the words of its filters, its headers, what it adds to the address."""

    body: Callable[[JiraWorld, str, Issue | Link, Mapping[str, Any]], dict[str, Any]]
    vocabulary: Vocabulary
    headers: Callable[[], tuple[tuple[str, str], ...]]
    query: Callable[[JiraWorld, Issue | Link], str] = lambda world, subject: ""


class JiraWebhooks:
    """All registrations of one Jira; it listens to the world and has the sender post."""

    def __init__(
        self, world: JiraWorld, sender: Sender, address: Callable[[], str], speech: "Speech | None" = None
    ) -> None:
        self._speech = speech or CLOUD
        self.registered: dict[int, Webhook] = {}
        self._world = world
        self._sender = sender
        self._address = address

    def happened(self, event: str, subject: Changed, before: Mapping[str, Any]) -> None:
        """Every registration that asked for this event is told, with the state of this moment."""
        if not self.registered or not isinstance(subject, Issue | Link):
            return
        wanting = [one for one in self.registered.values() if self._wants(one, event, subject)]
        if not wanting:
            return
        content = json.dumps(self._speech.body(self._world, event, subject, before), ensure_ascii=False)
        body = content.replace("/rest/api/3/", "/rest/api/2/").replace(ORIGIN, self._address()).encode()
        for webhook in wanting:
            self._sender.send(self._delivery(webhook, b"" if webhook.exclude_body else body, subject))

    def _wants(self, webhook: Webhook, event: str, subject: Issue | Link) -> bool:
        if not webhook.enabled or event not in webhook.events:
            return False
        if isinstance(subject, Link) or not webhook.jql:
            return True
        try:
            where = parse(webhook.jql).where
            return where is None or compiled(self._world, where, self._speech.vocabulary)(subject, subject.fields)
        except JiraRefusal:
            return False  # what the filter names is gone by now

    def _delivery(self, webhook: Webhook, body: bytes, subject: Issue | Link) -> Delivery:
        headers = (*self._speech.headers(), *signed(webhook.secret, body))
        url = _VARIABLE.sub(lambda found: quote(_value(found[1], subject), safe=""), webhook.url)
        more = self._speech.query(self._world, subject)
        joint = ("&" if "?" in url else "?") if more else ""
        return Delivery(url=f"{url}{joint}{more}", headers=headers, body=body)


def signed(secret: str, body: bytes) -> tuple[tuple[str, str], ...]:
    """The signature's header; none without a secret."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return (("X-Hub-Signature", f"sha256={digest}"),) if secret else ()


def _value(variable: str, subject: Issue | Link) -> str:
    """What stands in the address for a variable; empty where the event has no such thing."""
    if isinstance(subject, Link):
        return ""
    known = {
        "issue.id": str(subject.id),
        "issue.key": subject.key,
        "project.id": str(subject.project.id),
        "project.key": subject.project.key,
    }
    return known.get(variable, "")


CLOUD = Speech(
    body=body_of,
    vocabulary=CLOUD_VOCABULARY,
    headers=lambda: (*_HEADERS, ("X-Atlassian-Webhook-Identifier", str(uuid.uuid4()))),
)
