"""`okr lint`, `okr init`, `okr schema`: the mapping folder, without any site."""

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from connector.commands.terminal import put, put_json
from connector.errors import Advice, BookError, Code
from connector.folder import MappingFolder
from mappings.book import read_book
from mappings.findings import Finding
from mappings.json_schema import schema_text
from mappings.okr import Language
from mappings.start import start_files

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@_JSON
def lint(folder: Path | None, as_json: bool) -> None:
    """Check the book in DIR (default: OKR_MAPPINGS, else `mappings`).

    Exit 1: something is refused, 0: questions at most.
    """
    findings = _found_in(MappingFolder(folder_of(folder), named="DIR" if folder else "OKR_MAPPINGS"))
    if as_json:
        put_json(findings_json(findings))
    else:
        put(finding_lines(findings))
    if any(finding.level == "refused" for finding in findings):
        sys.exit(1)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice([each.value for each in Language]), default=Language.EN.value)
@click.option("--organisation", default="", help="Its name, as it stands on pages.")
@click.option("--space", default="OKR", help="Key of the Confluence space in which leadership's page stands.")
def init(folder: Path, language: str, organisation: str, space: str) -> None:
    """Make a commented mapping folder in DIR to start from."""
    files = start_files(today(), Language(language), organisation=organisation, space=space)
    findings = read_book({name: text.encode() for name, text in files.items()}, today()).findings
    if findings:
        put(finding_lines(findings), err=True)
        sys.exit(1)
    for name, text in files.items():
        target = folder / name
        if target.exists():
            raise _occupied(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        put([f"made {target}"])
    put([f"Next: `okr teams add TEAMS.csv --in {folder}`, or fill the files in; then `okr lint {folder}`."])


@click.command()
def schema() -> None:
    """Print the JSON Schema of the mapping files, for completion in an editor."""
    click.echo(schema_text())


def folder_of(named: Path | None) -> Path:
    """The folder that was named, else that of the settings."""
    return named or Path(os.environ.get("OKR_MAPPINGS", "mappings"))


def _found_in(folder: MappingFolder) -> tuple[Finding, ...]:
    """What was found; in a folder without the strategy file that is a finding too, so that `--json` stays JSON."""
    is_bare = folder.root.is_dir() and not (folder.root / "strategy.yaml").exists()
    return (read_book({}, today()) if is_bare else folder.read(today())).findings


def findings_json(findings: tuple[Finding, ...]) -> list[dict[str, object]]:
    """Findings in the shape of `okr lint --json`."""
    return [_finding_json(finding) for finding in findings]


def _finding_json(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "rule": str(finding.rule),
        "level": str(finding.level),
        "message": finding.message,
        "options": list(finding.options),
    }


def finding_lines(findings: tuple[Finding, ...]) -> list[str]:
    """Findings for people."""
    if not findings:
        return ["Nothing to say: the book can be used."]
    return [line for f in findings for line in _lines(f)]


def _lines(finding: Finding) -> tuple[str, str]:
    said = f"{finding.place}: {finding.level} {finding.rule}: {finding.message}"
    return said, f"    {' · '.join(finding.options)}"


def _occupied(name: str) -> BookError:
    return BookError(
        Code.BOOK_REFUSED,
        Advice(
            what="a file of that name is there already, so nothing more was written",
            where=name,
            why="files of people are never overwritten",
            options=("choose an empty folder", "move the file away first"),
        ),
    )


def today() -> date:
    """The day here and now."""
    return datetime.now(UTC).astimezone().date()
