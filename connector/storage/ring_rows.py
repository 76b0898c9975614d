"""Rows of `rings` within a transaction: rung, locked, leased, freed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, null, or_, select, update

from connector.errors import Code
from connector.rings import Cause, Claim, Due, Ring
from connector.storage.conflicts import insert_into
from connector.storage.tables import fence, rings

MOST_ATTEMPTS = 8  # errors of a team's own until nothing more is tried
FREED = {"token": None, "until": None}
THIS_RING = rings.c.team == bindparam("a_team")


def ring_in(connection: Connection, due: Mapping[str, Due]) -> None:
    """Rings each of these teams once within the caller's transaction: why, and not before when."""
    connection.execute(_ringing(connection.dialect.name), [_rung(team, due[team]) for team in sorted(due)])


def _rung(team: str, due: Due) -> dict[str, Any]:
    return {
        "team": team,
        "cause": due.cause.value,
        "generation": 1,
        "not_before": due.not_before,
        "behind_until": due.behind_until,
        "attempts": 0,
    }


@cache
def _ringing(dialect: str) -> Any:
    """The statement of `ring_in`; to put it together anew costs the door's writer a third of its time."""
    statement = insert_into(dialect, rings)
    new = statement.excluded
    changes = {
        "cause": new.cause,
        "generation": rings.c.generation + 1,
        "not_before": case((new.not_before < rings.c.not_before, new.not_before), else_=rings.c.not_before),
        "behind_until": case(
            (or_(rings.c.behind_until.is_(None), new.behind_until > rings.c.behind_until), new.behind_until),
            else_=rings.c.behind_until,
        ),
        "attempts": case((rings.c.parked.is_not(None), MOST_ATTEMPTS - 1), else_=rings.c.attempts),
        "parked": null(),
    }
    return statement.on_conflict_do_update(index_elements=["team"], set_=changes)


def free(at: datetime) -> Any:
    """The condition that nobody works on it, or that the lease ran out."""
    return or_(rings.c.until.is_(None), rings.c.until <= at)


def ensure(connection: Connection, teams: Sequence[str], at: datetime) -> None:
    """A row for each team, locked until the end: another's `finish` cannot take it away in between."""
    row = {"cause": Cause.OPERATOR.value, "generation": 1, "not_before": at, "attempts": 0}
    statement = insert_into(connection.dialect.name, rings)
    kept = statement.on_conflict_do_update(index_elements=["team"], set_={"generation": rings.c.generation})
    connection.execute(kept, [{"team": team, **row} for team in teams])


def locked(connection: Connection, teams: Sequence[str], condition: Any) -> list[Row[Any]]:
    """Rows of these teams, by team, that nobody else changes before the transaction ends."""
    found = select(rings).where(rings.c.team.in_(teams), condition).order_by(rings.c.team).with_for_update()
    return list(connection.execute(found))


def ours(connection: Connection, claims: Sequence[Claim], *conditions: Any) -> dict[str, Row[Any]]:
    """Locked rows by team whose lease is still the claim's own."""
    tokens = {claim.team: claim.token for claim in claims}
    found = locked(connection, sorted(tokens), and_(rings.c.token.is_not(None), *conditions))
    return {row.team: row for row in found if row.token == tokens[row.team]}


def leased(connection: Connection, found: Sequence[Row[Any]], until: datetime) -> tuple[Claim, ...]:
    """Claims on these locked rows, each with a token that was never given before."""
    if not found:
        return ()
    first = _last_token(connection, len(found)) - len(found) + 1
    claims = tuple(
        Claim(
            team=row.team,
            generation=row.generation,
            token=token,
            until=until,
            attempts=row.attempts,
            behind_until=row.behind_until,
        )
        for token, row in enumerate(found, start=first)
    )
    change(connection, [{"a_team": c.team, "token": c.token, "until": until} for c in claims])
    return claims


def _last_token(connection: Connection, count: int) -> int:
    """The highest of `count` tokens that were never given before."""
    statement = insert_into(connection.dialect.name, fence).values(id=1, token=count)
    more = statement.on_conflict_do_update(index_elements=["id"], set_={"token": fence.c.token + count})
    return int(connection.execute(more.returning(fence.c.token)).scalar_one())


def change(connection: Connection, changes: Sequence[Mapping[str, Any]]) -> None:
    """Each row by its team; all changes name the same columns."""
    if changes:
        columns: dict[str, Any] = {name: bindparam(name) for name in changes[0] if name != "a_team"}
        connection.execute(update(rings).where(THIS_RING).values(columns), list(changes))


def back(row: Row[Any], at: datetime, until: datetime) -> dict[str, Any]:
    """A ring that was not served: due as it was, but held; a longer hold stays."""
    held = max(until, row.hold_until) if row.hold_until else until
    return {**FREED, "not_before": min(row.not_before, at), "hold_until": held}


def tried(row: Row[Any], failed: Code | None, rang: bool) -> dict[str, Any]:
    """What an attempt leaves; `rang`: somebody did while it ran."""
    if failed is None:
        return {"attempts": row.attempts, "parked": row.parked}
    attempts = row.attempts + 1
    if attempts < MOST_ATTEMPTS:
        return {"attempts": attempts, "parked": None}
    return {"attempts": MOST_ATTEMPTS - 1, "parked": None} if rang else {"attempts": attempts, "parked": failed.value}


def ring_of(row: Row[Any]) -> Ring:
    """A ring from the database."""
    return Ring(
        team=row.team,
        cause=Cause(row.cause),
        generation=row.generation,
        not_before=row.not_before,
        hold_until=row.hold_until,
        attempts=row.attempts,
        parked=Code(row.parked) if row.parked else None,
        claimed=row.token is not None,
    )
