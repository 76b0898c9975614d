"""`okr strip`: what remains of a payload, for everybody who wants to see it with their own eyes."""

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click

from connector.commands.terminal import put, put_json
from connector.errors import BookError
from connector.folder import MappingFolder
from connector.listening import labels_of
from mappings.boundary import BoundaryError
from mappings.okr import Language
from mappings.payload_keys import Matter
from mappings.payload_words import STRIP_WORDS, StripWords
from mappings.remains import Form, Remains, kind_of, remains_of, shown_parts

_LIMIT = 4 * 1024 * 1024


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--explain", is_flag=True, help="Show where the dropped values stood, by what they are about.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--language", type=click.Choice([one.value for one in Language]), default=None, help="Default: as LANG says."
)
@click.option(
    "--label", "labels", multiple=True, metavar="LABEL", help="A label to be known, beside those of the book."
)
def strip(file: BinaryIO, explain: bool, as_json: bool, language: str | None, labels: tuple[str, ...]) -> None:
    """Show what remains of the payload in FILE (default: standard input). Nothing is sent or kept."""
    words = STRIP_WORDS[Language(language) if language else _language()]
    body = file.read(_LIMIT + 1)
    try:
        remains = remains_of(body, _labels() | frozenset(labels)) if len(body) <= _LIMIT else None
    except BoundaryError:
        remains = None
    if remains is None:
        raise click.ClickException(words.unreadable)
    if as_json:
        put_json(_json(remains, explain))
    else:
        put(_lines(remains, words, explain))


def _language() -> Language:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return Language.DE if spoken.casefold().startswith("de") else Language.EN


def _labels() -> frozenset[str]:
    """Those of the book, where there is one."""
    folder = os.environ.get("OKR_MAPPINGS")
    if not folder:
        return frozenset()
    try:
        book = MappingFolder(Path(folder)).book(datetime.now(UTC).astimezone().date())
    except BookError:
        click.echo("The book cannot be read, so its labels are not known here; see `okr lint`.", err=True)
        return frozenset()
    return labels_of(book)


def _json(remains: Remains, explain: bool) -> dict[str, object]:
    dropped: dict[str, object] = {
        matter.value: {"values": sum(paths.values()), "paths": dict(paths)} if explain else sum(paths.values())
        for matter, paths in remains.dropped.items()
    }
    kept = [{"kind": kind_of(record), **dict(shown_parts(record, None))} for record in remains.kept]
    return {"form": remains.form.value, "remains": kept, "looked_at": list(remains.looked_at), "dropped": dropped}


def _lines(remains: Remains, words: StripWords, explain: bool) -> Iterator[str]:
    yield words.remains
    yield f"  {words.forms[remains.form]}"
    for record in remains.kept:
        parts = [(name, value) for name, value in shown_parts(record, words.memory_only) if value not in (None, [])]
        yield f"  · {' · '.join(f'{name} {_spelt(value)}' for name, value in parts)}"
    if remains.form is not Form.NONE and remains.looked_at:
        yield from ("", words.looked_at, f"  {', '.join(remains.looked_at)}")
    yield from ("", f"{words.dropped} ({words.never_shown})")
    for matter in Matter:
        yield from _matter_lines(words.matters[matter], remains.dropped[matter], words, explain)
    if explain and any("?" in path for paths in remains.dropped.values() for path in paths):
        yield from ("", words.own_key)


def _spelt(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _matter_lines(title: str, counted: Mapping[str, int], words: StripWords, explain: bool) -> Iterator[str]:
    if not counted:
        yield f"  {title}: {words.nothing}"
        return
    values, places = sum(counted.values()), len(counted)
    said = f"{values} {words.once if values == 1 else words.times}"
    yield f"  {title}: {said}, {places} {words.place if places == 1 else words.places}"
    if explain:
        yield from (f"      {path}{f'  × {count}' if count > 1 else ''}" for path, count in counted.items())
