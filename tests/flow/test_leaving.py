"""`okr export` and `okr leave`: everything out, and a clean exit; pages, issues and what people made of them stay."""

import csv
import json
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connector.cli import okr
from connector.folder import MappingFolder
from connector.ledger import Kind
from connector.sandbox.dialect import Dialect
from connector.storage.store import Store
from mappings.indicators import Reading
from tests.contract.openapi import ContractCheck, documents_missing
from tests.flow.dialects import SPOKEN, both_dialects, settings_of
from tests.flow.stand import Scene, scene

SECRET = "0123456789abcdef0123456789abcdef"
ISSUE = "onboarding/2026-q4/first-week/setup-alone"


@dataclass(slots=True, kw_only=True)
class Leaving:
    scene: Scene
    settings: dict[str, str]

    def okr(self, *words: str) -> Result:
        return CliRunner(env=self.settings).invoke(okr, list(words))

    def leave(self, *words: str) -> tuple[int, dict[str, object]]:
        ended = self.okr("leave", "--json", *words)
        return ended.exit_code, json.loads(ended.stdout)

    def writes(self, mark: int) -> int:
        return len(self.scene.site.log.writes(mark))


@pytest.fixture
def synced(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Leaving]:
    dialect = getattr(request, "param", SPOKEN)
    with scene(f"sqlite:///{tmp_path / 'okr.db'}", tmp_path, dialect=dialect) as on:
        on.push(Reading(indicator="onboarding/setup-rate", on=date(2026, 11, 20), value=Decimal("-1.5")))
        on.sync()
        contract = ContractCheck() if dialect is Dialect.CLOUD else ContractCheck(jira="11.3", confluence="10.2")
        if not documents_missing():
            on.site.log.on_exchange(contract)
        yield Leaving(scene=on, settings=settings(on))
        assert contract.violations == []


def settings(on: Scene) -> dict[str, str]:
    return {
        **settings_of(on.site),
        "OKR_MAPPINGS": str(on.book_folder),
        "DATABASE_URL": on.database,
        "OKR_PUBLIC_URL": "https://okr.example.com",
        "OKR_WEBHOOK_SECRETS": f"jira={SECRET},confluence={SECRET},automation={SECRET}",
    }


def bodies(on: Scene) -> dict[str, tuple[str, str, int]]:
    return {
        page.id: (page.now.title, page.now.body, len(page.versions)) for page in on.site.confluence.tree.pages.values()
    }


def drawn_by_a_person(on: Scene) -> int:
    """A link of the same kind as ours, from an issue of ours to something that is no evidence in the book."""
    jira = on.site.jira
    ours = jira.find(on.issue_key(ISSUE))
    other = next(issue for issue in jira.issues.values() if issue.level == 0 and issue.project is not ours.project)
    relates = next(kind for kind in jira.link_types if kind.name == "Relates")
    return jira.link(relates, ours, other).id


@pytest.mark.parametrize("synced", list(Dialect), indirect=True)
def test_leaving_takes_every_mark_away_and_nothing_else(synced: Leaving) -> None:
    on, jira, wiki = synced.scene, synced.scene.site.jira, synced.scene.site.confluence
    assert synced.okr("webhooks", "register").exit_code == 0
    ours = jira.find(on.issue_key(ISSUE))
    by_hand = drawn_by_a_person(on)
    ours.fields["labels"] = [*ours.fields["labels"], "okr-idee"]
    page = on.page_id("planning/onboarding/2026-q4")
    wiki.add_labels(page, ["okr-idee"], "global")
    before, count = bodies(on), len(jira.issues)

    mark = on.site.log.mark()
    code, planned = synced.leave()
    assert (code, synced.writes(mark), planned["done"]) == (3, 0, None)
    code, done = synced.leave("--yes")
    assert (code, done["errors"]) == (0, [])
    assert synced.writes(mark) == planned["plan"]["writes"] == done["requests"]["write"] > 20

    assert bodies(on) == before
    assert len(jira.issues) == count
    assert by_hand in jira.links
    for issue in jira.issues.values():
        assert "okr" not in issue.properties
        assert not [link for link in issue.remote_links if str(link.get("globalId", "")).startswith("okr:")]
        assert "okr-connector" not in issue.fields["labels"]
        assert not [label for label in issue.fields["labels"] if label.startswith("okr-team-")]
    assert "okr-idee" in ours.fields["labels"]
    left = {label.name for one in wiki.tree.pages.values() for label in one.labels if label.name.startswith("okr")}
    assert left == {"okr-idee"}
    assert not on.site.webhooks.registered


