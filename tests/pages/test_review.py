"""Reviews: what stands on them, how their answers are read, and what of them may be repeated elsewhere."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from connector.pages.draft import Draft
from connector.pages.language import words_of
from connector.pages.needs import needs_in
from connector.pages.regions import machine_regions
from connector.pages.review import review
from connector.pages.review_pages import retrospective_page
from connector.pages.review_questions import asks_in, key_result_questions, name_in
from connector.pages.review_reading import read_check_in, read_log, read_review
from connector.pages.voices import NOTHING, Said
from mappings.calendar import IsoWeek
from mappings.okr import CheckInAnswers, HypothesisState, Language
from mappings.team_text import TeamText
from tests.pages import team_crossing as crossing
from tests.pages import team_onboarding as onboarding
from tests.pages.review_writing import ENGLISH, GERMAN, GERMAN_ANSWERS, TOGETHER, written
from tests.pages.seen import lines
from tests.pages.test_golden import DRAFTS as DRAWN

GOLDEN = Path(__file__).parents[1] / "golden"
DRAFTS = {
    "de/review": GERMAN,
    "en/review": ENGLISH,
    "de/retrospective": retrospective_page(onboarding.TEAM, onboarding.QUARTER),
    "en/retrospective": retrospective_page(crossing.TEAM, crossing.QUARTER),
}


@pytest.mark.parametrize("name", DRAFTS)
def test_a_page_looks_as_it_is_to_look(name: str) -> None:
    wanted = GOLDEN / f"{name}.xml"
    text = f"{DRAFTS[name].body.words}\n"
    if os.environ.get("OKR_REWRITE_GOLDEN"):
        wanted.write_text(text, encoding="utf-8")
    assert wanted.read_text(encoding="utf-8") == text


def read(draft: Draft = GERMAN, answers: dict[tuple[str, str], str] | None = None) -> Said:
    return read_review(written(draft, GERMAN_ANSWERS if answers is None else answers), Language.DE)


def test_an_assumption_is_shown_week_by_week_as_its_check_ins_had_it() -> None:
    rows = [line for line in lines(GERMAN) if line.startswith("KW ")]
    assert rows[0] == "KW 44 | 39 % | 131 | 26.10. | offen | 5"
    assert rows[1] == "KW 45 | 40,5 % | 118 | 02.11. | ohne Check-in | "
    assert "KW 47 | 44 % | 97 | 16.11. | gestützt | 7" in rows
    assert rows[7].startswith("KW 51")  # the week of the review
    assert rows[8].startswith("KW 44")  # of the next assumption


def test_a_number_for_the_review_has_a_row_of_its_own() -> None:
    assert any(line.startswith("Unsere Zahl: Kündigungen in den ersten 90 Tagen, in %") for line in lines(GERMAN))


def test_an_untouched_review_says_nothing() -> None:
    assert read(answers={}) == NOTHING


def test_learnings_are_read_with_what_belongs_to_them() -> None:
    first, second = read().learnings
    assert first.assumption == "Einrichtung ohne Hilfe"
    assert first.said == ("eine zweite Erinnerungs-E-Mail die Einrichtung nicht beschleunigt",)
    assert first.state is HypothesisState.DISCARDED
    assert (first.keywords, first.where) == (("Erinnerung", "E-Mail"), "bei Haushalten, die neu einziehen")
    assert second.keywords == ("Anleitung", "Bilder")


def test_only_what_is_addressed_to_others_can_leave_the_page() -> None:
    said = read()
    assert said.open_questions == ("Wer ruft am Samstag an?", "Gibt es den Brief auch in leichter Sprache?")
    assert said.sentences == ("Ein Bild sagt es schneller als drei E-Mails.",)
    assert [(need.to, need.said) for need in said.needs] == [
        ("Führung", ("Dürfen wir den Brief selbst ändern?",)),
        ("Team Messstellen", ("Foto.",)),
    ]
    repeated = [*said.questions, *said.open_questions, *said.sentences, *(line for n in said.needs for line in n.said)]
    assert not any("Küchentisch" in line or "Ruhe" in line for line in repeated)


def test_a_value_of_what_was_said_shows_none_of_it() -> None:
    assert "Brief" not in repr(read())
    assert "Erinnerung" not in repr(read())


def test_whoever_is_mentioned_is_somebody() -> None:
    mention = '<ac:link><ri:user ri:account-id="invented-1" /></ac:link>'
    body = written(GERMAN, {(TOGETHER, "Ein Satz"): "NAME hat es gezeigt."}).words.replace("NAME", mention)
    assert read_review(TeamText(body), Language.DE).sentences == ("jemand hat es gezeigt.",)


def test_rows_that_are_read_carry_the_name_of_the_assumption() -> None:
    for language in Language:
        questions = key_result_questions("Kurz (neu)", language)
        assert [name_in(q) for q in questions if asks_in(q) not in (None,) and q.endswith(")")] == ["Kurz (neu)"] * 4


def test_an_english_review_is_read_whatever_the_order_of_its_rows() -> None:
    answers = {
        ("okr-t-crossing-first-call", "learned"): "we learned that People look for pictures",
        ("okr-t-crossing-first-call", "in the end"): "supported",
        (TOGETHER, "One sentence"): "A picture is faster.",
    }
    region = next(f.name for f in machine_regions(ENGLISH.body) if f.name.startswith("kr-"))
    renamed = {(f"okr-t-{region[3:]}" if "first" in key[0] else key[0], key[1]): a for key, a in answers.items()}
    said = read_review(written(ENGLISH, renamed), Language.EN)
    assert [learning.said for learning in said.learnings] == [("People look for pictures",)]
    assert said.learnings[0].state is HypothesisState.SUPPORTED


NEEDS = [
    ("Team A: je ein Foto. Führung: Dürfen wir?", [("Team A", "je ein Foto."), ("Führung", "Dürfen wir?")]),
    ("Nichts.", []),
    ("Wir warten auf das Team Messstellen: sie haben viel zu tun.", []),
    ("Es fehlt ein Foto. Team A: eins.", [("Team A", "eins.")]),
    ("an die Führung: Zeit", [("Führung", "Zeit")]),
    ("Leadership: time", [("Leadership", "time")]),
    ("- Team B: x", [("Team B", "x")]),
    ("Metering: a look at it", [("Metering", "a look at it")]),
    ("Führung: siehe https://example.com/a", [("Führung", "siehe https://example.com/a")]),
    ("Führung:", []),
]


@pytest.mark.parametrize(("text", "wanted"), NEEDS)
def test_a_need_is_read_with_its_address_and_nothing_before_it(text: str, wanted: list[tuple[str, str]]) -> None:
    found = needs_in(text.split("\n"), names=("Metering",))
    assert [(need.to, " ".join(need.said)) for need in found] == wanted


def test_paragraphs_after_an_address_belong_to_it() -> None:
    (need,) = needs_in(["Vorher.", "Team A: erstens", "zweitens"])
    assert need.said == ("erstens", "zweitens")


def test_a_check_in_gives_its_addressed_needs_and_rows_headed_for_all() -> None:
    row = "<tr><th><p>Eine Frage für alle</p></th><td><p>Wer kennt den Zähler?</p></td></tr>"
    last = "Was haben wir entschieden?</p></th><td><p /></td></tr>"
    body = DRAWN["de/check-in"].body.words.replace(last, last + row)
    said = read_check_in(TeamText(body), Language.DE)
    assert said.open_questions == ("Wer kennt den Zähler?",)
    assert said.needs == ()


def test_a_log_gives_what_people_wrote_into_it_by_hand() -> None:
    assert read_log(TeamText("<p>nothing of ours</p>"), Language.DE) == NOTHING


def test_an_assumption_is_told_from_its_first_sign_and_not_beyond_the_week_in_which_it_was_discarded() -> None:
    late = onboarding.series(onboarding.FOUND, (11, 17, "1"))
    answered = {
        (IsoWeek(2026, 46), onboarding.GUIDE_REF): CheckInAnswers(state=HypothesisState.OPEN, confidence=4),
        (IsoWeek(2026, 47), onboarding.GUIDE_REF): CheckInAnswers(state=HypothesisState.DISCARDED, confidence=2),
    }
    kept = {key: value for key, value in onboarding.ANSWERS.items() if key[1] != onboarding.GUIDE_REF}
    rhythm = onboarding.TEAM.rhythm
    assert rhythm is not None
    view = replace(
        onboarding.VIEW,
        team=replace(onboarding.TEAM, rhythm=replace(rhythm, valid_from=date(2026, 10, 26))),
        readings={**onboarding.READINGS, onboarding.FOUND.id: late},
        answers={**kept, **answered},
    )
    _, guide = review(view, date(2026, 12, 17), onboarding.ADDRESSES, words_of(Language.DE)).key_results
    assert [week[0] for week in guide.weeks] == ["KW 46", "KW 47"]
