"""What Data Center's queries know: people by name, the links to epics and above, `parent` of sub-tasks alone."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from connector.sandbox.datacenter.jira_fields import EPIC_LINK, EPIC_NAME, PARENT_LINK, TEAM
from connector.sandbox.datacenter.jira_surroundings import above_epic, epic_of
from connector.sandbox.jira_clauses import CLOUD, Member, Vocabulary, of_team, refuse_call, unknown_value, wanted_issue
from connector.sandbox.jira_moments import Fields
from connector.sandbox.jira_query import Value
from connector.sandbox.jira_records import Issue
from connector.sandbox.jira_refusals import JiraRefusal
from connector.sandbox.jira_world import JiraWorld


def _wanted_person(world: JiraWorld, field: str, value: Value) -> Iterable[str]:
    if value.call and value.text.casefold() == "currentuser":
        return [world.people.service.account_id]
    refuse_call(field, value)
    found = world.people.named(value.text)
    if found is None:
        raise unknown_value(field, value)
    return [found.account_id]


def _wanted_text(world: JiraWorld, field: str, value: Value) -> Iterable[str]:
    refuse_call(field, value)
    return [value.text.casefold()]


def _standing(above: Callable[[Issue], Issue | None]) -> Member:
    return Member(has=lambda issue, fields: [str(one.id) for one in (above(issue),) if one], wanted=wanted_issue)


def _epic_name(issue: Issue, fields: Fields) -> list[str]:
    return [str(fields.get(EPIC_NAME, fields["summary"])).casefold()] if issue.level == 1 else []


def _by_name_and_number(name: str, field: str, member: Member) -> dict[str, Member]:
    return {name: member, f"cf[{field.removeprefix('customfield_')}]": member}


_MEMBERS: dict[str, Member] = {
    **{name: member for name, member in CLOUD.members.items() if "[" not in name},
    **{name: replace(CLOUD.members[name], wanted=_wanted_person) for name in ("assignee", "reporter", "creator")},
    "parent": _standing(lambda issue: issue.parent if issue.level < 0 else None),
    **_by_name_and_number("epic link", EPIC_LINK, _standing(epic_of)),
    **_by_name_and_number("parent link", PARENT_LINK, _standing(above_epic)),
    **_by_name_and_number("team", TEAM, of_team(TEAM)),
    **_by_name_and_number("epic name", EPIC_NAME, Member(has=_epic_name, wanted=_wanted_text)),
}
VOCABULARY = Vocabulary(
    members=_MEMBERS,
    dates={name: place for name, place in CLOUD.dates.items() if name != "statuscategorychangeddate"},
)


def lenient(warnings: list[str]) -> Vocabulary:
    """The same words, but values that name nothing are told in `warnings` and left out, not refused."""

    def forgiving(member: Member) -> Member:
        def wanted(world: JiraWorld, field: str, value: Value) -> Iterable[str]:
            try:
                return member.wanted(world, field, value)
            except JiraRefusal as refusal:
                warnings.extend(refusal.messages)
                return []

        return replace(member, wanted=wanted)

    return replace(VOCABULARY, members={name: forgiving(one) for name, one in _MEMBERS.items()})
