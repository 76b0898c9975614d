"""Rings and slots as the house sees them: which team to look at, not before when, and which moments were served."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from connector.errors import Code

EVERYBODY = "*"  # stands where a team would, for what belongs to all


class Cause(StrEnum):
    """Why a team is looked at; the last one is kept."""

    EVENT = "event"  # Jira, Confluence or Automation said so
    READING = "reading"
    SLOT = "slot"  # the team's rhythm
    POLL = "poll"
    QUIET = "quiet"  # a page was left alone long enough to be written, or the site's search knows by now
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """One team that is to be looked at; there is at most one per team."""

    team: str  # id, or `*` for what belongs to all
    cause: Cause
    generation: int  # grows with every ring, so that one that comes during the work is not lost
    not_before: datetime  # a new ring may lower it
    hold_until: datetime | None = None  # back-off; only time or an operator lowers it
    attempts: int = 0  # of errors that are the team's own
    parked: Code | None = None  # why nothing is tried any more until a new ring or an operator comes
    claimed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Why a team is to be looked at, and when."""

    cause: Cause
    not_before: datetime
    behind_until: datetime | None = None  # until then the site's search may not know what an event told of

    def merged(self, later: "Due") -> "Due":
        """Two rings as one: the later one's cause, the earlier moment, and the search behind for the longer of both."""
        behind = max(filter(None, (self.behind_until, later.behind_until)), default=None)
        return Due(cause=later.cause, not_before=min(self.not_before, later.not_before), behind_until=behind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A team that one worker serves until its lease ends; `token` fences a worker that was asleep."""

    team: str
    generation: int
    token: int
    until: datetime
    attempts: int = 0  # before this one, of errors that are the team's own
    behind_until: datetime | None = None  # a look before that moment may have been in vain


class RingLedger(Protocol):
    """The queue; every call is its own transaction, durable when it returns."""

    def ring(
        self,
        teams: Iterable[str],
        cause: Cause,
        at: datetime,
        not_before: datetime | None = None,
        behind_until: datetime | None = None,
    ) -> int:
        """Called by the door, the clock and the worker: bumps generations, may lower not_before; a parked team gets
        one try. Until `behind_until` the site's search may not know what is told. Counts the teams."""

    def claim(self, at: datetime, lease: timedelta, limit: int) -> tuple[Claim, ...]:
        """Called by the worker: the teams that are due and free, the longest waiting first."""

    def take(self, teams: Sequence[str], at: datetime, lease: timedelta) -> tuple[Claim, ...]:
        """Called by commands: these teams now, due or not; a team that is claimed elsewhere is absent."""

    def extend(self, claims: Sequence[Claim], at: datetime, lease: timedelta) -> bool:
        """Called by the worker while it works; False: a lease was lost, and nothing may be sent any more."""

    def holds(self, claims: Sequence[Claim], at: datetime) -> bool:
        """Called before every write: whether all these leases are still ours."""

    def finish(self, claims: Sequence[Claim], at: datetime, again: Mapping[str, datetime] | None = None) -> None:
        """Called by the worker: rings gone, but for those that rang again meanwhile; those are due at once. Teams in
        `again` keep theirs until that moment: a page of theirs waits for it."""

    def give_back(self, claims: Sequence[Claim], at: datetime, until: datetime, failed: Code | None = None) -> None:
        """Called by the worker: not before `until`; with `failed` it counts as an attempt, and the eighth parks."""

    def rings(self) -> tuple[Ring, ...]:
        """Called by `okr rings list`, status and metrics."""

    def retry(self, teams: Sequence[str], at: datetime) -> int:
        """Called by `okr rings retry`: parked or held teams are due now, with fresh attempts."""


class SlotKind(StrEnum):
    """Moments of a team's rhythm, or of the organisation's."""

    PLANNING = "planning"  # the planning page, ahead of the cycle
    CHECK_IN = "check-in"  # the check-in page, the working day before
    REFRESH = "refresh"  # shortly before the meeting
    REVIEW = "review"
    NIGHTLY = "nightly"  # full reconcile
    POLL = "poll"
    RETENTION = "retention"
    POST = "post"  # a team was told that its page is there


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One moment, known by the ISO week or day it belongs to, not by when it was served."""

    team: str  # id, or `*`
    kind: SlotKind
    slot: str  # 2026-W48, 2026-11-24 or 2026-11-24T10:05 (UTC, for polling)


class SlotLedger(Protocol):
    """Which moments were served; UNIQUE(team, kind, slot)."""

    def serve(self, slots: Sequence[Slot], at: datetime, *, ring: bool = True) -> tuple[Slot, ...]:
        """Called by the clock: claims these and rings their teams in the same transaction, unless the clock itself
        does what they stand for; those that another clock had served are absent."""

    def served(self, since: datetime) -> tuple[Slot, ...]:
        """Called by the clock at its start and by status."""

    def forget_before(self, moment: datetime) -> int:
        """Called by retention."""
