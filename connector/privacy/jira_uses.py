"""Why each declared field of Jira's bodies and of the calls at our door is read."""

from collections.abc import Mapping
from typing import Final

from connector.privacy.bodies import Body
from connector.privacy.purposes import Leftover, Purpose
from connector.privacy.uses import WireUse

_MEMORY, _PAGE = Leftover.MEMORY, Leftover.PAGE
_RING = "rings.team"

_AUTOMATION: Final = {
    "issue": WireUse("IssueHint.id", Purpose.LOOK, _RING, "10012"),
    "issue.id": WireUse("IssueHint.id", Purpose.LOOK, _RING, "10012"),
    "issue.key": WireUse("IssueHint.key", Purpose.LOOK, _RING, "ONB-12"),
    "key": WireUse("IssueHint.key", Purpose.LOOK, _RING, "ONB-12"),
    "page": WireUse("PageHint.id", Purpose.LOOK, _RING, "98304"),
    "page.id": WireUse("PageHint.id", Purpose.LOOK, _RING, "98304"),
    "page.key": WireUse("", Purpose.LOOK, _MEMORY, "ONB"),
    "project": WireUse("IssueHint.project", Purpose.LOOK, _RING, "ONB"),
    "project.id": WireUse("", Purpose.LOOK, _MEMORY, "10001"),
    "project.key": WireUse("IssueHint.project", Purpose.LOOK, _RING, "ONB"),
}
_EVENT: Final = {
    "webhookEvent": WireUse("", Purpose.LOOK, _MEMORY, "jira:issue_updated"),
    "issue.id": WireUse("IssueHint.id", Purpose.LOOK, _RING, "10012"),
    "issue.key": WireUse("IssueHint.key", Purpose.LOOK, _RING, "ONB-12"),
    "issue.fields.issuetype.hierarchyLevel": WireUse("IssueHint.level", Purpose.LOOK, _MEMORY, "1"),
    "issue.fields.issuetype.subtask": WireUse("IssueHint.level", Purpose.LOOK, _MEMORY, "false"),
    "issue.fields.labels[]": WireUse("IssueHint.labels", Purpose.BELONGING, _MEMORY, "okr-setup-rate"),
    "issue.fields.parent.key": WireUse("IssueHint.parent", Purpose.BELONGING, _MEMORY, "ONB-3"),
    "issue.fields.project.key": WireUse("IssueHint.project", Purpose.LOOK, _MEMORY, "ONB"),
    "issueLink.sourceIssueId": WireUse("IssueHint.id", Purpose.LOOK, _RING, "10012"),
    "issueLink.destinationIssueId": WireUse("IssueHint.id", Purpose.LOOK, _RING, "10040"),
    "worklog.issueId": WireUse("IssueHint.id", Purpose.LOOK, _MEMORY, "10012"),
    "comment.self": WireUse("IssueHint.id", Purpose.LOOK, _MEMORY, "…/issue/10012/comment/…"),
    "changelog": WireUse("", Purpose.BELONGING, _MEMORY, "{…}"),
    "changelog.items[].field": WireUse("", Purpose.BELONGING, _MEMORY, "labels"),
    "changelog.items[].fromString": WireUse("IssueHint.labels", Purpose.BELONGING, _MEMORY, "okr-setup-rate"),
}
_ISSUES: Final = {
    "issues[].id": WireUse("Epic.id, IssueRecord.id", Purpose.OURS, "resources.remote_id", "10012"),
    "issues[].key": WireUse("Epic.key, IssueRecord.key", Purpose.BELONGING, "resources.ref", "ONB-12"),
    "issues[].fields.issuetype.hierarchyLevel": WireUse("", Purpose.BELONGING, _MEMORY, "1"),
    "issues[].fields.status.statusCategory.key": WireUse("Epic.status", Purpose.EPIC_STATE, _PAGE, "indeterminate"),
    "issues[].fields.parent.key": WireUse("Epic.parent", Purpose.BELONGING, _MEMORY, "ONB-3"),
    "issues[].fields.labels[]": WireUse(
        "Epic.labels, IssueRecord.labels", Purpose.BELONGING, _MEMORY, "okr-setup-rate"
    ),
    "issues[].fields.summary": WireUse("IssueRecord.summary", Purpose.OURS, _MEMORY, "Einrichtung ohne Hilfe"),
    "issues[].fields.issuelinks[].id": WireUse("LinkRecord.id", Purpose.OURS, _MEMORY, "10203"),
    "issues[].fields.issuelinks[].type.name": WireUse("LinkRecord.type", Purpose.OURS, _MEMORY, "Relates"),
    "issues[].fields.issuelinks[].inwardIssue.key": WireUse("LinkRecord.other", Purpose.OURS, _MEMORY, "ONB-12"),
    "issues[].fields.issuelinks[].outwardIssue.key": WireUse("LinkRecord.other", Purpose.OURS, _MEMORY, "ONB-12"),
    "issues[].properties.okr": WireUse("", Purpose.OURS, _MEMORY, "{…}"),
    "issues[].properties.okr.ref": WireUse(
        "IssueRecord.ref", Purpose.OURS, "resources.ref", "onboarding/2026-Q4/first-week"
    ),
    "issues[].properties.okr.digest": WireUse("IssueRecord.digest", Purpose.OURS, "resources.digest", "3f2a9c1b"),
    "nextPageToken": WireUse("Page.next", Purpose.READ_ON, _MEMORY, "CAEaAgg…"),
    "isLast": WireUse("Page.next", Purpose.READ_ON, _MEMORY, "true"),
    "warnings": WireUse("", Purpose.READ_ON, _MEMORY, "[…]"),
    "warnings[].type": WireUse("Page.partial", Purpose.READ_ON, _MEMORY, "LIMIT"),
}
_IDS: Final = {
    "issues[].id": WireUse("Page.records", Purpose.SERIES, "readings.units", "10012"),
    "nextPageToken": WireUse("Page.next", Purpose.READ_ON, _MEMORY, "CAEaAgg…"),
    "isLast": WireUse("Page.next", Purpose.READ_ON, _MEMORY, "true"),
    "warnings": WireUse("Page.partial", Purpose.READ_ON, _MEMORY, "[…]"),
}
_CREATED: Final = {
    "issues[].id": WireUse("CreatedIssue.id", Purpose.OURS, "resources.remote_id", "10012"),
    "issues[].key": WireUse("CreatedIssue.key", Purpose.OURS, _PAGE, "OKR-7"),
    "errors[].failedElementNumber": WireUse("", Purpose.REFUSAL, _MEMORY, "0"),
    "errors[].status": WireUse("Refusal.status", Purpose.REFUSAL, _MEMORY, "400"),
    "errors[].elementErrors": WireUse("Refusal.fields", Purpose.REFUSAL, _MEMORY, "{…}"),
}
_DIALOGS: Final = {
    "issueTypes[].id": WireUse("IssueTypeRecord.id", Purpose.SETTING_UP, _MEMORY, "10003"),
    "issueTypes[].name": WireUse("IssueTypeRecord.name", Purpose.SETTING_UP, _MEMORY, "Task"),
    "issueTypes[].hierarchyLevel": WireUse("IssueTypeRecord.level", Purpose.SETTING_UP, _MEMORY, "0"),
    "issueTypes[].subtask": WireUse("IssueTypeRecord.level", Purpose.SETTING_UP, _MEMORY, "false"),
    "issueLinkTypes[].name": WireUse("", Purpose.SETTING_UP, _MEMORY, "Relates"),
    "fields[].fieldId": WireUse("ScreenField.id", Purpose.SETTING_UP, _MEMORY, "labels"),
    "fields[].key": WireUse("ScreenField.id", Purpose.SETTING_UP, _MEMORY, "labels"),
    "fields[].required": WireUse("ScreenField.must_be_filled", Purpose.SETTING_UP, _MEMORY, "true"),
    "fields[].hasDefaultValue": WireUse("ScreenField.must_be_filled", Purpose.SETTING_UP, _MEMORY, "false"),
    "startAt": WireUse("Page.next", Purpose.READ_ON, _MEMORY, "0"),
    "total": WireUse("Page.next", Purpose.READ_ON, _MEMORY, "12"),
}
_REMOTE_LINKS: Final = {
    "globalId": WireUse("RemoteLinkRecord.global_id", Purpose.OURS, _MEMORY, "okr:onboarding/2026-Q4/first-week"),
    "object.url": WireUse("RemoteLinkRecord.url", Purpose.OURS, _MEMORY, "https://…/viewpage.action?pageId=98304"),
    "object.title": WireUse(
        "RemoteLinkRecord.title", Purpose.OURS, _MEMORY, "OKR-Planning · Team Onboarding · Q4 2026"
    ),
}
_WEBHOOKS: Final = {
    "url": WireUse("", Purpose.SETTING_UP, _MEMORY, "https://okr.example.com/webhooks/jira"),
    "self": WireUse("WebhookRecord.id", Purpose.SETTING_UP, _MEMORY, "…/webhook/12"),
    "enabled": WireUse("WebhookRecord.enabled", Purpose.SETTING_UP, _MEMORY, "true"),
    "isSigned": WireUse("WebhookRecord.signed", Purpose.SETTING_UP, _MEMORY, "true"),
    "excludeBody": WireUse("WebhookRecord.thin", Purpose.SETTING_UP, _MEMORY, "true"),
}
_FIELDS: Final = {
    "id": WireUse("EpicFields.name, EpicFields.above", Purpose.SETTING_UP, _MEMORY, "customfield_10011"),
    "schema.custom": WireUse("", Purpose.SETTING_UP, _MEMORY, "…:gh-epic-label"),
    "schema.type": WireUse("FieldKind", Purpose.GUARD, _MEMORY, "user"),
    "schema.items": WireUse("FieldKind", Purpose.GUARD, _MEMORY, "user"),
    "name": WireUse("FieldKind", Purpose.GUARD, _MEMORY, "Story point estimate"),
    "clauseNames[]": WireUse("FieldKind", Purpose.GUARD, _MEMORY, "cf[10010]"),
}
_PERMISSIONS: Final = {
    "permissions.*.key": WireUse("", Purpose.SETTING_UP, _MEMORY, "CREATE_ISSUES"),
    "permissions.*.havePermission": WireUse("", Purpose.SETTING_UP, _MEMORY, "true"),
    "projects[].key": WireUse("", Purpose.SETTING_UP, _MEMORY, "OKR"),
}
_PROJECT: Final = {
    "key": WireUse("ProjectRecord.key", Purpose.SETTING_UP, _MEMORY, "OKR"),
    "assigneeType": WireUse("ProjectRecord.assigns_by_default", Purpose.SETTING_UP, _MEMORY, "UNASSIGNED"),
    "issueTypes[].hierarchyLevel": WireUse("ProjectRecord.levels", Purpose.SETTING_UP, _MEMORY, "1"),
    "issueTypes[].subtask": WireUse("ProjectRecord.levels", Purpose.SETTING_UP, _MEMORY, "false"),
}
_GRANT: Final = {
    "access_token": WireUse("GrantedToken.token", Purpose.WAY_IN, _MEMORY, "…"),
    "expires_in": WireUse("GrantedToken.seconds", Purpose.WAY_IN, _MEMORY, "1800"),
    "scope": WireUse("GrantedToken.scopes", Purpose.SETTING_UP, _MEMORY, "read:jira-work"),
}
_REFUSAL: Final = {
    "message": WireUse("Refusal.fields", Purpose.REFUSAL, _MEMORY, "… 'title' …"),
    "data": WireUse("", Purpose.REFUSAL, _MEMORY, "{…}"),
    "errors": WireUse("", Purpose.REFUSAL, _MEMORY, "{…}"),
    "errors.*": WireUse("Refusal.fields", Purpose.REFUSAL, _MEMORY, "summary"),
    "errors[].title": WireUse("Refusal.title_taken", Purpose.REFUSAL, _MEMORY, "… title … exists …"),
    "errors[].detail": WireUse("Refusal.version", Purpose.REFUSAL, _MEMORY, "… version …"),
    "errors[].message": WireUse("Refusal.fields", Purpose.REFUSAL, _MEMORY, "… 'labels' …"),
    "errorMessages": WireUse("Refusal.fields", Purpose.REFUSAL, _MEMORY, "… 'labels' …"),
}

JIRA_USES: Final[Mapping[Body, Mapping[str, WireUse]]] = {
    Body.AUTOMATION: _AUTOMATION,
    Body.JIRA_EVENT: _EVENT,
    Body.ISSUES: _ISSUES,
    Body.ISSUE_IDS: _IDS,
    Body.CREATED: _CREATED,
    Body.DIALOGS: _DIALOGS,
    Body.FIELDS: _FIELDS,
    Body.REMOTE_LINKS: _REMOTE_LINKS,
    Body.WEBHOOKS: _WEBHOOKS,
    Body.PERMISSIONS: _PERMISSIONS,
    Body.PROJECT: _PROJECT,
    Body.GRANT: _GRANT,
    Body.REFUSAL: _REFUSAL,
}
