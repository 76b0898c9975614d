"""Learning logs, reports and what the strategy page tells of the teams, from reviews as teams fill them."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from connector.pages.closing import closing
from connector.pages.language import words_of
from connector.pages.learning_log import Gathered
from connector.pages.learnings import carried_over, learned
from connector.pages.log_pages import LearningLog, report_page
from connector.pages.need_places import answer_to
from connector.pages.orientation import Told
from connector.pages.regions import machine_regions, merge, team_regions
from connector.pages.render import Pages
from connector.pages.report import Period
from connector.pages.review_reading import read_review
from connector.pages.standing_log import is_of_log
from connector.pages.strategy_page import strategy_page, with_new_needs
from connector.pages.views import Addresses
from connector.pages.voices import Learning, Said, Voice
from connector.sandbox.team_cells import answered
from mappings.calendar import IsoWeek
from mappings.okr import Cycle, HypothesisState, Language
from mappings.team_text import TeamText
from tests.pages import team_crossing as crossing
from tests.pages import team_onboarding as onboarding
from tests.pages.review_writing import GERMAN, GERMAN_ANSWERS, written
from tests.pages.seen import lines, region

GOLDEN = Path(__file__).parents[1] / "golden"
DE, EN = words_of(Language.DE), words_of(Language.EN)
TODAY = date(2026, 12, 16)
QUARTER = onboarding.QUARTER
BEFORE = Cycle(id="2026-Q3", first=date(2026, 7, 1), last=date(2026, 9, 30))
METERS = replace(crossing.TEAM, id="metering", name="Team Metering")
PAGES = {
    "review/onboarding/2026-q4": "https://wiki.example.org/pages/21",
    "review/metering/2026-q4": "https://wiki.example.org/pages/22",
    "check-in/metering/2026-W50": "https://wiki.example.org/pages/23",
    "learning/onboarding": "https://wiki.example.org/pages/24",
    "learning/metering": "https://wiki.example.org/pages/26",
    "learnings": "https://wiki.example.org/pages/25",
}
ADDRESSES = replace(onboarding.ADDRESSES, pages={**onboarding.ADDRESSES.pages, **PAGES})
OURS = Voice(
    team=onboarding.TEAM,
    ref="review/onboarding/2026-q4",
    said=read_review(written(GERMAN, GERMAN_ANSWERS), Language.DE),
)
THEIRS = Voice(
    team=METERS,
    ref="review/metering/2026-q4",
    said=Said(
        learnings=(
            Learning(assumption="Reading by photo", said=("pictures are seen and text is not",), keywords=("Bilder",)),
            Learning(assumption="Reading by photo", said=("Letters come late.",), keywords=("letter",)),
        ),
        open_questions=("Who has old meters?",),
    ),
)
HAND = Voice(team=METERS, ref="learning/metering", said=Said(learnings=(Learning(said=("Ask twice.",)),)))
VOICES = ((QUARTER, OURS), (QUARTER, THEIRS))
TOLD = Told(
    needs=((OURS, IsoWeek(2026, 51)),),
    asking=(OURS, THEIRS),
    teams=(onboarding.TEAM, METERS),
    cycles={QUARTER.id: QUARTER},
)
ALL = Gathered(
    voices=VOICES,
    by_hand=(HAND,),
    pages={ref: url.rpartition("/")[2] for ref, url in PAGES.items()},
    cycles=(BEFORE, QUARTER),
    teams=(onboarding.TEAM, METERS),
)
ENGLISH = replace(crossing.STRATEGY, cycles=(QUARTER,))
DRAFTS = {
    "de/learning-team": LearningLog(strategy=onboarding.STRATEGY, team=onboarding.TEAM).page(
        replace(ALL, voices=((QUARTER, OURS),)), ADDRESSES, TODAY
    ),
    "en/learning-team": LearningLog(strategy=ENGLISH, team=METERS).page(
        replace(ALL, voices=((QUARTER, THEIRS),)), ADDRESSES, TODAY
    ),
    "de/learning": LearningLog(strategy=onboarding.STRATEGY).page(ALL, ADDRESSES, TODAY),
    "en/learning": LearningLog(strategy=ENGLISH).page(ALL, ADDRESSES, TODAY),
    "de/report": report_page(onboarding.STRATEGY, Period(cycle=QUARTER), (OURS, THEIRS), ADDRESSES, TODAY),
    "en/report": report_page(ENGLISH, Period(cycle=QUARTER, month=date(2026, 12, 1)), (OURS, THEIRS), ADDRESSES, TODAY),
    "de/strategy-told": strategy_page(onboarding.STRATEGY, ADDRESSES, (), TOLD),
    "en/strategy-told": strategy_page(ENGLISH, ADDRESSES, (), TOLD),
}


@pytest.mark.parametrize("name", DRAFTS)
def test_a_page_looks_as_it_is_to_look(name: str) -> None:
    wanted = GOLDEN / f"{name}.xml"
    text = f"{DRAFTS[name].body.words}\n"
    if os.environ.get("OKR_REWRITE_GOLDEN"):
        wanted.write_text(text, encoding="utf-8")
    assert wanted.read_text(encoding="utf-8") == text


KEPT = ("Küchentisch hilft", "Umzug", "Wird die Anleitung überhaupt", "Uns fehlt Ruhe", "fangen am ersten Abend")
GRAMMAR = [
    ("eine zweite E-Mail nicht hilft", "Wir haben gelernt, dass eine zweite E-Mail nicht hilft."),
    (
        "Bilder gesehen werden und Text überlesen wird",
        "Wir haben gelernt, dass Bilder gesehen werden und Text überlesen wird.",
    ),
    ("dass Bilder helfen.", "Wir haben gelernt, dass Bilder helfen."),
    ("Bilder werden gesehen.", "Wir haben gelernt: Bilder werden gesehen."),
    ("Eine zweite E-Mail hilft nicht", "Wir haben gelernt: Eine zweite E-Mail hilft nicht."),
    ("Wir fragen zu spät!", "Wir haben gelernt: Wir fragen zu spät!"),
    ("bilder helfen. Text nicht.", "Wir haben gelernt: bilder helfen. Text nicht."),
    ("Die Leute rufen samstags an", "Wir haben gelernt: Die Leute rufen samstags an."),
    ("Haushalte fragen nicht", "Wir haben gelernt: Haushalte fragen nicht."),
]


@pytest.mark.parametrize(("said", "sentence"), GRAMMAR)
def test_words_are_joined_to_ours_only_where_their_grammar_allows(said: str, sentence: str) -> None:
    assert learned(Learning(said=(said,)), DE) == sentence


def test_several_lines_stay_sentences_of_their_own() -> None:
    assert learned(Learning(said=("Erstens", "Zweitens")), DE) == "Wir haben gelernt: Erstens. Zweitens."


def test_an_english_clause_goes_on_after_that() -> None:
    assert learned(Learning(said=("people look for pictures",)), EN) == "We learned that people look for pictures."
    assert learned(Learning(said=("People look for pictures",)), EN) == "We learned: People look for pictures."


def test_the_next_planning_begins_with_own_learnings_questions_and_what_others_know_of_the_same() -> None:
    assert carried_over((OURS,), (THEIRS,), "Q4 2026", DE) == (
        "Wir haben gelernt, dass eine zweite Erinnerungs-E-Mail die Einrichtung nicht beschleunigt. "
        "(verworfen, Q4 2026)",
        "Wir haben gelernt, dass Bilder gesehen werden und Text überlesen wird. (gestützt, Q4 2026)",
        "Offene Frage: Wird die Anleitung überhaupt gelesen?",
        "Offene Frage: Wer ruft am Samstag an?",
        "Offene Frage: Gibt es den Brief auch in leichter Sprache?",
        "Auch dazu, Stichwort „Bilder“: Team Metering: We learned that pictures are seen and text is not.",
    )


def test_only_words_of_the_same_language_are_joined_to_those_of_another_team() -> None:
    assert carried_over((OURS,), (THEIRS,), "Q4 2026", EN)[-1] == (
        "On the same, keyword “Bilder”: Team Metering learned that pictures are seen and text is not."
    )


def test_states_stand_in_a_teams_own_log_and_in_none_of_all_teams() -> None:
    words = ("verworfen", "gestützt", "discarded", "supported")
    own = "\n".join(lines(DRAFTS["de/learning-team"]))
    assert "verworfen" in own
    for name in ("de/learning", "en/learning", "de/report", "en/report", "de/strategy-told", "en/strategy-told"):
        assert not any(word in "\n".join(lines(DRAFTS[name])) for word in words), name


def test_nothing_that_stays_with_the_team_stands_on_a_page_of_all() -> None:
    for name in ("de/learning", "de/report", "de/strategy-told"):
        text = "\n".join(lines(DRAFTS[name]))
        for kept in KEPT:
            assert kept not in text, (name, kept)


def test_teams_stand_in_the_order_of_the_book_and_nothing_is_counted() -> None:
    told = "\n".join(lines(DRAFTS["de/report"]))
    assert told.index("Team Onboarding") < told.index("Team Metering")
    turned = report_page(onboarding.STRATEGY, Period(cycle=QUARTER), (THEIRS, OURS), ADDRESSES, TODAY)
    assert (text := "\n".join(lines(turned))).index("Team Metering") < text.index("Team Onboarding")


def test_a_team_without_anything_for_all_stands_there_with_what_it_is_after() -> None:
    silent = Voice(team=onboarding.TEAM, ref="review/onboarding/2026-q4", said=Said())
    told = lines(report_page(onboarding.STRATEGY, Period(cycle=QUARTER), (silent,), ADDRESSES, TODAY))
    assert "Unser Objective: Neue Kundinnen und Kunden sind nach einer Woche sicher unterwegs." in told


BARE = strategy_page(onboarding.STRATEGY, ADDRESSES).body


def test_a_new_need_is_a_pair_behind_the_heading_and_every_other_byte_stays() -> None:
    grown = with_new_needs(BARE, onboarding.STRATEGY, ADDRESSES, TOLD)
    names = [found.name for found in machine_regions(grown)]
    assert names[names.index("needs") + 1] == "need-onboarding-2026-w51"
    assert [found.name for found in team_regions(grown)] == ["need-onboarding-2026-w51"]
    at = next(i for i, (a, b) in enumerate(zip(BARE.words, grown.words, strict=False)) if a != b)
    added = len(grown.words) - len(BARE.words)
    assert any(
        BARE.words[:k] + grown.words[k : k + added] + BARE.words[k:] == grown.words for k in range(at - 200, at + 1)
    )


def test_a_pair_is_put_in_once_and_stays_away_when_people_took_it_off() -> None:
    grown = with_new_needs(BARE, onboarding.STRATEGY, ADDRESSES, TOLD)
    draft = strategy_page(onboarding.STRATEGY, ADDRESSES, (), TOLD)
    merged = merge(grown, draft).body  # now the heading tells of it
    assert with_new_needs(merged, onboarding.STRATEGY, ADDRESSES, TOLD).words == merged.words
    assert merge(merged, draft).changed == ()
    heading = merge(BARE, draft).body  # the same without the pair
    assert with_new_needs(heading, onboarding.STRATEGY, ADDRESSES, TOLD).words == heading.words


def test_behind_a_heading_that_people_changed_nothing_is_put() -> None:
    touched = TeamText(BARE.words.replace("mit Platz für die Antwort", "mit viel Platz"))
    assert with_new_needs(touched, onboarding.STRATEGY, ADDRESSES, TOLD).words == touched.words


def test_an_answer_is_read_for_the_week_and_team_that_it_was_given_to() -> None:
    grown = with_new_needs(BARE, onboarding.STRATEGY, ADDRESSES, TOLD)
    body = TeamText(answered(grown.words, "okr-t-need-onboarding-2026-w51", "Antwort", "Ja, ändert ihn.\nGern."))
    assert answer_to(body, "onboarding", IsoWeek(2026, 51)).words == "Ja, ändert ihn.\nGern."
    assert answer_to(body, "onboarding", IsoWeek(2026, 50)).words == ""
    assert answer_to(body, "metering", IsoWeek(2026, 51)).words == ""


def test_the_answer_stands_beside_what_was_needed() -> None:
    last = replace(onboarding.LAST, answered=TeamText("Ja, ändert ihn."))
    drawn = Pages().check_in(onboarding.VIEW, onboarding.WEEK, onboarding.ADDRESSES, last)
    assert "Das war die Antwort | Ja, ändert ihn." in lines(drawn)


def test_a_planning_page_keeps_a_place_for_its_end_and_is_closed_with_what_was_learned() -> None:
    pages = Pages()
    open_page = pages.planning(onboarding.VIEW, ADDRESSES)
    assert region(open_page, "closing") == ""
    end = closing(onboarding.TEAM, QUARTER, (OURS,), ADDRESSES, DE)
    closed = merge(open_page.body, pages.planning(onboarding.VIEW, ADDRESSES, (), end))
    assert closed.changed == ("closing",)
    assert closed.body.words.index("verworfen") < closed.body.words.index("Nordlicht Energie")


def test_the_map_has_no_figure_and_says_in_words_what_its_picture_shows() -> None:
    draft = DRAFTS["de/strategy-told"]
    inside = region(draft, "map")
    assert draft.picture is not None
    assert "zahlt ein auf" in inside.casefold()
    assert draft.picture.file_name in inside
    assert strategy_page(onboarding.STRATEGY, ADDRESSES).picture is None


def test_a_picture_of_more_objectives_than_can_be_quiet_is_left_out() -> None:
    many = tuple(replace(onboarding.TEAM, id=f"t{n}", name=f"Team {n}") for n in range(13))
    told = Told(teams=many, cycles={QUARTER.id: QUARTER})
    assert strategy_page(onboarding.STRATEGY, ADDRESSES, (), told).picture is None


def test_addresses_that_are_not_known_leave_words() -> None:
    bare = Addresses(issues={}, pages={}, browse="")
    drawn = LearningLog(strategy=onboarding.STRATEGY).page(ALL, bare, TODAY)
    assert "href" not in "".join(part.inside for part in drawn.regions if is_of_log(part.name))


def test_a_state_is_one_of_the_five_words() -> None:
    assert HypothesisState.DISCARDED in [each.state for each in OURS.said.learnings]
    assert BEFORE.last < QUARTER.first
