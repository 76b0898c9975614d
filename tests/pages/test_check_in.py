"""The check-in page: what a team finds on it, in quiet weeks and in rich ones."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.pages.canonical import digest
from connector.pages.draft import Draft
from connector.pages.regions import merge
from connector.pages.render import Pages
from connector.pages.series import read_series
from connector.pages.views import Addresses, LastTime, TeamView
from mappings.calendar import IsoWeek
from mappings.epics import Evidence, StatusCategory
from mappings.indicators import Reading, Source, SourceKind, Target
from mappings.okr import CheckInAnswers, Cycle, HypothesisState, KeyResult, Rethink
from mappings.team_text import TeamText
from tests.pages import team_crossing as crossing
from tests.pages.seen import lines, region, renewed, row
from tests.pages.team_onboarding import (
    ADDRESSES,
    ANSWERS,
    CALLS,
    CANCELLED,
    EVIDENCE,
    FIRST_WEEK,
    GUIDE,
    GUIDE_REF,
    LAST,
    QUARTER,
    READINGS,
    SETUP,
    SETUP_REF,
    SHARE,
    STRATEGY,
    TEAM,
    VIEW,
    WEEK,
    series,
    view_with,
)

PAGES = Pages()
STATE = "Einrichtung ohne Hilfe: wo stand"
CONFIDENCE = "Einrichtung ohne Hilfe: unsere Zuversicht"


def drawn(view: TeamView, week: IsoWeek = WEEK) -> Draft:
    return PAGES.check_in(view, week, ADDRESSES, None)


def with_rethink(condition: str, day: date | None) -> KeyResult:
    return replace(SETUP, hypothesis=replace(SETUP.hypothesis, rethink=Rethink(condition=condition, day=day)))


def questions(draft: Draft) -> list[str]:
    return [line for line in lines(draft) if "neu nachdenken" in line]


def test_the_rows_of_the_current_week_stay_empty_until_the_team_has_answered() -> None:
    earlier = {key: given for key, given in ANSWERS.items() if key[0] < WEEK}

    draft = drawn(replace(VIEW, answers=earlier))

    assert row(draft, STATE) == ["offen", "ohne Check-in", "unklar", "gestützt", ""]
    assert row(draft, CONFIDENCE) == ["5", "", "5", "7", ""]


def test_a_week_in_which_the_team_spoke_about_another_key_result_is_not_without_a_check_in() -> None:
    given_elsewhere = {**ANSWERS, (IsoWeek(2026, 45), GUIDE_REF): CheckInAnswers(confidence=3)}

    assert row(drawn(replace(VIEW, answers=given_elsewhere)), STATE)[1] == ""


def test_an_answer_without_a_state_shows_its_confidence_alone() -> None:
    given_half = {**ANSWERS, (IsoWeek(2026, 45), SETUP_REF): CheckInAnswers(confidence=4)}
    draft = drawn(replace(VIEW, answers=given_half))

    assert (row(draft, STATE)[1], row(draft, CONFIDENCE)[1]) == ("", "4")


@pytest.mark.parametrize("state", HypothesisState)
def test_all_five_states_look_alike(state: HypothesisState) -> None:
    def markup(chosen: HypothesisState) -> str:
        draft = drawn(replace(VIEW, answers={(IsoWeek(2026, 47), SETUP_REF): CheckInAnswers(state=chosen)}))
        cell = row(draft, STATE)[3]
        return region(draft, "kr-erste-woche-einrichtung-ohne-hilfe").replace(f"<p>{cell}</p>", "<p>…</p>")

    assert markup(state) == markup(HypothesisState.OPEN)


def test_nothing_later_than_its_week_stands_on_a_page() -> None:
    later = {**READINGS, SHARE.id: (*READINGS[SHARE.id], *series(SHARE, (12, 1, "99")))}
    answers = {**ANSWERS, (IsoWeek(2026, 49), SETUP_REF): CheckInAnswers(confidence=10)}
    weeks = VIEW.checked_weeks | {IsoWeek(2026, 49)}

    draft = drawn(replace(VIEW, readings=later, answers=answers, checked_weeks=weeks))

    assert draft == drawn(VIEW)


def test_the_table_begins_small_in_the_first_week_of_a_cycle() -> None:
    draft = drawn(replace(VIEW, readings={}, answers={}, checked_weeks=frozenset()), IsoWeek(2026, 41))

    assert " | KW 41" in lines(draft)
    assert row(draft, "Anteil selbst") == ["keine Daten"]
    assert row(draft, "Daten vom") == [""]
    assert not any("voriger Check-in" in line for line in lines(draft))


def test_the_last_reading_of_a_week_counts_and_days_that_differ_all_stand_in_the_order_of_the_rows() -> None:
    readings = {
        SHARE.id: series(SHARE, (11, 23, "41"), (11, 25, "43.0")),
        CALLS.id: series(CALLS, (11, 23, "112")),
    }
    draft = drawn(replace(VIEW, readings=readings))

    assert row(draft, "Anteil selbst")[-1] == "43 %"
    assert row(draft, "Daten vom")[-1] == "25.11. · 23.11."


def test_what_no_page_shows_decides_nothing_that_a_page_says() -> None:
    shown_later = series(SHARE, (11, 16, "44"), (11, 18, "40"), (11, 21, "46"), (11, 25, None), (11, 28, None))
    other_week = replace(TEAM, rhythm=replace(TEAM.rhythm, every=2)) if TEAM.rhythm else TEAM
    view = replace(VIEW, readings={SHARE.id: shown_later})

    assert "Letzter Wert bis dahin: keine Daten. Neuester Wert: 46 % (21.11.)." in questions(drawn(view))[0]
    unknown_between = replace(view, team=other_week, readings={SHARE.id: series(SHARE, (11, 11, None))})
    assert " | KW 46 | " not in "\n".join(lines(drawn(unknown_between)))


def test_an_unknown_value_is_never_zero_and_carries_no_day() -> None:
    draft = drawn(replace(VIEW, readings={SHARE.id: series(SHARE, (11, 23, None))}))

    assert row(draft, "Anteil selbst") == ["keine Daten"] * 5
    assert row(draft, "Daten vom") == [""] * 5


def test_zero_and_large_numbers_are_written_as_people_write_them() -> None:
    draft = drawn(replace(VIEW, readings={CALLS.id: series(CALLS, (11, 16, "0"), (11, 23, "1234.5"))}))

    assert row(draft, "Anrufe zur Einrichtung je Woche ·")[-2:] == ["0", "1.234,5"]


def test_a_late_indicator_gets_a_row_once_numbers_come_in_for_it_by_themselves() -> None:
    pushed = replace(CANCELLED, source=Source(kind=SourceKind.PUSHED))
    view = view_with(replace(SETUP, indicators=(SHARE, pushed)))
    before, after = drawn(view), drawn(replace(view, readings={pushed.id: series(pushed, (11, 23, "6.5"))}))

    assert not any(line.startswith("Kündigungen") for line in lines(before))
    assert row(after, "Kündigungen in den ersten 90 Tagen · Start 6 %")[-1] == "6,5 %"


def test_an_exploration_shows_no_lack() -> None:
    text = "\n".join(lines(drawn(view_with(GUIDE))))

    assert "Erkundung, noch ohne Zielbereich." in text
    assert "ohne Zielbereich |" not in text
    assert " · Start" not in text


@pytest.mark.parametrize(
    ("unit", "head"),
    [
        ("", "Anrufe zur Einrichtung je Woche · Start 120"),
        ("anrufe", "Anrufe zur Einrichtung je Woche · Start 120"),
        ("Haushalte", "Anrufe zur Einrichtung je Woche, Haushalte · Start 120"),
        ("%", "Anrufe zur Einrichtung je Woche · Start 120 %"),
    ],
)
def test_a_unit_is_said_once(unit: str, head: str) -> None:
    draft = drawn(view_with(replace(SETUP, indicators=(replace(CALLS, unit=unit),))))

    assert any(line.startswith(f"{head} · ohne Zielbereich | ") for line in lines(draft))


def test_a_target_of_one_value_is_one_value() -> None:
    single = replace(SHARE, baseline=None, target=Target(low=Decimal(60), high=Decimal(60)))

    assert row(drawn(view_with(replace(SETUP, indicators=(single,)))), f"{SHARE.name} · Ziel 60 %")


@pytest.mark.parametrize(
    ("start", "goal", "claim"),
    [
        ("38 %", "55–65 %", "richten ihr Konto ohne Hilfe ein, von 38 % auf 55–65 %."),
        ("", "55–65 %", "richten ihr Konto ohne Hilfe ein, auf 55–65 %."),
        ("unbekannt", "55–65 %", "richten ihr Konto ohne Hilfe ein, auf 55–65 %."),
        ("38 %", "", "richten ihr Konto ohne Hilfe ein, heute 38 %."),
        ("", "", "richten ihr Konto ohne Hilfe ein."),
    ],
)
def test_the_assumption_is_a_main_clause_whatever_is_known(start: str, goal: str, claim: str) -> None:
    hypothesis = replace(SETUP.hypothesis, start=start, goal=goal)

    text = "\n".join(lines(drawn(view_with(replace(SETUP, hypothesis=hypothesis)))))

    assert f"Unsere Annahme: Neue Kundinnen und Kunden {claim}" in text


def test_the_day_to_think_again_is_asked_about_once_and_never_before() -> None:
    asked = {week: bool(questions(drawn(VIEW, IsoWeek(2026, week)))) for week in (46, 47, 48)}
    later = drawn(replace(VIEW, checked_weeks=VIEW.checked_weeks | {IsoWeek(2026, 49)}), IsoWeek(2026, 49))

    assert asked == {46: False, 47: False, 48: True}
    assert questions(later) == []


def test_a_check_in_on_the_very_day_asks() -> None:
    assert questions(drawn(view_with(with_rethink("unter 42 %", date(2026, 11, 24)))))


@pytest.mark.parametrize("value", ["10", "44", "90", None])
def test_the_question_to_think_again_gives_no_verdict_whatever_the_value(value: str | None) -> None:
    readings = {SHARE.id: series(SHARE, (11, 16, "44"), (11, 23, value))}
    (question,) = questions(drawn(replace(VIEW, readings=readings)))
    newest = f"Neuester Wert: {value} % (23.11.)." if value else "Seitdem kein neuerer Wert."

    assert question == (
        "Am 20.11. wollten wir neu nachdenken, falls der Wert unter 42 % liegt. Letzter Wert bis dahin: 44 % (16.11.). "
        f"{newest} Machen wir weiter, ändern wir etwas oder hören wir auf?"
    )


def test_without_any_value_the_question_to_think_again_stands_all_the_same() -> None:
    (question,) = questions(drawn(replace(VIEW, readings={})))

    assert "Letzter Wert bis dahin: keine Daten. Seitdem kein neuerer Wert." in question


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("über 42", "falls der Wert über 42 liegt."),
        ("below 42%", "falls der Wert unter 42% liegt."),
        ("wenn sich niemand mehr meldet", "falls: wenn sich niemand mehr meldet."),
        ("unter 42 % in zwei Wochen", "falls: unter 42 % in zwei Wochen."),
        ("{day} {condition} %s", "falls: {day} {condition} %s."),
    ],
)
def test_a_criterion_becomes_a_sentence_only_where_it_is_a_plain_limit(condition: str, said: str) -> None:
    (question,) = questions(drawn(view_with(with_rethink(condition, date(2026, 11, 20)))))

    assert question.startswith(f"Am 20.11. wollten wir neu nachdenken, {said} Letzter Wert")


def test_a_criterion_without_a_day_stands_on_every_check_in() -> None:
    draft = drawn(view_with(with_rethink("höchstens 1 von 5 in drei Check-ins hintereinander", None)))

    assert questions(draft) == []
    assert any("Wir denken neu nach, wenn: höchstens 1 von 5" in line for line in lines(draft))


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (StatusCategory.TO_DO, "noch nicht begonnen"),
        (StatusCategory.IN_PROGRESS, "in Arbeit"),
        (StatusCategory.DONE, "abgeschlossen"),
        (StatusCategory.OTHER, "ohne Zustand"),
        (None, "nicht sichtbar"),
    ],
)
def test_an_epic_shows_our_word_for_its_state_and_only_a_completed_one_asks(
    status: StatusCategory | None, word: str
) -> None:
    epic = Evidence(key="ONB-12", name="Geführte Einrichtung", status=status)
    draft = drawn(replace(VIEW, evidence={SHARE.id: (epic,)}))

    assert row(draft, "Geführte Einrichtung")[:2] == ["ONB-12", word]
    asked = any(line.startswith("ONB-12 ist abgeschlossen") for line in lines(draft))
    assert asked is (status is StatusCategory.DONE)


def test_an_epic_beside_two_indicators_asks_once_and_keeps_its_name() -> None:
    named = Evidence(key="ONB-40", name="Rückruf-Knopf", status=StatusCategory.DONE)
    evidence = {SHARE.id: (replace(named, name=""),), CALLS.id: (named,)}
    draft = drawn(replace(VIEW, evidence=evidence))

    assert [row(draft, "Rückruf-Knopf", nth)[2] for nth in (1, 2)] == [SHARE.name, CALLS.name]
    asked = [line for line in lines(draft) if line.startswith("ONB-40 ist abgeschlossen")]
    assert asked == [
        "ONB-40 ist abgeschlossen. Was sehen wir seitdem an diesen Indikatoren: Anteil selbst eingerichteter Konten; "
        "Anrufe zur Einrichtung je Woche?"
    ]


def test_an_epic_is_a_plain_link_under_the_teams_name() -> None:
    inside = region(drawn(VIEW), "kr-erste-woche-einrichtung-ohne-hilfe")

    assert '<td><p><a href="https://jira.example.org/browse/ONB-12">ONB-12</a></p></td>' in inside


def test_without_epics_nothing_speaks_of_them() -> None:
    assert not any("Epic" in line for line in lines(drawn(replace(VIEW, evidence={}))))


def test_no_page_holds_what_would_show_people_or_colours() -> None:
    body = PAGES.check_in(VIEW, WEEK, ADDRESSES, LAST).body.words

    for unwanted in ("ri:user", "ac:task", 'ac:name="jira"', 'ac:name="status"', "data-card", "color", "background"):
        assert unwanted not in body


def test_answers_start_empty_even_when_the_team_has_answered_before() -> None:
    body = PAGES.check_in(VIEW, WEEK, ADDRESSES, LAST).body.words
    team_parts = [part.split("</ac:rich-text-body>")[0] for part in body.split("okr-t-")[1:]]

    assert len(team_parts) == 3
    for part in team_parts:
        assert part.count("<td><p /></td></tr>") == part.count("<tr>") > 0


def test_what_has_no_address_yet_stays_words() -> None:
    nowhere = Addresses(issues={}, pages={}, browse="https://jira.example.org/browse/", about=None)
    draft = PAGES.check_in(replace(VIEW, evidence={}), WEEK, nowhere, None)

    assert "<a " not in draft.body.words
    assert any("Planning Q4 2026 · voriger Check-in: KW 47" in line for line in lines(draft))


def test_a_team_without_an_agreement_names_none() -> None:
    foot = lines(drawn(replace(VIEW, agreed_on=None)))[-1]

    assert foot.endswith("Was hier gelesen wird und was nicht · nächster Check-in: 01.12.2026")


def test_after_the_last_check_in_of_a_cycle_comes_the_first_of_the_next() -> None:
    following = Cycle(id="2027-Q1", first=date(2027, 1, 1), last=date(2027, 3, 31))
    week = IsoWeek(2026, 53)

    assert lines(drawn(VIEW, week))[-1].endswith("Vereinbarung vom 14.09.2026")
    both = replace(VIEW, strategy=replace(STRATEGY, cycles=(QUARTER, following)))
    assert lines(drawn(both, week))[-1].endswith("nächster Check-in: 05.01.2027")


def test_quiet_weeks_are_no_columns_and_no_next_check_in() -> None:
    assert lines(drawn(VIEW, IsoWeek(2026, 51)))[-1].endswith("nächster Check-in: 29.12.2026")
    assert " | KW 49 | KW 50 | KW 51 | KW 53" in "\n".join(lines(drawn(VIEW, IsoWeek(2026, 53))))


def test_a_team_without_a_rhythm_still_gets_a_page_it_asks_for() -> None:
    draft = drawn(replace(VIEW, team=replace(TEAM, rhythm=None)))

    assert lines(draft)[0].startswith("KW 48 · Nordlicht Energie")
    assert row(draft, STATE)[-1] == "unklar"


def test_a_quotation_of_last_time_keeps_its_paragraphs_and_stays_as_it_was() -> None:
    last = LastTime(week=IsoWeek(2026, 47), tried=TeamText("Erstens.\n\nZweitens."))
    draft = PAGES.check_in(VIEW, WEEK, ADDRESSES, last)

    assert "<td><p>Erstens.</p><p>Zweitens.</p></td>" in region(draft, "last")
    assert "Das brauchten wir" not in region(draft, "last")
    assert [r.name for r in draft.regions if r.once] == ["head", "last"]
    assert renewed(draft) == renewed(drawn(VIEW))


def test_nothing_said_last_time_leaves_the_heading_alone() -> None:
    draft = PAGES.check_in(VIEW, WEEK, ADDRESSES, LastTime(week=IsoWeek(2026, 47), needed=TeamText(" \n ")))

    assert region(draft, "last") == "<h2>3 · Gemeinsam weiter</h2>"


def test_another_day_of_comparison_is_no_change() -> None:
    tomorrow = drawn(replace(VIEW, today=VIEW.today + timedelta(days=1)))

    assert renewed(tomorrow) == renewed(drawn(VIEW))
    assert merge(drawn(VIEW).body, tomorrow).changed == ()


def test_the_same_in_english() -> None:
    today = replace(crossing.VIEW, today=crossing.VIEW.today + timedelta(days=9))
    first = PAGES.check_in(crossing.VIEW, WEEK, crossing.ADDRESSES, None)
    later = PAGES.check_in(today, WEEK, crossing.ADDRESSES, None)

    assert first.body != later.body
    assert renewed(first) == renewed(later)


@pytest.mark.parametrize(
    "change",
    [
        lambda view: replace(view, readings={**READINGS, CALLS.id: ()}),
        lambda view: replace(view, answers={}),
        lambda view: replace(view, evidence={**EVIDENCE, SHARE.id: ()}),
        lambda view: replace(view, agreed_on=date(2026, 9, 15)),
    ],
)
def test_what_is_seen_to_change_changes_the_digest(change: Callable[[TeamView], TeamView]) -> None:
    assert renewed(drawn(change(VIEW))) != renewed(drawn(VIEW))


def test_every_region_carries_the_digest_of_what_it_shows() -> None:
    for shown in drawn(VIEW).regions:
        assert shown.digest == digest(shown.inside)


def test_the_labels_and_the_title_are_those_by_which_pages_are_found() -> None:
    german, english = drawn(VIEW), PAGES.check_in(crossing.VIEW, IsoWeek(2026, 41), crossing.ADDRESSES, None)

    assert german.title == "OKR-Check-in · Team Onboarding · KW 48/2026"
    assert german.labels == ("okr", "okr-check-in", "okr-team-onboarding", "okr-2026-q4")
    assert english.title == "OKR check-in · Team Crossing · week 41/2026"


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=40))
def test_whatever_a_team_writes_the_page_is_well_formed_and_says_it(text: str) -> None:
    key_result = replace(SETUP, name=text, hypothesis=replace(SETUP.hypothesis, who=text, because=text))
    evidence = {SHARE.id: (Evidence(key="ONB-12", name=text, status=StatusCategory.DONE),)}
    view = replace(view_with(key_result), evidence=evidence)

    draft = PAGES.check_in(view, WEEK, ADDRESSES, LastTime(week=IsoWeek(2026, 47), tried=TeamText(text)))

    assert len(draft.regions) == 4


def test_markup_of_a_team_is_words_and_signs_that_xml_cannot_hold_are_left_out() -> None:
    name = 'A & B <script>"x"</script> ]]> {{ 1 }} \x00\x0b\ufffe'
    draft = drawn(view_with(replace(SETUP, name=name)))

    assert '1 · A & B <script>"x"</script> ]]> {{ 1 }}' in lines(draft)
    assert "\x00" not in draft.body.words


def test_readings_of_an_earlier_cycle_make_no_columns() -> None:
    old = Reading(indicator="onboarding/anteil-konten", on=date(2026, 9, 15), value=Decimal(30))
    draft = drawn(replace(VIEW, readings={SHARE.id: (old, *READINGS[SHARE.id])}), IsoWeek(2026, 42))

    assert " | KW 41 | KW 42" in "\n".join(lines(draft))


FOLLOWING = Cycle(id="2027-Q1", first=date(2027, 1, 1), last=date(2027, 3, 31))


def lives_on() -> TeamView:
    """The first check-in of the next cycle, in which an indicator of the last one lives on."""
    new = replace(GUIDE, id="weiter", name="Weiter ohne Hilfe", indicators=(SHARE,))
    fresh = replace(GUIDE, id="neu", name="Neues", indicators=(replace(CALLS, id="neu", name="Neue Anrufe"),))
    objective = replace(FIRST_WEEK, cycle=FOLLOWING.id, id="weiter", key_results=(new, fresh))
    return replace(
        VIEW,
        team=replace(TEAM, objectives=(FIRST_WEEK, objective)),
        cycle=FOLLOWING,
        strategy=replace(STRATEGY, cycles=(QUARTER, FOLLOWING)),
        today=date(2027, 1, 5),
    )


def test_an_indicator_that_lives_on_shows_its_series_in_the_next_cycle_and_a_new_one_begins_small() -> None:
    draft = drawn(lives_on(), IsoWeek(2027, 1))

    assert " | KW 46 | KW 47 | KW 48 | KW 49 | KW 01" in lines(draft), "its gaps, not how long ago the cycle ended"
    assert row(draft, "Anteil selbst")[:4] == ["keine Daten", "44 %", "41,5 %", "60 %"]
    assert " | KW 01" in lines(draft)
    assert row(draft, "Weiter ohne Hilfe: wo stand") == [""] * 5
    picture = next(line for line in draft.body.words.splitlines() if "<ac:image" in line)
    assert "KW 44: 39, KW 45: 40,5" in picture


def test_the_series_of_a_cycle_that_is_over_is_read_from_its_pages_by_the_names_that_live_on() -> None:
    view = lives_on()
    old = drawn(replace(VIEW, strategy=view.strategy)).body
    only_new = replace(view.team, objectives=view.team.objectives[1:])

    found = read_series(old, only_new, QUARTER, WEEK)
    assert [str(r.value) for r in found] == ["39.0", "40.5", "44.0", "41.5"]
    assert {r.indicator for r in found} == {f"{TEAM.id}/{SHARE.id}"}


def test_a_plan_that_changed_is_told_beside_it_with_the_week() -> None:
    head = lines(drawn(replace(VIEW, changed_in=IsoWeek(2026, 47))))[0]

    assert " · Planning Q4 2026, geändert in KW 47 · voriger Check-in: KW 47" in head
    assert "geändert" not in lines(drawn(VIEW))[0]
    english = PAGES.check_in(
        replace(crossing.VIEW, changed_in=IsoWeek(2026, 47)), crossing.WEEK, crossing.ADDRESSES, None
    )
    assert " · Planning Q4 2026, changed in week 47" in lines(english)[0]
