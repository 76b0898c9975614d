"""The works-council pack: nine artefacts in two languages, told from the code, in words that can be annexed."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connector.cli import okr
from connector.log import FACTS
from connector.pages.paper import Paper
from connector.privacy.agreement import Note
from connector.privacy.grids import UNSAID
from connector.privacy.log_events import LogEvent, events_in, log_events
from connector.privacy.pack import RECORD, Standing, pack
from connector.privacy.pack_words import Part
from connector.privacy.surface import surface_of
from mappings.indicators import SourceKind
from mappings.okr import Language
from tests.flow.stand import EXAMPLE

BARE = Standing(surface=surface_of([SourceKind.CSV]), note=None)
NEVER = re.compile(
    r"mitbestimmungsfrei|anonymi|garantier|guarantee|rechtssicher|legally safe|DSGVO-konform|compliant", re.I
)
DENIED = re.compile(r"behauptet er keine\s+Anonymität im Rechtssinn|does not claim anonymity in law")
READING = 15 * 200  # words that are read in a quarter of an hour


class Tags(HTMLParser):
    """Whether every tag that opens also closes, and what is loaded from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loaded += [value or "" for name, value in attrs if name in {"src", "href"}]
        if tag not in {"meta", "br", "input", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "book"))
    monkeypatch.setenv("OKR_MAPPINGS", str(folder))
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(okr, ["privacy", *arguments])


def words(paper: Paper) -> str:
    return " ".join([*paper.lead, *(text for part in paper.sections for text in (part.title, *part.paragraphs))])


def everything(paper: Paper) -> str:
    cells = (cell for part in paper.sections for grid in part.grids for row in grid.rows for cell in row)
    return " ".join([words(paper), *cells])


@pytest.mark.parametrize("language", list(Language))
def test_the_pack_has_nine_artefacts_and_says_what_lies_outside(language: Language) -> None:
    paper = pack(BARE, language)
    assert [part.title[0] for part in paper.sections] == [*"123456789", "W"]
    assert [part.name for part in paper.sections] == [part.value for part in Part]
    assert all(part.paragraphs for part in paper.sections)
    assert {len(row) - len(grid.heads) for part in paper.sections for grid in part.grids for row in grid.rows} == {0}


@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_left_unsaid_or_claimed_beyond_what_can_be_tested(language: Language) -> None:
    text = everything(pack(BARE, language))
    assert UNSAID not in text.split()
    assert NEVER.findall(DENIED.sub("", text)) == []
    assert DENIED.search(text)
    assert "{" not in words(pack(BARE, language))


def test_a_claim_beyond_would_be_seen() -> None:
    assert NEVER.search("Das Werkzeug ist mitbestimmungsfrei und anonymisiert.")


@pytest.mark.parametrize("language", list(Language))
def test_its_sentences_are_read_in_a_quarter_of_an_hour(language: Language) -> None:
    assert len(words(pack(BARE, language)).split()) < READING


def test_both_languages_say_the_same_number_of_things() -> None:
    german, english = pack(BARE, Language.DE), pack(BARE, Language.EN)
    for one, other in zip(german.sections, english.sections, strict=True):
        assert len(one.paragraphs) == len(other.paragraphs)
        assert [len(grid.rows) for grid in one.grids] == [len(grid.rows) for grid in other.grids]
        assert one.title != other.title


def test_the_page_in_confluence_leaves_out_what_is_for_the_archive() -> None:
    assert [part.name for part in pack(BARE, Language.DE, RECORD).sections] == [part.value for part in RECORD]


