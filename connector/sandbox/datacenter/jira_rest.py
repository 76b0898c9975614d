"""The imitation Jira Data Center's REST interface, version 2, below `/jira/rest/api/2`.

Search: GET and POST `/search`, GET `/searchLimits/maxResultWindow` (11.3). Issues: POST `/issue`, POST `/issue/bulk`,
GET, PUT and DELETE `/issue/{id}`, PUT `/issue/{id}/assignee`, `/issue/{id}/properties[/{key}]`. Links: `/issueLink`,
`/issueLinkType`, `/issue/{id}/remotelink`. The site: `/project[/{key}]`, `/issue/createmeta/{key}/issuetypes[/{id}]`,
`/field`, `/issuetype`, `/status`, `/mypermissions`, `/myself`, `/serverInfo`. A bulk read is a search for keys.
"""

from flask import Blueprint, Response, jsonify

from connector.sandbox.datacenter.jira_issue_rest import IssueCallsV2
from connector.sandbox.datacenter.jira_link_rest import LinkCallsV2
from connector.sandbox.datacenter.jira_search_rest import OffsetSearch
from connector.sandbox.datacenter.jira_site_rest import SiteCallsV2
from connector.sandbox.datacenter.release import Release
from connector.sandbox.jira_refusals import JiraRefusal
from connector.sandbox.jira_world import JiraWorld


def blueprint(world: JiraWorld, release: Release) -> Blueprint:
    """All calls under `/jira/rest/api/2`."""
    made = Blueprint("jira_v2", __name__, url_prefix="/jira/rest/api/2")
    OffsetSearch(world, release).register(made)
    SiteCallsV2(world, release).register(made)
    IssueCallsV2(world).register(made)
    LinkCallsV2(world).register(made)
    made.register_error_handler(JiraRefusal, _refused)
    return made


def _refused(refusal: JiraRefusal) -> tuple[Response, int, dict[str, str]]:
    return jsonify(refusal.body()), refusal.status, refusal.headers
