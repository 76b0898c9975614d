"""A team's rhythm as a calendar: its check-ins, its review, its planning; nobody is invited, nothing rings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Event
from icalendar.prop import vDuration, vUri

from connector.pages.titles import check_in_title, cycle_label, planning_title
from connector.web.view_words import VIEW_WORDS
from mappings.calendar import Rhythm
from mappings.okr import Cycle, Strategy, Team, check_in_weeks

LENGTH: Final = timedelta(minutes=30)  # of a check-in, of which ten are for writing
_HOST: Final = "okr-connector"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One event; a day without a time takes the whole day."""

    uid: str
    title: str
    start: datetime | date


def moments(strategy: Strategy, team: Team, today: date) -> tuple[Moment, ...]:
    """What happens in the running cycle and the next one, the earliest first; a quiet week has nothing."""
    found: list[Moment] = []
    for cycle in near_cycles(strategy, today):
        found.append(_planning(strategy, team, cycle))
        rhythm = team.rhythm_in(cycle)
        if rhythm is not None:
            found += [*_check_ins(team, rhythm, cycle), *_reviews(team, rhythm, cycle)]
    return tuple(sorted(found, key=lambda moment: (moment.start.isoformat(), moment.uid)))


def near_cycles(strategy: Strategy, today: date) -> tuple[Cycle, ...]:
    """The running cycle and the one that follows; between two cycles only the latter."""
    ordered = sorted((cycle for cycle in strategy.cycles if cycle.last >= today), key=lambda cycle: cycle.first)
    running = [cycle for cycle in ordered if cycle.first <= today][:1]
    return (*running, *[cycle for cycle in ordered if cycle.first > today][:1])


def calendar(team: Team, events: tuple[Moment, ...], today: date, link: str | None) -> bytes:
    """The events as an iCalendar file in the team's zone; `link` leads to the page of the week."""
    drawn = Calendar()
    drawn.add("prodid", "-//okr-connector//calendar//EN")
    drawn.add("version", "2.0")
    drawn.add("x-wr-calname", VIEW_WORDS[team.language].calendar_name.format(team=team.name))
    drawn.add("refresh-interval", vDuration(timedelta(hours=12)), parameters={"VALUE": "DURATION"})
    for event in events:
        drawn.add_component(_event(event, today, link))
    years = [event.start.year for event in events] or [today.year]
    drawn.add_missing_timezones(first_date=date(min(years) - 1, 1, 1), last_date=date(max(years) + 2, 1, 1))
    return bytes(drawn.to_ical())


def _event(moment: Moment, today: date, link: str | None) -> Event:
    event = Event()
    event.add("uid", moment.uid)
    event.add("dtstamp", datetime.combine(today, time(), tzinfo=UTC))  # when it was asked for, as a day
    event.add("summary", moment.title)
    event.add("dtstart", moment.start)
    whole_day = not isinstance(moment.start, datetime)
    event.add("duration", timedelta(days=1) if whole_day else LENGTH)
    if whole_day:
        event.add("transp", "TRANSPARENT")
    if link is not None:
        event.add("url", vUri(link))
    return event


def _check_ins(team: Team, rhythm: Rhythm, cycle: Cycle) -> Iterator[Moment]:
    for week in check_in_weeks(rhythm, cycle):
        start = datetime.combine(week.day(rhythm.check_in), rhythm.at, tzinfo=team.timezone)
        title = check_in_title(team, week, team.language)
        yield Moment(uid=f"check-in-{week}-{team.id}@{_HOST}", title=title, start=start)


def _reviews(team: Team, rhythm: Rhythm, cycle: Cycle) -> Iterator[Moment]:
    title = VIEW_WORDS[team.language].review_title.format(team=team.name, cycle=cycle_label(cycle))
    for cycle_id, day in rhythm.reviews:
        if cycle_id.casefold() == cycle.id.casefold():
            yield Moment(uid=f"review-{cycle.id.casefold()}-{team.id}@{_HOST}", title=title, start=day)


def _planning(strategy: Strategy, team: Team, cycle: Cycle) -> Moment:
    """The day on which the planning page is there."""
    day = cycle.first - timedelta(weeks=strategy.planning_ahead)
    title = planning_title(team, cycle, team.language)
    return Moment(uid=f"planning-{cycle.id.casefold()}-{team.id}@{_HOST}", title=title, start=day)
