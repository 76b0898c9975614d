"""The book of a running process: read again when its files change; a broken one keeps the last good one and says so."""

import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from datetime import date

from connector.errors import BookError
from connector.folder import MappingFolder
from mappings.okr import MappingBook


class LivingBook:
    """A mapping folder that people edit while we run; safe to ask from many threads.

    The files are looked at when they are asked for, but not again before `rest` seconds have passed.
    """

    def __init__(
        self, folder: MappingFolder, *, rest: float = 0.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = folder
        self._rest, self._monotonic = rest, monotonic
        self._looking = threading.Lock()
        self._looked: tuple[date, float] | None = None
        self._book: MappingBook | None = None
        self._seen = ""
        self.trouble: BookError | None = None  # why the newest files are not in force

    def current(self, today: date) -> MappingBook:
        """The newest book that could be read; BookError only as long as there never was one."""
        with self._looking:
            if self._looked is None or self._looked[0] != today or self._monotonic() - self._looked[1] >= self._rest:
                self._look(today)
                self._looked = (today, self._monotonic())
            if self._book is None:
                raise self.trouble or AssertionError("a folder gives a book or an error")
            return self._book

    def _look(self, today: date) -> None:
        try:
            files = self._folder.files()
            seen = _digest(files, today)
            if seen != self._seen:
                self._book = self._folder.book(today)
                self._seen, self.trouble = seen, None
        except BookError as error:
            self.trouble = error


def _digest(files: Mapping[str, bytes], today: date) -> str:
    """The day belongs to it, because an objective without a cycle belongs to the running one."""
    digest = hashlib.sha256(today.isoformat().encode())
    for name, content in sorted(files.items()):
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()
