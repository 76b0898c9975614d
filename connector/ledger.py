"""The connector's memory as the house sees it: ids, versions, digests, numbers, enums and weeks, never text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from connector.quota import QuotaLeft
from connector.rhythms import WrittenRhythm
from mappings.calendar import IsoWeek
from mappings.indicators import Reading
from mappings.okr import CheckInAnswers
from mappings.open_cells import OpenCell


class Kind(StrEnum):
    """What a resource row stands for."""

    SPACE = "space"
    PAGE = "page"
    PAGE_LABELS = "page-labels"
    ISSUE = "issue"
    EVIDENCE = "evidence"  # an issue link; ref is "<key result ref>>EPIC-1"
    REMOTE_LINK = "remote-link"
    PLAN = "plan"  # the version in force of a page on which people write what the book would say
    READERS = "readers"  # whether a quoted page is for everybody (version 0) or for some (1); digest: as which version


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What we wrote where; without a remote id it is an intent: a create that may have been done."""

    kind: Kind
    ref: str
    remote_id: str | None = None
    version: int | None = None
    digest: str | None = None  # of what we wrote last
    drifted: int = 0  # regions that people changed and we left alone
    since: datetime  # aware, UTC; of an intent: when the create was about to be sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a team answered on one check-in page about one key result."""

    team: str
    week: IsoWeek
    key_result: str  # ref: team/cycle/objective/key-result
    answers: CheckInAnswers


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run in counts: no team, no text."""

    started: datetime
    finished: datetime
    created: int
    updated: int
    retired: int
    unchanged: int
    drift: int
    failed: int
    reads: int
    writes: int
    points: int | None = None  # as Cloud counts them, estimated; None: of a time when nobody counted them
    by_operation: tuple[tuple[str, int], ...] = ()  # requests, by the name of what was asked for
    quota: tuple[QuotaLeft, ...] = ()  # what sites said is left at its end, by product


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTotals:
    """All runs together, since the database was made; never less than before, however many runs are forgotten."""

    whole: int  # runs in which every team was served
    partly: int
    reads: int
    writes: int
    points: int = 0
    by_operation: tuple[tuple[str, int], ...] = ()


class Ledger(Protocol):
    """The connector's memory: ids, versions, digests, numbers, enums and weeks; every call is its own transaction."""

    def resources(self) -> Mapping[tuple[Kind, str], Resource]:
        """Called by sync.engine: everything that was written, by kind and ref."""

    def keep(self, resources: Iterable[Resource]) -> None:
        """Called by sync: rows made or replaced, in one transaction; committed when this returns."""

    def forget(self, resources: Iterable[tuple[Kind, str]]) -> None:
        """Called by sync: rows whose create was refused, or whose remote side a person removed for good."""

    def readings(self) -> tuple[Reading, ...]:
        """Called by sync.engine: the whole series of all indicators, by indicator and day."""

    def add_readings(self, readings: Iterable[Reading]) -> int:
        """Called by sources, harvest and the command line; same indicator and day: the newer value. Counts changes."""

    def take_back(self, readings: Iterable[tuple[str, date]]) -> None:
        """Called by sync.harvest: readings of an indicator and a day whose cell a team emptied."""

    def answers(self) -> tuple[Answer, ...]:
        """Called by sync.engine: typed answers of all weeks."""

    def keep_answers(self, answers: Iterable[Answer]) -> None:
        """Called by sync.harvest: replaces what was known of the same team, week and key result."""

    def open_cells(self) -> tuple[OpenCell, ...]:
        """Called by sync.engine: which cells of check-in pages hold words without a value, page by page."""

    def keep_open_cells(self, pages: Iterable[tuple[str, IsoWeek]], cells: Iterable[OpenCell]) -> None:
        """Called by sync.harvest: replaces what was known of these pages, by team and week."""

    def rhythms(self) -> tuple[WrittenRhythm, ...]:
        """Called by the clock, status, calendars and sync.engine: what teams wrote about when they meet."""

    def keep_rhythms(self, written: Iterable[WrittenRhythm]) -> None:
        """Called by sync.engine: replaces what was known of the same team and cycle."""

    def record_run(self, run: RunRecord) -> int:
        """Called by sync.engine at the end of a run; returns its number."""

    def runs(self, newest: int) -> tuple[tuple[int, RunRecord], ...]:
        """Called by `okr runs` and status: the newest runs by number, the newest first."""

    def run_totals(self) -> RunTotals:
        """Called by metrics."""
