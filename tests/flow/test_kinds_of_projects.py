"""Projects as administrators set them up: company-managed or a team's own, with fields and assignees of their own."""

import json
from pathlib import Path

import pytest

from connector.ledger import Kind
from connector.sandbox.dialect import Dialect
from connector.sandbox.jira_records import Issue
from tests.flow.dialects import both_dialects
from tests.flow.stand import Scene, codes, scene, team
from tests.flow.state import doubled, state
from tests.flow.stories import CHECK_IN, OBJECTIVE, book_says, issue

ONBOARDING = "teams/onboarding.yaml"
TEAM_FIELD = {Dialect.CLOUD: "customfield_10001", Dialect.DATACENTER: "customfield_10108"}
TEAM_ID = "36885b3c-1bf0-4f85-a357-c5b858c31de4"
TEAM_NAME = "Die Einrichterinnen um Ada"
EPICS = """
              keys:
                ONB-12: Geführte Einrichtung
                ONB-33: Hinweis zum Zählerstand
"""


def linked_epics(on: Scene) -> set[str]:
    """The epics that are evidence for Team Onboarding's first key result."""
    prefix = "onboarding/2026-q4/first-week/setup-alone"
    return {ref.rpartition(">")[2] for kind, ref in on.resources() if kind is Kind.EVIDENCE and ref.startswith(prefix)}


def belongs_to_a_team(on: Scene, one: Issue) -> None:
    """Somebody fills in the field of Jira that says whose an issue is: Cloud sends an object, Data Center an id."""
    cloud = on.site.dialect is Dialect.CLOUD
    value = {"id": TEAM_ID, "name": TEAM_NAME, "isShared": True} if cloud else TEAM_ID
    on.site.jira.edit_issue(one.key, **{TEAM_FIELD[on.site.dialect]: value})


@both_dialects
def test_epics_below_one_parent_are_found_in_every_kind_of_project(
    sqlite_url: str, tmp_path: Path, dialect: Dialect
) -> None:
    """Cloud has one field for what is above, Data Center its Parent Link; what is below an epic is not looked at."""
    with scene(sqlite_url, tmp_path, dialect=dialect) as on:
        jira = on.site.jira
        own = jira.add_project("OWN", style="next-gen" if dialect is Dialect.CLOUD else "classic")
        jira.add_issue_type("Initiative", 2)
        above = jira.add_issue(project="ONB", type="Initiative", summary="Einrichtung")
        epics = [jira.add_issue(project=key, summary="Ein Versuch", parent=above.key).key for key in ("ONB", own.key)]
        story = jira.add_issue(project=own.key, type="Story", summary="Ein Schritt", parent=epics[1])
        book_says(on, ONBOARDING, EPICS, f" {{parent: {above.key}}}\n")
        book_says(on, ONBOARDING, "delivery: [ONB]", "delivery: [ONB, OWN]")
        assert codes(on.sync()) == {}
        assert linked_epics(on) >= set(epics)
        assert story.key not in linked_epics(on)
        jira.set_status(story.key, "Done")
        on.silent_sync()
        jira.set_status(epics[1], "Done")
        assert on.writes_of_sync() == {"PUT /wiki/api/v2/pages/<page_id>": 1}


def test_our_issues_stand_in_a_team_managed_project_by_its_own_types(sqlite_url: str, tmp_path: Path) -> None:
    """Such a project has types of its own: the same name, another id."""
    with scene(sqlite_url, tmp_path, dialect=Dialect.CLOUD) as on:
        jira = on.site.jira
        jira.add_project("OWN", style="next-gen", types=("Epic",))
        made = jira.add_issue_type("Task", 0, projects=("OWN",))
        assert len([kind for kind in jira.types if kind.name == "Task"]) == 2
        book_says(on, ONBOARDING, "jira: {project: OKR", "jira: {project: OWN")
        assert codes(on.sync()) == {}
        ours = issue(on, OBJECTIVE)
        assert (ours.project.key, ours.fields["issuetype"]["id"]) == ("OWN", str(made.id))
        on.silent_sync()
        on.lose_the_database()
        on.silent_sync()


