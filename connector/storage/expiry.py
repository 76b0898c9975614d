"""Deleting what is out of date, and emptying the places where a database keeps what was deleted."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, delete, select, text
from sqlalchemy.exc import SQLAlchemyError

from connector.storage import tables
from connector.storage.engine import PATIENCE, is_embedded
from connector.storage.rhythms import Rhythms
from connector.storage.transactions import Transactions
from mappings.calendar import IsoWeek

_REWRITTEN = (
    *("readings", "answers", "answers_observed", "open_cells"),
    *("resources", "runs", "run_requests", "slots", "rhythms"),
)


class Expiry:
    """Each call is a transaction of its own and counts the rows that are gone.

    Errors: STORE_UNUSABLE with advice, whatever the database says.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._transactions = Transactions(engine)
        self._rhythms = Rhythms(engine)

    def reading_days(self) -> tuple[date, ...]:
        """The days that there are readings of."""
        return tuple(row.on for row in self._transactions.rows(select(tables.readings.c.on).distinct()))

    def answer_weeks(self) -> tuple[IsoWeek, ...]:
        """The weeks that there are answers of, or cells with words in them."""
        kept = (tables.answers, tables.open_cells)
        found = {row.week for table in kept for row in self._transactions.rows(select(table.c.week).distinct())}
        return tuple(IsoWeek.parse(week) for week in sorted(found))

    def forget_readings(self, days: Iterable[date]) -> int:
        """The readings of these days are gone."""
        return self._forget(tables.readings, "on", sorted(days))

    def forget_answers(self, weeks: Iterable[IsoWeek]) -> int:
        """The answers of these weeks are gone, with what was observed and which cells were left open."""
        named = sorted(map(str, weeks))
        self._forget(tables.answers_observed, "week", named)
        self._forget(tables.open_cells, "week", named)
        return self._forget(tables.answers, "week", named)

    def forget_rhythms(self, keys: Iterable[tuple[str, str]]) -> int:
        """What these teams wrote about these cycles is gone, with the quiet weeks."""
        return self._rhythms.forget_rhythms(keys)

    def forget_runs(self, before: datetime) -> int:
        """Runs that ended before that moment are gone, with what each asked for; their totals stay."""
        gone = delete(tables.runs).where(tables.runs.c.finished < before).returning(tables.runs.c.id)
        return self._transactions.write(lambda connection: len(connection.execute(gone).all()))

    def empty_journal(self, patience: int = 0) -> bool:
        """Nothing that was deleted is left in SQLite's write-ahead log; false if a reader still looks at it then.

        `patience` in milliseconds. PostgreSQL recycles its own log by itself: nothing is to be done, and it is true.
        """
        if not is_embedded(self._engine):
            return True
        with suppress(SQLAlchemyError, sqlite3.Error), self._engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute(f"PRAGMA busy_timeout={int(patience)}")
            try:
                busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                driver.execute(f"PRAGMA busy_timeout={PATIENCE}")
            return not busy
        return False

    def rewrite(self) -> bool:
        """The tables are written anew without the holes that deleted rows left; false where the database is busy."""
        statements = ["VACUUM"] if is_embedded(self._engine) else [f"VACUUM FULL {name}" for name in _REWRITTEN]
        with suppress(SQLAlchemyError, sqlite3.Error), self._engine.connect() as connection:
            if is_embedded(self._engine):
                driver: Any = connection.connection.driver_connection
                driver.execute("VACUUM")
                return True
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            alone.execute(text("SET lock_timeout = '5s'"))
            for statement in statements:
                alone.execute(text(statement))
            return True
        return False

    def _forget(self, table: Table, column: str, values: Sequence[object]) -> int:
        if not values:
            return 0
        statement = delete(table).where(table.c[column] == bindparam("a_value"))

        def work(connection: Connection) -> int:
            return sum(connection.execute(statement, {"a_value": value}).rowcount for value in values)

        return self._transactions.write(work)
