"""What could not be read becomes a friendly question in the page's own words; nothing is guessed, nothing is stored."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from connector.pages.answers import harvest, open_cells
from connector.pages.asking import shortened
from connector.pages.canonical import digest
from connector.pages.draft import Draft
from connector.pages.regions import merge
from connector.pages.render import Pages
from connector.pages.views import TeamView
from connector.sandbox.team_cells import answered
from mappings.calendar import IsoWeek
from mappings.okr import CheckInAnswers, HypothesisState
from mappings.open_cells import CellKind, OpenCell
from mappings.team_text import TeamText
from tests.pages import team_crossing as crossing
from tests.pages import team_onboarding as onboarding
from tests.pages.seen import lines
from tests.pages.team_onboarding import ANSWERS, GUIDE_REF, SETUP_REF, VIEW, WEEK

PAGES = Pages()
GUIDE, SETUP, TOGETHER = "okr-t-erste-woche-antwort-in-der-anleitung", "okr-t-erste-woche-einrichtung", "okr-t-together"
EARLIER = {key: given for key, given in ANSWERS.items() if key[0] < WEEK}
BEFORE = replace(VIEW, answers=EARLIER)
EMPTY = PAGES.check_in(BEFORE, WEEK, onboarding.ADDRESSES, onboarding.LAST).body.words
NUMBER, STATE, SURE = "Unsere Zahl", "Wo steht unsere Annahme", "Unsere Zuversicht"


def page(*answers: tuple[str, str, str]) -> TeamText:
    body = EMPTY
    for region, question, answer in answers:
        body = answered(body, region, question, answer)
    return TeamText(body)


def drawn(body: TeamText, view: TeamView = BEFORE) -> Draft:
    return PAGES.check_in(view, WEEK, onboarding.ADDRESSES, None, body)


def asked(*answers: tuple[str, str, str], view: TeamView = BEFORE) -> list[str]:
    """The questions that the page with these answers asks beyond those of an empty one."""
    already = lines(drawn(TeamText(EMPTY), view))
    return [line for line in lines(drawn(page(*answers), view)) if line not in already]


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        (
            NUMBER,
            "fast alle",
            "In ‚fast alle‘ war keine Zahl zu lesen. Eine Zahl eintragen, ‚keine Daten‘, oder so lassen?",
        ),
        (
            SURE,
            "5–6",
            "In ‚5–6‘ war keine einzelne Zahl von 1 bis 10 zu lesen. Eine eintragen oder so lassen?",
        ),
        (
            STATE,
            "eher gestützt",
            "In ‚eher gestützt‘ war nicht zu lesen, wo unsere Annahme steht. "
            "Mit einem der fünf Wörter beginnen oder so lassen?",
        ),
    ],
)
def test_a_cell_that_cannot_be_read_is_asked_about_in_its_own_words(question: str, answer: str, said: str) -> None:
    assert asked((GUIDE, question, answer)) == [said]


def test_an_english_page_asks_in_english() -> None:
    empty = PAGES.check_in(crossing.VIEW, crossing.WEEK, crossing.ADDRESSES, None).body.words
    body = answered(empty, "okr-t-return-way", "Our number", "almost everybody")
    body = answered(body, "okr-t-return-way", "Our confidence", "high")
    body = answered(body, "okr-t-return-way", "Where does our assumption stand", "rather supported")
    seen = lines(PAGES.check_in(crossing.VIEW, crossing.WEEK, crossing.ADDRESSES, None, TeamText(body)))
    for said in (
        "No number could be read in ‘almost everybody’. Enter a number, ‘no data’, or leave it like that?",
        "No single number from 1 to 10 could be read in ‘high’. Enter one, or leave it like that?",
        "‘rather supported’ does not tell where our assumption stands. "
        "Begin with one of the five words, or leave it like that?",
    ):
        assert said in seen


def test_nothing_is_asked_about_what_was_read_or_left_empty() -> None:
    assert asked((GUIDE, NUMBER, "3 von 5"), (GUIDE, STATE, "offen"), (GUIDE, SURE, "6")) == []
    assert asked((GUIDE, NUMBER, "–"), (GUIDE, "Was haben wir beobachtet", "Nichts Neues.")) == []


def test_as_last_time_is_asked_about_only_where_nothing_was_said_then() -> None:
    assert asked((GUIDE, STATE, "wie letztes Mal"), (GUIDE, SURE, "wie letztes Mal")) == []
    assert asked((GUIDE, NUMBER, "wie letztes Mal")) == [
        "Für ‚wie letztes Mal‘ steht beim letzten Mal hier nichts. Etwas eintragen oder so lassen?"
    ]
    assert len(asked((GUIDE, SURE, "wie letztes Mal"), view=replace(BEFORE, answers={}))) == 1


def test_people_are_no_part_of_a_question() -> None:
    (said,) = asked((GUIDE, NUMBER, "@Ada Beispiel fragen, ada@example.org"))
    assert said.startswith("In ‚jemand fragen, jemand‘ war keine Zahl zu lesen.")


def test_a_long_answer_is_quoted_by_its_beginning() -> None:
    long = "wir haben darüber lange gesprochen und sind uns am Ende nicht einig geworden, was das heißt"
    assert shortened(long) == "wir haben darüber lange gesprochen und sind uns am Ende …"
    assert len(shortened("x" * 200)) < 70
    assert shortened("eins\nzwei") == "eins zwei"


def test_markup_in_an_answer_stays_text_in_a_question() -> None:
    region = "kr-erste-woche-antwort-in-der-anleitung"
    body = drawn(page((GUIDE, NUMBER, "<b>viele</b> & {mehr}")))
    inside = next(r.inside for r in body.regions if r.name == region)
    assert "‚&lt;b&gt;viele&lt;/b&gt; &amp; {mehr}‘" in inside


def test_asking_changes_the_region_of_its_key_result_alone_and_a_second_look_changes_nothing() -> None:
    body = page((GUIDE, NUMBER, "fast alle"))
    merged = merge(body, drawn(body))
    assert merged.changed == ("kr-erste-woche-antwort-in-der-anleitung",)
    again = merge(merged.body, drawn(merged.body))
    assert again.changed == ()
    assert digest(again.body.words) == digest(merged.body.words)


def cells(*answers: tuple[str, str, str]) -> tuple[OpenCell, ...]:
    return open_cells(harvest(page(*answers), onboarding.TEAM, onboarding.QUARTER), onboarding.TEAM, WEEK)


def test_what_is_remembered_of_such_a_cell_is_which_it_is() -> None:
    def cell(kind: CellKind, **more: object) -> OpenCell:
        made = OpenCell(team="onboarding", week=WEEK, key_result=GUIDE_REF, kind=kind)
        return replace(made, **more)  # type: ignore[arg-type]  # a test names the fields by keyword

    assert cells((GUIDE, NUMBER, "fast alle"), (GUIDE, STATE, "wie letztes Mal")) == (
        cell(CellKind.NUMBER, indicator="gefunden"),
        cell(CellKind.STATE, as_last=True),
    )
    assert cells((GUIDE, STATE, "offen"), (SETUP, "Was haben wir beobachtet", "Viel.")) == ()
    words = cell(CellKind.WORDS, key_result=None)
    assert cells((SETUP, "Was haben wir beobachtet", "Die meisten rufen samstags an.")) == (words,)
    assert cells((TOGETHER, "Was hindert uns", "Nichts.")) == (words,)
    assert cells() == ()


def test_a_week_in_which_the_team_wrote_without_a_value_is_not_without_a_check_in() -> None:
    quiet = IsoWeek(2026, 45)
    wrote = OpenCell(team="onboarding", week=quiet, key_result=None, kind=CellKind.WORDS)
    heads = {
        state: [line for line in lines(drawn(TeamText(EMPTY), view)) if "wo stand" in line]
        for state, view in (("silent", BEFORE), ("wrote", replace(BEFORE, open_cells=(wrote,))))
    }
    assert all("ohne Check-in" in line for line in heads["silent"])
    assert not any("ohne Check-in" in line for line in heads["wrote"])


def test_what_was_understood_stands_in_the_table_of_the_week() -> None:
    understood: Mapping[tuple[IsoWeek, str], CheckInAnswers] = {
        **EARLIER,
        (WEEK, SETUP_REF): CheckInAnswers(state=HypothesisState.UNCLEAR, confidence=6),
    }
    seen = lines(drawn(page((SETUP, STATE, "unklar – beides")), replace(BEFORE, answers=understood)))
    assert any(line.endswith("gestützt | unklar") for line in seen if "wo stand" in line)
    assert any(line.endswith("7 | 6") for line in seen if "unsere Zuversicht (1–10)" in line)
