import re

from mappings.book import read_book
from tests.mappings.books import METERING, ONBOARDING, TODAY, changed, example, only


def test_the_same_indicator_may_live_on_in_the_next_cycle_but_not_with_another_measure() -> None:
    text = str(example()[METERING])
    again = text[text.index("  - id: trusted-reading") :].replace("cycle: 2026-Q4", "cycle: 2027-Q1")
    again = re.sub(r"day: [0-9-]+, ", "", again)
    assert changed(METERING, text, text + again).findings == ()
    other = changed(METERING, text, text + again.replace('unit: "%"', "unit: ‰", 1))
    assert only(other).rule == "duplicate-id"


def test_two_teams_of_one_name_in_one_space_would_get_the_same_pages() -> None:
    files = example(METERING, "name: Team Metering", "name: team onboarding")
    files[METERING] = str(files[METERING]).replace("depends_on: [Team Onboarding]", "")
    assert read_book(files, TODAY).findings == ()
    files[METERING] = str(files[METERING]).replace("space: MET", "space: onb")
    assert only(read_book(files, TODAY)).rule == "duplicate-id"


def test_two_teams_of_one_id_are_one_too_many_in_any_case() -> None:
    files = example(ONBOARDING, "depends_on: [Team Kundenservice, Team Metering]", "")
    files["teams/zweites.yaml"] = str(files[ONBOARDING]).replace("team: onboarding", "team: ONBOARDING")
    finding = only(read_book(files, TODAY))
    assert (finding.place, finding.rule) == ("teams/zweites.yaml:2:7", "duplicate-id")


def test_a_label_needs_a_project_to_look_in() -> None:
    files = example(METERING, "delivery: [MET]", "#")
    files[METERING] = re.sub(r"jira: .*", "jira: none", str(files[METERING]))
    assert only(read_book(files, TODAY)).rule == "reference"


def test_a_name_that_is_no_key_is_told_at_the_key() -> None:
    old = "                ONB-33: Hinweis zum Zählerstand"
    finding = only(changed(ONBOARDING, old, "                Onboarding 33: Hinweis zum Zählerstand"))
    line = str(example()[ONBOARDING]).split(old)[0].count("\n") + 1
    assert (finding.line, finding.column) == (line, 17)
