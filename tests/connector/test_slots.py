"""Every moment of a rhythm comes once: across clock changes, ISO years, restarts, second clocks, jumping clocks."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from connector.rings import Slot, SlotKind
from connector.slots import BEFORE_MEETING, LOOK_BACK, MORNING, due_slots, moment, next_slots
from mappings.calendar import IsoWeek, Rhythm, Weekday
from mappings.okr import (
    Cycle,
    Hypothesis,
    KeyResult,
    Language,
    MappingBook,
    Objective,
    Strategy,
    Team,
)

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kolkata", "Pacific/Apia")
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]


def cycles(first: int, last: int) -> tuple[Cycle, ...]:
    starts = [date(year, month, 1) for year in range(first, last + 1) for month in (1, 4, 7, 10)]
    ends = [start - timedelta(days=1) for start in [*starts[1:], date(last + 1, 1, 1)]]
    named = zip(starts, ends, strict=True)
    return tuple(Cycle(id=f"{s.year}-q{s.month // 3 + 1}", first=s, last=e) for s, e in named)


def team(name: str, zone: str, rhythm: Rhythm, all_cycles: tuple[Cycle, ...]) -> Team:
    hypothesis = Hypothesis(who="Households", does="find the number")
    objective = Objective(
        id="o",
        cycle="",
        title="Found",
        key_results=(KeyResult(id="k", hypothesis=hypothesis, indicators=()),),
    )
    return Team(
        id=name,
        name=name,
        size=5,
        language=Language.EN,
        timezone=ZoneInfo(zone),
        jira=None,
        space="X",
        rhythm=rhythm,
        objectives=tuple(replace(objective, cycle=cycle.id) for cycle in all_cycles),
    )


def book(teams: tuple[Team, ...], all_cycles: tuple[Cycle, ...]) -> MappingBook:
    strategy = Strategy(
        organisation="O",
        language=Language.EN,
        timezone=ZoneInfo("Europe/Berlin"),
        cycles=all_cycles,
        space="X",
        parent="OKR",
    )
    return MappingBook(strategy=strategy, teams=teams)


def meetings(rhythm: Rhythm, all_cycles: tuple[Cycle, ...]) -> Iterator[date]:
    """The oracle's own calendar: day by day, without ISO weeks but for their names."""
    for cycle in all_cycles:
        days = [cycle.first + timedelta(days=n) for n in range((cycle.last - cycle.first).days + 1)]
        yield from (day for day in days if day.weekday() == rhythm.check_in)


def oracle_moment(day: date, at: time, zone: str) -> datetime:
    """The first minute, counted in UTC, at which that zone's clocks show this time or have left it out."""
    wanted = datetime.combine(day, at)
    tick = datetime.combine(day, at, tzinfo=UTC) - timedelta(hours=16)
    while tick.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < wanted:
        tick += timedelta(minutes=15)
    return tick


def walk(shelf: MappingBook, begin: datetime, end: datetime, step: timedelta) -> dict[Slot, datetime]:
    """A clock that looks at the calendar now and then, and forgets everything once in a while, as after a restart."""
    served: dict[Slot, datetime] = {}
    now = begin
    while now < end:
        for due in due_slots(shelf, now):
            served.setdefault(due.slot, due.at)
        now += step
    return served


@pytest.mark.parametrize("zone", ZONES)
def test_a_local_time_has_one_moment_at_every_quarter_hour_around_clock_changes(zone):
    """Gaps are served at the same distance after the change, doubled hours at their first coming."""
    changes = [day for year in (2026, 2027, 2030) for day in change_days(zone, year)] or [date(2026, 3, 29)]
    for day in changes:
        for at in QUARTERS:
            ours, first = moment(day, at, ZoneInfo(zone)), oracle_moment(day, at, zone)
            exists = first.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(day, at)
            if exists:
                assert ours == first
            else:
                assert timedelta(0) <= ours - first <= timedelta(hours=24)


def change_days(zone: str, year: int) -> list[date]:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(364)]
    noon = [datetime.combine(day, time(12), tzinfo=ZoneInfo(zone)).utcoffset() for day in days]
    return [days[n] for n in range(1, len(days)) if noon[n] != noon[n - 1]]


@pytest.mark.parametrize("zone", ZONES)
def test_every_meeting_of_two_years_is_prepared_once_at_any_quarter_hour(zone):
    check_every_meeting(zone, 2026, 2027, QUARTERS[::13], timedelta(hours=19))


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("zone", ZONES)
def test_every_meeting_of_ten_years_is_prepared_once_at_every_quarter_hour(zone):
    check_every_meeting(zone, 2026, 2035, QUARTERS, timedelta(hours=11))


