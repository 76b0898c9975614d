"""The agreement in the book's folder: which surface was agreed, and when; a note until it is signed.

`agreement.json` belongs to no book: reading it changes nothing about the OKRs. Its hash covers its list, so that
a list changed by hand is noticed.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from connector.agreement import NOTHING_AGREED, InForce
from connector.errors import Advice, BookError, Code
from connector.privacy.surface import Surface, built_in, sources_in
from mappings.indicators import SourceKind

FILE: Final = "agreement.json"
LARGEST: Final = 1_000_000  # bytes
_CALLED: Final = "Vermerk · note"
_SAYS: Final = (
    "Vermerk einer Seite, keine Vereinbarung: noch nicht unterschrieben."
    " · A note of one side, no agreement: not signed yet."
)


class _Mark(msgspec.Struct, frozen=True):
    date: date
    number: str
    hash: str


class _File(_Mark, frozen=True, kw_only=True):
    kinds: tuple[str, ...]
    earlier: tuple[_Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What was agreed, and on which day."""

    on: date
    surface: Surface
    earlier: tuple[tuple[date, str, str], ...] = ()  # day, number, hash of what was agreed before

    @property
    def sources(self) -> frozenset[SourceKind]:
        """The kinds of sources that may be read."""
        return sources_in(self.surface)

    def covers(self, kinds: tuple[str, ...]) -> bool:
        """Whether nothing of this is beyond what was agreed; less than that is fine."""
        return set(kinds) <= set(self.surface.kinds)


def note_in(folder: Path) -> Note | None:
    """The note of a book's folder; None where there is none; a BookError where it cannot be read."""
    content = _content(folder / FILE)
    if content is None:
        return None
    try:
        found = msgspec.json.decode(content, type=_File)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        found = None
    surface = Surface(kinds=found.kinds) if found else Surface(kinds=())
    if found is None or surface.hash != found.hash:
        raise _unreadable()
    earlier = tuple((mark.date, mark.number, mark.hash) for mark in found.earlier)
    return Note(on=found.date, surface=surface, earlier=earlier)


def in_force(folder: Path) -> InForce:
    """What the note means for a run: pages name its day as long as it covers what this version reads and keeps."""
    note = note_in(folder)
    if note is None:
        return NOTHING_AGREED
    return InForce(on=note.on if note.covers(built_in()) else None, sources=note.sources)


def write_note(folder: Path, surface: Surface, on: date) -> Note:
    """Keeps the note; an earlier one of another surface stays in it by day and hash. Other files are not touched."""
    before = note_in(folder)
    earlier = before.earlier if before else ()
    if before is not None and before.surface.hash != surface.hash:
        earlier = (*earlier, (before.on, before.surface.number, before.surface.hash))
    note = Note(on=on, surface=surface, earlier=earlier)
    _put(folder / FILE, note_json(note))
    return note


def note_json(note: Note) -> Mapping[str, object]:
    """The note as its file holds it."""
    return {
        "called": _CALLED,
        "says": _SAYS,
        **_mark(note.on, note.surface.number, note.surface.hash),
        "kinds": list(note.surface.kinds),
        "earlier": [_mark(*mark) for mark in note.earlier],
    }


def _mark(on: date, number: str, digest: str) -> Mapping[str, str]:
    return {"date": on.isoformat(), "number": number, "hash": digest}


def _content(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable() from error


def _put(path: Path, value: Mapping[str, object]) -> None:
    """Whole or not at all: a power cut leaves the earlier one."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise BookError(
            Code.AGREEMENT_UNREADABLE,
            Advice(
                what="the note cannot be written, so nothing was noted",
                where=FILE,
                why="the file system refuses it",
                options=("give this process the right to write in the mapping folder", "run it where the book is kept"),
            ),
        ) from error


def _unreadable() -> BookError:
    return BookError(
        Code.AGREEMENT_UNREADABLE,
        Advice(
            what="the note on what was agreed cannot be read, so nothing is read from anywhere",
            where=FILE,
            why="it is not ours, or its list is not the one that its hash stands for",
            options=("bring the file back as it was noted", "move it away and note it anew with `okr privacy agree`"),
        ),
    )
