"""What a disk would hold if the power went at a moment of a recorded run.

`record` runs our own program under strace, which tells every write, every fsync and every acknowledgement in their
order. `cuts` then plays the disk: what was synced before the cut is there, of the rest each write is there, lost or
torn between two sectors, as chance has it.
"""

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

SECTOR = 512
ROOT = Path(__file__).parents[2]

_CALLS = "openat,pwrite64,write,ftruncate,fallocate,pwritev,writev,fsync,fdatasync,unlink,rename"
_LINE = re.compile(r"^(\d+) +(.*)$")
_RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_PATH = re.compile(r"^\d+<((?:\\x[0-9a-f]{2})*)>")


class Kind(Enum):
    """What happened."""

    WRITE = auto()
    RESIZE = auto()
    SYNC_BEGINS = auto()
    SYNC_ENDS = auto()
    GONE = auto()
    TOLD = auto()  # a caller was told that something is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing the program did, in the order of the machine."""

    kind: Kind
    file: str = ""
    thread: str = ""
    at: int = 0  # offset of a write, or the new size
    data: bytes = b""


def record(program: Sequence[str], folder: Path, trace: Path) -> tuple[Event, ...]:
    """Runs Python with these arguments; its writes to file descriptor 1 are what it tells."""
    watched = ("strace", "-f", "-y", "-xx", "-s", str(2**20), "-e", f"trace={_CALLS}", "-o", str(trace))
    told = trace.with_suffix(".told")
    with told.open("wb") as output:
        subprocess.run([*watched, sys.executable, *program], stdout=output, cwd=ROOT, check=True, timeout=300)
    with trace.open() as lines:
        return tuple(_events(lines, str(folder) + os.sep, str(told)))


def _events(lines: Iterable[str], folder: str, told: str) -> Iterator[Event]:
    """A write counts from its end, a sync covers what ended before it began, a word from its beginning."""
    begun: dict[str, str] = {}
    for line in lines:
        found = _LINE.match(line.rstrip("\n"))
        assert found, "strace writes a thread before each call"
        thread, call = found.groups()
        resumed = _RESUMED.match(call)
        if resumed:
            yield from _event(begun.pop(thread) + resumed[1], thread, folder, told, resumed=True)
        elif call.endswith("<unfinished ...>"):
            begun[thread] = call.removesuffix("<unfinished ...>").rstrip()
            yield from _begins(begun[thread], thread, folder, told)
        else:
            yield from _begins(call, thread, folder, told)
            yield from _event(call, thread, folder, told, resumed=False)


def _begins(call: str, thread: str, folder: str, told: str) -> Iterator[Event]:
    name, _, arguments = call.partition("(")
    file = _file(arguments, folder)
    if name in {"fsync", "fdatasync"} and file is not None:
        yield Event(kind=Kind.SYNC_BEGINS, file=file, thread=thread)
    if name == "write" and _path(arguments) == told:
        yield Event(kind=Kind.TOLD, data=_bytes(arguments))


def _event(call: str, thread: str, folder: str, told: str, *, resumed: bool) -> Iterator[Event]:
    done = _CALL.match(call)
    if done is None or int(done[3]) < 0:
        return
    name, arguments, result = done[1], done[2], int(done[3])
    if name == "unlink":
        yield from (Event(kind=Kind.GONE, file=file) for file in [_inside(_bytes(arguments), folder)] if file)
        return
    file = _file(arguments, folder)
    if file is None:
        return
    if name in {"fsync", "fdatasync"}:
        yield Event(kind=Kind.SYNC_ENDS, file=file, thread=thread)
    elif name == "pwrite64":
        yield Event(kind=Kind.WRITE, file=file, at=int(arguments.rpartition(",")[2]), data=_bytes(arguments)[:result])
    elif name == "ftruncate":
        yield Event(kind=Kind.RESIZE, file=file, at=int(arguments.rpartition(",")[2]))
    else:
        assert name == "openat", f"the replay does not know {name}"


def _bytes(arguments: str) -> bytes:
    found = _TEXT.search(arguments)
    assert found, "a call without its bytes"
    assert not found[2], "strace cut the bytes short"
    return bytes.fromhex(found[1].replace("\\x", ""))


def _path(arguments: str) -> str:
    found = _PATH.match(arguments)
    return bytes.fromhex(found[1].replace("\\x", "")).decode() if found else ""


def _file(arguments: str, folder: str) -> str | None:
    return _inside(_path(arguments).encode(), folder)


def _inside(path: bytes, folder: str) -> str | None:
    """The name of a file of ours; shared memory is no file after a power cut."""
    name = path.decode()
    return name.removeprefix(folder) if name.startswith(folder) and not name.endswith("-shm") else None


@dataclass(slots=True)
class File:
    """A file on the disk, and what only the machine's memory knows of it."""

    synced: bytearray = field(default_factory=bytearray)
    there: bool = False  # whether its name survives
    pending: list[Event] = field(default_factory=list)
    covered: dict[str, int] = field(default_factory=dict)  # by thread: how much of `pending` its sync will cover

    def take(self, event: Event) -> None:
        """Plays one event."""
        match event.kind:
            case Kind.SYNC_BEGINS:
                self.covered[event.thread] = len(self.pending)
            case Kind.SYNC_ENDS:
                sure = self.covered.pop(event.thread)
                for change in self.pending[:sure]:
                    _apply(self.synced, change, len(change.data))
                del self.pending[:sure]
                self.covered = {thread: max(count - sure, 0) for thread, count in self.covered.items()}
                self.there = True
            case _:
                self.pending.append(event)

    def after_a_cut(self, chance: random.Random) -> bytes | None:
        """What is left; None: not even its name."""
        if not self.there and chance.random() < 0.5:
            return None
        left = bytearray(self.synced)
        for change in self.pending:
            luck = chance.random()
            if luck < 0.5:
                _apply(left, change, len(change.data))
            elif luck < 0.6:
                _apply(left, change, chance.randrange(0, len(change.data) + 1) // SECTOR * SECTOR)
        return bytes(left)


def _apply(content: bytearray, change: Event, count: int) -> None:
    if change.kind is Kind.RESIZE:
        content[:] = content[: change.at].ljust(change.at, b"\0")
        return
    if len(content) < change.at:
        content.extend(bytes(change.at - len(content)))
    content[change.at : change.at + count] = change.data[:count]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A moment, what the disk holds then, and what had been promised before."""

    files: dict[str, bytes]
    told: frozenset[str]


def cuts(before: dict[str, bytes], events: Sequence[Event], count: int, chance: random.Random) -> Iterator[Cut]:
    """So many cuts at random moments of the run, on a disk that held these synced files at its beginning."""
    files = {name: File(synced=bytearray(content), there=True) for name, content in before.items()}
    told: set[str] = set()
    moments = sorted(chance.randrange(1, len(events) + 1) for _ in range(count))
    played = 0
    for moment in moments:
        for event in events[played:moment]:
            if event.kind is Kind.TOLD:
                told.update(event.data.decode().split())
            elif event.kind is Kind.GONE:
                files.pop(event.file, None)
            else:
                files.setdefault(event.file, File()).take(event)
        played = moment
        left = {name: file.after_a_cut(chance) for name, file in files.items()}
        yield Cut(files={name: bytes_ for name, bytes_ in left.items() if bytes_ is not None}, told=frozenset(told))
