"""Looking instead of being rung: for installations without an inbound port, and as the safety net of all others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from connector.ledger import Kind, Ledger
from connector.listening import Listener
from connector.ports import Confluence, Jira
from connector.rings import Cause, RingLedger
from mappings.calendar import IsoWeek
from mappings.hints import Hint, IssueHint, PageHint
from mappings.jql import changed_within
from mappings.okr import MappingBook

OVERLAP = timedelta(minutes=10)  # the search index may be behind, and a poll may be late
OPEN_WEEKS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Poller:
    """One search over all delivery projects and one look at the versions of open pages, for all teams together."""

    jira: Jira
    confluence: Confluence
    ledger: Ledger
    rings: RingLedger

    def poll(self, book: MappingBook, now: datetime, every: timedelta) -> int:
        """Rings the teams whose epics or pages changed since the last look; counts them."""
        rows = self.ledger.resources()
        listener = Listener.of(book, rows.values())
        hints: list[Hint] = [*self._epics(book, every), *self._pages(now)]
        teams = dict.fromkeys(team for hint in hints for team in listener.concerned(hint))
        return self.rings.ring(teams, Cause.POLL, now) if teams else 0

    def _epics(self, book: MappingBook, every: timedelta) -> Iterator[IssueHint]:
        projects = sorted({project for team in book.teams for project in team.delivery})
        if not projects:
            return
        minutes = int((every + OVERLAP).total_seconds() // 60)
        for epic in self.jira.epics(changed_within(projects, minutes), frozenset()):
            yield IssueHint(id=epic.id, key=epic.key, project=epic.project, level=1, parent=epic.parent)

    def _pages(self, now: datetime) -> Iterator[PageHint]:
        known = {
            r.remote_id: r.version
            for r in self.ledger.resources().values()
            if r.kind is Kind.PAGE and _open(r.ref, now)
        }
        ids = [page_id for page_id, version in known.items() if page_id and version is not None]
        for page in self.confluence.versions(ids):
            if known[page.id] != page.version:
                yield PageHint(id=page.id)


def _open(ref: str, now: datetime) -> bool:
    """Whether people may still write there: check-in pages older than two weeks are closed."""
    kind, _, rest = ref.partition("/")
    if kind != "check-in":
        return True
    return IsoWeek.parse(rest.rpartition("/")[2]) >= IsoWeek.of(now.date()).shifted(-OPEN_WEEKS)