@both_dialects
def test_a_team_field_chooses_epics_by_its_id_and_stays_as_people_filled_it(
    sqlite_url: str, tmp_path: Path, dialect: Dialect
) -> None:
    """A team may have one member: its id stands where people wrote it, its name nowhere of ours."""
    with scene(sqlite_url, tmp_path, dialect=dialect) as on:
        on.sync()
        ours, field = issue(on, OBJECTIVE), TEAM_FIELD[dialect]
        for one in (ours, on.site.jira.keys["ONB-12"]):
            belongs_to_a_team(on, one)
        before = ours.fields[field]
        on.silent_sync()
        book_says(on, ONBOARDING, "sicher unterwegs", "gut unterwegs")
        assert codes(on.sync()) == {}
        assert ours.fields["summary"].endswith("gut unterwegs")
        assert ours.fields[field] == before
        book_says(on, ONBOARDING, EPICS, f" {{jql: 'project = ONB AND Team = \"{TEAM_ID}\"'}}\n")
        assert codes(on.sync()) == {}
        shown = on.site.confluence.page(on.page_id(CHECK_IN)).body
        assert [key for key in ("ONB-12", "ONB-33") if key in shown] == ["ONB-12"]
        on.silent_sync()
        for told in (
            on.site.confluence.page(on.page_id(CHECK_IN)).body,
            Path(on.database[10:]).read_bytes().decode("latin-1"),
        ):
            assert TEAM_NAME not in told
            assert TEAM_ID not in told
        assert TEAM_ID not in json.dumps([list(map(str, row)) for row in on.resources()])


@both_dialects
@pytest.mark.parametrize("on_screen", [True, False], ids=["on-the-screen", "not-on-the-screen"])
def test_a_default_assignee_is_never_left_on_an_issue(
    sqlite_url: str, tmp_path: Path, on_screen: bool, dialect: Dialect
) -> None:
    with scene(sqlite_url, tmp_path, dialect=dialect) as on:
        assert on.site.jira.projects["OKR"].default_assignee
        if not on_screen:
            on.site.jira.projects["OKR"].create_screen.discard("assignee")
        on.sync()
        assert not any(one["assigned"] for one in state(on.site).issues.values())
        cleared = [line for line in on.site.log.writes() if line.path.endswith("/assignee")]
        assert len(cleared) == (0 if on_screen else 6)
        assert issue(on, OBJECTIVE).fields["assignee"] is None
        on.silent_sync()


@both_dialects
@pytest.mark.parametrize("on_screen", [True, False], ids=["on-the-screen", "not-on-the-screen"])
def test_where_issues_must_be_assigned_it_is_said_and_nobody_is_set(
    sqlite_url: str, tmp_path: Path, on_screen: bool, dialect: Dialect
) -> None:
    """The team is told; only Jira itself may have put its lead there, and no request of ours names anybody."""
    with scene(sqlite_url, tmp_path, dialect=dialect) as on:
        strict = on.site.jira.add_project("STRICT", allow_unassigned=False)
        if not on_screen:
            strict.create_screen.discard("assignee")
        book_says(on, ONBOARDING, "jira: {project: OKR", "jira: {project: STRICT")
        who = strict.lead
        names = [name.encode() for name in (who.account_id, who.login, who.jira_key, who.name)]
        named: list[bytes] = []
        on.site.log.on_exchange(lambda asked, _: named.extend(name for name in names if name in asked.body))
        report = on.sync()
        assert codes(report) == {"onboarding": ["unassigned-refused"]}
        message = str(team(report, "onboarding").errors[0])
        assert "Possible: " in message
        assert team(report, "metering").created == 5
        made = [one for one in on.site.jira.issues.values() if one.project is strict]
        assert len(made) == (0 if on_screen else 3)
        on.sync()
        assert len([one for one in on.site.jira.issues.values() if one.project is strict]) == len(made)
        assert doubled(on.site) == {}
        assert named == []
