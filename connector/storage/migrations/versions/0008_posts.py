"""That a team was told of its page is a slot of its own, so that it is told once."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = "'planning', 'check-in', 'refresh', 'review', 'nightly', 'poll', 'retention'"
AFTER = f"{BEFORE}, 'post'"


def relist(before: str, after: str) -> None:
    """A closed list is another one from now on; SQLite takes that by a new table only, all else as it was."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_slots_kind"), "slots", type_="check")
        op.create_check_constraint(op.f("ck_slots_kind"), "slots", f'"kind" IN ({after})')
        return
    asked = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'slots'")
    made = str(connection.execute(asked).scalar_one())
    anew = re.sub(r'\ACREATE TABLE "?slots"?', "CREATE TABLE anew", made).replace(f"IN ({before})", f"IN ({after})")
    op.execute(anew)
    op.execute("INSERT INTO anew SELECT * FROM slots")
    op.drop_table("slots")
    op.rename_table("anew", "slots")


def upgrade() -> None:
    """One step on."""
    relist(BEFORE, AFTER)


def downgrade() -> None:
    """One step back."""
    op.execute("DELETE FROM slots WHERE kind = 'post'")
    relist(AFTER, BEFORE)
