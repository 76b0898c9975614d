"""The mapping folder of organisations that write in Confluence, as `okr init` and `okr teams add` make it."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from connector.folder import MappingFolder
from mappings.okr import Language
from mappings.roster import read_roster
from mappings.start import EXAMPLE_TEAM, start_files


def begin(folder: Path, today: date, organisation: str, table: Iterable[str]) -> None:
    """Makes the folder: German by default, its cycles those of the day, and the teams of the table."""
    for name, text in start_files(today, Language.DE, organisation=organisation).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / EXAMPLE_TEAM).unlink()
    roster = read_roster("teams.csv", "\n".join(table).encode(), MappingFolder(folder).book(today))
    for name, text in roster.files.items():
        (folder / name).write_text(text, encoding="utf-8")


def connect(folder: Path, team: str, sources: Iterable[tuple[str, str]]) -> None:
    """Adds sources to the file of a team that has none yet."""
    lines = ["sources:", *(f"  {indicator}: {source}" for indicator, source in sources), ""]
    with (folder / "teams" / f"{team}.yaml").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines))
