"""What each call on Data Center asks for or sends."""

from collections.abc import Mapping
from typing import Final

from connector.gateways import operations_datacenter as at
from connector.gateways.jira_requests import EPIC_FIELDS, ID_FIELDS, OUR_FIELDS
from connector.gateways.operations import Operation
from connector.privacy.asks import Ask
from connector.privacy.purposes import Purpose

_FIELDS: Final = tuple(name for name in dict.fromkeys((*EPIC_FIELDS, *OUR_FIELDS, *ID_FIELDS)) if name != "parent")
_WHOLE: Final = ("type=page", "expand=body.storage,version,space,ancestors")

DATACENTER_ASKS: Final[Mapping[Operation, Ask]] = {
    at.SERVER_INFO: Ask((), Purpose.SETTING_UP),
    at.SEARCH: Ask((*_FIELDS, "Parent Link"), Purpose.BELONGING),
    at.FIELDS: Ask((), Purpose.BELONGING),
    at.ISSUE: Ask(("fields", *OUR_FIELDS, "properties=okr"), Purpose.OURS),
    at.CREATE_DIALOG: Ask((), Purpose.SETTING_UP),
    at.CREATE_SCREEN: Ask((), Purpose.SETTING_UP, unasked=True),
    at.CREATE_ISSUES: Ask(
        ("project", "issuetype", "summary", "labels", "description", "assignee=nobody", "properties=okr"), Purpose.OURS
    ),
    at.EDIT_ISSUE: Ask(("summary", "labels", "properties=okr"), Purpose.OURS),
    at.CLEAR_ASSIGNEE: Ask(("name=null",), Purpose.OURS),
    at.LINK: Ask(("type", "inwardIssue", "outwardIssue"), Purpose.BELONGING),
    at.LINK_TYPES: Ask((), Purpose.SETTING_UP),
    at.READ_REMOTE_LINK: Ask(("globalId",), Purpose.OURS),
    at.REMOTE_LINK: Ask(("globalId", "object.url", "object.title"), Purpose.OURS),
    at.UNLINK: Ask((), Purpose.LEAVING),
    at.UNLINK_PAGE: Ask(("globalId",), Purpose.LEAVING),
    at.REMOVE_MARK: Ask((), Purpose.LEAVING),
    at.PERMISSIONS: Ask(("projectKey",), Purpose.SETTING_UP),
    at.PROJECT: Ask((), Purpose.SETTING_UP, unasked=True),
    at.WEBHOOKS: Ask((), Purpose.SETTING_UP, unasked=True),
    at.REGISTER_WEBHOOK: Ask(("name", "url", "events", "active", "configuration"), Purpose.SETTING_UP, unasked=True),
    at.REMOVE_WEBHOOK: Ask((), Purpose.SETTING_UP),
    at.PAGE_SERVER: Ask((), Purpose.SETTING_UP),
    at.SPACES: Ask(("spaceKey", "spaceId", "type=global", "expand=homepage"), Purpose.WRITING, unasked=True),
    at.PAGES: Ask(("ids", "spaceKey", "title", *_WHOLE), Purpose.ANSWERS, unasked=True),
    at.PAGE: Ask(("version", *_WHOLE, "expand=operations"), Purpose.WRITING, unasked=True),
    at.CHILDREN: Ask((), Purpose.OURS),
    at.LABELS: Ask(("prefix=global",), Purpose.OURS),
    at.READERS: Ask(("expand=restrictions.user,restrictions.group",), Purpose.OURS, unasked=True),
    at.CREATE_PAGE: Ask(("type", "title", "space.key", "ancestors", "body", "expand"), Purpose.WRITING, unasked=True),
    at.UPDATE_PAGE: Ask(
        ("id", "type", "title", "body", "version.number", "version.minorEdit", "expand"), Purpose.WRITING, unasked=True
    ),
    at.ADD_LABELS: Ask(("prefix", "name"), Purpose.OURS),
    at.REMOVE_LABEL: Ask(("name",), Purpose.LEAVING),
    at.PICTURES: Ask(("filename",), Purpose.SERIES, unasked=True),
    at.ATTACH: Ask(("file",), Purpose.SERIES, unasked=True),
    at.REPLACE_PICTURE: Ask(("file",), Purpose.SERIES, unasked=True),
    at.PAGE_WEBHOOKS: Ask((), Purpose.SETTING_UP, unasked=True),
    at.REGISTER_PAGE_WEBHOOK: Ask(("name", "url", "events", "active", "configuration"), Purpose.SETTING_UP, True),
    at.REMOVE_PAGE_WEBHOOK: Ask((), Purpose.SETTING_UP),
    at.GRANT: Ask(("grant_type", "client_id", "client_secret", "scope"), Purpose.WAY_IN),
}

_PAGE: Final = ("version.by", "version.message", "version.when", "ancestors[].title")
DATACENTER_UNASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "confluence.pages": _PAGE,
    "confluence.page": _PAGE,
    "confluence.page.create": ("version.by", "history.createdBy", "history.lastUpdated.by"),
    "confluence.page.update": ("version.by", "history.createdBy", "history.lastUpdated.by"),
    "confluence.spaces": ("creator", "lastModifier", "homepage.title"),
    "confluence.attachment.read": ("version.by", "history.createdBy"),
    "confluence.attachment": ("version.by", "history.createdBy"),
    "confluence.webhooks": ("configuration.createdBy", "credentials"),
    "confluence.webhook.register": ("configuration.createdBy", "credentials"),
    "jira.webhooks": ("configuration.LAST_UPDATED_USER", "credentials"),
    "jira.webhook.register": ("configuration.LAST_UPDATED_USER", "credentials"),
}
