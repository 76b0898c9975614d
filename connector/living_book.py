"""The book of a running process: read again when its files change; a broken one keeps the last good one and says so."""

import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from datetime import date

from connector.errors import BookError
from connector.folder import MappingFolder
from mappings.okr import MappingBook

SETTLING = 0.2  # seconds in which nothing changed, before changed files are read
MOST_LOOKS = 10


class LivingBook:
    """A mapping folder that people edit while we run; safe to ask from many threads.

    The files are looked at when they are asked for, but not again before `rest` seconds have passed. With a rest nobody
    who asks waits for changed files: once there is a book, they are read aside.
    """

    def __init__(
        self,
        folder: MappingFolder,
        *,
        rest: float = 0.0,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._folder = folder
        self._rest, self._monotonic, self._sleep = rest, monotonic, sleep
        self._looking = threading.Lock()
        self._looked: tuple[date, float] | None = None
        self._book: MappingBook | None = None
        self._seen = ""
        self.trouble: BookError | None = None  # why the newest files are not in force

    def current(self, today: date) -> MappingBook:
        """The newest book that could be read; BookError only as long as there never was one."""
        if self._rest and self._book is not None:
            if self._due(today) and self._looking.acquire(blocking=False):
                threading.Thread(target=self._look_aside, args=(today,), name="book", daemon=True).start()
            return self._book
        with self._looking:
            if self._due(today):
                self._look(today)
            if self._book is not None:
                return self._book
        trouble = self.trouble or AssertionError("a folder gives a book or an error")
        raise trouble.with_traceback(None)  # it is raised again and again, and would remember every time

    def _due(self, today: date) -> bool:
        looked = self._looked
        return looked is None or looked[0] != today or self._monotonic() - looked[1] >= self._rest

    def _look_aside(self, today: date) -> None:
        try:
            self._look(today)
        finally:
            self._looking.release()

    def _look(self, today: date) -> None:
        try:
            self._read(today)
        finally:
            self._looked = (today, self._monotonic())

    def _read(self, today: date) -> None:
        try:
            seen = self._settled(today)
        except BookError as error:
            self._seen, self.trouble = "", error
            return
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._book, self.trouble = self._folder.book(today), None
        except BookError as error:
            self.trouble = error

    def _settled(self, today: date) -> str:
        """The digest of files that nobody is writing at this moment: half a team file may be a book, too."""
        seen = _digest(self._folder.files(), today)
        for _ in range(MOST_LOOKS if self._book is not None and seen != self._seen else 0):
            before = seen
            self._sleep(SETTLING)
            seen = _digest(self._folder.files(), today)
            if seen == before:
                break
        return seen


def _digest(files: Mapping[str, bytes], today: date) -> str:
    """The day belongs to it, because an objective without a cycle belongs to the running one."""
    digest = hashlib.sha256(today.isoformat().encode())
    for name, content in sorted(files.items()):
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()
