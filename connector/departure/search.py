"""Looking for everything of ours at the sites; nothing is written."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from connector.departure.traces import Place, Trace, issue_labels, page_labels
from connector.errors import ConnectorError, RequestRefused
from connector.ledger import Kind, Ledger, Resource
from connector.ports import Confluence, Jira
from connector.registrations import Registrations
from connector.sync.connections import asked_at_once
from connector.sync.issues import global_id
from mappings.jql import own_issues
from mappings.okr import MappingBook
from mappings.records import IssueRecord

_OF_A_CYCLE = frozenset({"planning", "review", "retrospective"})  # kinds of refs that go on with team and cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The webhooks of one product, and the address at which ours ring."""

    product: str
    registrations: Registrations
    door: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is to go, and where could not be looked."""

    traces: tuple[Trace, ...]
    troubles: tuple[ConnectorError, ...]

    @property
    def writes(self) -> int:
        """Requests that taking all of it away costs."""
        return sum(trace.writes for trace in self.traces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Finds by mark and by memory: either is enough."""

    jira: Jira
    confluence: Confluence
    ledger: Ledger
    doors: tuple[Doors, ...]
    remember: Callable[[], object]  # fills an empty memory from the sites

    def look(self, book: MappingBook) -> Found:
        """Everything of ours, webhooks first, so that nothing rings any more while the rest goes."""
        troubles: list[ConnectorError] = []
        projects = sorted({team.jira.project for team in book.teams if team.jira is not None})
        marked = self._marked(projects) if projects else ()
        rows = self.ledger.resources()
        if marked and not any(kind is Kind.ISSUE for kind, _ in rows):
            self.remember()  # which links we drew is known to our memory alone
            rows = self.ledger.resources()
        cycles = [cycle.id for cycle in book.strategy.cycles]
        traces = [
            *self._webhooks(troubles),
            *self._issues(marked, rows, cycles),
            *self._pages(rows, book, cycles),
        ]
        return Found(traces=tuple(trace for trace in traces if trace.writes), troubles=tuple(troubles))

    def _webhooks(self, troubles: list[ConnectorError]) -> Iterator[Trace]:
        for site in self.doors:
            try:
                found = site.registrations.registered(site.door)
            except ConnectorError as error:
                troubles.append(error)
                continue
            for webhook in found:
                yield Trace(place=Place.WEBHOOK, product=site.product, id=webhook.id)

    def _marked(self, projects: list[str]) -> tuple[IssueRecord, ...]:
        """A project that the site does not know has none."""
        try:
            return self.jira.find_issues(own_issues(projects))
        except RequestRefused:
            if len(projects) == 1:
                return ()
            half = len(projects) // 2
            return self._marked(projects[:half]) + self._marked(projects[half:])

    def _issues(
        self, marked: Iterable[IssueRecord], rows: Mapping[tuple[Kind, str], Resource], cycles: list[str]
    ) -> Iterator[Trace]:
        issues = {issue.id: issue for issue in marked}
        remembered = _by_thing(rows, (Kind.ISSUE, Kind.EVIDENCE, Kind.REMOTE_LINK))
        unseen = [issue_id for issue_id in remembered if issue_id not in issues]
        issues |= {issue.id: issue for issue in self.jira.issues(unseen)} if unseen else {}
        ordered = sorted(issues.values(), key=lambda issue: int(issue.id))
        links = asked_at_once(lambda issue: self._page_links(issue, remembered.get(issue.id, [])), ordered)
        for issue, page_links in zip(ordered, links, strict=True):
            known = remembered.get(issue.id, [])
            epics = {row.ref.rpartition(">")[2] for row in known if row.kind is Kind.EVIDENCE}
            named = [*cycles, *_cycles_in(issue.ref or "")]
            yield Trace(
                place=Place.ISSUE,
                product="Jira",
                id=issue.id,
                name=issue.ref or issue.key,
                links=tuple(link.id for link in issue.links if link.type and link.other in epics),
                page_links=page_links,
                mark=issue.ref is not None,
                labels=issue_labels(issue.labels, named),
                rows=tuple((row.kind, row.ref) for row in known),
            )

    def _page_links(self, issue: IssueRecord, known: list[Resource]) -> tuple[str, ...]:
        """By the names it may bear: the one on the issue itself, and the one that we remember."""
        refs = dict.fromkeys([issue.ref or "", *(row.ref for row in known if row.kind is Kind.REMOTE_LINK)])
        names = [global_id(ref) for ref in refs if ref]
        return tuple(name for name in names if self.jira.remote_link(issue.id, name) is not None)

    def _pages(
        self, rows: Mapping[tuple[Kind, str], Resource], book: MappingBook, cycles: list[str]
    ) -> Iterator[Trace]:
        remembered = _by_thing(rows, (Kind.PAGE, Kind.PAGE_LABELS, Kind.PLAN, Kind.READERS))
        standing = {version.id for version in self.confluence.versions(list(remembered))} if remembered else set()
        homes = frozenset(self._homes(book))
        seen: set[str] = set()
        level = sorted(standing | homes, key=int)
        while level:
            seen |= set(level)
            ours = []
            for page, found in zip(level, asked_at_once(self.confluence.labels, level), strict=True):
                known = remembered.get(page, [])
                named = [*cycles, *(cycle for row in known for cycle in _cycles_in(row.ref))]
                gone = page_labels(found, named, known=bool(known) or (page in homes and not remembered))
                if gone or known or page in homes:
                    ours.append(page)
                    yield _page(page, gone, known)
            below = asked_at_once(self.confluence.children, ours)
            level = sorted({child.id for children in below for child in children} - seen, key=int)

    def _homes(self, book: MappingBook) -> Iterator[str]:
        """The pages below which ours stand, where no memory says it."""
        keys = sorted({book.strategy.space, *(team.space for team in book.teams)})
        spaces = [space.id for space in self.confluence.spaces(keys)]
        for page in self.confluence.find_pages(spaces, book.strategy.parent) if spaces else ():
            yield page.id


def _page(page_id: str, labels: tuple[str, ...], known: list[Resource]) -> Trace:
    return Trace(
        place=Place.PAGE,
        product="Confluence",
        id=page_id,
        name=next((row.ref for row in known if row.kind is Kind.PAGE), ""),
        labels=labels,
        rows=tuple((row.kind, row.ref) for row in known),
    )


def _by_thing(rows: Mapping[tuple[Kind, str], Resource], kinds: Iterable[Kind]) -> dict[str, list[Resource]]:
    """Rows by the id of the thing they are about."""
    wanted, found = frozenset(kinds), defaultdict[str, list[Resource]](list)
    for (kind, _), row in rows.items():
        if kind in wanted and row.remote_id is not None:
            found[row.remote_id].append(row)
    return dict(found)


def _cycles_in(ref: str) -> tuple[str, ...]:
    """The cycle that a ref names, for labels of cycles that have left the book."""
    parts = ref.split("/")
    if parts[0] in _OF_A_CYCLE and len(parts) > 2:
        return (parts[2],)
    return (parts[1],) if parts[0] != "check-in" and len(parts) > 2 else ()
