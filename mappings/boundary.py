"""THE boundary: bytes of Atlassian, metric endpoints and pushed readings become typed records here, and nowhere else.

Total: any bytes give records or a BoundaryError, and what is not declared as wanted does not exist behind it. A record
cannot hold a person: ids, keys, closed lists, numbers, labels of ours, and `TeamText`, which nothing can quote.
"""

from mappings.wire.automation_events import automation_event
from mappings.wire.confluence import (
    children_page,
    labels_page,
    page,
    page_draft,
    page_version,
    pages_page,
    pages_put_away,
    spaces_page,
    versions_page,
)
from mappings.wire.confluence_datacenter import (
    content_children,
    content_draft,
    content_labels,
    content_line,
    content_page,
    content_pages,
    content_put_away,
    content_spaces,
    content_version,
    content_versions,
    pictures,
)
from mappings.wire.confluence_events import confluence_event
from mappings.wire.confluence_rights import ancestors_page, for_some_only
from mappings.wire.granted_token import granted_token
from mappings.wire.inspection import (
    confluence_version,
    create_screen_page,
    permissions,
    permitted_projects,
    project,
    space_operations,
)
from mappings.wire.jira_creates import (
    create_fields_page,
    created_issues,
    issue_types_page,
    link_types,
    refused_creates,
    remote_links,
)
from mappings.wire.jira_datacenter import (
    Stretch,
    epic_fields,
    found_epics,
    found_ids,
    found_issue,
    found_issues,
    is_cloud,
    server_version,
)
from mappings.wire.jira_events import jira_event
from mappings.wire.jira_fields import field_kinds
from mappings.wire.jira_issues import epics_page, fetched_epics, fetched_issues, ids_page, issues_page
from mappings.wire.jira_webhooks import webhook, webhooks
from mappings.wire.metric import metric
from mappings.wire.pushed_reading import PushedReading, pushed_reading
from mappings.wire.refusal import Refusal, refusal
from mappings.wire.shape import BoundaryError, Flaw, Page, for_people
from mappings.wire.webhooks_datacenter import hook, hooks

__all__ = [
    "BoundaryError",
    "Flaw",
    "Page",
    "PushedReading",
    "Refusal",
    "Stretch",
    "ancestors_page",
    "automation_event",
    "children_page",
    "confluence_event",
    "confluence_version",
    "content_children",
    "content_draft",
    "content_labels",
    "content_line",
    "content_page",
    "content_pages",
    "content_put_away",
    "content_spaces",
    "content_version",
    "content_versions",
    "create_fields_page",
    "create_screen_page",
    "created_issues",
    "epic_fields",
    "epics_page",
    "fetched_epics",
    "fetched_issues",
    "field_kinds",
    "for_people",
    "for_some_only",
    "found_epics",
    "found_ids",
    "found_issue",
    "found_issues",
    "granted_token",
    "hook",
    "hooks",
    "ids_page",
    "is_cloud",
    "issue_types_page",
    "issues_page",
    "jira_event",
    "labels_page",
    "link_types",
    "metric",
    "page",
    "page_draft",
    "page_version",
    "pages_page",
    "pages_put_away",
    "permissions",
    "permitted_projects",
    "pictures",
    "project",
    "pushed_reading",
    "refusal",
    "refused_creates",
    "remote_links",
    "server_version",
    "space_operations",
    "spaces_page",
    "versions_page",
    "webhook",
    "webhooks",
]
