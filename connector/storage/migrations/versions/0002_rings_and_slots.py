"""Rings, the fence of their leases, and slots."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CAUSES = "'event', 'reading', 'slot', 'poll', 'quiet', 'operator'"
KINDS = "'planning', 'check-in', 'refresh', 'review', 'nightly', 'poll', 'retention'"
DATE = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]"
CLOCK = "[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]"


def plain(characters: str, longest: int) -> str:
    """SQLite: text of these characters only; counted in bytes too, since GLOB and length end at a NUL."""
    return (
        f"typeof({{c}}) = 'text' AND length({{c}}) BETWEEN 1 AND {longest}"
        f" AND length(CAST({{c}} AS BLOB)) = length({{c}}) AND {{c}} NOT GLOB '*[^{characters}]*'"
    )


TEAM_OR_ALL = (f"{{c}} = '*' OR ({plain('a-z0-9-', 40)})", "{c} ~ '^([a-z0-9-]{{1,40}}|[*])$'")
CODE = (plain("a-z-", 40) + " AND {c} GLOB '[a-z]*-*[a-z]'", "{c} ~ '^[a-z]+(-[a-z]+)+$' AND length({c}) <= 40")
SLOT = (
    plain("0-9TW:-", 16) + " AND (({c} GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]' AND substr({c}, 7) BETWEEN '01' AND '53')"
    f" OR {{c}} GLOB '{DATE}' OR {{c}} GLOB '{DATE}T[0-2][0-9]:[0-5][0-9]')",
    "{c} ~ '^[0-9]{{4}}-(W(0[1-9]|[1-4][0-9]|5[0-3])|[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9])?)$'",
)
TIME = (plain("0-9:. -", 26) + f" AND {{c}} GLOB '{DATE} {CLOCK}'", None)
COUNT = ("typeof({c}) = 'integer' AND {c} >= 0", "{c} >= 0")
FROM_ONE = ("typeof({c}) = 'integer' AND {c} >= 1", "{c} >= 1")
ONE = ("typeof({c}) = 'integer' AND {c} >= 1 AND {c} <= 1", "{c} >= 1 AND {c} <= 1")
LEASE = '("token" IS NULL) = ("until" IS NULL)'


def one_of(values: str) -> tuple[str, str]:
    """A closed list."""
    return f"{{c}} IN ({values})", f"{{c}} IN ({values})"


def column(
    table: str, name: str, type_: sa.types.TypeEngine[Any], shape: tuple[str, str | None], *, empty: bool = False
) -> Iterator[sa.Column[Any] | sa.CheckConstraint]:
    """A column and the check of its shape for the database at hand."""
    yield sa.Column(name, type_, nullable=empty)
    sqlite, postgresql = shape
    quoted = f'"{name}"'
    condition = f"{quoted} IS NULL OR ({sqlite})" if op.get_bind().dialect.name == "sqlite" else postgresql
    if condition is not None:
        yield sa.CheckConstraint(condition.format(c=quoted), name=op.f(f"ck_{table}_{name}"))


def key(table: str, *names: str) -> sa.PrimaryKeyConstraint:
    """The primary key."""
    return sa.PrimaryKeyConstraint(*names, name=op.f(f"pk_{table}"))


def upgrade() -> None:
    """One step on."""
    words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    time = sa.DateTime(timezone=True)
    op.create_table(
        "rings",
        *column("rings", "team", words, TEAM_OR_ALL),
        *column("rings", "cause", words, one_of(CAUSES)),
        *column("rings", "generation", sa.BigInteger(), FROM_ONE),
        *column("rings", "not_before", time, TIME),
        *column("rings", "hold_until", time, TIME, empty=True),
        *column("rings", "attempts", sa.Integer(), COUNT),
        *column("rings", "parked", words, CODE, empty=True),
        *column("rings", "token", sa.BigInteger(), FROM_ONE, empty=True),
        *column("rings", "until", time, TIME, empty=True),
        sa.CheckConstraint(LEASE, name=op.f("ck_rings_lease")),
        key("rings", "team"),
    )
    op.create_table(
        "fence",
        *column("fence", "id", sa.Integer(), ONE),
        *column("fence", "token", sa.BigInteger(), COUNT),
        key("fence", "id"),
    )
    op.create_table(
        "slots",
        *column("slots", "team", words, TEAM_OR_ALL),
        *column("slots", "kind", words, one_of(KINDS)),
        *column("slots", "slot", words, SLOT),
        *column("slots", "served_at", time, TIME),
        key("slots", "team", "kind", "slot"),
    )


def downgrade() -> None:
    """One step back."""
    for table in ("slots", "fence", "rings"):
        op.drop_table(table)
