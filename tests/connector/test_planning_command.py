"""`okr planning` says so where a team gets no page."""

from dataclasses import replace
from datetime import date

from connector.commands.sync import without_planning
from mappings.book import example_files, read_book

TODAY = date(2026, 11, 24)
BOOK = read_book(example_files(), TODAY).book


def test_a_team_whose_file_names_nothing_of_the_next_cycle_is_told_so() -> None:
    assert BOOK is not None
    following = min(cycle.id for cycle in BOOK.strategy.cycles if cycle.first > TODAY)
    said = list(without_planning(BOOK, frozenset({"onboarding"}), TODAY))
    assert [line.partition(":")[0] for line in said] == ["onboarding"]
    assert following in said[0]
    team = BOOK.team("onboarding")
    assert team is not None
    planned = replace(team, objectives=tuple(replace(each, cycle=following) for each in team.objectives))
    assert not list(without_planning(replace(BOOK, teams=(planned,)), frozenset({"onboarding"}), TODAY))


def test_where_no_cycle_is_to_come_the_command_says_so() -> None:
    assert BOOK is not None
    (said,) = without_planning(BOOK, frozenset({"onboarding"}), date(2030, 1, 1))
    assert "no cycle to come" in said
