"""Until when a site's search may not know what an event told of, beside the ring that it made."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DATE = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]"
TIME = (
    "typeof({c}) = 'text' AND length({c}) BETWEEN 1 AND 26 AND length(CAST({c} AS BLOB)) = length({c})"
    " AND {c} NOT GLOB '*[^0-9:. -]*'"
    f" AND {{c}} GLOB '{DATE} [0-2][0-9]:[0-5][0-9]:[0-5][0-9].{'[0-9]' * 6}'"
)


def upgrade() -> None:
    """One step on; on SQLite as one statement, so that the table need not be made anew for a check."""
    if op.get_bind().dialect.name == "sqlite":
        check = TIME.format(c='"behind_until"')
        op.execute(
            'ALTER TABLE rings ADD COLUMN behind_until DATETIME'
            f' CONSTRAINT ck_rings_behind_until CHECK ("behind_until" IS NULL OR ({check}))'
        )
    else:
        op.add_column("rings", sa.Column("behind_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """One step back."""
    op.drop_column("rings", "behind_until")
