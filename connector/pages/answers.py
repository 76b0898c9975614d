"""What a team answered on its check-in page, as typed values; its words stay where they stand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeAlias

from connector.pages.amounts import Amount, confidence, reading
from connector.pages.given import Given, begins, given_in, plain
from connector.pages.questions import TOGETHER, Asked, key_result_rows, page_rows
from connector.pages.regions import key_result_slugs, team_regions
from connector.pages.states import as_last, state
from mappings.calendar import IsoWeek
from mappings.indicators import Indicator, SourceKind
from mappings.okr import CheckInAnswers, Cycle, HypothesisState, KeyResult, Team, key_result_ref, key_results
from mappings.open_cells import CellKind, OpenCell
from mappings.team_text import TeamText

AsLast: TypeAlias = tuple[str, Asked, str | None]  # key result ref, what was asked, indicator id of a number
SILENCE = CheckInAnswers()
_KINDS = {Asked.NUMBER: CellKind.NUMBER, Asked.STATE: CellKind.STATE, Asked.CONFIDENCE: CellKind.CONFIDENCE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A cell with words in it that could not be read as what was asked for; a question to the team, no fault."""

    key_result: str  # ref
    asked: Asked
    indicator: str | None = None  # id, for a number
    words: TeamText  # the cell, people's names left out
    as_last: bool = False  # „wie letztes Mal“, but there was nothing then


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What one check-in page holds; a key result whose region is gone is missing, an empty region has no values."""

    answers: Mapping[str, CheckInAnswers]  # by key result ref; an answer that was taken back is None again
    written: frozenset[str] = frozenset()  # refs of key results beside which anything is written, and `together`
    questions: tuple[Unread, ...] = ()
    as_last: Mapping[AsLast, TeamText] = field(default_factory=dict)  # „wie letztes Mal“, still without a value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One row: its value, or that it is as last time, or neither."""

    row: Given
    indicator: Indicator | None = None
    value: HypothesisState | Amount | int | None = None
    as_last: bool = False


def read_answers(body: TeamText, team: Team, cycle: Cycle) -> Mapping[str, CheckInAnswers]:
    """The typed answers of a check-in page by key result ref. Raises BodyUnreadable."""
    return harvest(body, team, cycle).answers


def harvest(body: TeamText, team: Team, cycle: Cycle) -> Harvest:
    """The typed answers of a check-in page and what could not be read. Raises BodyUnreadable.

    Of two regions for one key result the first with an answer counts.
    """
    slugs = key_result_slugs(team, cycle)
    regions = team_regions(body)
    parts: list[Harvest] = []
    for objective, key_result in key_results(team, cycle):
        ref = key_result_ref(team, objective, key_result)
        made = key_result_rows(key_result, team.language)
        copies = [given_in(found.inside, made, team.language) for found in regions if found.name == slugs[ref]]
        answered = [given for given in copies if any(row.text for row in given)]
        parts += [_harvested(ref, key_result, given) for given in (*answered, *copies)[:1]]
    whole = [given_in(r.inside, page_rows(team.language), team.language) for r in regions if r.name == TOGETHER]
    together = frozenset({TOGETHER}) if any(row.text for given in whole for row in given) else frozenset()
    return Harvest(
        answers={ref: answer for part in parts for ref, answer in part.answers.items()},
        written=together.union(*(part.written for part in parts)),
        questions=tuple(question for part in parts for question in part.questions),
        as_last={key: words for part in parts for key, words in part.as_last.items()},
    )


def last_answers(answers: Mapping[tuple[IsoWeek, str], CheckInAnswers], week: IsoWeek) -> Mapping[str, CheckInAnswers]:
    """What the team said about each key result at its last check-in before a week, however long ago that was."""
    earlier = sorted((key for key, given in answers.items() if key[0] < week and given != SILENCE), key=str)
    return {ref: answers[of, ref] for of, ref in earlier}


def as_said_then(given: CheckInAnswers, asked: Asked, indicator: str | None, before: CheckInAnswers) -> CheckInAnswers:
    """An answer with one of its values as it was at the check-in before; None where there was none."""
    if asked is Asked.STATE:
        return replace(given, state=before.state)
    if asked is Asked.CONFIDENCE:
        return replace(given, confidence=before.confidence)
    others = tuple(pair for pair in given.observed if pair[0] != indicator)
    return replace(given, observed=(*others, *(pair for pair in before.observed if pair[0] == indicator)))


