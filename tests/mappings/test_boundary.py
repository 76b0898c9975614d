"""The boundary with values: what is wanted comes through, everything else does not exist."""

import json
from typing import Any

import pytest

from mappings import boundary
from mappings.boundary import BoundaryError, Flaw
from mappings.epics import StatusCategory
from mappings.records import CreatedIssue

DIGEST = "9f2c0a1b2c3d4e5f6071"
PERSON = {
    "accountId": "712020:11111111-2222-4333-8444-555555555555",
    "displayName": "Kanarie Vogel-Boundary",
    "emailAddress": "kanarie.boundary@example.com",
}


def wire(value: Any) -> bytes:
    return json.dumps(value).encode()


def an_issue(key: str = "ONB-12", level: int | None = 1, category: Any = "indeterminate", **fields: Any) -> Any:
    return {
        "id": "10012",
        "key": key,
        "self": "https://site.example/rest/api/3/issue/10012",
        "fields": {
            "issuetype": {"id": "1", "name": "Epic", "hierarchyLevel": level},
            "status": {"name": "In Arbeit bei Kanarie", "statusCategory": {"id": 4, "key": category}},
            "project": {"id": "1", "key": "ONB", "name": "Onboarding", "lead": PERSON},
            "assignee": PERSON,
            "summary": "Kanarie Vogel-Boundary baut das um",
            **fields,
        },
    }


def searched(*issues: Any, **rest: Any) -> bytes:
    return wire({"issues": list(issues), "isLast": True, **rest})


def test_an_epic_is_its_key_its_project_its_category_its_parent_and_the_labels_of_the_book() -> None:
    answer = searched(
        an_issue(labels=["okr-rate", "kanarie-vogel", "OKR-calls"], parent={"key": "GOAL-1", "fields": {}})
    )
    (epic,) = boundary.epics_page(answer, frozenset({"okr-rate", "okr-calls", "okr-other"})).records
    assert (epic.id, epic.key, epic.project, epic.parent) == ("10012", "ONB-12", "ONB", "GOAL-1")
    assert epic.status is StatusCategory.IN_PROGRESS
    assert epic.labels == {"okr-rate", "okr-calls"}
    assert "anarie" not in repr(epic)


@pytest.mark.parametrize("category", ["undefined", None, "Kanarie", ""])
def test_a_category_nobody_declared_is_other(category: Any) -> None:
    (epic,) = boundary.epics_page(searched(an_issue(category=category)), frozenset()).records
    assert epic.status is StatusCategory.OTHER


@pytest.mark.parametrize("level", [0, -1, None])
def test_what_is_no_epic_does_not_exist(level: int | None) -> None:
    assert boundary.epics_page(searched(an_issue(level=level)), frozenset()).records == ()
    assert boundary.fetched_epics(wire({"issues": [an_issue(level=level)]}), frozenset()) == ()


@pytest.mark.parametrize("key", ["onb-12", "ONB", "ONB-", "712020:11111111-2222", "ONB-12 Kanarie", "", "ONB-12\n"])
def test_an_issue_without_a_key_of_an_issue_is_no_answer(key: str) -> None:
    with pytest.raises(BoundaryError) as refused:
        boundary.epics_page(searched(an_issue(key=key)), frozenset())
    assert refused.value.flaw is Flaw.UNEXPECTED
    assert refused.value.__context__ is None


def test_an_issue_of_ours_carries_its_mark_its_words_and_its_links() -> None:
    issue = an_issue(
        key="OKR-3",
        level=0,
        labels=["okr", "okr-2026-Q4", "kanarie"],
        issuelinks=[
            {"id": "7", "type": {"name": "relates"}, "outwardIssue": {"id": "1", "key": "ONB-12", "fields": {}}},
            {"id": "8", "type": {"name": "Kanarie"}, "inwardIssue": {"key": "ONB-40"}},
            {"id": "9", "type": {"name": "Relates"}},
        ],
    )
    issue["properties"] = {
        "okr": {"ref": "onboarding/2026-q4/first-week", "digest": "9f2c0a1b2c3d4e5f6071", "by": PERSON}
    }
    (record,) = boundary.issues_page(searched(issue), frozenset({"Relates"})).records
    assert (record.ref, record.digest) == ("onboarding/2026-q4/first-week", DIGEST)
    assert record.summary.words == "Kanarie Vogel-Boundary baut das um"
    assert record.labels == {"okr", "okr-2026-Q4"}
    assert [(link.id, link.type, link.other) for link in record.links] == [
        ("7", "Relates", "ONB-12"),
        ("8", "", "ONB-40"),
    ]
    assert "anarie" not in repr(record)


@pytest.mark.parametrize("mark", ["x", 7, None, [], {"ref": 7}, {"ref": "Kanarie Vogel", "digest": "@"}, {"ref": "a"}])
def test_a_mark_that_somebody_overwrote_is_no_mark_and_no_error(mark: Any) -> None:
    issue = an_issue()
    issue["properties"] = {"okr": mark}
    (record,) = boundary.fetched_issues(wire({"issues": [issue]}), frozenset())
    assert (record.ref, record.digest) == (None, None)


