"""Which moments were served, on a database; see `connector.rings.SlotLedger` for what each call promises."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, select

from connector.rings import Cause, Due, Slot, SlotKind
from connector.storage import tables
from connector.storage.conflicts import insert_into
from connector.storage.ring_rows import ring_in
from connector.storage.transactions import Transactions


class Slots:
    """A SlotLedger: every call is a transaction of its own, committed when it returns.

    Errors: STORE_UNUSABLE with advice, whatever the database says.
    """

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def serve(self, slots: Sequence[Slot], at: datetime, *, ring: bool = True) -> tuple[Slot, ...]:
        """Those that nobody had served, as they were given; they are served and their teams rung, or neither."""

        def work(connection: Connection) -> tuple[Slot, ...]:
            ordered = sorted(set(slots), key=lambda slot: (slot.team, slot.kind, slot.slot))
            fresh = {slot for slot in ordered if _insert(connection, slot, at)}
            served = tuple(slot for slot in dict.fromkeys(slots) if slot in fresh)
            if ring and served:
                ring_in(connection, {slot.team: Due(cause=_cause(slot), not_before=at) for slot in served})
            return served

        return self._transactions.write(work) if slots else ()

    def served(self, since: datetime) -> tuple[Slot, ...]:
        """Those served at that moment or later, the earliest first."""
        table = tables.slots
        question = select(table).where(table.c.served_at >= since)
        ordered = question.order_by(table.c.served_at, table.c.team, table.c.kind, table.c.slot)
        found = self._transactions.rows(ordered)
        return tuple(Slot(team=row.team, kind=SlotKind(row.kind), slot=row.slot) for row in found)

    def forget_before(self, moment: datetime) -> int:
        """Those served before it are gone; counts them."""
        gone = delete(tables.slots).where(tables.slots.c.served_at < moment).returning(tables.slots.c.team)
        return self._transactions.write(lambda connection: len(connection.execute(gone).all()))


def _insert(connection: Connection, slot: Slot, at: datetime) -> bool:
    """One row at a time in one order: on PostgreSQL the other clock's uncommitted row is waited for."""
    statement = (
        insert_into(connection.dialect.name, tables.slots).on_conflict_do_nothing().returning(tables.slots.c.slot)
    )
    values = {"team": slot.team, "kind": slot.kind.value, "slot": slot.slot, "served_at": at}
    return connection.execute(statement, values).first() is not None


def _cause(slot: Slot) -> Cause:
    return Cause.POLL if slot.kind is SlotKind.POLL else Cause.SLOT
