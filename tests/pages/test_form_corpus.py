"""Every spelling of the corpus, one at a time on a page that is otherwise filled: its value or a question, no guess."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from connector.pages.form_fields import Field, Sheet, short_head
from connector.pages.form_reading import read_plan
from connector.pages.written import WrittenPlan
from connector.sandbox.editors import round_trip
from mappings.calendar import Rhythm, Weekday
from mappings.epics import EpicSelector
from mappings.indicators import Indicator, IndicatorKind, SourceKind
from mappings.okr import KeyResult, Language
from mappings.team_text import TeamText
from tests.pages.form_corpus import ASKED, CORPUS, Spelling
from tests.pages.form_writing import BARE, Pen, empty_form
from tests.pages.team_onboarding import QUARTER, STRATEGY

SHEETS = {
    **dict.fromkeys((Field.CONTRIBUTES, Field.DEPENDS), Sheet.OBJECTIVE),
    **dict.fromkeys((Field.WAY, Field.RETHINK, Field.IDENTIFIER), Sheet.KEY_RESULT),
    **dict.fromkeys(
        (Field.NOTICED, Field.KIND, Field.TODAY, Field.TARGET, Field.SOURCE, Field.MOVED_BY), Sheet.INDICATORS
    ),
}
"""Which table a cell stands in; all others are those of the team."""


def page(spelling: Spelling) -> Pen:
    pen = empty_form(spelling.language)
    pen.write(Sheet.OBJECTIVE, Field.TITLE, "Alle sind sicher unterwegs")
    for field, text in (
        (Field.SHORT_NAME, "Einrichtung ohne Hilfe"),
        (Field.WHO, "Neue Kundinnen und Kunden"),
        (Field.DOES, "richten ihr Konto ein"),
    ):
        pen.write(Sheet.KEY_RESULT, field, text)
    pen.write(Sheet.RHYTHM, Field.CHECK_IN, "dienstags um 9 Uhr")
    pen.indicator({Field.NOTICED: "Antworten", Field.KIND: "früh"})
    pen.indicator({Field.NOTICED: "Zweite Zahl", Field.KIND: "früh"}, row=2)
    sheet = SHEETS.get(spelling.field, Sheet.RHYTHM)
    if sheet is Sheet.INDICATORS:
        return pen.indicator({spelling.field: spelling.written})
    return pen.write(sheet, spelling.field, spelling.written)


def understood(plan: WrittenPlan, field: Field) -> object:
    (objective,) = plan.objectives
    (key_result,) = objective.key_results
    rhythm = plan.rhythm
    return {
        Field.VALID_FROM: plan.valid_from,
        Field.SIZE: plan.size,
        Field.LANGUAGE: plan.language,
        Field.CHECK_IN: rhythm and (rhythm.check_in, rhythm.at, rhythm.every),
        Field.QUIET_WEEKS: rhythm and rhythm.quiet_weeks,
        Field.REVIEW: rhythm and next((day for _, day in rhythm.reviews), None),
        Field.CONTRIBUTES: objective.contributes_to,
        Field.DEPENDS: objective.depends_on,
        **_of_key_result(key_result),
        **_of_indicator(key_result.indicators[0], plan),
    }[field]


def _of_key_result(key_result: KeyResult) -> dict[Field, object]:
    hypothesis = key_result.hypothesis
    return {
        Field.IDENTIFIER: key_result.id,
        Field.WAY: (hypothesis.start, hypothesis.goal),
        Field.RETHINK: hypothesis.rethink and (hypothesis.rethink.condition, hypothesis.rethink.day),
    }


def _of_indicator(indicator: Indicator, plan: WrittenPlan) -> dict[Field, object]:
    return {
        Field.NOTICED: (indicator.name, indicator.unit),
        Field.KIND: indicator.kind,
        Field.TODAY: indicator.baseline,
        Field.TARGET: indicator.target,
        Field.SOURCE: dict(plan.wishes).get(indicator.id, indicator.source.kind),
        Field.MOVED_BY: (indicator.epics, indicator.expect),
    }


NOTHING_READ: dict[Field, Callable[[object], bool]] = {
    Field.WAY: lambda found: found == ("", ""),
    Field.QUIET_WEEKS: lambda found: found == frozenset(),
    Field.KIND: lambda found: found is IndicatorKind.LEADING,
    Field.SOURCE: lambda found: found is SourceKind.OBSERVED,
    Field.RETHINK: lambda found: found is None or (isinstance(found, tuple) and found[1] is None),
    Field.MOVED_BY: lambda found: isinstance(found, tuple) and (found[0] is None or isinstance(found[0], EpicSelector)),
    Field.IDENTIFIER: lambda found: isinstance(found, str),
}
"""What stands in while a cell is asked about; nothing at all for the others."""


@pytest.mark.parametrize("spelling", CORPUS, ids=lambda s: f"{s.field}-{s.language}-{s.written[:40]}")
def test_a_cell_is_read_as_it_is_meant_or_asked_about(spelling: Spelling) -> None:
    editor = ("cloud", "legacy")[CORPUS.index(spelling) % 2]
    body = TeamText(round_trip(page(spelling).words, editor, lambda: "12345678-aaaa-bbbb-cccc-123456789abc"))
    plan = read_plan(body, replace(BARE, language=spelling.language), STRATEGY, QUARTER)
    found = understood(plan, spelling.field)
    place = short_head(SHEETS.get(spelling.field, Sheet.RHYTHM), spelling.field, plan.language or spelling.language)
    questions = [q for q in plan.questions if q.where.endswith(place)]

    if spelling.expected == ASKED:
        assert questions, found
        assert NOTHING_READ.get(spelling.field, lambda value: value is None)(found)
    else:
        assert found == spelling.expected
        assert not questions or (spelling.field is Field.KIND and not spelling.written)


def test_the_corpus_is_large_in_both_languages() -> None:
    assert len(CORPUS) >= 250
    assert sum(spelling.language is Language.EN for spelling in CORPUS) >= 80


def test_a_wrong_expectation_would_be_seen() -> None:
    plan = read_plan(page(Spelling(Language.DE, Field.SIZE, "7", 8)).body, BARE, STRATEGY, QUARTER)

    assert understood(plan, Field.SIZE) == 7
    assert plan.rhythm == Rhythm(check_in=Weekday.TUESDAY, at=plan.rhythm.at) if plan.rhythm else False
