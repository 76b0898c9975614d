"""The privacy surface: which kinds of data are read and kept, from which kinds of sources, in one number and one hash.

It is the same for one team and for a thousand: it changes only when a field, a column, a call or a kind of source does.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from connector.privacy.calls import ASKS, OPERATIONS
from connector.privacy.columns import kept_columns
from connector.privacy.wire_fields import wire_fields
from mappings.indicators import SourceKind
from mappings.okr import MappingBook

ALWAYS: Final = frozenset({SourceKind.OBSERVED})
"""What teams write in the cells of a check-in page is read with the other cells, whatever the book says."""

_NUMBERS = 1_000_000
_SOURCE: Final = "source "


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """Kinds of data and sources, each as a line like `column answers.confidence: number …`, sorted."""

    kinds: tuple[str, ...]

    @property
    def hash(self) -> str:
        """SHA-256 over the lines, 64 hex digits."""
        return hashlib.sha256("\n".join(self.kinds).encode()).hexdigest()

    @property
    def number(self) -> str:
        """The hash in short, to be compared over the telephone: like `481-203`."""
        short = int(self.hash[:12], 16) % _NUMBERS
        return f"{short // 1000:03d}-{short % 1000:03d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceChange:
    """What one surface has and another has not."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]  # before, after


def surface_of(sources: Iterable[SourceKind]) -> Surface:
    """The surface of this version with these kinds of sources in use."""
    used = (f"{_SOURCE}{kind.value}: values of an indicator" for kind in ALWAYS | set(sources))
    return Surface(kinds=tuple(sorted((*built_in(), *used))))


@cache
def built_in() -> tuple[str, ...]:
    """The part of the surface that comes with the version, whatever the book says."""
    fields = (f"field {_body(f.body)} {f.path}: {f.kind}" for f in wire_fields())
    columns = (f"column {c.full_name}: {c.shape.kind}, {c.shape.check}" for c in kept_columns())
    calls = (
        f"call {o.name} {o.method} {o.path}: {', '.join(ASKS[o].fields) if o in ASKS else '?'}" for o in OPERATIONS
    )
    return (*fields, *columns, *calls)


def _body(body: object) -> str:
    return str(getattr(body, "value", "unnamed"))


def sources_in(surface: Surface) -> frozenset[SourceKind]:
    """The kinds of sources among its lines."""
    named = {line.removeprefix(_SOURCE).partition(":")[0] for line in surface.kinds if line.startswith(_SOURCE)}
    return ALWAYS | {kind for kind in SourceKind if kind.value in named}


def sources_of(book: MappingBook) -> frozenset[SourceKind]:
    """The kinds of sources that a book uses; of a team that writes its OKRs itself, those that its file connects."""
    filed = (i.source for team in book.teams if not team.writes_itself for i in team.indicators)
    connected = (source for team in book.teams if team.writes_itself for _, source in team.sources)
    return frozenset(source.kind for source in (*filed, *connected))


def compared(before: Surface, after: Surface) -> SurfaceChange:
    """What has come, what has gone, and what is asked or kept otherwise than before."""
    old, new = ({line.partition(":")[0]: line for line in one.kinds} for one in (before, after))
    return SurfaceChange(
        added=tuple(line for name, line in new.items() if name not in old),
        removed=tuple(line for name, line in old.items() if name not in new),
        changed=tuple((old[name], line) for name, line in new.items() if name in old and old[name] != line),
    )
