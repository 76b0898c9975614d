"""Whether pages that others quote are for everybody: asked when one is read, and again in later runs for all teams."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from connector.ledger import Kind, Resource
from connector.ports import Confluence
from connector.sync.connections import asked_at_once
from connector.sync.memory import Memory, same_thing

TOGETHER = 25  # pages whose readers are asked for in one go
HOLDS = timedelta(hours=1)  # so long an answer counts for a page as it was; a night's run always asks anew
_ALL, _SOME = 0, 1  # in place of a version


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """One run's look, page by page.

    No site tells it of many pages at once without naming everybody who may read them, and Cloud answers such a search
    with 404 as soon as one page above is a draft that we may not see (CONFCLOUD-77618).
    """

    confluence: Confluence
    memory: Memory
    versions: Mapping[str, int]  # by ref, of pages that stand
    now: datetime

    def look_again(self) -> None:
        """Pages that were quoted before and were not asked for lately, as they are: who may read them changes."""
        self._ask([ref for ref in self.versions if (row := self._row(ref)) is not None and not self._holds(row)])

    def look(self, refs: Sequence[str]) -> None:
        """Pages that say something and are about to be quoted."""
        self._ask([ref for ref in refs if (row := self._row(ref)) is None or not self._holds(row)])

    def are_some(self, ref: str) -> bool:
        """Whether a page was for some only when it was last asked for."""
        row = self._row(ref)
        return row is not None and row.version == _SOME

    def let_be(self, refs: Iterable[str]) -> None:
        """Pages that say nothing are not asked for any more."""
        self.memory.forget((Kind.READERS, ref) for ref in refs)

    def _row(self, ref: str) -> Resource | None:
        row, page = self.memory.row(Kind.READERS, ref), self.memory.remote(Kind.PAGE, ref)
        return row if page is not None and same_thing(row, page.remote_id) else None

    def _holds(self, row: Resource) -> bool:
        """Whoever restricts a page and then writes on it wrote for those who may read it."""
        return self.now - row.since < HOLDS and row.digest == self._as_it_is(row.ref)

    def _as_it_is(self, ref: str) -> str:
        return f"{self.versions.get(ref, 0):020x}"

    def _ask(self, refs: Sequence[str]) -> None:
        ids = {row.remote_id: ref for ref in refs if (row := self.memory.remote(Kind.PAGE, ref)) and row.remote_id}
        asked = list(ids)
        parts = [asked[start : start + TOGETHER] for start in range(0, len(asked), TOGETHER)]
        some = {page for found in asked_at_once(self.confluence.restricted, parts) for page in found}
        self.memory.keep(*(self._told(ref, page, for_some=page in some) for page, ref in ids.items()))

    def _told(self, ref: str, page: str, *, for_some: bool) -> Resource:
        row = Resource(kind=Kind.READERS, ref=ref, remote_id=page, since=self.now)
        return replace(row, version=_SOME if for_some else _ALL, digest=self._as_it_is(ref))
