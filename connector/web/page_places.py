"""Which pages there are, by team: numbers out of the connector's memory, which are looked at again after a while."""

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from connector.ledger import Kind, Ledger
from connector.pages.refs import STRATEGY
from mappings.calendar import IsoWeek

REST: Final = 15.0  # seconds; to read every row for every visit would take time with a thousand teams


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPages:
    """A team's pages by their ids in Confluence."""

    check_ins: Mapping[IsoWeek, str] = field(default_factory=dict)  # the newest first
    plannings: Mapping[str, str] = field(default_factory=dict)  # by cycle id in small letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """All of them at one moment."""

    strategy: str | None = None
    teams: Mapping[str, TeamPages] = field(default_factory=dict)

    def of(self, team: str) -> TeamPages:
        """The pages of a team; none where there are none yet."""
        return self.teams.get(team, TeamPages())


class PagePlaces:
    """Safe to ask from many threads."""

    def __init__(self, ledger: Ledger, monotonic: Callable[[], float], rest: float = REST) -> None:
        self._ledger, self._monotonic, self._rest = ledger, monotonic, rest
        self._lock = threading.Lock()
        self._looked: tuple[float, Places] | None = None

    def now(self) -> Places:
        """As they were a moment ago at most."""
        with self._lock:
            now = self._monotonic()
            if self._looked is None or now - self._looked[0] >= self._rest:
                self._looked = (now, self._look())
            return self._looked[1]

    def _look(self) -> Places:
        rows = self._ledger.resources().values()
        pages = {row.ref: row.remote_id for row in rows if row.kind is Kind.PAGE and row.remote_id is not None}
        check_ins: dict[str, dict[IsoWeek, str]] = defaultdict(dict)
        plannings: dict[str, dict[str, str]] = defaultdict(dict)
        for ref, page in pages.items():
            kind, _, rest = ref.partition("/")
            team, _, part = rest.partition("/")
            if kind == "check-in":
                check_ins[team][IsoWeek.parse(part)] = page
            elif kind == "planning":
                plannings[team][part] = page
        known = {
            team: TeamPages(check_ins=dict(sorted(check_ins[team].items(), reverse=True)), plannings=plannings[team])
            for team in {*check_ins, *plannings}
        }
        return Places(strategy=pages.get(STRATEGY), teams=known)
