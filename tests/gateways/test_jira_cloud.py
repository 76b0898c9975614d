"""Jira Cloud through the real library, against the sandbox over real sockets."""

import json

import pytest

from connector.errors import AnswerLost, Code, NotFound, RequestRefused, SiteUnreachable
from connector.ports import IssueDraft, IssueEdit, RemoteLink
from connector.sandbox.people import CANARIES
from mappings.epics import StatusCategory
from mappings.records import CreatedIssue
from tests.gateways.conftest import Connected


def a_draft(summary: str = "Neue Kundinnen sind sicher unterwegs", **changed: object) -> IssueDraft:
    given = {
        "project": "OKR",
        "type_id": "",
        "summary": summary,
        "labels": ("okr", "okr-connector"),
        "description": "Erster Absatz\nmit zwei Zeilen\n\nZweiter Absatz",
        "unassign": True,
        "ref": "onboarding/2026-q4/first-week",
        "digest": "9f2c0a1b2c3d4e5f6071",
        **changed,
    }
    return IssueDraft(**given)  # type: ignore[arg-type]  # the test names what it changes


def task_of(connected: Connected, project: str = "OKR") -> str:
    return next(kind.id for kind in connected.jira.issue_types(project) if kind.name == "Task")


def with_projects(connected: Connected) -> None:
    connected.site.jira.add_project("OKR")
    connected.site.jira.add_project("ONB")


def test_epics_are_found_page_by_page_and_nothing_else_is_asked_for(connected: Connected) -> None:
    with_projects(connected)
    for number in range(105):
        connected.site.jira.add_issue(project="ONB", summary=f"Epic {number}", labels=["okr-rate", "kanarie"])
    connected.site.jira.add_issue(project="ONB", type="Story", summary="Story", labels=["okr-rate"])
    connected.site.jira.set_status("ONB-1", "Done")
    bodies = asked(connected)
    epics = connected.jira.epics("project = ONB AND labels = okr-rate", frozenset({"okr-rate"}))
    assert len(epics) == 105
    assert {epic.status for epic in epics} == {StatusCategory.DONE, StatusCategory.TO_DO}
    assert {epic.labels for epic in epics} == {frozenset({"okr-rate"})}
    assert connected.tally.counts().by_operation == (("jira.search", 2),)
    assert {tuple(body["fields"]) for body in bodies} == {("issuetype", "status", "parent", "labels")}


def asked(connected: Connected) -> list[dict[str, object]]:
    bodies: list[dict[str, object]] = []
    connected.site.log.on_exchange(lambda ask, answer: bodies.append(json.loads(ask.body or b"{}")))
    return bodies


def test_a_query_that_jira_does_not_understand_is_refused_without_its_words(connected: Connected) -> None:
    with pytest.raises(RequestRefused) as refused:
        connected.jira.epics("project = KANARIE", frozenset())
    assert refused.value.code is Code.QUERY_REFUSED
    assert "KANARIE" not in str(refused.value)


def test_epics_by_key_come_in_hundreds_and_what_is_gone_is_absent(connected: Connected) -> None:
    with_projects(connected)
    for number in range(101):
        connected.site.jira.add_issue(project="ONB", summary=f"Epic {number}")
    keys = [f"ONB-{number}" for number in range(1, 102)]
    connected.site.jira.delete_issue("ONB-7")
    epics = connected.jira.epics_by_key([*keys, "ONB-999", "ONB-1"], frozenset())
    assert len(epics) == 100
    assert connected.tally.counts().by_operation == (("jira.bulkfetch", 2),)


def test_a_created_issue_carries_its_mark_and_nobody(connected: Connected) -> None:
    with_projects(connected)
    (made,) = connected.jira.create_issues([a_draft(type_id=task_of(connected))])
    assert isinstance(made, CreatedIssue)
    (record,) = connected.jira.issues([made.id])
    assert (record.ref, record.digest) == ("onboarding/2026-q4/first-week", "9f2c0a1b2c3d4e5f6071")
    assert record.labels == {"okr", "okr-connector"}
    assert record.summary.words == "Neue Kundinnen sind sicher unterwegs"
    assert connected.site.jira.keys[made.key].fields["assignee"] is None
    assert connected.jira.issue_ids("project = OKR AND assignee IS NOT EMPTY") == frozenset()


