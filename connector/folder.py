"""The mapping folder on disk: where a team's words come from while they are written in files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from connector.errors import Advice, BookError, Code
from mappings.book import BookReading, read_book
from mappings.okr import MappingBook

LARGEST_FILE = 1_000_000  # bytes; a mapping file of a thousand key results is smaller


@dataclass(frozen=True, slots=True)
class MappingFolder:
    """A folder with `strategy.yaml` and `teams/*.yaml`."""

    root: Path
    named: str = "OKR_MAPPINGS"  # where the folder was named: the setting, or an argument

    def read(self, today: date) -> BookReading:
        """The book, or what was found against it; the day decides which cycle is the running one."""
        return read_book(self.files(), today)

    def book(self, today: date) -> MappingBook:
        """The book; a refused one is a BookError that names the first place."""
        reading = self.read(today)
        if reading.book is None:
            raise _refused(reading)
        return reading.book

    def files(self) -> Mapping[str, bytes]:
        """Content by name relative to the folder, as the book expects it."""
        if not (self.root / "strategy.yaml").is_file():
            raise _no_book(self.named)
        chosen = [self.root / "strategy.yaml", *sorted((self.root / "teams").glob("*.y*ml"))]
        return {path.relative_to(self.root).as_posix(): _content(path) for path in chosen}


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BookError(
            Code.BOOK_REFUSED,
            Advice(
                what="a mapping file cannot be opened",
                where=path.name,
                why="the file system refuses it",
                options=("give this process the right to read it", "point OKR_MAPPINGS at another folder"),
            ),
        ) from error


def _no_book(where: str) -> BookError:
    return BookError(
        Code.BOOK_REFUSED,
        Advice(
            what="the mapping folder has no strategy.yaml",
            where=where,
            why="every book begins with the strategy file",
            options=("make a folder to start from with `okr init DIR`", "name the right folder"),
        ),
    )


def _refused(reading: BookReading) -> BookError:
    refused = [finding for finding in reading.findings if finding.level == "refused"]
    first = refused[0]
    more = f", and {len(refused) - 1} more" if len(refused) > 1 else ""
    return BookError(
        Code.BOOK_REFUSED,
        Advice(
            what=f"{first.message.rstrip('.')}{more}",
            where=f"{first.file}:{first.line}:{first.column}",
            options=(*first.options, "see everything with `okr lint`"),
        ),
    )
