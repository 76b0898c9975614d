"""The boundary for events: what a bell may say, and that nothing else of a call exists behind it."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mappings import boundary
from mappings.boundary import BoundaryError, Flaw, PushedReading
from mappings.hints import IssueHint, PageHint
from mappings.wire import jira_events

LABELS = frozenset({"okr-calls", "okr-setup-rate"})
PERSON = {
    "accountId": "712020:11111111-2222-4333-8444-555555555555",
    "displayName": "Kanarie Vogel-Event",
    "emailAddress": "kanarie.event@example.com",
    "key": "kanarie",
    "name": "kanarie",
}
READERS: dict[str, Callable[[bytes, Mapping[str, str]], object]] = {
    "jira": lambda body, query: boundary.jira_event(body, query, LABELS),
    "confluence": boundary.confluence_event,
    "automation": boundary.automation_event,
    "readings": lambda body, query: boundary.pushed_reading(body),
}


def jira(body: Any, labels: frozenset[str] = LABELS, **query: str) -> tuple[IssueHint, ...]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return boundary.jira_event(raw, query, labels)


def confluence(body: Any, **query: str) -> tuple[PageHint, ...]:
    return boundary.confluence_event(body if isinstance(body, bytes) else json.dumps(body).encode(), query)


def an_issue(**fields: Any) -> Any:
    fields = {"summary": "Kanarie baut um", "assignee": PERSON, "project": {"key": "ONB", "lead": PERSON}, **fields}
    return {"id": "10012", "key": "ONB-12", "self": "https://site.example/rest/api/2/10012", "fields": fields}


def an_event(issue: Any, **more: Any) -> Any:
    return {"webhookEvent": "jira:issue_updated", "timestamp": 1, "user": PERSON, "issue": issue, **more}


def changes(**items: str) -> Any:
    """A changelog in which a person was changed too."""
    listed = [{"field": "assignee", "from": "kanarie", "fromString": "Kanarie Vogel-Event"}]
    return {"id": "1", "items": listed + [{"field": name, "fromString": before} for name, before in items.items()]}


def test_of_an_issue_remain_id_key_project_level_the_books_labels_and_the_parent() -> None:
    issue = an_issue(
        labels=["okr-calls", "kanarie", "OKR-Setup-Rate"],
        issuetype={"name": "Epic", "hierarchyLevel": 1, "subtask": False},
        parent={"key": "GOAL-1", "fields": {"assignee": PERSON}},
    )
    (hint,) = jira(an_event(issue))
    assert hint == IssueHint(id="10012", key="ONB-12", project="ONB", level=1, labels=LABELS, parent="GOAL-1")


def test_of_labels_only_those_of_the_caller_exist() -> None:
    assert jira(an_event(an_issue(labels=["okr-calls", "kanarie"])), frozenset())[0].labels == frozenset()


def test_a_key_that_is_none_and_a_project_that_is_none_do_not_exist() -> None:
    issue = {**an_issue(project={"key": "Kanarie"}, parent={"key": "Kanarie"}), "key": "Kanarie Vogel-1"}
    assert jira(an_event(issue)) == (IssueHint(id="10012"),)
    assert jira(an_event({**issue, "id": "kanarie"})) == ()


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ({"hierarchyLevel": 2}, 2),
        ({"subtask": True}, -1),
        ({"subtask": False, "name": "Epic"}, None),
        ({"hierarchyLevel": 712020}, None),
        ({"hierarchyLevel": -3}, None),
        (None, None),
    ],
)
def test_a_level_is_a_small_number_or_not_told(kind: Any, level: int | None) -> None:
    assert jira(an_event(an_issue(issuetype=kind)))[0].level == level


def test_a_moved_issue_rings_where_it_came_from_too() -> None:
    now, before = jira(an_event(an_issue(), changelog=changes(Key="OLD-7", project="Kanarie")))
    assert (now.key, now.project) == ("ONB-12", "ONB")
    assert (before.id, before.key, before.project) == ("10012", "OLD-7", "OLD")


@pytest.mark.parametrize("field", ["Parent", "IssueParentAssociation", "Epic Link"])
def test_an_issue_that_left_its_parent_rings_there_too(field: str) -> None:
    event = an_event(an_issue(parent={"key": "GOAL-2"}), changelog=changes(**{field: "GOAL-1"}))
    assert [hint.parent for hint in jira(event)] == ["GOAL-2", "GOAL-1"]


def test_a_label_that_was_taken_away_still_rings_for_those_who_named_it() -> None:
    event = an_event(an_issue(labels=[]), changelog=changes(labels="kanarie okr-calls"))
    assert jira(event)[0].labels == {"okr-calls"}


@pytest.mark.parametrize("changelog", [None, 1, "kanarie", [], {}, {"items": None}, {"items": [1, None, {}]},
                                       {"items": [{"field": "Key", "fromString": "Kanarie"}]},
                                       {"items": [{"field": "Key", "fromString": 7}, {"field": ["Key"]}]}])  # fmt: skip
def test_a_changelog_of_any_shape_costs_no_bell(changelog: Any) -> None:
    assert jira(an_event(an_issue(), changelog=changelog)) == (IssueHint(id="10012", key="ONB-12", project="ONB"),)


def test_of_a_changelog_only_the_words_on_where_an_issue_belonged_are_decoded() -> None:
    told = msgspec.Raw(json.dumps(changes(Key="OLD-7", Comment="Kanarie", summary="Kanarie")).encode())
    assert jira_events._changed(told) == [("Key", "OLD-7")]


def test_events_without_an_issue_tell_by_ids() -> None:
    link = {"webhookEvent": "issuelink_created", "issueLink": {"id": 1, "sourceIssueId": 7, "destinationIssueId": 8}}
    work = {"webhookEvent": "worklog_created", "worklog": {"issueId": "9", "author": PERSON, "comment": "kanarie"}}
    said = {"self": "https://x.example/jira/rest/api/2/issue/26313/comment/31039", "author": PERSON}
    assert jira(link) == (IssueHint(id="7"), IssueHint(id="8"))
    assert jira(work) == (IssueHint(id="9"),)
    assert jira({"webhookEvent": "comment_created", "comment": said}) == (IssueHint(id="26313"),)
    assert jira({"webhookEvent": "comment_created", "comment": {"self": "kanarie"}}) == ()


@pytest.mark.parametrize("name", [
    "sprint_closed", "board_created", "jira:version_released", "project_created", "user_created", "issuetype_created",
    "filter_updated", "option_timetracking_changed", "jira_expression_evaluation_failed", "kanarie", "",
])  # fmt: skip
def test_other_events_are_nothing_of_ours_even_with_an_issue_in_them(name: str) -> None:
    assert jira({**an_event(an_issue()), "webhookEvent": name}, issue="10012") == ()


def test_a_body_without_an_event_is_known_by_its_issue() -> None:
    assert jira({"issue": {"id": 10012}}) == (IssueHint(id="10012"),)
    assert jira({"timestamp": 1}) == ()
    assert jira({}) == ()


@pytest.mark.parametrize("body", [b"", b" \n", b"{}"])
def test_an_excluded_body_leaves_the_address(body: bytes) -> None:
    asked = {"issue": "10012", "key": "ONB-12", "project": "ONB", "user_key": "kanarie"}
    assert jira(body, **asked) == (IssueHint(id="10012", key="ONB-12", project="ONB"),)
    assert jira(body, issue="ONB-12") == (IssueHint(key="ONB-12", project="ONB"),)
    assert jira(body, issue="10012", project="ONB") == (IssueHint(id="10012", project="ONB"),)
    for empty in ("", "{issue.id}", "${issue.id}", "kanarie", "1" * 21, "1\n", "\u0663"):
        assert jira(body, issue=empty, key=empty, project="ONB") == ()


def test_what_the_body_says_wins_over_the_address() -> None:
    assert jira({"issue": {"id": "1"}}, issue="2") == (IssueHint(id="1"),)


def test_confluence_tells_by_page_ids_old_and_new_with_and_without_an_event() -> None:
    assert confluence({"event": "page_moved", "userKey": "kanarie", "page": {"id": 5}}) == (PageHint(id="5"),)
    assert confluence({"userAccountId": "k", "page": {"id": "5", "spaceKey": "~kanarie"}}) == (PageHint(id="5"),)
    assert confluence({"eventType": "page_updated", "page": {"id": 5}}) == (PageHint(id="5"),)
    assert confluence({"id": "5", "type": "page", "history": {"createdBy": PERSON}}) == (PageHint(id="5"),)
    assert confluence({"event": "content_updated", "content": {"id": 5, "type": "page"}}) == (PageHint(id="5"),)
    assert confluence(b"", page="5") == (PageHint(id="5"),)


@pytest.mark.parametrize("body", [
    {"event": "comment_created", "comment": {"id": 5}}, {"event": "space_created", "space": {"key": "~kanarie"}},
    {"event": "blog_created", "blog": {"id": 5}}, {"event": "user_followed", "page": {"id": 5}}, {"test": True}, {},
    {"id": 5, "type": "attachment"}, {"content": {"id": 5}}, {"page": {}}, {"page": {"id": "kanarie"}}, b"",
])  # fmt: skip
def test_everything_else_in_confluence_is_nothing_of_ours(body: Any) -> None:
    assert confluence(body) == ()


def test_an_automation_rule_that_sends_everything_is_known_by_its_ids() -> None:
    body = {"issue": an_issue(), "project": {"key": "ONB", "lead": PERSON}, "page": {"id": 5, "author": PERSON}}
    hints = boundary.automation_event(json.dumps(body).encode(), {})
    assert hints == (IssueHint(id="10012", key="ONB-12", project="ONB"), PageHint(id="5"))
    assert boundary.automation_event(b"", {"page": "5", "issue": "ONB-1"}) == (
        IssueHint(key="ONB-1", project="ONB"),
        PageHint(id="5"),
    )


@pytest.mark.parametrize(("text", "value"), [("41.5", "41.5"), ("-0.25", "-0.25"), ("1e2", "1E+2"), ("0", "0")])
def test_a_reading_keeps_the_digits_that_were_sent(text: str, value: str) -> None:
    pushed = boundary.pushed_reading(f'{{"who": "Kanarie", "value": {text}, "on": "2026-11-23"}}'.encode())
    assert pushed == PushedReading(value=Decimal(value), on=date(2026, 11, 23))
    assert str(pushed.value) == value


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        (b'{"on":"2026-11-23"}', Flaw.ABSENT),
        (b'{"value":"41","on":"2026-11-23"}', Flaw.NO_NUMBER),
        (b'{"value":41}', Flaw.UNEXPECTED),
        (b"value=41", Flaw.UNREADABLE),
    ],
)
def test_a_reading_without_a_number_or_a_day_is_refused(body: bytes, flaw: Flaw) -> None:
    with pytest.raises(BoundaryError) as refused:
        boundary.pushed_reading(body)
    assert refused.value.flaw is flaw


@pytest.mark.parametrize("body", [
    b"{", b"[]", b'"text"', b"null", b"NaN", b'{"issue":NaN}', b'{"x":-Infinity}', b"\xff", b'{"issue":[]}',
    b'{"issue":{"id":true}}', b'{"webhookEvent":7}', b'{"issue":{"key":"\\ud800"}}', b'{} {}', b"\xef\xbb\xbf{}",
])  # fmt: skip
def test_what_is_no_event_is_refused_in_constant_words(body: bytes) -> None:
    with pytest.raises(BoundaryError) as refused:
        jira(body)
    assert refused.value.__context__ is None
    assert str(refused.value) in {flaw.value for flaw in Flaw}


def test_a_doubled_key_says_what_its_last_one_says_and_only_rings() -> None:
    assert jira(b'{"issue":{"id":"1"},"issue":{"id":"2"}}') == (IssueHint(id="2"),)


@pytest.mark.parametrize("number", ["9" * 400, "-1", "0.5", "1e400", "12345678901234567890123"])
def test_a_number_that_is_no_id_rings_nobody_or_is_refused(number: str) -> None:
    for body in (f'{{"issue":{{"id":{number}}}}}', f'{{"issue":{{"id":"{number}"}}}}'):
        assert outcome("jira", body.encode(), {}) in ((), BoundaryError)


def outcome(name: str, body: bytes, query: Mapping[str, str]) -> object:
    try:
        return READERS[name](body, query)
    except BoundaryError:
        return BoundaryError


DEEP = (b"[" * 200_000, b'{"issue":' * 100_000, b'{"user":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"changelog":' + b"[" * 50_000 + b"]" * 50_000 + b',"issue":{"id":1}}')  # fmt: skip


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("body", DEEP, ids=["open", "objects", "undeclared", "changelog"])
def test_depth_is_refused(name: str, body: bytes) -> None:
    assert outcome(name, body, {}) is BoundaryError


@pytest.mark.parametrize("depth", [1, 64])
def test_depth_as_people_write_it_is_no_obstacle(depth: int) -> None:
    body = b'{"issue":{"id":1,"fields":{"description":' + b"[" * depth + b"]" * depth + b"}}}"
    assert jira(body) == (IssueHint(id="1"),)


NAMES = ["webhookEvent", "issue", "id", "key", "fields", "labels", "issuetype", "hierarchyLevel", "parent", "changelog",
         "items", "field", "fromString", "issueLink", "sourceIssueId", "comment", "self", "worklog", "issueId", "page",
         "event", "content", "type", "value", "on", "project"]  # fmt: skip
SHAPED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["Key", "A-1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=20,
)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=150, deadline=None)
@given(
    body=st.binary(max_size=200) | SHAPED.map(lambda value: json.dumps(value).encode()),
    query=st.dictionaries(st.sampled_from(["issue", "key", "project", "page"]), st.text(max_size=12)),
)
def test_any_bytes_give_hints_or_a_boundary_error(name: str, body: bytes, query: Mapping[str, str]) -> None:
    outcome(name, body, query)


PAYLOADS = Path(__file__).parents[3] / "shared" / "payloads"
beside = pytest.mark.skipif(not PAYLOADS.exists(), reason="the recorded bodies are not beside this checkout")


def recorded(kind: str) -> list[dict[str, Any]]:
    entries = json.loads((PAYLOADS / "INDEX.json").read_text(encoding="utf-8"))
    return [entry for entry in entries if entry["kind"] == kind]


@beside
@pytest.mark.parametrize("name", READERS)
def test_recorded_bodies_show_no_person(name: str) -> None:
    for entry in recorded("webhook") + recorded("rest"):
        shown = repr(outcome(name, (PAYLOADS / entry["file"]).read_bytes(), {}))
        assert [value for value in entry["person_values"] if value in shown and value not in "IssueHint"] == [], entry


@beside
def test_recorded_events_are_all_understood_and_those_of_issues_and_pages_ring() -> None:
    for entry in recorded("webhook"):
        body = (PAYLOADS / entry["file"]).read_bytes()
        hints = outcome(entry["product"], body, {})
        assert isinstance(hints, tuple), entry["file"]
        parts = json.loads(body)
        of_ours = parts.keys() & {"issue", "issueLink", "worklog", "page"}
        thin_comment = entry["product"] == "jira" and "comment" in parts
        assert bool(hints) == bool(of_ours or thin_comment), entry["file"]
        if "issue" in parts:
            assert (hints[0].id, hints[0].key) == (parts["issue"]["id"], parts["issue"]["key"])