def test_of_fifty_drafts_each_has_its_own_outcome(connected: Connected) -> None:
    with_projects(connected)
    task = task_of(connected)
    drafts = [a_draft(f"Issue {n}", type_id="99999" if n % 7 == 3 else task, ref=f"t/c/o{n}") for n in range(50)]
    outcomes = connected.jira.create_issues(drafts)
    refused = [n for n, outcome in enumerate(outcomes) if isinstance(outcome, RequestRefused)]
    assert refused == [n for n in range(50) if n % 7 == 3]
    records = connected.jira.issues([made.id for made in outcomes if isinstance(made, CreatedIssue)])
    assert {record.ref for record in records} == {f"t/c/o{n}" for n in range(50) if n % 7 != 3}
    assert connected.tally.counts().by_operation[-1] == ("jira.issue.create", 1)


def test_drafts_that_are_all_refused_are_all_refused(connected: Connected) -> None:
    with_projects(connected)
    first, second = connected.jira.create_issues([a_draft(type_id="99999"), a_draft(type_id="99998")])
    assert isinstance(first, RequestRefused)
    assert isinstance(second, RequestRefused)
    assert first.code is Code.ISSUE_TYPE_MISSING


def test_a_lost_create_is_found_by_its_mark_although_the_index_lags(connected: Connected) -> None:
    with_projects(connected)
    task = task_of(connected)
    connected.site.faults.drop_answer("POST", "/rest/api/3/issue/bulk")
    with pytest.raises(AnswerLost) as lost:
        connected.jira.create_issues([a_draft(type_id=task)])
    assert lost.value.__context__ is None
    (found,) = connected.jira.find_issues("project = OKR AND labels = okr-connector")
    assert found.ref == "onboarding/2026-q4/first-week"


def test_a_fresh_issue_is_found_by_reconciling_its_id(connected: Connected) -> None:
    with_projects(connected)
    connected.site.search_lag = connected.site.search_lag.__class__(minutes=5)
    (made,) = connected.jira.create_issues([a_draft(type_id=task_of(connected))])
    assert isinstance(made, CreatedIssue)
    query = "project = OKR AND labels = okr-connector"
    assert connected.jira.find_issues(query) == ()
    assert [issue.id for issue in connected.jira.find_issues(query, [made.id])] == [made.id]


def test_an_edit_changes_summary_labels_and_mark_in_one_request(connected: Connected) -> None:
    with_projects(connected)
    (made,) = connected.jira.create_issues([a_draft(type_id=task_of(connected))])
    assert isinstance(made, CreatedIssue)
    connected.site.jira.edit_issue(made.key, labels=["okr", "okr-connector", "kanarie"])
    edit = IssueEdit(summary="Neu", add_labels=("okr-retired",), remove_labels=("okr",), ref="a/b/c", digest="1" * 20)
    connected.jira.edit_issue(made.id, edit)
    (record,) = connected.jira.issues([made.id])
    assert (record.summary.words, record.ref, record.digest) == ("Neu", "a/b/c", "1" * 20)
    assert set(connected.site.jira.keys[made.key].fields["labels"]) == {"kanarie", "okr-connector", "okr-retired"}
    edits = [line for line in connected.site.log.writes() if line.method == "PUT"]
    assert [line.query for line in edits] == ["notifyUsers=false"]


def test_where_only_administrators_may_be_quiet_the_edit_is_made_loudly(connected: Connected) -> None:
    with_projects(connected)
    (made,) = connected.jira.create_issues([a_draft(type_id=task_of(connected))])
    assert isinstance(made, CreatedIssue)
    connected.site.faults.answer(403, {"Content-Type": "application/json"}, b"{}", "PUT", ".*")
    connected.jira.edit_issue(made.id, IssueEdit(summary="Neu", ref="a/b/c", digest="1" * 20))
    connected.jira.edit_issue(made.id, IssueEdit(summary="Neuer", ref="a/b/c", digest="2" * 20))
    edits = [line.query for line in connected.site.log.writes() if line.method == "PUT"]
    assert edits == ["notifyUsers=false", "notifyUsers=true", "notifyUsers=true"]


def test_an_issue_that_is_gone_is_not_found(connected: Connected) -> None:
    with pytest.raises(NotFound):
        connected.jira.edit_issue("4711", IssueEdit(summary="Neu", ref="a/b/c", digest="1" * 20))