def test_every_sentence_of_the_log_is_read_off_the_source() -> None:
    events = log_events()
    assert len(events) > 2
    assert [event for event in events if event.says == "?"] == []
    assert {fact for event in events for fact in event.facts} <= set(FACTS)
    source = 'log = getLogger()\nlog.info("A run ended", extra=facts(created=1))\nlog.warning(words)\n'
    assert list(events_in(source)) == [
        LogEvent(says="A run ended", level="info", facts=("created",)),
        LogEvent(says="?", level="warning", facts=()),
    ]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_report_is_one_page_that_loads_nothing(book: Path, language: str) -> None:
    page = run("report", "--language", language)
    assert page.exit_code == 0
    tags = Tags()
    tags.feed(page.output)
    assert tags.open == []
    assert tags.loaded == []
    assert f'<html lang="{language}">' in page.output
    assert "<script" not in page.output
    assert "onboarding.yaml" not in page.output


def test_the_report_as_data_carries_the_surface_that_a_later_one_is_held_against(book: Path, tmp_path: Path) -> None:
    kept = tmp_path / "old.json"
    kept.write_text(run("report", "--format", "json", "--language", "en").output, "utf-8")
    report = json.loads(kept.read_text("utf-8"))
    assert set(report) == {"title", "language", "surface", "note", "lead", "sections"}
    same = run("report", "--diff", str(kept), "--language", "de")
    assert (same.exit_code, same.output) == (0, "Nichts hat sich geändert: dieselbe Nummer.\n")
    report["surface"]["kinds"] = [line for line in report["surface"]["kinds"] if "answers.confidence" not in line]
    report["surface"]["kinds"].append("call jira.user GET rest/api/3/user: accountId")
    kept.write_text(json.dumps(report), "utf-8")
    other = run("report", "--diff", str(kept), "--language", "en")
    assert other.exit_code == 3
    assert re.search(r"New\n  column answers\.confidence: number", other.output)
    assert "Gone\n  call jira.user GET rest/api/3/user: accountId" in other.output
    assert json.loads(run("report", "--diff", str(kept), "--json").output)["removed"] == [
        "call jira.user GET rest/api/3/user: accountId"
    ]


def test_a_file_that_is_no_report_is_refused(book: Path, tmp_path: Path) -> None:
    for content in ("", "[]", '{"surface": 1}', "[" * 9000, '{"kinds": [1]}'):
        (tmp_path / "no.json").write_text(content, "utf-8")
        assert run("report", "--diff", str(tmp_path / "no.json")).exit_code == 2


def test_a_note_is_written_beside_the_book_and_the_report_names_it(book: Path) -> None:
    noted = json.loads(run("agree", "--date", "2026-11-20", "--json").output)
    assert (noted["file"], noted["called"], noted["date"]) == ("agreement.json", "note", "2026-11-20")
    told = json.loads(run("report", "--json", "--language", "de").output)
    assert told["note"] == {"date": "2026-11-20", "number": noted["number"], "hash": noted["hash"]}
    changes = next(part for part in told["sections"] if part["name"] == "changes")
    assert any("Vermerk vom 20.11.2026" in line for line in changes["paragraphs"])
    assert run("report", "--diff", str(book / "agreement.json")).exit_code == 0


def test_a_day_to_come_and_a_missing_folder_are_refused(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("agree", "--date", "2999-01-01").exit_code == 2
    assert run("agree", "--date", "soon").exit_code == 2
    assert not (book / "agreement.json").exists()
    monkeypatch.delenv("OKR_MAPPINGS")
    assert run("agree").exit_code == 1
    assert run("report", "--json").exit_code == 0


def test_a_kind_that_waits_is_told_in_the_report() -> None:
    from_note = replace(
        BARE, surface=surface_of([SourceKind.CSV]), note=Note(on=date(2026, 11, 20), surface=surface_of([]))
    )
    changes = next(part for part in pack(from_note, Language.DE).sections if part.name == "changes")
    assert "Aus, bis sie vereinbart sind: csv." in changes.paragraphs[-1]


def test_fields_are_listed_in_both_languages(book: Path) -> None:
    german = run("fields", "--language", "de").output
    assert "answers.confidence" in german
    assert "die Antworten des Teams" in german
    rows = json.loads(run("fields", "--json", "--language", "en").output)
    assert set(rows[0]) == {"is", "name", "type", "example", "purpose", "period"}
