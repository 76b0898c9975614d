"""Rhythms that teams wrote on their planning pages; `connector.rhythms.RhythmLedger` says what each call promises."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import time

from sqlalchemy import Connection, Engine, Row, bindparam, delete, insert, select

from connector.rhythms import WrittenRhythm
from connector.storage import tables
from connector.storage.conflicts import insert_into
from connector.storage.rows import Values
from connector.storage.transactions import Transactions
from mappings.calendar import IsoWeek, Rhythm, Weekday

Key = tuple[str, str]  # team, cycle
_HOUR = 60


class Rhythms:
    """A RhythmLedger. Errors: STORE_UNUSABLE with advice, whatever the database says."""

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def rhythms(self) -> tuple[WrittenRhythm, ...]:
        """All of them, by team and cycle."""
        return self._transactions.read(_all)

    def keep_rhythms(self, written: Iterable[WrittenRhythm]) -> None:
        """Of two of one team and cycle, the later one."""
        latest = {(one.team, one.cycle): one for one in written}
        ordered = [latest[key] for key in sorted(latest)]
        if ordered:
            self._transactions.write(lambda connection: _replace(connection, ordered))

    def forget_rhythms(self, keys: Iterable[Key]) -> int:
        """Those of these teams and cycles are gone, with their quiet weeks; counts them."""
        table = tables.rhythms
        gone = [{"a_team": team, "a_cycle": cycle} for team, cycle in sorted(keys)]
        statement = delete(table).where(table.c.team == bindparam("a_team"), table.c.cycle == bindparam("a_cycle"))

        def work(connection: Connection) -> int:
            return sum(connection.execute(statement, key).rowcount for key in gone)

        return self._transactions.write(work) if gone else 0


def _all(connection: Connection) -> tuple[WrittenRhythm, ...]:
    table, child = tables.rhythms, tables.rhythm_quiet_weeks
    quiet: dict[Key, set[IsoWeek]] = defaultdict(set)
    for row in connection.execute(select(child)):
        quiet[row.team, row.cycle].add(IsoWeek.parse(row.week))
    ordered = select(table).order_by(table.c.team, table.c.cycle)
    return tuple(_written(row, frozenset(quiet[row.team, row.cycle])) for row in connection.execute(ordered))


def _written(row: "Row[tuple[object, ...]]", quiet: frozenset[IsoWeek]) -> WrittenRhythm:
    rhythm = None
    if row.weekday is not None:
        rhythm = Rhythm(
            check_in=Weekday(row.weekday),
            at=time(*divmod(row.minute, _HOUR)),
            every=row.every,
            reviews=() if row.review is None else ((row.cycle, row.review),),
            quiet_weeks=quiet,
        )
    return WrittenRhythm(team=row.team, cycle=row.cycle, valid_from=row.valid_from, rhythm=rhythm)


def _replace(connection: Connection, written: list[WrittenRhythm]) -> None:
    table, child = tables.rhythms, tables.rhythm_quiet_weeks
    statement = insert_into(connection.dialect.name, table)
    replaced = {c.name: statement.excluded[c.name] for c in table.c if c.name not in ("team", "cycle")}
    values = [_values(one) for one in written]
    connection.execute(statement.on_conflict_do_update(index_elements=["team", "cycle"], set_=replaced), values)
    old = delete(child).where(child.c.team == bindparam("a_team"), child.c.cycle == bindparam("a_cycle"))
    connection.execute(old, [{"a_team": one.team, "a_cycle": one.cycle} for one in written])
    weeks = [
        {"team": one.team, "cycle": one.cycle, "week": str(week)}
        for one in written
        if one.rhythm is not None
        for week in sorted(one.rhythm.quiet_weeks)
    ]
    if weeks:
        connection.execute(insert(child), weeks)


def _values(one: WrittenRhythm) -> Values:
    rhythm = one.rhythm
    reviews = {name.casefold(): day for name, day in rhythm.reviews} if rhythm else {}
    return {
        "team": one.team,
        "cycle": one.cycle,
        "valid_from": one.valid_from,
        "weekday": None if rhythm is None else int(rhythm.check_in),
        "minute": None if rhythm is None else rhythm.at.hour * _HOUR + rhythm.at.minute,
        "every": None if rhythm is None else rhythm.every,
        "review": reviews.get(one.cycle),
    }
