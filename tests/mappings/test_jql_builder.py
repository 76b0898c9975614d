from zoneinfo import ZoneInfo

import pytest

from mappings import jql
from mappings.calendar import IsoWeek

BERLIN = ZoneInfo("Europe/Berlin")


def accepted(text: str, purpose: jql.Purpose = jql.Purpose.EPICS) -> jql.Accepted:
    verdict = jql.judge(text, purpose)
    assert isinstance(verdict, jql.Accepted)
    return verdict


def test_values_are_quoted_sorted_and_written_once() -> None:
    assert jql.epics_by_label(["ONB", "MET", "ONB"], ['a"b', "x"]) == (
        'project IN ("MET", "ONB") AND labels IN ("a\\"b", "x")'
    )
    assert jql.epics_by_parent(["ONB"], ["ONB-1"]) == 'project = "ONB" AND parent = "ONB-1"'
    assert jql.epics_by_keys(["ONB-2", "ONB-1"]) == 'key IN ("ONB-1", "ONB-2")'


def test_a_foreign_query_cannot_leave_its_brackets() -> None:
    joined = jql.epics_by_jql(["ONB"], accepted('labels = a OR summary ~ "x) OR (y"'))
    assert joined == 'project = "ONB" AND (labels = "a" OR summary ~ "x) OR (y")'
    assert jql.epics_by_jql(["ONB"], "labels = a ORDER BY created") == 'project = "ONB" AND (labels = "a")'


def test_a_foreign_query_with_a_person_is_not_joined() -> None:
    with pytest.raises(ValueError, match="not accepted"):
        jql.epics_by_jql(["ONB"], "assignee = anna")


def test_our_own_issues_are_found_by_mark_and_the_one_person_clause_asks_only_whether() -> None:
    assert jql.own_issues(["OKR"]) == 'project = "OKR" AND labels = "okr-connector"'
    assert jql.own_issues(["OKR"], ["onb"]) == (
        'project = "OKR" AND labels = "okr-connector" AND labels = "okr-team-onb"'
    )
    assert jql.own_assigned(["OKR"]) == ('project = "OKR" AND labels = "okr-connector" AND assignee IS NOT EMPTY')


def test_a_count_takes_the_week_from_monday_to_monday() -> None:
    query = accepted("project = SUP AND labels = einrichtung", jql.Purpose.COUNT)
    assert jql.count_in_week(query, IsoWeek(2026, 48), BERLIN) == (
        '(project = "SUP" AND labels = "einrichtung")'
        ' AND created >= "2026-11-23 00:00" AND created < "2026-11-30 00:00"'
    )


def test_the_week_of_a_team_is_told_in_the_clock_of_the_account_that_asks() -> None:
    query = accepted("project = SUP", jql.Purpose.COUNT)
    told = jql.count_in_week(query, IsoWeek(2026, 43), BERLIN, ZoneInfo("America/New_York"))
    assert told.endswith('created >= "2026-10-18 18:00" AND created < "2026-10-25 19:00"')  # Berlin leaves summer time


def test_the_last_week_of_a_year_ends_in_the_next() -> None:
    query = accepted("project = SUP", jql.Purpose.COUNT)
    assert 'created < "2027-01-04 00:00"' in jql.count_in_week(query, IsoWeek(2026, 53), BERLIN)


@pytest.mark.parametrize("values", [[], [""], ["a\nb"], ["\x00"], [" "]])
def test_an_empty_or_unprintable_value_is_no_query(values: list[str]) -> None:
    with pytest.raises(ValueError, match="label"):
        jql.epics_by_label(["ONB"], values)


def test_a_polling_query_asks_for_minutes() -> None:
    assert jql.changed_within(["ONB"], 15) == 'project = "ONB" AND updated >= "-15m"'
