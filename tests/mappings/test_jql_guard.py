from pathlib import Path

import pytest

from mappings.concerns import Concern, Rule
from mappings.jql import Accepted, Purpose, Refused, judge
from mappings.jql_fields import FieldKind
from mappings.wording import rule_of

QUERIES = Path(__file__).parent / "queries"
PERSON_FIELDS = dict.fromkeys(("cf[10077]", "Kümmert sich"), FieldKind.PERSON)


def queries(name: str) -> list[str]:
    return (QUERIES / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def concerns(jql: str, purpose: Purpose) -> set[Concern]:
    verdict = judge(jql, purpose, fields=PERSON_FIELDS)
    return {objection.concern for objection in verdict.objections} if isinstance(verdict, Refused) else set()


def test_the_corpora_are_as_large_as_promised() -> None:
    refused = [*queries("persons"), *queries("work"), *queries("days"), *queries("unbounded"), *queries("stored")]
    assert len(set(refused)) >= 300
    assert len(set(queries("persons"))) >= 150
    assert len(set(queries("counts"))) >= 150


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("jql", queries("persons"))
def test_a_query_with_a_person_is_refused_for_any_purpose(jql: str, purpose: Purpose) -> None:
    assert Rule.R1 in {rule_of(concern) for concern in concerns(jql, purpose)}


@pytest.mark.parametrize(
    ("name", "concern"),
    [
        ("work", Concern.WORK_IN_COUNT),
        ("days", Concern.DATE_IN_COUNT),
        ("unbounded", Concern.COUNT_WITHOUT_PROJECT),
        ("stored", Concern.QUERY_PROPERTY),
        ("broken", Concern.QUERY_SYNTAX),
    ],
)
def test_a_count_is_refused_for_its_reason(name: str, concern: Concern) -> None:
    assert [jql for jql in queries(name) if concern not in concerns(jql, Purpose.COUNT)] == []


@pytest.mark.parametrize(
    ("name", "purpose"), [("counts", Purpose.COUNT), ("counts", Purpose.EPICS), ("selectors", Purpose.EPICS)]
)
def test_innocent_queries_are_accepted_and_mean_the_same_when_read_again(name: str, purpose: Purpose) -> None:
    for jql in queries(name):
        verdict = judge(jql, purpose, fields=PERSON_FIELDS)
        assert isinstance(verdict, Accepted), jql
        assert judge(verdict.jql, purpose, fields=PERSON_FIELDS) == verdict


@pytest.mark.parametrize(
    "jql",
    [
        "issuetype = Epic AND status != Done",
        "issuetype = Epic AND statusCategory = Done",
        "issuetype = Epic AND resolution is EMPTY",
        "issuetype = Epic AND status changed to Done after -7d",
    ],
)
def test_a_selector_may_ask_for_a_state_and_gets_a_question(jql: str) -> None:
    verdict = judge(jql, Purpose.EPICS)
    assert isinstance(verdict, Accepted)
    assert [hint.concern for hint in verdict.hints] == [Concern.STATE_IN_SELECTOR]


@pytest.mark.parametrize("jql", ["sprint in openSprints()", '"Story Points" > 3', "timespent > 0", "worklogDate > -7d"])
def test_a_selector_does_not_choose_by_measured_work(jql: str) -> None:
    assert concerns(jql, Purpose.EPICS) == {Concern.WORK_IN_SELECTOR}


def test_every_reason_is_told_with_its_place() -> None:
    verdict = judge("labels = a AND assignee = anna AND status = Done", Purpose.COUNT)
    assert isinstance(verdict, Refused)
    assert [(o.at, o.concern) for o in verdict.objections] == [
        (15, Concern.PERSON_IN_QUERY),
        (35, Concern.WORK_IN_COUNT),
    ]


def test_counting_where_the_epics_live_gets_a_question() -> None:
    verdict = judge("project = ONB AND labels = a", Purpose.COUNT, delivery=frozenset({"ONB"}))
    assert isinstance(verdict, Accepted)
    assert [hint.concern for hint in verdict.hints] == [Concern.COUNT_IN_DELIVERY]
    assert verdict.projects == {"ONB"}


def test_a_saved_filter_is_written_out_where_it_can_be_read() -> None:
    filters = {"10001": "project = SUP AND filter = inner ORDER BY created", "Inner": "labels = a OR labels = b"}
    verdict = judge("filter = 10001 AND component = x", Purpose.COUNT, filters=filters)
    assert isinstance(verdict, Accepted)
    assert verdict.jql == '(project = "SUP" AND (labels = "a" OR labels = "b")) AND component = "x"'
    assert verdict.projects == {"SUP"}


def test_a_negated_saved_filter_stays_negated() -> None:
    verdict = judge(
        "project = SUP AND filter not in (1, 2)", Purpose.COUNT, filters={"1": "labels = a", "2": "labels=b"}
    )
    assert isinstance(verdict, Accepted)
    assert verdict.jql == 'project = "SUP" AND NOT (labels = "a" OR labels = "b")'


@pytest.mark.parametrize(
    ("filters", "concern"),
    [
        ({"1": "project = SUP AND assignee = anna"}, Concern.PERSON_IN_QUERY),
        ({"1": "project = SUP AND filter = 2", "2": "project = SUP ORDER BY reporter"}, Concern.PERSON_IN_QUERY),
        ({"1": "project = SUP AND filter = 2", "2": "filter = 1"}, Concern.SAVED_FILTER),
        ({"1": "project = SUP AND filter = 1"}, Concern.SAVED_FILTER),
        ({"1": "project = SUP AND filter = 3"}, Concern.SAVED_FILTER),
        ({"1": "project = SUP AND"}, Concern.QUERY_SYNTAX),
        ({"1": "ORDER BY created"}, Concern.QUERY_EMPTY),
        ({"1": "labels = a"}, Concern.COUNT_WITHOUT_PROJECT),
    ],
)
def test_what_a_saved_filter_hides_is_found(filters: dict[str, str], concern: Concern) -> None:
    verdict = judge("filter = 1", Purpose.COUNT, filters=filters)
    assert isinstance(verdict, Refused)
    assert concern in {objection.concern for objection in verdict.objections}
    assert all(objection.at == 0 for objection in verdict.objections)


@pytest.mark.parametrize("jql", ["", "   ", "ORDER BY created", "\n"])
def test_a_query_that_restricts_nothing_is_refused(jql: str) -> None:
    assert concerns(jql, Purpose.EPICS) == {Concern.QUERY_EMPTY}


@pytest.mark.parametrize("jql", ["(" * 5000 + "a = b", "NOT " * 900 + "a = b", "(" * 100 + "a = b" + ")" * 100])
def test_an_endless_or_bottomless_query_is_refused(jql: str) -> None:
    assert concerns(jql, Purpose.EPICS) == {Concern.QUERY_TOO_LONG}


def test_a_control_character_is_refused_however_it_is_written() -> None:
    assert concerns('project = SUP AND labels = "a\\u0000b"', Purpose.COUNT) == {Concern.CONTROL_CHARACTER}
    assert concerns('project = SUP AND labels = "a\x07b"', Purpose.COUNT) == {Concern.CONTROL_CHARACTER}


def test_what_is_sent_hides_nothing_that_was_spelt_oddly() -> None:
    verdict = judge('pr\\u006fject = SUP AND "labels" = "a\\"b\\u0022) OR x"', Purpose.COUNT)
    assert isinstance(verdict, Accepted)
    assert verdict.jql == 'project = "SUP" AND labels = "a\\"b\\") OR x"'
