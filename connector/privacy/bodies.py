"""Which bodies of others we read: each shape of the boundary belongs to one, at its place within it."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from connector.privacy.words import Both


class Body(Enum):
    """Something that is sent to us, or answered."""

    JIRA_EVENT = "jira-event"
    CONFLUENCE_EVENT = "confluence-event"
    AUTOMATION = "automation-call"
    READING = "pushed-reading"
    METRIC = "metric-answer"
    ISSUES = "jira-issues"
    ISSUE_IDS = "jira-ids"
    CREATED = "jira-created"
    DIALOGS = "jira-dialogs"
    REMOTE_LINKS = "jira-remote-links"
    WEBHOOKS = "jira-webhooks"
    PERMISSIONS = "jira-permissions"
    PROJECT = "jira-project"
    FIELDS = "jira-fields"
    SERVER = "jira-server"
    GRANT = "granted-token"
    RELEASE = "confluence-server"
    SPACES = "confluence-spaces"
    OPERATIONS = "confluence-operations"
    PAGES = "confluence-pages"
    CHILDREN = "confluence-children"
    LABELS = "confluence-labels"
    PICTURES = "confluence-pictures"
    RIGHTS = "confluence-rights"
    REFUSAL = "refusal"

    @property
    def title(self) -> Both:
        """What people call it."""
        return _TITLES[self]


_TITLES: Final[Mapping[Body, Both]] = {
    Body.JIRA_EVENT: Both("Ereignis aus Jira (Webhook)", "Event of Jira (webhook)"),
    Body.CONFLUENCE_EVENT: Both("Ereignis aus Confluence (Webhook)", "Event of Confluence (webhook)"),
    Body.AUTOMATION: Both("Aufruf einer Automation-Regel", "Call of an Automation rule"),
    Body.READING: Both("Gemeldeter Wert: sein Tag", "Pushed value: its day"),
    Body.METRIC: Both(
        "Zahl eines Messwert-Dienstes oder gemeldete Zahl", "Figure of an endpoint, or one that is pushed"
    ),
    Body.ISSUES: Both("Jira: Epics und unsere Issues", "Jira: epics and our issues"),
    Body.ISSUE_IDS: Both("Jira: Zählung und Nummern", "Jira: counts and ids"),
    Body.CREATED: Both("Jira: Bestätigung angelegter Issues", "Jira: confirmation of created issues"),
    Body.DIALOGS: Both("Jira: Anlege-Masken und Linktypen", "Jira: create screens and link types"),
    Body.REMOTE_LINKS: Both("Jira: Links von unseren Issues zu Seiten", "Jira: links from our issues to pages"),
    Body.WEBHOOKS: Both("Unsere Webhooks", "Our webhooks"),
    Body.PERMISSIONS: Both("Jira: eigene Rechte des Dienstkontos", "Jira: the service account's own permissions"),
    Body.PROJECT: Both("Jira: Einstellungen eines Projekts", "Jira: a project's settings"),
    Body.FIELDS: Both("Jira: welche Felder es gibt", "Jira: which fields there are"),
    Body.SERVER: Both("Jira: welches Produkt antwortet", "Jira: which product answers"),
    Body.GRANT: Both("Zugangstoken des Dienstkontos", "Access token of the service account"),
    Body.PICTURES: Both("Confluence Data Center: Bild einer Seite", "Confluence Data Center: the picture of a page"),
    Body.RELEASE: Both("Confluence: welche Version antwortet", "Confluence: which release answers"),
    Body.SPACES: Both("Confluence: Bereiche", "Confluence: spaces"),
    Body.OPERATIONS: Both("Confluence: eigene Rechte im Bereich", "Confluence: our rights in a space"),
    Body.PAGES: Both("Confluence: unsere Seiten", "Confluence: our pages"),
    Body.CHILDREN: Both("Confluence: Seiten unter einer Seite", "Confluence: pages below a page"),
    Body.LABELS: Both("Confluence: Stichwörter einer Seite", "Confluence: labels of a page"),
    Body.RIGHTS: Both("Confluence: ob eine Seite nur für einige ist", "Confluence: whether a page is for some only"),
    Body.REFUSAL: Both("Fehlerantwort", "Error answer"),
}

BODIES: Final[Mapping[tuple[str, str], tuple[Body, str]]] = {
    ("automation_events", "_CALL"): (Body.AUTOMATION, ""),
    ("confluence", "_ONE_PAGE"): (Body.PAGES, ""),
    ("confluence", "_PAGES"): (Body.PAGES, ""),
    ("confluence", "_SPACES"): (Body.SPACES, ""),
    ("confluence_datacenter", "_ONE_PAGE"): (Body.PAGES, ""),
    ("confluence_datacenter", "_PAGES"): (Body.PAGES, ""),
    ("confluence_datacenter", "_PICTURES"): (Body.PICTURES, ""),
    ("confluence_datacenter", "_SPACES"): (Body.SPACES, ""),
    ("confluence_datacenter", "_STANDING"): (Body.RIGHTS, ""),
    ("confluence_events", "_EVENT"): (Body.CONFLUENCE_EVENT, ""),
    ("confluence_rights", "_ANCESTORS"): (Body.RIGHTS, ""),
    ("confluence_rights", "_RIGHTS"): (Body.RIGHTS, ""),
    ("confluence_shape", "_CHILDREN"): (Body.CHILDREN, ""),
    ("confluence_shape", "_DATED"): (Body.PAGES, ""),
    ("confluence_shape", "_DATED_PAGES"): (Body.PAGES, ""),
    ("confluence_shape", "_LABELS"): (Body.LABELS, ""),
    ("granted_token", "_GRANTED"): (Body.GRANT, ""),
    ("inspection", "_OPERATIONS"): (Body.OPERATIONS, ""),
    ("inspection", "_PERMISSIONS"): (Body.PERMISSIONS, ""),
    ("inspection", "_PERMITTED"): (Body.PERMISSIONS, ""),
    ("inspection", "_PROJECTS"): (Body.PROJECT, ""),
    ("inspection", "_RELEASE"): (Body.RELEASE, ""),
    ("inspection", "_SCREENS"): (Body.DIALOGS, ""),
    ("jira_creates", "_BULK"): (Body.CREATED, ""),
    ("jira_creates", "_FIELDS"): (Body.DIALOGS, ""),
    ("jira_creates", "_LINK_TYPES"): (Body.DIALOGS, ""),
    ("jira_creates", "_REMOTE_LINKS"): (Body.REMOTE_LINKS, ""),
    ("jira_creates", "_TYPES"): (Body.DIALOGS, ""),
    ("jira_datacenter", "_ABOVE"): (Body.ISSUES, "issues[].fields.*"),
    ("jira_datacenter", "_BY_FIELD"): (Body.ISSUES, "issues[].fields"),
    ("jira_datacenter", "_FIELDS"): (Body.ISSUES, "issues[].fields"),
    ("jira_datacenter", "_FIELD_LIST"): (Body.FIELDS, ""),
    ("jira_fields", "_LIST"): (Body.FIELDS, ""),
    ("jira_datacenter", "_ONE"): (Body.ISSUES, "issues[]"),
    ("jira_datacenter", "_SEARCH"): (Body.ISSUES, ""),
    ("jira_datacenter", "_SERVER"): (Body.SERVER, ""),
    ("jira_datacenter", "_WRITTEN"): (Body.ISSUES, "issues[].properties.okr"),
    ("jira_events", "_CHANGES"): (Body.JIRA_EVENT, "changelog"),
    ("jira_events", "_EVENT"): (Body.JIRA_EVENT, ""),
    ("jira_events", "_TEXT"): (Body.JIRA_EVENT, "changelog.items[].fromString"),
    ("jira_issues", "_FETCHED"): (Body.ISSUES, ""),
    ("jira_issues", "_ID_SEARCH"): (Body.ISSUE_IDS, ""),
    ("jira_issues", "_MARK"): (Body.ISSUES, "issues[].properties.okr"),
    ("jira_issues", "_SEARCH"): (Body.ISSUES, ""),
    ("jira_issues", "_WARNINGS"): (Body.ISSUES, "warnings[]"),
    ("jira_webhooks", "_LISTED"): (Body.WEBHOOKS, ""),
    ("jira_webhooks", "_MADE"): (Body.WEBHOOKS, ""),
    ("metric", "_LIST"): (Body.METRIC, "…"),
    ("metric", "_OBJECT"): (Body.METRIC, "…"),
    ("metric", "_WHOLE"): (Body.METRIC, "…"),
    ("pushed_reading", "_DAY"): (Body.READING, ""),
    ("refusal", "_BODY"): (Body.REFUSAL, ""),
    ("refusal", "_BY_FIELD"): (Body.REFUSAL, "errors"),
    ("refusal", "_ITEMS"): (Body.REFUSAL, "errors[]"),
    ("refusal", "_TEXT"): (Body.REFUSAL, "errors[].message"),
    ("refusal", "_TEXTS"): (Body.REFUSAL, "errorMessages"),
    ("webhooks_datacenter", "_CONFIGURED"): (Body.WEBHOOKS, "configuration"),
    ("webhooks_datacenter", "_LISTED"): (Body.WEBHOOKS, ""),
    ("webhooks_datacenter", "_MADE"): (Body.WEBHOOKS, ""),
}
