"""`okr migrate`: the database brought to this version."""

import os

import click

from connector.config import Settings
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
