"""The indicators that have a source of their own, each once, however many key results watch it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from connector.errors import Advice, Code, ConnectorError, PermanentError, TemporaryError
from mappings.indicators import Indicator, Reading
from mappings.okr import Cycle, Team, indicator_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One indicator of a team on the day of a run."""

    team: Team
    indicator: Indicator
    today: date  # in the team's zone
    cycles: tuple[Cycle, ...]  # in which an objective of the team watches it

    @property
    def ref(self) -> str:
        """`team/indicator`."""
        return indicator_ref(self.team, self.indicator)

    def watched_on(self, day: date) -> bool:
        """Whether the day lies in one of its cycles, in the first of them not before the plan holds."""
        first = min(self.cycles, key=lambda cycle: cycle.first, default=None)
        rhythm = self.team.rhythm_in(first) if first else None
        if rhythm and rhythm.valid_from and day < rhythm.valid_from:
            return False
        return any(cycle.contains(day) for cycle in self.cycles)

    def complaint(self, advice: Advice, *, passes: bool = False) -> "Complaint":
        """Why its source was not read; `passes`: the next run may do better by itself."""
        kind = TemporaryError if passes else PermanentError
        return Complaint(team=self.team.id, error=kind(Code.SOURCE_UNREADABLE, advice))


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A source that was not read; its team is served all the same, with the values that are known."""

    team: str
    error: ConnectorError


Outcome = Reading | Complaint


def watched(team: Team, today: date, cycles: Sequence[Cycle]) -> Iterator[Watched]:
    """The team's indicators in the order of the book; one that lives on in the next cycle stands here once."""
    found: dict[str, tuple[Indicator, list[str]]] = {}
    for objective in team.objectives:
        for key_result in objective.key_results:
            for indicator in key_result.indicators:
                found.setdefault(indicator.id, (indicator, []))[1].append(objective.cycle)
    for indicator, names in found.values():
        inside = tuple(cycle for cycle in cycles if cycle.id in names)
        yield Watched(team=team, indicator=indicator, today=today, cycles=inside)
