"""Mapping files in, a book or findings out: one pure function, total over any text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources

from mappings import assumption_checks, references
from mappings.assembly import strategy_of, team_of
from mappings.concerns import Concern
from mappings.findings import Finding, Findings, refused
from mappings.locations import START
from mappings.okr import MappingBook
from mappings.queries import NOTHING_KNOWN, Knowledge, check_queries
from mappings.questions import ask
from mappings.references import Shelf, TeamSheet
from mappings.schema import TeamFile
from mappings.sheets import Sheet, Text, language_of, strategy_sheet, team_sheet, text_of

STRATEGY_FILES = ("strategy.yaml", "strategy.yml")
TEAM_FOLDER = "teams/"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookReading:
    """What came of a mapping folder: the book, unless something was refused, and everything that was noticed."""

    book: MappingBook | None
    findings: tuple[Finding, ...]


def belongs(name: str) -> bool:
    """Whether a file of the mapping folder is part of the book: the strategy, or a YAML file right under teams/."""
    inside = name.removeprefix(TEAM_FOLDER)
    return name in STRATEGY_FILES or (inside != name and "/" not in inside and inside.endswith((".yaml", ".yml")))


def read_book(files: Mapping[str, str | bytes], today: date, knowledge: Knowledge = NOTHING_KNOWN) -> BookReading:
    """The book that the files describe, or why there is none; all files are read, whatever one of them says.

    Keys are names inside the mapping folder with forward slashes; what `belongs` does not know is passed over.
    `today` decides which cycle an objective without one belongs to; `knowledge` is what only a site can tell.
    """
    texts = [text_of(name, content) for name, content in sorted(files.items()) if belongs(name)]
    strategies = [text for text in texts if text.file in STRATEGY_FILES]
    findings = Findings(language_of(next(iter(strategies), None)))
    shelf = _shelf(strategies, [text for text in texts if text.file not in STRATEGY_FILES], today, findings)
    delivery = {entry.sheet.file: frozenset(entry.team.delivery) for entry in shelf.teams} if shelf else {}
    for text in texts:
        if text.tree is not None:
            ask(text.file, text.tree, findings)
            check_queries(text.file, text.tree, delivery.get(text.file, frozenset()), knowledge, findings)
    if shelf is not None:
        _check(shelf, findings)
    found = findings.all()
    if shelf is None or refused(found):
        return BookReading(book=None, findings=found)
    teams = tuple(entry.team for entry in shelf.teams)
    return BookReading(book=MappingBook(strategy=shelf.strategy, teams=teams), findings=found)


def _shelf(strategies: list[Text], teams: list[Text], today: date, findings: Findings) -> Shelf | None:
    sheets = [team_sheet(text, findings) for text in teams]
    if not strategies:
        findings.add(STRATEGY_FILES[0], START, Concern.STRATEGY_MISSING)
        return None
    for doubled in strategies[1:]:
        findings.add(doubled.file, START, Concern.DUPLICATE_ID)
    sheet = strategy_sheet(strategies[0], findings)
    if sheet is None:
        return None
    strategy = strategy_of(sheet.part)
    return Shelf(
        strategy=strategy,
        strategy_sheet=sheet,
        teams=tuple(TeamSheet(sheet=s, team=team_of(s.part, strategy, today)) for s in _present(sheets)),
        complete=None not in sheets,
    )


def _present(sheets: list[Sheet[TeamFile] | None]) -> Iterator[Sheet[TeamFile]]:
    return (sheet for sheet in sheets if sheet is not None)


def _check(shelf: Shelf, findings: Findings) -> None:
    references.check_strategy(shelf.strategy_sheet, findings)
    references.check_teams(shelf, findings)
    for entry in shelf.teams:
        references.check_source(entry, findings)
        references.check_rhythm(entry, shelf.strategy, findings)
        references.check_objectives(entry, shelf, findings)
        assumption_checks.check_numbers(entry, findings)
        assumption_checks.check_key_results(entry, shelf.strategy, findings)
        assumption_checks.check_indicators(entry, findings)


def example_files() -> Mapping[str, str]:
    """The mapping files of the demo organisation, by name."""
    folder = resources.files("mappings") / "example"
    teams = sorted((folder / "teams").iterdir(), key=lambda file: file.name)
    return {
        "strategy.yaml": (folder / "strategy.yaml").read_text(encoding="utf-8"),
        **{f"teams/{file.name}": file.read_text(encoding="utf-8") for file in teams if file.name.endswith(".yaml")},
    }
