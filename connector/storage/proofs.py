"""Checks and deletions on a database; see `connector.proofs.ProofLedger` for what each call promises."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, Engine, insert, select

from connector.proofs import Check, Deletion, Rows
from connector.storage.conflicts import insert_into
from connector.storage.tables import deletions, selfchecks
from connector.storage.transactions import Transactions


class Proofs:
    """A ProofLedger: every call is a transaction of its own, committed when it returns.

    Errors: STORE_UNUSABLE with advice, whatever the database says.
    """

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def record(self, check: Check) -> None:
        """One check more."""
        self._transactions.write(lambda connection: connection.execute(insert(selfchecks).values(asdict(check))))

    def last_check(self) -> Check | None:
        """The newest one, if there ever was one."""
        found = self._transactions.rows(select(selfchecks).order_by(selfchecks.c.id.desc()).limit(1))
        names = [column.name for column in selfchecks.c if column.name != "id"]
        return Check(**{name: getattr(found[0], name) for name in names}) if found else None

    def note(self, made: Iterable[Deletion]) -> None:
        """What was deleted; a second run on one day adds to the first."""
        ordered = sorted(made, key=lambda deletion: (deletion.on, deletion.rows))
        if ordered:
            self._transactions.write(lambda connection: _add(connection, ordered))

    def deletions(self, since: date) -> tuple[Deletion, ...]:
        """By day and table, the newest day first."""
        wanted = select(deletions).where(deletions.c.on >= since).order_by(deletions.c.on.desc(), deletions.c.rows)
        found = self._transactions.rows(wanted)
        return tuple(Deletion(on=row.on, rows=Rows(row.rows), count=row.deleted) for row in found)


def _add(connection: Connection, made: list[Deletion]) -> None:
    for deletion in made:
        statement = insert_into(connection.dialect.name, deletions)
        values = {"on": deletion.on, "rows": deletion.rows.value, "deleted": deletion.count}
        added = {"deleted": deletions.c.deleted + statement.excluded.deleted}
        connection.execute(statement.on_conflict_do_update(index_elements=["on", "rows"], set_=added), values)
