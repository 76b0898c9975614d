"""What a run did, in counts; the only thing of a run that is printed, kept and compared."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from connector.errors import OF_SOURCES, ConnectorError
from connector.ports import RequestCounts
from connector.sync.notes import Note
from connector.sync.plan import Effect, Plan, Step, Trouble, counted
from connector.sync.refs import ORGANISATION


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamReport:
    """One team in one run; `*` stands for what belongs to all."""

    team: str
    created: int = 0
    updated: int = 0
    retired: int = 0
    unchanged: int = 0
    drift: int = 0
    errors: tuple[ConnectorError, ...] = ()

    @property
    def served(self) -> bool:
        """Whether everything was done, but for a source that was not read."""
        return all(error.code in OF_SOURCES for error in self.errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """One run."""

    run: int
    teams: tuple[TeamReport, ...]
    requests: RequestCounts
    postponed: tuple[tuple[str, datetime], ...] = ()  # teams whose page waits for its moment, and when that is
    notes: tuple[Note, ...] = ()  # what people may want to look at

    @property
    def failed(self) -> bool:
        """Whether no team could be served."""
        return not any(team.served for team in self.teams)

    @property
    def partly(self) -> bool:
        """Whether some team could not be served."""
        return any(team.errors for team in self.teams)


def team_reports(plan: Plan, done: Iterable[Step], troubles: Iterable[Trouble]) -> tuple[TeamReport, ...]:
    """The plan's teams with what was really done."""
    finished: dict[str, list[Step]] = defaultdict(list)
    for step in done:
        finished[step.team].append(step)
    unchanged, drift = Counter(team for team, _ in plan.unchanged), Counter(drift.team for drift in plan.drift)
    errors = errors_by_team(troubles)

    def report(team: str) -> TeamReport:
        counts = counted(finished[team])
        return TeamReport(
            team=team,
            created=counts[Effect.CREATED],
            updated=counts[Effect.UPDATED],
            retired=counts[Effect.RETIRED],
            unchanged=unchanged[team],
            drift=drift[team],
            errors=errors.get(team, ()),
        )

    return tuple(report(team) for team in _teams(plan, errors))


def _teams(plan: Plan, errors: Mapping[str, tuple[ConnectorError, ...]]) -> tuple[str, ...]:
    """The teams of the run, first what belongs to all; teams that only appear in a step or an error come last."""
    others = [step.team for step in plan.steps] + list(errors)
    return tuple(dict.fromkeys((ORGANISATION, *plan.teams, *others)))


def errors_by_team(troubles: Iterable[Trouble]) -> dict[str, tuple[ConnectorError, ...]]:
    """Errors by team in the order in which they came, each message once."""
    found: dict[str, dict[str, ConnectorError]] = {}
    for trouble in troubles:
        found.setdefault(trouble.team, {}).setdefault(str(trouble.error), trouble.error)
    return {team: tuple(errors.values()) for team, errors in found.items()}
