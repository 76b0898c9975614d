"""Alembic runs this file for every command; the connection comes from `connector.storage.schema`."""

from alembic import context
from sqlalchemy import Connection, text

from connector.storage.tables import metadata, revision

_LOCK = 7_281_204  # any number that only our migrations use


def run(connection: Connection) -> None:
    """Migrates inside the caller's transaction: all steps or none, one process at a time."""
    if connection.dialect.name == "postgresql":  # on SQLite, BEGIN IMMEDIATE has taken the lock already
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    revision.create(connection, checkfirst=True)
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
