import pytest

from mappings.book import read_book
from mappings.concerns import Level
from tests.mappings.books import METERING, ONBOARDING, STRATEGY, TODAY, changed, example, only

SIZE = "size: 7                           # eine Zahl; Namen werden nicht gelesen"
CALLS = 'jql: "project = SUP AND labels = einrichtung"'


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        ("owner: x", "R2"), ("Owner: x", "R2"), ("assignee: x", "R2"), ("lead: x", "R2"), ("team_lead: x", "R2"),
        ("members: [x, y]", "R2"), ("responsible: x", "R2"), ("verantwortlich: x", "R2"), ("teamLeiter: x", "R2"),
        ("owner_email: x", "R2"), ("zuständig: x", "R2"), ("product_owner: x", "R2"), ("okrChampion: x", "R2"),
        ("progress: 40", "R5"), ("story_points: 5", "R5"), ("velocity: 30", "R5"), ("points: 5", "R5"),
        ("time_spent: 3", "R5"), ("percent_done: 3", "R5"), ("cycle_time: 3", "R5"), ("Fortschritt: 3", "R5"),
        ("score: 0.7", "R6"), ("weight: 2", "R6"), ("grade: A", "R6"), ("rank: 1", "R6"), ("ampel: gelb", "R6"),
        ("Gewichtung: 2", "R6"), ("rating: 4", "R6"), ("health: ok", "R6"), ("targetScore: 1", "R6"),
        ("manager: x", "R7"), ("personnel_number: 1", "R7"), ("kostenstelle: 1", "R7"), ("cost_centre: 1", "R7"),
        ("bonus: 1000", "R8"), ("Prämie: 5", "R8"), ("praemie: 5", "R8"), ("tantieme: 5", "R8"), ("entgelt: 5", "R8"),
        ("salary: 5", "R8"), ("zielerreichungsgrad: 5", "R8"), ("variable: 5", "R8"),
        ("reminder: daily", "R11"), ("escalation: x", "R11"), ("overdue: x", "R11"), ("streak: 4", "R11"),
        ("approval: x", "R12"), ("approved_by: x", "R12"), ("freigabe: x", "R12"), ("acknowledged: x", "R12"),
        ("locked: true", "R13"), ("lock: true", "R13"),
        ("deadline_for: x", "unknown-key"), ("colour: x", "unknown-key"), ("emoji: x", "unknown-key"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("before", "indent"), [("team: onboarding", ""), ("        name: Einrichtung ohne Hilfe", "        ")]
)
def test_keys_of_people_grades_and_pay_are_refused_wherever_they_stand(
    key: str, rule: str, before: str, indent: str
) -> None:
    finding = only(changed(ONBOARDING, before, f"{before}\n{indent}{key}"))
    line = str(example()[ONBOARDING]).split(before)[0].count("\n") + 2
    assert (finding.rule, finding.level) == (rule, Level.REFUSED)
    assert (finding.line, finding.column) == (line, len(indent) + 1)
    assert len(finding.options) >= 2


@pytest.mark.parametrize("value", ["", "~", "null"])
def test_a_person_key_without_a_value_is_refused_too(value: str) -> None:
    assert only(changed(ONBOARDING, "team: onboarding", f"team: onboarding\nowner: {value}")).rule == "R2"


