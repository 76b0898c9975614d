from datetime import UTC, datetime, timedelta

import pytest

from connector.sandbox.seed import empty_site
from tests.sandbox.caller import Caller

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def caller() -> Caller:
    site = empty_site(start=START, frozen=True)
    jira = site.jira
    for key in ("ONB", "SUP", "OKR"):
        jira.add_project(key, f"Projekt {key}")
    jira.add_issue(project="ONB", summary="eins", labels=["a", "b c".replace(" ", "-")])
    jira.add_issue(project="ONB", summary="zwei", labels=["a"], status="In Progress")
    jira.add_issue(project="ONB", summary="drei", status="Done", created=START - timedelta(days=9))
    jira.add_issue(project="ONB", type="Story", summary="vier", parent="ONB-1")
    jira.add_issue(project="SUP", type="Task", summary="Ruf an", labels=["Größe"], created=START - timedelta(days=2))
    jira.touch(jira.keys["SUP-1"], assignee=None)
    return Caller(site)


@pytest.mark.parametrize(
    ("jql", "keys"),
    [
        ("project = ONB", "ONB-1 ONB-2 ONB-3 ONB-4"),
        ("project = 'Projekt SUP'", "SUP-1"),
        ("project in (ONB, SUP) AND labels is not EMPTY", "ONB-1 ONB-2 SUP-1"),
        ("labels = a", "ONB-1 ONB-2"),
        ("labels = A", "ONB-1 ONB-2"),
        ("labels = b-c", "ONB-1"),
        ('labels = "größe"', "SUP-1"),
        ("labels != a", "SUP-1"),
        ("NOT labels = a", "SUP-1"),
        ("labels not in (a, x)", "SUP-1"),
        ("labels is EMPTY", "ONB-3 ONB-4"),
        ("labels = a OR labels is EMPTY", "ONB-1 ONB-2 ONB-3 ONB-4"),
        ("labels in (a, EMPTY)", "ONB-1 ONB-2 ONB-3 ONB-4"),
        ("labels = unheard-of", ""),
        ("parent = ONB-1", "ONB-4"),
        ("parent in (ONB-1, ONB-2)", "ONB-4"),
        ("key in (ONB-1, onb-2)", "ONB-1 ONB-2"),
        ("issuekey = ONB-1", "ONB-1"),
        ("issuetype = Epic and project = ONB", "ONB-1 ONB-2 ONB-3"),
        ("type != Epic", "ONB-4 SUP-1"),
        ("statusCategory = Done", "ONB-3"),
        ('statusCategory = "In Progress"', "ONB-2"),
        ("statusCategory in (new)", "ONB-1 ONB-4 SUP-1"),
        ("status = 'to do'", "ONB-1 ONB-4 SUP-1"),
        ("resolution = Unresolved AND project = ONB", "ONB-1 ONB-2 ONB-4"),
        ("resolution is not empty", "ONB-3"),
        ("assignee IS EMPTY", "SUP-1"),
        ("assignee is not empty and project = SUP", ""),
        ("key = SUP-1 AND assignee IS EMPTY", "SUP-1"),
        ("created >= -3d", "ONB-1 ONB-2 ONB-4 SUP-1"),
        ("created >= '2026-11-22' AND created < '2026-11-23'", "SUP-1"),
        ("created >= \"2026-11-22 10:30\" and created <= '2026/11/22 10:30'", "SUP-1"),
        ("created > '2026-11-22 10:30'", "ONB-1 ONB-2 ONB-4"),
        ("created < startOfWeek()", "ONB-3"),
        ("project = ONB and (labels = a or type = Story) and not status = 'In Progress'", "ONB-1 ONB-4"),
        ("not (labels = a or project = SUP)", ""),
        ("summary ~ zwei", "ONB-2"),
        ("project = ONB && labels = a || project = SUP", "ONB-1 ONB-2 SUP-1"),
    ],
)
def test_a_query_finds_what_jira_would_find(caller: Caller, jql: str, keys: str) -> None:
    assert sorted(caller.keys(jql)) == keys.split()


