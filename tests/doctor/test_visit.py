"""What would fail later is found now, by reads alone, and nobody is read."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from connector.doctor.checks import Name, Outcome, will_fail
from connector.ledger import Kind, Resource
from tests.doctor.clinic import Clinic, clinic, of, unwell

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OKR = "project OKR (teams metering, onboarding)"
ONB = "project ONB (team onboarding)"


@pytest.fixture
def on():
    with clinic() as opened:
        yield opened


def test_the_example_on_its_own_site_is_fine_but_for_one_question(on: Clinic) -> None:
    checks = on.visit()
    assert unwell(checks, Outcome.FAILED, Outcome.QUESTION) == [(Name.DEFAULT_ASSIGNEE, OKR)]
    assert not will_fail(checks)
    assert {check.name for check in checks} >= set(Name) - {
        Name.SETTINGS,
        Name.BOOK,
        Name.DATABASE,
        Name.ACCOUNT,
        Name.ISSUE_TYPES,
        Name.PROJECT,
        Name.SPACE,
        Name.QUOTA,
        Name.CLOCK,
        Name.TOKEN,
        Name.SCOPES,
        Name.DOOR,
        Name.WEBHOOKS,
        Name.DELIVERIES,
        Name.AGREEMENT,
        Name.PAGES,
        Name.SOURCES,
    }


def test_a_visit_costs_few_requests_and_never_asks_for_a_user(on: Clinic) -> None:
    on.visit()
    assert on.site.log.by_route() == {
        "GET /rest/api/3/mypermissions": 6,
        "GET /rest/api/3/project/<id_or_key>": 4,
        "GET /rest/api/3/issueLinkType": 1,
        "GET /rest/api/3/issue/createmeta/<id_or_key>/issuetypes": 1,
        "GET /rest/api/3/issue/createmeta/<id_or_key>/issuetypes/<type_id>": 1,
        "POST /rest/api/3/permissions/project": 1,
        "POST /rest/api/3/search/jql": 1,
        "POST /rest/api/3/issue/bulkfetch": 1,
        "GET /wiki/api/v2/spaces": 1,
        "GET /wiki/api/v2/spaces/<space_id>/operations": 3,
        "GET /wiki/api/v2/pages": 1,
    }
    assert on.tally.counts().reads == 21


def test_a_wrong_token_is_said_for_each_site_and_nothing_more_is_asked(on: Clinic) -> None:
    on.token = "another"
    checks = on.visit()
    assert [(check.name, check.where) for check in checks] == [
        (Name.JIRA, "OKR_JIRA_TOKEN"),
        (Name.CONFLUENCE, "OKR_CONFLUENCE_TOKEN"),
    ]
    assert len(on.site.log.requests()) == 2


def test_a_site_that_is_down_does_not_hide_the_other_one(on: Clinic) -> None:
    on.site.faults.answer(503, path_regex="/rest/.*", times=None)
    checks = on.visit()
    assert unwell(checks) == [(Name.JIRA, "OKR_JIRA_URL")]
    assert of(checks, Name.HOME)


def test_an_account_that_sees_no_project_is_told_from_a_project_that_is_missing(on: Clinic) -> None:
    on.site.faults.answer(
        200,
        {"Content-Type": "application/json"},
        b'{"permissions": {"BROWSE_PROJECTS": {"key": "BROWSE_PROJECTS", "havePermission": false}}}',
        path_regex="/rest/api/3/mypermissions",
    )
    [jira] = of(on.visit(), Name.JIRA)
    assert jira.outcome is Outcome.FAILED
    assert "no project at all" in jira.what


def test_a_project_that_is_hidden_fails_and_the_others_are_looked_at(on: Clinic) -> None:
    on.site.jira.projects["ONB"].hidden = True
    checks = on.visit()
    assert (Name.PROJECT, ONB) in unwell(checks)
    assert [check.where for check in of(checks, Name.PERMISSIONS)] == [
        "project MET (team metering)",
        OKR,
        "project SUP (teams metering, onboarding)",
    ]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("CREATE_ISSUES", "Create Issues"),
        ("EDIT_ISSUES", "Edit Issues"),
        ("LINK_ISSUES", "Link Issues"),
        ("ASSIGN_ISSUES", "Assign Issues"),
        ("BROWSE_PROJECTS", "Browse Projects"),
    ],
)
def test_a_missing_permission_in_the_okr_project_fails_by_its_name(on: Clinic, key: str, said: str) -> None:
    on.site.jira.projects["OKR"].denied.add(key)
    checks = on.visit()
    assert (Name.PERMISSIONS, OKR) in unwell(checks)
    [check] = [check for check in of(checks, Name.PERMISSIONS) if check.outcome is Outcome.FAILED]
    assert check.what.endswith(f": {said}")


def test_in_a_delivery_project_only_browse_and_link_are_needed(on: Clinic) -> None:
    on.site.jira.projects["ONB"].denied |= {"CREATE_ISSUES", "EDIT_ISSUES", "ASSIGN_ISSUES"}
    assert unwell(on.visit()) == []
    on.site.jira.projects["ONB"].denied.add("LINK_ISSUES")
    assert unwell(on.visit()) == [(Name.PERMISSIONS, ONB)]


def test_where_customers_are_counted_browse_is_enough(on: Clinic) -> None:
    on.site.jira.projects["SUP"].denied |= {"LINK_ISSUES", "CREATE_ISSUES", "EDIT_ISSUES", "ASSIGN_ISSUES"}
    on.site.jira.projects["SUP"].types = []
    assert unwell(on.visit()) == []


def test_a_required_field_that_we_do_not_fill_fails_and_its_id_is_named(on: Clinic) -> None:
    on.site.jira.projects["OKR"].required |= {"customfield_10015", "reporter", "priority", "description"}
    [failure] = [c for c in of(on.visit(), Name.CREATE_SCREEN) if c.outcome is Outcome.FAILED]
    assert failure.what == "„Task“ demands fields that we do not fill: customfield_10015"
    assert failure.where == OKR


def test_an_assignee_that_the_screen_demands_fails(on: Clinic) -> None:
    on.site.jira.projects["OKR"].required.add("assignee")
    [failure] = [c for c in of(on.visit(), Name.DEFAULT_ASSIGNEE) if c.outcome is Outcome.FAILED]
    assert "demands somebody" in failure.what


def test_labels_that_are_not_on_the_screen_fail_and_a_description_may_be_missing(on: Clinic) -> None:
    on.site.jira.projects["OKR"].create_screen.discard("description")
    assert unwell(on.visit()) == []
    on.site.jira.projects["OKR"].create_screen.discard("labels")
    [failure] = [c for c in of(on.visit(), Name.CREATE_SCREEN) if c.outcome is Outcome.FAILED]
    assert failure.what.endswith("lacks: labels")


def test_an_issue_type_that_a_project_does_not_offer_fails(on: Clinic) -> None:
    checks = on.visit(lambda text: text.replace("objective_type: Task", "objective_type: Ziel"))
    assert unwell(checks) == [(Name.ISSUE_TYPES, OKR)]


def test_a_default_assignee_is_a_question_that_names_nobody(on: Clinic) -> None:
    [asked] = of(on.visit(), Name.DEFAULT_ASSIGNEE)
    assert "we send new issues with nobody" in asked.why
    on.site.jira.projects["OKR"].create_screen.discard("assignee")
    [asked] = of(on.visit(), Name.DEFAULT_ASSIGNEE)
    assert "clear it right after a create" in asked.why
    on.site.jira.projects["OKR"].default_assignee = False
    assert of(on.visit(), Name.DEFAULT_ASSIGNEE) == []


def test_a_delivery_project_without_epics_fails(on: Clinic) -> None:
    project = on.site.jira.projects["ONB"]
    project.types = [kind for kind in project.types if kind.level < 1]
    assert unwell(on.visit()) == [(Name.HIERARCHY, ONB)]


def test_a_link_type_that_is_not_there_fails(on: Clinic) -> None:
    on.site.jira.link_types = [kind for kind in on.site.jira.link_types if kind.name != "Relates"]
    checks = on.visit()
    assert [c.what for c in of(checks, Name.LINK_TYPES)] == ["Jira has no link type named „Relates“"]
    assert will_fail(checks)


@pytest.mark.parametrize("way", ["missing", "personal", "archived"])
def test_a_space_that_is_no_place_for_teams_fails(on: Clinic, way: str) -> None:
    space = on.site.confluence.space_of_key("ONB")
    if way == "missing":
        del on.site.confluence.spaces[space.id]
    space.kind = "personal" if way == "personal" else space.kind
    space.archived = way == "archived"
    assert unwell(on.visit()) == [(Name.SPACE, "space ONB (team onboarding)")]


def test_a_space_without_permission_to_add_pages_fails_by_its_name(on: Clinic) -> None:
    on.site.confluence.space_of_key("ONB").denied |= {"create page", "create attachment"}
    [failure] = [c for c in of(on.visit(), Name.SPACE_PERMISSIONS) if c.outcome is Outcome.FAILED]
    assert failure.what == "the service account lacks: Add pages, Add attachments"
    assert failure.where == "space ONB (team onboarding)"


def test_a_site_that_does_not_tell_what_we_may_do_in_a_space_is_a_question(on: Clinic) -> None:
    on.site.faults.answer(403, path_regex=".*/operations", times=None)
    assert {check.outcome for check in of(on.visit(), Name.SPACE_PERMISSIONS)} == {Outcome.QUESTION}


def test_the_home_page_is_found_or_said_to_be_made(on: Clinic) -> None:
    [home] = of(on.visit(), Name.HOME)
    assert home.what.startswith("the page below which ours stand")
    before = home.what
    on.site.confluence.add_page(space="ONB", title=home.where.strip("„“"))
    [home] = of(on.visit(), Name.HOME)
    assert home.what != before
    assert "stands in ONB" in home.what or "ONB" in home.what.split(" and will")[0]


def test_a_selector_that_finds_nothing_is_a_question_with_team_and_indicator(on: Clinic) -> None:
    checks = on.visit(lambda text: text.replace("label: okr-photo-share", "label: okr-no-such"))
    [asked] = [c for c in of(checks, Name.EPICS) if c.outcome is Outcome.QUESTION]
    assert asked.where == "metering/photo-share"
    assert not will_fail(checks)


def test_an_epic_that_is_gone_is_a_question_with_its_key(on: Clinic) -> None:
    on.site.jira.delete_issue("ONB-40")
    [asked] = [c for c in of(on.visit(), Name.EPICS) if c.outcome is Outcome.QUESTION]
    assert (asked.what, asked.where) == ("Jira shows no epic ONB-40", "onboarding/setup-calls")


def test_what_has_ended_asks_for_no_epics_any_more(on: Clinic) -> None:
    checks = on.visit(today=date(2030, 1, 1))
    assert of(checks, Name.EPICS) == []
    assert [check.where for check in of(checks, Name.PERMISSIONS)] == [OKR]


def test_an_issue_that_stays_assigned_after_two_clearings_is_a_question(on: Clinic) -> None:
    made = on.site.jira.add_issue(project="OKR", type="Task", summary="x", labels=("okr-connector",))
    ref = "onboarding/2026-q4/first-week"
    row = Resource(kind=Kind.ISSUE, ref=ref, remote_id=str(made.id), version=2, since=NOW)
    [asked] = of(on.visit(written={(Kind.ISSUE, ref): row}), Name.ASSIGNED)
    assert (asked.outcome, asked.where) == (Outcome.QUESTION, ref)
    [once] = of(on.visit(written={(Kind.ISSUE, ref): replace(row, version=1)}), Name.ASSIGNED)
    assert once.outcome is Outcome.OK
    on.site.jira.edit_issue(made.key, assignee=None)
    [cleared] = of(on.visit(written={(Kind.ISSUE, ref): row}), Name.ASSIGNED)
    assert cleared.outcome is Outcome.OK


def test_a_team_without_issues_needs_no_project_of_its_own(on: Clinic) -> None:
    checks = on.visit(lambda text: re.sub("jira: {.*}", "jira: none", text))
    assert not any("OKR" in check.where for check in of(checks, Name.PERMISSIONS))
