"""Every endpoint this house may call on Data Center; the names are those of Cloud, since they do the same."""

from connector.gateways import operations as cloud
from connector.gateways.operations import Operation

SERVER_INFO = Operation(
    name="jira.server",
    doing="asking which product answers",
    method="GET",
    path="rest/api/2/serverInfo",
    reads=True,
)


def _jira(like: Operation) -> Operation:
    """The same call of the older interface: only the version in its path is another."""
    return Operation(
        name=like.name,
        doing=like.doing,
        method=like.method,
        path=like.path.replace("rest/api/3/", "rest/api/2/"),
        reads=like.reads,
    )


SEARCH = Operation(name="jira.search", doing="searching issues", method="POST", path="rest/api/2/search", reads=True)
FIELDS = Operation(
    name="jira.fields", doing="looking up the fields of epics", method="GET", path="rest/api/2/field", reads=True
)
ISSUE = Operation(
    name="jira.issue", doing="reading an issue of ours", method="GET", path="rest/api/2/issue/{issue}", reads=True
)
CREATE_DIALOG, CREATE_SCREEN = _jira(cloud.CREATE_DIALOG), _jira(cloud.CREATE_SCREEN)
CREATE_ISSUES, EDIT_ISSUE, CLEAR_ASSIGNEE = map(_jira, (cloud.CREATE_ISSUES, cloud.EDIT_ISSUE, cloud.CLEAR_ASSIGNEE))
LINK, LINK_TYPES = _jira(cloud.LINK), _jira(cloud.LINK_TYPES)
READ_REMOTE_LINK, REMOTE_LINK = _jira(cloud.READ_REMOTE_LINK), _jira(cloud.REMOTE_LINK)
UNLINK, UNLINK_PAGE, REMOVE_MARK = map(_jira, (cloud.UNLINK, cloud.UNLINK_PAGE, cloud.REMOVE_MARK))
PERMISSIONS, PROJECT = _jira(cloud.PERMISSIONS), _jira(cloud.PROJECT)
WEBHOOKS = Operation(
    name="jira.webhooks",
    doing="reading the registered webhooks",
    method="GET",
    path="rest/jira-webhook/1.0/webhooks",
    reads=True,
)
REGISTER_WEBHOOK = Operation(
    name="jira.webhook.register", doing="registering a webhook", method="POST", path="rest/jira-webhook/1.0/webhooks"
)
REMOVE_WEBHOOK = Operation(
    name="jira.webhook.remove",
    doing="removing our webhook",
    method="DELETE",
    path="rest/jira-webhook/1.0/webhooks/{webhook}",
)

SPACES = Operation(name="confluence.spaces", doing="looking up spaces", method="GET", path="rest/api/space", reads=True)
PAGES = Operation(name="confluence.pages", doing="reading pages", method="GET", path="rest/api/content", reads=True)
PAGE = Operation(
    name="confluence.page",
    doing="reading one page: a draft, an earlier version, or what we may do there",
    method="GET",
    path="rest/api/content/{page}",
    reads=True,
)
CHILDREN = Operation(
    name="confluence.children",
    doing="looking below a page",
    method="GET",
    path="rest/api/content/{page}/child/page",
    reads=True,
)
LABELS = Operation(
    name="confluence.labels.read",
    doing="reading a page's labels",
    method="GET",
    path="rest/api/content/{page}/label",
    reads=True,
)
CREATE_PAGE = Operation(name="confluence.page.create", doing="creating a page", method="POST", path="rest/api/content")
UPDATE_PAGE = Operation(
    name="confluence.page.update", doing="writing a page of ours", method="PUT", path="rest/api/content/{page}"
)
READERS, ADD_LABELS, REMOVE_LABEL = cloud.READERS, cloud.ADD_LABELS, cloud.REMOVE_LABEL
PICTURES = Operation(
    name="confluence.attachment.read",
    doing="looking up the picture of a page",
    method="GET",
    path="rest/api/content/{page}/child/attachment",
    reads=True,
)
ATTACH = Operation(
    name="confluence.attachment",
    doing="uploading the picture of a page",
    method="POST",
    path="rest/api/content/{page}/child/attachment",
)
REPLACE_PICTURE = Operation(
    name="confluence.attachment",
    doing="uploading the picture of a page again",
    method="POST",
    path="rest/api/content/{page}/child/attachment/{picture}/data",
)
PAGE_SERVER = Operation(
    name="confluence.server",
    doing="asking which release answers",
    method="GET",
    path="rest/api/server-information",
    reads=True,
)
PAGE_WEBHOOKS = Operation(
    name="confluence.webhooks",
    doing="reading the registered webhooks",
    method="GET",
    path="rest/api/webhooks",
    reads=True,
)
REGISTER_PAGE_WEBHOOK = Operation(
    name="confluence.webhook.register", doing="registering a webhook", method="POST", path="rest/api/webhooks"
)
REMOVE_PAGE_WEBHOOK = Operation(
    name="confluence.webhook.remove",
    doing="removing our webhook",
    method="DELETE",
    path="rest/api/webhooks/{webhook}",
)
GRANT = Operation(
    name="jira.token", doing="asking for an access token", method="POST", path="rest/oauth2/latest/token", reads=True
)

JIRA = (
    SERVER_INFO, SEARCH, FIELDS, ISSUE, CREATE_DIALOG, CREATE_SCREEN, CREATE_ISSUES, EDIT_ISSUE, CLEAR_ASSIGNEE, LINK,
    LINK_TYPES, READ_REMOTE_LINK, REMOTE_LINK, PERMISSIONS, PROJECT, WEBHOOKS, REGISTER_WEBHOOK, REMOVE_WEBHOOK,
    UNLINK, UNLINK_PAGE, REMOVE_MARK,
)  # fmt: skip
CONFLUENCE = (
    SPACES, PAGES, PAGE, CHILDREN, LABELS, READERS, CREATE_PAGE, UPDATE_PAGE, ADD_LABELS, REMOVE_LABEL, PICTURES,
    ATTACH, REPLACE_PICTURE, PAGE_SERVER, PAGE_WEBHOOKS, REGISTER_PAGE_WEBHOOK, REMOVE_PAGE_WEBHOOK,
)  # fmt: skip
