"""Looking instead of being rung: for installations without an inbound port."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from connector.errors import ConnectorError, RequestRefused
from connector.ledger import Kind, Ledger, Resource
from connector.listening import EPIC_LEVEL, Listener, labels_of
from connector.ports import Confluence, Jira
from connector.rings import EVERYBODY, Cause, RingLedger
from mappings.epics import Epic
from mappings.hints import Hint, IssueHint, PageHint
from mappings.jql import changed_within
from mappings.okr import MappingBook, Team

OVERLAP = timedelta(minutes=10)  # the search index may be behind, and a poll may be late
_OF_A_CYCLE = frozenset({"planning", "review"})
OPEN_CHECK_INS = 2  # of a team: the newest, and the one before, where people may still be writing


@dataclass(slots=True, kw_only=True)
class Poller:
    """One search over all delivery projects and one look at the versions of open pages, for all teams together."""

    jira: Jira
    confluence: Confluence
    ledger: Ledger
    rings: RingLedger
    lag: timedelta = OVERLAP  # how far the search index may be behind
    _epics: Mapping[str, Epic] = field(default_factory=dict)  # as they looked at the last poll, by id
    _pages: dict[str, int] = field(default_factory=dict)  # the version that was rung for, by page id

    def poll(self, book: MappingBook, now: datetime, since: datetime) -> int:
        """Rings the teams whose epics or pages changed since the last look; counts them.

        Where a site does not answer everybody is rung, so that all are looked at once it does.
        """
        rows = self.ledger.resources()
        listener = Listener.of(book, rows.values())
        try:
            hints: list[Hint] = [*self._changed_epics(book, now - since), *self._changed_pages(book, rows, now)]
        except ConnectorError:
            return self.rings.ring((EVERYBODY,), Cause.POLL, now)
        teams = dict.fromkeys(team for hint in hints for team in listener.concerned(hint))
        return self.rings.ring(teams, Cause.POLL, now) if teams else 0

    def _changed_epics(self, book: MappingBook, span: timedelta) -> Iterator[Hint]:
        """What looks as it did at the last poll rings nobody, unless a query may have looked at more of it."""
        projects = sorted({project for team in book.teams for project in team.delivery})
        asked = {project for team in book.teams if _asks(team) for project in team.delivery}
        minutes = ceil((span + max(OVERLAP, self.lag)).total_seconds() / 60)
        found = self._found(projects, minutes, labels_of(book)) if projects else ()
        seen = {epic.id: epic for epic in found}
        before, self._epics = self._epics, seen
        for epic in seen.values():
            if before.get(epic.id) != epic or epic.project in asked:
                yield IssueHint(id=epic.id, key=epic.key, project=epic.project, level=EPIC_LEVEL, parent=epic.parent)

    def _found(self, projects: Sequence[str], minutes: int, labels: frozenset[str]) -> tuple[Epic, ...]:
        """A project that is hidden from us does not hide the others; its team hears of it from its own runs."""
        try:
            return self.jira.epics(changed_within(projects, minutes), labels)
        except RequestRefused:
            if len(projects) == 1:
                return ()
        half = len(projects) // 2
        return tuple(e for part in (projects[:half], projects[half:]) for e in self._found(part, minutes, labels))

    def _changed_pages(
        self, book: MappingBook, rows: Mapping[tuple[Kind, str], Resource], now: datetime
    ) -> Iterator[Hint]:
        known = {
            row.remote_id: row.version
            for row in (rows.get((Kind.PAGE, ref)) for ref in _open_pages(book, rows, now))
            if row is not None and row.remote_id is not None and row.version is not None
        }
        for page in self.confluence.versions(list(known)):
            if page.version not in (known[page.id], self._pages.get(page.id)):
                self._pages[page.id] = page.version
                yield PageHint(id=page.id)


def _asks(team: Team) -> bool:
    """Whether some of a team's evidence is found by a query of its own, or only its page says which it is."""
    return team.writes_itself or any(selector.jql is not None for selector in team.selectors)


def _open_pages(book: MappingBook, rows: Mapping[tuple[Kind, str], Resource], now: datetime) -> Iterator[str]:
    """Refs of the pages that a run reads: of other pages nothing would come of a ring."""
    today = now.astimezone(book.strategy.timezone).date()
    running = {cycle.id.casefold() for cycle in book.strategy.cycles if cycle.last >= today}
    check_ins: dict[str, list[str]] = {team.id: [] for team in book.teams}
    for kind, ref in rows:
        parts = ref.split("/")
        if kind is not Kind.PAGE:
            continue
        if parts[0] == "check-in":
            check_ins.get(parts[1], []).append(ref)
        elif parts[0] not in _OF_A_CYCLE or parts[2] in running:
            yield ref
    for refs in check_ins.values():
        yield from sorted(refs)[-OPEN_CHECK_INS:]
