"""`okr privacy …`: what is read, kept and dropped, and the agreement about it."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

import click

from connector.commands.proofs import deletions, verify
from connector.commands.terminal import put, put_json
from connector.errors import Advice, BookError, Code
from connector.folder import MappingFolder
from connector.pages.paper import Paper
from connector.privacy.agreement import FILE, write_note
from connector.privacy.pack import Standing, pack, standing_of
from connector.privacy.sheets import field_rows, report_json, surface_in, surface_json
from connector.privacy.surface import Surface, SurfaceChange, compared, sources_of, surface_of
from connector.web.paper import paper_page
from mappings.okr import Language

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_LANGUAGE = click.option(
    "--language", type=click.Choice([one.value for one in Language]), default=None, help="Default: as LANG says."
)


@click.group()
def privacy() -> None:
    """What is read, kept and dropped; the agreement about it; the check that it is so."""


privacy.add_command(verify)
privacy.add_command(deletions)


@privacy.command()
@click.option("--format", "form", type=click.Choice(["html", "json"]), default="html", show_default=True)
@_LANGUAGE
@click.option(
    "--diff", "old", metavar="FILE", type=click.File("rb"), help="An earlier report as JSON, or agreement.json."
)
@_JSON
def report(form: str, language: str | None, old: BinaryIO | None, as_json: bool) -> None:
    """Print the data-flow record and works-council pack; with --diff only what has changed (exit 3)."""
    standing = _standing()
    spoken = _spoken(language)
    as_data = as_json or form == "json"
    if old is not None:
        _tell_difference(_surface(old.read()), standing.surface, spoken, as_data)
        return
    paper: Paper = pack(standing, spoken)
    if as_data:
        put_json(report_json(paper, standing))
    else:
        click.echo(paper_page(paper, standing.surface.number, standing.surface.hash), nl=False)


@privacy.command()
@_LANGUAGE
@_JSON
def fields(language: str | None, as_json: bool) -> None:
    """List every declared field and every column, with example, purpose and period."""
    rows = field_rows(_spoken(language))
    if as_json:
        put_json([dict(row) for row in rows])
        return
    for row in rows:
        put([f"{row['is']:<5} {row['name']}"])
        put([f"      {row['type']}, {row['example']} · {row['purpose']} · {row['period']}"])


@privacy.command()
@click.option("--date", "day", metavar="DATE", help="The day of the agreement, like 2026-11-24; default: today.")
@_JSON
def agree(day: str | None, as_json: bool) -> None:
    """Note the day and the hash of what was agreed in the book's folder; a note until it is signed."""
    folder = _folder()
    surface = surface_of(sources_of(folder.book(_today())))
    note = write_note(folder.root, surface, _day(day))
    if as_json:
        put_json({"file": FILE, "called": "note", "date": note.on.isoformat(), **surface_json(surface)})
        return
    put([f"Vermerk · note {note.on.isoformat()}: {surface.number}", surface.hash, FILE])


def _tell_difference(before: Surface, after: Surface, language: Language, as_data: bool) -> None:
    change = compared(before, after)
    if as_data:
        put_json(
            {
                "before": before.number,
                "after": after.number,
                "added": list(change.added),
                "removed": list(change.removed),
                "changed": [{"before": one, "after": other} for one, other in change.changed],
            }
        )
    else:
        put(_lines(change, before, after, language))
    if before.hash != after.hash:
        raise click.exceptions.Exit(3)


def _lines(change: SurfaceChange, before: Surface, after: Surface, language: Language) -> Iterator[str]:
    german = language is Language.DE
    if before.hash == after.hash:
        yield "Nichts hat sich geändert: dieselbe Nummer." if german else "Nothing has changed: the same number."
        return
    yield f"{before.number} → {after.number}"
    for title, lines in (
        ("Neu" if german else "New", change.added),
        ("Entfallen" if german else "Gone", change.removed),
        (
            "Anders als vorher" if german else "Otherwise than before",
            [line for a, b in change.changed for line in (a, f"→ {b}")],
        ),
    ):
        if lines:
            yield from ("", title, *(f"  {line}" for line in lines))


def _standing() -> Standing:
    """Of the book, where there is one; without it no sources are in use and nothing was agreed."""
    if not os.environ.get("OKR_MAPPINGS"):
        return Standing(surface=surface_of(()), note=None)
    folder = _folder()
    return standing_of(folder.book(_today()), folder.root)


def _folder() -> MappingFolder:
    named = os.environ.get("OKR_MAPPINGS")
    if not named:
        raise BookError(
            Code.SETTING_MISSING,
            Advice(
                what="no mapping folder is named",
                where="OKR_MAPPINGS",
                why="the note is kept beside the book it is about",
                options=("set OKR_MAPPINGS to the folder", "make one with `okr init DIR`"),
            ),
        )
    return MappingFolder(Path(named))


def _surface(content: bytes) -> Surface:
    try:
        found = surface_in(json.loads(content))
    except (ValueError, RecursionError):
        found = None
    if found is None:
        raise click.BadParameter("neither a report as JSON nor agreement.json", param_hint="--diff")
    return found


def _day(text: str | None) -> date:
    today = _today()
    if text is None:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter("a day is written like 2026-11-24", param_hint="--date") from error
    if day > today:
        raise click.BadParameter("that day is still to come", param_hint="--date")
    return day


def _spoken(language: str | None) -> Language:
    if language:
        return Language(language)
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return Language.DE if spoken.casefold().startswith("de") else Language.EN


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
