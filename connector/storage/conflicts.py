"""An insert that says what happens to a row that is there already, as the database at hand spells it."""

from importlib import import_module
from typing import Any

from sqlalchemy import Table


def insert_into(dialect: str, table: Table) -> Any:
    """Has `excluded`, `on_conflict_do_update` and `on_conflict_do_nothing`.

    The module of the dialect is the one that the engine has read already; that of the other database stays unread.
    """
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)
