"""One post per team and rhythm: when its check-in page was made, to the address that the team entered."""

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue

from connector.errors import ConnectorError
from connector.gateways.posts import Line, Posts
from connector.ledger import Kind, Ledger
from connector.living_book import LivingBook
from connector.log import facts
from connector.pages.refs import check_in_ref
from connector.pages.titles import check_in_title
from connector.ports import Clock
from connector.rhythms import keeping_time
from connector.rings import Slot, SlotKind, SlotLedger
from connector.sync.report import SyncReport
from mappings.calendar import IsoWeek, working_day_before
from mappings.okr import Language, Strategy, Team

_OPEN = {Language.DE: "In Confluence öffnen", Language.EN: "Open in Confluence"}

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Posting:
    """Told of every run; what it posts, it posts aside, so that no run waits for Slack or Teams.

    A post is noted as served before it is sent: a process that dies in between has posted nothing, which harms less
    than posting twice.
    """

    posts: Posts
    ledger: Ledger
    slots: SlotLedger
    book: LivingBook
    clock: Clock
    wiki: str  # where people open Confluence
    _waiting: SimpleQueue[frozenset[str]] = field(default_factory=SimpleQueue)

    def start(self) -> None:
        """From now on what is told is posted; the thread ends with the process."""
        threading.Thread(target=self._run, name="posting", daemon=True).start()

    def told(self, report: SyncReport) -> None:
        """A run has ended."""
        made = frozenset(team.team for team in report.teams if team.created) & self.posts.teams
        if made:
            self._waiting.put(made)

    def work(self, teams: frozenset[str]) -> None:
        """Posts for those of the teams whose page lies ready for a meeting to come and was not told of yet."""
        for slot, line in tuple(self._due(teams)):
            if self.slots.serve((slot,), self.clock.now(), ring=False):
                outcome = self.posts.post(slot.team, line)
                log.info("A page was told of", extra=facts(team=slot.team, kind=outcome))

    def _run(self) -> None:
        while True:
            teams = self._waiting.get()
            try:
                self.work(teams)
            except ConnectorError as error:
                log.warning("A page was not told of", extra=facts(code=error.code))

    def _due(self, teams: frozenset[str]) -> Iterator[tuple[Slot, Line]]:
        book = keeping_time(self.book.current(self.clock.now().date()), self.ledger.rhythms())
        pages = self.ledger.resources()
        for team in book.teams:
            if team.id not in teams:
                continue
            for week in self._weeks(book.strategy, team):
                page = pages.get((Kind.PAGE, check_in_ref(team, week)))
                if page is not None and page.remote_id is not None:
                    url = f"{self.wiki}/pages/viewpage.action?pageId={page.remote_id}"
                    title = check_in_title(team, week, team.language)
                    slot = Slot(team=team.id, kind=SlotKind.POST, slot=str(week))
                    yield slot, Line(title=title, url=url, open=_OPEN[team.language])

    def _weeks(self, strategy: Strategy, team: Team) -> Iterator[IsoWeek]:
        """The weeks whose page is there for a meeting today or on the next working day."""
        today = self.clock.now().astimezone(team.timezone).date()
        for week in (IsoWeek.of(today), IsoWeek.of(today).shifted(1)):
            cycle = strategy.running(week.day(0)) or strategy.running(week.day(4))
            rhythm = team.rhythm_in(cycle) if cycle is not None else None
            meeting = week.day(rhythm.check_in) if rhythm is not None else None
            if meeting is not None and working_day_before(meeting) <= today <= meeting:
                yield week
