"""A team's objectives and key results as tables, in the order and under the questions of the planning page."""

from collections.abc import Iterator
from dataclasses import dataclass

from connector.pages.hypotheses import from_to, named
from connector.pages.language import Words, sentence, sentences
from connector.pages.planning_cells import moved_by, source
from connector.pages.views import Addresses, Link
from mappings.indicators import Indicator, IndicatorKind
from mappings.okr import KeyResult, Objective, Rethink, Team, key_result_ref, objective_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question and what stands beside it; words and links follow each other."""

    question: str
    answer: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """How an assumption is noticed, and what is to move it."""

    cells: tuple[str, ...]
    moved_by: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultTables:
    """One key result: the assumption, and its indicators."""

    name: str
    rows: tuple[Row, ...]
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectivePart:
    """One objective and its key results; `number` counts objectives and is 0 when there is only one."""

    number: int
    section: int
    rows: tuple[Row, ...]
    key_results: tuple[KeyResultTables, ...]


def objective_part(
    team: Team, objective: Objective, number: int, section: int, addresses: Addresses, words: Words
) -> ObjectivePart:
    """An objective of a team with its key results; empty answers are left out."""
    rows = (
        ("What is different in the end?", sentence(objective.title)),
        ("Contributes to", ", ".join(_contribution(team, ref, words) for ref in objective.contributes_to)),
        ("For this we need (teams)", ", ".join(objective.depends_on)),
        ("What we do not know", sentences(objective.unknowns)),
        ("What we are not doing in this cycle", sentences(objective.not_doing)),
    )
    return ObjectivePart(
        number=number,
        section=section,
        rows=(*_rows(rows, words), *_issue_row(objective_ref(team, objective), addresses, words)),
        key_results=tuple(_tables(team, objective, k, addresses, words) for k in objective.key_results),
    )


def _rows(pairs: tuple[tuple[str, str], ...], words: Words) -> Iterator[Row]:
    return (Row(question=words.say(question), answer=(Link(text),)) for question, text in pairs if text)


def _issue_row(ref: str, addresses: Addresses, words: Words) -> Iterator[Row]:
    key = addresses.issues.get(ref)
    if key:
        yield Row(question=words.say("Issue in Jira"), answer=(Link(key, addresses.issue(key)),))


def _contribution(team: Team, ref: str, words: Words) -> str:
    if ref.casefold() == "moal":
        return words.say("Moal")
    own = (o.title for o in team.objectives if ref in (o.id, f"{team.id}/{o.id}"))
    return next(own, ref)


def _tables(
    team: Team, objective: Objective, key_result: KeyResult, addresses: Addresses, words: Words
) -> KeyResultTables:
    hypothesis = key_result.hypothesis
    rows = (
        ("Short name", key_result.short_name),
        ("Identifier", key_result.id),
        ("Who?", sentence(hypothesis.who).rstrip(".")),
        ("does what?", hypothesis.does),
        ("From where to where?", from_to(hypothesis, words) or words.say("unknown, we are exploring")),
        ("What are we trying for this?", hypothesis.because),
        ("When do we think again?", _think_again(hypothesis.rethink, words)),
    )
    return KeyResultTables(
        name=key_result.short_name,
        rows=(*_rows(rows, words), *_issue_row(key_result_ref(team, objective, key_result), addresses, words)),
        indicators=tuple(_indicator_row(indicator, addresses, words) for indicator in key_result.indicators),
    )


def _think_again(rethink: Rethink | None, words: Words) -> str:
    if rethink is None:
        return ""
    condition = words.steady(rethink.condition)
    if rethink.day is None:
        return condition
    return words.say("{condition}, by {date}", condition=condition, date=words.day(rethink.day))


def _indicator_row(indicator: Indicator, addresses: Addresses, words: Words) -> IndicatorRow:
    target = indicator.target
    start = indicator.baseline
    return IndicatorRow(
        cells=(
            f"{indicator.name}, in %" if indicator.unit.strip() == "%" else named(indicator),
            indicator.id,
            words.say("early") if indicator.kind is IndicatorKind.LEADING else words.say("late"),
            words.say("unknown") if start is None else words.number(start),
            "" if target is None else words.span(target.low, target.high, ""),
            source(indicator, words),
        ),
        moved_by=moved_by(indicator, addresses, words),
    )
