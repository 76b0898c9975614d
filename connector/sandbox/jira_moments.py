"""Points in time in JQL: dates in the caller's time zone, periods and functions."""

import operator
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from connector.sandbox.jira_query import Clause, Value
from connector.sandbox.jira_records import Issue
from connector.sandbox.jira_refusals import JiraRefusal
from connector.sandbox.jira_world import JiraWorld
from connector.sandbox.people import SERVICE_ZONE

Fields = dict[str, Any]
Test = Callable[[Issue, Fields], bool]

DATES = {
    "created": "created",
    "updated": "updated",
    "resolutiondate": "resolutiondate",
    "duedate": "duedate",
    "statuscategorychangeddate": "statuscategorychangedate",
}
"""The fields of time in JQL, and where their values stand in an issue."""


def date_test(world: JiraWorld, clause: Clause, name: str) -> Test:
    """The test of one clause about time, minute by minute; a JiraRefusal (400) for a date that is none."""
    value = clause.values[0]
    if clause.operator in ("is", "is not"):
        return lambda issue, fields: (fields.get(name) is None) is (clause.operator == "is")
    if clause.operator not in _COMPARED:
        raise JiraRefusal(400, f"The operator '{clause.operator}' is not supported by the '{clause.field}' field.")
    limit, compare = _moment(world, clause, value), _COMPARED[clause.operator]

    def holds(issue: Issue, fields: Fields) -> bool:
        if fields.get(name) is None:
            return False
        moment = datetime.fromisoformat(fields[name])
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(SERVICE_ZONE))
        return compare(moment, limit)

    return holds


_COMPARED: dict[str, Callable[[datetime, datetime], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "=": lambda moment, limit: moment.replace(second=0, microsecond=0) == limit,
    "!=": lambda moment, limit: moment.replace(second=0, microsecond=0) != limit,
}


def _moment(world: JiraWorld, clause: Clause, value: Value) -> datetime:
    now = world.clock.now().astimezone(ZoneInfo(SERVICE_ZONE))
    if value.call:
        return _function(now, value)
    relative = re.fullmatch(r"([+-]?\d+)([wdhm])", value.text)
    if relative:
        unit = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}[relative[2]]
        return now + timedelta(**{unit: int(relative[1])})
    for pattern in ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d"):
        try:
            return datetime.strptime(value.text, pattern).replace(tzinfo=ZoneInfo(SERVICE_ZONE))
        except ValueError:
            continue
    raise JiraRefusal(
        400,
        f"Date value '{value.text}' for field '{clause.field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', "
        "'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.",
    )


def _function(now: datetime, value: Value) -> datetime:
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    starts = {
        "now": now,
        "startofday": day,
        "endofday": day + timedelta(days=1, seconds=-1),
        "startofweek": day - timedelta(days=(day.weekday() + 1) % 7),
        "startofmonth": day.replace(day=1),
    }
    if value.text.casefold() not in starts or value.arguments:
        raise JiraRefusal(400, f"Unable to find JQL function '{value.text}({', '.join(value.arguments)})'.")
    return starts[value.text.casefold()]
