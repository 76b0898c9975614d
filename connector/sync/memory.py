"""The ledger's rows during one run: read once, written through at once, so that a killed run has lost nothing."""

import threading
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from connector.ledger import Kind, Ledger, Resource
from connector.sync.refs import named_now
from mappings.okr import Team


class Memory:
    """What we wrote where, as the ledger knows it; rows may be kept and looked up from many threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._keeping = threading.Lock()
        self._rows = dict(ledger.resources())
        self._refs: dict[Kind, list[str]] = defaultdict(list)  # in order: looked through once for every team
        for kind, ref in sorted(self._rows):
            self._refs[kind].append(ref)
        self._adopted: dict[tuple[Kind, str], Resource] = {}

    def row(self, kind: Kind, ref: str) -> Resource | None:
        """The row of that name, which may be an intent only."""
        return self._rows.get((kind, ref))

    def remote(self, kind: Kind, ref: str) -> Resource | None:
        """The row of that name if it is known to stand at the site."""
        row = self.row(kind, ref)
        return row if row is not None and row.remote_id is not None else None

    def rows(self, kind: Kind, prefix: str = "") -> tuple[Resource, ...]:
        """All rows of a kind whose ref begins so, in the order of their refs."""
        refs = self._refs[kind]
        found: list[Resource] = []
        for place in range(bisect_left(refs, prefix), len(refs)):
            if not refs[place].startswith(prefix):
                break
            found.append(self._rows[kind, refs[place]])
        return tuple(found)

    def keep(self, *rows: Resource) -> None:
        """Makes or replaces rows; committed when this returns."""
        with self._keeping:
            changed = [row for row in rows if self._rows.get((row.kind, row.ref)) != row]
            if changed:
                self._ledger.keep(changed)
                for row in changed:
                    self._know(row)

    def adopt(self, row: Resource) -> None:
        """Knows something that was found again; not committed before `settle`, so that a broken look begins anew."""
        self._know(row)
        self._adopted[row.kind, row.ref] = row

    def settle(self) -> None:
        """Commits everything that was adopted, at once."""
        if self._adopted:
            self._ledger.keep(self._adopted.values())
            self._adopted = {}

    def forget(self, rows: Iterable[tuple[Kind, str]]) -> None:
        """Rows whose create was refused: nothing stands at the site."""
        with self._keeping:
            gone = [key for key in rows if key in self._rows]
            if gone:
                self._ledger.forget(gone)
                for kind, ref in gone:
                    del self._rows[kind, ref]
                    self._refs[kind].remove(ref)

    def intend(self, kind: Kind, refs: Iterable[str], at: datetime) -> None:
        """Commits that creates are about to be sent."""
        self.keep(*(Resource(kind=kind, ref=ref, since=at) for ref in refs))

    def rename(self, team: Team) -> None:
        """Rows of a team that was known under another id are its own under the new one; its pages are labelled anew."""
        if team.was is None:
            return
        for (kind, ref), row in list(self._rows.items()):
            renamed = named_now(ref, team)
            if renamed == ref:
                continue
            if kind is not Kind.PAGE_LABELS and (kind, renamed) not in self._rows:
                self.keep(replace(row, ref=renamed))
            self.forget([(kind, ref)])

    def _know(self, row: Resource) -> None:
        if (row.kind, row.ref) not in self._rows:
            insort(self._refs[row.kind], row.ref)
        self._rows[row.kind, row.ref] = row


def labelled(page: Resource, labels: Resource | None) -> bool:
    """Whether these labels were put on this very page, and not on one that stood in its place before."""
    return same_thing(labels, page.remote_id)


def same_thing(row: Resource | None, remote_id: str | None) -> bool:
    """Whether a row is about the thing with this id, and not about one that had its ref before."""
    return row is not None and row.remote_id == remote_id
