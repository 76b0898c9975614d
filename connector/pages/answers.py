"""What a team answered on its check-in page, as typed values; its words stay where they stand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from connector.pages.amounts import amount, confidence
from connector.pages.given import Given, begins, given_in, plain
from connector.pages.questions import STATES, Asked, key_result_rows
from connector.pages.regions import key_result_slugs, team_regions
from mappings.indicators import Indicator, SourceKind
from mappings.okr import CheckInAnswers, Cycle, HypothesisState, KeyResult, Team, key_result_ref, key_results
from mappings.team_text import TeamText

_FIRST_WORD = re.compile(r"[\W\d_]*([^\W\d_]+)(?:\s*(?:/|\||\boder\b|\bor\b|\bbis\b)\s*([^\W\d_]+))?")
_AS_LAST = re.compile(
    r"\W*(?:wie (?:beim )?letzte[sn] mal|wie zuletzt|(?:the )?same as last time|as last time)\b", re.IGNORECASE
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WORDS_OF_STATES = {word.translate(_UMLAUTS): state for state, names in STATES.items() for word in names.values()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A cell with words in it that could not be read as what was asked for; a question to the team, no fault."""

    key_result: str  # ref
    asked: Asked
    indicator: str | None = None  # id, for a number
    words: TeamText  # the cell, people's names left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What one check-in page holds; a key result whose region is gone is missing, an empty region has no values."""

    answers: Mapping[str, CheckInAnswers]  # by key result ref; an answer that was taken back is None again
    written: frozenset[str] = frozenset()  # refs of key results beside which anything is written, typed or not
    questions: tuple[Unread, ...] = ()
    as_last: frozenset[tuple[str, Asked]] = field(default=frozenset())  # „wie letztes Mal“, still without a value


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
        parts += [_read(ref, key_result, given) for given in (*answered, *copies)[:1]]
    return Harvest(
        answers={ref: answer for part in parts for ref, answer in part.answers.items()},
        written=frozenset(ref for part in parts for ref in part.written),
        questions=tuple(question for part in parts for question in part.questions),
        as_last=frozenset(pair for part in parts for pair in part.as_last),
    )


def with_last_time(found: Harvest, last: Mapping[str, CheckInAnswers]) -> Mapping[str, CheckInAnswers]:
    """The answers with „wie letztes Mal“ replaced by what the team said at its last check-in."""
    answers = dict(found.answers)
    for ref, asked in found.as_last:
        before = last.get(ref, CheckInAnswers())
        if asked is Asked.STATE:
            answers[ref] = replace(answers[ref], state=before.state)
        else:
            answers[ref] = replace(answers[ref], confidence=before.confidence)
    return answers


def _read(ref: str, key_result: KeyResult, given: tuple[Given, ...]) -> Harvest:
    state: HypothesisState | None = None
    sure: int | None = None
    questions: list[Unread] = []
    as_last: set[tuple[str, Asked]] = set()
    for row in given:
        if row.asked not in (Asked.STATE, Asked.CONFIDENCE) or not row.text:
            continue
        if _AS_LAST.match(row.text):
            as_last.add((ref, row.asked))
            continue
        found = _state(row.text) if row.asked is Asked.STATE else confidence(row.text)
        if found is None:
            questions.append(Unread(key_result=ref, asked=row.asked, words=TeamText(row.text)))
        elif isinstance(found, HypothesisState):
            state = found
        else:
            sure = found
    observed, unread = _observed(ref, key_result, given)
    answers = CheckInAnswers(state=state, confidence=sure, observed=observed)
    written = frozenset({ref}) if any(row.text for row in given) else frozenset()
    asked_back = (*unread, *questions)
    return Harvest(answers={ref: answers}, written=written, questions=asked_back, as_last=frozenset(as_last))


def _observed(
    ref: str, key_result: KeyResult, given: tuple[Given, ...]
) -> tuple[tuple[tuple[str, Decimal | None], ...], tuple[Unread, ...]]:
    observed: dict[str, Decimal | None] = {}
    unread: list[Unread] = []
    numbers = [row for row in given if row.asked is Asked.NUMBER]
    for place, row in enumerate(numbers):
        indicator = _indicator(row, place, len(numbers), key_result)
        if indicator is None or not row.text:
            continue
        found = amount(row.text, indicator, row.language)
        if found is not None:
            observed[indicator.id] = found.value
        else:
            words = TeamText(row.text)
            unread.append(Unread(key_result=ref, asked=Asked.NUMBER, indicator=indicator.id, words=words))
    return tuple(observed.items()), tuple(unread)


def _indicator(row: Given, place: int, rows: int, key_result: KeyResult) -> Indicator | None:
    """Which indicator a row asks for: the longest name it begins with, else by place among as many as were asked."""
    said = plain(row.head.partition(":")[2])
    asked = [i for i in key_result.leading if i.source.kind is SourceKind.OBSERVED]
    named = [i for i in key_result.indicators if begins(said, plain(i.name))]
    if named:
        best = max(named, key=lambda i: len(i.name))
        return best if best in asked else None
    return asked[place] if rows == len(asked) else None


def _state(answer: str) -> HypothesisState | None:
    match = _FIRST_WORD.match(answer)
    if match is None:
        return None
    first, second = (_WORDS_OF_STATES.get((word or "").casefold().translate(_UMLAUTS)) for word in match.groups())
    return None if second not in (None, first) else first
