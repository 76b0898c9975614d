"""Bringing a database to the tables of this version, and seeing whether it is there."""

from importlib import import_module

from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from connector.storage.engine import READING
from connector.storage.tables import HEAD, revision
from connector.storage.trouble import advice_for, store_unusable


def migrate(engine: Engine) -> None:
    """The database has the tables of this version afterwards; done in one transaction, safe beside other processes."""
    upgrade = import_module("connector.storage.migration").upgrade  # a fifth of a short run's start, seldom needed
    try:
        with engine.begin() as connection:
            upgrade(connection)
        return
    except SQLAlchemyError as error:
        advice = advice_for(error)
    raise store_unusable(advice)


def at_head(engine: Engine) -> bool:
    """Whether the database has exactly the tables of this version; writes nothing."""
    try:
        with engine.execution_options(**{READING: True}).connect() as connection:
            if not inspect(connection).has_table(revision.name):
                return False
            return list(connection.execute(select(revision.c.version_num)).scalars()) == [HEAD]
    except SQLAlchemyError as error:
        advice = advice_for(error)
    raise store_unusable(advice)
