"""The last day on which each sender's delivery was let in."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, Engine, select

from connector.arrivals import Sender
from connector.storage import tables
from connector.storage.conflicts import insert_into
from connector.storage.transactions import Transactions


class Arrivals:
    """An ArrivalLedger. Errors: STORE_UNUSABLE with advice, whatever the database says."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def note(self, sender: Sender, on: date) -> None:
        """The later day of the one known and this one."""
        self._transactions.write(lambda connection: _note(connection, sender, on))

    def last(self) -> Mapping[Sender, date]:
        """By sender, as far as one ever arrived."""
        return {Sender(row.sender): row.on for row in self._transactions.rows(select(tables.arrivals))}


def _note(connection: Connection, sender: Sender, on: date) -> None:
    table = tables.arrivals
    statement = insert_into(connection.dialect.name, table).values(sender=sender.value, on=on)
    later = statement.on_conflict_do_update(
        index_elements=["sender"], set_={"on": statement.excluded["on"]}, where=table.c.on < statement.excluded["on"]
    )
    connection.execute(later)
