"""The columns as they are made, for whoever has to say what is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, Column, Date, Integer, Table

from connector.storage.shapes import UTCDateTime
from connector.storage.tables import metadata, revision


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnShape:
    """One column."""

    table: str
    name: str
    kind: str  # text, number, day, or time
    check: str  # the condition on SQLite, where every column has one
    pattern: str  # the one on PostgreSQL, which people can read; empty where the type says it all
    empty: bool  # whether it may be absent


def column_shapes() -> tuple[ColumnShape, ...]:
    """Every column there is, table by table."""
    return tuple(
        _shape(table, column, _conditions(table))
        for table in (*metadata.sorted_tables, revision)
        for column in table.columns
    )


def _conditions(table: Table) -> Mapping[tuple[str, str], str]:
    """By constraint name and database."""
    checks = (c for c in table.constraints if isinstance(c, CheckConstraint))
    return {
        (str(check.name), str(check._ddl_if.dialect)): str(check.sqltext)
        for check in checks
        if check._ddl_if is not None
    }


def _shape(table: Table, column: Column[Any], conditions: Mapping[tuple[str, str], str]) -> ColumnShape:
    name = f"ck_{table.name}_{column.name}"
    return ColumnShape(
        table=str(table.name),
        name=str(column.name),  # a plain one: the library has names of its own kind
        kind=_kind(column),
        check=conditions.get((name, "sqlite"), ""),
        pattern=conditions.get((name, "postgresql"), "").replace(f'"{column.name}"', "").strip(),
        empty=bool(column.nullable),
    )


def _kind(column: Column[Any]) -> str:
    if isinstance(column.type, Integer):
        return "number"
    if isinstance(column.type, Date):
        return "day"
    return "time" if isinstance(column.type, UTCDateTime) else "text"
