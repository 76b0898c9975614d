from datetime import date

import pytest

from mappings.book import belongs, read_book
from mappings.concerns import Level
from mappings.jql_fields import FieldKind
from mappings.queries import Knowledge
from tests.mappings.books import METERING, ONBOARDING, STRATEGY, TODAY, changed, example, only

TITLE = "title: Neue Kundinnen und Kunden sind nach einer Woche sicher unterwegs"
DO = "do: richten ihr Konto ohne Hilfe ein"
CALLS = 'jql: "project = SUP AND labels = einrichtung"'


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        (ONBOARDING, TITLE, "title: Das neue Portal einführen", "R9"),
        (ONBOARDING, TITLE, "title: Go-live der geführten Einrichtung", "R9"),
        (ONBOARDING, TITLE, "title: Die neue Einrichtung ist umgesetzt", "R9"),
        (ONBOARDING, DO, "do: den neuen Begrüßungsbrief fertigstellen", "R9"),
        (METERING, "do: send us their reading with a photo before the bill is made", "do: launch the photo page", "R9"),
        (METERING, "do: send us their reading with a photo before the bill is made", "do: Ship the new form", "R9"),
        (STRATEGY, "title: Ein Blick genügt", "title: 80 % verstehen ihren Verbrauch", "R10"),
        (STRATEGY, "ohne nachzufragen.", "ohne nachzufragen, in 3 Schritten.", "R10"),
        (ONBOARDING, "Ob der Brief vor dem ersten Login ankommt.", "Fragt anna@example.com.", "R14"),
        (ONBOARDING, "Ob der Brief vor dem ersten Login ankommt.", "Ob @anna das weiß.", "R14"),
        (ONBOARDING, "Ob der Brief vor dem ersten Login ankommt.", "Ob Frau Beispiel das weiß.", "R14"),
        (ONBOARDING, "ONB-12: Geführte Einrichtung", "ONB-12: Einrichtung von Herrn Beispiel", "R14"),
        (ONBOARDING, "Team Kundenservice", "557058:1a2b3c4d-0000-4000-8000-000000000001", "R14"),
        (METERING, "name: Team Metering", "name: Team Müller", "R14"),
        (ONBOARDING, "{2026-Q4: 2026-12-15}", "{2026-Q4: 2027-01-15}", "reference"),
        (ONBOARDING, "day: 2026-11-20}", "day: 2027-11-20}", "reference"),
        (ONBOARDING, "[Team Kundenservice, Team Metering]", "[kundenservice]", "reference"),
        (ONBOARDING, "okrs: here", "okrs: here\nsources: {x: {type: pushed}}", "reference"),
        (ONBOARDING, CALLS, 'jql: "project = ONB AND labels = einrichtung"', "R5"),
        (METERING, "epics: {label: okr-photo-share}", 'epics: {jql: "labels = okr AND status != Done"}', "R5b"),
        (METERING, "kind: leading\n            unit: of 6", "kind: lagging\n            unit: of 6", "R9"),
    ],
)  # fmt: skip
def test_a_question_keeps_the_book_in(file: str, old: str, new: str, rule: str) -> None:
    reading = changed(file, old, new)
    finding = only(reading)
    assert (finding.file, finding.rule, finding.level) == (file, rule, Level.HINT)
    assert reading.book is not None
    assert len(finding.options) >= 2


def test_a_strategy_without_a_moal_asks_once_for_each_objective_that_points_to_it() -> None:
    text = str(example()[STRATEGY])
    moal = text[text.index("moal:") : text.index("frame:")]
    reading = changed(STRATEGY, moal, "")
    assert {finding.rule for finding in reading.findings} == {"reference"}
    assert reading.book is not None


def test_a_fourth_objective_and_a_fifth_key_result_are_asked_about() -> None:
    text = str(example()[METERING])
    objective = text[text.index("  - id: trusted-reading") :]
    first_result = objective[objective.index("      - id: photo-reading") : objective.index("      - id: right-number")]
    results = "".join(
        first_result.replace("photo-share", f"share-{n}").replace("id: photo", f"id: p{n}")
        .replace("id: reading-questions", f"id: q{n}").replace("id: estimated-bills", f"id: e{n}")
        for n in range(3)
    )  # fmt: skip
    assert only(changed(METERING, first_result, first_result + results)).rule == "R9"
    bare = objective[: objective.index("    key_results:")]
    more = "".join(bare.replace("trusted-reading", f"more-{n}") for n in range(3))
    finding = only(changed(METERING, objective, objective + more))
    assert (finding.rule, finding.level) == ("R9", Level.HINT)


