"""The connector's memory on a database; see `connector.ledger.Ledger` for what each call promises."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, Table, bindparam, delete, insert, select, text

from connector.errors import Advice
from connector.ledger import Answer, Kind, Resource, RunRecord, RunTotals
from connector.rhythms import WrittenRhythm
from connector.storage import rows, runs, tables
from connector.storage.arrivals import Arrivals
from connector.storage.clearing import Clearing
from connector.storage.conflicts import insert_into
from connector.storage.engine import engine_of, is_embedded
from connector.storage.expiry import Expiry
from connector.storage.group_commit import GroupCommit
from connector.storage.open_cells import OpenCells
from connector.storage.proofs import Proofs
from connector.storage.rhythms import Rhythms
from connector.storage.rings import Rings
from connector.storage.schema import at_head, migrate
from connector.storage.slots import Slots
from connector.storage.transactions import Transactions
from connector.storage.trouble import store_unusable
from mappings.calendar import IsoWeek
from mappings.indicators import Reading
from mappings.open_cells import OpenCell

_CHUNK = 400  # values in one IN list; SQLite takes 999 on its oldest builds

_NOT_MIGRATED = Advice(
    where="DATABASE_URL",
    what="The database has not the tables of this version",
    why="a shared PostgreSQL database is migrated by one command, not by every process that starts",
    options=("run `okr migrate`", "start the version that the database was migrated for"),
)


class Store:
    """A Ledger: every call is a transaction of its own, committed when it returns; the queue is on the same database.

    Errors: STORE_UNUSABLE with advice, whatever the database says.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._transactions = Transactions(engine)
        self.ring_ledger = Rings(engine)
        self.slot_ledger = Slots(engine)
        self.proofs = Proofs(engine)
        self.expiry = Expiry(engine)
        self.clearing = Clearing(engine)
        self.arrivals = Arrivals(engine)
        self._rhythms = Rhythms(engine)
        self._open_cells = OpenCells(engine)

    @classmethod
    def open(cls, url: str) -> Self:
        """The memory at `DATABASE_URL`: an embedded file is brought to this version, PostgreSQL must be there."""
        engine = engine_of(url)
        try:
            if not at_head(engine):
                _bring_to_head(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        """Gives the database's connections back."""
        self._engine.dispose()

    def group_commit(self) -> GroupCommit:
        """The door's way to ring at speed; not started yet, because a writer belongs to the process that serves."""
        return GroupCommit(self._engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def resources(self) -> Mapping[tuple[Kind, str], Resource]:
        """Everything that was written, by kind and ref."""
        found = self._transactions.rows(
            select(tables.resources).order_by(tables.resources.c.kind, tables.resources.c.ref)
        )
        kept = [rows.resource_of(row) for row in found]
        return {(resource.kind, resource.ref): resource for resource in kept}

    def keep(self, resources: Iterable[Resource]) -> None:
        """Rows made or replaced; of two with one kind and ref, the later one."""
        latest = {(resource.kind.value, resource.ref): resource for resource in resources}
        values = [rows.resource_values(latest[key]) for key in sorted(latest)]
        self._transactions.write(lambda connection: _upsert(connection, tables.resources, values))

    def forget(self, resources: Iterable[tuple[Kind, str]]) -> None:
        """Rows gone, from the file too; a row that is not there is no error."""
        gone = [{"a_kind": kind.value, "a_ref": ref} for kind, ref in sorted(set(resources))]
        table = tables.resources
        statement = delete(table).where(table.c.kind == bindparam("a_kind"), table.c.ref == bindparam("a_ref"))
        if gone:
            self._transactions.write(lambda connection: connection.execute(statement, gone))
            self.expiry.empty_journal()

    def readings(self) -> tuple[Reading, ...]:
        """All series, by indicator and day."""
        table = tables.readings
        return tuple(
            map(rows.reading_of, self._transactions.rows(select(table).order_by(table.c.indicator, table.c.on)))
        )

    def add_readings(self, readings: Iterable[Reading]) -> int:
        """Newer values win; counts the days whose value is new or another number than before."""
        latest = {(reading.indicator, reading.on): reading for reading in readings}
        if not latest:
            return 0
        return self._transactions.write(
            lambda connection: _add_changed(connection, [latest[key] for key in sorted(latest)])
        )

    def take_back(self, readings: Iterable[tuple[str, date]]) -> None:
        """Readings gone, from the file too; one that is not there is no error."""
        table = tables.readings
        statement = delete(table).where(table.c.indicator == bindparam("a_name"), table.c.on == bindparam("a_day"))
        gone = [{"a_name": indicator, "a_day": day} for indicator, day in sorted(set(readings))]
        if gone:
            self._transactions.write(lambda connection: connection.execute(statement, gone))
            self.expiry.empty_journal()

    def answers(self) -> tuple[Answer, ...]:
        """All answers, by team, week and key result."""
        return self._transactions.read(_all_answers)

    def keep_answers(self, answers: Iterable[Answer]) -> None:
        """Replaces what was known of the same team, week and key result."""
        latest = {rows.answer_key(answer): answer for answer in answers}
        ordered = [latest[key] for key in sorted(latest)]
        if ordered:
            self._transactions.write(lambda connection: _replace_answers(connection, ordered))

    def open_cells(self) -> tuple[OpenCell, ...]:
        """All of them, by team, week and place on the page."""
        return self._open_cells.all()

    def keep_open_cells(self, pages: Iterable[tuple[str, IsoWeek]], cells: Iterable[OpenCell]) -> None:
        """Replaces what was known of these pages."""
        self._open_cells.keep(pages, cells)

    def rhythms(self) -> tuple[WrittenRhythm, ...]:
        """What teams wrote about when they meet, by team and cycle."""
        return self._rhythms.rhythms()

    def keep_rhythms(self, written: Iterable[WrittenRhythm]) -> None:
        """Replaces what was known of the same team and cycle."""
        self._rhythms.keep_rhythms(written)

    def record_run(self, run: RunRecord) -> int:
        """The run's number, counted up."""
        return self._transactions.write(lambda connection: runs.record(connection, run))

    def runs(self, newest: int) -> tuple[tuple[int, RunRecord], ...]:
        """The newest runs by number, the newest first."""
        return self._transactions.read(lambda connection: runs.newest(connection, newest))

    def run_totals(self) -> RunTotals:
        """All runs together, since the database was made."""
        return self._transactions.read(runs.totals)


def _bring_to_head(engine: Engine) -> None:
    if not is_embedded(engine):
        raise store_unusable(_NOT_MIGRATED)
    migrate(engine)


def _upsert(connection: Connection, table: Table, values: list[rows.Values]) -> None:
    """Row by row on both databases: a statement of many rows may not touch one row twice on PostgreSQL."""
    if not values:
        return
    statement = insert_into(connection.dialect.name, table)
    key = [column.name for column in table.primary_key]
    replaced = {column.name: statement.excluded[column.name] for column in table.c if column.name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=replaced), values)


def _add_changed(connection: Connection, readings: list[Reading]) -> int:
    if connection.dialect.name == "postgresql":  # what is counted here may not be written by another meanwhile
        connection.execute(text("LOCK TABLE readings IN SHARE ROW EXCLUSIVE MODE"))
    known = _known_readings(connection, sorted({reading.indicator for reading in readings}))
    changed = [r for r in readings if known.get((r.indicator, r.on), r) is r or known[r.indicator, r.on] != r]
    _upsert(connection, tables.readings, [rows.reading_values(reading) for reading in changed])
    return len(changed)


def _known_readings(connection: Connection, indicators: list[str]) -> dict[tuple[str, object], Reading]:
    table = tables.readings
    known = {}
    for start in range(0, len(indicators), _CHUNK):
        chunk = indicators[start : start + _CHUNK]
        for row in connection.execute(select(table).where(table.c.indicator.in_(chunk))):
            known[row.indicator, row.on] = rows.reading_of(row)
    return known


def _all_answers(connection: Connection) -> tuple[Answer, ...]:
    table, child = tables.answers, tables.answers_observed
    observed = defaultdict(list)
    for row in connection.execute(select(child).order_by(child.c.place)):
        observed[row.team, row.week, row.key_result].append((row.indicator, rows.decimal_of(row)))
    ordered = select(table).order_by(table.c.team, table.c.week, table.c.key_result)
    return tuple(
        rows.answer_of(row, observed[row.team, row.week, row.key_result]) for row in connection.execute(ordered)
    )


def _replace_answers(connection: Connection, answers: list[Answer]) -> None:
    """The parent row first: it is the lock that keeps two harvests of one page apart."""
    _upsert(connection, tables.answers, [rows.answer_values(answer) for answer in answers])
    child = tables.answers_observed
    old = delete(child).where(
        child.c.team == bindparam("a_team"),
        child.c.week == bindparam("a_week"),
        child.c.key_result == bindparam("a_key_result"),
    )
    keys = [dict(zip(("a_team", "a_week", "a_key_result"), rows.answer_key(a), strict=True)) for a in answers]
    connection.execute(old, keys)
    seen = [values for answer in answers for values in rows.observed_values(answer)]
    if seen:
        connection.execute(insert(child), seen)
