"""Taking away what a search found, thing by thing, each in the order that lets an interrupted leave go on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from connector.departure.search import Doors, Found
from connector.departure.traces import Place, Trace
from connector.errors import ConnectorError
from connector.ledger import Ledger
from connector.marks import IssueMarks, PageMarks
from connector.proofs import Deletion, ProofLedger, Rows
from connector.sync.connections import asked_at_once


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What is gone, and what could not be taken away."""

    traces: tuple[Trace, ...]
    troubles: tuple[ConnectorError, ...]
    deleted: Mapping[Rows, int]  # of our memory, where nothing is left at the sites


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Does what `Found` says. Pages, their bodies, and issues stay."""

    issues: IssueMarks
    pages: PageMarks
    doors: tuple[Doors, ...]
    ledger: Ledger
    proofs: ProofLedger
    clear: Callable[[], Mapping[Rows, int]]  # empties the memory

    def do(self, found: Found, today: date) -> Removed:
        """Webhooks first; the memory is emptied, and that noted, once nothing is left that it would be needed for."""
        gone, troubles = list[Trace](), [*found.troubles]
        for place in Place:
            traces = [trace for trace in found.traces if trace.place is place]
            for trace, error in zip(traces, asked_at_once(self._tried, traces), strict=True):
                if error is None:
                    gone.append(trace)
                else:
                    troubles.append(error)
        if troubles:
            self.ledger.forget(row for trace in gone for row in trace.rows)
            return Removed(traces=tuple(gone), troubles=tuple(troubles), deleted={})
        deleted = self.clear()
        self.proofs.note(Deletion(on=today, rows=rows, count=count) for rows, count in deleted.items() if count)
        return Removed(traces=tuple(gone), troubles=(), deleted=deleted)

    def _tried(self, trace: Trace) -> ConnectorError | None:
        try:
            self._take_away(trace)
        except ConnectorError as error:
            return error
        return None

    def _take_away(self, trace: Trace) -> None:
        match trace.place:
            case Place.WEBHOOK:
                next(one for one in self.doors if one.product == trace.product).registrations.remove(trace.id)
            case Place.ISSUE:
                self._off_issue(trace)
            case Place.PAGE:
                for label in trace.labels:
                    self.pages.remove_label(trace.id, label)

    def _off_issue(self, trace: Trace) -> None:
        for link in trace.links:
            self.issues.unlink(link)
        for name in trace.page_links:
            self.issues.unlink_page(trace.id, name)
        if trace.mark:
            self.issues.remove_mark(trace.id)
        if trace.labels:
            self.issues.remove_labels(trace.id, trace.labels)
