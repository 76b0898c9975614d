"""What remains of a payload: told from the boundary's own declarations, and by no value that does not remain."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mappings.boundary import BoundaryError
from mappings.hints import IssueHint, PageHint
from mappings.payload_keys import KNOWN, Matter, shown
from mappings.remains import Form, Remains, remains_of
from mappings.wire.automation_events import automation_paths
from mappings.wire.confluence import pages_paths
from mappings.wire.confluence_events import confluence_paths
from mappings.wire.jira_events import jira_paths
from mappings.wire.jira_issues import issues_paths

PERSON = {"accountId": "712020:kanarie", "displayName": "Kanarie Vogel", "emailAddress": "kanarie@example.com"}
EVENT = {
    "webhookEvent": "jira:issue_updated",
    "timestamp": 1700000000000,
    "user": PERSON,
    "issue": {
        "id": "10012",
        "key": "ONB-12",
        "fields": {
            "summary": "Kanarie baut um",
            "labels": ["okr-calls", "kanarie-vogel"],
            "issuetype": {"hierarchyLevel": 1, "name": "Epic"},
            "timespent": 10800,
            "created": "2026-11-24T10:00:00.000+0100",
            "customfield_10016": 5.0,
            "customfield_10010": PERSON,
            "kanarie": {"vogel": "geheim"},
        },
    },
    "changelog": {
        "items": [
            {"field": "assignee", "from": "712020:kanarie", "fromString": "Kanarie Vogel"},
            {"field": "Key", "fromString": "OLD-7", "toString": "ONB-12"},
        ]
    },
}


def of(body: Any) -> Remains:
    return remains_of(body if isinstance(body, bytes) else json.dumps(body).encode(), frozenset({"okr-calls"}))


def test_an_event_leaves_its_hints_and_every_other_value_is_counted_by_what_it_is_about() -> None:
    remains = of(EVENT)
    assert remains.form is Form.EVENT
    assert [hint.key for hint in remains.kept if isinstance(hint, IssueHint)] == ["ONB-12", "OLD-7"]
    dropped = {matter: set(paths) for matter, paths in remains.dropped.items()}
    assert {"user.accountId", "user.displayName", "issue.fields.customfield_10010.emailAddress",
            "changelog.items[].fromString", "changelog.items[].from"} <= dropped[Matter.IDENTITY]  # fmt: skip
    assert dropped[Matter.SCORING] == {"issue.fields.timespent", "issue.fields.customfield_10016"}
    assert dropped[Matter.TIMING] == {"timestamp", "issue.fields.created"}
    assert {"issue.fields.summary", "issue.fields.?.?"} <= dropped[Matter.TEXT]
    assert {"webhookEvent", "issue.fields.labels[]", "changelog.items[].field"} == set(remains.looked_at)


def test_every_value_is_kept_looked_at_or_dropped() -> None:
    def values(part: Any) -> int:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else None
        return 1 if inner is None else sum(values(one) for one in inner)

    remains = of(EVENT)
    kept = 5  # id, key, one label, level, and the key it had before
    looked_at = 4  # event, the other label, two fields
    dropped = sum(count for paths in remains.dropped.values() for count in paths.values())
    assert kept + looked_at + dropped == values(EVENT)


def test_no_value_that_does_not_remain_is_told_not_even_in_a_key() -> None:
    told = repr(of(EVENT)).casefold()
    assert "kanarie" not in told
    assert "vogel" not in told
    assert "10800" not in told


@pytest.mark.parametrize("body", [
    {"event": "page_updated", "userKey": "kanarie", "page": {"id": 5}},
    {"userAccountId": "kanarie", "page": {"id": 5, "title": "Kanarie"}},
    {"event": "published", "page": "5"},
])  # fmt: skip
def test_page_events_leave_the_page(body: Any) -> None:
    assert of(body).kept == (PageHint(id="5"),)


def test_a_reading_leaves_its_value_and_its_day() -> None:
    remains = of(b'{"value": 41.50, "on": "2026-11-23", "who": "Kanarie"}')
    assert (remains.form, remains.looked_at) == (Form.READING, ())
    assert sum(len(paths) for paths in remains.dropped.values()) == 1


def test_answers_to_our_own_questions_leave_records_without_words() -> None:
    issue = {**EVENT["issue"]}  # type: ignore[dict-item]  # a part of the event above
    epics = of({"issues": [issue]})
    assert epics.form is Form.EPICS
    page = {"id": "5", "spaceId": "7", "title": "Kanarie", "authorId": "k", "version": {"number": 3, "authorId": "k"},
            "body": {"storage": {"value": "<p>Kanarie</p>"}}}  # fmt: skip
    assert of(page).form is Form.PAGES
    assert of({"results": [page]}).form is Form.PAGES
    assert "anarie" not in repr((epics, of(page), of({"results": [page]})))
    assert {"authorId", "version.authorId"} <= set(of(page).dropped[Matter.IDENTITY])


@pytest.mark.parametrize("body", [{}, [], 1, None, "Kanarie", {"sprint": {"goal": "Kanarie"}}, {"issues": []}])
def test_what_we_do_not_take_in_leaves_nothing(body: Any) -> None:
    remains = of(body)
    assert (remains.form, remains.kept, remains.looked_at) == (Form.NONE, (), ())


@pytest.mark.parametrize("body", [b"", b"{", b"Kanarie", b"\xff", b"[" * 100_000, b"[" * 300 + b"]" * 300])
def test_what_is_no_payload_is_refused(body: bytes) -> None:
    with pytest.raises(BoundaryError):
        of(body)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=100)
    | st.recursive(
        st.none() | st.floats(allow_nan=False) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(max_size=5) | st.sampled_from(sorted(KNOWN)), inner, max_size=4)
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_bytes_are_told_or_refused(body: bytes) -> None:
    try:
        of(body)
    except BoundaryError:
        return


def test_everything_the_boundary_declares_can_be_named() -> None:
    paths = jira_paths() | confluence_paths() | automation_paths() | issues_paths() | pages_paths()
    assert {"issue.fields.labels[]", "changelog.items[].field", "issueLink.sourceIssueId"} <= jira_paths()
    assert {key for path in paths for key in path.replace("[]", "").split(".") if shown(key) == "?"} == set()


def test_nothing_that_names_a_person_is_declared() -> None:
    paths = jira_paths() | confluence_paths() | automation_paths()
    words = ("user", "author", "assignee", "reporter", "account", "mail", "display", "lead", "creator")
    assert [path for path in paths if any(word in path.casefold() for word in words)] == []


PAYLOADS = Path(__file__).parents[3] / "shared" / "payloads"


@pytest.mark.skipif(not PAYLOADS.exists(), reason="the recorded bodies are not beside this checkout")
def test_recorded_bodies_are_told_without_anybody() -> None:
    identities = 0
    for entry in json.loads((PAYLOADS / "INDEX.json").read_text(encoding="utf-8")):
        remains = of((PAYLOADS / entry["file"]).read_bytes())
        told = repr(remains)
        assert [one for one in entry["person_values"] if len(one) >= 6 and one in told and one not in KNOWN] == []
        found = sum(remains.dropped[Matter.IDENTITY].values())
        assert found or not [one for one in entry["person_values"] if "@" in one], entry["file"]
        identities += found
    assert identities > 1000