def test_an_assignee_is_cleared_unseen_or_the_project_forbids_it(connected: Connected) -> None:
    with_projects(connected)
    connected.site.jira.add_project("STR", allow_unassigned=False)
    free = connected.site.jira.add_issue(project="OKR", type="Task", summary="x")
    strict = connected.site.jira.add_issue(project="STR", type="Task", summary="x")
    connected.jira.clear_assignee(str(free.id))
    assert free.fields["assignee"] is None
    with pytest.raises(RequestRefused) as refused:
        connected.jira.clear_assignee(str(strict.id))
    assert refused.value.code is Code.UNASSIGNED_REFUSED


def test_a_link_reads_from_our_issue_to_the_epic(connected: Connected) -> None:
    with_projects(connected)
    ours = connected.site.jira.add_issue(project="OKR", type="Task", summary="x")
    connected.site.jira.add_issue(project="ONB", summary="Epic")
    for _ in range(2):
        connected.jira.link_issues("Relates", str(ours.id), "ONB-1")
    (record,) = connected.jira.issues([ours.key])
    assert [(link.type, link.other) for link in record.links] == [("Relates", "ONB-1")]
    assert [(link.source.key, link.target.key) for link in ours.links] == [("OKR-1", "ONB-1")]


def test_a_link_type_that_jira_does_not_have_is_named_as_the_reason(connected: Connected) -> None:
    with_projects(connected)
    ours = connected.site.jira.add_issue(project="OKR", type="Task", summary="x")
    connected.site.jira.add_issue(project="ONB", summary="Epic")
    with pytest.raises(RequestRefused) as refused:
        connected.jira.link_issues("Kanarie", str(ours.id), "ONB-1")
    assert refused.value.code is Code.LINK_TYPE_MISSING
    with pytest.raises(NotFound):
        connected.jira.link_issues("Relates", str(ours.id), "ONB-999")


def test_a_remote_link_is_made_replaced_and_read_by_its_global_id(connected: Connected) -> None:
    with_projects(connected)
    ours = str(connected.site.jira.add_issue(project="OKR", type="Task", summary="x").id)
    assert connected.jira.remote_link(ours, "okr:a/b/c") is None
    for title in ("Planung", "Hypothese"):
        connected.jira.put_remote_link(
            ours, RemoteLink(global_id="okr:a/b/c", url="https://site.example/wiki/x", title=title)
        )
    link = connected.jira.remote_link(ours, "okr:a/b/c")
    assert link is not None
    assert (link.url, link.title.words) == ("https://site.example/wiki/x", "Hypothese")


def test_a_create_screen_says_which_of_three_fields_it_has(connected: Connected) -> None:
    with_projects(connected)
    assert connected.jira.create_fields("OKR", task_of(connected)) == {"assignee", "description", "labels"}
    epic = next(kind for kind in connected.jira.issue_types("OKR") if kind.name == "Epic")
    assert epic.level == 1


def test_a_project_that_is_not_there_is_named_as_the_reason(connected: Connected) -> None:
    with pytest.raises(NotFound) as missing:
        connected.jira.issue_types("NIX")
    assert missing.value.code is Code.PROJECT_MISSING
    assert "jira.project" in str(missing.value)


def test_a_token_that_comes_twice_is_a_half_answer(connected: Connected) -> None:
    page = json.dumps({"issues": [], "nextPageToken": "again"}).encode()
    connected.site.faults.answer(200, {"Content-Type": "application/json"}, page, times=None)
    with pytest.raises(SiteUnreachable):
        connected.jira.issue_ids("project = OKR")
    assert len(connected.site.log.reads()) == 2


def test_an_answer_that_the_site_shortened_is_refused_like_its_question(connected: Connected) -> None:
    page = json.dumps({"issues": [], "isLast": True, "warnings": [{"type": "CLAUSE_LIMIT_EXCEEDED"}]}).encode()
    connected.site.faults.answer(200, {"Content-Type": "application/json"}, page)
    with pytest.raises(RequestRefused):
        connected.jira.epics("project = OKR", frozenset())


def test_nothing_of_a_person_is_in_what_the_gateway_gives(connected: Connected) -> None:
    with_projects(connected)
    for number in range(20):
        connected.site.jira.add_issue(project="ONB", summary=f"{connected.site.people.nth(number).name} baut")
    shown = repr(
        [
            connected.jira.epics("project = ONB", frozenset({"okr"})),
            connected.jira.issues([f"ONB-{number}" for number in range(1, 21)]),
            connected.jira.issue_types("ONB"),
        ]
    )
    assert len(shown) > 1000
    assert [canary for canary in CANARIES if canary in shown] == []
