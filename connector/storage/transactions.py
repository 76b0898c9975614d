"""Transactions of this room: one per call, committed when it returns, failures told in our own words."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Executable
from sqlalchemy.exc import SQLAlchemyError

from connector.storage.engine import READING
from connector.storage.trouble import advice_for, store_unusable

T = TypeVar("T")


class Transactions:
    """Errors: STORE_UNUSABLE with advice, whatever the database says; nothing of the call is kept then."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.reading = engine.execution_options(**{READING: True})

    def rows(self, statement: Executable) -> list[Any]:
        """What one question finds; takes no lock."""
        return self.read(lambda connection: list(connection.execute(statement)))

    def read(self, work: Callable[[Connection], T]) -> T:
        """Several questions to one consistent state of SQLite; takes no lock."""
        return _done(self.reading, work)

    def write(self, work: Callable[[Connection], T]) -> T:
        """All of the work or nothing; on SQLite, alone from its first read on."""
        return _done(self.engine, work)


def _done(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Raised outside the handler, so that the error carries no context that could quote a row."""
    try:
        with engine.begin() as connection:
            return work(connection)
    except SQLAlchemyError as error:
        advice = advice_for(error)
    raise store_unusable(advice)
