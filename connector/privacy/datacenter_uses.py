"""Why each declared field is read that only Data Center's bodies have."""

from collections.abc import Mapping
from typing import Final

from connector.privacy.bodies import Body
from connector.privacy.purposes import Leftover, Purpose
from connector.privacy.uses import WireUse

_MEMORY = Leftover.MEMORY

DATACENTER_USES: Final[Mapping[Body, Mapping[str, WireUse]]] = {
    Body.ISSUES: {
        "issues[].fields": WireUse("", Purpose.BELONGING, _MEMORY, "{…}"),
        "issues[].fields.*": WireUse("Epic.parent", Purpose.BELONGING, _MEMORY, "ONB-3"),
        "issues[].fields.*.key": WireUse("Epic.parent", Purpose.BELONGING, _MEMORY, "ONB-3"),
        "issues[].fields.*.data.key": WireUse("Epic.parent", Purpose.BELONGING, _MEMORY, "ONB-3"),
        "issues[].fields.issuetype.name": WireUse("", Purpose.BELONGING, _MEMORY, "Epic"),
        "startAt": WireUse("Stretch.end", Purpose.READ_ON, _MEMORY, "100"),
        "total": WireUse("Stretch.total", Purpose.READ_ON, _MEMORY, "240"),
        "maxResultWindow": WireUse("Stretch.window", Purpose.READ_ON, _MEMORY, "10000"),
    },
    Body.DIALOGS: {
        "values[].id": WireUse("IssueTypeRecord.id", Purpose.SETTING_UP, _MEMORY, "10003"),
        "values[].name": WireUse("IssueTypeRecord.name", Purpose.SETTING_UP, _MEMORY, "Task"),
        "values[].hierarchyLevel": WireUse("IssueTypeRecord.level", Purpose.SETTING_UP, _MEMORY, "0"),
        "values[].subtask": WireUse("IssueTypeRecord.level", Purpose.SETTING_UP, _MEMORY, "false"),
        "values[].fieldId": WireUse("ScreenField.id", Purpose.SETTING_UP, _MEMORY, "labels"),
        "values[].key": WireUse("ScreenField.id", Purpose.SETTING_UP, _MEMORY, "labels"),
        "values[].required": WireUse("ScreenField.must_be_filled", Purpose.SETTING_UP, _MEMORY, "true"),
        "values[].hasDefaultValue": WireUse("ScreenField.must_be_filled", Purpose.SETTING_UP, _MEMORY, "false"),
    },
    Body.WEBHOOKS: {
        "id": WireUse("WebhookRecord.id", Purpose.SETTING_UP, _MEMORY, "12"),
        "active": WireUse("WebhookRecord.enabled", Purpose.SETTING_UP, _MEMORY, "true"),
        "configuration": WireUse("", Purpose.SETTING_UP, _MEMORY, "{…}"),
        "configuration.EXCLUDE_BODY": WireUse("WebhookRecord.thin", Purpose.SETTING_UP, _MEMORY, "true"),
        "configuration.SECRET": WireUse("WebhookRecord.signed", Purpose.SETTING_UP, _MEMORY, "…"),
        "configuration.secret": WireUse("WebhookRecord.signed", Purpose.SETTING_UP, _MEMORY, "…"),
    },
    Body.PROJECT: {
        "issueTypes[].name": WireUse("ProjectRecord.levels", Purpose.SETTING_UP, _MEMORY, "Epic"),
    },
    Body.SERVER: {
        "deploymentType": WireUse("", Purpose.SETTING_UP, _MEMORY, "Server"),
        "versionNumbers": WireUse("", Purpose.SETTING_UP, _MEMORY, "10"),
    },
    Body.SPACES: {
        "homepage.id": WireUse("SpaceRecord.homepage", Purpose.WRITING, _MEMORY, "65600"),
    },
    Body.PAGES: {
        "space.id": WireUse("PageRecord.space", Purpose.WRITING, _MEMORY, "65537"),
        "ancestors[].id": WireUse("PageRecord.parent", Purpose.OURS, _MEMORY, "65600"),
    },
    Body.PICTURES: {
        "id": WireUse("Page.records", Purpose.SERIES, _MEMORY, "att98310"),
        "_links.next": WireUse("Page.next", Purpose.READ_ON, _MEMORY, "…?start=200"),
    },
    Body.RIGHTS: {
        "ancestors[].id": WireUse("Page.records", Purpose.OURS, _MEMORY, "65600"),
    },
}
