"""`/rest/webhooks/1.0/webhook`: how an administrator registers webhooks in Jira Cloud. It stands in no document."""

import itertools
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify

from connector.sandbox.jira_query import parse
from connector.sandbox.jira_refusals import JiraRefusal, unreadable
from connector.sandbox.jira_shapes import body, each, flag, mapping, text
from connector.sandbox.jira_webhooks import JiraWebhooks, Webhook
from connector.sandbox.jira_world import JiraWorld
from connector.sandbox.people import ORIGIN

PATH = "/rest/webhooks/1.0/webhook"
_FILTER = "issue-related-events-section"
_SHAPES = {
    "name": text,
    "description": text,
    "url": text,
    "events": each(text),
    "filters": mapping,
    "excludeBody": flag,
    "enabled": flag,
    "secret": text,
}
Answer = tuple[Response, int] | Response | tuple[str, int]


class WebhookSite(Protocol):
    """The part of a site that the interface needs."""

    @property
    def jira(self) -> JiraWorld:
        """The world whose events are told."""
        ...

    @property
    def webhooks(self) -> JiraWebhooks:
        """Its registrations."""
        ...


class WebhookCalls:
    """The calls about registrations."""

    def __init__(self, site: WebhookSite, path: str = PATH) -> None:
        self._site = site
        self._path = path
        self._numbers = itertools.count(1)

    def register(self, blueprint: Blueprint) -> None:
        """The calls answer under the blueprint's address."""
        for rule, method, view in (
            (self._path, "GET", self.listed),
            (self._path, "POST", self.made),
            (f"{self._path}/<int:number>", "GET", self.shown),
            (f"{self._path}/<int:number>", "DELETE", self.removed),
        ):
            blueprint.add_url_rule(rule, view.__name__, view, methods=[method])

    def listed(self) -> Answer:
        """All registrations."""
        return jsonify([self._entry(one) for one in self._site.webhooks.registered.values()])

    def shown(self, number: int) -> Answer:
        """One registration."""
        return jsonify(self._entry(self._known(number)))

    def made(self) -> Answer:
        """A new registration; its secret can be given, and never be read back."""
        asked = body(_SHAPES, required=("name", "url", "events"))
        jql = asked.get("filters", {}).get(_FILTER, "")
        if not text(jql) or urlsplit(asked["url"]).scheme not in ("http", "https") or not asked["events"]:
            raise unreadable()
        if jql:
            parse(jql)
        webhook = Webhook(
            id=next(self._numbers),
            name=asked["name"],
            url=asked["url"],
            events=frozenset(asked["events"]),
            at=self._site.jira.clock.now(),
            jql=jql,
            secret=asked.get("secret", ""),
            exclude_body=asked.get("excludeBody", False),
            enabled=asked.get("enabled", True),
        )
        self._site.webhooks.registered[webhook.id] = webhook
        return jsonify(self._entry(webhook)), 201

    def removed(self, number: int) -> Answer:
        """The registration is gone."""
        del self._site.webhooks.registered[self._known(number).id]
        return "", 204

    def _known(self, number: int) -> Webhook:
        if number not in self._site.webhooks.registered:
            raise JiraRefusal(404, "The webhook does not exist.")
        return self._site.webhooks.registered[number]

    def _entry(self, webhook: Webhook) -> dict[str, Any]:
        service = self._site.jira.people.service
        return {
            "name": webhook.name,
            "url": webhook.url,
            "events": sorted(webhook.events),
            "filters": {_FILTER: webhook.jql},
            "excludeBody": webhook.exclude_body,
            "enabled": webhook.enabled,
            "isSigned": bool(webhook.secret),
            "self": f"{ORIGIN}{self._path}/{webhook.id}",
            "lastUpdatedUser": service.account_id,
            "lastUpdatedDisplayName": service.name,
            "lastUpdated": int(webhook.at.timestamp() * 1000),
        }


def blueprint(site: WebhookSite) -> Blueprint:
    """All calls under `/rest/webhooks/1.0`."""
    made = Blueprint("jira_webhooks", __name__)
    WebhookCalls(site).register(made)
    made.register_error_handler(JiraRefusal, refused)
    return made


def refused(refusal: JiraRefusal) -> tuple[Response, int]:
    """A refusal as Jira's error collection."""
    return jsonify(refusal.body()), refusal.status
