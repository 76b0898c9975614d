"""Confluence Data Center's registration of webhooks: `/confluence/rest/api/webhooks[/{id}]`, `/webhooks/test?url=`."""

import itertools
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, request

from connector.sandbox.confluence_answers import stamp
from connector.sandbox.confluence_asks import Shape, fields, json_body
from connector.sandbox.confluence_content import Refusal, bad_request, not_found
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.datacenter.confluence_asks import paged
from connector.sandbox.datacenter.confluence_rest import refused
from connector.sandbox.datacenter.confluence_webhooks import ConfluenceWebhooks, PageHook

_SHAPE: Shape = {
    "id": int,
    "name": str,
    "events": list,
    "url": str,
    "active": bool,
    "configuration": dict,
    "credentials": dict,
    "scopeType": str,
    "sslVerificationRequired": bool,
    "statistics": dict,
}


class HookSite(Protocol):
    """The part of a site that the interface needs."""

    @property
    def confluence(self) -> ConfluenceWorld:
        """The world whose events are told."""
        ...

    @property
    def page_hooks(self) -> ConfluenceWebhooks:
        """Its registrations."""
        ...


class HookCalls:
    """The calls about registrations."""

    def __init__(self, site: HookSite) -> None:
        self._site = site
        self._numbers = itertools.count(1)

    def listed(self) -> Response:
        """GET /webhooks: all, or those for an `event`."""
        wanted = request.args.get("event")
        found = [one for one in self._site.page_hooks.registered.values() if wanted is None or wanted in one.events]
        return paged(found, _entry, default=100)

    def shown(self, number: int) -> Response:
        """GET /webhooks/{id}."""
        return jsonify(_entry(self._known(number)))

    def made(self) -> tuple[Response, int]:
        """POST /webhooks; the secret is never shown."""
        return jsonify(self._kept(next(self._numbers))), 201

    def changed(self, number: int) -> Response:
        """PUT /webhooks/{id}; without a secret in it the one there is stays."""
        return jsonify(self._kept(number, self._known(number).secret))

    def removed(self, number: int) -> tuple[str, int]:
        """DELETE /webhooks/{id}."""
        del self._site.page_hooks.registered[self._known(number).id]
        return "", 204

    def tried(self) -> Response:
        """POST /webhooks/test?url=…: something arrives there that is no event."""
        url = request.args.get("url", "")
        if urlsplit(url).scheme not in ("http", "https"):
            raise bad_request("The url is not valid")
        self._site.page_hooks.send(url, "", b'{"test":true}')
        return jsonify({"request": {"url": url, "method": "POST"}})

    def _kept(self, number: int, secret: str = "") -> dict[str, Any]:
        given = fields(json_body(), _SHAPE, ["name", "events", "url"], "webhook")
        secret = str(given.get("configuration", {}).get("secret", secret))
        if urlsplit(given["url"]).scheme not in ("http", "https") or not given["events"] or len(secret) > 255:
            raise bad_request("The webhook parameters were invalid or not supplied")
        hook = PageHook(
            id=number,
            name=given["name"],
            url=given["url"],
            events=frozenset(map(str, given["events"])),
            at=self._site.confluence.clock.now(),
            secret=secret,
            active=given.get("active", True),
        )
        self._site.page_hooks.registered[number] = hook
        return _entry(hook)

    def _known(self, number: int) -> PageHook:
        if number not in self._site.page_hooks.registered:
            raise not_found(f"No webhook found with id: {number}")
        return self._site.page_hooks.registered[number]


def blueprint(site: HookSite) -> Blueprint:
    """All calls about registrations."""
    made, calls = Blueprint("confluence_registrations", __name__), HookCalls(site)
    place = "/confluence/rest/api/webhooks"
    one = f"{place}/<int:number>"
    for rule, method, view in (
        (place, "GET", calls.listed),
        (place, "POST", calls.made),
        (f"{place}/test", "POST", calls.tried),
        (one, "GET", calls.shown),
        (one, "PUT", calls.changed),
        (one, "DELETE", calls.removed),
    ):
        made.add_url_rule(rule, view.__name__, view, methods=[method])
    made.register_error_handler(Refusal, refused)
    return made


def _entry(hook: PageHook) -> dict[str, Any]:
    return {
        "id": hook.id,
        "name": hook.name,
        "createdDate": stamp(hook.at),
        "updatedDate": stamp(hook.at),
        "events": sorted(hook.events),
        "configuration": {},
        "url": hook.url,
        "active": hook.active,
        "sslVerificationRequired": True,
    }
