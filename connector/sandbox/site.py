"""A whole imitation site: its worlds, its clock, its log, its faults, and the address it answers at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import RLock
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from connector.sandbox import confluence_rest, confluence_views, jira_rest, jira_views, jira_webhook_rest
from connector.sandbox.automation import Automation
from connector.sandbox.clock import SiteClock
from connector.sandbox.cloud_entrance import CloudEntrance
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.door import Door
from connector.sandbox.faults import Faults
from connector.sandbox.jira_webhooks import JiraWebhooks
from connector.sandbox.jira_world import JiraWorld
from connector.sandbox.log import RequestLog
from connector.sandbox.people import People
from connector.sandbox.sender import Sender
from connector.sandbox.server import listening


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
    lock: RLock = field(default_factory=RLock)
    sender: Sender = field(init=False)
    webhooks: JiraWebhooks = field(init=False)
    automation: Automation = field(init=False)

    def __post_init__(self) -> None:
        """The worlds are listened to, for those who registered."""
        self.sender = Sender(self.faults.deliveries)
        self.jira.listener = self.webhooks = JiraWebhooks(self.jira, self.sender, lambda: self.base_url)
        self.confluence.listener = self.automation = Automation(self.sender)

    @property
    def search_lag(self) -> timedelta:
        """How long a write stays unseen by the searches of both worlds; settable at any time."""
        return self.jira.search_lag

    @search_lag.setter
    def search_lag(self, lag: timedelta) -> None:
        self.jira.search_lag = lag
        self.confluence.index.lag = lag


def create_app(site: Site) -> Flask:
    """The site as a Flask application; its interfaces ask for credentials, its human views do not."""
    app = Flask("connector.sandbox")
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it, the protocol does not name it
    app.before_request(_remember_route)
    app.register_error_handler(HTTPException, _unknown)
    for room in (jira_rest, jira_webhook_rest, confluence_rest, jira_views, confluence_views):
        app.register_blueprint(room.blueprint(site))
    app.wsgi_app = Door(  # type: ignore[assignment]  # Flask's documented place for middleware
        app.wsgi_app,
        clock=site.clock,
        log=site.log,
        faults=site.faults,
        entrance=CloudEntrance(site.email, site.token, site.people.service),
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


def _remember_route() -> None:
    if request.url_rule is not None:
        request.environ["sandbox.route"] = request.url_rule.rule


def _unknown(error: HTTPException) -> tuple[Response, int] | HTTPException:
    if not request.path.startswith(("/rest/", "/wiki/rest/", "/wiki/api/")):
        return error
    body: dict[str, Any] = {"message": f"null for uri: {request.path}", "status-code": error.code}
    if request.path.startswith("/wiki/api/"):
        title = error.name
        body = {
            "errors": [{"status": error.code, "code": title.upper().replace(" ", "_"), "title": title, "detail": None}]
        }
    return jsonify(body), error.code or 500
