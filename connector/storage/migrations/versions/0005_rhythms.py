"""What teams wrote on their planning pages about when they meet, and which version of such a page is in force."""

import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = "'space', 'page', 'page-labels', 'issue', 'evidence', 'remote-link'"
ROWS = "'readings', 'answers', 'resources', 'runs', 'slots'"
DATE = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]"
DAY = (
    "typeof({c}) = 'text' AND length({c}) BETWEEN 1 AND 10 AND length(CAST({c} AS BLOB)) = length({c})"
    f" AND {{c}} NOT GLOB '*[^0-9-]*' AND {{c}} GLOB '{DATE}'",
    None,
)
ID = (
    "typeof({c}) = 'text' AND length({c}) BETWEEN 1 AND 40 AND length(CAST({c} AS BLOB)) = length({c})"
    " AND {c} NOT GLOB '*[^a-z0-9-]*'",
    "{c} ~ '^[a-z0-9-]{{1,40}}$'",
)
WEEK = (
    "typeof({c}) = 'text' AND length({c}) BETWEEN 1 AND 8 AND length(CAST({c} AS BLOB)) = length({c})"
    " AND {c} NOT GLOB '*[^0-9W-]*' AND {c} GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]'"
    " AND substr({c}, 7) BETWEEN '01' AND '53'",
    "{c} ~ '^[0-9]{{4}}-W(0[1-9]|[1-4][0-9]|5[0-3])$'",
)
TOGETHER = '("weekday" IS NULL) = ("minute" IS NULL) AND ("minute" IS NULL) = ("every" IS NULL)'


def between(lowest: int, highest: int) -> tuple[str, str]:
    """A whole number within bounds."""
    bounds = f"{{c}} >= {lowest} AND {{c}} <= {highest}"
    return f"typeof({{c}}) = 'integer' AND {bounds}", bounds


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


def relist(table: str, name: str, before: str, after: str) -> None:
    """A closed list is another one from now on; SQLite takes that by a new table only, all else as it was."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f'"{name}" IN ({after})')
        return
    asked = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    made = str(connection.execute(asked, {"name": table}).scalar_one())
    anew = re.sub(rf'\ACREATE TABLE "?{table}"?', "CREATE TABLE anew", made).replace(f"IN ({before})", f"IN ({after})")
    op.execute(anew)
    op.execute(f"INSERT INTO anew SELECT * FROM {table}")  # nosec B608  # noqa: S608 (names of our own tables)
    op.drop_table(table)
    op.rename_table("anew", table)


def upgrade() -> None:
    """One step on."""
    words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    number = sa.SmallInteger()
    relist("resources", "kind", KINDS, f"{KINDS}, 'plan'")
    relist("deletions", "rows", ROWS, f"{ROWS}, 'rhythms'")
    op.create_table(
        "rhythms",
        *column("rhythms", "team", words, ID),
        *column("rhythms", "cycle", words, ID),
        *column("rhythms", "valid_from", sa.Date(), DAY),
        *column("rhythms", "weekday", number, between(0, 4), empty=True),
        *column("rhythms", "minute", number, between(0, 1439), empty=True),
        *column("rhythms", "every", number, between(1, 99), empty=True),
        *column("rhythms", "review", sa.Date(), DAY, empty=True),
        sa.CheckConstraint(TOGETHER, name=op.f("ck_rhythms_meeting")),
        sa.PrimaryKeyConstraint("team", "cycle", name=op.f("pk_rhythms")),
    )
    op.create_table(
        "rhythm_quiet_weeks",
        *column("rhythm_quiet_weeks", "team", words, ID),
        *column("rhythm_quiet_weeks", "cycle", words, ID),
        *column("rhythm_quiet_weeks", "week", words, WEEK),
        sa.PrimaryKeyConstraint("team", "cycle", "week", name=op.f("pk_rhythm_quiet_weeks")),
        sa.ForeignKeyConstraint(
            ["team", "cycle"],
            ["rhythms.team", "rhythms.cycle"],
            name=op.f("fk_rhythm_quiet_weeks"),
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    """One step back."""
    for table in ("rhythm_quiet_weeks", "rhythms"):
        op.drop_table(table)
    op.execute("DELETE FROM resources WHERE kind = 'plan'")
    op.execute("DELETE FROM deletions WHERE \"rows\" = 'rhythms'")
    relist("resources", "kind", f"{KINDS}, 'plan'", KINDS)
    relist("deletions", "rows", f"{ROWS}, 'rhythms'", ROWS)
