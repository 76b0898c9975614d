"""`okr lint`, `okr init`, `okr schema`: the mapping folder, without any site."""

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from connector.commands.printing import put_json
from connector.errors import Advice, BookError, Code
from connector.folder import MappingFolder
from mappings.findings import Finding
from mappings.json_schema import schema_text
from mappings.start import start_files

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@_JSON
def lint(folder: Path | None, as_json: bool) -> None:
    """Check the book in DIR (default: OKR_MAPPINGS). Exit 1: something is refused, 0: questions at most."""
    root = folder or Path(os.environ.get("OKR_MAPPINGS", "mappings"))
    findings = MappingFolder(root).read(_today()).findings
    if as_json:
        put_json([_finding_json(finding) for finding in findings])
    else:
        click.echo("\n".join(_finding_lines(findings)))
    if any(finding.level == "refused" for finding in findings):
        sys.exit(1)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a commented mapping folder in DIR to start from."""
    for name, text in start_files(_today()).items():
        target = folder / name
        if target.exists():
            raise _occupied(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        click.echo(f"made {target}")
    click.echo(f"Next: fill the files in, then `okr lint {folder}`.")


@click.command()
def schema() -> None:
    """Print the JSON Schema of the mapping files, for completion in an editor."""
    click.echo(schema_text())


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


def _finding_lines(findings: tuple[Finding, ...]) -> list[str]:
    if not findings:
        return ["Nothing to say: the book can be used."]
    return [
        f"{f.file}:{f.line}:{f.column}: {f.level} {f.rule}: {f.message}\n    {' · '.join(f.options)}" for f in findings
    ]


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


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
