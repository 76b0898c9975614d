"""A planning page as a form that the team fills in Confluence: drawn once, its team tables never changed after that."""

from collections.abc import Sequence
from dataclasses import dataclass

from connector.pages.foot import Foot, foot
from connector.pages.form_fields import HEADS, Field, Sheet, head
from connector.pages.frame import FrameRow, frame_rows
from connector.pages.language import Words
from connector.pages.planning import LANGUAGES, quiet_weeks, review
from connector.pages.planning_cells import check_in, moved_by, noticed, numbers, rethink, source, way
from connector.pages.received import Received, received
from connector.pages.views import Addresses, Link, TeamView
from connector.pages.written import WrittenPlan
from mappings.indicators import Indicator, IndicatorKind
from mappings.okr import KeyResult, Objective

_FIRST_OBJECTIVE = 4  # number of its section
_EMPTY_KEY_RESULTS, _EMPTY_INDICATORS = 2, 2
Paragraph = tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """A question and what the team begins with beside it: paragraphs, none for an empty answer."""

    question: str
    answer: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultForm:
    """The two tables of one key result; `number` counts within its objective."""

    number: int
    rows: tuple[FormRow, ...]
    heads: tuple[str, ...]
    indicators: tuple[tuple[Paragraph, ...], ...]  # one tuple of cells each


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveForm:
    """One objective; `number` counts objectives and is 0 when there is only one."""

    number: int
    section: int
    rows: tuple[FormRow, ...]
    key_results: tuple[KeyResultForm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningForm:
    """A whole planning page that belongs to the team."""

    frame: tuple[FrameRow, ...]
    learnings: tuple[str, ...]
    carried: tuple[FormRow, ...]
    rhythm: tuple[FormRow, ...]
    objectives: tuple[ObjectiveForm, ...]
    received: Received | None  # only while the page is a draft
    next_section: int
    jira_project: str  # empty: the team keeps no issues
    foot: Foot


def planning_form(
    view: TeamView, addresses: Addresses, words: Words, *, plan: WrittenPlan | None, learnings: Sequence[str]
) -> PlanningForm:
    """The form of a team in one cycle, begun with what the book says; `plan` is what its page says by now."""
    objectives = _objectives(view, addresses, words)
    standing = max(len(plan.objectives) if plan else len(objectives), 1)
    section = _FIRST_OBJECTIVE + 2 * standing
    is_draft = plan is None or plan.valid_from is None
    return PlanningForm(
        frame=frame_rows(view.strategy, words),
        learnings=tuple(learnings),
        carried=_rows(Sheet.CARRIED, {}, words),
        rhythm=_rhythm(view, words),
        objectives=objectives,
        received=received(plan, section, words) if plan is not None and is_draft else None,
        next_section=section + is_draft,
        jira_project=view.team.jira.project if view.team.jira else "",
        foot=foot(view, addresses, words),
    )


def _rows(sheet: Sheet, answers: dict[Field, str | Sequence[str]], words: Words) -> tuple[FormRow, ...]:
    return tuple(
        FormRow(question=head(sheet, field, words.language), answer=_paragraphs(answers.get(field, "")))
        for field in HEADS[sheet]
    )


def _paragraphs(answer: str | Sequence[str]) -> tuple[Paragraph, ...]:
    texts = [answer] if isinstance(answer, str) else answer
    return tuple((Link(text),) for text in texts if text)


def _rhythm(view: TeamView, words: Words) -> tuple[FormRow, ...]:
    team, rhythm = view.team, view.team.rhythm
    answers: dict[Field, str | Sequence[str]] = {
        Field.SIZE: "" if team.size is None else str(team.size),
        Field.CHECK_IN: check_in(rhythm, words) if rhythm else "",
        Field.QUIET_WEEKS: quiet_weeks(rhythm, view.cycle, words) if rhythm else "",
        Field.REVIEW: review(rhythm, view.cycle, words) if rhythm else "",
        Field.LANGUAGE: LANGUAGES[team.language],
    }
    return _rows(Sheet.RHYTHM, answers, words)


def _objectives(view: TeamView, addresses: Addresses, words: Words) -> tuple[ObjectiveForm, ...]:
    seeds: tuple[Objective | None, ...] = view.team.in_cycle(view.cycle) or (None,)
    return tuple(
        ObjectiveForm(
            number=0 if len(seeds) == 1 else position + 1,
            section=_FIRST_OBJECTIVE + 2 * position,
            rows=_rows(Sheet.OBJECTIVE, _objective_answers(seed, words), words),
            key_results=tuple(_key_results(seed, addresses, words)),
        )
        for position, seed in enumerate(seeds)
    )


def _objective_answers(seed: Objective | None, words: Words) -> dict[Field, str | Sequence[str]]:
    if seed is None:
        return {}
    goals = [words.say("Moal") if each == "moal" else each for each in seed.contributes_to]
    return {
        Field.TITLE: seed.title,
        Field.IDENTIFIER: seed.id,
        Field.CONTRIBUTES: ", ".join(goals),
        Field.DEPENDS: ", ".join(seed.depends_on),
        Field.UNKNOWNS: seed.unknowns,
        Field.NOT_DOING: seed.not_doing,
    }


def _key_results(seed: Objective | None, addresses: Addresses, words: Words) -> list[KeyResultForm]:
    heads = tuple(head(Sheet.INDICATORS, field, words.language) for field in HEADS[Sheet.INDICATORS])
    empty = (((),) * len(heads),) * _EMPTY_INDICATORS
    known = seed.key_results if seed else ()
    forms = [
        KeyResultForm(
            number=number,
            rows=_rows(Sheet.KEY_RESULT, _key_result_answers(key_result, words), words),
            heads=heads,
            indicators=tuple(_indicator(i, addresses, words) for i in key_result.indicators) or empty,
        )
        for number, key_result in enumerate(known, start=1)
    ]
    bare = _rows(Sheet.KEY_RESULT, {}, words)
    while len(forms) < (1 if known else _EMPTY_KEY_RESULTS):
        forms.append(KeyResultForm(number=len(forms) + 1, rows=bare, heads=heads, indicators=empty))
    return forms


def _key_result_answers(key_result: KeyResult, words: Words) -> dict[Field, str | Sequence[str]]:
    hypothesis = key_result.hypothesis
    return {
        Field.SHORT_NAME: key_result.name,
        Field.IDENTIFIER: key_result.id,
        Field.WHO: hypothesis.who,
        Field.DOES: hypothesis.does,
        Field.WAY: way(hypothesis, words),
        Field.BECAUSE: hypothesis.because,
        Field.RETHINK: rethink(key_result, words),
    }


def _indicator(indicator: Indicator, addresses: Addresses, words: Words) -> tuple[Paragraph, ...]:
    early = indicator.kind is IndicatorKind.LEADING
    start, span = numbers(indicator, words)
    texts = (
        noticed(indicator),
        indicator.id,
        words.say("early") if early else words.say("late"),
        start,
        span,
        source(indicator, words),
    )
    return (*((Link(text),) if text else () for text in texts), moved_by(indicator, addresses, words))