def with_last_time(found: Harvest, last: Mapping[str, CheckInAnswers]) -> Mapping[str, CheckInAnswers]:
    """The answers with „wie letztes Mal“ replaced by what the team said at its last check-in."""
    answers = dict(found.answers)
    for ref, asked, indicator in found.as_last:
        answers[ref] = as_said_then(answers[ref], asked, indicator, last.get(ref, SILENCE))
    return answers


def asked_back(found: Harvest, last: Mapping[str, CheckInAnswers]) -> tuple[Unread, ...]:
    """What is to be asked about a page: cells that could not be read, and „wie letztes Mal“ where nothing was said."""
    unsaid = (
        Unread(key_result=ref, asked=asked, indicator=indicator, words=words, as_last=True)
        for (ref, asked, indicator), words in found.as_last.items()
        if as_said_then(SILENCE, asked, indicator, last.get(ref, SILENCE)) == SILENCE
    )
    return (*found.questions, *unsaid)


def open_cells(found: Harvest, team: Team, week: IsoWeek) -> tuple[OpenCell, ...]:
    """The cells of a page that hold words and no value; else one for the page, if the team wrote anything at all."""
    unread = [
        OpenCell(team=team.id, week=week, key_result=q.key_result, kind=_KINDS[q.asked], indicator=q.indicator)
        for q in found.questions
    ]
    last = [
        OpenCell(team=team.id, week=week, key_result=ref, kind=_KINDS[asked], indicator=indicator, as_last=True)
        for ref, asked, indicator in found.as_last
    ]
    if unread or last or not found.written or any(given != SILENCE for given in found.answers.values()):
        return (*unread, *last)
    return (OpenCell(team=team.id, week=week, key_result=None, kind=CellKind.WORDS),)


def _harvested(ref: str, key_result: KeyResult, given: tuple[Given, ...]) -> Harvest:
    rows = tuple(_rows(key_result, given))
    read = {row.row.asked: row.value for row in rows if row.value is not None}
    chosen, sure = read.get(Asked.STATE), read.get(Asked.CONFIDENCE)
    answers = CheckInAnswers(
        state=chosen if isinstance(chosen, HypothesisState) else None,
        confidence=sure if isinstance(sure, int) else None,
        observed=tuple(_observed(rows)),
    )
    open_rows = [row for row in rows if row.value is None]
    return Harvest(
        answers={ref: answers},
        written=frozenset({ref}) if any(row.text for row in given) else frozenset(),
        questions=tuple(_unread(ref, row) for row in open_rows if not row.as_last),
        as_last={(ref, r.row.asked, _id(r)): TeamText(r.row.text) for r in open_rows if r.as_last},
    )


def _rows(key_result: KeyResult, given: tuple[Given, ...]) -> Iterator[_Read]:
    """The rows with words in them whose value is read, each as what it is."""
    numbers = [row for row in given if row.asked is Asked.NUMBER]
    for place, row in enumerate(numbers):
        indicator = _indicator(row, place, len(numbers), key_result)
        if indicator is not None and row.text:
            last = as_last(row.text)
            value = None if last else reading(row.text, indicator, row.language)
            yield _Read(row=row, indicator=indicator, value=value, as_last=last)
    for row in given:
        if row.asked in (Asked.STATE, Asked.CONFIDENCE) and row.text:
            last = as_last(row.text)
            read = state if row.asked is Asked.STATE else confidence
            yield _Read(row=row, value=None if last else read(row.text), as_last=last)


def _observed(rows: Iterable[_Read]) -> Iterator[tuple[str, Decimal | None]]:
    found = {_id(row): row.value.value for row in rows if isinstance(row.value, Amount)}
    return ((indicator, value) for indicator, value in found.items() if indicator is not None)


def _unread(ref: str, row: _Read) -> Unread:
    return Unread(key_result=ref, asked=row.row.asked, indicator=_id(row), words=TeamText(row.row.text))


def _id(row: _Read) -> str | None:
    return row.indicator.id if row.indicator else None


def _indicator(row: Given, place: int, rows: int, key_result: KeyResult) -> Indicator | None:
    """Which indicator a row asks for: the longest name it begins with, else by place among as many as were asked."""
    said = plain(row.head.partition(":")[2])
    asked = [i for i in key_result.leading if i.source.kind is SourceKind.OBSERVED]
    named = [i for i in key_result.indicators if begins(said, plain(i.name))]
    if named:
        best = max(named, key=lambda i: len(i.name))
        return best if best in asked else None
    return asked[place] if rows == len(asked) else None
