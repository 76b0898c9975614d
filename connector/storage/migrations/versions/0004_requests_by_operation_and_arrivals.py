"""What runs asked the sites for, totals that outlive the runs, and the last day of a delivery."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DATE = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]"
DAY = (
    "typeof({c}) = 'text' AND length({c}) BETWEEN 1 AND 10 AND length(CAST({c} AS BLOB)) = length({c})"
    f" AND {{c}} NOT GLOB '*[^0-9-]*' AND {{c}} GLOB '{DATE}'",
    None,
)
COUNT = ("typeof({c}) = 'integer' AND {c} >= 0", "{c} >= 0")
FROM_ONE = ("typeof({c}) = 'integer' AND {c} >= 1", "{c} >= 1")
ONE = ("typeof({c}) = 'integer' AND {c} >= 1 AND {c} <= 1", "{c} >= 1 AND {c} <= 1")
OPERATION = (
    "{c} = 'metric' OR (typeof({c}) = 'text' AND length({c}) BETWEEN 1 AND 60"
    " AND length(CAST({c} AS BLOB)) = length({c}) AND {c} NOT GLOB '*[^a-z.-]*'"
    " AND ({c} GLOB 'jira.[a-z]*' OR {c} GLOB 'confluence.[a-z]*'))",
    "{c} ~ '^(metric|(jira|confluence)([.-][a-z]+)+)$' AND length({c}) <= 60",
)
SENDERS = "'jira', 'confluence', 'automation', 'readings'"
SENDER = (f"{{c}} IN ({SENDERS})", f"{{c}} IN ({SENDERS})")
TOTALS = ("runs", "partly", "reads", "writes")


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
    """One step on; the totals begin with the runs that are still known."""
    words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "run_requests",
        *column("run_requests", "run", number, FROM_ONE),
        *column("run_requests", "operation", words, OPERATION),
        *column("run_requests", "count", sa.Integer(), FROM_ONE),
        sa.PrimaryKeyConstraint("run", "operation", name=op.f("pk_run_requests")),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_run_requests"), ondelete="CASCADE"),
    )
    op.create_table(
        "run_totals",
        *column("run_totals", "id", sa.Integer(), ONE),
        *(part for total in TOTALS for part in column("run_totals", total, sa.BigInteger(), COUNT)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_totals")),
    )
    op.create_table(
        "request_totals",
        *column("request_totals", "operation", words, OPERATION),
        *column("request_totals", "count", sa.BigInteger(), FROM_ONE),
        sa.PrimaryKeyConstraint("operation", name=op.f("pk_request_totals")),
    )
    op.create_table(
        "arrivals",
        *column("arrivals", "sender", words, SENDER),
        *column("arrivals", "on", sa.Date(), DAY),
        sa.PrimaryKeyConstraint("sender", name=op.f("pk_arrivals")),
    )
    op.execute(
        "INSERT INTO run_totals (id, runs, partly, reads, writes) SELECT 1, COUNT(*),"
        " COALESCE(SUM(CASE WHEN failed > 0 THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(reads), 0), COALESCE(SUM(writes), 0) FROM runs"
    )


def downgrade() -> None:
    """One step back."""
    for table in ("arrivals", "request_totals", "run_totals", "run_requests"):
        op.drop_table(table)
