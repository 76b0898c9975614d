"""What teams wrote on their planning pages: whether it can be read, and which numbers wait for a connection."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from connector.doctor.checks import Check, Name, fine, question
from connector.ledger import Ledger
from connector.ports import Clock, Confluence
from connector.sync.memory import Memory
from connector.sync.plan_reading import Shelf
from connector.sync.plan_standing import Standing
from connector.sync.scope import Options, scope_of
from connector.sync.written import written
from mappings.indicators import SourceKind
from mappings.okr import MappingBook

_EXPECTED: Mapping[SourceKind, str] = {
    SourceKind.PUSHED: "the team expects it to be sent",
    SourceKind.JQL_COUNT: "the team expects it to be counted in Jira",
    SourceKind.CSV: "the team expects it to be read from a file",
    SourceKind.HTTP_JSON: "the team expects it to be fetched",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesRead:
    """The book with what stands on the pages that teams and leadership write, as a sync would go by it."""

    book: MappingBook
    standings: tuple[Standing, ...] = field(repr=False)

    def checks(self) -> Iterator[Check]:
        """One answer where everything can be read; a question for each page or number that somebody may look at."""
        unread = [one for one in self.standings if one.page.said is None]
        yield from map(_unread, unread)
        yield from _unconnected(self.standings)
        if self.standings and not unread:
            said = "pages" if len(self.standings) > 1 else "page"
            yield fine(Name.PAGES, f"{len(self.standings)} planning {said} can be read")


def pages_read(book: MappingBook, confluence: Confluence, ledger: Ledger, clock: Clock) -> PagesRead:
    """Reads the pages we know of, 250 a request; a book that says everything itself costs none."""
    read = written(scope_of(book, Options(), clock), Shelf(), confluence, Memory(ledger), {})
    return PagesRead(book=read.scope.book, standings=read.standings)


def _unread(one: Standing) -> Check:
    return question(
        Name.PAGES,
        f"the planning page of {one.page.cycle.id} cannot be read cleanly",
        f"team {one.page.team.id}",
        "what it said last stays in force" if one.plan is not None else "nothing is changed by it",
        "go back to an earlier version of the page",
        "copy the missing table from one",
    )


def _unconnected(standings: Iterable[Standing]) -> Iterator[Check]:
    wished = {
        (one.page.team.id, indicator): kind
        for one in standings
        if one.version is not None and one.plan is not None
        for indicator, kind in one.plan.wishes
    }
    for (team, indicator), kind in sorted(wished.items()):
        yield question(
            Name.SOURCES,
            "this number is not connected",
            f"{team}/{indicator}",
            _EXPECTED[kind],
            f"connect it under `sources:` in the file of team {team}",
            "leave it: the team enters it on its check-in page",
        )
