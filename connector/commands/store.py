"""`okr migrate` and `okr backup`: the database brought to this version, and a copy of it."""

import os
from pathlib import Path

import click

from connector.commands.terminal import put
from connector.config import Settings
from connector.storage.backup import back_up
from connector.storage.engine import engine_of
from connector.storage.schema import migrate as bring_to_head


@click.command()
def migrate() -> None:
    """Bring the database to this version; safe to call again."""
    engine = engine_of(Settings.from_environment(os.environ).database_url)
    try:
        bring_to_head(engine)
    finally:
        engine.dispose()
    click.echo("The database is of this version.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Put a whole copy of the SQLite database into FILE, while everything runs. For PostgreSQL there is pg_dump.

    To restore: stop, put the copy where DATABASE_URL says, without -wal and -shm files beside it, start.
    """
    engine = engine_of(Settings.from_environment(os.environ).database_url)
    try:
        back_up(engine, file)
    finally:
        engine.dispose()
    put([f"{file}: {file.stat().st_size} bytes."])
