"""Which epics a check-in page shows as completed and asks about: each is asked about at one check-in, then no more.

It is read from our own parts of the page before, and of the page itself where it is drawn anew.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from connector.pages.cells import rows, text
from connector.pages.hypotheses import STATUS
from connector.pages.language import words_of
from connector.pages.markup import parse
from connector.pages.regions import Found, machine_regions
from mappings.epics import StatusCategory
from mappings.okr import Language
from mappings.team_text import TeamText

_KEY = r"(?P<key>[A-Z][A-Z0-9_]*-[1-9][0-9]*)"
_ASKED = re.compile(rf"{_KEY} (?:ist abgeschlossen|is completed)\.")
_MEANWHILE = re.compile(
    rf"(?:Inzwischen ist {_KEY} abgeschlossen|Meanwhile {_KEY.replace('key', 'ours')} is completed)\."
)
_DONE = frozenset(words_of(language).say(STATUS[StatusCategory.DONE]) for language in Language)
_EPIC, _STATE, _TRIAL = 1, 2, 5  # places in a row of epics, and its length


class News(Enum):
    """How an epic that is completed is asked about."""

    TODAY = "today"
    MEANWHILE = "meanwhile"  # after the check-in of the page: it is asked about at the next one


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What one page shows, by epic key."""

    completed: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    meanwhile: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedBefore:
    """What is known of epics when a page is drawn."""

    before: Ended | None = None  # of the page before, where a page is made
    own: Ended | None = None  # of the page itself, where it is drawn anew
    over: bool = False  # the day of its check-in is past

    def news(self, key: str) -> News | None:
        """How a completed epic is asked about on this page; nothing where that was done."""
        if self.own is None:
            known = self.before is not None and key in self.before.completed - self.before.meanwhile
            return None if known else News.TODAY
        if key in self.own.asked:
            return News.TODAY
        if key in self.own.meanwhile:
            return News.MEANWHILE
        if key in self.own.completed:
            return None
        return News.MEANWHILE if self.over else News.TODAY


def ended_on(body: TeamText | None) -> Ended | None:
    """What a page shows; nothing without one. Raises BodyUnreadable."""
    return None if body is None else ended_in(machine_regions(body))


def ended_in(regions: Iterable[Found]) -> Ended:
    """What our parts of key results show."""
    completed: set[str] = set()
    asked: set[str] = set()
    meanwhile: set[str] = set()
    for root in (parse(region.inside) for region in regions if region.name.startswith("kr-")):
        trials = (row for row in rows(root) if len(row) == _TRIAL)
        completed |= {text(row[_EPIC]) for row in trials if text(row[_STATE]) in _DONE}
        lines = [text(item) for item in root.iter("li")]
        asked |= {match["key"] for match in map(_ASKED.match, lines) if match}
        meanwhile |= {match["key"] or match["ours"] for match in map(_MEANWHILE.match, lines) if match}
    return Ended(completed=frozenset(completed), asked=frozenset(asked), meanwhile=frozenset(meanwhile))
