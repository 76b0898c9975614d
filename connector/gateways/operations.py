"""Every endpoint this house may call, by name; what is not named here cannot be called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

_PART = re.compile(r"\\{[a-z_]+\\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One endpoint: its name in counts, its words in messages, and whether it only reads."""

    name: str
    doing: str  # for "while …"
    method: str
    path: str  # below the site's address; variable parts in braces
    reads: bool = False

    def at(self, **parts: str) -> str:
        """The path with its variable parts filled in and escaped; ValueError for one that would lead elsewhere."""
        if not all(part.strip(".") for part in parts.values()):
            raise ValueError("no part of an address: it would name what stands above")
        return self.path.format(**{name: quote(part, safe="") for name, part in parts.items()})

    @property
    def one_thing(self) -> bool:
        """Whether it is about one thing that may be gone, not about the site."""
        return "{" in self.path

    def written_issue(self, path: str) -> str | None:
        """The issue that such a request writes to, as its path names it."""
        names_one = not self.reads and "{issue}" in self.path
        match = _pattern(self.path).fullmatch(path) if names_one else None
        return match[1] if match else None


def operation_of(operations: Iterable[Operation], method: str, path: str) -> Operation | None:
    """The operation that such a request is a call of."""
    return next((x for x in operations if x.method == method.upper() and _pattern(x.path).fullmatch(path)), None)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(_PART.sub("([^/]+)", re.escape(path)))


SEARCH = Operation(
    name="jira.search", doing="searching issues", method="POST", path="rest/api/3/search/jql", reads=True
)
BULK_FETCH = Operation(
    name="jira.bulkfetch", doing="reading issues", method="POST", path="rest/api/3/issue/bulkfetch", reads=True
)
CREATE_DIALOG = Operation(
    name="jira.create-dialog",
    doing="reading a project's issue types",
    method="GET",
    path="rest/api/3/issue/createmeta/{project}/issuetypes",
    reads=True,
)
CREATE_SCREEN = Operation(
    name="jira.create-screen",
    doing="reading the fields of an issue type",
    method="GET",
    path="rest/api/3/issue/createmeta/{project}/issuetypes/{type_id}",
    reads=True,
)
CREATE_ISSUES = Operation(
    name="jira.issue.create", doing="creating issues", method="POST", path="rest/api/3/issue/bulk"
)
EDIT_ISSUE = Operation(
    name="jira.issue.edit", doing="changing an issue of ours", method="PUT", path="rest/api/3/issue/{issue}"
)
CLEAR_ASSIGNEE = Operation(
    name="jira.issue.unassign",
    doing="clearing the assignee of an issue of ours",
    method="PUT",
    path="rest/api/3/issue/{issue}/assignee",
)
FIELDS = Operation(
    name="jira.fields",
    doing="looking up what the fields of a query hold",
    method="GET",
    path="rest/api/3/field",
    reads=True,
)
LINK = Operation(name="jira.link", doing="linking an issue to an epic", method="POST", path="rest/api/3/issueLink")
LINK_TYPES = Operation(
    name="jira.link-types", doing="reading link types", method="GET", path="rest/api/3/issueLinkType", reads=True
)
READ_REMOTE_LINK = Operation(
    name="jira.remote-link.read",
    doing="reading the link from an issue to its page",
    method="GET",
    path="rest/api/3/issue/{issue}/remotelink",
    reads=True,
)
REMOTE_LINK = Operation(
    name="jira.remote-link",
    doing="linking an issue to its page",
    method="POST",
    path="rest/api/3/issue/{issue}/remotelink",
)
UNLINK = Operation(
    name="jira.unlink", doing="taking a link to an epic away", method="DELETE", path="rest/api/3/issueLink/{link}"
)
UNLINK_PAGE = Operation(
    name="jira.remote-link.remove",
    doing="taking the link from an issue to its page away",
    method="DELETE",
    path="rest/api/3/issue/{issue}/remotelink",
)
REMOVE_MARK = Operation(
    name="jira.mark.remove",
    doing="taking our mark off an issue",
    method="DELETE",
    path="rest/api/3/issue/{issue}/properties/{mark}",
)
PERMISSIONS = Operation(
    name="jira.permissions",
    doing="reading what the service account may do",
    method="GET",
    path="rest/api/3/mypermissions",
    reads=True,
)
PERMITTED_PROJECTS = Operation(
    name="jira.permitted-projects",
    doing="looking where the service account may create issues",
    method="POST",
    path="rest/api/3/permissions/project",
    reads=True,
)
PROJECT = Operation(
    name="jira.project",
    doing="reading a project's settings",
    method="GET",
    path="rest/api/3/project/{project}",
    reads=True,
)

