"""Weeks and days as teams speak of them: the ISO week is the finest time that is kept about work."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import IntEnum
from typing import Self

_WEEK = re.compile(r"(\d{4})-W(\d{2})\Z")


class Weekday(IntEnum):
    """A working day, Monday = 0 as in `date.weekday()`; check-ins are never on a weekend."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4


@dataclass(frozen=True, slots=True, order=True)
class IsoWeek:
    """One ISO week; `year` is the ISO year, which differs from the calendar year around New Year."""

    year: int
    week: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.week, 1)  # raises ValueError for a week that year does not have

    @classmethod
    def of(cls, day: date) -> Self:
        """The week in which `day` lies."""
        year, week, _ = day.isocalendar()
        return cls(year, week)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `2026-W48`; anything else is a ValueError."""
        match = _WEEK.match(text)
        if match is None:
            raise ValueError("a week is written like 2026-W48")
        return cls(int(match[1]), int(match[2]))

    def day(self, weekday: int) -> date:
        """The date of a weekday (Monday = 0) in this week."""
        return date.fromisocalendar(self.year, self.week, weekday + 1)

    def shifted(self, weeks: int) -> "IsoWeek":
        """The week `weeks` later, or earlier when negative."""
        return IsoWeek.of(self.day(0) + timedelta(weeks=weeks))

    def until(self, last: "IsoWeek") -> "Iterator[IsoWeek]":
        """This week and every later one up to and including `last`."""
        week = self
        while week <= last:
            yield week
            week = week.shifted(1)

    def __str__(self) -> str:
        return f"{self.year}-W{self.week:02d}"


def working_day_before(day: date) -> date:
    """The last day from Monday to Friday before `day`."""
    before = day - timedelta(days=1)
    while before.weekday() > Weekday.FRIDAY:
        before -= timedelta(days=1)
    return before


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a team meets on its OKRs; the first check-in of a cycle is in the cycle's first week."""

    check_in: Weekday
    at: time
    every: int = 1  # weeks
    reviews: tuple[tuple[str, date], ...] = ()  # (cycle id, day)
    quiet_weeks: frozenset[IsoWeek] = frozenset()
    valid_from: date | None = None  # no check-in before that day; None: from the cycle's first day on
