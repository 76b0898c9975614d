"""What pages say now, read from Confluence when somebody looks and kept in memory for a little while only."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from connector.errors import ConnectorError
from connector.pages.markup import BodyUnreadable
from connector.pages.readable import readable
from connector.ports import Confluence
from mappings.okr import Language
from mappings.team_text import TeamText

FRESH: Final = 20.0  # seconds in which a page is not asked for again
SHORT: Final = 600.0  # seconds in which what it said is kept
MOST_PAGES: Final = 64
MOST_LETTERS: Final = 8_000_000  # of all kept pages together

_NOTHING: Final = TeamText("")


class State(StrEnum):
    """What can be said of a page."""

    SHOWN = "shown"
    GONE = "gone"  # nobody made it yet, or somebody threw it away
    FOR_SOME = "for-some"  # only some may read it: it is never quoted
    UNREADABLE = "unreadable"
    SILENT = "silent"  # Confluence does not answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page as it is now; `html` is safe to stand in a page of ours."""

    state: State
    html: TeamText = _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    at: float
    version: int | None  # None: gone
    for_some: bool


_Key = tuple[str, int, Language]


class PageTexts:
    """Safe to ask from many threads; nothing of it outlives the process or touches a disk."""

    def __init__(self, confluence: Confluence, monotonic: Callable[[], float]) -> None:
        self._confluence, self._monotonic = confluence, monotonic
        self._lock = threading.Lock()
        self._looks: OrderedDict[str, _Look] = OrderedDict()
        self._kept: OrderedDict[_Key, tuple[float, Reading]] = OrderedDict()

    def of(self, pages: Sequence[str], language: Language) -> dict[str, Reading]:
        """Each of these pages, by id."""
        try:
            looks = self._look(pages)
            return {page: self._reading(page, looks[page], language) for page in dict.fromkeys(pages)}
        except ConnectorError:  # told as a state: whoever looks comes again, and what an error says is not for them
            return dict.fromkeys(pages, Reading(state=State.SILENT))

    def _look(self, pages: Sequence[str]) -> dict[str, _Look]:
        now = self._monotonic()
        with self._lock:
            known = {page: look for page in pages if (look := self._looks.get(page)) and now - look.at < FRESH}
        missing = [page for page in dict.fromkeys(pages) if page not in known]
        if not missing:
            return known
        versions = {version.id: version.version for version in self._confluence.versions(missing)}
        for_some = self._confluence.restricted(list(versions))
        found = {
            page: _Look(at=now, version=versions.get(page), for_some=page in for_some or page not in versions)
            for page in missing
        }
        with self._lock:
            self._looks.update(found)
            while len(self._looks) > 4 * MOST_PAGES:
                self._looks.popitem(last=False)
        return known | found

    def _reading(self, page: str, look: _Look, language: Language) -> Reading:
        if look.version is None:
            return Reading(state=State.GONE)
        if look.for_some:
            return Reading(state=State.FOR_SOME)
        kept = self._recall((page, look.version, language))
        return kept or self._read(page, language)

    def _read(self, page: str, language: Language) -> Reading:
        """Read now; the version may be a newer one by now, and is what it says of itself."""
        record = next(iter(self._confluence.pages([page])), None)
        if record is None:
            return Reading(state=State.GONE)
        try:
            reading = Reading(state=State.SHOWN, html=readable(record.body, language))
        except BodyUnreadable:
            reading = Reading(state=State.UNREADABLE)
        self._keep((page, record.version, language), reading)
        return reading

    def _recall(self, key: _Key) -> Reading | None:
        now = self._monotonic()
        with self._lock:
            self._sweep(now)
            kept = self._kept.get(key)
            return kept[1] if kept is not None else None

    def _keep(self, key: _Key, reading: Reading) -> None:
        now = self._monotonic()
        with self._lock:
            self._kept[key] = (now, reading)
            self._kept.move_to_end(key)
            self._sweep(now)

    def _sweep(self, now: float) -> None:
        """The oldest go: for their age, or because there are too many or too long ones."""
        letters = sum(len(reading.html.words) for _, reading in self._kept.values())
        while self._kept:
            at, oldest = next(iter(self._kept.values()))
            if now - at < SHORT and len(self._kept) <= MOST_PAGES and letters <= MOST_LETTERS:
                return
            letters -= len(oldest.html.words)
            self._kept.popitem(last=False)
