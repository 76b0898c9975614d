"""The webhooks that an administrator registered in Confluence Data Center: thin bodies, signed, posted once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connector.sandbox.changes import Changed
from connector.sandbox.confluence_content import Page
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.jira_webhooks import signed
from connector.sandbox.sender import Delivery, Sender

EVENTS = frozenset(f"page_{what}" for what in ("created", "updated", "moved", "trashed", "restored", "removed"))
"""The events that the imitation tells; others can be asked for and never happen."""

_HEADERS = (("Content-Type", "application/json; charset=UTF-8"), ("User-Agent", "Atlassian HttpClient / Confluence"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHook:
    """One registration."""

    id: int
    name: str
    url: str
    events: frozenset[str]
    at: datetime
    secret: str = ""
    active: bool = True


class ConfluenceWebhooks:
    """All registrations of one Confluence; it listens to the world and has the sender post."""

    def __init__(self, world: ConfluenceWorld, sender: Sender) -> None:
        self.registered: dict[int, PageHook] = {}
        self._world = world
        self._sender = sender

    def happened(self, event: str, subject: Changed, before: Mapping[str, Any]) -> None:
        """Every registration that asked for this event is told which page, and who did it, and nothing else."""
        if not isinstance(subject, Page) or subject.status == "draft" or event not in EVENTS:
            return
        person = self._world.people.find(subject.now.author)
        moment = int(self._world.clock.now().timestamp() * 1000)
        told = {"timestamp": moment, "event": event, "userKey": person.user_key if person else ""}
        body = json.dumps({**told, "page": {"id": int(subject.id)}}).encode()
        for hook in self.registered.values():
            if hook.active and event in hook.events:
                self.send(hook.url, hook.secret, body)

    def send(self, url: str, secret: str, body: bytes) -> None:
        """The body is on its way."""
        self._sender.send(Delivery(url=url, headers=(*_HEADERS, *signed(secret, body)), body=body))
