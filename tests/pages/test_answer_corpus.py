"""Every spelling of the corpus is read as what it says, or asked about; none is guessed."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from connector.pages.answers import Harvest, harvest
from connector.pages.questions import QUESTIONS, Asked
from connector.pages.regions import team_region
from connector.sandbox.editors import cloud_editor, legacy_editor
from mappings.indicators import Indicator
from mappings.okr import CheckInAnswers, HypothesisState, Language, Team
from mappings.team_text import TeamText
from tests.pages import answer_corpus as corpus
from tests.pages import team_onboarding as onboarding
from tests.pages.answer_corpus import ASKED, COUNT, EUROS, HOURS, LAST, NOTHING, OF_FIVE, SHARE, UNKNOWN

INDICATORS: Mapping[str, Indicator] = {
    SHARE: replace(onboarding.FOUND, name="Anteil selbst eingerichteter Konten", unit="%"),
    COUNT: replace(onboarding.FOUND, name="Anrufe zur Einrichtung je Woche", unit=""),
    OF_FIVE: onboarding.FOUND,
    HOURS: replace(onboarding.FOUND, name="Zeit bis zur Antwort", unit="h"),
    EUROS: replace(onboarding.FOUND, name="Ersparnis je Haushalt", unit="€"),
}
REF = onboarding.GUIDE_REF


def page_of(asked: Asked, cell: str, language: Language, name: str = "") -> str:
    question = QUESTIONS[asked][language] + (f" {name}" if name else "")
    return team_region(
        "erste-woche-antwort-in-der-anleitung",
        f"<table><tbody><tr><th><p>{question}</p></th><td>{cell}</td></tr></tbody></table>",
    )


def team_with(indicator: Indicator) -> Team:
    key_results = (replace(onboarding.GUIDE, indicators=(indicator,)),)
    objective = replace(onboarding.FIRST_WEEK, key_results=key_results)
    return replace(onboarding.TEAM, objectives=(objective,))


def understood(found: Harvest, value: object) -> object:
    """What a page says, in the words of the corpus."""
    if found.as_last:
        assert value is None
        return LAST
    if found.questions:
        assert value is None
        return ASKED
    return NOTHING if value is None else value


def state_in(cell: str, language: Language) -> object:
    found = harvest(TeamText(page_of(Asked.STATE, cell, language)), onboarding.TEAM, onboarding.QUARTER)
    return understood(found, found.answers[REF].state)


def confidence_in(cell: str, language: Language) -> object:
    found = harvest(TeamText(page_of(Asked.CONFIDENCE, cell, language)), onboarding.TEAM, onboarding.QUARTER)
    return understood(found, found.answers[REF].confidence)


def reading_in(cell: str, name: str, language: Language) -> object:
    indicator = INDICATORS[name]
    body = page_of(Asked.NUMBER, cell, language, indicator.name)
    found = harvest(TeamText(body), team_with(indicator), onboarding.QUARTER)
    observed = found.answers.get(REF, CheckInAnswers()).observed
    return understood(found, (UNKNOWN if observed[0][1] is None else observed[0][1]) if observed else None)


def test_the_corpus_is_as_large_as_it_is_to_be() -> None:
    entries = [*corpus.STATES, *corpus.CONFIDENCES, *corpus.READINGS]
    assert len(entries) >= 300
    for kind in (corpus.STATES, corpus.CONFIDENCES, corpus.READINGS):
        assert len(set(kind)) == len(kind)


@pytest.mark.parametrize("language", Language)
def test_states_are_read_or_asked_about(language: Language) -> None:
    wrong = [(cell, wanted, got) for cell, wanted in corpus.STATES if (got := state_in(cell, language)) != wanted]
    assert wrong == []


@pytest.mark.parametrize("language", Language)
def test_confidences_are_read_or_asked_about(language: Language) -> None:
    wrong = [(c, wanted, got) for c, wanted in corpus.CONFIDENCES if (got := confidence_in(c, language)) != wanted]
    assert wrong == []


def test_readings_are_read_or_asked_about() -> None:
    wrong = [
        (cell, name, wanted, got)
        for cell, name, language, wanted in corpus.READINGS
        if (got := reading_in(cell, name, language)) != _quantised(wanted)
    ]
    assert wrong == []


def _quantised(wanted: Decimal | str) -> object:
    return onboarding.FOUND.quantised(wanted) if isinstance(wanted, Decimal) else wanted


def test_what_an_editor_makes_of_a_cell_is_read_alike() -> None:
    """Cells that both editors take: the corpus holds some that only one of them would write."""
    differing = []
    for cell, wanted in corpus.STATES:
        if "line-through" in cell.casefold():  # the Cloud editor knows no such style
            continue
        body = page_of(Asked.STATE, cell, Language.DE)
        for edit in (cloud_editor, legacy_editor):
            found = harvest(TeamText(edit(body, lambda: "1" * 12)), onboarding.TEAM, onboarding.QUARTER)
            got = understood(found, found.answers[REF].state)
            if got != wanted:
                differing.append((edit.__name__, cell, wanted, got))
    assert differing == []


def test_a_wrong_value_would_be_seen() -> None:
    assert state_in("gestützt", Language.DE) is HypothesisState.SUPPORTED
    assert confidence_in("6", Language.DE) != 7
