"""What single calls cost in points: objects that were read count, what merely goes with them does not."""

from collections.abc import Callable
from itertools import pairwise

from mappings.team_text import TeamText
from tests.gateways.conftest import Connected


def some_epics(connected: Connected) -> None:
    for number in range(7):
        connected.site.jira.add_issue(project="ONB", summary=f"Epic {number}", labels=["okr-rate"])


CALLS: list[tuple[int, Callable[[Connected], object]]] = [
    (1 + 7, lambda on: on.jira.epics("project = ONB", frozenset())),
    (1 + 7, lambda on: on.jira.issue_ids("project = ONB")),
    (1 + 2, lambda on: on.jira.issues(["ONB-1", "ONB-2", "ONB-99"])),
    (1 + 0, lambda on: on.jira.epics("project = ONB AND labels = nothing", frozenset())),
    (1 + 0, lambda on: on.jira.issue_types("ONB")),
    (1 + 0, lambda on: on.jira.remove_labels("ONB-1", ["okr-rate"])),
    (1 + 1, lambda on: on.confluence.spaces(["OKR", "NIX"])),
    (1 + 1, lambda on: on.jira.inspection().project("ONB")),
    (1 + 2, lambda on: on.jira.inspection().permissions(frozenset({"BROWSE_PROJECTS"}), "ONB")),
]


def test_a_call_costs_its_request_and_what_it_read(connected: Connected) -> None:
    connected.site.jira.add_project("ONB")
    connected.site.confluence.add_space("OKR", "OKR")
    some_epics(connected)
    costs = [0]
    for _, ask in CALLS:
        ask(connected)
        costs.append(connected.tally.counts().points)
    assert [after - before for before, after in pairwise(costs)] == [points for points, _ in CALLS]


def test_pages_count_and_their_labels_do_not(connected: Connected) -> None:
    connected.site.confluence.add_space("OKR", "OKR")
    (space,) = connected.confluence.spaces(["OKR"])
    page = connected.confluence.create_page(space.id, None, "Planung", TeamText("<p>Text</p>"))
    costs = [connected.tally.counts().points]
    for ask in (
        lambda: connected.confluence.pages([page.id]),
        lambda: connected.confluence.labels(page.id),
        lambda: connected.confluence.draft(page.id),
    ):
        ask()
        costs.append(connected.tally.counts().points)
    assert [after - before for before, after in pairwise(costs)] == [2, 1, 2]


def test_an_attempt_that_is_sent_again_costs_its_request_again(connected: Connected) -> None:
    connected.site.jira.add_project("ONB")
    some_epics(connected)
    connected.site.faults.answer(503, (), b"", "POST", "/rest/api/3/search/jql", times=2)
    connected.jira.epics("project = ONB", frozenset())
    assert connected.tally.counts().points == 3 + 7
