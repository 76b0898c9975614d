"""Which tables of a planning page belong together: objectives, their key results, and the indicators of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from connector.pages.form_fields import Field, Sheet
from connector.pages.form_tables import Row, Table, Written
from connector.pages.given import plain
from connector.pages.written import FormUnreadable


@dataclass(slots=True)
class KeyResultBlock:
    """One key result as it stands on the page."""

    row: Row
    indicators: list[Row] = field(default_factory=list)
    tables: int = 0  # of indicators

    @property
    def name(self) -> str:
        """The short name, else what people do."""
        return said(self.row, Field.SHORT_NAME) or said(self.row, Field.DOES)

    @property
    def likeness(self) -> frozenset[str]:
        """What a copy of it shares with it: the short name, who does what, or all of its indicators."""
        noticed = [said(row, Field.NOTICED) for row in self.indicators]
        does = said(self.row, Field.DOES)
        parts = (self.name, f"{said(self.row, Field.WHO)} {does}" if does else "", "; ".join(noticed))
        return frozenset(f"{place} {plain(part)}" for place, part in enumerate(parts) if plain(part))

    @property
    def is_begun(self) -> bool:
        """Whether anything is written in it."""
        return bool(self.indicators) or any(cell.text for cell in self.row.values())


@dataclass(slots=True)
class ObjectiveBlock:
    """One objective as it stands on the page."""

    row: Row
    key_results: list[KeyResultBlock] = field(default_factory=list)


def said(row: Row, asks: Field) -> str:
    """What stands beside a question, as one line; empty when the row is gone as well."""
    cell = row.get(asks)
    return cell.text if cell else ""


def cell_of(row: Row, asks: Field) -> Written | None:
    """The cell beside a question, if the team left the row in."""
    return row.get(asks)


def rhythm_row(tables: Sequence[Table]) -> Row:
    """The answers about the team; raises FormUnreadable when the table is gone."""
    for table in tables:
        if table.sheet is Sheet.RHYTHM:
            return table.rows[0]
    raise FormUnreadable("the table about the team's rhythm is gone")


def blocks(tables: Sequence[Table]) -> tuple[ObjectiveBlock, ...]:
    """The objectives of a page in its order; a key result above them all belongs to the first.

    Raises FormUnreadable when a table is gone without which the others cannot be told apart.
    """
    found = [ObjectiveBlock(row=table.rows[0]) for table in tables if table.sheet is Sheet.OBJECTIVE]
    if not found:
        raise FormUnreadable("the table of the objective is gone")
    place, current = -1, None
    for table in tables:
        if table.sheet is Sheet.OBJECTIVE:
            place, current = place + 1, None
        elif table.sheet is Sheet.KEY_RESULT:
            current = KeyResultBlock(row=table.rows[0])
            found[max(place, 0)].key_results.append(current)
        elif table.sheet is Sheet.INDICATORS:
            _attach(table, current)
    for key_result in (each for objective in found for each in objective.key_results):
        if key_result.is_begun and not key_result.tables:
            raise FormUnreadable("a key result has lost its table of indicators")
    return tuple(found)


def _attach(table: Table, current: KeyResultBlock | None) -> None:
    rows = [row for row in table.rows if any(cell.text for cell in row.values())]
    if current is not None:
        current.indicators += rows
        current.tables += 1
    elif rows:
        raise FormUnreadable("a table of indicators stands without its key result")