@pytest.mark.parametrize(
    ("size", "rule", "words"),
    [
        ("[Anna Beispiel, Ben Beispiel]", "R2", "eine Zahl"),
        ("\n  - Anna Beispiel\n  - Ben Beispiel", "R2", "eine Zahl"),
        ("{lead: Anna Beispiel}", "R2", "eine Zahl"),
        ("2", "R2", "Für weniger als drei Menschen legt der Connector keine OKR an"),
        ("1", "R2", "Für weniger als drei Menschen"),
        ("0", "R2", "Für weniger als drei Menschen"),
        ("Anna Beispiel", "value", "ganze Zahl"),
        ("true", "value", "ganze Zahl"),
        ("7.5", "value", "ganze Zahl"),
        ("-3", "value", "ganze Zahl"),
    ],
)
def test_the_size_of_a_team_is_a_number_from_three(size: str, rule: str, words: str) -> None:
    reading = changed(ONBOARDING, SIZE, f"size: {size}")
    finding = only(reading)
    assert reading.book is None
    assert finding.rule == rule
    assert words in finding.message
    assert "Anna" not in finding.message + "".join(finding.options)


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        (STRATEGY, "space: OKR", "space: ~anna", "R2"),
        (STRATEGY, "space: OKR", 'space: "~712020abc"', "R2"),
        (ONBOARDING, "{space: ONB}", "{space: ~anna}", "R2"),
        (STRATEGY, "space: OKR", "space: O K R", "value"),
        (STRATEGY, "organisation: Nordlicht Energie", "", "missing"),
        (STRATEGY, "organisation: Nordlicht Energie", "organisation:", "missing"),
        (STRATEGY, "timezone: Europe/Berlin", "timezone: Berlin", "value"),
        (STRATEGY, "timezone: Europe/Berlin", "timezone: ../../etc/passwd", "value"),
        (STRATEGY, "timezone: Europe/Berlin", "timezone: Europe", "value"),
        (STRATEGY, "language: de  ", "language: fr  ", "value"),
        (STRATEGY, "to: 2026-12-31", "to: 2026-09-31", "value"),
        (STRATEGY, "to: 2026-12-31", "to: 2026-09-30", "value"),
        (STRATEGY, "id: 2027-Q1", "id: 2026-q4", "duplicate-id"),
        (STRATEGY, "until: 2027-12", "until: Ende 2027", "value"),
        (STRATEGY, "planning_ahead: 3", "planning_ahead: drei", "value"),
        (STRATEGY, "strategy: here", "strategy: there", "value"),
        (STRATEGY, "frame:", "rahmen:", "unknown-key"),
        (ONBOARDING, "team: onboarding", "team: Team Onboarding", "value"),
        (ONBOARDING, "team: onboarding", f"team: {'x' * 41}", "value"),
        (ONBOARDING, "name: Team Onboarding\n", "name: Team Onboarding\nname: Zweites\n", "duplicate-key"),
        (ONBOARDING, "delivery: [ONB]", "delivery: ONB", "value"),
        (ONBOARDING, "delivery: [ONB]", "delivery: [Onboarding Web]", "value"),
        (ONBOARDING, "jira: {project: OKR,", "jira: {", "missing"),
        (ONBOARDING, "jira: {project: OKR, objective_type: Task, key_result_type: Task, evidence_link: Relates}\n", "",
         "value"),
        (ONBOARDING, "check_in: tuesday 09:00", "check_in: sunday 09:00", "value"),
        (ONBOARDING, "check_in: tuesday 09:00", "check_in: tuesday 25:00", "value"),
        (ONBOARDING, "every: 1 ", "every: 0 ", "value"),
        (ONBOARDING, "{2026-Q4: 2026-12-15}", "{2026-Q5: 2026-12-15}", "reference"),
        (ONBOARDING, "{2026-Q4: 2026-12-15}", "{2026-Q4: 2026-12-15, 2026-q4: 2026-12-16}", "duplicate-id"),
        (ONBOARDING, "quiet_weeks: [2026-W52]", "quiet_weeks: [2025-W53]", "value"),
        (ONBOARDING, "quiet_weeks: [2026-W52]", "quiet_weeks: [52]", "value"),
        (ONBOARDING, "okrs: here", "okrs: page", "value"),
        (ONBOARDING, "cycle: 2026-Q4", "cycle: 2025-Q4", "reference"),
        (ONBOARDING, "contributes_to: [moal]", "contributes_to: [metering/nothing]", "reference"),
        (ONBOARDING, "contributes_to: [moal]", "contributes_to: [nobody/first-week]", "reference"),
        (ONBOARDING, "contributes_to: [moal]", "contributes_to: [onboarding/first-week]", "reference"),
        (ONBOARDING, "depends_on: [Team Kundenservice, Team Metering]", "depends_on: [Onboarding]", "reference"),
        (ONBOARDING, "id: guide-answer", "id: Setup-Alone", "duplicate-id"),
        (ONBOARDING, "id: guide-found", "id: SETUP-RATE", "duplicate-id"),
        (ONBOARDING, "day: 2026-11-20}", "day: 2026-11-20, indicator: guide-found}", "reference"),
        (ONBOARDING, "day: 2026-11-20}", "day: 20.11.2026}", "value"),
        (ONBOARDING, "do: richten ihr Konto ohne Hilfe ein\n", "\n", "missing"),
        (ONBOARDING, "kind: leading", "kind: early", "value"),
        (ONBOARDING, "baseline: 38", "baseline: 38 %", "value"),
        (ONBOARDING, "baseline: 38", "baseline: 38,5", "value"),
        (ONBOARDING, "baseline: 38", "baseline: .nan", "value"),
        (ONBOARDING, "baseline: 38", "baseline: true", "value"),
        (ONBOARDING, "baseline: 38", "baseline: 1e400", "value"),
        (ONBOARDING, "target: [55, 65]", "target: [65, 55]", "value"),
        (ONBOARDING, "target: [55, 65]", "target: [55]", "value"),
        (ONBOARDING, "target: [55, 65]", "target: 55–65", "value"),
        (ONBOARDING, "decimals: 0", "decimals: 7", "value"),
        (ONBOARDING, "source: {type: pushed}", "source: {type: jira}", "value"),
        (ONBOARDING, "source: {type: pushed}", "source: pushed", "value"),
        (ONBOARDING, "source: {type: pushed}", "source: {type: pushed, path: a.csv}", "unknown-key"),
        (ONBOARDING, "source: {type: pushed}", "source: {type: csv, path: ../a.csv}", "value"),
        (ONBOARDING, "source: {type: pushed}", "source: {type: csv, path: /etc/a.csv}", "value"),
        (ONBOARDING, "source: {type: pushed}", 'source: {type: csv, path: "C:\\\\a.csv"}', "value"),
        (ONBOARDING, "source: {type: pushed}", "source: {type: csv, path: ~/a.csv}", "value"),
        (ONBOARDING, "source: {type: pushed}", "source: {type: csv, path: a/./b.csv}", "value"),
        (ONBOARDING, "source: {type: pushed}", "source: {type: csv, path: secrets.txt}", "value"),
        (ONBOARDING, "source: {type: pushed}", 'source: {type: http-json, url: "http://m.example", pointer: /a}',
         "value"),
        (ONBOARDING, "source: {type: pushed}", 'source: {type: http-json, url: "https://u:p@m.example", pointer: /a}',
         "value"),
        (ONBOARDING, "source: {type: pushed}", 'source: {type: http-json, url: "https://m.example", pointer: a}',
         "value"),
        (ONBOARDING, CALLS, 'jql: "labels = einrichtung"', "query"),
        (ONBOARDING, CALLS, 'jql: "project = SUP AND status = Done"', "R5"),
        (ONBOARDING, CALLS, 'jql: "project = SUP AND assignee = x"', "R1"),
        (ONBOARDING, CALLS, 'jql: "project = SUP AND filter = 1"', "R1"),
        (ONBOARDING, CALLS, 'jql: "project = SUP AND"', "query"),
        (METERING, "epics: {label: okr-photo-share}", "epics: {jql: assignee = x}", "R1"),
        (METERING, "epics: {label: okr-photo-share}", "epics: {jql: sprint = 4}", "R5"),
        (METERING, "epics: {label: okr-photo-share}", "epics: {label: okr photo}", "value"),
        (METERING, "epics: {label: okr-photo-share}", "epics: {label: a, parent: MET-1}", "value"),
        (METERING, "epics: {label: okr-photo-share}", "epics: {keys: {}}", "value"),
        (METERING, "epics: {label: okr-photo-share}", "epics: {keys: [MET]}", "value"),
        (METERING, "epics: {label: okr-photo-share}", "epics: {keys: {met: Name}}", "value"),
        (METERING, "direction: rises", "direction: up", "value"),
        (METERING, "first_visible: 2026-W45", "first_visible: KW 45", "value"),
        (METERING, "team: metering", "team: metering\nwas: onboarding", "reference"),
        (METERING, "name: Team Metering", 'name: "Team \\u0007"', "yaml"),
        (METERING, "name: Team Metering", f"name: {'x' * 256}", "value"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_at_its_place(file: str, old: str, new: str, rule: str) -> None:
    reading = changed(file, old, new)
    refusals = [finding for finding in reading.findings if finding.level is Level.REFUSED]
    assert reading.book is None
    assert [(finding.file, finding.rule) for finding in refusals] == [(file, rule)]
    line = str(example()[file]).split(old)[0].count("\n") + 1
    if rule != "missing" and "\n" not in old:
        assert refusals[0].line == line + new.count("\n")
    assert all(len(finding.options) >= 2 for finding in refusals)


def test_a_query_is_refused_at_the_column_inside_it() -> None:
    text = '            source: {type: jql-count, jql: "project = SUP AND assignee = x"}'
    finding = only(changed(ONBOARDING, CALLS, 'jql: "project = SUP AND assignee = x"'))
    assert finding.column == text.index("assignee") + 1


def test_one_broken_file_does_not_silence_the_others() -> None:
    files = example(STRATEGY, "planning_ahead: 3", "planning_ahead: drei")
    files["teams/a.yaml"] = "team: [\n"
    files["teams/b.yaml"] = "owner: x"
    files["teams/onboarding.yaml"] = str(files["teams/onboarding.yaml"]).replace("kind: lagging", "kind: late")
    found = read_book(files, TODAY).findings
    assert {finding.file for finding in found} == {STRATEGY, "teams/a.yaml", "teams/b.yaml", ONBOARDING}
    assert found[0].file == STRATEGY


def test_every_finding_of_one_file_is_told_at_once() -> None:
    files = example(ONBOARDING, "kind: leading", "kind: early")
    files[ONBOARDING] = str(files[ONBOARDING]).replace(SIZE, "size: 1").replace("SUP AND", "SUP AND creator = x AND")
    assert {finding.rule for finding in read_book(files, TODAY).findings} == {"value", "R2", "R1"}


def test_a_missing_reference_is_not_told_while_a_file_is_unread() -> None:
    files = example(ONBOARDING, "contributes_to: [moal]", "contributes_to: [metering/trusted-reading]")
    files[METERING] = "team: metering\nsize: ["
    assert {finding.file for finding in read_book(files, TODAY).findings} == {METERING}


def test_a_folder_without_a_strategy_is_refused_in_english_and_two_are_one_too_many() -> None:
    files = example()
    strategy = files.pop(STRATEGY)
    finding = only(read_book(files, TODAY))
    assert (finding.place, finding.rule) == ("strategy.yaml:1:1", "missing")
    assert "missing" in finding.message
    assert only(read_book({**files, STRATEGY: strategy, "strategy.yml": strategy}, TODAY)).rule == "duplicate-id"


def test_messages_speak_the_language_of_the_book() -> None:
    german = only(changed(ONBOARDING, SIZE, "size: 2"))
    english = only(changed(ONBOARDING, SIZE, "size: 2", english=True))
    assert german.options == ("mit einem Nachbarteam planen", "die OKR frei in Confluence führen")
    assert english.options == ("plan together with a neighbouring team", "keep the OKRs freely in Confluence")


def test_a_misspelt_key_is_recognised_and_a_key_that_could_be_a_name_is_not_repeated() -> None:
    assert "„objectives“" in only(changed(METERING, "objectives:", "objektives:")).message
    named = changed(METERING, "okrs: here", "okrs: here\nAnna Beispiel (Rolle): x")
    assert "Anna" not in "".join(f.message + "".join(f.options) for f in named.findings)
