"""What a column may hold, as CHECKs that hold on SQLite and on PostgreSQL alike.

SQLite lets any column hold any text, so there every column is checked, not only the text ones. The two databases share
no pattern language: each check is said twice and `ddl_if` picks the one that is understood.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, Text
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator

# "C" sorts and compares by code point as SQLite does, whatever the locale of the server.
PLAIN_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


class TimeWithoutZone(ValueError, DontWrapMixin):
    """A time without a zone was about to be kept: a fault of ours, never of a person's input."""


class UTCDateTime(TypeDecorator[datetime]):
    """An aware time in UTC on both databases; a naive one is refused, because SQLite would drop the zone silently."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC for the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TimeWithoutZone("a time needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Aware UTC for the house."""
        if value is None:
            return None
        time: datetime = value
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One condition in two dialects; `{c}` stands for the column."""

    sqlite: str
    postgresql: str | None  # None: the column's type says it already


def _plain(characters: str, longest: int) -> str:
    """SQLite: text of these characters only; counted in bytes too, since GLOB and length end at a NUL."""
    return (
        f"typeof({{c}}) = 'text' AND length({{c}}) BETWEEN 1 AND {longest}"
        f" AND length(CAST({{c}} AS BLOB)) = length({{c}}) AND {{c}} NOT GLOB '*[^{characters}]*'"
    )


def one_of(values: type[StrEnum]) -> Shape:
    """A closed list."""
    listed = ", ".join(f"'{value}'" for value in values)
    return Shape(sqlite=f"{{c}} IN ({listed})", postgresql=f"{{c}} IN ({listed})")


def whole(lowest: int | None = None, highest: int | None = None) -> Shape:
    """A whole number, within bounds where they are given."""
    bounds = [f"{{c}} >= {lowest}"] if lowest is not None else []
    bounds += [f"{{c}} <= {highest}"] if highest is not None else []
    return Shape(
        sqlite=" AND ".join(["typeof({c}) = 'integer'", *bounds]), postgresql=" AND ".join(bounds) if bounds else None
    )


_DAY = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]"

# The longest is a page's place by a space key of 255 signs; a key result and the epic that is its evidence need 235.
REF = Shape(sqlite=_plain("A-Za-z0-9/.*>_-", 300), postgresql="{c} ~ '^[A-Za-z0-9/.*>_-]+$' AND length({c}) <= 300")
TEAM = Shape(sqlite=_plain("a-z0-9-", 40), postgresql="{c} ~ '^[a-z0-9-]{{1,40}}$'")
TEAM_OR_ALL = Shape(sqlite=f"{{c}} = '*' OR ({_plain('a-z0-9-', 40)})", postgresql="{c} ~ '^([a-z0-9-]{{1,40}}|[*])$'")
INDICATOR_ID = Shape(sqlite=_plain("a-z0-9-", 60), postgresql="{c} ~ '^[a-z0-9-]{{1,60}}$'")
INDICATOR = Shape(
    sqlite=_plain("a-z0-9/-", 101) + " AND {c} GLOB '?*/?*' AND {c} NOT GLOB '*/*/*'",
    postgresql="{c} ~ '^[a-z0-9-]+/[a-z0-9-]+$' AND length({c}) <= 101",
)
KEY_RESULT = Shape(
    sqlite=_plain("a-z0-9/-", 203) + " AND {c} GLOB '?*/?*/?*/?*' AND {c} NOT GLOB '*/*/*/*/*' AND {c} NOT GLOB '*//*'",
    postgresql="{c} ~ '^[a-z0-9-]+(/[a-z0-9-]+){{3}}$' AND length({c}) <= 203",
)
WEEK = Shape(
    sqlite=_plain("0-9W-", 8)
    + " AND {c} GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]' AND substr({c}, 7) BETWEEN '01' AND '53'",
    postgresql="{c} ~ '^[0-9]{{4}}-W(0[1-9]|[1-4][0-9]|5[0-3])$'",
)
# Hex digits as our digests are cut; 24 of them would be an account id of Cloud.
_LENGTHS = "length({c}) IN (8, 10, 12, 16, 20, 32, 40, 64)"
DIGEST = Shape(sqlite=f"{_plain('0-9a-f', 64)} AND {_LENGTHS}", postgresql=f"{{c}} ~ '^[0-9a-f]+$' AND {_LENGTHS}")
REMOTE_ID = Shape(sqlite=_plain("0-9", 20), postgresql="{c} ~ '^[0-9]{{1,20}}$'")
DAY = Shape(sqlite=_plain("0-9-", 10) + f" AND {{c}} GLOB '{_DAY}'", postgresql=None)
TIME = Shape(
    sqlite=_plain("0-9:. -", 26) + f" AND {{c}} GLOB '{_DAY} [0-2][0-9]:[0-5][0-9]:[0-5][0-9].{'[0-9]' * 6}'",
    postgresql=None,
)
# A code of `connector.errors`, by its shape: that list grows with every version, and a table is not rebuilt for it.
CODE = Shape(
    sqlite=_plain("a-z-", 40) + " AND {c} GLOB '[a-z]*-*[a-z]'",
    postgresql="{c} ~ '^[a-z]+(-[a-z]+)+$' AND length({c}) <= 40",
)
# A name out of `connector.gateways.operations`, by its shape, for the same reason.
OPERATION = Shape(
    sqlite=f"{{c}} = 'metric' OR ({_plain('a-z.-', 60)}"
    + " AND ({c} GLOB 'jira.[a-z]*' OR {c} GLOB 'confluence.[a-z]*'))",
    postgresql="{c} ~ '^(metric|(jira|confluence)([.-][a-z]+)+)$' AND length({c}) <= 60",
)
SLOT = Shape(  # a week, a day, or a minute
    sqlite=_plain("0-9TW:-", 16)
    + " AND (({c} GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]' AND substr({c}, 7) BETWEEN '01' AND '53')"
    + f" OR {{c}} GLOB '{_DAY}' OR {{c}} GLOB '{_DAY}T[0-2][0-9]:[0-5][0-9]')",
    postgresql="{c} ~ '^[0-9]{{4}}-(W(0[1-9]|[1-4][0-9]|5[0-3])|[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9])?)$'",
)
REVISION = Shape(sqlite=_plain("0-9", 4), postgresql="{c} ~ '^[0-9]{{4}}$'")


def checks(column: str, shape: Shape) -> Iterable[CheckConstraint]:
    """The constraints of one column; an absent value passes every one of them unless the column forbids it."""
    quoted = f'"{column}"'
    sqlite = shape.sqlite.format(c=quoted)
    yield CheckConstraint(f"{quoted} IS NULL OR ({sqlite})", name=column).ddl_if(dialect="sqlite")
    if shape.postgresql is not None:
        yield CheckConstraint(shape.postgresql.format(c=quoted), name=column).ddl_if(dialect="postgresql")
