"""Series in files of the mapping folder; a file with one bad line gives no reading at all."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from connector.errors import Advice
from connector.sources.series_text import BadLine, read_series_text
from connector.sources.watched import Complaint, Outcome, Watched
from mappings.indicators import Reading

LARGEST_FILE = 1_000_000  # bytes; a value a day for a hundred years is smaller
_LIKE_THIS = "write it like `2026-11-23,41.5`, or `2026-11-23,unknown`"


class Missing(StrEnum):
    """Why a file was not even opened, as people read it."""

    ABSENT = "this file is not there or cannot be opened"
    OUTSIDE = "this file leads out of the mapping folder"
    NO_FILE = "this is no file"
    TOO_LONG = "this file is longer than a megabyte"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFiles:
    """The files below one folder; a link is followed as long as it stays in the folder."""

    folder: Path

    def outcomes(self, indicators: Iterable[Watched]) -> Iterator[Outcome]:
        """Every reading of every file, or a complaint about the first bad line of a file."""
        for indicator in indicators:
            yield from self._outcomes(indicator, indicator.indicator.source.path or "")

    def _outcomes(self, indicator: Watched, path: str) -> Iterator[Outcome]:
        content = self.content(path)
        if isinstance(content, Missing):
            yield _missing(indicator, path, content)
            return
        entries = read_series_text(content, indicator.today)
        if isinstance(entries, BadLine):
            yield _bad_line(indicator, path, entries)
            return
        for on, value in entries:
            kept = None if value is None else indicator.indicator.quantised(value)
            yield Reading(indicator=indicator.ref, on=on, value=kept)

    def content(self, path: str) -> bytes | Missing:
        """The bytes of a file below the folder, or why they are not read."""
        try:
            root = self.folder.resolve(strict=True)
            place = (root / path).resolve(strict=True)
            if not place.is_relative_to(root):
                return Missing.OUTSIDE
            if not stat.S_ISREG(place.stat().st_mode):
                return Missing.NO_FILE
            with open(place, "rb", opener=_opened) as file:
                content = file.read(LARGEST_FILE + 1)
        except (OSError, ValueError, RuntimeError):
            return Missing.ABSENT
        return Missing.TOO_LONG if len(content) > LARGEST_FILE else content


def _opened(path: str, flags: int) -> int:
    """What was looked at is what is opened: no link that came meanwhile is followed, and no pipe holds us."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _missing(indicator: Watched, path: str, why: Missing) -> Complaint:
    return indicator.complaint(
        Advice(
            what=f"{why.value}, so {indicator.ref} gets no new values",
            where=path,
            why="the source of an indicator is a CSV file inside the mapping folder",
            options=("put the file there", "change `source` of the indicator in the mapping file"),
        )
    )


def _bad_line(indicator: Watched, path: str, bad: BadLine) -> Complaint:
    return indicator.complaint(
        Advice(
            what=f"{bad.fault.value}, so nothing of this file is used for {indicator.ref}",
            where=f"{path}:{bad.line}:{bad.column}",
            why="a half-read series would be a wrong one",
            options=(_LIKE_THIS, "take the line out until it is right"),
        )
    )