@both_dialects
def test_a_second_leave_finds_nothing_and_writes_nothing(tmp_path: Path, dialect: Dialect) -> None:
    with scene(f"sqlite:///{tmp_path / 'okr.db'}", tmp_path, dialect=dialect) as on:
        on.sync()
        leaving = Leaving(scene=on, settings=settings(on))
        leaving.leave("--yes")
        mark = on.site.log.mark()
        for words in ((), ("--yes",)):
            code, again = leaving.leave(*words)
            assert (code, again["plan"]["writes"], again["plan"]["things"]) == (0, 0, [])
        assert leaving.writes(mark) == 0
        assert "Nothing of ours is left." in leaving.okr("leave").stdout
        del leaving.settings["OKR_PUBLIC_URL"]
        assert "webhook named okr-connector, where one was registered" in leaving.okr("leave").stdout
        assert on.resources() == {}


def test_links_that_people_drew_stay_and_ours_to_epics_go(synced: Leaving) -> None:
    on = synced.scene
    jira = on.site.jira
    drawn = {row.remote_id for (kind, _), row in on.resources().items() if kind is Kind.EVIDENCE}
    assert drawn
    by_hand = drawn_by_a_person(on)
    synced.leave("--yes")
    left = [link.id for link in jira.links.values() if {str(link.source.id), str(link.target.id)} & drawn]
    assert left == [by_hand]


def test_without_our_memory_everything_is_found_again_and_taken_away(synced: Leaving) -> None:
    _, planned = synced.leave()
    synced.scene.lose_the_database()
    _, found = synced.leave()
    assert found["plan"]["things"] == planned["plan"]["things"]
    assert found["plan"]["writes"] == planned["plan"]["writes"]
    assert synced.leave("--yes")[0] == 0
    assert synced.leave()[1]["plan"]["things"] == []


def test_an_interrupted_leave_goes_on_where_it_stopped(synced: Leaving) -> None:
    on = synced.scene
    on.site.jira.project("OKR").denied.add("EDIT_ISSUES")
    code, half = synced.leave("--yes")
    assert code == 3
    assert half["errors"]
    assert {row[0] for row in on.resources()} >= {Kind.ISSUE}
    with Store.open(on.database) as store:
        assert store.readings()  # nothing of the memory goes while something is left
    on.site.jira.project("OKR").denied.clear()
    code, rest = synced.leave("--yes")
    assert (code, rest["errors"]) == (0, [])
    assert synced.leave()[1]["plan"]["things"] == []


def test_a_leave_is_noted_as_a_deletion_and_nothing_is_in_the_file_any_more(synced: Leaving, tmp_path: Path) -> None:
    _, done = synced.leave("--yes")
    noted = json.loads(synced.okr("privacy", "deletions", "--json").stdout)
    assert {one["rows"]: one["deleted"] for one in noted} == {k: v for k, v in done["deleted"].items() if v}
    file = b"".join(path.read_bytes() for path in tmp_path.glob("okr.db*"))
    assert b"setup-rate" not in file
    assert b"onboarding" not in file


def test_an_export_holds_the_book_the_series_and_where_everything_stands(synced: Leaving, tmp_path: Path) -> None:
    on, target = synced.scene, tmp_path / "out"
    mark = on.site.log.mark()
    assert synced.okr("export", str(target)).exit_code == 0
    assert len(on.site.log.requests()) == len(on.site.log.requests()[:mark])
    taken = MappingFolder(target / "book")
    assert taken.files() == MappingFolder(on.book_folder).files()
    rows = list(csv.reader((target / "readings.csv").read_text("utf-8").splitlines()))
    assert ["onboarding/setup-rate", "2026-11-20", "-1.5"] in rows
    pages = list(csv.DictReader((target / "pages.csv").read_text("utf-8").splitlines()))
    assert {row["id"] for row in pages} == {r.remote_id for (k, _), r in on.resources().items() if k is Kind.PAGE}
    assert all(row["address"].startswith(on.site.confluence_url) for row in pages)
    assert json.loads((target / "data-flow.json").read_text("utf-8"))["surface"]["number"]
    for path in target.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_an_export_overwrites_nothing(synced: Leaving, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    ended = synced.okr("export", str(tmp_path / "out"))
    assert ended.exit_code == 1
    assert "an export overwrites nothing" in str(ended.exception)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]
