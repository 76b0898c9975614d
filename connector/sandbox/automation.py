"""Automation rules of the imitation Confluence: when a page changes, send a web request. They sign nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connector.sandbox.changes import Changed
from connector.sandbox.confluence_content import Page
from connector.sandbox.sender import Delivery, Sender

TRIGGERS = frozenset({"page_created", "page_updated", "page_trashed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomationRule:
    """When one of the triggers happens, `{"event", "page"}` is posted there, with the secret in a header."""

    url: str
    secret: str
    triggers: frozenset[str] = TRIGGERS


class Automation:
    """The rules of one Confluence; it listens to the world and has the sender post."""

    def __init__(self, sender: Sender) -> None:
        self.rules: list[AutomationRule] = []
        self._sender = sender

    def happened(self, event: str, subject: Changed, before: Mapping[str, Any]) -> None:
        """Every rule with this trigger runs; pages that were never published run none."""
        if not isinstance(subject, Page) or subject.status == "draft":
            return
        body = json.dumps({"event": event, "page": subject.id}).encode()
        for rule in self.rules:
            if event in rule.triggers:
                headers = (("Content-Type", "application/json"), ("X-OKR-Secret", rule.secret))
                self._sender.send(Delivery(url=rule.url, headers=headers, body=body))
