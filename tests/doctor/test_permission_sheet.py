"""The sheet asks for what the book needs, for no more, in words that survive an e-mail."""

import gzip
import json
import re
from itertools import chain

import pytest

from connector.doctor.letter import WIDTH, letter
from connector.doctor.places import PERMISSIONS, SPACE_OPERATIONS, Use, places_of
from connector.doctor.sheet import CONFLUENCE_SCOPES, JIRA_SCOPES, Sheet, sheet_of
from connector.doctor.sheet_words import SHEET_WORDS
from connector.gateways.operations import CONFLUENCE, JIRA, Operation
from mappings.book import example_files, read_book
from mappings.okr import Language
from tests.contract.openapi import CONTRACTS, documents_missing
from tests.doctor.clinic import TODAY, Change, book

DOCUMENTS = ("jira-cloud-platform-v3", "confluence-cloud-v2", "confluence-cloud-v1")
ASKED = frozenset(JIRA_SCOPES + CONFLUENCE_SCOPES)


def sheet(language: Language = Language.DE, change: Change = lambda text: text, *, scoped: bool = True) -> Sheet:
    read = book(change)
    return sheet_of(
        places_of(read, TODAY), language=language, organisation="Nordlicht", teams=len(read.teams), scoped=scoped
    )


def text(language: Language = Language.DE, **more: bool) -> str:
    return "\n".join(letter(sheet(language, **more)))


def test_the_example_asks_for_the_permissions_its_book_needs() -> None:
    grants = [(grant.projects, grant.permissions) for grant in sheet().projects]
    assert grants == [
        (("OKR",), PERMISSIONS[Use.OKRS]),
        (("MET", "ONB"), PERMISSIONS[Use.LINKS]),
        (("SUP",), ("BROWSE_PROJECTS",)),
    ]
    assert sheet().spaces == ("MET", "OKR", "ONB")


def test_a_team_that_keeps_no_issues_asks_for_no_link_and_no_project() -> None:
    asked = sheet(change=lambda text: re.sub("jira: {.*}", "jira: none", text))
    assert [(grant.projects, grant.permissions) for grant in asked.projects] == [
        (("MET", "ONB"), ("BROWSE_PROJECTS",)),
        (("SUP",), ("BROWSE_PROJECTS",)),
    ]


@pytest.mark.parametrize("language", list(Language))
def test_every_need_has_a_name_and_a_purpose_in_both_languages(language: Language) -> None:
    words = SHEET_WORDS[language]
    assert words.permissions.keys() == set(chain(*PERMISSIONS.values()))
    assert words.operations.keys() == set(SPACE_OPERATIONS)
    assert words.scopes.keys() == ASKED
    assert words.uses.keys() == set(Use)


@pytest.mark.parametrize("language", list(Language))
def test_the_letter_survives_an_e_mail(language: Language) -> None:
    for line in text(language).split("\n"):
        assert len(line) <= WIDTH
        assert line == line.rstrip()
        assert not line.startswith((">", "From ", "--"))
        assert line.isprintable()


@pytest.mark.parametrize("language", list(Language))
def test_the_letter_says_what_is_not_asked_for(language: Language) -> None:
    said = text(language)
    heading = SHEET_WORDS[language].not_needed[0]
    asked, _, left_out = said.partition(heading)
    assert "read:jira-user" in left_out
    assert "Admin" in left_out or "admin" in left_out
    for scope in ("jira-user", "manage:", "admin:", "delete:", "read:user", "read:group", "webhook:"):
        assert scope not in asked
    assert "Warum" not in said


def test_where_tokens_have_no_scopes_none_are_asked_for() -> None:
    assert "read:jira-work" not in text(Language.EN, scoped=False)
    assert "personal access token" in text(Language.EN, scoped=False)


def test_an_administrator_registers_webhooks_with_a_token_of_their_own() -> None:
    cloud, own_machines = (" ".join(text(Language.EN, scoped=scoped).split()) for scoped in (True, False))
    for said in (cloud, own_machines):
        assert "`okr webhooks register` once, with" in said
        assert "the service account is not given those rights" in said
    assert "Confluence can tell" not in cloud
    assert "an OAuth client is not enough" in own_machines
    assert "Atlassian Administration" not in own_machines


def ways(operation: Operation) -> list[frozenset[str]]:
    """The sets of scopes of which one is enough, as Atlassian's documents say."""
    wanted = re.sub(r"\{\w+\}", "{}", "/" + operation.path)
    for name in DOCUMENTS:
        with gzip.open(CONTRACTS / f"{name}.json.gz") as packed:
            paths = json.load(packed)["paths"]
        for path, methods in paths.items():
            whole = re.sub(r"\{\w[\w-]*\}", "{}", path)
            ours = wanted.removeprefix("/api/v2") if name.endswith("v2") else wanted
            ours = f"/wiki{ours}" if name == "confluence-cloud-v1" else ours
            if whole == ours and operation.method.lower() in methods:
                scopes = methods[operation.method.lower()]["x-atlassian-oauth2-scopes"]
                return [frozenset(one["scopes"]) for one in scopes]
    raise LookupError(operation.name)


@pytest.mark.skipif(bool(documents_missing()), reason=documents_missing())
def test_the_scopes_are_enough_for_every_call_of_this_house_and_none_is_too_many() -> None:
    # Registering a webhook takes an administrator, once, with a token of their own; it stands in no document.
    daily = [operation for operation in (*JIRA, *CONFLUENCE) if not operation.path.startswith("rest/webhooks/")]
    needed = {operation.name + operation.path: ways(operation) for operation in daily}
    assert [name for name, sets in needed.items() if not any(one <= ASKED for one in sets)] == []
    for scope in ASKED:
        without = ASKED - {scope}
        assert any(not any(one <= without for one in sets) for sets in needed.values()), f"{scope} is not needed"


def test_a_team_that_writes_itself_may_name_any_epic_of_its_delivery_and_its_sources_count_elsewhere() -> None:
    strategy = example_files()["strategy.yaml"]
    files = {
        "strategy.yaml": strategy,
        "teams/first.yaml": b"team: first\ndelivery: [ONB, MET]\njira: {project: OKR}\nokrs: confluence\n"
        b"sources:\n  calls: {type: jql-count, jql: 'project = SUP AND labels = einrichtung'}\n",
    }
    read = read_book(files, TODAY).book
    assert read is not None
    assert places_of(read, TODAY).uses == {
        "MET": frozenset({Use.EPICS, Use.LINKS}),
        "OKR": frozenset({Use.OKRS}),
        "ONB": frozenset({Use.EPICS, Use.LINKS}),
        "SUP": frozenset({Use.COUNTS}),
    }
