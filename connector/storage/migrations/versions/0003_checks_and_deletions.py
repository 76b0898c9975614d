"""What is kept of self-checks and deletions: days and counts."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROWS = "'readings', 'answers', 'resources', 'runs', 'slots'"
COUNTS = ("places", "payloads", "encodings", "sinks", "hits", "planted", "found", "missing")
DATE = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]"
DAY = (
    "typeof({c}) = 'text' AND length({c}) BETWEEN 1 AND 10 AND length(CAST({c} AS BLOB)) = length({c})"
    f" AND {{c}} NOT GLOB '*[^0-9-]*' AND {{c}} GLOB '{DATE}'",
    None,
)
COUNT = ("typeof({c}) = 'integer' AND {c} >= 0", "{c} >= 0")
FROM_ONE = ("typeof({c}) = 'integer' AND {c} >= 1", "{c} >= 1")
LISTED = (f"{{c}} IN ({ROWS})", f"{{c}} IN ({ROWS})")


def column(
    table: str, name: str, type_: sa.types.TypeEngine[Any], shape: tuple[str, str | None]
) -> Iterator[sa.Column[Any] | sa.CheckConstraint]:
    """A column and the check of its shape for the database at hand."""
    yield sa.Column(name, type_, nullable=False)
    sqlite, postgresql = shape
    quoted = f'"{name}"'
    condition = f"{quoted} IS NULL OR ({sqlite})" if op.get_bind().dialect.name == "sqlite" else postgresql
    if condition is not None:
        yield sa.CheckConstraint(condition.format(c=quoted), name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    """One step on."""
    words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "selfchecks",
        *column("selfchecks", "id", number, FROM_ONE),
        *column("selfchecks", "on", sa.Date(), DAY),
        *(part for count in COUNTS for part in column("selfchecks", count, sa.Integer(), COUNT)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selfchecks")),
    )
    op.create_table(
        "deletions",
        *column("deletions", "on", sa.Date(), DAY),
        *column("deletions", "rows", words, LISTED),
        *column("deletions", "deleted", sa.Integer(), COUNT),
        sa.PrimaryKeyConstraint("on", "rows", name=op.f("pk_deletions")),
    )


def downgrade() -> None:
    """One step back."""
    for table in ("deletions", "selfchecks"):
        op.drop_table(table)
