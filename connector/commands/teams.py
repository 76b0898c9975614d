"""`okr teams add`: mapping files for many teams at once, from a table."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from connector.commands.book import finding_lines, findings_json, folder_of, today
from connector.commands.terminal import put, put_json
from connector.errors import Advice, BookError, Code
from connector.folder import LARGEST_FILE, MappingFolder
from mappings.roster import COLUMNS, read_roster
from mappings.start import EXAMPLE_TEAM, is_example_team


@click.group()
def teams() -> None:
    """The teams of the mapping folder."""


@teams.command()
@click.argument("table", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--in", "folder", metavar="DIR", type=click.Path(path_type=Path), help="The mapping folder; default: OKR_MAPPINGS."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def add(table: Path, folder: Path | None, as_json: bool) -> None:
    """Make a mapping file for each team of TABLE, a CSV file with the columns team, name, delivery, project, space,
    language. Exit 1: something is refused, and nothing was made."""
    root = folder_of(folder)
    book = MappingFolder(root).book(today())
    example = root / EXAMPLE_TEAM
    untouched = example.is_file() and is_example_team(example.read_text(encoding="utf-8"))
    known = tuple(team for team in book.teams if not (untouched and team.id == example.stem))
    roster = read_roster(table.name, _content(table), replace(book, teams=known))
    for name, text in roster.files.items():
        (root / name).write_text(text, encoding="utf-8")
    if roster.files and untouched and EXAMPLE_TEAM not in roster.files:
        example.unlink()
    if as_json:
        put_json({"made": list(roster.files), "findings": findings_json(roster.findings)})
    else:
        made = [f"made {root / name}" for name in roster.files]
        onward = "Next: `okr sync`; then each team writes on its planning page."
        found = finding_lines(roster.findings) if roster.findings else []
        put([*made, *found, onward if made else f"Columns: {', '.join(COLUMNS)}."])
    if not roster.files:
        sys.exit(1)


def _content(table: Path) -> bytes:
    content = table.read_bytes()
    if len(content) > LARGEST_FILE:
        raise BookError(
            Code.BOOK_REFUSED,
            Advice(
                what="the table is larger than any list of teams",
                where=table.name,
                options=("choose the table of teams", "split it into several"),
            ),
        )
    return content
