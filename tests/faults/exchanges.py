"""Every kind of call that this house makes of a site, in an order in which each finds what it is about."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from connector.errors import RequestRefused
from connector.gateways.sites import Sites
from connector.pages.regions import team_region
from connector.ports import IssueDraft, IssueEdit, RemoteLink
from connector.registrations import WebhookWish
from mappings.team_text import TeamText

Known = Mapping[str, Any]  # what earlier exchanges brought, by their names
Exchange = Callable[[Sites, Known], Any]

DOOR = "https://okr.example.com/webhooks/"
MARK = {"ref": "onboarding/2026-q4/first-week", "digest": "0123456789"}
NAME = "okr:onboarding/2026-q4/first-week"
PICTURE = b"\x89PNG\r\n\x1a\nkanarie"
BODY = TeamText(team_region("x", "<p>Anleitung</p>"))
NEXT = TeamText(team_region("x", "<p>Zweite Anleitung</p>"))
_QUERY = "project = ONB"
_OURS = 'labels = "okr-connector"'


def _draft(known: Known) -> IssueDraft:
    return IssueDraft(
        project="OKR",
        type_id=_type(known),
        summary="Kanarie",
        labels=("okr-connector",),
        description="Ein Absatz",
        unassign=True,
        **MARK,
    )


def _type(known: Known) -> str:
    return str(next(one.id for one in known["types"] if one.name == "Task"))


def _issue(known: Known) -> str:
    return str(known["create issues"][0].id)


def _page(known: Known) -> str:
    return str(known["create page"].id)


def _space(known: Known) -> str:
    return str(known["spaces"][0].id)


def _wish(product: str) -> WebhookWish:
    url, events = f"{DOOR}{product}", ("jira:issue_updated",) if product == "jira" else ("page_created",)
    return WebhookWish(name="okr", url=url, events=events, jql=_QUERY, secret="0123456789abcdef", thin=False)


def _in_confluence(do: Callable[[Any, Known], Any]) -> Exchange:
    """Where Confluence lets us register webhooks."""

    def exchange(at: Sites, known: Known) -> Any:
        registrations = at.page_registrations()
        return None if registrations is None else do(registrations, known)

    return exchange


def _operations(at: Sites, known: Known) -> Any:
    """Data Center's are told beside everybody's rights only, so it is not asked."""
    with suppress(RequestRefused):
        return at.confluence_inspection.space_operations(_space(known), frozenset({"create page"}))
    return None


EXCHANGES: dict[str, Exchange] = {
    "release": lambda at, known: at.jira_inspection.release(),
    "permissions": lambda at, known: at.jira_inspection.permissions(frozenset({"EDIT_ISSUES"}), "OKR"),
    "projects to write": lambda at, known: at.jira_inspection.projects_to_write(),
    "confluence release": lambda at, known: at.confluence_inspection.release(),
    "project": lambda at, known: at.jira_inspection.project("OKR"),
    "link types": lambda at, known: at.jira_inspection.link_types(frozenset({"Relates"})),
    "types": lambda at, known: at.jira.issue_types("OKR"),
    "screen": lambda at, known: at.jira.create_fields("OKR", _type(known)),
    "fields": lambda at, known: at.jira.field_kinds(frozenset({"summary"})),
    "create issues": lambda at, known: at.jira.create_issues([_draft(known)]),
    "edit": lambda at, known: at.jira.edit_issue(_issue(known), IssueEdit(summary="Neu", **MARK)),
    "clear": lambda at, known: at.jira.clear_assignee(_issue(known)),
    "link": lambda at, known: at.jira.link_issues("Relates", _issue(known), "ONB-12"),
    "epics": lambda at, known: at.jira.epics(_QUERY, frozenset()),
    "epics by key": lambda at, known: at.jira.epics_by_key(["ONB-12"], frozenset()),
    "find issues": lambda at, known: at.jira.find_issues(_OURS),
    "issues": lambda at, known: at.jira.issues([_issue(known)]),
    "count": lambda at, known: at.jira.count(_QUERY),
    "put link": lambda at, known: at.jira.put_remote_link(
        _issue(known), RemoteLink(global_id=NAME, url="https://wiki.example/1", title="Planung")
    ),
    "read link": lambda at, known: at.jira.remote_link(_issue(known), NAME),
    "spaces": lambda at, known: at.confluence.spaces(["OKR"]),
    "space operations": _operations,
    "create page": lambda at, known: at.confluence.create_page(_space(known), None, "Kanarie", BODY),
    "pages": lambda at, known: at.confluence.pages([_page(known)]),
    "update page": lambda at, known: at.confluence.update_page(known["pages"][0], NEXT),
    "versions": lambda at, known: at.confluence.versions([_page(known)]),
    "find pages": lambda at, known: at.confluence.find_pages([_space(known)], "Kanarie"),
    "earlier page": lambda at, known: at.confluence.page_version(_page(known), 1),
    "draft": lambda at, known: at.confluence.draft(_page(known)),
    "children": lambda at, known: at.confluence.children(_page(known)),
    "restricted": lambda at, known: at.confluence.restricted([_page(known)]),
    "add labels": lambda at, known: at.confluence.add_labels(_page(known), ["okr"]),
    "labels": lambda at, known: at.confluence.labels(_page(known)),
    "attach": lambda at, known: at.confluence.attach(_page(known), "okr.png", PICTURE),
    "attach again": lambda at, known: at.confluence.attach(_page(known), "okr.png", PICTURE + b"2"),
    "register": lambda at, known: at.registrations.register(_wish("jira")),
    "registered": lambda at, known: at.registrations.registered(f"{DOOR}jira"),
    "unregister": lambda at, known: at.registrations.remove(known["register"].id),
    "register pages": _in_confluence(lambda at, known: at.register(_wish("confluence"))),
    "registered pages": _in_confluence(lambda at, known: at.registered(f"{DOOR}confluence")),
    "unregister pages": _in_confluence(lambda at, known: at.remove(known["register pages"].id)),
    "unlink": lambda at, known: at.issue_marks.unlink(known["issues"][0].links[0].id),
    "unlink page": lambda at, known: at.issue_marks.unlink_page(_issue(known), NAME),
    "remove labels": lambda at, known: at.issue_marks.remove_labels(_issue(known), ["okr-connector"]),
    "remove mark": lambda at, known: at.issue_marks.remove_mark(_issue(known)),
    "remove label": lambda at, known: at.page_marks.remove_label(_page(known), "okr"),
}
