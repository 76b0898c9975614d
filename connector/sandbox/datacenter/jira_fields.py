"""Data Center's field catalogue: the epics' fields, a bare team id, no hierarchy but by links."""

from connector.sandbox.jira_fields import CATALOGUE as CLOUD
from connector.sandbox.jira_fields import Field
from connector.sandbox.jira_records import IssueType

_TYPES = "com.atlassian.jira.plugin.system.customfieldtypes:"
_HOPPER = "com.pyxis.greenhopper.jira:"
EPIC_LINK, EPIC_NAME, PARENT_LINK = "customfield_10100", "customfield_10102", "customfield_10107"
TEAM = "customfield_10108"
CLOUD_ONLY = frozenset({"statusCategory", "statuscategorychangedate"})
UNLISTED = frozenset({"parent"})
"""Fields that can be written, and that the catalogue does not list."""
_TIMES = (
    ("timeestimate", "Remaining Estimate"),
    ("timeoriginalestimate", "Original Estimate"),
    ("aggregatetimespent", "Σ Time Spent"),
    ("aggregatetimeestimate", "Σ Remaining Estimate"),
    ("aggregatetimeoriginalestimate", "Σ Original Estimate"),
)


def _custom(number: int, name: str, kind: str, custom: str, items: str = "", *, settable: bool = True) -> Field:
    return Field(
        id=f"customfield_{number}",
        name=name,
        kind=kind,
        items=items,
        custom=custom if ":" in custom else _TYPES + custom,
        settable=settable,
    )


CATALOGUE: dict[str, Field] = {
    **{name: field for name, field in CLOUD.items() if not field.is_custom and name not in CLOUD_ONLY},
    **{
        field.id: field
        for field in (
            Field(id="issuekey", name="Key", kind="string"),
            Field(id="versions", name="Affects Version/s", kind="array", items="version"),
            Field(id="timetracking", name="Time Tracking", kind="timetracking", navigable=False),
            *(Field(id=name, name=title, kind="number") for name, title in _TIMES),
            _custom(10100, "Epic Link", "any", _HOPPER + "gh-epic-link"),
            _custom(10102, "Epic Name", "string", _HOPPER + "gh-epic-label"),
            _custom(10104, "Sprint", "array", _HOPPER + "gh-sprint", "string", settable=False),
            _custom(10105, "Rank", "any", _HOPPER + "gh-lexo-rank", settable=False),
            _custom(10106, "Story Points", "number", "float"),
            _custom(10107, "Parent Link", "any", "com.atlassian.jpo:jpo-custom-field-parent"),
            _custom(10108, "Team", "any", "com.atlassian.teams:rm-teams-custom-field-team"),
            _custom(10110, "Reviewer", "user", "userpicker"),
            _custom(10111, "Stakeholders", "array", "multiuserpicker", "user"),
            _custom(10112, "Circle", "group", "grouppicker"),
            _custom(10113, "Written by", "string", "textfield"),
            _custom(
                10114, "Request participants", "array", "com.atlassian.servicedesk:sd-request-participants", "user"
            ),
        )
    },
}

SCREEN = frozenset(field.id for field in CATALOGUE.values() if field.settable)
"""Everything a screen can show; a new project's screens show all of it."""


def unseen(kind: IssueType | None) -> frozenset[str]:
    """The fields that have no place on the screens of this type of issue."""
    level = kind.level if kind else 0
    hidden = {PARENT_LINK} if level < 1 else {EPIC_LINK}
    hidden |= {EPIC_NAME} if level != 1 else set()
    hidden |= {"parent"} if level >= 0 else {EPIC_LINK}
    return frozenset(hidden)


def needed(kind: IssueType) -> frozenset[str]:
    """The fields without which an issue of this type cannot be made."""
    return frozenset({EPIC_NAME}) if kind.level == 1 else frozenset()
