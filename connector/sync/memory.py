"""The ledger's rows during one run: read once, written through at once, so that a killed run has lost nothing."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from connector.ledger import Kind, Ledger, Resource
from mappings.okr import Team


class Memory:
    """What we wrote where, as the ledger knows it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._rows = dict(ledger.resources())

    def row(self, kind: Kind, ref: str) -> Resource | None:
        """The row of that name, which may be an intent only."""
        return self._rows.get((kind, ref))

    def remote(self, kind: Kind, ref: str) -> Resource | None:
        """The row of that name if it is known to stand at the site."""
        row = self.row(kind, ref)
        return row if row is not None and row.remote_id is not None else None

    def rows(self, kind: Kind, chosen: Callable[[str], bool] = lambda ref: True) -> tuple[Resource, ...]:
        """All rows of a kind whose ref is chosen, in the order of their refs."""
        return tuple(row for (k, ref), row in sorted(self._rows.items()) if k is kind and chosen(ref))

    def keep(self, *rows: Resource) -> None:
        """Makes or replaces rows; committed when this returns."""
        changed = [row for row in rows if self._rows.get((row.kind, row.ref)) != row]
        if changed:
            self._ledger.keep(changed)
            self._rows.update({(row.kind, row.ref): row for row in changed})

    def forget(self, rows: Iterable[tuple[Kind, str]]) -> None:
        """Rows whose create was refused: nothing stands at the site."""
        gone = [key for key in rows if key in self._rows]
        if gone:
            self._ledger.forget(gone)
            for key in gone:
                del self._rows[key]

    def intend(self, kind: Kind, refs: Iterable[str], at: datetime) -> None:
        """Commits that creates are about to be sent."""
        self.keep(*(Resource(kind=kind, ref=ref, since=at) for ref in refs))

    def rename(self, team: Team) -> None:
        """Rows of a team that was known under another id are its own under the new one."""
        if team.was is None:
            return
        for (kind, ref), row in list(self._rows.items()):
            renamed = _renamed(ref, team.was, team.id)
            if renamed != ref and (kind, renamed) not in self._rows:
                self.keep(replace(row, ref=renamed))
                self.forget([(kind, ref)])


def _renamed(ref: str, old: str, new: str) -> str:
    parts = ref.split("/")
    place = 1 if parts[0] in {"planning", "check-in"} else 0
    if len(parts) > 1 and parts[0] != "home" and parts[place] == old:
        parts[place] = new
    return "/".join(parts)