def check_every_meeting(zone: str, first: int, last: int, times: list[time], step: timedelta) -> None:
    all_cycles = cycles(first, last)
    rhythms = [Rhythm(check_in=Weekday(n % 5), at=at) for n, at in enumerate(times)]
    teams = tuple(team(f"t{n}", zone, rhythm, all_cycles) for n, rhythm in enumerate(rhythms))
    begin = datetime(first, 1, 1, tzinfo=UTC)
    served = walk(book(teams, all_cycles), begin, datetime(last, 12, 31, tzinfo=UTC), step)
    for one in teams:
        days = [day for day in meetings(one.rhythm, all_cycles) if date(first, 1, 12) < day < date(last, 12, 20)]
        for kind in (SlotKind.CHECK_IN, SlotKind.REFRESH):
            slots = {slot.slot for slot in served if slot.team == one.id and slot.kind is kind}
            assert {name(day) for day in days} <= slots
        for day in days:
            refresh = served[Slot(team=one.id, kind=SlotKind.REFRESH, slot=name(day))]
            local = (refresh + BEFORE_MEETING).astimezone(ZoneInfo(zone))
            assert local.date() == day or local.time() < one.rhythm.at  # a gap at midnight moves the day


def name(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def test_a_page_is_due_on_the_morning_of_the_working_day_before():
    all_cycles = cycles(2026, 2026)
    monday = team("m", "Europe/Berlin", Rhythm(check_in=Weekday.MONDAY, at=time(9)), all_cycles)
    due = {d.slot: d.at for d in due_slots(book((monday,), all_cycles), datetime(2026, 11, 23, 12, tzinfo=UTC))}
    friday = datetime.combine(date(2026, 11, 20), MORNING, tzinfo=ZoneInfo("Europe/Berlin"))
    assert due[Slot(team="m", kind=SlotKind.CHECK_IN, slot="2026-W48")] == friday


def test_a_quiet_week_has_no_slot_and_every_second_week_is_every_second_week():
    all_cycles = cycles(2026, 2026)
    quiet = Rhythm(check_in=Weekday.TUESDAY, at=time(9), quiet_weeks=frozenset({IsoWeek(2026, 48)}))
    second = Rhythm(check_in=Weekday.TUESDAY, at=time(9), every=2)
    shelf = book(
        (team("q", "Europe/Berlin", quiet, all_cycles), team("s", "Europe/Berlin", second, all_cycles)), all_cycles
    )
    served = walk(shelf, datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC), timedelta(hours=5))
    assert Slot(team="q", kind=SlotKind.CHECK_IN, slot="2026-W48") not in served
    weeks = sorted(s.slot for s in served if s.team == "s" and s.kind is SlotKind.CHECK_IN and s.slot > "2026-W40")
    assert weeks == [f"2026-W{n}" for n in range(41, 54, 2)]


def test_a_clock_that_jumps_or_was_away_names_each_moment_once():
    """Whatever two clocks see and in which order: the names are the same, so a ledger serves each once."""
    all_cycles = cycles(2026, 2027)
    rhythm = Rhythm(check_in=Weekday.WEDNESDAY, at=time(2, 30))
    shelf = book((team("t", "Europe/Berlin", rhythm, all_cycles),), all_cycles)
    steady = walk(shelf, datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC), timedelta(hours=3))
    dice = random.Random(7)
    jumping: dict[Slot, datetime] = {}
    now = datetime(2026, 9, 1, tzinfo=UTC)
    while now < datetime(2027, 6, 1, tzinfo=UTC):
        for due in due_slots(shelf, now + timedelta(hours=dice.choice((-25, -1, 0, 0, 1)))):
            jumping.setdefault(due.slot, due.at)
        now += timedelta(hours=dice.choice((1, 5, 40)))
    rhythms = {SlotKind.CHECK_IN, SlotKind.REFRESH}
    expected = {s: at for s, at in steady.items() if s.kind in rhythms and at < datetime(2027, 5, 25, tzinfo=UTC)}
    assert expected.items() <= jumping.items()


def test_what_is_older_than_the_look_back_is_let_be():
    all_cycles = cycles(2026, 2026)
    shelf = book((team("t", "Europe/Berlin", Rhythm(check_in=Weekday.TUESDAY, at=time(9)), all_cycles),), all_cycles)
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert all(now - LOOK_BACK < due.at <= now for due in due_slots(shelf, now))


def test_polling_slots_are_five_minutes_of_utc():
    all_cycles = cycles(2026, 2026)
    shelf = book((), all_cycles)
    now = datetime(2026, 11, 24, 12, 7, 31, tzinfo=UTC)
    polls = [d.slot.slot for d in due_slots(shelf, now, polling=True) if d.slot.kind is SlotKind.POLL]
    assert polls == ["2026-11-24T12:05"]


def test_the_next_moments_are_in_the_future_and_one_of_a_kind():
    all_cycles = cycles(2026, 2026)
    shelf = book((team("t", "Europe/Berlin", Rhythm(check_in=Weekday.TUESDAY, at=time(9)), all_cycles),), all_cycles)
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    coming = next_slots(shelf, now)
    assert all(due.at > now for due in coming)
    assert len({(due.slot.team, due.slot.kind) for due in coming}) == len(coming)
