"""Resources, readings, answers and runs."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KINDS = "'space', 'page', 'page-labels', 'issue', 'evidence', 'remote-link'"
STATES = "'open', 'supported', 'unclear', 'weakened', 'discarded'"
DATE = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]"
CLOCK = "[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]"
VALUE = '("units" IS NULL) = ("digits" IS NULL)'


def plain(characters: str, longest: int) -> str:
    """SQLite: text of these characters only; counted in bytes too, since GLOB and length end at a NUL."""
    return (
        f"typeof({{c}}) = 'text' AND length({{c}}) BETWEEN 1 AND {longest}"
        f" AND length(CAST({{c}} AS BLOB)) = length({{c}}) AND {{c}} NOT GLOB '*[^{characters}]*'"
    )


REF = (plain("A-Za-z0-9/.*>_-", 300), "{c} ~ '^[A-Za-z0-9/.*>_-]+$' AND length({c}) <= 300")
TEAM = (plain("a-z0-9-", 40), "{c} ~ '^[a-z0-9-]{{1,40}}$'")
INDICATOR_ID = (plain("a-z0-9-", 60), "{c} ~ '^[a-z0-9-]{{1,60}}$'")
INDICATOR = (
    plain("a-z0-9/-", 101) + " AND {c} GLOB '?*/?*' AND {c} NOT GLOB '*/*/*'",
    "{c} ~ '^[a-z0-9-]+/[a-z0-9-]+$' AND length({c}) <= 101",
)
KEY_RESULT = (
    plain("a-z0-9/-", 203) + " AND {c} GLOB '?*/?*/?*/?*' AND {c} NOT GLOB '*/*/*/*/*' AND {c} NOT GLOB '*//*'",
    "{c} ~ '^[a-z0-9-]+(/[a-z0-9-]+){{3}}$' AND length({c}) <= 203",
)
WEEK = (
    plain("0-9W-", 8) + " AND {c} GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]' AND substr({c}, 7) BETWEEN '01' AND '53'",
    "{c} ~ '^[0-9]{{4}}-W(0[1-9]|[1-4][0-9]|5[0-3])$'",
)
LENGTHS = "length({c}) IN (8, 10, 12, 16, 20, 32, 40, 64)"
DIGEST = (f"{plain('0-9a-f', 64)} AND {LENGTHS}", f"{{c}} ~ '^[0-9a-f]+$' AND {LENGTHS}")
REMOTE_ID = (plain("0-9", 20), "{c} ~ '^[0-9]{{1,20}}$'")
DAY = (plain("0-9-", 10) + f" AND {{c}} GLOB '{DATE}'", None)
TIME = (plain("0-9:. -", 26) + f" AND {{c}} GLOB '{DATE} {CLOCK}'", None)
COUNT = ("typeof({c}) = 'integer' AND {c} >= 0", "{c} >= 0")


def between(lowest: int, highest: int) -> tuple[str, str]:
    """A whole number within bounds."""
    bounds = f"{{c}} >= {lowest} AND {{c}} <= {highest}"
    return f"typeof({{c}}) = 'integer' AND {bounds}", bounds


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


def value(table: str) -> Iterator[sa.Column[Any] | sa.CheckConstraint]:
    """A decimal: a whole number and the place of its point."""
    most = 10**18 - 1
    yield from column(table, "units", sa.BigInteger(), between(-most, most), empty=True)
    yield from column(table, "digits", sa.SmallInteger(), between(0, 18), empty=True)
    yield sa.CheckConstraint(VALUE, name=op.f(f"ck_{table}_value"))


def key(table: str, *names: str) -> sa.PrimaryKeyConstraint:
    """The primary key."""
    return sa.PrimaryKeyConstraint(*names, name=op.f(f"pk_{table}"))


def upgrade() -> None:
    """One step on."""
    words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    time = sa.DateTime(timezone=True)
    op.create_table(
        "resources",
        *column("resources", "kind", words, one_of(KINDS)),
        *column("resources", "ref", words, REF),
        *column("resources", "remote_id", words, REMOTE_ID, empty=True),
        *column("resources", "version", sa.Integer(), COUNT, empty=True),
        *column("resources", "digest", words, DIGEST, empty=True),
        *column("resources", "drifted", sa.Integer(), COUNT),
        *column("resources", "since", time, TIME),
        key("resources", "kind", "ref"),
    )
    op.create_table(
        "readings",
        *column("readings", "indicator", words, INDICATOR),
        *column("readings", "on", sa.Date(), DAY),
        *value("readings"),
        key("readings", "indicator", "on"),
    )
    op.create_table(
        "answers",
        *column("answers", "team", words, TEAM),
        *column("answers", "week", words, WEEK),
        *column("answers", "key_result", words, KEY_RESULT),
        *column("answers", "state", words, one_of(STATES), empty=True),
        *column("answers", "confidence", sa.SmallInteger(), between(1, 10), empty=True),
        key("answers", "team", "week", "key_result"),
    )
    op.create_table(
        "answers_observed",
        *column("answers_observed", "team", words, TEAM),
        *column("answers_observed", "week", words, WEEK),
        *column("answers_observed", "key_result", words, KEY_RESULT),
        *column("answers_observed", "indicator", words, INDICATOR_ID),
        *column("answers_observed", "place", sa.SmallInteger(), COUNT),
        *value("answers_observed"),
        key("answers_observed", "team", "week", "key_result", "indicator"),
        sa.ForeignKeyConstraint(
            ["team", "week", "key_result"],
            ["answers.team", "answers.week", "answers.key_result"],
            name=op.f("fk_answers_observed"),
            ondelete="CASCADE",
        ),
    )
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    counts = ("created", "updated", "retired", "unchanged", "drift", "failed", "reads", "writes")
    op.create_table(
        "runs",
        *column("runs", "id", number, ("typeof({c}) = 'integer' AND {c} >= 1", "{c} >= 1")),
        *column("runs", "started", time, TIME),
        *column("runs", "finished", time, TIME),
        *(part for count in counts for part in column("runs", count, sa.Integer(), COUNT)),
        key("runs", "id"),
    )


def downgrade() -> None:
    """One step back."""
    for table in ("runs", "answers_observed", "answers", "readings", "resources"):
        op.drop_table(table)
