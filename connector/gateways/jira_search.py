"""Searches on Jira Data Center: counted through by offset, and by keys where the site counts no further."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from connector.errors import RequestRefused
from connector.gateways import operations_datacenter as at
from connector.gateways.transport import Transport
from mappings.boundary import Stretch
from mappings.jql import after_key, in_key_order, outside

WINDOW = 10_000  # a site that names no window is not counted further through than this
LOOKS = 3  # at a set of issues that changes while it is read

Record = TypeVar("Record")
Reader = Callable[[bytes], Stretch[Record]]


@dataclass(slots=True)
class _Seen(Generic[Record]):
    """What was read of one query so far."""

    records: list[Record] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    total: int = 0
    beyond: int = 0  # issues that were read by keys, after those

    def take(self, stretch: Stretch[Record]) -> None:
        """One more stretch."""
        self.records += stretch.records
        self.keys += stretch.keys
        self.total = stretch.total


class OffsetSearch:
    """One site's searches; what moves while it is read is read again, so that nothing falls between two pages."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def all_of(self, jql: str, fields: Sequence[str], size: int, reader: Reader[Record]) -> tuple[Record, ...]:
        """Everything a query finds, `size` issues a request."""
        for _ in range(LOOKS):
            found = self._look(jql, fields, size, reader)
            if found is not None:
                return tuple(found.records)
        raise self._transport.site.unreachable(at.SEARCH)

    def count(self, jql: str, reader: Reader[Record]) -> int:
        """How many issues a query finds, exactly."""
        return self._ask(jql, ("id",), 0, 0, reader).total

    def named(
        self,
        values: Sequence[str],
        query: Callable[[Sequence[str]], str],
        fields: Sequence[str],
        reader: Reader[Record],
    ) -> Iterator[Record]:
        """Issues by id or key, in one request; where the site refuses one that is gone, the rest is asked in halves."""
        try:
            yield from self._ask(query(values), fields, 0, len(values), reader, lenient=True).records
        except RequestRefused:
            if len(values) == 1:
                return
            half = len(values) // 2
            for part in (values[:half], values[half:]):
                yield from self.named(part, query, fields, reader)

    def _look(self, jql: str, fields: Sequence[str], size: int, reader: Reader[Record]) -> _Seen[Record] | None:
        """None where the set changed meanwhile."""
        seen, start = _Seen[Record](), 0
        while True:
            try:
                stretch = self._ask(in_key_order(jql), fields, start, size, reader)
            except RequestRefused:
                if not seen.keys:
                    raise
                return self._beyond(jql, fields, size, reader, seen)  # a window of which nobody told
            if seen.keys and stretch.total != seen.total:
                return None
            seen.take(stretch)
            if stretch.end >= stretch.total:
                return seen
            if not stretch.keys:
                return None
            if stretch.end + size > min(stretch.window or WINDOW, WINDOW):
                return self._beyond(jql, fields, size, reader, seen)
            start = stretch.end

    def _beyond(
        self, jql: str, fields: Sequence[str], size: int, reader: Reader[Record], seen: _Seen[Record]
    ) -> _Seen[Record] | None:
        """What comes after the last key: the rest of its project, then the projects that were not met yet."""
        for query in (after_key(jql, seen.keys[-1]), outside(jql, map(project_of, seen.keys))):
            rest = self._look(query, fields, size, reader)
            if rest is None:
                return None
            seen.records += rest.records
            seen.beyond += len(rest.keys) + rest.beyond
        return seen if len(seen.keys) + seen.beyond == seen.total else None

    def _ask(
        self, jql: str, fields: Sequence[str], start: int, size: int, reader: Reader[Record], *, lenient: bool = False
    ) -> Stretch[Record]:
        body = {"jql": jql, "fields": list(fields), "startAt": start, "maxResults": size}
        if lenient:
            body["validateQuery"] = False
        return self._transport.read(self._transport.ask(at.SEARCH, at.SEARCH.at(), data=body), reader)


def project_of(key: str) -> str:
    """The project's key within an issue key."""
    return key.rpartition("-")[0]
