"""What people wrote on their pages, in place of what the book says: behind here nobody knows where words came from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from connector.ledger import Kind, Resource
from connector.ports import Confluence
from connector.rhythms import WrittenRhythm
from connector.sync.memory import Memory
from connector.sync.notes import Note, frame_note, notes_of
from connector.sync.plan_moment import moment_of
from connector.sync.plan_reading import Place, PlanReading, Shelf
from connector.sync.plan_standing import Standing, as_written, standing
from connector.sync.refs import STRATEGY, planning_ref
from connector.sync.scope import Scope, rewritten
from mappings.okr import Cycle, OkrSource, Team
from mappings.records import PageRecord

RECENT = 21  # days after a cycle's end in which people may still write on its last check-in


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one run goes by, and what is to be remembered of it."""

    scope: Scope
    bodies: Mapping[str, PageRecord] = field(default_factory=dict)  # by ref, as the pages stand now
    versions: Mapping[str, int] = field(default_factory=dict)  # by page id
    looked: frozenset[str] = frozenset()  # page ids; one without a version is gone or hidden
    rows: tuple[Resource, ...] = ()
    rhythms: tuple[WrittenRhythm, ...] = ()
    notes: tuple[Note, ...] = ()
    standings: tuple[Standing, ...] = ()


def written(
    scope: Scope, shelf: Shelf, confluence: Confluence, memory: Memory, found: Mapping[str, PageRecord]
) -> Written:
    """The scope with what people wrote; a book that says everything itself costs nothing."""
    places = list(_places(scope, memory, found))
    if not places and not any(one.team.writes_itself for one in scope.teams):
        return Written(scope=scope)
    reading = PlanReading(
        shelf=shelf, confluence=confluence, memory=memory, found=found, filed=scope.strategy, now=scope.now
    )
    frame, pages = reading.read(places)
    standings = tuple(standing(page, moment_of(page, scope, memory)) for page in pages)
    for one in standings:
        shelf.plans.keep_only(one.page.id, (one.page.version, one.version))
    notes = [] if frame.readable else [frame_note(frame.strategy is not None)]
    return Written(
        scope=rewritten(scope, frame.strategy or scope.strategy, _teams(scope, standings)),
        bodies=reading.bodies,
        versions=reading.versions,
        looked=frozenset(place.id for place in places),
        rows=(*((frame.row,) if frame.row else ()), *(one.row for one in standings)),
        rhythms=tuple(_rhythms(standings)),
        notes=(*notes, *notes_of(standings)),
        standings=standings,
    )


def _places(scope: Scope, memory: Memory, found: Mapping[str, PageRecord]) -> Iterator[Place]:
    def standing_at(ref: str) -> str | None:
        row = memory.remote(Kind.PAGE, ref)
        return row.remote_id if row is not None and row.version is not None else None

    frame = standing_at(STRATEGY) if scope.strategy.source is OkrSource.CONFLUENCE else None
    if frame is not None:
        yield Place(ref=STRATEGY, id=frame)
    for one in scope.teams:
        for cycle in one.cycles if one.team.writes_itself else ():
            ref = planning_ref(one.team, cycle)
            page = standing_at(ref) if cycle in one.planned or ref in found or _just_over(cycle, one.today) else None
            if page is not None:
                yield Place(ref=ref, id=page, team=one.team, cycle=cycle)


def _just_over(cycle: Cycle, today: date) -> bool:
    return 0 < (today - cycle.last).days <= RECENT


def _teams(scope: Scope, standings: Iterable[Standing]) -> dict[str, tuple[Team, dict[str, Standing]]]:
    """Teams that write themselves, with what counts of their pages by cycle id."""
    own: dict[str, list[Standing]] = defaultdict(list)
    for one in standings:
        own[one.page.team.id].append(one)
    return {
        one.team.id: (
            as_written(one.team, tuple(own[one.team.id]), one.running),
            {each.page.cycle.id: each for each in own[one.team.id]},
        )
        for one in scope.teams
        if one.team.writes_itself
    }


def _rhythms(standings: Iterable[Standing]) -> Iterator[WrittenRhythm]:
    """Of what is in force, and of what will be from a day on that a draft names."""
    for one in standings:
        plan = one.plan or one.page.said
        if plan is not None and plan.valid_from is not None:
            team, cycle = one.page.team.id, one.page.cycle.id.casefold()
            yield WrittenRhythm(team=team, cycle=cycle, valid_from=plan.valid_from, rhythm=plan.rhythm)
