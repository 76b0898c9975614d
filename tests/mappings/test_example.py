import json
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import jsonschema
import pytest

from mappings.book import example_files, read_book
from mappings.calendar import IsoWeek, Weekday
from mappings.indicators import SourceKind, Target
from mappings.json_schema import SchemaKind, schema_text
from mappings.locations import plain
from mappings.okr import Language, MappingBook, OkrSource
from mappings.start import quarter, start_files
from mappings.yaml_tree import grow
from tests.mappings.books import TODAY


def book() -> MappingBook:
    reading = read_book(example_files(), TODAY)
    assert reading.book is not None
    return reading.book


def test_the_example_has_no_finding() -> None:
    assert read_book(example_files(), TODAY).findings == ()


def test_the_example_is_read_with_every_value() -> None:
    strategy, (metering, onboarding) = book().strategy, book().teams
    assert (strategy.organisation, strategy.language, strategy.space) == ("Nordlicht Energie", Language.DE, "OKR")
    assert strategy.timezone == ZoneInfo("Europe/Berlin")
    assert [cycle.id for cycle in strategy.cycles] == ["2026-Q4", "2027-Q1"]
    assert strategy.moal is not None
    assert strategy.moal.until == "2027-12"
    assert (onboarding.id, onboarding.size, onboarding.delivery, onboarding.space) == ("onboarding", 7, ("ONB",), "ONB")
    assert (metering.language, metering.timezone) == (Language.EN, strategy.timezone)
    assert onboarding.source is OkrSource.HERE
    assert onboarding.rhythm is not None
    assert onboarding.rhythm.check_in is Weekday.TUESDAY
    assert onboarding.rhythm.quiet_weeks == {IsoWeek(2026, 52)}
    assert onboarding.rhythm.reviews == (("2026-Q4", date(2026, 12, 15)),)


def test_an_assumption_and_an_exploration_stand_in_both_teams() -> None:
    for team in book().teams:
        (objective,) = team.objectives
        assumption, exploration = objective.key_results
        assert assumption.leading
        assert assumption.lagging
        assert assumption.hypothesis.goal
        assert exploration.hypothesis.start == exploration.hypothesis.goal == ""
        assert all(indicator.target is None and indicator.baseline is None for indicator in exploration.indicators)
        assert objective.unknowns
        assert objective.not_doing
        kinds = {i.source.kind for k in objective.key_results for i in k.indicators}
        assert kinds == {SourceKind.PUSHED, SourceKind.JQL_COUNT, SourceKind.OBSERVED}


def test_an_indicator_is_read_with_its_measure_and_its_epics() -> None:
    indicator = book().teams[1].objectives[0].key_results[0].indicators[0]
    assert (indicator.baseline, indicator.target) == (Decimal(38), Target(low=Decimal(55), high=Decimal(65)))
    assert indicator.decimals == 1
    assert indicator.epics is not None
    assert indicator.epics.keys == (("ONB-12", "Geführte Einrichtung"), ("ONB-33", "Hinweis zum Zählerstand"))
    assert indicator.expect is not None
    assert indicator.expect.first_visible == IsoWeek(2026, 44)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 3, 31), date(2026, 11, 24), date(2028, 2, 29)])
def test_a_folder_to_start_from_has_no_finding_on_any_day(language: Language, day: date) -> None:
    files = start_files(day, language)
    reading = read_book(files, day)
    assert reading.findings == ()
    assert reading.book is not None
    running = reading.book.strategy.running(day)
    assert running is not None
    assert reading.book.teams[0].source is OkrSource.CONFLUENCE
    assert not any("@" in text for name, text in files.items() if name.endswith(".yaml"))


def test_quarters_meet_without_a_gap() -> None:
    assert (quarter(date(2026, 12, 31)).first, quarter(date(2026, 12, 31)).last) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
    )
    assert quarter(date(2027, 1, 1)).id == "2027-Q1"


def test_the_schema_knows_every_key_of_both_files() -> None:
    both = schema_text()
    for key in ("planning_ahead", "quiet_weeks", "first_visible", "evidence_link", "contributes_to", "pointer"):
        assert f'"{key}"' in both
    assert '"organisation"' in schema_text(SchemaKind.STRATEGY)
    assert '"organisation"' not in schema_text(SchemaKind.TEAM)
    assert start_files(TODAY)["schema.json"] == both


@pytest.mark.parametrize("files", [example_files(), start_files(TODAY)], ids=["example", "start"])
def test_the_schema_accepts_what_lint_accepts_and_refuses_an_owner(files: dict[str, str]) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema_text()))
    for name, text in files.items():
        if name.endswith(".yaml"):
            tree, _ = grow(text)
            assert tree is not None
            keys = plain(tree)
            assert isinstance(keys, dict)
            assert [error.message for error in validator.iter_errors(keys)] == []
            assert list(validator.iter_errors({**keys, "owner": "x"}))
