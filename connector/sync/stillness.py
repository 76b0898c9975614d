"""When a page may be written: once shortly before its meeting, else after it was left alone for a while. Pure.

An event rings at once, the page waits for its moment (METHOD decision 15).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from connector.errors import Advice, Code, ConnectorError
from connector.ledger import Kind, Resource
from connector.sync.memory import Memory
from connector.sync.plan import Step, UpdatePage
from connector.sync.scope import Scope, TeamScope

BEFORE_MEETING = timedelta(minutes=45)  # the refresh slot is half an hour before, and may come late
DRAFT_WAIT = timedelta(minutes=30)


class PageInUse(ConnectorError):
    """Somebody is writing on the page and has not published: our write waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A page whose write waits, and until when."""

    team: str
    ref: str
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Steps for now, pages for later, and what is remembered of those meanwhile."""

    now: tuple[Step, ...]
    later: tuple[Waiting, ...]
    notes: tuple[Resource, ...]


def sort(steps: Iterable[Step], scope: Scope, memory: Memory) -> Sorted:
    """Without a quiet time in the options everything is for now."""
    quiet = scope.options.quiet
    by_team = {s.team.id: s for s in scope.teams}
    now: list[Step] = []
    later: list[Waiting] = []
    notes: list[Resource] = []
    for step in steps:
        row = memory.remote(Kind.PAGE, step.ref) if isinstance(step.deed, UpdatePage) else None
        if quiet is None or row is None or not isinstance(step.deed, UpdatePage):
            now.append(step)
            continue
        moved = step.deed.page.version != row.version
        since = scope.now if moved else row.since
        meeting = meeting_of(by_team.get(step.team))
        near = meeting is not None and row.since < meeting - BEFORE_MEETING <= scope.now <= meeting
        if near or since + quiet <= scope.now:
            now.append(step)
        else:
            later.append(Waiting(team=step.team, ref=step.ref, due=_due(since + quiet, meeting, scope.now)))
            notes.append(replace(row, version=step.deed.page.version, since=since))
    return Sorted(now=tuple(now), later=tuple(later), notes=tuple(notes))


def meeting_of(scope: TeamScope | None) -> datetime | None:
    """When the team's check-in of the newest page begins.

    In the three quarters of an hour before it a page is written for the meeting; what is written or edited after that
    leaves a later time at its row, so that it is done once, however much moves meanwhile.
    """
    if scope is None or scope.week is None or scope.team.rhythm is None:
        return None
    rhythm = scope.team.rhythm
    day = scope.week.day(rhythm.check_in)
    return datetime.combine(day, rhythm.at, tzinfo=scope.team.timezone).astimezone(UTC)


def _due(quiet: datetime, meeting: datetime | None, now: datetime) -> datetime:
    """After so long without an edit, and for the meeting at the latest."""
    if meeting is None or meeting - BEFORE_MEETING <= now:
        return quiet
    return min(quiet, meeting - BEFORE_MEETING)


def page_in_use(title: str) -> PageInUse:
    """What is told of a page on which somebody is writing."""
    return PageInUse(
        Code.PAGE_IN_USE,
        Advice(
            what="our part of a page is not renewed yet",
            where=f"„{title}“",
            why="somebody is writing there and has not published",
            options=("it is renewed once the page is published", "publish or discard the draft"),
        ),
    )
