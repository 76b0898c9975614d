"""What pages say that other pages repeat: read when one of them moved, kept in memory for one run."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from connector.ledger import Kind
from connector.pages.edition import edition
from connector.pages.markup import BodyUnreadable
from connector.pages.review_reading import read_check_in, read_log, read_review
from connector.pages.voices import NOTHING, Said, Voice
from connector.ports import Confluence
from connector.sync.cycle_end import periods_due, report_ref
from connector.sync.memory import Memory
from connector.sync.readers import Readers
from connector.sync.refs import (
    LEARNINGS,
    learning_ref,
    planning_ref,
    retrospective_ref,
    review_ref,
    team_of,
)
from connector.sync.scope import Scope, TeamScope
from mappings.okr import Cycle, Team
from mappings.records import PageRecord

AT_ONCE = 250  # bodies that are in memory together
AS_MADE = 1  # version of a page on which nobody has written
LAST = 2  # check-ins of a team: the newest, and the one before, where people may still be writing


def spoken_refs(scope: Scope, memory: Memory) -> list[str]:
    """Pages from which others are composed, in a run for all teams; in any other none are looked at."""
    if not scope.whole:
        return []
    return [ref for one in scope.teams for ref in _of_team(one, memory)]


def organisation_refs(scope: Scope) -> list[str]:
    """The organisation's pages on which teams are told of, as far as a run for all teams may renew them."""
    return [LEARNINGS, *map(report_ref, periods_due(scope.strategy, scope.today))] if scope.whole else []


def _of_team(one: TeamScope, memory: Memory) -> Iterator[str]:
    yield from (row.ref for row in memory.rows(Kind.PAGE, f"review/{one.team.id}/") if row.remote_id)
    yield from check_ins(one, memory)[-LAST - 1 :]  # the newest may be just made
    log = learning_ref(one.team)
    if memory.remote(Kind.PAGE, log):
        yield log


def check_ins(one: TeamScope, memory: Memory) -> list[str]:
    """The team's check-in pages that stand, the newest last."""
    rows = memory.rows(Kind.PAGE, f"check-in/{one.team.id}/")
    return [row.ref for row in rows if row.remote_id]


def has_log(one: TeamScope, memory: Memory) -> bool:
    """Whether a team has come so far that there is something to keep."""
    return one.review is not None or any(memory.rows(Kind.PAGE, f"review/{one.team.id}/"))


def ending_refs(one: TeamScope, memory: Memory) -> list[str]:
    """The pages with which a team's cycle ends, as far as it has come."""
    due, team = one.review, one.team
    refs = [review_ref(team, due.cycle), retrospective_ref(team, due.cycle)] if due else []
    refs += [learning_ref(team)] if has_log(one, memory) else []
    return refs + [planning_ref(team, cycle) for cycle in one.closed]


@dataclass(slots=True, kw_only=True)
class Gathering:
    """One run's."""

    confluence: Confluence
    memory: Memory
    readers: Readers
    teams: Mapping[str, Team]  # by id
    versions: Mapping[str, int]  # by ref, of pages that stand
    _said: dict[str, Voice] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)  # ids by ref, of pages that were understood
    _reviews: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by cycle id
    _editions: dict[tuple[str, ...], str] = field(default_factory=dict)
    _names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._names = tuple(team.name for team in self.teams.values())
        self.readers.look_again()

    def standing(self, refs: Iterable[str]) -> tuple[str, ...]:
        """Of these pages, those that are there and were touched since they were made."""
        return tuple(ref for ref in refs if self.versions.get(ref, AS_MADE) > AS_MADE and team_of(ref) in self.teams)

    def stands(self, ref: str) -> bool:
        """Whether a page is there, so that what it says now is what it has to say."""
        return ref in self.versions

    def reviews_of(self, cycle: Cycle) -> tuple[str, ...]:
        """The reviews of all teams, in the order of the book."""
        if cycle.id not in self._reviews:
            self._reviews[cycle.id] = self.standing(review_ref(team, cycle) for team in self.teams.values())
        return self._reviews[cycle.id]

    def understood(self, refs: Iterable[str]) -> dict[str, str]:
        """The ids, by ref, of those of these pages that were read and understood, whoever may read them."""
        return {ref: self._known[ref] for ref in refs if ref in self._known}

    def edition(self, refs: tuple[str, ...]) -> str:
        """Twenty hex digits that change when one of these pages moves, comes or goes, or is for others than before."""
        if refs not in self._editions:
            rows = ((ref, self.memory.remote(Kind.PAGE, ref)) for ref in refs)
            some = {ref: " for some" for ref in refs if self.readers.are_some(ref)}
            known = [f"{ref} {row.remote_id} {self.versions[ref]}{some.get(ref, '')}" for ref, row in rows if row]
            said = "\n".join((edition(), *known))
            self._editions[refs] = hashlib.sha256(said.encode()).hexdigest()[:20]
        return self._editions[refs]

    def read(self, refs: Iterable[str], at_hand: Mapping[str, PageRecord]) -> None:
        """Reads these pages, 250 a request; of those that say something, whether only some may read them is asked."""
        new = [ref for ref in dict.fromkeys(refs) if ref not in self._said]
        found = {ref: self._understood(ref, at_hand[ref]) for ref in new if ref in at_hand}
        rows = {
            row.remote_id: ref
            for ref in new
            if ref not in found and (row := self.memory.remote(Kind.PAGE, ref)) and row.remote_id
        }
        ids = list(rows)
        for start in range(0, len(ids), AT_ONCE):
            pages = self.confluence.pages(ids[start : start + AT_ONCE])
            found |= {rows[page.id]: self._understood(rows[page.id], page) for page in pages}
        self.readers.look([ref for ref, said in found.items() if said.speaks])
        self.readers.let_be(ref for ref, said in found.items() if not said.speaks)
        for ref, said in found.items():
            if not self.readers.are_some(ref):
                self._said[ref] = Voice(team=self.teams[team_of(ref)], ref=ref, said=said)

    def voices(self, refs: Iterable[str]) -> tuple[Voice, ...]:
        """What these pages say, in their order; a page that was not read, or that only some may read, says nothing."""
        return tuple(self._said[ref] for ref in refs if ref in self._said)

    def withdrawn(self, refs: Iterable[str]) -> tuple[Voice, ...]:
        """Of these pages, those that only some may read, without a word of theirs."""
        some = (ref for ref in refs if self.readers.are_some(ref))
        return tuple(Voice(team=self.teams[team_of(ref)], ref=ref, said=NOTHING) for ref in some)

    def _understood(self, ref: str, page: PageRecord) -> Said:
        team = self.teams[team_of(ref)]
        try:
            if ref.startswith("review/"):
                said = read_review(page.body, team.language, self._names)
            elif ref.startswith("learning/"):
                said = read_log(page.body, team.language)
            else:
                said = read_check_in(page.body, team.language, self._names)
        except BodyUnreadable:
            return Said()
        self._known[ref] = page.id
        return said
