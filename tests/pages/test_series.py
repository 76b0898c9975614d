"""The numbers on a page are enough to draw the page again when the database is lost."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.pages.regions import machine_regions
from connector.pages.render import Pages
from connector.pages.series import read_series
from connector.pages.views import Addresses, TeamView
from connector.sandbox.editors import cloud_editor, legacy_editor
from mappings.indicators import Indicator, Reading
from mappings.okr import Language
from mappings.team_text import TeamText
from tests.pages import team_crossing as crossing
from tests.pages import team_onboarding as onboarding

PAGES = Pages()
TEAMS = {"de": (onboarding.VIEW, onboarding.ADDRESSES), "en": (crossing.VIEW, crossing.ADDRESSES)}


def drawn(view: TeamView, addresses: Addresses) -> str:
    return PAGES.check_in(view, onboarding.WEEK, addresses, None).body.words


def read(body: str, view: TeamView) -> tuple[Reading, ...]:
    return read_series(TeamText(body), view.team, view.cycle, onboarding.WEEK)


def by_indicator(readings: tuple[Reading, ...]) -> dict[str, tuple[Reading, ...]]:
    found: dict[str, tuple[Reading, ...]] = {}
    for reading in readings:
        name = reading.indicator.partition("/")[2]
        found[name] = (*found.get(name, ()), reading)
    return found


def test_the_model_page_gives_its_numbers_back() -> None:
    found = by_indicator(read(drawn(*TEAMS["de"]), onboarding.VIEW))
    wanted = {
        key: tuple(r for r in series if r.value is not None and r.week <= onboarding.WEEK)
        for key, series in onboarding.READINGS.items()
    }
    assert found == wanted


@pytest.mark.parametrize("language", TEAMS)
def test_a_page_drawn_from_its_own_numbers_is_the_same(language: str) -> None:
    view, addresses = TEAMS[language]
    body = drawn(view, addresses)
    for page in (body, cloud_editor(body, lambda: "1" * 12), legacy_editor(body, lambda: "1" * 12)):
        again = replace(view, readings=by_indicator(read(page, view)))
        assert drawn(again, addresses) == body


def test_numbers_that_people_changed_are_not_taken() -> None:
    body = drawn(*TEAMS["de"])
    changed = read(body.replace("40,5", "45,5"), onboarding.VIEW)
    assert {r.indicator for r in changed} == {"onboarding/gefunden"}


def test_a_renamed_indicator_is_known_by_its_place() -> None:
    setup = replace(onboarding.SETUP, indicators=(replace(onboarding.SHARE, name="Ganz anders"), onboarding.CALLS))
    team = replace(onboarding.TEAM, objectives=(replace(onboarding.FIRST_WEEK, key_results=(setup,)),))
    found = by_indicator(read_series(TeamText(drawn(*TEAMS["de"])), team, onboarding.QUARTER, onboarding.WEEK))
    assert len(found["anteil-konten"]) == 4
    assert len(found["anrufe"]) == 5


def test_a_page_of_another_week_gives_nothing() -> None:
    body = TeamText(drawn(*TEAMS["de"]))
    assert read_series(body, onboarding.TEAM, onboarding.QUARTER, onboarding.WEEK.shifted(1)) == ()


def test_every_machine_region_of_a_page_is_read_as_untouched() -> None:
    assert all(found.untouched for found in machine_regions(TeamText(drawn(*TEAMS["en"]))))


WEEKS = [date(2026, 10, 26) + timedelta(weeks=n) for n in range(5)]
VALUES = st.none() | st.decimals(min_value=-2000, max_value=2000000, places=1)
CELL = st.tuples(st.booleans(), st.integers(0, 6), VALUES)


def series(indicator: Indicator, cells: list[tuple[bool, int, Decimal | None]]) -> tuple[Reading, ...]:
    return tuple(
        Reading(indicator=f"onboarding/{indicator.id}", on=week + timedelta(days=day), value=value)
        for week, (there, day, value) in zip(WEEKS, cells, strict=True)
        if there
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELL, min_size=5, max_size=5), min_size=3, max_size=3), st.sampled_from(Language))
def test_any_series_survives_the_loss_of_the_database(
    cells: list[list[tuple[bool, int, Decimal | None]]], language: Language
) -> None:
    third = replace(onboarding.CALLS, id="dritter", name="Anrufe")
    indicators = (onboarding.SHARE, onboarding.CALLS, third)
    view = onboarding.view_with(replace(onboarding.SETUP, indicators=indicators))
    view = replace(view, team=replace(view.team, language=language))
    readings = {i.id: series(i, c) for i, c in zip(indicators, cells, strict=True)}
    body = drawn(replace(view, readings=readings), onboarding.ADDRESSES)
    found = by_indicator(read(body, view))
    assert drawn(replace(view, readings=found), onboarding.ADDRESSES) == body
    for indicator in indicators:
        known = {r.week: r.value for r in readings[indicator.id] if r.value is not None}
        assert {r.week: r.value for r in found.get(indicator.id, ()) if r.value is not None} == known


def test_before_a_plan_holds_nothing_is_missing_and_nothing_is_shown() -> None:
    rhythm = replace(onboarding.TEAM.rhythm, valid_from=date(2026, 10, 22)) if onboarding.TEAM.rhythm else None
    counts = tuple(Reading(indicator="onboarding/anrufe", on=date(2026, 10, d), value=Decimal(d)) for d in (5, 12, 19))
    calls, view = onboarding.CALLS.id, replace(onboarding.VIEW, team=replace(onboarding.TEAM, rhythm=rhythm))
    early = replace(view, readings={**view.readings, calls: (*counts, *view.readings[calls])})
    assert PAGES.check_in(early, onboarding.WEEK.shifted(-3), onboarding.ADDRESSES, None) == PAGES.check_in(
        view, onboarding.WEEK.shifted(-3), onboarding.ADDRESSES, None
    )
    before = Reading(indicator="onboarding/anrufe", on=date(2026, 9, 28), value=Decimal(140))
    lives_on = replace(early, readings={**early.readings, calls: (before, *early.readings[calls])})
    assert "140" in PAGES.check_in(lives_on, onboarding.WEEK.shifted(-4), onboarding.ADDRESSES, None).body.words
