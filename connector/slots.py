"""Which moments of the teams' rhythms are due: computed from calendars in each team's zone, never from timers. Pure.

A moment is known by the week or day it belongs to. A local time that a clock change leaves out is served by the same
distance after the change, one that comes twice at its first coming; either way its name exists once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from connector.rings import EVERYBODY, Slot, SlotKind
from mappings.calendar import IsoWeek, Rhythm, working_day_before
from mappings.okr import Cycle, MappingBook, Strategy, Team, check_in_weeks

MORNING = time(7)
NIGHT = time(4)  # no zone changes its clocks then
LATER_AT_NIGHT = time(4, 30)
BEFORE_MEETING = timedelta(minutes=30)
POLL_EVERY = timedelta(minutes=5)
LOOK_BACK = timedelta(days=8)  # a clock that was away longer makes the current week's page and lets the others be

_MINUTE = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A slot and its moment."""

    slot: Slot
    at: datetime  # aware, UTC


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment of a local time, in UTC."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def due_slots(book: MappingBook, now: datetime, *, polling: bool = False) -> tuple[Due, ...]:
    """Every slot whose moment has come within the last days, the earliest first."""
    found = [due for team in book.teams for due in _team_slots(book.strategy, team, now)]
    found += _organisation_slots(book.strategy, now)
    if polling:
        found.append(_poll(now))
    return tuple(sorted((d for d in found if now - LOOK_BACK < d.at <= now), key=lambda d: (d.at, d.slot.team)))


def next_slots(book: MappingBook, now: datetime) -> tuple[Due, ...]:
    """Per team and kind the next moment of the rhythm, for people to see."""
    horizon = now + LOOK_BACK
    coming: dict[tuple[str, SlotKind], Due] = {}
    for team in book.teams:
        for due in _team_slots(book.strategy, team, horizon):
            key = (due.slot.team, due.slot.kind)
            if due.at > now and (key not in coming or due.at < coming[key].at):
                coming[key] = due
    return tuple(sorted(coming.values(), key=lambda due: (due.at, due.slot.team)))


def _team_slots(strategy: Strategy, team: Team, now: datetime) -> Iterator[Due]:
    today = now.astimezone(team.timezone).date()
    near = [c for c in strategy.cycles if c.first - timedelta(weeks=60) <= today <= c.last + LOOK_BACK]
    for cycle in near:
        ahead = cycle.first - timedelta(weeks=strategy.planning_ahead)
        yield _due(team.id, SlotKind.PLANNING, IsoWeek.of(ahead), moment(ahead, MORNING, team.timezone))
        rhythm = team.rhythm_in(cycle)
        if rhythm is not None:
            yield from _cycle_slots(team, rhythm, cycle, today)
    for rhythm in filter(None, (team.rhythm, *dict(team.rhythms).values())):
        for _, day in rhythm.reviews:
            yield _due(
                team.id, SlotKind.REVIEW, IsoWeek.of(day), moment(working_day_before(day), MORNING, team.timezone)
            )


def _cycle_slots(team: Team, rhythm: Rhythm, cycle: Cycle, today: date) -> Iterator[Due]:
    if rhythm.valid_from is not None:  # the day from which a planning page holds
        begins = moment(rhythm.valid_from, MORNING, team.timezone)
        yield _due(team.id, SlotKind.PLANNING, rhythm.valid_from, begins)
    for week in check_in_weeks(rhythm, cycle):
        if abs((week.day(0) - today).days) <= 2 * LOOK_BACK.days:
            yield from _meeting_slots(team, rhythm, week)


def _meeting_slots(team: Team, rhythm: Rhythm, week: IsoWeek) -> Iterator[Due]:
    meeting = week.day(rhythm.check_in)
    made = moment(working_day_before(meeting), MORNING, team.timezone)
    yield _due(team.id, SlotKind.CHECK_IN, week, made)
    yield _due(team.id, SlotKind.REFRESH, week, moment(meeting, rhythm.at, team.timezone) - BEFORE_MEETING)


def _organisation_slots(strategy: Strategy, now: datetime) -> Iterator[Due]:
    today = now.astimezone(strategy.timezone).date()
    for back in range(2):
        day = today - timedelta(days=back)
        for kind, at in ((SlotKind.NIGHTLY, NIGHT), (SlotKind.RETENTION, LATER_AT_NIGHT)):
            yield _due(EVERYBODY, kind, day, moment(day, at, strategy.timezone))


def moment_of_poll(slot: Slot) -> datetime:
    """The moment a poll is named after, in UTC."""
    return datetime.strptime(slot.slot, _MINUTE).replace(tzinfo=UTC)


def _poll(now: datetime) -> Due:
    late = now.minute % int(POLL_EVERY.total_seconds() // 60)
    minute = now.replace(second=0, microsecond=0, minute=now.minute - late)
    return Due(slot=Slot(team=EVERYBODY, kind=SlotKind.POLL, slot=minute.strftime(_MINUTE)), at=minute)


def _due(team: str, kind: SlotKind, label: IsoWeek | date, at: datetime) -> Due:
    return Due(slot=Slot(team=team, kind=kind, slot=str(label)), at=at)