def test_an_objective_without_a_cycle_belongs_to_the_running_one() -> None:
    files = example(ONBOARDING, "    cycle: 2026-Q4\n", "")
    reading = read_book(files, date(2026, 10, 1))
    assert reading.book is not None
    assert reading.book.teams[1].objectives[0].cycle == "2026-Q4"
    assert only(read_book(files, date(2026, 9, 30))).rule == "reference"


def test_what_a_team_leaves_out_comes_from_the_strategy() -> None:
    minimal = "team: Tiny\nsize: 3\njira: {project: okr}\n"
    reading = read_book({**example(), "teams/tiny.yml": minimal}, TODAY)
    assert reading.findings == ()
    assert reading.book is not None
    tiny = reading.book.team("TINY")
    assert tiny is not None
    strategy = reading.book.strategy
    assert (tiny.name, tiny.language, tiny.timezone) == ("tiny", strategy.language, strategy.timezone)
    assert (tiny.space, tiny.delivery, tiny.rhythm) == (strategy.space, ("OKR",), None)


def test_a_team_may_keep_no_issues_and_name_epics_in_a_list_and_one_number_as_target() -> None:
    files = example(METERING, "epics: {label: okr-photo-share}", "epics: {keys: [met-1, MET-2]}")
    text = str(files[METERING]).replace("target: [35, 45]", "target: 40.5")
    files[METERING] = "\n".join("jira: none" if line.startswith("jira:") else line for line in text.split("\n"))
    reading = read_book(files, TODAY)
    assert reading.book is not None
    team = reading.book.teams[0]
    indicator = team.objectives[0].key_results[0].indicators[0]
    assert team.jira is None
    assert indicator.epics is not None
    assert indicator.epics.keys == (("MET-1", ""), ("MET-2", ""))
    assert indicator.target is not None
    assert str(indicator.target.low) == str(indicator.target.high) == "40.5"


def test_a_site_that_knows_its_fields_and_filters_is_believed() -> None:
    files = example(ONBOARDING, CALLS, 'jql: "filter = Einrichtung AND cf[10077] = x"')
    filters = {"Einrichtung": "project = SUP"}
    assert only(read_book(files, TODAY)).rule == "R1"
    assert read_book(files, TODAY, Knowledge(filters=filters)).findings == ()
    knowing = Knowledge(filters=filters, fields={"customfield_10077": FieldKind.PERSON})
    assert only(read_book(files, TODAY, knowing)).rule == "R1"


@pytest.mark.parametrize("name", ["strategy.yaml", "teams/a.yaml", "teams/a.yml"])
def test_the_book_is_the_strategy_and_the_teams(name: str) -> None:
    assert belongs(name)


@pytest.mark.parametrize("name", ["schema.json", "teams/a.txt", "teams/old/a.yaml", "readings/a.csv", "other.yaml"])
def test_other_files_are_passed_over(name: str) -> None:
    assert not belongs(name)
    assert read_book({**example(), name: b"\xff\x00"}, TODAY).findings == ()


def test_what_only_starts_a_page_is_told_key_by_key() -> None:
    reading = changed(ONBOARDING, "okrs: here", "okrs: confluence")
    assert reading.book is not None
    assert [(f.line, f.column, f.rule) for f in reading.findings] == [
        (n, 1, "reference") for n in (4, 10, 17)
    ]  # its language begins the page
    frame = changed(STRATEGY, "strategy: here", "strategy: confluence")
    assert frame.book is not None
    assert [f.line for f in frame.findings] == [7, 8, 10, 14]


def test_a_team_that_writes_itself_tells_its_size_on_its_page() -> None:
    assert only(changed(ONBOARDING, "size: 7 ", "# ")).rule == "missing"
    files = example(ONBOARDING, "okrs: here", "okrs: confluence")
    files[ONBOARDING] = str(files[ONBOARDING]).replace("size: 7 ", "# ")
    reading = read_book(files, TODAY)
    assert reading.book is not None
    assert reading.book.teams[1].size is None
