"""When teams meet that write their rhythm on their planning pages: kept as typed values, since clocks ask no site."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from mappings.calendar import Rhythm
from mappings.okr import MappingBook


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRhythm:
    """What is in force, or will be from a day on, of one planning page."""

    team: str
    cycle: str  # id, casefolded
    valid_from: date
    rhythm: Rhythm | None  # None: the team has not told when it meets


class RhythmLedger(Protocol):
    """Rhythms by team and cycle; every call is a transaction of its own."""

    def rhythms(self) -> tuple[WrittenRhythm, ...]:
        """Called by the clock, status, calendar and sync.engine: all of them."""

    def keep_rhythms(self, written: Iterable[WrittenRhythm]) -> None:
        """Called by sync.engine: replaces what was known of the same team and cycle."""


def keeping_time(book: MappingBook, written: Iterable[WrittenRhythm]) -> MappingBook:
    """The book with the rhythms that its teams wrote themselves, for whoever has to know when they meet.

    A team that writes in its file keeps that; one that has written nothing yet meets never, whatever its file says.
    """
    if not any(team.writes_itself for team in book.teams):
        return book
    cycles = {cycle.id.casefold(): cycle for cycle in book.strategy.cycles}
    by_team: dict[str, list[tuple[str, Rhythm]]] = defaultdict(list)
    for one in written:
        cycle = cycles.get(one.cycle)
        if cycle is not None and one.rhythm is not None:
            by_team[one.team].append((cycle.id, replace(one.rhythm, valid_from=one.valid_from)))
    teams = (
        replace(team, rhythm=None, rhythms=tuple(by_team[team.id])) if team.writes_itself else team
        for team in book.teams
    )
    return replace(book, teams=tuple(teams))
