"""Alembic at work: the steps from any earlier version to this one. Apart, because a run at its version needs none."""

from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from connector.errors import Advice
from connector.storage.trouble import store_unusable

_NEWER = Advice(
    what="The database was made by a newer version of okr-connector",
    why="its tables are unknown here",
    options=("install the newer version", "name another database in DATABASE_URL"),
)


def upgrade(connection: Connection) -> None:
    """All steps that are missing, within the caller's transaction."""
    try:
        command.upgrade(config_for(connection), "head")
        return
    except CommandError:
        pass
    raise store_unusable(_NEWER)


def config_for(connection: Connection) -> Config:
    """What Alembic's commands are given."""
    config = Config(stdout=StringIO())
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
