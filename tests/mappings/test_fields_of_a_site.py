"""What only a site knows of a query: which of its own fields name people, measure work or carry a day."""

import json
from typing import Any

import pytest

from mappings.boundary import field_kinds
from mappings.jql import Accepted, FieldKind, Purpose, Refused, fields_to_look_up, judge
from tests.mappings.test_jql_guard import queries

TYPES = "com.atlassian.jira.plugin.system.customfieldtypes:"


def field(number: int, name: str, kind: str = "string", custom: str = "textfield", items: str = "") -> dict[str, Any]:
    return {
        "id": f"customfield_{number}",
        "name": name,
        "clauseNames": [f"cf[{number}]", name],
        "schema": {"type": kind, "items": items, "custom": custom if ":" in custom else TYPES + custom},
    }


SITE = [
    field(10010, "Kümmert sich", "user", "userpicker"),
    field(10011, "Dabei", "array", "people", "user"),
    field(10012, "Kreis", "array", "multigrouppicker", "group"),
    field(10016, "SP", "number", "com.pyxis.greenhopper.jira:jsw-story-points"),
    field(10017, "Story Points", "number", "float"),
    field(10020, "Takt", "array", "com.pyxis.greenhopper.jira:gh-sprint", "json"),
    field(10021, "Antwortfrist", "sd-servicelevelagreement", "com.atlassian.servicedesk:sd-sla-field"),
    field(10030, "Wunschtermin", "date", "datepicker"),
    field(10040, "Kanal", "option", "select"),
    field(10041, "Team", "team", "com.atlassian.jira.plugin.system.customfieldtypes:atlassian-team"),
    {"id": "issuekey", "name": "Key", "clauseNames": ["id", "key"]},
]


def verdict(jql: str, purpose: Purpose = Purpose.COUNT) -> Accepted | Refused:
    told = field_kinds(json.dumps(SITE).encode(), fields_to_look_up(jql))
    return judge(jql, purpose, fields=told)


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize(
    "named", ["cf[10010]", '"kümmert sich"', "customfield_10010", "Dabei", "cf[10012]", "cf[10011]"]
)
def test_a_field_of_people_is_refused_by_id_and_by_name(named: str, purpose: Purpose) -> None:
    jql = f"project = SUP AND {named} = x"
    assert isinstance(judge(jql, purpose), Accepted)  # a file cannot know it
    assert isinstance(verdict(jql, purpose), Refused)
    assert isinstance(verdict(f"project = SUP ORDER BY {named}", purpose), Refused)


@pytest.mark.parametrize("named", ["cf[10016]", "SP", "cf[10017]", "Takt", "cf[10020]", "Antwortfrist", "cf[10030]"])
def test_measured_work_and_days_are_refused_in_a_count(named: str) -> None:
    assert isinstance(verdict(f"project = SUP AND {named} > 3"), Refused)


@pytest.mark.parametrize("named", ["Kanal", "cf[10040]", "cf[10041]", "cf[99999]"])
def test_what_customers_and_teams_fill_in_passes(named: str) -> None:
    assert isinstance(verdict(f"project = SUP AND {named} = Telefon"), Accepted)


def test_of_two_fields_with_one_name_the_one_with_people_counts() -> None:
    twice = [field(1, "Kontakt"), field(2, "Kontakt", "user", "userpicker"), field(3, "Kontakt")]
    assert field_kinds(json.dumps(twice).encode(), frozenset({"kontakt"})) == {"kontakt": FieldKind.PERSON}


@pytest.mark.parametrize(
    "jql",
    [
        "project = SUP AND labels = einrichtung AND issuetype = Bug ORDER BY created",
        "parent = ONB-1 OR component in (a, b) AND status = Done",
        "text ~ x AND summary ~ y AND priority = High AND fixVersion = 2",
    ],
)
def test_what_every_site_has_is_not_looked_up(jql: str) -> None:
    assert fields_to_look_up(jql) == frozenset()


def test_innocent_queries_stay_accepted_whatever_such_a_site_has() -> None:
    assert [jql for jql in queries("counts") if isinstance(verdict(jql), Refused)] == []
