"""What teams wrote on their check-in pages, as typed values; their words stay where they stand."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from connector.ledger import Answer, Ledger
from connector.pages.answers import SILENCE, Harvest, as_said_then, last_answers, open_cells
from connector.pages.answers import harvest as read_page
from connector.pages.canonical import BodyUnreadable
from connector.pages.questions import Asked
from connector.pages.series import read_series
from connector.sync.refs import check_in_week, named_now
from connector.sync.scope import TeamScope
from mappings.calendar import IsoWeek
from mappings.indicators import Reading, SourceKind
from mappings.okr import CheckInAnswers, Cycle, KeyResult, Team, indicator_ref, key_result_ref, key_results
from mappings.open_cells import CellKind, OpenCell
from mappings.records import PageRecord

Told: TypeAlias = dict[tuple[IsoWeek, str], CheckInAnswers]  # of one team, by week and key result ref
_DAYS = range(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """One check-in page as it was read."""

    team: Team
    cycle: Cycle
    week: IsoWeek
    found: Harvest
    printed: tuple[Reading, ...]  # what its tables show
    fills: bool = False  # of that, what is known already is left as it is


def harvest(
    ledger: Ledger, pages: Iterable[tuple[TeamScope, str, PageRecord]], *, lost: Container[str] = frozenset()
) -> None:
    """Keeps what stands on check-in pages (team, ref, page): a changed answer replaces, a deleted one is taken back.

    `lost`: refs of pages that were found again, whose tables are taken as they are, because the series may be gone.
    Of other pages a table only fills gaps: a memory that is older than the site knows less than we once wrote there.
    """
    by_team: dict[str, list[_Page]] = {}
    for scope, ref, page in sorted(pages, key=lambda entry: entry[1]):
        read = _read(scope, ref, page)
        if read is not None:
            by_team.setdefault(scope.team.id, []).append(read if ref in lost else replace(read, fills=True))
    if not by_team:
        return
    kept = {(reading.indicator, reading.week) for reading in ledger.readings()}
    for team, read_of_team in by_team.items():
        by_team[team] = [
            replace(page, printed=tuple(_gaps(page, kept))) if page.fills else page for page in read_of_team
        ]
    answers, cells = ledger.answers(), ledger.open_cells()
    for read_of_team in by_team.values():
        _keep(ledger, read_of_team, answers, cells)


def _gaps(page: _Page, kept: Container[tuple[str, IsoWeek]]) -> Iterator[Reading]:
    """What a table of ours shows and nobody remembers; what teams write themselves stands in their cells."""
    written = {indicator_ref(page.team, i) for i in page.team.indicators if i.source.kind is SourceKind.OBSERVED}
    return (r for r in page.printed if r.indicator not in written and (r.indicator, r.week) not in kept)


def _read(scope: TeamScope, ref: str, page: PageRecord) -> _Page | None:
    week = check_in_week(ref, scope.team)
    cycle = scope.cycle_of(week) if week else None
    if week is None or cycle is None:
        return None
    try:
        found = read_page(page.body, scope.team, cycle)
        printed = read_series(page.body, scope.team, cycle, week)
    except BodyUnreadable:  # the page's own comparison tells it
        return None
    return _Page(team=scope.team, cycle=cycle, week=week, found=found, printed=printed)


def _keep(ledger: Ledger, pages: Sequence[_Page], answers: Sequence[Answer], cells: Sequence[OpenCell]) -> None:
    team, weeks = pages[0].team, {page.week for page in pages}
    own = [*(a for a in answers if a.team == team.id), *answers_before(team, answers)]
    known: Told = {(a.week, a.key_result): a.answers for a in own}
    told = known | {key: given for page in pages for key, given in _told(page, known)}
    left = {page.week: open_cells(page.found, team, page.week) for page in pages}
    earlier = [c for c in (*cells, *cells_before(team, cells)) if c.team == team.id and c.week not in weeks]
    _resolve(told, [*earlier, *(cell for of_page in left.values() for cell in of_page)])
    changed = {key: given for key, given in told.items() if known.get(key, SILENCE) != given}
    printed = tuple(reading for page in pages for reading in page.printed)
    ledger.take_back(_taken_back(team, changed, known))
    ledger.add_readings([*printed, *_observed(team, changed, known, printed)])
    ledger.keep_answers(Answer(team=team.id, week=w, key_result=ref, answers=a) for (w, ref), a in changed.items())
    of_pages = {week: tuple(c for c in cells if (c.team, c.week) == (team.id, week)) for week in weeks}
    moved = [week for week in sorted(weeks) if left[week] != of_pages[week]]
    ledger.keep_open_cells([(team.id, week) for week in moved], [cell for week in moved for cell in left[week]])


def _told(page: _Page, known: Told) -> Iterator[tuple[tuple[IsoWeek, str], CheckInAnswers]]:
    """What a page says; a key result whose part people took away says nothing any more."""
    for objective, key_result in key_results(page.team, page.cycle):
        ref = key_result_ref(page.team, objective, key_result)
        before = known.get((page.week, ref), SILENCE)
        given = page.found.answers.get(ref, SILENCE)
        told = replace(given, observed=(*given.observed, *_connected_since(before, key_result)))
        if told != SILENCE or before != SILENCE:
            yield (page.week, ref), told


def _connected_since(before: CheckInAnswers, key_result: KeyResult) -> Iterator[tuple[str, Decimal | None]]:
    """Numbers that a team wrote while it still wrote them itself."""
    asked = {i.id for i in key_result.leading if i.source.kind is SourceKind.OBSERVED}
    return (pair for pair in before.observed if pair[0] not in asked)


def _resolve(told: Told, cells: Iterable[OpenCell]) -> None:
    """„wie letztes Mal“ is what the team said at its check-in before, also when that is corrected later."""
    asked = {CellKind.STATE: Asked.STATE, CellKind.CONFIDENCE: Asked.CONFIDENCE, CellKind.NUMBER: Asked.NUMBER}
    for cell in sorted((c for c in cells if c.as_last), key=lambda c: c.week):
        if cell.key_result is not None:
            key = cell.week, cell.key_result
            before = last_answers(told, cell.week).get(cell.key_result, SILENCE)
            told[key] = as_said_then(told.get(key, SILENCE), asked[cell.kind], cell.indicator, before)


def _taken_back(team: Team, changed: Told, known: Told) -> Iterator[tuple[str, date]]:
    """Readings of numbers that are no more, or others, whatever day of the week they were taken for."""
    for (week, ref), given in changed.items():
        now = dict(given.observed)
        for indicator, value in known.get((week, ref), SILENCE).observed:
            if indicator not in now or now[indicator] != value:
                yield from ((f"{team.id}/{indicator}", week.day(day)) for day in _DAYS)


def _observed(team: Team, changed: Told, known: Told, printed: Sequence[Reading]) -> Iterator[Reading]:
    """A number that the team wrote itself is a reading of the day of its check-in, unless a table shows its day."""
    weekday = team.rhythm.check_in if team.rhythm else 0
    shown = {(reading.indicator, reading.week): reading.value for reading in printed}
    named = {i.id: i for i in team.indicators}
    for (week, ref), given in changed.items():
        before = dict(known.get((week, ref), SILENCE).observed)
        for indicator_id, value in given.observed:
            indicator = named.get(indicator_id)
            if indicator is None or (indicator_id in before and before[indicator_id] == value):
                continue
            name, exact = indicator_ref(team, indicator), None if value is None else indicator.quantised(value)
            if (name, week) not in shown or shown[name, week] != exact:
                yield Reading(indicator=name, on=week.day(weekday), value=exact)


def readings_before(team: Team, readings: Sequence[Reading]) -> Iterator[Reading]:
    """What was kept of a team under its earlier id, as its own, but for days that are known by now."""
    known = {(reading.indicator, reading.on) for reading in readings}
    for reading in readings:
        renamed = named_now(reading.indicator, team)
        if renamed != reading.indicator and (renamed, reading.on) not in known:
            yield replace(reading, indicator=renamed)


def answers_before(team: Team, answers: Sequence[Answer]) -> Iterator[Answer]:
    """The same of what a team answered."""
    known = {(answer.week, answer.key_result) for answer in answers}
    for answer in answers:
        renamed = named_now(answer.key_result, team)
        if renamed != answer.key_result and (answer.week, renamed) not in known:
            yield replace(answer, team=team.id, key_result=renamed)


def cells_before(team: Team, cells: Sequence[OpenCell]) -> Iterator[OpenCell]:
    """The same of cells with words in them, but for pages that were read by now."""
    known = {cell.week for cell in cells if cell.team == team.id}
    for cell in cells:
        if team.was is not None and cell.team == team.was and cell.week not in known:
            ref = named_now(cell.key_result, team) if cell.key_result else None
            yield replace(cell, team=team.id, key_result=ref)