def test_dates_are_read_in_the_callers_time_zone(caller: Caller) -> None:
    """SUP-1 was made at 09:30 UTC, which is 10:30 for the caller in Berlin."""
    assert caller.keys("project = SUP and created >= '2026-11-22 10:30'") == ["SUP-1"]
    assert caller.keys("project = SUP and created >= '2026-11-22 10:31'") == []


def test_order_is_as_asked_and_else_the_newest_first(caller: Caller) -> None:
    assert caller.keys("project = ONB ORDER BY key ASC") == ["ONB-1", "ONB-2", "ONB-3", "ONB-4"]
    assert caller.keys("project = ONB ORDER BY created, key DESC") == ["ONB-3", "ONB-4", "ONB-2", "ONB-1"]
    assert caller.keys("project = ONB") == ["ONB-4", "ONB-3", "ONB-2", "ONB-1"]


@pytest.mark.parametrize(
    ("jql", "message"),
    [
        ("project = NIX", "The value 'NIX' does not exist for the field 'project'."),
        ("status = Offen", "The value 'Offen' does not exist for the field 'status'."),
        ("issuetype in (Epic, Thema)", "The value 'Thema' does not exist for the field 'issuetype'."),
        ("key in (ONB-1, ONB-99)", "An issue with key 'ONB-99' does not exist for field 'key'."),
        ("parent = ONB-99", "An issue with key 'ONB-99' does not exist for field 'parent'."),
        ("key = ONB", "The issue key 'ONB' for field 'key' is invalid."),
        ("id = 99999", "A value with ID '99999' does not exist for the field 'id'."),
        ("moon = full", "Field 'moon' does not exist or you do not have permission to view it."),
        ("", "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."),
        ("ORDER BY key", "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."),
        ("project = ONB ORDER BY moon", "Not able to sort using field 'moon'."),
        ("labels ~ a", "The operator '~' is not supported by the 'labels' field."),
        ("created >= soon", "Date value 'soon' for field 'created' is invalid."),
        ("project = ONB AND", "Error in the JQL Query: Expecting a field name but got the end of the query."),
        ("project ONB", "Error in the JQL Query: Expecting operator but got 'ONB'."),
        ("labels = order", "Error in the JQL Query: 'order' is a reserved JQL word."),
        ("labels = a@b", "Error in the JQL Query: The character '@' is a reserved JQL character."),
        ("labels = 'a", "Error in the JQL Query: The character ''' is a reserved JQL character."),
        ("(labels = a", "Error in the JQL Query: Expecting ')' before the end of the query."),
        ("labels in a", "Error in the JQL Query: Expecting list of values or function but got the end of the query."),
        ("labels is a", "Error in the JQL Query: The operator 'is' can only be used with EMPTY or NULL."),
        ("labels = a b", "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'b'."),
        ("project = members()", "Unable to find JQL function 'members()'."),
    ],
)
def test_a_wrong_query_is_refused_in_jiras_words(caller: Caller, jql: str, message: str) -> None:
    answer = caller.search(jql)
    assert answer.status_code == 400
    assert answer.json["errors"] == {}
    assert answer.json["errorMessages"][0].startswith(message)


def test_quoted_text_is_taken_as_written(caller: Caller) -> None:
    caller.site.jira.edit_issue("ONB-3", labels=['sag-"ja"', "order"])
    assert caller.keys('labels = "sag-\\"ja\\""') == ["ONB-3"]
    assert caller.keys("labels = 'order'") == ["ONB-3"]
    assert caller.keys('labels = "o\\u0072der"') == ["ONB-3"]
    assert caller.search('labels = "a\\q"').status_code == 400


def test_a_count_is_of_the_same_issues(caller: Caller) -> None:
    answer = caller.ask("POST", "/search/approximate-count", {"jql": "project = ONB AND labels = a"})
    assert (answer.status_code, answer.json) == (200, {"count": 2})
    assert caller.ask("POST", "/search/approximate-count", {"jql": "order by key"}).status_code == 400
