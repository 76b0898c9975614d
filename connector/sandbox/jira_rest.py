"""The imitation Jira's REST interface, version 3."""

from typing import Protocol

from flask import Blueprint, Response, jsonify

from connector.sandbox.jira_issue_rest import IssueCalls
from connector.sandbox.jira_link_rest import LinkCalls
from connector.sandbox.jira_refusals import JiraRefusal
from connector.sandbox.jira_search_rest import SearchCalls
from connector.sandbox.jira_site_rest import SiteCalls
from connector.sandbox.jira_world import JiraWorld

CLOUD_ID = "5a11db0c-0000-4000-8000-0000000000c1"


class JiraSite(Protocol):
    """The part of a site that the interface needs."""

    @property
    def jira(self) -> JiraWorld:
        """The world that answers."""
        ...


def blueprint(site: JiraSite) -> Blueprint:
    """All calls under `/rest/api/3`, and `/_edge/tenant_info`."""
    made = Blueprint("jira_rest", __name__)
    under = Blueprint("v3", __name__, url_prefix="/rest/api/3")
    for calls in (IssueCalls(site.jira), SearchCalls(site.jira), LinkCalls(site.jira), SiteCalls(site.jira)):
        calls.register(under)
    made.register_blueprint(under)
    made.add_url_rule("/_edge/tenant_info", "tenant", lambda: jsonify({"cloudId": CLOUD_ID}))
    made.register_error_handler(JiraRefusal, _refused)
    return made


def _refused(refusal: JiraRefusal) -> tuple[Response, int, dict[str, str]]:
    return jsonify(refusal.body()), refusal.status, refusal.headers
