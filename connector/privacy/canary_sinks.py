"""Where a person could come out: everything that is gathered from a house after it ran."""

import sqlite3
import traceback
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Sink(StrEnum):
    """One place that must stay empty of people."""

    DATABASE = "database file"
    WAL = "write-ahead log"
    SHM = "shared memory of the database"
    DUMP = "PostgreSQL dump"
    BACKUP = "backup"
    LOG = "log lines"
    STDOUT = "standard output"
    STDERR = "standard error"
    RESPONSES = "answers of the door"
    HEADERS = "headers of these answers"
    METRICS = "metrics"
    PAGES_FOR_PEOPLE = "pages of the web process"
    WRITTEN = "pages and issues written"
    ADDRESSES = "addresses and headers of requests"
    FILES = "temporary files and exports"
    EXCEPTIONS = "exception objects"
    TRACEBACKS = "tracebacks with local values"
    RECORDS = "records in memory, as they print"
    COMMAND_LINE = "process arguments"
    ENVIRONMENT = "process environment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Some bytes of a sink; `page` is the id of the page that they were written to."""

    sink: Sink
    data: bytes = field(repr=False)
    page: str | None = None


@dataclass(slots=True, repr=False)
class Gathered:
    """All that came out, each piece once."""

    _traces: dict[tuple[Sink, str | None], dict[bytes, None]] = field(default_factory=dict)

    def add(self, sink: Sink, *data: bytes | str, page: str | None = None) -> None:
        """More of a sink."""
        known = self._traces.setdefault((sink, page), {})
        for piece in data:
            known[piece.encode("utf-8", "backslashreplace") if isinstance(piece, str) else piece] = None

    def traces(self) -> Iterator[Trace]:
        """Everything, one trace for a sink and page."""
        for (sink, page), pieces in self._traces.items():
            yield Trace(sink=sink, data=b"\n".join(pieces), page=page)

    def sinks(self) -> frozenset[Sink]:
        """Those that something came out of, if only nothing bad."""
        return frozenset(trace.sink for trace in self.traces() if trace.data)

    def text(self, sink: Sink) -> str:
        """All of one sink."""
        return b"\n".join(t.data for t in self.traces() if t.sink is sink).decode("utf-8", "replace")


def gather_database(gathered: Gathered, file: Path, backup: Path) -> None:
    """The files of a SQLite database as they lie there, and a copy made as a backup is."""
    for sink, end in ((Sink.DATABASE, ""), (Sink.WAL, "-wal"), (Sink.SHM, "-shm")):
        path = file.with_name(file.name + end)
        if path.exists():
            gathered.add(sink, path.read_bytes())
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)
    gathered.add(Sink.BACKUP, backup.read_bytes())


def gather_files(gathered: Gathered, folder: Path) -> None:
    """Every file that was left below a folder, with its name; and how many, so that none is seen to be none."""
    left = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    gathered.add(Sink.FILES, f"{len(left)} files")
    for path in left:
        if path.stat().st_size:
            gathered.add(Sink.FILES, str(path.relative_to(folder)), path.read_bytes())


def gather_error(gathered: Gathered, error: BaseException, *, with_locals: bool) -> None:
    """What an error holds, what it came from, and what a talkative traceback would show of it."""
    for one in _chain(error):
        notes = getattr(one, "__notes__", ())
        known = getattr(one, "__dict__", {})
        gathered.add(Sink.EXCEPTIONS, repr(one), str(one), repr(one.args), repr(notes), repr(known))
    if with_locals:
        told = traceback.TracebackException.from_exception(error, capture_locals=True)
        gathered.add(Sink.TRACEBACKS, *"".join(told.format()).splitlines())


def gather_process(gathered: Gathered, number: int) -> None:
    """What everybody on the machine may see of a process; nothing where the system does not tell."""
    for sink, name in ((Sink.COMMAND_LINE, "cmdline"), (Sink.ENVIRONMENT, "environ")):
        path = Path(f"/proc/{number}/{name}")
        if path.exists():
            gathered.add(sink, path.read_bytes())


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in seen:
            seen.append(one)
            waiting += [one.__cause__, one.__context__]
    yield from seen


def gather_records(gathered: Gathered, records: Iterable[object]) -> None:
    """How records print, as a careless line would show them."""
    gathered.add(Sink.RECORDS, *map(repr, records))
