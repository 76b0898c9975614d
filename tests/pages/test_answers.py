"""What a team answers is read however it is typed; what could mean two things is asked, never guessed."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.pages.amounts import amount, confidence, number
from connector.pages.answers import Harvest, harvest, read_answers, with_last_time
from connector.pages.language import words_of
from connector.pages.questions import Asked
from connector.pages.regions import team_region
from connector.pages.render import Pages
from connector.sandbox.editors import cloud_editor, legacy_editor
from connector.sandbox.team_cells import answered
from mappings.indicators import Indicator
from mappings.okr import CheckInAnswers, HypothesisState, Language
from mappings.team_text import TeamText
from tests.pages import team_crossing as crossing
from tests.pages import team_onboarding as onboarding
from tests.pages.team_onboarding import FOUND, GUIDE_REF, QUARTER, SETUP_REF, TEAM

PAGES = Pages()
DE_PAGE = PAGES.check_in(onboarding.VIEW, onboarding.WEEK, onboarding.ADDRESSES, onboarding.LAST).body.words
EN_PAGE = PAGES.check_in(crossing.VIEW, crossing.WEEK, crossing.ADDRESSES, crossing.LAST).body.words
GUIDE = "okr-t-erste-woche-antwort-in-der-anleitung"
SETUP = "okr-t-erste-woche-einrichtung-ohne-hilfe"
ASSUMPTION, CONFIDENCE = "Wo steht unsere Annahme", "Unsere Zuversicht"
FRESH: Callable[[], str] = lambda: "12345678-aaaa-bbbb-cccc-123456789abc"  # noqa: E731
DE, EN = Language.DE, Language.EN


def fill(body: str, *answers: tuple[str, str, str]) -> str:
    for region, question, answer in answers:
        body = answered(body, region, question, answer)
    return body


def read(body: str) -> Harvest:
    return harvest(TeamText(body), TEAM, QUARTER)


def read_markup(state: str = "", sure: str = "", number: str = "") -> Harvest:
    rows = (("Unsere Zahl: Antwort in der Anleitung gefunden", number), (f"{ASSUMPTION}?", state), (CONFIDENCE, sure))
    table = "".join(f"<tr><th>{question}</th><td>{answer}</td></tr>" for question, answer in rows)
    return read(team_region("erste-woche-antwort-in-der-anleitung", f"<table>{table}</table>"))


def test_the_model_answers_are_read_as_typed_values() -> None:
    body = fill(
        DE_PAGE,
        (GUIDE, "Unsere Zahl", "3 von 5"),
        (
            GUIDE,
            ASSUMPTION,
            "gestützt – zum ersten Mal mehr als die Hälfte. Bei fünf Gesprächen bleiben wir vorsichtig.",
        ),
        (GUIDE, CONFIDENCE, "5"),
        (SETUP, ASSUMPTION, "unklar – KW 47 sprach dafür, diese Woche spricht dagegen. Am 18.11. kamen 2.000 dazu."),
        (SETUP, CONFIDENCE, "6"),
    )
    wanted = {
        SETUP_REF: CheckInAnswers(state=HypothesisState.UNCLEAR, confidence=6),
        GUIDE_REF: CheckInAnswers(
            state=HypothesisState.SUPPORTED, confidence=5, observed=(("gefunden", Decimal("3.0")),)
        ),
    }
    written = frozenset(wanted)
    for spelling in (
        body,
        cloud_editor(body, FRESH),
        legacy_editor(body, FRESH),
        legacy_editor(cloud_editor(body, FRESH), FRESH),
    ):
        assert read(spelling) == Harvest(answers=wanted, written=written)
        assert read_answers(TeamText(spelling), TEAM, QUARTER) == wanted


def test_an_empty_page_has_no_answers() -> None:
    nothing = Harvest(answers={SETUP_REF: CheckInAnswers(), GUIDE_REF: CheckInAnswers()})
    assert read(DE_PAGE) == nothing
    assert read(cloud_editor(DE_PAGE, FRESH)) == nothing
    assert read("<p>Die Regionen sind weg.</p>") == Harvest(answers={})


def test_a_page_with_text_only_is_written_without_typed_values() -> None:
    found = read(fill(DE_PAGE, (SETUP, "Was haben wir beobachtet", "Die meisten rufen samstags an.")))
    assert found.answers[SETUP_REF] == CheckInAnswers()
    assert found.written == {SETUP_REF}


def test_english_answers_are_read_on_english_pages() -> None:
    region = "okr-t-return-way"
    body = fill(
        EN_PAGE,
        (region, "Our number", "about 7 out of 20"),
        (region, "Where does our assumption stand", "Weakened. Fewer than before"),
        (region, "Our confidence", "4/10, because of 2 storms"),
    )
    found = harvest(TeamText(body), crossing.TEAM, crossing.QUARTER)
    assert found.questions == ()
    wanted = CheckInAnswers(state=HypothesisState.WEAKENED, confidence=4, observed=(("asked", Decimal("7.0")),))
    assert found.answers["crossing/2026-q4/return/way"] == wanted


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("offen", HypothesisState.OPEN),
        ("<p><strong>GESTÜTZT</strong></p>", HypothesisState.SUPPORTED),
        ("<p>„Gestützt“, weil</p>", HypothesisState.SUPPORTED),
        ("ge<b>stützt</b>", HypothesisState.SUPPORTED),
        ("gestu&#776;tzt", HypothesisState.SUPPORTED),
        ("gestuetzt", HypothesisState.SUPPORTED),
        ("<p /><ul><li>unklar<br />denn</li></ul>", HypothesisState.UNCLEAR),
        ("&nbsp;\u200bunklar\u2013weil", HypothesisState.UNCLEAR),
        ("<s>offen</s> geschwächt", HypothesisState.WEAKENED),
        ('<span style="text-decoration: line-through;">offen</span> verworfen', HypothesisState.DISCARDED),
        ("→ Unclear: some do", HypothesisState.UNCLEAR),
        ("unklar, offen ist auch der Brief", HypothesisState.UNCLEAR),
        (
            '<ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">Blue</ac:parameter>'
            '<ac:parameter ac:name="title">OFFEN</ac:parameter></ac:structured-macro>',
            HypothesisState.OPEN,
        ),
        ("<ac:placeholder>offen</ac:placeholder>", None),
        ("–", None),
    ],
)
def test_the_first_word_tells_the_state(cell: str, state: HypothesisState | None) -> None:
    found = read_markup(state=cell)
    assert found.questions == ()
    assert found.answers.get(GUIDE_REF, CheckInAnswers()).state is state


@pytest.mark.parametrize(
    "cell", ["eher gestützt", "nicht gestützt", "offen oder unklar", "offen / gestützt", "ja", "gestützter"]
)
def test_what_is_no_single_state_is_asked(cell: str) -> None:
    found = read_markup(state=cell)
    assert found.answers[GUIDE_REF].state is None
    assert [(q.key_result, q.asked, q.words.words) for q in found.questions] == [(GUIDE_REF, Asked.STATE, cell)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6", 6),
        ("6/10", 6),
        ("7 von 10", 7),
        ("ca. 6", 6),
        ("10", 10),
        ("1", 1),
        ("etwa 7, wie zuletzt", 7),
        ("~ 5", 5),
        ("6 – weil 3 anriefen", 6),
        ("6 (vorher 5)", 6),
        ("8 out of 10", 8),
        ("6 Punkte", 6),
        ("6!", 6),
        ("6\nweil", 6),
    ],
)
def test_confidence_is_a_whole_number_from_one_to_ten(text: str, value: int) -> None:
    assert confidence(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "11",
        "6-7",
        "6 – 7",
        "6, 7",
        "6\n7",
        "6,5",
        "6 oder 7",
        "7 von 5",
        "3 Leute sagen",
        "sechseinhalb",
        "-3",
        "0010",
        "100",
        "6 bis 7",
        "6/7",
        "٣",
        "hoch",
        "KW 48: 6",
    ],
)
def test_what_is_no_single_confidence_is_no_value(text: str) -> None:
    assert confidence(text) is None


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("41,5 %", DE, "41.5"),
        ("41.5 %", DE, "41.5"),
        ("ca. 40", DE, "40"),
        ("rund 40 %", DE, "40"),
        ("3 von 5", DE, "3"),
        ("3/5", DE, "3"),
        ("3 Haushalte von 5", DE, "3"),
        ("0", DE, "0"),
        ("-2", DE, "-2"),
        ("−2,5", DE, "-2.5"),
        ("1.234,5", DE, "1234.5"),
        ("1.234,5", EN, "1234.5"),
        ("1,234.5", EN, "1234.5"),
        ("1,234.5", DE, "1234.5"),
        ("1.234", DE, "1234"),
        ("1,234", EN, "1234"),
        ("1.234.567", EN, "1234567"),
        ("2 000", DE, "2000"),
        ("2’000.5", DE, "2000.5"),
        ("0.125", DE, "0.1"),
        ("41,5 % – am 18.11. kamen 2.000 Haushalte dazu", DE, "41.5"),
        ("41,5 (vorher 44)", DE, "41.5"),
        ("12\nnur Montag bis Mittwoch", DE, "12"),
        ("41.55 percent", EN, "41.6"),
    ],
)
def test_a_reading_is_a_number_as_people_write_it(text: str, language: Language, value: str) -> None:
    counted = "5" if text.endswith("von 5") or text == "3/5" else ""
    unit = "%" if "%" in text or "percent" in text else f"von {counted} Haushalten" if counted else ""
    found = amount(text, replace(FOUND, unit=unit), language)
    assert found is not None
    assert found.value == FOUND.quantised(Decimal(value))


@pytest.mark.parametrize(
    "text", ["keine Daten", "Keine  Daten", "keine Daten, KW 48 war Urlaub", "no data", "unbekannt", "unknown", "k. A."]
)
def test_no_data_is_a_value(text: str) -> None:
    found = read_markup(number=text)
    assert found.answers[GUIDE_REF].observed == (("gefunden", None),)


@pytest.mark.parametrize(
    "text",
    [
        "fast alle",
        "1,234",
        "40-50",
        "40 – 50",
        "40 bis 50",
        "40 oder 50",
        "unter 40",
        "> 40",
        "2 Tsd.",
        "2k",
        "3 mehr",
        "24.11.",
        "2026-11-24",
        "KW 48: 3",
        "3. Woche",
        "6 von 5",
        "2/3",
        "fast drei",
        "12 13",
        "12; 13",
        "1.23.4",
        "9:30",
        "+5",
        "5 weniger als zuletzt",
        "1" * 40,
        "3 4",
        "3x",
        "40+",
    ],
)
def test_what_could_mean_two_things_is_asked_and_no_value(text: str) -> None:
    found = read_markup(number=text)
    assert found.answers[GUIDE_REF].observed == ()
    assert [(q.asked, q.indicator, q.words.words) for q in found.questions] == [(Asked.NUMBER, "gefunden", text)]


def test_a_fraction_is_read_only_where_the_indicator_counts_out_of_that_many() -> None:
    assert amount("3/5", onboarding.CALLS, DE) is None
    assert amount("3/5", FOUND, DE) is not None


def test_the_precision_of_an_indicator_settles_what_a_comma_means() -> None:
    assert number("1,234", DE, decimals=1) is None
    assert number("1,234", DE, decimals=3) == Decimal("1.234")
    assert number("1,234", EN, decimals=3) == Decimal(1234)


@given(st.text(alphabet="0123456789.,’ -–%/()abcKW\n€", max_size=20) | st.text(max_size=30), st.sampled_from(Language))
def test_any_cell_gives_a_value_or_none(text: str, language: Language) -> None:
    assert confidence(text) in (None, *range(1, 11))
    found = amount(text, FOUND, language)
    assert found is None or found.value is None or abs(found.value) < 10**13


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=1), st.sampled_from(Language))
def test_every_number_that_a_page_prints_is_read_back(value: Decimal, language: Language) -> None:
    found = amount(words_of(language).number(value).replace("\u2212", "-"), replace(FOUND, unit=""), language)
    assert found is not None
    assert found.value == FOUND.quantised(value)


def test_as_last_time_waits_for_what_was_said_then() -> None:
    found = read_markup(state="wie letztes Mal", sure="Wie letztes Mal, knapp")
    assert found.answers == {GUIDE_REF: CheckInAnswers()}
    assert found.questions == ()
    last = {GUIDE_REF: CheckInAnswers(state=HypothesisState.OPEN, confidence=4)}
    assert with_last_time(found, last) == last
    assert with_last_time(found, {}) == {GUIDE_REF: CheckInAnswers()}
    mixed = read_markup(state="unklar", sure="same as last time")
    assert with_last_time(mixed, last)[GUIDE_REF] == CheckInAnswers(state=HypothesisState.UNCLEAR, confidence=4)


def test_rows_are_known_by_their_question_in_any_order_and_either_language() -> None:
    rows = ("Our confidence: 1-10", "7"), ("Eigene Frage?", "8"), ("where does OUR assumption stand?!", "supported")
    table = "".join(f"<tr><td><b>{question}</b></td><td>{answer}</td></tr>" for question, answer in rows)
    found = read(team_region("erste-woche-antwort-in-der-anleitung", f"<table>{table}</table>"))
    assert found.answers == {GUIDE_REF: CheckInAnswers(state=HypothesisState.SUPPORTED, confidence=7)}
    assert found.questions == ()


def test_a_column_of_row_numbers_does_not_matter() -> None:
    body = fill(DE_PAGE, (GUIDE, ASSUMPTION, "unklar"))
    numbered = body.replace("<tr><th>", '<tr><td class="numberingColumn">1</td><th>')
    assert read(numbered) == read(body)


def test_a_reworded_question_is_known_by_its_place() -> None:
    body = DE_PAGE.replace("Wo steht unsere Annahme, und woran sehen wir das?", "Und, stimmt es?")
    found = read(fill(body, (GUIDE, "Und, stimmt es?", "unklar"), (GUIDE, CONFIDENCE, "3")))
    assert found.answers[GUIDE_REF] == CheckInAnswers(state=HypothesisState.UNCLEAR, confidence=3)


def test_a_row_that_people_added_or_removed_shifts_nothing() -> None:
    body = fill(DE_PAGE, (GUIDE, ASSUMPTION, "unklar"), (GUIDE, CONFIDENCE, "3"))
    added = body.replace(
        "<tr><th><p>Was zeigt die Zahl nicht?",
        "<tr><td>Anrufe?</td><td>9</td></tr><tr><th><p>Was zeigt die Zahl nicht?",
    )
    assert added != body
    assert read(added) == read(body)


def test_a_team_may_rename_its_indicator_in_the_question() -> None:
    renamed = replace(FOUND, name="Etwas anderes")
    assert isinstance(renamed, Indicator)
    key_results = (replace(onboarding.GUIDE, indicators=(renamed,)),)
    team = replace(TEAM, objectives=(replace(onboarding.FIRST_WEEK, key_results=key_results),))
    found = harvest(TeamText(fill(DE_PAGE, (GUIDE, "Unsere Zahl", "2"))), team, QUARTER)
    assert found.answers[GUIDE_REF].observed == (("gefunden", Decimal("2.0")),)


def test_a_number_named_after_another_indicator_is_not_taken() -> None:
    table = "<table><tr><td>Unsere Zahl: Anrufe zur Einrichtung je Woche</td><td>7</td></tr></table>"
    found = read(team_region("erste-woche-einrichtung-ohne-hilfe", table))
    assert found.answers == {SETUP_REF: CheckInAnswers()}


def test_of_two_regions_the_first_with_an_answer_counts() -> None:
    empty = team_region("erste-woche-einrichtung-ohne-hilfe", "<p>leer</p>")
    first = fill(DE_PAGE, (SETUP, CONFIDENCE, "6"))
    second = fill(DE_PAGE, (SETUP, CONFIDENCE, "9"))
    assert read(empty + first + second).answers[SETUP_REF] == CheckInAnswers(confidence=6)


def test_a_question_to_the_team_names_no_person() -> None:
    found = read_markup(number='<ac:link><ri:user ri:account-id="1" /></ac:link> fragen, @Ada Beispiel weiß es')
    assert [q.words.words for q in found.questions] == ["jemand fragen, jemand weiß es"]
    assert "jemand" not in repr(found)
