"""The form asks and never refuses: words of the trade pass, names and too much get a question, any text is survived."""

import html
import time
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from connector.pages.form_fields import HEADS, Field, Sheet
from connector.pages.form_reading import filled, read_plan
from connector.pages.markup import BodyUnreadable
from connector.pages.written import FormUnreadable
from mappings.okr import Language
from mappings.team_text import TeamText
from tests.mappings.test_product_phrases import PHRASES
from tests.pages.form_writing import BARE, Pen, empty_form, model_page
from tests.pages.team_onboarding import QUARTER, STRATEGY
from tests.pages.test_form_reading import asked, read

PLACES = [(sheet, field) for sheet in (Sheet.RHYTHM, Sheet.OBJECTIVE, Sheet.KEY_RESULT) for field in HEADS[sheet]]
PIECES = [
    "KW",
    "52",
    "/",
    "9999",
    "1.",
    "10.",
    "2026",
    "alle",
    "zwei",
    "Wochen",
    "dienstags",
    "9",
    "Uhr",
    "von",
    "auf",
    "bis",
    "%",
    "–",
    "ONB-12",
    "steigt",
    "ab",
    ":",
    ";",
    "mit dem Label",
    "„",
    "“",
    "(",
    ")",
    "?",
    "unbekannt",
    "W",
    "0",
    "-1",
]
NOT_XML = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))
ANY_WORDS = st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join) | st.text(NOT_XML, max_size=40)


def test_words_of_the_trade_pass_without_a_word_of_ours() -> None:
    before = len(read(model_page()).questions)
    for phrase in PHRASES:
        escaped = html.escape(phrase, quote=False)
        pen = model_page().write(Sheet.OBJECTIVE, Field.TITLE, escaped).write(Sheet.KEY_RESULT, Field.WHO, escaped)
        pen.write(Sheet.KEY_RESULT, Field.DOES, escaped).indicator({Field.NOTICED: escaped})
        assert len(read(pen).questions) == before, phrase


def test_a_name_in_the_words_gets_a_question_and_the_words_stay() -> None:
    plan = read(model_page().write(Sheet.KEY_RESULT, Field.BECAUSE, "ein Anruf von Frau Beispiel"))

    assert asked(plan)[0] == (
        "Key Result 1, Was probieren wir dafür? | Hier steht vermutlich ein Name. Reicht die Rolle?"
        " | Die Rolle nennen · so lassen"
    )
    assert plan.objectives[0].key_results[0].hypothesis.because == "ein Anruf von Frau Beispiel"


def test_more_than_four_key_results_and_only_late_indicators_are_asked_about() -> None:
    pen = model_page()
    for nth in range(4, 7):
        pen.copy_key_result().write(Sheet.KEY_RESULT, Field.SHORT_NAME, f"Nummer {nth}", nth)
    pen.indicator({Field.KIND: "spät"}, 2)
    said = "\n".join(asked(read(pen)))

    assert "Unser Objective | Das sind mehr als 4 Key Results an einem Objective." in said
    assert "Key Result 2, Früh oder spät? | Hier gibt es nur Spätindikatoren." in said


def test_a_day_outside_the_cycle_is_asked_about_and_kept() -> None:
    plan = read(model_page().write(Sheet.KEY_RESULT, Field.RETHINK, "unter 42 % bis 20.1.2027"))
    rethink = plan.objectives[0].key_results[0].hypothesis.rethink

    assert any("Dieser Tag liegt außerhalb des Zyklus." in line for line in asked(plan))
    assert rethink is not None
    assert rethink.day is not None


@settings(max_examples=60, deadline=None)
@given(
    place=st.sampled_from(PLACES),
    column=st.sampled_from(list(HEADS[Sheet.INDICATORS])),
    words=st.text(NOT_XML) | ANY_WORDS,
)
def test_any_text_is_survived(place: tuple[Sheet, Field], column: Field, words: str) -> None:
    markup = html.escape("".join(char for char in words if char.isprintable()), quote=False)
    pen = model_page().write(*place, markup).indicator({column: markup})
    plan = read_plan(pen.body, BARE, STRATEGY, QUARTER)
    written = filled(pen.body, plan)

    assert read_plan(written, BARE, STRATEGY, QUARTER).fills == ()


@settings(max_examples=40, deadline=None)
@given(start=st.floats(0, 1), length=st.integers(1, 400))
def test_a_page_with_a_piece_torn_out_is_read_or_told_unreadable(start: float, length: int) -> None:
    words = model_page().words
    place = int(start * len(words))
    torn = TeamText(words[:place] + words[place + length :])
    with suppress(FormUnreadable, BodyUnreadable):
        read_plan(torn, BARE, STRATEGY, QUARTER)


def test_long_cells_are_read_in_no_time() -> None:
    pen = empty_form()
    for sheet, field in PLACES:
        pen.write(sheet, field, "von 1 auf 2, KW 52 und dienstags um 9 Uhr; " * 300)
    pen.indicator(dict.fromkeys(HEADS[Sheet.INDICATORS], "Name: ONB-12, steigt ab KW 44 – 1.10.2026 " * 300))
    before = time.process_time()
    read_plan(Pen(pen.words, Language.DE).body, BARE, STRATEGY, QUARTER)

    assert time.process_time() - before < 5
