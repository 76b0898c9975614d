"""Whether a page that others quote was for everybody or for some when that was last looked at."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BEFORE = "'space', 'page', 'page-labels', 'issue', 'evidence', 'remote-link', 'plan'"
AFTER = f"{BEFORE}, 'readers'"


def relist(before: str, after: str) -> None:
    """A closed list is another one from now on; SQLite takes that by a new table only, all else as it was."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_resources_kind"), "resources", type_="check")
        op.create_check_constraint(op.f("ck_resources_kind"), "resources", f'"kind" IN ({after})')
        return
    asked = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'resources'")
    made = str(connection.execute(asked).scalar_one())
    anew = re.sub(r'\ACREATE TABLE "?resources"?', "CREATE TABLE anew", made)
    op.execute(anew.replace(f"IN ({before})", f"IN ({after})"))
    op.execute("INSERT INTO anew SELECT * FROM resources")
    op.drop_table("resources")
    op.rename_table("anew", "resources")


def upgrade() -> None:
    """One step on."""
    relist(BEFORE, AFTER)


def downgrade() -> None:
    """One step back."""
    op.execute("DELETE FROM resources WHERE kind = 'readers'")
    relist(AFTER, BEFORE)
