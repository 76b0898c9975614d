"""Everything that came in, given to every reader of the boundary, as if each sender had mistaken the address."""

from collections.abc import Callable
from functools import partial
from typing import Final

from connector.privacy.canary_house import CanaryHouse
from connector.privacy.canary_payloads import LABEL
from connector.privacy.canary_sinks import gather_error, gather_records
from mappings import boundary
from mappings.records import EpicFields

_LABELS: Final = frozenset({LABEL})
_BODIES = 250  # of calls, and as many of answers
_READERS: Final[tuple[Callable[[bytes], object], ...]] = (
    partial(boundary.automation_event, variables={}),
    partial(boundary.confluence_event, variables={}),
    partial(boundary.jira_event, variables={}, labels=_LABELS),
    partial(boundary.created_issues, drafts=3),
    partial(boundary.refused_creates, drafts=3),
    partial(boundary.epics_page, labels=_LABELS),
    partial(boundary.fetched_epics, labels=_LABELS),
    partial(boundary.fetched_issues, link_types=frozenset({"Relates"})),
    partial(boundary.found_epics, labels=_LABELS, fields=EpicFields(name=None, above="customfield_10107")),
    partial(boundary.found_issue, link_types=frozenset({"Relates"})),
    partial(boundary.found_issues, link_types=frozenset({"Relates"})),
    partial(boundary.hooks, door="https://okr.example/webhooks/jira"),
    partial(boundary.issues_page, link_types=frozenset({"Relates"})),
    partial(boundary.link_types, names=frozenset({"Relates"})),
    partial(boundary.metric, pointer="/value"),
    partial(boundary.permissions, names=frozenset({"BROWSE_PROJECTS"})),
    partial(boundary.space_operations, names=frozenset({"create/page"})),
    partial(boundary.webhooks, door="https://okr.example/webhooks/jira"),
    boundary.ancestors_page,
    boundary.children_page,
    boundary.confluence_version,
    boundary.content_children,
    boundary.content_draft,
    boundary.content_labels,
    boundary.content_line,
    boundary.content_page,
    boundary.content_pages,
    boundary.content_put_away,
    boundary.content_spaces,
    boundary.content_version,
    boundary.content_versions,
    boundary.create_fields_page,
    boundary.create_screen_page,
    boundary.epic_fields,
    partial(boundary.field_kinds, wanted=frozenset({"customfield10010"})),
    boundary.for_some_only,
    boundary.found_ids,
    boundary.granted_token,
    boundary.hook,
    boundary.ids_page,
    boundary.is_cloud,
    boundary.issue_types_page,
    boundary.labels_page,
    boundary.page,
    boundary.page_draft,
    boundary.page_version,
    boundary.pages_page,
    boundary.permitted_projects,
    boundary.pictures,
    boundary.pages_put_away,
    boundary.project,
    boundary.pushed_reading,
    boundary.refusal,
    boundary.remote_links,
    boundary.server_version,
    boundary.spaces_page,
    boundary.versions_page,
    boundary.webhook,
)


def read_everything(house: CanaryHouse) -> None:
    """What every reader makes of every body: records as they print, errors as they are.

    The frames of a reader hold the bytes by their nature; what leaves it is what counts, so no local values here.
    """
    bodies = [call.body for call in house.sent[:_BODIES]] + house.peopled.planting.sent[-_BODIES:]
    for body in dict.fromkeys(bodies):
        for reader in _READERS:
            try:
                gather_records(house.gathered, [reader(body)])
            except Exception as error:
                gather_error(house.gathered, error, with_locals=False)
