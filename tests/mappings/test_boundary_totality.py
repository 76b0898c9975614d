"""The boundary with anything: every function gives records or a BoundaryError, and quotes nobody."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mappings import boundary
from mappings.boundary import BoundaryError
from mappings.records import EpicFields

READERS: dict[str, Callable[[bytes], object]] = {
    "ancestors_page": boundary.ancestors_page,
    "automation_event": lambda answer: boundary.automation_event(answer, {}),
    "children_page": boundary.children_page,
    "confluence_event": lambda answer: boundary.confluence_event(answer, {}),
    "confluence_version": boundary.confluence_version,
    "content_children": boundary.content_children,
    "content_draft": boundary.content_draft,
    "content_labels": boundary.content_labels,
    "content_line": boundary.content_line,
    "content_page": boundary.content_page,
    "content_pages": boundary.content_pages,
    "content_put_away": boundary.content_put_away,
    "content_spaces": boundary.content_spaces,
    "content_version": boundary.content_version,
    "content_versions": boundary.content_versions,
    "create_fields_page": boundary.create_fields_page,
    "create_screen_page": boundary.create_screen_page,
    "created_issues": lambda answer: boundary.created_issues(answer, 2),
    "epic_fields": boundary.epic_fields,
    "field_kinds": lambda answer: boundary.field_kinds(answer, frozenset({"customfield10010"})),
    "epics_page": lambda answer: boundary.epics_page(answer, frozenset({"okr-rate"})),
    "fetched_epics": lambda answer: boundary.fetched_epics(answer, frozenset({"okr-rate"})),
    "fetched_issues": lambda answer: boundary.fetched_issues(answer, frozenset({"Relates"})),
    "for_people": lambda answer: boundary.for_people(answer, "text/html"),
    "for_some_only": boundary.for_some_only,
    "found_epics": lambda answer: boundary.found_epics(
        answer, frozenset({"okr-rate"}), EpicFields(name=None, above="customfield_1")
    ),
    "found_ids": boundary.found_ids,
    "found_issue": lambda answer: boundary.found_issue(answer, frozenset({"Relates"})),
    "found_issues": lambda answer: boundary.found_issues(answer, frozenset({"Relates"})),
    "granted_token": boundary.granted_token,
    "hook": boundary.hook,
    "hooks": lambda answer: boundary.hooks(answer, "https://okr.example/webhooks/jira"),
    "ids_page": boundary.ids_page,
    "is_cloud": boundary.is_cloud,
    "issue_types_page": boundary.issue_types_page,
    "issues_page": lambda answer: boundary.issues_page(answer, frozenset({"Relates"})),
    "jira_event": lambda answer: boundary.jira_event(answer, {}, frozenset({"okr-rate"})),
    "labels_page": boundary.labels_page,
    "link_types": lambda answer: boundary.link_types(answer, frozenset({"Relates"})),
    "metric": lambda answer: boundary.metric(answer, "/value/0"),
    "page": boundary.page,
    "page_draft": boundary.page_draft,
    "page_version": boundary.page_version,
    "pages_page": boundary.pages_page,
    "pages_put_away": boundary.pages_put_away,
    "permissions": lambda answer: boundary.permissions(answer, frozenset({"BROWSE_PROJECTS"})),
    "permitted_projects": boundary.permitted_projects,
    "pictures": boundary.pictures,
    "project": boundary.project,
    "pushed_reading": boundary.pushed_reading,
    "refusal": boundary.refusal,
    "refused_creates": lambda answer: boundary.refused_creates(answer, 2),
    "remote_links": boundary.remote_links,
    "server_version": boundary.server_version,
    "space_operations": lambda answer: boundary.space_operations(answer, frozenset({"create page"})),
    "spaces_page": boundary.spaces_page,
    "versions_page": boundary.versions_page,
    "webhook": boundary.webhook,
    "webhooks": lambda answer: boundary.webhooks(answer, "https://okr.example/webhooks/jira"),
}
SHAPED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["issues", "results", "id", "key", "fields", "labels", "version", "number", "_links", "next", "errors",
         "status", "errorMessages", "issuelinks", "type", "object", "globalId", "body", "storage", "value",
         "properties", "okr"]
    ), inner, max_size=6),
    max_leaves=20,
)  # fmt: skip
PAYLOADS = Path(__file__).parents[3] / "shared" / "payloads"
DEEP = [
    b"[" * 200_000,
    b'{"issues":' * 100_000,
    b'{"undeclared":' + b"[" * 100_000 + b"]" * 100_000 + b',"issues":[]}',
    b'{"errors":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b'{"issues":[{"id":"1","key":"A-1","fields":{},"properties":{"okr":' + b"[" * 50_000 + b"]" * 50_000 + b"}}]}",
]


def outcome(name: str, answer: bytes) -> object:
    result: object
    try:
        result = READERS[name](answer)
    except BoundaryError as refused:
        result = refused
    if isinstance(result, BoundaryError):
        assert result.__context__ is None
        assert result.__cause__ is None
    return result


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("answer", DEEP, ids=["open", "objects", "undeclared", "errors", "property"])
def test_depth_is_refused_or_skipped(name: str, answer: bytes) -> None:
    outcome(name, answer)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60, deadline=None)
@given(answer=st.binary(max_size=200) | SHAPED.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_give_records_or_a_boundary_error(name: str, answer: bytes) -> None:
    outcome(name, answer)


def test_every_public_reader_is_tried_here() -> None:
    functions = {name for name in boundary.__all__ if callable(getattr(boundary, name)) and name[0].islower()}
    assert functions == set(READERS)


@pytest.mark.skipif(not PAYLOADS.exists(), reason="the recorded bodies are not beside this checkout")
@pytest.mark.parametrize("name", READERS)
def test_recorded_bodies_show_no_person(name: str) -> None:
    for entry in json.loads((PAYLOADS / "INDEX.json").read_text(encoding="utf-8")):
        if entry["kind"] != "rest":
            continue
        raw = (PAYLOADS / entry["file"]).read_bytes()
        for answer in (raw, *embedded(json.loads(raw))):
            shown = repr(outcome(name, answer))
            leaked = [value for value in entry["person_values"] if len(value) >= 6 and value in shown]
            assert leaked == [], entry["file"]


def embedded(body: Any) -> list[bytes]:
    """A recorded issue as the searches and bulk reads would send it, so that more than its refusal is tried."""
    issues = body if isinstance(body, list) else body.get("issues", [body]) if isinstance(body, dict) else []
    return [json.dumps({"issues": issues}).encode()]


@pytest.mark.skipif(not PAYLOADS.exists(), reason="the recorded bodies are not beside this checkout")
def test_recorded_issues_are_read_and_not_only_refused() -> None:
    read = 0
    for path in sorted((PAYLOADS / "rest").glob("jira-cloud__*.json")):
        for answer in embedded(json.loads(path.read_bytes())):
            read += not isinstance(outcome("fetched_issues", answer), BoundaryError)
    assert read >= 6