SPACES = Operation(name="confluence.spaces", doing="looking up spaces", method="GET", path="api/v2/spaces", reads=True)
PAGES = Operation(name="confluence.pages", doing="reading pages", method="GET", path="api/v2/pages", reads=True)
CHILDREN = Operation(
    name="confluence.children",
    doing="looking below a page",
    method="GET",
    path="api/v2/pages/{page}/direct-children",
    reads=True,
)
CHILD_PAGES = Operation(
    name="confluence.children",
    doing="looking below a page",
    method="GET",
    path="api/v2/pages/{page}/children",
    reads=True,
)
LABELS = Operation(
    name="confluence.labels.read",
    doing="reading a page's labels",
    method="GET",
    path="api/v2/pages/{page}/labels",
    reads=True,
)
ANCESTORS = Operation(
    name="confluence.ancestors",
    doing="looking above a page",
    method="GET",
    path="api/v2/pages/{page}/ancestors",
    reads=True,
)
READERS = Operation(
    name="confluence.readers",
    doing="looking whether a page is for some only",
    method="GET",
    path="rest/api/content/{page}/restriction/byOperation/{operation}",
    reads=True,
)
SPACE_OPERATIONS = Operation(
    name="confluence.space.operations",
    doing="reading what the service account may do in a space",
    method="GET",
    path="api/v2/spaces/{space}/operations",
    reads=True,
)
PAGE_DRAFT = Operation(
    name="confluence.draft",
    doing="looking whether somebody is writing on a page of ours",
    method="GET",
    path="api/v2/pages/{page}",
    reads=True,
)
PAGE_VERSION = Operation(
    name="confluence.page.version",
    doing="reading an earlier version of a planning page",
    method="GET",
    path="api/v2/pages/{page}",
    reads=True,
)
CREATE_PAGE = Operation(name="confluence.page.create", doing="creating a page", method="POST", path="api/v2/pages")
UPDATE_PAGE = Operation(
    name="confluence.page.update", doing="writing a page of ours", method="PUT", path="api/v2/pages/{page}"
)
ADD_LABELS = Operation(
    name="confluence.labels", doing="labelling a page of ours", method="POST", path="rest/api/content/{page}/label"
)
REMOVE_LABEL = Operation(
    name="confluence.label.remove",
    doing="taking a label of ours off a page",
    method="DELETE",
    path="rest/api/content/{page}/label",
)
ATTACH = Operation(
    name="confluence.attachment",
    doing="uploading the picture of a page",
    method="PUT",
    path="rest/api/content/{page}/child/attachment",
)

WEBHOOKS = Operation(
    name="jira.webhooks",
    doing="reading the registered webhooks",
    method="GET",
    path="rest/webhooks/1.0/webhook",
    reads=True,
)
REGISTER_WEBHOOK = Operation(
    name="jira.webhook.register", doing="registering a webhook", method="POST", path="rest/webhooks/1.0/webhook"
)
REMOVE_WEBHOOK = Operation(
    name="jira.webhook.remove",
    doing="removing our webhook",
    method="DELETE",
    path="rest/webhooks/1.0/webhook/{webhook}",
)

GRANT = Operation(name="jira.token", doing="asking for an access token", method="POST", path="oauth/token", reads=True)
POST = Operation(name="post", doing="telling a team that its page is there", method="POST", path="{post}")
METRIC = Operation(name="metric", doing="reading a figure", method="GET", path="{metric}", reads=True)

JIRA = (
    SEARCH, BULK_FETCH, CREATE_DIALOG, CREATE_SCREEN, CREATE_ISSUES, EDIT_ISSUE, CLEAR_ASSIGNEE, FIELDS, LINK,
    LINK_TYPES, READ_REMOTE_LINK, REMOTE_LINK, PERMISSIONS, PERMITTED_PROJECTS, PROJECT, WEBHOOKS,
    REGISTER_WEBHOOK, REMOVE_WEBHOOK, UNLINK, UNLINK_PAGE, REMOVE_MARK,
)  # fmt: skip
CONFLUENCE = (
    SPACES, SPACE_OPERATIONS, PAGES, CHILDREN, CHILD_PAGES, LABELS, ANCESTORS, READERS, PAGE_DRAFT,
    PAGE_VERSION, CREATE_PAGE, UPDATE_PAGE, ADD_LABELS, REMOVE_LABEL, ATTACH,
)  # fmt: skip
