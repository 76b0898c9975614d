"""Cells with words and no value of ours, page by page; see `connector.ledger.Ledger` for what each call promises."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from sqlalchemy import Connection, Engine, Row, bindparam, delete, insert, select

from connector.storage.answer_tables import open_cells as table
from connector.storage.rows import Values
from connector.storage.transactions import Transactions
from mappings.calendar import IsoWeek
from mappings.open_cells import CellKind, OpenCell

Page: TypeAlias = tuple[str, str]  # team, week


class OpenCells:
    """Each call is a transaction of its own. Errors: STORE_UNUSABLE with advice, whatever the database says."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def all(self) -> tuple[OpenCell, ...]:
        """All of them, by team, week and place on the page."""
        ordered = select(table).order_by(table.c.team, table.c.week, table.c.place)
        return tuple(map(_cell, self._transactions.rows(ordered)))

    def keep(self, pages: Iterable[tuple[str, IsoWeek]], cells: Iterable[OpenCell]) -> None:
        """Replaces what was known of these pages."""
        named = sorted({(team, str(week)) for team, week in pages})
        values = list(_values(cells))
        if named:
            self._transactions.write(lambda connection: _replace(connection, named, values))


def _replace(connection: Connection, pages: Sequence[Page], values: list[Values]) -> None:
    old = delete(table).where(table.c.team == bindparam("a_team"), table.c.week == bindparam("a_week"))
    connection.execute(old, [{"a_team": team, "a_week": week} for team, week in pages])
    if values:
        connection.execute(insert(table), values)


def _values(cells: Iterable[OpenCell]) -> Iterable[Values]:
    places: dict[Page, int] = defaultdict(int)
    for cell in cells:
        page = cell.team, str(cell.week)
        yield {
            "team": cell.team,
            "week": str(cell.week),
            "place": places[page],
            "key_result": cell.key_result,
            "kind": cell.kind.value,
            "indicator": cell.indicator,
            "repeats": int(cell.as_last),
        }
        places[page] += 1


def _cell(row: "Row[tuple[object, ...]]") -> OpenCell:
    return OpenCell(
        team=row.team,
        week=IsoWeek.parse(row.week),
        key_result=row.key_result,
        kind=CellKind(row.kind),
        indicator=row.indicator,
        as_last=bool(row.repeats),
    )
