"""Bringing a database to the tables of this version, and seeing whether it is there."""

from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from connector.errors import Advice
from connector.storage.engine import READING
from connector.storage.trouble import advice_for, store_unusable

_NEWER = Advice(
    what="The database was made by a newer version of okr-connector",
    why="its tables are unknown here",
    options=("install the newer version", "name another database in DATABASE_URL"),
)


def migrate(engine: Engine) -> None:
    """The database has the tables of this version afterwards; done in one transaction, safe beside other processes."""
    try:
        with engine.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        return
    except CommandError:
        advice = _NEWER
    except SQLAlchemyError as error:
        advice = advice_for(error)
    raise store_unusable(advice)


def at_head(engine: Engine) -> bool:
    """Whether the database has exactly the tables of this version; writes nothing."""
    try:
        with engine.execution_options(**{READING: True}).connect() as connection:
            heads = MigrationContext.configure(connection).get_current_heads()
        return set(heads) == set(ScriptDirectory.from_config(_config()).get_heads())
    except SQLAlchemyError as error:
        advice = advice_for(error)
    raise store_unusable(advice)


def _config() -> Config:
    config = Config(stdout=StringIO())
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
