"""A whole imitation site: its worlds, its clock, its log, its faults, and the address it answers at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import RLock
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from connector.sandbox import confluence_rest, confluence_views, jira_rest, jira_views, jira_webhook_rest, token_door
from connector.sandbox.automation import Automation
from connector.sandbox.clock import SiteClock
from connector.sandbox.cloud_entrance import CloudEntrance
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.datacenter import confluence_rest as datacenter_confluence
from connector.sandbox.datacenter import confluence_webhook_rest as confluence_registrations
from connector.sandbox.datacenter import jira_rest as datacenter_jira
from connector.sandbox.datacenter import jira_webhook_rest as jira_registrations
from connector.sandbox.datacenter import views as datacenter_views
from connector.sandbox.datacenter.confluence_webhooks import ConfluenceWebhooks
from connector.sandbox.datacenter.entrance import DatacenterEntrance
from connector.sandbox.datacenter.jira_webhooks import speech as jira_speech
from connector.sandbox.datacenter.rates import Bucket
from connector.sandbox.datacenter.release import NEWEST, Release
from connector.sandbox.dialect import Dialect
from connector.sandbox.door import Door, Entrance
from connector.sandbox.faults import Faults
from connector.sandbox.jira_webhooks import JiraWebhooks
from connector.sandbox.jira_world import JiraWorld
from connector.sandbox.log import RequestLog
from connector.sandbox.one_way import OneWayRule
from connector.sandbox.people import People
from connector.sandbox.sender import Sender
from connector.sandbox.server import listening
from connector.sandbox.token_door import Grants


@dataclass(slots=True, kw_only=True)
class Site:
    """Everything one imitation site consists of.

    Whoever changes a world directly while requests are under way holds `lock`.
    """

    clock: SiteClock
    people: People
    jira: JiraWorld
    confluence: ConfluenceWorld
    log: RequestLog = field(default_factory=RequestLog)
    faults: Faults = field(default_factory=Faults)
    email: str = "okr-service@sandbox.example"
    token: str = "sandbox-token"  # noqa: S105  # an invented site's invented token
    base_url: str = ""
    dialect: Dialect = Dialect.CLOUD
    release: Release = NEWEST  # of Data Center, where that is spoken
    bucket: Bucket | None = None  # Data Center's rate limit, off as it is from the start
    lock: RLock = field(default_factory=RLock)
    sender: Sender = field(init=False)
    webhooks: JiraWebhooks = field(init=False)
    automation: Automation = field(init=False)  # of the Cloud
    page_hooks: ConfluenceWebhooks = field(init=False)  # of Data Center
    grants: Grants = field(init=False)  # to the service account's client

    def __post_init__(self) -> None:
        """The worlds are listened to, for those who registered."""
        cloud = self.dialect is Dialect.CLOUD
        self.sender = Sender(self.faults.deliveries) if cloud else Sender(self.faults.deliveries, attempts=1)
        speech = None if cloud else jira_speech(self.release)
        self.jira.listener = self.webhooks = JiraWebhooks(self.jira, self.sender, lambda: self.base_url, speech)
        self.automation = Automation(self.sender)
        self.grants = Grants(clock=self.clock)
        self.page_hooks = ConfluenceWebhooks(self.confluence, self.sender)
        self.confluence.listener = self.automation if cloud else self.page_hooks

    @property
    def jira_url(self) -> str:
        """Where Jira is, for clients and for people."""
        return self.base_url if self.dialect is Dialect.CLOUD else f"{self.base_url}/jira"

    @property
    def confluence_url(self) -> str:
        """Where Confluence is, for clients and for people."""
        return f"{self.base_url}/{'wiki' if self.dialect is Dialect.CLOUD else 'confluence'}"

    @property
    def search_lag(self) -> timedelta:
        """How long a write stays unseen by the searches of both worlds; settable at any time."""
        return self.jira.search_lag

    @search_lag.setter
    def search_lag(self, lag: timedelta) -> None:
        self.jira.search_lag = lag
        self.confluence.index.lag = lag


class _Imitation(Flask):
    url_rule_class = OneWayRule


def create_app(site: Site) -> Flask:
    """The site as a Flask application; its interfaces ask for credentials, its human views do not."""
    app = _Imitation("connector.sandbox")
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it, the protocol does not name it
    app.before_request(_remember_route)
    app.register_error_handler(HTTPException, _unknown)
    for blueprint in _blueprints(site):
        app.register_blueprint(blueprint)
    app.wsgi_app = Door(  # type: ignore[assignment]  # Flask's documented place for middleware
        app.wsgi_app,
        clock=site.clock,
        log=site.log,
        faults=site.faults,
        entrance=_entrance(site),
        lock=site.lock,
    )
    return app


@contextmanager
def serving(site: Site, port: int = 0) -> Iterator[str]:
    """The site answers on loopback until the block ends; yields its address without a slash at the end."""
    with listening(create_app(site), port) as address:
        site.base_url = address
        try:
            yield address
        finally:
            site.sender.close()


def _blueprints(site: Site) -> Iterator[Blueprint]:
    cloud = site.dialect is Dialect.CLOUD
    yield jira_views.blueprint(site)
    yield confluence_views.blueprint(site)
    yield token_door.blueprint(site.grants, token_door.CLOUD if cloud else token_door.DATACENTER)
    if cloud:
        yield from (room.blueprint(site) for room in (jira_rest, jira_webhook_rest, confluence_rest))
        return
    yield datacenter_jira.blueprint(site.jira, site.release)
    yield datacenter_confluence.blueprint(site.confluence, site.release)
    yield jira_registrations.blueprint(site, site.release)
    yield confluence_registrations.blueprint(site)
    yield datacenter_views.blueprint()


def _entrance(site: Site) -> Entrance:
    if site.dialect is Dialect.CLOUD:
        return CloudEntrance(site.email, site.token, site.people.service, site.grants)
    return DatacenterEntrance(site.token, site.people.service, site.clock, site.bucket, site.grants)


def _remember_route() -> None:
    if request.url_rule is not None:
        request.environ["sandbox.route"] = request.url_rule.rule


def _unknown(error: HTTPException) -> tuple[Response, int] | HTTPException:
    if not request.path.startswith(("/rest/", "/wiki/rest/", "/wiki/api/", "/jira/rest/", "/confluence/rest/")):
        return error
    body: dict[str, Any] = {"message": f"null for uri: {request.path}", "status-code": error.code}
    if request.path.startswith("/wiki/api/"):
        title = error.name
        body = {
            "errors": [{"status": error.code, "code": title.upper().replace(" ", "_"), "title": title, "detail": None}]
        }
    return jsonify(body), error.code or 500
