"""Everything out of the memory at once, as on leaving; what proves that it was deleted stays."""

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, Table, delete, func, select

from connector.proofs import Rows
from connector.storage import tables
from connector.storage.expiry import Expiry
from connector.storage.transactions import Transactions

_COUNTED = {
    Rows.READINGS: tables.readings,
    Rows.ANSWERS: tables.answers,
    Rows.RESOURCES: tables.resources,
    Rows.RUNS: tables.runs,
    Rows.SLOTS: tables.slots,
    Rows.RHYTHMS: tables.rhythms,
}
_STAYS = frozenset({"deletions", "selfchecks", "fence"})  # a lease's token must never come again


class Clearing:
    """Errors: STORE_UNUSABLE with advice, whatever the database says; nothing is deleted then."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)
        self._expiry = Expiry(engine)

    def counts(self) -> Mapping[Rows, int]:
        """How many rows there are to delete."""
        return self._transactions.read(_counts)

    def clear(self) -> Mapping[Rows, int]:
        """Every row is gone, from the file too; counts them."""
        counts = self._transactions.write(_clear)
        self._expiry.rewrite()
        self._expiry.empty_journal()
        return counts


def _counts(connection: Connection) -> Mapping[Rows, int]:
    return {rows: _count(connection, table) for rows, table in _COUNTED.items()}


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _clear(connection: Connection) -> Mapping[Rows, int]:
    """Children before what they belong to."""
    counts = _counts(connection)
    for table in reversed(tables.metadata.sorted_tables):
        if table.name not in _STAYS:
            connection.execute(delete(table))
    return counts
