"""Runs in counts: each for itself, until it is forgotten, and all together for ever."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, Table, insert, select

from connector.ledger import RunRecord, RunTotals
from connector.storage import rows, tables
from connector.storage.conflicts import insert_into


def record(connection: Connection, run: RunRecord) -> int:
    """The run's number; what it counted is added to the totals."""
    made = insert(tables.runs).values(rows.run_values(run)).returning(tables.runs.c.id)
    number = int(connection.execute(made).scalar_one())
    asked = [{"operation": operation, "count": count} for operation, count in sorted(run.by_operation)]
    _add(connection, tables.run_totals, [{"id": 1, **_outcome(run)}])
    if asked:
        connection.execute(insert(tables.run_requests), [{"run": number, **row} for row in asked])
        _add(connection, tables.request_totals, asked)
    return number


def newest(connection: Connection, many: int) -> tuple[tuple[int, RunRecord], ...]:
    """The newest runs by number, the newest first."""
    table, child = tables.runs, tables.run_requests
    found = connection.execute(select(table).order_by(table.c.id.desc()).limit(many)).all()
    asked = defaultdict(list)
    oldest = min((row.id for row in found), default=0)
    for run, operation, count in connection.execute(
        select(child).where(child.c.run >= oldest).order_by(child.c.operation)
    ):
        asked[run].append((operation, count))
    return tuple((row.id, rows.run_of(row, asked[row.id])) for row in found)


def totals(connection: Connection) -> RunTotals:
    """All runs together, the forgotten ones too."""
    table = tables.request_totals
    row = connection.execute(select(tables.run_totals)).one_or_none()
    made, partly, reads, writes, points = (getattr(row, total) if row else 0 for total in tables.TOTALS)
    asked = connection.execute(select(table).order_by(table.c.operation)).all()
    by_operation = tuple((operation, count) for operation, count in asked)
    return RunTotals(
        whole=made - partly, partly=partly, reads=reads, writes=writes, points=points, by_operation=by_operation
    )


def _outcome(run: RunRecord) -> Mapping[str, int]:
    asked = {"reads": run.reads, "writes": run.writes, "points": run.points or 0}
    return {"runs": 1, "partly": int(run.failed > 0), **asked}


def _add(connection: Connection, table: Table, counts: list[rows.Values]) -> None:
    """Counts on top of what is there; always in the order of their keys, so that two workers do not wait in a ring."""
    statement = insert_into(connection.dialect.name, table)
    key = [column.name for column in table.primary_key]
    sums = {column.name: column + statement.excluded[column.name] for column in table.c if column.name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=sums), counts)
