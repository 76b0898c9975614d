"""All sources of a book, read for one run: what is known already is not asked again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from connector.agreement import InForce, no_agreement, not_agreed
from connector.ledger import Ledger
from connector.ports import Jira, Metrics
from connector.sources.daily_figures import DailyFigures
from connector.sources.series_files import SeriesFiles
from connector.sources.watched import Complaint, Outcome, Watched, watched
from connector.sources.weekly_counts import Due, WeeklyCounts, due_weeks
from mappings.calendar import IsoWeek
from mappings.indicators import Reading, SourceKind
from mappings.okr import Cycle, Team

Known = Mapping[tuple[str, date], Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Brings the ledger's series up to date; what teams write and others send comes in by other doors.

    Files are read in every run, and what they say now is what counts. A week is counted while no reading is dated in
    the week after it, a figure is asked for while there is none of today; both only in the cycles of their indicator.
    """

    folder: Path  # of the mapping files
    jira: Jira
    metrics: Metrics
    ledger: Ledger
    lag: timedelta  # how far the search index of Jira may be behind
    agreed: Callable[[], InForce] = no_agreement

    def refresh(
        self, days: Iterable[tuple[Team, date]], cycles: Sequence[Cycle], now: datetime
    ) -> tuple[Complaint, ...]:
        """Keeps every new or corrected reading of these teams, each on its own day; returns what could not be read."""
        agreed = self.agreed()
        every = [one for team, today in days for one in watched(team, today, cycles)]
        off = [_off(one) for one in every if not agreed.allows(one.indicator.source.kind)]
        found = [one for one in every if agreed.allows(one.indicator.source.kind)]
        by_kind = {kind: [one for one in found if one.indicator.source.kind is kind] for kind in SourceKind}
        files, counts = by_kind[SourceKind.CSV], by_kind[SourceKind.JQL_COUNT]
        figures = by_kind[SourceKind.HTTP_JSON]
        if not (files or counts or figures):
            return tuple(off)
        known = {(reading.indicator, reading.on): reading for reading in self.ledger.readings()}
        complaints = [
            *self._kept(SeriesFiles(folder=self.folder).outcomes(files), known),
            *self._kept(WeeklyCounts(jira=self.jira).outcomes(self._due(counts, known, now)), known),
            *self._kept(DailyFigures(metrics=self.metrics).outcomes(_today(figures, known)), known),
        ]
        return (*off, *complaints)

    def _kept(self, outcomes: Iterable[Outcome], known: Known) -> list[Complaint]:
        readings: list[Reading] = []
        complaints: list[Complaint] = []
        for outcome in outcomes:
            if isinstance(outcome, Complaint):
                complaints.append(outcome)
            elif known.get((outcome.indicator, outcome.on)) != outcome:
                readings.append(outcome)
        if readings:
            self.ledger.add_readings(readings)
        return complaints

    def _due(self, counts: list[Watched], known: Known, now: datetime) -> list[Due]:
        weeks: dict[str, set[IsoWeek]] = defaultdict(set)
        for reading in known.values():
            weeks[reading.indicator].add(reading.week)
        return [due for one in counts for due in due_weeks(one, frozenset(weeks[one.ref]), now, self.lag)]


def _off(one: Watched) -> Complaint:
    """A source of a kind that nobody agreed to."""
    return Complaint(team=one.team.id, error=not_agreed(one.team.id, one.indicator.id, one.indicator.source.kind))


def _today(figures: list[Watched], known: Known) -> list[Watched]:
    return [one for one in figures if one.watched_on(one.today) and (one.ref, one.today) not in known]