def test_a_search_goes_on_until_the_site_says_that_it_ends() -> None:
    assert boundary.ids_page(searched({"id": "1"})).next is None
    assert boundary.ids_page(wire({"issues": [{"id": 1}], "nextPageToken": "abc=="})).next == "abc=="
    assert boundary.ids_page(searched({"id": "1"}, nextPageToken="abc")).next is None
    assert boundary.ids_page(wire({"issues": []})).next is None


def test_a_search_that_announces_more_and_gives_no_token_is_a_half_answer() -> None:
    with pytest.raises(BoundaryError) as refused:
        boundary.ids_page(wire({"issues": [], "isLast": False}))
    assert refused.value.flaw is Flaw.UNREADABLE


def test_a_search_says_when_the_site_left_something_out() -> None:
    warned = [{"type": "CLAUSE_LIMIT_EXCEEDED", "message": "Kanarie"}]
    assert boundary.ids_page(searched(warnings=warned)).partial
    assert not boundary.ids_page(searched(warnings=[{"type": "NOTE"}])).partial
    assert not boundary.ids_page(searched(warnings="of another shape")).partial


def test_a_bulk_create_gives_each_draft_its_outcome_in_order() -> None:
    answer = wire(
        {
            "issues": [{"id": "1", "key": "OKR-1"}, {"id": "2", "key": "OKR-2"}],
            "errors": [
                {
                    "status": 400,
                    "failedElementNumber": 1,
                    "elementErrors": {
                        "errorMessages": ["Kanarie cannot"],
                        "errors": {"assignee": "Kanarie cannot be assigned", "kanarie": "x", "customfield_10045": "y"},
                    },
                }
            ],
        }
    )
    first, refused, last = boundary.created_issues(answer, 3)
    assert (first, last) == (CreatedIssue(id="1", key="OKR-1"), CreatedIssue(id="2", key="OKR-2"))
    assert refused == boundary.Refusal(fields=frozenset({"assignee", "customfield_10045"}), status=400)


@pytest.mark.parametrize("drafts", [0, 1, 3])
def test_a_bulk_create_whose_numbers_do_not_match_is_no_answer(drafts: int) -> None:
    with pytest.raises(BoundaryError):
        boundary.created_issues(wire({"issues": [{"id": "1", "key": "OKR-1"}, {"id": "2", "key": "OKR-2"}]}), drafts)


def test_a_bulk_create_that_made_nothing_refuses_every_draft() -> None:
    answer = wire({"issues": [], "errors": [{"failedElementNumber": 1, "elementErrors": {"errors": {"labels": ""}}}]})
    assert [sorted(outcome.fields) for outcome in boundary.refused_creates(answer, 2)] == [[], ["labels"]]
    assert boundary.refused_creates(b"<html>", 2) == (boundary.Refusal(), boundary.Refusal())


def test_a_create_dialog_says_its_types_and_of_its_fields_only_three() -> None:
    types = wire(
        {
            "issueTypes": [
                {"id": "1", "name": "Task", "hierarchyLevel": 0},
                {"id": "2", "name": "Sub", "subtask": True},
            ],
            "startAt": 0,
            "total": 3,
        }
    )
    page = boundary.issue_types_page(types)
    assert [(kind.name, kind.level) for kind in page.records] == [("Task", 0), ("Sub", -1)]
    assert page.next == "2"
    fields = {"fields": [{"fieldId": "assignee", "allowedValues": [PERSON]}, {"key": "labels"}, {"fieldId": "summary"}]}
    assert boundary.create_fields_page(wire({**fields, "total": 3})) == boundary.Page(records=("assignee", "labels"))


def test_only_remote_links_of_ours_exist() -> None:
    ours = {"globalId": "okr:onboarding/2026-q4/a", "object": {"url": "https://site.example/wiki/x", "title": "Plan"}}
    others = {"id": 1, "globalId": "system=kanarie", "object": {"url": "https://x.example", "title": "Kanarie"}}
    assert [link.global_id for link in boundary.remote_links(wire([others, ours]))] == ["okr:onboarding/2026-q4/a"]
    assert boundary.remote_links(wire(ours))[0].title.words == "Plan"
    assert boundary.remote_links(wire({**ours, "object": {"url": "javascript:alert(1)", "title": ""}})) == ()


def test_a_site_knows_a_link_type_whatever_its_case() -> None:
    answer = wire({"issueLinkTypes": [{"id": "1", "name": "relates", "inward": "x"}]})
    assert boundary.link_types(answer, frozenset({"Relates", "Blocks"})) == {"Relates"}


