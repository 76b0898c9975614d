"""What is ours on an issue and on a page: every label that we put there, and none that a team invented."""

import inspect

import pytest

from connector.departure.traces import Place, Trace, issue_labels, page_labels
from connector.pages import titles
from mappings import labels
from tests.pages.team_onboarding import QUARTER, TEAM

CYCLES = (QUARTER.id,)
MAKERS = [made for name, made in inspect.getmembers(titles, inspect.isfunction) if name.endswith("_labels")]


@pytest.mark.parametrize("made", MAKERS)
def test_every_label_of_every_kind_of_page_is_known_again(made) -> None:  # type: ignore[no-untyped-def]  # of any shape
    given = [TEAM, QUARTER][: len(inspect.signature(made).parameters)]
    put = made(*given)
    assert set(page_labels({*put, "okr-idee", "roadmap"}, CYCLES, known=True)) == set(put)
    assert page_labels(put, CYCLES, known=True)[-1] == "okr"


def test_there_are_pages_of_many_kinds() -> None:
    assert len(MAKERS) > 7


def test_every_label_of_an_issue_is_known_again() -> None:
    marks = {labels.OURS, labels.RETIRED, labels.CLOSED, labels.DUPLICATE}
    constants = {value for name, value in vars(labels).items() if name.isupper() and isinstance(value, str)}
    assert marks == constants
    put = {*marks, labels.team_label("onboarding"), labels.cycle_label(QUARTER.id)}
    assert set(issue_labels({*put, "okr-setup-rate", "roadmap"}, CYCLES)) == put


def test_a_page_that_bears_only_the_shortest_label_is_ours_only_where_we_remember_it() -> None:
    assert page_labels({"okr", "roadmap"}, CYCLES) == ()
    assert page_labels({"okr", "roadmap"}, CYCLES, known=True) == ("okr",)
    assert page_labels({"okr-2026-q4"}, CYCLES) == ()


def test_the_labels_of_an_issue_cost_one_request_and_those_of_a_page_one_each() -> None:
    issue = Trace(
        place=Place.ISSUE, product="Jira", id="1", links=("7", "8"), page_links=("a",), mark=True, labels=("x", "y")
    )
    assert issue.writes == 5
    assert Trace(place=Place.PAGE, product="Confluence", id="1", labels=("x", "y")).writes == 2
    assert Trace(place=Place.WEBHOOK, product="Jira", id="1").writes == 1
