"""The only place where JQL is made: every value quoted, every foreign query judged before it is joined."""

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from mappings.calendar import IsoWeek
from mappings.jql_fields import FieldKind
from mappings.jql_guard import fields_to_look_up, judge
from mappings.jql_syntax import quoted
from mappings.jql_verdict import Accepted, Objection, Purpose, Refused
from mappings.labels import OURS, team_label

__all__ = [
    "Accepted",
    "FieldKind",
    "Objection",
    "Purpose",
    "Refused",
    "after_key",
    "changed_within",
    "concerning",
    "count_in_week",
    "epics_by_jql",
    "epics_by_keys",
    "epics_by_label",
    "epics_by_parent",
    "fields_to_look_up",
    "having",
    "in_key_order",
    "issues_by_id",
    "judge",
    "outside",
    "own_assigned",
    "own_issues",
]


def epics_by_label(projects: Iterable[str], labels: Iterable[str]) -> str:
    """Issues of these projects that carry one of the labels."""
    return f"{_one_of('project', projects)} AND {_one_of('labels', labels)}"


def epics_by_parent(projects: Iterable[str], parents: Iterable[str], above: str = "parent") -> str:
    """Issues of these projects right under one of the parents; on Data Center a custom field says what is `above`."""
    return f"{_one_of('project', projects)} AND {_one_of(_clause(above), parents)}"


def epics_by_keys(keys: Iterable[str]) -> str:
    """Issues by key; Jira refuses the whole query when one key does not exist."""
    return _one_of("key", keys)


def issues_by_id(ids: Iterable[str]) -> str:
    """Issues by their numeric ids."""
    return _one_of("id", ids)


def having(jql: str, field: str) -> str:
    """Of what a query finds, that in which a custom field is filled; only epics have an Epic Name."""
    return f"({jql}) AND {_clause(field)} IS NOT EMPTY"


def in_key_order(jql: str) -> str:
    """What a query finds, project after project, each by its numbers."""
    return f"{jql} ORDER BY key ASC"


def after_key(jql: str, key: str) -> str:
    """Of what a query finds, the issues of this key's project with a higher number."""
    return f"({jql}) AND key > {quoted(key)}"


def outside(jql: str, projects: Iterable[str]) -> str:
    """Of what a query finds, the issues of other projects."""
    listed = ", ".join(quoted(project) for project in sorted(set(projects)))
    return f"({jql}) AND project NOT IN ({listed})"


def epics_by_jql(projects: Iterable[str], query: Accepted | str) -> str:
    """Issues of these projects that a query matches; a bare text is judged first, a refused one is a ValueError."""
    verdict = judge(query, Purpose.EPICS) if isinstance(query, str) else query
    if isinstance(verdict, Refused):
        raise ValueError("this query of a book was not accepted")
    return f"{_one_of('project', projects)} AND ({verdict.jql})"


def changed_within(projects: Iterable[str], minutes: int) -> str:
    """Issues of these projects that were updated in the last minutes, by the site's own clock."""
    return f"{_one_of('project', projects)} AND updated >= {quoted(f'-{minutes}m')}"


def concerning(
    projects: Iterable[str],
    own_projects: Iterable[str],
    *,
    labels: Iterable[str] = (),
    parents: Iterable[str] = (),
    keys: Iterable[str] = (),
    queries: Iterable[Accepted] = (),
    whole: Iterable[str] = (),
    above: str = "parent",
) -> str:
    """Everything an event may concern: epics that a book maps, and issues of ours. For the filter of a webhook.

    `whole`: projects of teams that name their epics on pages, where only a run knows them.
    """
    named = (("labels", labels), (_clause(above), parents), ("key", keys))
    mapped = [_one_of(field, values) for field, values in ((f, tuple(v)) for f, v in named) if values]
    mapped += [f"({query.jql})" for query in queries]
    parts = [f"{_one_of('project', projects)} AND ({' OR '.join(mapped)})"] if mapped else []
    own, unnamed = tuple(own_projects), tuple(whole)
    parts += [_one_of("project", unnamed)] if unnamed else []
    parts += [own_issues(own)] if own else []
    return " OR ".join(f"({part})" for part in parts)


def own_issues(projects: Iterable[str], teams: Iterable[str] = ()) -> str:
    """Everything in these projects that carries our mark; with team ids, only what carries their label too."""
    ours = f"{_one_of('project', projects)} AND {_one_of('labels', (OURS,))}"
    labels = [team_label(team) for team in teams]
    return f"{ours} AND {_one_of('labels', labels)}" if labels else ours


def own_assigned(projects: Iterable[str]) -> str:
    """Our issues that somebody is assigned to, without asking who: the one constant person clause."""
    return f"{own_issues(projects)} AND assignee IS NOT EMPTY"


def count_in_week(query: Accepted, week: IsoWeek, timezone: ZoneInfo, site_timezone: ZoneInfo | None = None) -> str:
    """What came in during an ISO week that begins on Monday 00:00 in `timezone`.

    Jira reads days in the zone of the account that asks; `site_timezone` is that zone, by default the same one.
    """
    asking = site_timezone or timezone
    first, end = (_moment(start, timezone, asking) for start in (week, week.shifted(1)))
    return f"({query.jql}) AND created >= {quoted(first)} AND created < {quoted(end)}"


def _moment(week: IsoWeek, zone: ZoneInfo, asking: ZoneInfo) -> str:
    monday = datetime.combine(week.day(0), time(), tzinfo=zone).astimezone(asking)
    return monday.strftime("%Y-%m-%d %H:%M")


def _clause(field: str) -> str:
    """A field as a query names it: a custom one by its number."""
    number = field.removeprefix("customfield_")
    if number == field:
        return field
    if not number.isdecimal():
        raise ValueError("no id of a custom field")
    return f"cf[{number}]"


def _one_of(field: str, values: Iterable[str]) -> str:
    listed = sorted(set(values))
    if not listed:
        raise ValueError(f"a query by {field} needs at least one value")
    if any(not value.isprintable() or not value.strip() for value in listed):
        raise ValueError(f"a value for {field} is empty or holds a control character")
    if len(listed) == 1:
        return f"{field} = {quoted(listed[0])}"
    return f"{field} IN ({', '.join(quoted(value) for value in listed)})"
