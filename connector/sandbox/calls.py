"""What customers of the example organisation ask in the project SUP, as many calls a week as its pages show."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from connector.sandbox.jira_world import JiraWorld
from connector.sandbox.people import SERVICE_ZONE, People

CALLS = {
    "einrichtung": (112, 97, 124, 118, 131, 122, 127, 119),
    "meter-reading": (44, 49, 58, 61, 66, 63, 65, 64),
}
"""Calls a week by label; the newest whole week first."""

WEEKS = len(CALLS["einrichtung"])
_ASKED = {
    "einrichtung": (
        "Ich finde meine Zählernummer nicht",
        "Bei Schritt 3 geht es nicht weiter, bitte {0} zurückrufen",
        "Der Brief zum Tarifwechsel passt nicht zur Anleitung",
        "Wo trage ich den Zählerstand ein?",
    ),
    "meter-reading": (
        "Which of the two numbers is the reading?",
        "The photo was refused, {5} took it again",
    ),
}
_DAYS = (5, 0, 1, 5, 2, 3, 5, 4)  # most people call on Saturdays, when the letter is in the box


class _Call(NamedTuple):
    created: datetime
    label: str
    summary: str


def take_calls(jira: JiraWorld, people: People, monday: date, ago: int) -> None:
    """People note the calls of the week that begins on that Monday, `ago` weeks before the newest whole one."""
    note_calls(jira, people, monday, {label: counts[ago] for label, counts in CALLS.items()})


def note_calls(jira: JiraWorld, people: People, monday: date, counts: Mapping[str, int]) -> None:
    """People note so many calls by label in the week that begins on that Monday."""
    names = [people.nth(number).name for number in range(len(people))]
    for call in sorted(_calls(monday, counts)):
        jira.add_issue(
            project="SUP",
            type="Task",
            summary=call.summary.format(*names),
            labels=(call.label,),
            created=call.created,
        )


def monday_of(moment: datetime) -> date:
    """The Monday of the week in which the moment lies for the people of the site."""
    day = moment.astimezone(ZoneInfo(SERVICE_ZONE)).date()
    return day - timedelta(days=day.weekday())


def _calls(monday: date, counts: Mapping[str, int]) -> Iterator[_Call]:
    for label, count in counts.items():
        asked = _ASKED[label]
        for place in range(count):
            day = monday + timedelta(days=_DAYS[place % len(_DAYS)])
            at = time(8 + place * 7 % 10, place * 13 % 60)
            created = datetime.combine(day, at, tzinfo=ZoneInfo(SERVICE_ZONE))
            yield _Call(created, label, asked[place % len(asked)])
