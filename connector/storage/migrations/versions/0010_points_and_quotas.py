"""What a run cost in points, and what the sites said is left of their quotas."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COUNT = ("typeof({c}) = 'integer' AND {c} >= 0", "{c} >= 0")
ONE = ("typeof({c}) = 'integer' AND {c} >= 1 AND {c} <= 1", "{c} >= 1 AND {c} <= 1")
LIMIT = (f"typeof({{c}}) = 'integer' AND {{c}} >= 1 AND {{c}} <= {10**12}", f"{{c}} >= 1 AND {{c}} <= {10**12}")
LEFT = (f"typeof({{c}}) = 'integer' AND {{c}} >= 0 AND {{c}} <= {10**12}", f"{{c}} >= 0 AND {{c}} <= {10**12}")
PRODUCTS = ("jira", "confluence")
TOTALS = ("runs", "partly", "reads", "writes")
Shape = tuple[str, str]


def add(name: str, type_: str, shape: Shape, pair: tuple[str, str] | None = None) -> None:
    """A column of a run that may be absent, as one statement: so SQLite need not make the table anew for a check."""
    sqlite, postgresql = shape
    quoted = f'"{name}"'
    check = f"{quoted} IS NULL OR ({sqlite})" if op.get_bind().dialect.name == "sqlite" else postgresql
    both = f"\n\tCONSTRAINT ck_runs_{pair[0]} CHECK ({pair[1]})" if pair else ""
    op.execute(
        f"ALTER TABLE runs ADD COLUMN {name} {type_}\n\tCONSTRAINT ck_runs_{name} CHECK ({check.format(c=quoted)}){both}"
    )


def total(name: str, shape: Shape) -> tuple[sa.Column[int], sa.CheckConstraint]:
    """A column of the totals on SQLite."""
    quoted = f'"{name}"'
    type_ = sa.Integer() if name == "id" else sa.BigInteger()
    check = f"{quoted} IS NULL OR ({shape[0].format(c=quoted)})"
    return sa.Column(name, type_, nullable=False), sa.CheckConstraint(check, name=op.f(f"ck_run_totals_{name}"))


def remake(totals: tuple[str, ...], filling: str) -> None:
    """The totals with these columns: SQLite takes a new one that is never absent by a new table only."""
    columns = [part for name, shape in (("id", ONE), *((t, COUNT) for t in totals)) for part in total(name, shape)]
    op.create_table("anew", *columns, sa.PrimaryKeyConstraint("id", name=op.f("pk_run_totals")))
    op.execute(filling)
    op.drop_table("run_totals")
    op.rename_table("anew", "run_totals")


def upgrade() -> None:
    """One step on; points are counted from now on, and earlier runs tell none."""
    add("points", "INTEGER", COUNT)
    for product in PRODUCTS:
        limit, left = f"{product}_limit", f"{product}_remaining"
        add(limit, "BIGINT", LIMIT)
        add(left, "BIGINT", LEFT, (f"{product}_quota", f'("{limit}" IS NULL) = ("{left}" IS NULL)'))
    if op.get_bind().dialect.name == "sqlite":
        remake((*TOTALS, "points"), "INSERT INTO anew SELECT *, 0 FROM run_totals")
    else:
        op.add_column("run_totals", sa.Column("points", sa.BigInteger(), nullable=False, server_default="0"))
        op.alter_column("run_totals", "points", server_default=None)
        op.create_check_constraint(op.f("ck_run_totals_points"), "run_totals", '"points" >= 0')


def downgrade() -> None:
    """One step back."""
    for product in reversed(PRODUCTS):
        for name in ("remaining", "limit"):
            op.drop_column("runs", f"{product}_{name}")
    op.drop_column("runs", "points")
    if op.get_bind().dialect.name == "sqlite":
        remake(TOTALS, "INSERT INTO anew SELECT id, runs, partly, reads, writes FROM run_totals")
    else:
        op.drop_column("run_totals", "points")
