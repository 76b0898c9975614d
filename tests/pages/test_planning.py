"""The planning page of a team from the book, the strategy page, and the page above them."""

from dataclasses import replace
from datetime import date, time

import pytest

from connector.pages.canonical import digest
from connector.pages.draft import Draft
from connector.pages.render import Pages
from connector.pages.views import Addresses, TeamView
from mappings.calendar import IsoWeek, Rhythm, Weekday
from mappings.epics import EpicSelector
from mappings.indicators import Source, SourceKind
from mappings.okr import Moal
from tests.pages import team_crossing as crossing
from tests.pages.seen import lines, region, renewed
from tests.pages.team_onboarding import (
    ADDRESSES,
    CALLS,
    CANCELLED,
    FIRST_WEEK,
    SETUP,
    SHARE,
    STRATEGY,
    TEAM,
    VIEW,
    view_with,
)

PAGES = Pages()


def seen(view: TeamView) -> str:
    return "\n".join(lines(PAGES.planning(view, ADDRESSES)))


def strategy_with(moal: Moal | None) -> TeamView:
    return replace(VIEW, strategy=replace(STRATEGY, moal=moal))


def test_the_tables_of_the_model_page_are_filled_from_the_book() -> None:
    text = seen(VIEW)

    for line in (
        "Moal, bis Ende 2027 | Ein Blick genügt: Wer zu uns kommt, versteht den eigenen Verbrauch, ohne nachzufragen.",
        "Unser Check-in | dienstags um 9 Uhr, jede Woche",
        "Ruhige Wochen | KW 52",
        "Unser Review | 15.12.2026",
        "Was ist am Ende anders? | Neue Kundinnen und Kunden sind nach einer Woche sicher unterwegs.",
        "Was wir nicht wissen | Ob die Anleitung überhaupt gelesen wird. Ob der Brief vor dem ersten Login ankommt.",
        "Was wir in diesem Zyklus nicht tun | Ein neues Rechnungsportal.",
        "Von wo nach wo? | von 38 % auf 55–65 %",
        "Wann denken wir neu nach? | unter 42 % bis 20.11.2026",
        "Anteil selbst eingerichteter Konten, in % | anteil-konten | früh | 38 | 55–65 | wird geschickt"
        " | Geführte Einrichtung: ONB-12, Hinweis zum Zählerstand: ONB-33; steigt, ab KW 44",
        "Anrufe zur Einrichtung je Woche | anrufe | früh | 120 |  | Zählung in Jira"
        " | Rückruf-Knopf bei Schritt 2: ONB-40; sinkt, ab KW 47",
        "Kündigungen in den ersten 90 Tagen, in % | kuendigungen | spät | 6 |  | schauen wir im Review nach | ",
        "Von wo nach wo? | unbekannt, wir erkunden",
        "Antwort in der Anleitung gefunden, von 5 angerufenen Haushalten | gefunden | früh | unbekannt |"
        "  | tragen wir ein | Anleitung auf einer Seite: ONB-27; steigt, ab KW 46",
    ):
        assert line in text


def test_every_issue_of_ours_is_linked_by_its_key_once_it_exists() -> None:
    draft = PAGES.planning(VIEW, ADDRESSES)

    for key in ("OKR-1", "OKR-2", "OKR-3"):
        assert f'<a href="https://jira.example.org/browse/{key}">{key}</a>' in region(draft, "okrs")
    before = PAGES.planning(VIEW, replace(ADDRESSES, issues={}))
    assert "Vorgang in Jira" not in region(before, "okrs")


def test_a_new_epic_state_or_check_in_is_no_change_of_the_planning_page() -> None:
    later = replace(VIEW, evidence={}, readings={}, answers={}, checked_weeks=frozenset(), today=date(2026, 12, 1))

    assert renewed(PAGES.planning(later, ADDRESSES)) == renewed(PAGES.planning(VIEW, ADDRESSES))


def test_sections_are_numbered_through_for_one_objective_and_for_several() -> None:
    one = [line for line in lines(PAGES.planning(VIEW, ADDRESSES)) if line[:1].isdigit() and " · " in line[:5]]
    several = [line for line in lines(PAGES.planning(crossing.VIEW, ADDRESSES)) if line[1:4] == " · "]

    assert [line[0] for line in one] == ["1", "2", "3", "4", "5"]
    assert several[2:] == [
        "3 · Objective 1",
        "4 · Key results of objective 1",
        "5 · Objective 2",
        "6 · Key results of objective 2",
        "7 · How it goes on",
    ]


def test_a_team_that_has_written_nothing_gets_a_quiet_page() -> None:
    text = seen(replace(VIEW, team=replace(TEAM, objectives=(), jira=None, rhythm=None)))

    assert "3 · Unser Objective\nHier steht noch nichts.\n4 · Wie es weitergeht" in text
    assert "Dieses Team führt seine OKR ohne Vorgänge in Jira." in text
    assert "Unser Check-in | noch offen" in text


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        (EpicSelector(label="okr-setup"), "alle mit dem Label „okr-setup“"),
        (EpicSelector(parent="ONB-1"), "alle unter ONB-1"),
        (EpicSelector(jql="project = ONB"), "was die Abfrage in der Mapping-Datei findet"),
        (EpicSelector(keys=(("ONB-1", ""), ("ONB-2", "Zwei"))), "ONB-1, Zwei: ONB-2"),
        (None, ""),
    ],
)
def test_which_epics_are_evidence_is_said_as_the_team_said_it(selector: EpicSelector | None, said: str) -> None:
    indicator = replace(SHARE, epics=selector)
    text = seen(view_with(replace(SETUP, indicators=(indicator,))))
    expected = f"| {said}; steigt, ab KW 44" if said else "| wird geschickt | "

    assert expected in text


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [
        (Rhythm(check_in=Weekday.MONDAY, at=time(9, 30), every=2), "montags um 9:30 Uhr, alle zwei Wochen"),
        (Rhythm(check_in=Weekday.FRIDAY, at=time(14, 0), every=3), "freitags um 14 Uhr, alle 3 Wochen"),
    ],
)
def test_a_rhythm_is_said_as_people_say_it(rhythm: Rhythm, said: str) -> None:
    assert f"Unser Check-in | {said}" in seen(replace(VIEW, team=replace(TEAM, rhythm=rhythm)))


