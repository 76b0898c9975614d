"""The only place where JQL is made: every value quoted, every foreign query judged before it is joined."""

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from mappings.calendar import IsoWeek
from mappings.jql_guard import judge
from mappings.jql_syntax import quoted
from mappings.jql_verdict import Accepted, Objection, Purpose, Refused
from mappings.labels import OURS, team_label

__all__ = [
    "Accepted",
    "Objection",
    "Purpose",
    "Refused",
    "changed_within",
    "concerning",
    "count_in_week",
    "epics_by_jql",
    "epics_by_keys",
    "epics_by_label",
    "epics_by_parent",
    "judge",
    "own_assigned",
    "own_issues",
]


def epics_by_label(projects: Iterable[str], labels: Iterable[str]) -> str:
    """Issues of these projects that carry one of the labels."""
    return f"{_one_of('project', projects)} AND {_one_of('labels', labels)}"


def epics_by_parent(projects: Iterable[str], parents: Iterable[str]) -> str:
    """Issues of these projects right under one of the parents."""
    return f"{_one_of('project', projects)} AND {_one_of('parent', parents)}"


def epics_by_keys(keys: Iterable[str]) -> str:
    """Issues by key; Jira refuses the whole query when one key does not exist."""
    return _one_of("key", keys)


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
) -> str:
    """Everything an event may concern: epics that a book maps, and issues of ours. For the filter of a webhook."""
    named = (("labels", labels), ("parent", parents), ("key", keys))
    mapped = [_one_of(field, values) for field, values in ((f, tuple(v)) for f, v in named) if values]
    mapped += [f"({query.jql})" for query in queries]
    parts = [f"{_one_of('project', projects)} AND ({' OR '.join(mapped)})"] if mapped else []
    own = tuple(own_projects)
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


def _one_of(field: str, values: Iterable[str]) -> str:
    listed = sorted(set(values))
    if not listed:
        raise ValueError(f"a query by {field} needs at least one value")
    if any(not value.isprintable() or not value.strip() for value in listed):
        raise ValueError(f"a value for {field} is empty or holds a control character")
    if len(listed) == 1:
        return f"{field} = {quoted(listed[0])}"
    return f"{field} IN ({', '.join(quoted(value) for value in listed)})"
