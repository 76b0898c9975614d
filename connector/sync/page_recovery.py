"""Finding pages of ours again: after a lost answer, and after our database is gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from connector.ledger import Kind, Resource
from connector.pages.canonical import BodyUnreadable
from connector.pages.regions import is_ours
from connector.pages.weeks import week_of
from connector.ports import Confluence
from connector.sync.connections import asked_at_once
from connector.sync.cycle_end import periods_due, report_ref
from connector.sync.gathering import has_log
from connector.sync.memory import Memory
from connector.sync.places import Place, places, weeks_of
from connector.sync.refs import (
    LEARNINGS,
    RECORD,
    STRATEGY,
    check_in_ref,
    home_ref,
    learning_ref,
    planning_ref,
    review_ref,
    team_of,
)
from connector.sync.scope import Scope
from mappings.labels import team_label
from mappings.okr import Team
from mappings.records import ChildRecord, PageRecord

UNCONFIRMED = "0" * 20  # in place of a digest: nobody knows whether the page's picture arrived


@dataclass(slots=True, kw_only=True)
class PageRecovery:
    """Looks for pages that the memory does not know to stand at the site; `found` has their bodies, by ref.

    What is found is adopted by the memory, which writes it down only when it is told to.
    """

    confluence: Confluence
    memory: Memory
    scope: Scope
    spaces: Mapping[str, str]  # id by key
    found: dict[str, PageRecord] = field(default_factory=dict)
    _places: dict[Place, str] = field(init=False)
    _ours: set[str | None] = field(init=False)  # page ids that the memory knows
    _read: set[str] = field(default_factory=set)  # page ids
    _regained: set[str] = field(default_factory=set)  # ids of spaces that our memory had lost

    def __post_init__(self) -> None:
        self._places = places(self.scope, self.spaces)
        self._ours = {row.remote_id for row in self.memory.rows(Kind.PAGE)}

    def understand(self, scope: Scope) -> None:
        """From now on with what teams have written about themselves."""
        self.scope = scope
        self._places = places(scope, self.spaces)

    def look(self, wanted: Sequence[str]) -> None:
        """Intents are looked up by space and title; a memory that is whole costs no request."""
        expected = {ref: place for place, ref in self._places.items()}
        for ref in wanted:
            if self.memory.row(Kind.PAGE, ref) and not self._known(ref) and ref in expected:
                place = expected[ref]
                for record in self.confluence.find_pages([place.space], place.title):
                    self._adopt(record, digest=UNCONFIRMED)

    def look_around(self) -> None:
        """Where a memory is lost, everything around the home pages is read, and then what a team writes by its title.

        A site without our pages costs one request, a memory that is whole costs none.
        """
        expected = {ref: place for place, ref in self._places.items()}
        known = {team_of(row.ref) for row in self.memory.rows(Kind.PAGE) if not row.ref.startswith("home/")}
        homeless = {home_ref(space): place for space, place in self.spaces.items() if not self._known(home_ref(space))}
        lost = [home_ref(space) for space in self.spaces if self._is_lost(space, known)]
        if lost:
            ids = [expected[ref].space for ref in lost]
            self._around(self.confluence.find_pages(ids, self.scope.strategy.parent))
            self._known_homes(lost)
            self._by_title([space for space in self.spaces if home_ref(space) in lost], expected)
            ours = any(self._version(ref) is not None for ref in self.found)
            self._regained = {place for ref, place in homeless.items() if ours and self._known(ref)}

    def follow(self, links: Mapping[str, str]) -> None:
        """Planning pages that issues of ours link to (page id by ref), wherever people put them, and what is around."""
        ids = {page: ref for ref, page in links.items() if not self._known(ref)}
        records = self.confluence.pages(list(ids)) if ids else ()
        self._around(record for record in records if self._adopt(record, ids[record.id]))
        self._put_away()

    def _is_lost(self, space: str, known: set[str]) -> bool:
        """Whether the memory knows no home page there, or no page of a team that should have some there."""
        if not self._known(home_ref(space)):
            return True
        teams = {s.team.id for s in self.scope.teams if s.team.space == space and s.planned}
        return bool(teams - known)

    def _by_title(self, spaces: Sequence[str], expected: Mapping[str, Place]) -> None:
        """Planning pages that no issue leads to, since their teams write them: people may have moved them away."""
        for scope in self.scope.teams:
            if not scope.team.writes_itself or scope.team.space not in spaces:
                continue
            if not self._known(home_ref(scope.team.space)):
                continue
            for ref in (planning_ref(scope.team, cycle) for cycle in scope.planned):
                if not self._known(ref):
                    place = expected[ref]
                    self._around(self.confluence.find_pages([place.space], place.title))

    def _put_away(self) -> None:
        """Pages that are due and were taken away by people: known again, they stay away until they are asked for.

        One request for each page that is due and not there, and only in spaces that our memory had lost.
        """
        strategy = self.scope.strategy
        due = {STRATEGY, RECORD, *map(report_ref, periods_due(strategy, self.scope.today))}
        for scope in self.scope.teams:
            due |= {planning_ref(scope.team, cycle) for cycle in scope.planned}
            due |= {check_in_ref(scope.team, scope.week)} if scope.week else set()
            due |= {review_ref(scope.team, scope.review.cycle)} if scope.review else set()
            due |= {learning_ref(scope.team), LEARNINGS} if has_log(scope, self.memory) else set()
        for place, ref in self._places.items():
            if ref in due and place.space in self._regained and not self._known(ref):
                for record in self.confluence.put_away(place.space, place.title):
                    self._adopt(record)

    def _known_homes(self, refs: Iterable[str]) -> None:
        """Home pages that the memory knows under another title than the book's."""
        rows = (self.memory.remote(Kind.PAGE, ref) for ref in refs)
        ids = [row.remote_id for row in rows if row and row.remote_id and row.remote_id not in self._read]
        if ids:
            self._around(self.confluence.pages(ids))

    def _around(self, records: Iterable[PageRecord]) -> None:
        """Adopts what is ours among these pages, below them and right above them, as far as there is more of ours."""
        nearby = list(records)
        while nearby:
            self._read |= {record.id for record in nearby}
            ours = [record for record in nearby if self._belongs(record)]
            children = asked_at_once(self.confluence.children, (record.id for record in ours))
            below = [
                child.id
                for record, found in zip(ours, children, strict=True)
                for child in found
                if not self._let_be(record.space, child)
            ]
            above = [record.parent for record in ours if record.parent is not None]
            ids = [page for page in dict.fromkeys(below + above) if page not in self._read]
            nearby = list(self.confluence.pages(ids)) if ids else []

    def _let_be(self, space: str, child: ChildRecord) -> bool:
        """A retrospective is known by its title alone: nothing is read from it, not even to find it again."""
        ref = self._places.get(Place.of(space, child.title.words)) or ""
        if not ref.startswith("retrospective/"):
            return False
        if not self._known(ref):
            self.memory.adopt(Resource(kind=Kind.PAGE, ref=ref, remote_id=child.id, since=self.scope.now))
            self._ours.add(child.id)
        return True

    def _belongs(self, record: PageRecord) -> bool:
        """Whether more of ours may stand around this page; it is adopted where the memory did not know it."""
        return record.id in self._ours or self._adopt(record)

    def _adopt(self, record: PageRecord, ref: str | None = None, digest: str | None = None) -> bool:
        """A page with our mark is ours; somebody's own page may serve as home, but is never written (no version)."""
        ours = _is_ours(record)
        ref = ref or self._places.get(Place.of(record.space, record.title.words))
        if ref is None and ours:
            ref = self._named(record)
        if ref is None or self._known(ref) or not (ours or ref.startswith("home/")):
            return False
        row = Resource(kind=Kind.PAGE, ref=ref, remote_id=record.id, digest=digest, since=self.scope.now)
        self.memory.adopt(row if not ours or ref.startswith("retrospective/") else replace(row, version=record.version))
        self._ours.add(record.id)
        self.found[ref] = record
        return True

    def _named(self, record: PageRecord) -> str | None:
        """The ref of a page of ours with another title, by its labels and, for a check-in, by the week it shows."""
        labels = self.confluence.labels(record.id)
        if labels == {"okr"}:
            return next((home_ref(key) for key, space in self.spaces.items() if space == record.space), None)
        if "okr-strategy" in labels or "okr-data-flow" in labels:
            return STRATEGY if "okr-strategy" in labels else RECORD
        team = next((s.team for s in self.scope.teams if _label_of(s.team) & labels), None)
        if "okr-learning" in labels:
            return learning_ref(team) if team else LEARNINGS
        cycle = next((c for c in self.scope.strategy.cycles if f"okr-{c.id.casefold()}" in labels), None)
        if team is None or cycle is None:
            return None
        if "okr-planning" in labels:
            return planning_ref(team, cycle)
        if "okr-review" in labels:
            return review_ref(team, cycle)
        week = week_of(record.body, weeks_of(cycle)) if "okr-check-in" in labels else None
        return check_in_ref(team, week) if week else None

    def _version(self, ref: str) -> int | None:
        row = self.memory.remote(Kind.PAGE, ref)
        return row.version if row else None

    def _known(self, ref: str) -> bool:
        return self.memory.remote(Kind.PAGE, ref) is not None


def _label_of(team: Team) -> set[str]:
    return {team_label(name) for name in (team.id, team.was) if name}


def _is_ours(record: PageRecord) -> bool:
    """A page that cannot be read is nobody's that we know."""
    try:
        return is_ours(record.body)
    except BodyUnreadable:
        return False