def test_personal_and_archived_spaces_do_not_exist() -> None:
    spaces = [
        {"id": "1", "key": "OKR", "type": "global", "status": "current", "homepageId": "11", "authorId": "kanarie"},
        {"id": 2, "key": "~712020kanarie", "type": "personal"},
        {"id": 3, "key": "KANARIE", "type": "personal"},
        {"id": 5, "key": "~kanarie"},
        {"id": 4, "key": "OLD", "type": "global", "status": "archived"},
    ]
    page = boundary.spaces_page(wire({"results": spaces, "_links": {"base": "https://site.example/wiki"}}))
    assert [(space.id, space.key, space.homepage) for space in page.records] == [("1", "OKR", "11")]


def a_page(**changed: Any) -> Any:
    return {
        "id": "77",
        "status": "current",
        "title": "OKR-Check-in · Team Kanarie · KW 48/2026",
        "spaceId": "5",
        "parentId": 6,
        "authorId": PERSON["accountId"],
        "ownerId": PERSON["accountId"],
        "version": {"number": 4, "message": "von Kanarie", "authorId": PERSON["accountId"]},
        "body": {"storage": {"representation": "storage", "value": "<p>Kanarie schreibt</p>"}},
        **changed,
    }


def test_a_page_is_its_place_its_version_and_words_nothing_can_quote() -> None:
    trashed = a_page(id="78", status="trashed")
    (record,) = boundary.pages_page(wire({"results": [a_page(), trashed], "_links": {}})).records
    assert (record.id, record.version, record.space, record.parent) == ("77", 4, "5", "6")
    both = boundary.pages_put_away(wire({"results": [a_page(), trashed], "_links": {}})).records
    assert [record.id for record in both] == ["78"]
    assert record.body.words == "<p>Kanarie schreibt</p>"
    assert "anarie" not in repr(record)
    assert boundary.page(wire(a_page(parentId=None))).parent is None
    assert boundary.page_version(wire(a_page())).version == 4


@pytest.mark.parametrize("changed", [{"body": {}}, {"body": None}, {"version": {"number": 0}}, {"version": {}}])
def test_a_page_without_its_body_or_version_is_no_answer(changed: Any) -> None:
    with pytest.raises(BoundaryError):
        boundary.pages_page(wire({"results": [a_page(**changed)]}))


@pytest.mark.parametrize(
    "link", ["/wiki/api/v2/pages?limit=2&cursor=ab%3D", "https://evil.example/wiki/api/v2/pages?cursor=ab%3D&x=y"]
)
def test_of_a_next_link_only_the_cursor_is_used(link: str) -> None:
    assert boundary.versions_page(wire({"results": [a_page()], "_links": {"next": link}})).next == "ab="


@pytest.mark.parametrize("link", ["/wiki/api/v2/pages?start=2", "https://[", "?cursor=a&cursor=b", "?cursor=%00"])
def test_a_next_link_without_one_cursor_is_no_answer(link: str) -> None:
    with pytest.raises(BoundaryError):
        boundary.versions_page(wire({"results": [], "_links": {"next": link}}))


def test_children_are_pages_and_labels_are_ours() -> None:
    children = [
        {"id": "1", "status": "current", "type": "page", "title": "Kanarie"},
        {"id": "2", "type": "whiteboard", "title": "x"},
        {"id": 3, "title": "y"},
    ]
    records = boundary.children_page(wire({"results": children})).records
    assert [(child.id, child.title.words) for child in records] == [("1", "Kanarie"), ("3", "y")]
    assert "anarie" not in repr(records)
    labels = [
        {"name": "okr-check-in", "prefix": "global"},
        {"name": "kanarie", "prefix": "global"},
        {"name": "okr", "prefix": "my"},
    ]
    assert boundary.labels_page(wire({"results": labels})).records == ("okr-check-in",)


@pytest.mark.parametrize(
    ("body", "fields", "taken", "version"),
    [
        ({"errorMessages": ["Field 'assignee' cannot be set. Kanarie"], "errors": {}}, {"assignee"}, False, False),
        ({"errorMessages": [], "errors": {"issuetype": "Kanarie"}}, {"issuetype"}, False, False),
        ({"errors": [{"status": 400, "title": "A page with this title already exists"}]}, {"title"}, True, False),
        ({"errors": [{"title": "Es existiert bereits eine Seite mit dem Titel Kanarie"}]}, {"title"}, True, False),
        ({"errors": [{"code": "CONFLICT", "title": "Version must be incremented. [4]"}]}, set(), False, True),
        ({"statusCode": 409, "message": "Version must be incremented"}, set(), False, True),
        ({"errorMessages": "kanarie", "errors": 7, "message": None}, set(), False, False),
        ([], set(), False, False),
    ],
)
def test_a_refusal_is_field_names_and_two_facts(body: Any, fields: set[str], taken: bool, version: bool) -> None:
    refusal = boundary.refusal(wire(body))
    assert (refusal.fields, refusal.title_taken, refusal.version) == (fields, taken, version)
    assert "anarie" not in repr(refusal)
