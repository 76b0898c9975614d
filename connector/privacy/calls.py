"""What each call asks for or sends: for every operation of the closed list, and nothing beside it."""

from collections.abc import Mapping
from typing import Final

from connector.gateways import operations as at
from connector.gateways import operations_datacenter as datacenter
from connector.gateways.jira_requests import EPIC_FIELDS, ID_FIELDS, MARK, OUR_FIELDS
from connector.gateways.operations import Operation
from connector.privacy.asks import Ask
from connector.privacy.calls_datacenter import DATACENTER_ASKS, DATACENTER_UNASKED
from connector.privacy.purposes import Purpose
from mappings.jql import own_assigned

_FIELDS: Final = tuple(dict.fromkeys((*EPIC_FIELDS, *OUR_FIELDS, *ID_FIELDS)))
_STORAGE: Final = ("body-format=storage", "status=current")

_CLOUD_ASKS: Final[Mapping[Operation, Ask]] = {
    at.SEARCH: Ask((*_FIELDS, f"properties={MARK}"), Purpose.BELONGING),
    at.BULK_FETCH: Ask((*_FIELDS, f"properties={MARK}"), Purpose.BELONGING),
    at.CREATE_DIALOG: Ask((), Purpose.SETTING_UP),
    at.CREATE_SCREEN: Ask((), Purpose.SETTING_UP, unasked=True),
    at.CREATE_ISSUES: Ask(
        ("project", "issuetype", "summary", "labels", "description", "assignee=null", f"properties={MARK}"),
        Purpose.OURS,
    ),
    at.EDIT_ISSUE: Ask(("summary", "labels", f"properties={MARK}"), Purpose.OURS),
    at.CLEAR_ASSIGNEE: Ask(("accountId=null",), Purpose.OURS),
    at.FIELDS: Ask((), Purpose.GUARD),
    at.LINK: Ask(("type", "inwardIssue", "outwardIssue"), Purpose.BELONGING),
    at.LINK_TYPES: Ask((), Purpose.SETTING_UP),
    at.READ_REMOTE_LINK: Ask(("globalId",), Purpose.OURS),
    at.REMOTE_LINK: Ask(("globalId", "object.url", "object.title"), Purpose.OURS),
    at.UNLINK: Ask((), Purpose.LEAVING),
    at.UNLINK_PAGE: Ask(("globalId",), Purpose.LEAVING),
    at.REMOVE_MARK: Ask((), Purpose.LEAVING),
    at.PERMISSIONS: Ask(("permissions", "projectKey"), Purpose.SETTING_UP),
    at.PERMITTED_PROJECTS: Ask(("permissions",), Purpose.SETTING_UP),
    at.PROJECT: Ask((), Purpose.SETTING_UP, unasked=True),
    at.WEBHOOKS: Ask((), Purpose.SETTING_UP, unasked=True),
    at.REGISTER_WEBHOOK: Ask(("name", "url", "events", "filters", "excludeBody", "secret"), Purpose.SETTING_UP, True),
    at.REMOVE_WEBHOOK: Ask((), Purpose.SETTING_UP),
    at.SPACES: Ask(("keys",), Purpose.WRITING, unasked=True),
    at.SPACE_OPERATIONS: Ask((), Purpose.SETTING_UP),
    at.PAGES: Ask(("id", "space-id", "title", *_STORAGE), Purpose.ANSWERS, unasked=True),
    at.CHILDREN: Ask((), Purpose.OURS),
    at.CHILD_PAGES: Ask((), Purpose.OURS),
    at.LABELS: Ask((), Purpose.OURS),
    at.ANCESTORS: Ask((), Purpose.OURS),
    at.READERS: Ask((), Purpose.OURS, unasked=True),
    at.PAGE_DRAFT: Ask(("get-draft=true", "body-format=storage"), Purpose.WRITING, unasked=True),
    at.PAGE_VERSION: Ask(("version", "body-format=storage"), Purpose.ANSWERS, unasked=True),
    at.CREATE_PAGE: Ask(("spaceId", "parentId", "status", "title", "body"), Purpose.WRITING, unasked=True),
    at.UPDATE_PAGE: Ask(("id", "status", "title", "body", "version.number"), Purpose.WRITING, unasked=True),
    at.ADD_LABELS: Ask(("prefix", "name"), Purpose.OURS),
    at.REMOVE_LABEL: Ask(("name",), Purpose.LEAVING),
    at.ATTACH: Ask(("file",), Purpose.SERIES, unasked=True),
    at.GRANT: Ask(("grant_type", "client_id", "client_secret", "audience"), Purpose.WAY_IN),
    at.METRIC: Ask((), Purpose.SERIES),
    at.POST: Ask(("title", "url"), Purpose.OURS),
}

# Where both products are called alike, what is said of Cloud counts for both.
ASKS: Final[Mapping[Operation, Ask]] = {**DATACENTER_ASKS, **_CLOUD_ASKS}

OPERATIONS: Final = tuple(
    dict.fromkeys(
        (
            *at.JIRA,
            *at.CONFLUENCE,
            *datacenter.JIRA,
            *datacenter.CONFLUENCE,
            at.GRANT,
            datacenter.GRANT,
            at.METRIC,
            at.POST,
        )
    )
)

_PAGE: Final = ("authorId", "ownerId", "lastOwnerId", "version.authorId", "createdAt", "version.createdAt")
_CLOUD_UNASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "confluence.pages": _PAGE,
    "confluence.page.version": _PAGE,
    "confluence.draft": _PAGE,
    "confluence.page.create": ("authorId", "ownerId", "version.authorId"),
    "confluence.page.update": ("authorId", "ownerId", "lastOwnerId", "version.authorId"),
    "confluence.readers": ("restrictions.user.results[]", "restrictions.group.results[]"),
    "confluence.spaces": ("authorId", "spaceOwnerId", "createdAt"),
    "confluence.attachment": ("version.by", "history.createdBy"),
    "jira.project": ("lead", "components[].lead"),
    "jira.create-screen": ("fields[].allowedValues", "fields[].autoCompleteUrl"),
    "jira.webhooks": ("lastUpdatedUser", "lastUpdatedDisplayName", "lastUpdated"),
    "jira.webhook.register": ("lastUpdatedUser", "lastUpdatedDisplayName", "lastUpdated"),
}
UNASKED: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(dict.fromkeys((*_CLOUD_UNASKED.get(name, ()), *DATACENTER_UNASKED.get(name, ()))))
    for name in ({**_CLOUD_UNASKED, **DATACENTER_UNASKED})
}
"""What sites send without being asked, and what is declared nowhere here, so that it never comes into being."""

PERSON_CLAUSE: Final = own_assigned(("OKR",)).rpartition(" AND ")[2]
"""The one clause about people that is ever asked: on our own issues only, and only their ids come back."""
