"""Jira Data Center's registration of webhooks: `/jira/rest/jira-webhook/1.0/webhooks[/{id}]`.

Before version 10 it stood at `/jira/rest/webhooks/1.0/webhook[/{id}]`; each release answers at its own place alone. The
secret, the filter and the wish for no body stand in `configuration`; a `secret` beside it is silently ignored.
"""

import itertools
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify

from connector.sandbox.datacenter.jira_dress import BASE
from connector.sandbox.datacenter.release import Release
from connector.sandbox.jira_query import parse
from connector.sandbox.jira_refusals import JiraRefusal, unreadable
from connector.sandbox.jira_shapes import anything, body, each, flag, mapping, text
from connector.sandbox.jira_webhook_rest import PATH, WebhookCalls, WebhookSite, refused
from connector.sandbox.jira_webhooks import Webhook

_PLACE = "/jira/rest/jira-webhook/1.0/webhooks"
_SHAPES = {
    "name": text,
    "description": text,
    "url": text,
    "events": each(text),
    "active": anything,
    "scopeType": text,
    "configuration": mapping,
    "sslVerificationRequired": flag,
    "secret": anything,
}
Answer = tuple[Response, int] | Response | tuple[str, int]


class RegistrationCalls:
    """The calls about registrations, of version 10 and later."""

    def __init__(self, site: WebhookSite) -> None:
        self._site = site
        self._numbers = itertools.count(1)

    def register(self, blueprint: Blueprint) -> None:
        """The calls answer under their own address."""
        one = f"{_PLACE}/<int:number>"
        for rule, method, view in (
            (_PLACE, "GET", self.listed),
            (_PLACE, "POST", self.made),
            (one, "GET", self.shown),
            (one, "PUT", self.changed),
            (one, "DELETE", self.removed),
        ):
            blueprint.add_url_rule(rule, view.__name__, view, methods=[method])

    def listed(self) -> Answer:
        """All registrations, as an array."""
        return jsonify([self._entry(one) for one in self._site.webhooks.registered.values()])

    def shown(self, number: int) -> Answer:
        """One registration."""
        return jsonify(self._entry(self._known(number)))

    def made(self) -> Answer:
        """A new registration; its secret is never shown."""
        return jsonify(self._kept(next(self._numbers))), 201

    def changed(self, number: int) -> Answer:
        """The registration as the body says; without a secret in it the one there is stays."""
        return jsonify(self._kept(number, self._known(number).secret))

    def removed(self, number: int) -> Answer:
        """The registration is gone."""
        del self._site.webhooks.registered[self._known(number).id]
        return "", 204

    def _kept(self, number: int, secret: str = "") -> dict[str, Any]:
        asked = body(_SHAPES, required=("name", "url", "events"))
        wishes = {name: str(value) for name, value in asked.get("configuration", {}).items()}
        if urlsplit(asked["url"]).scheme not in ("http", "https") or not asked["events"]:
            raise unreadable()
        if wishes.get("FILTERS"):
            parse(wishes["FILTERS"])
        webhook = Webhook(
            id=number,
            name=asked["name"],
            url=asked["url"],
            events=frozenset(asked["events"]),
            at=self._site.jira.clock.now(),
            jql=wishes.get("FILTERS", ""),
            secret=wishes.get("SECRET", secret),
            exclude_body=wishes.get("EXCLUDE_BODY", "false").casefold() == "true",
            enabled=str(asked.get("active", True)).casefold() == "true",
        )
        self._site.webhooks.registered[number] = webhook
        return self._entry(webhook)

    def _known(self, number: int) -> Webhook:
        if number not in self._site.webhooks.registered:
            raise JiraRefusal(404, "The webhook does not exist.")
        return self._site.webhooks.registered[number]

    def _entry(self, webhook: Webhook) -> dict[str, Any]:
        service, moment = self._site.jira.people.service, int(webhook.at.timestamp() * 1000)
        return {
            "id": webhook.id,
            "name": webhook.name,
            "createdDate": moment,
            "updatedDate": moment,
            "events": sorted(webhook.events),
            "configuration": {"FILTERS": webhook.jql, "EXCLUDE_BODY": str(webhook.exclude_body).lower()},
            "url": webhook.url,
            "active": webhook.enabled,
            "scopeType": "global",
            "sslVerificationRequired": True,
            "lastUpdatedUser": service.jira_key,
            "lastUpdatedDisplayName": service.name,
            "self": f"{BASE}{_PLACE.removeprefix('/jira')}/{webhook.id}",
        }


def blueprint(site: WebhookSite, release: Release) -> Blueprint:
    """All calls about registrations, where this release has them."""
    made = Blueprint("jira_registrations", __name__)
    if release.old_hooks:
        WebhookCalls(site, f"/jira{PATH}").register(made)
    else:
        RegistrationCalls(site).register(made)
    made.register_error_handler(JiraRefusal, refused)
    return made
