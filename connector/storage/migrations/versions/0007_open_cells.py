"""Which cells of check-in pages hold words without a value of ours: which, never what."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KINDS = "'number', 'state', 'confidence', 'words'"


def plain(characters: str, longest: int) -> str:
    """SQLite: text of these characters only."""
    return (
        f"typeof({{c}}) = 'text' AND length({{c}}) BETWEEN 1 AND {longest}"
        f" AND length(CAST({{c}} AS BLOB)) = length({{c}}) AND {{c}} NOT GLOB '*[^{characters}]*'"
    )


TEAM = (plain("a-z0-9-", 40), "{c} ~ '^[a-z0-9-]{{1,40}}$'")
INDICATOR_ID = (plain("a-z0-9-", 60), "{c} ~ '^[a-z0-9-]{{1,60}}$'")
KEY_RESULT = (
    plain("a-z0-9/-", 203) + " AND {c} GLOB '?*/?*/?*/?*' AND {c} NOT GLOB '*/*/*/*/*' AND {c} NOT GLOB '*//*'",
    "{c} ~ '^[a-z0-9-]+(/[a-z0-9-]+){{3}}$' AND length({c}) <= 203",
)
WEEK = (
    plain("0-9W-", 8) + " AND {c} GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]' AND substr({c}, 7) BETWEEN '01' AND '53'",
    "{c} ~ '^[0-9]{{4}}-W(0[1-9]|[1-4][0-9]|5[0-3])$'",
)
KIND = (f"{{c}} IN ({KINDS})", f"{{c}} IN ({KINDS})")
PLACE = ("typeof({c}) = 'integer' AND {c} >= 0", "{c} >= 0")
YES_OR_NO = ("typeof({c}) = 'integer' AND {c} >= 0 AND {c} <= 1", "{c} >= 0 AND {c} <= 1")


def column(
    name: str, type_: sa.types.TypeEngine[Any], shape: tuple[str, str], *, empty: bool = False
) -> Iterator[sa.Column[Any] | sa.CheckConstraint]:
    """A column and the check of its shape for the database at hand."""
    yield sa.Column(name, type_, nullable=empty)
    sqlite, postgresql = shape
    quoted = f'"{name}"'
    condition = f"{quoted} IS NULL OR ({sqlite})" if op.get_bind().dialect.name == "sqlite" else postgresql
    yield sa.CheckConstraint(condition.format(c=quoted), name=op.f(f"ck_open_cells_{name}"))


def upgrade() -> None:
    """One step on."""
    words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    number = sa.SmallInteger()
    op.create_table(
        "open_cells",
        *column("team", words, TEAM),
        *column("week", words, WEEK),
        *column("place", number, PLACE),
        *column("key_result", words, KEY_RESULT, empty=True),
        *column("kind", words, KIND),
        *column("indicator", words, INDICATOR_ID, empty=True),
        *column("repeats", number, YES_OR_NO),
        sa.CheckConstraint('("kind" = \'words\') = ("key_result" IS NULL)', name=op.f("ck_open_cells_words")),
        sa.CheckConstraint('("kind" = \'number\') = ("indicator" IS NOT NULL)', name=op.f("ck_open_cells_number")),
        sa.PrimaryKeyConstraint("team", "week", "place", name=op.f("pk_open_cells")),
    )


def downgrade() -> None:
    """One step back."""
    op.drop_table("open_cells")