def test_only_quiet_weeks_of_the_cycle_are_named() -> None:
    rhythm = Rhythm(
        check_in=Weekday.TUESDAY,
        at=time(9),
        quiet_weeks=frozenset({IsoWeek(2026, 52), IsoWeek(2026, 42), IsoWeek(2027, 7)}),
    )

    assert "Ruhige Wochen | KW 42, KW 52\n" in seen(replace(VIEW, team=replace(TEAM, rhythm=rhythm)))


@pytest.mark.parametrize(
    ("moal", "row"),
    [
        (Moal(title="Ein Blick genügt", picture="Wer kommt, versteht.", until="2027-06"), "Moal, bis Juni 2027"),
        (Moal(title="Ein Blick genügt", picture="Wer kommt, versteht."), "Moal"),
        (Moal(title="Ein Blick genügt", picture="Wer kommt, versteht.", until="bald"), "Moal, bis bald"),
    ],
)
def test_the_moal_says_until_when_and_its_short_picture_stands_beside_it(moal: Moal, row: str) -> None:
    assert f"\n{row} | Ein Blick genügt: Wer kommt, versteht.\n" in seen(strategy_with(moal))


def test_a_long_picture_of_the_moal_stays_on_the_strategy_page() -> None:
    moal = Moal(title="Ein Blick genügt", picture="Ein Bild. " * 40)

    assert "\nMoal | Ein Blick genügt.\n" in seen(strategy_with(moal))
    assert "Ein Bild." in "\n".join(lines(PAGES.strategy(replace(STRATEGY, moal=moal), ADDRESSES)))


def test_an_objective_of_ones_own_is_named_by_its_title() -> None:
    second = replace(FIRST_WEEK, id="zweites", contributes_to=("onboarding/erste-woche", "rechnung/klarheit"))
    text = seen(replace(VIEW, team=replace(TEAM, objectives=(FIRST_WEEK, second))))

    assert f"Zahlt ein auf | {FIRST_WEEK.title}, rechnung/klarheit" in text


def test_every_source_is_said_in_words() -> None:
    kinds = [replace(CALLS, source=Source(kind=kind)) for kind in SourceKind]
    text = seen(view_with(replace(SETUP, indicators=(*kinds, CANCELLED))))

    for words in ("tragen wir ein", "wird geschickt", "aus einer Datei", "Zählung in Jira", "wird abgerufen"):
        assert words in text


def test_new_check_ins_are_listed_by_confluence_and_need_no_new_version() -> None:
    assert 'ac:name="children"' in region(PAGES.planning(VIEW, ADDRESSES), "next")


def test_a_strategy_without_words_says_so_quietly() -> None:
    bare = replace(STRATEGY, purpose="", vision="", moal=None, frame=())

    assert region(PAGES.strategy(bare, ADDRESSES), "frame") == "<p>Hier steht noch nichts.</p>"
    assert "<p>Hier steht noch nichts.</p>" in region(PAGES.planning(replace(VIEW, strategy=bare), ADDRESSES), "frame")


def test_plannings_in_other_spaces_are_linked_from_the_strategy_page() -> None:
    there = Addresses(issues={}, pages={"home/SEA": "https://wiki.example.org/pages/20"}, browse="x/")
    draft = PAGES.strategy(STRATEGY, there, (TEAM, crossing.TEAM))

    assert '<li><p><a href="https://wiki.example.org/pages/20">Team Crossing</a></p></li>' in region(draft, "teams")
    assert "Team Onboarding" not in region(draft, "teams")


@pytest.mark.parametrize(
    "draft",
    [
        PAGES.planning(VIEW, ADDRESSES),
        PAGES.planning(crossing.VIEW, crossing.ADDRESSES),
        PAGES.strategy(STRATEGY, ADDRESSES),
        PAGES.home(STRATEGY, STRATEGY.language),
    ],
)
def test_regions_are_the_whole_page_and_each_knows_what_it_shows(draft: Draft) -> None:
    assert draft.body.words.count("<ac:rich-text-body>") == len(draft.regions)
    assert [r.digest for r in draft.regions] == [digest(r.inside) for r in draft.regions]
    assert "okr" in draft.labels


def test_titles_and_labels_are_those_by_which_pages_are_found() -> None:
    planning, strategy = PAGES.planning(VIEW, ADDRESSES), PAGES.strategy(STRATEGY, ADDRESSES)

    assert (planning.title, strategy.title) == (
        "OKR-Planning · Team Onboarding · Q4 2026",
        "OKR-Strategie · Nordlicht Energie",
    )
    assert planning.labels == ("okr", "okr-planning", "okr-team-onboarding", "okr-2026-q4")
    assert PAGES.home(STRATEGY, STRATEGY.language).title == "OKR"
