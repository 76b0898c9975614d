"""Who is to be looked at, on a database; see `connector.rings.RingLedger` for what each call promises.

Teams are locked in the order of their ids and the fence after them, so that no two processes wait for each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, case, delete, or_, select

from connector.errors import Code
from connector.rings import Cause, Claim, Due, Ring
from connector.storage import ring_rows
from connector.storage.tables import rings
from connector.storage.transactions import Transactions

# A ring held longer than it was due has waited since the hold ended.
_DUE_SINCE = case((rings.c.hold_until > rings.c.not_before, rings.c.hold_until), else_=rings.c.not_before)


class Rings:
    """A RingLedger: every call is a transaction of its own, committed when it returns.

    A ring that comes to a parked team takes it out of its place with one attempt left: if that fails too, it parks
    again. A ring that comes during the attempt that would park gives that one try likewise, since the attempt may have
    read what was there before. So after every ring at least one attempt begins.

    Errors: STORE_UNUSABLE with advice, whatever the database says.
    """

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def ring(
        self,
        teams: Iterable[str],
        cause: Cause,
        at: datetime,
        not_before: datetime | None = None,
        behind_until: datetime | None = None,
    ) -> int:
        """One generation more for each of these teams, due at `not_before` or `at`; counts the teams."""
        due = dict.fromkeys(teams, Due(cause=cause, not_before=not_before or at, behind_until=behind_until))
        if due:
            self._transactions.write(lambda connection: ring_rows.ring_in(connection, due))
        return len(due)

    def claim(self, at: datetime, lease: timedelta, limit: int) -> tuple[Claim, ...]:
        """The teams that are due and free, the longest waiting first; a lease that ran out makes free."""
        waiting = (
            select(rings.c.team, rings.c.generation, rings.c.attempts, rings.c.behind_until)
            .where(rings.c.not_before <= at, or_(rings.c.hold_until.is_(None), rings.c.hold_until <= at))
            .where(rings.c.parked.is_(None), ring_rows.free(at))
            .order_by(_DUE_SINCE, rings.c.team)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return self._transactions.write(lambda c: ring_rows.leased(c, list(c.execute(waiting)), at + lease))

    def take(self, teams: Sequence[str], at: datetime, lease: timedelta) -> tuple[Claim, ...]:
        """These teams, due or not, held or parked; where nobody rang, the command has rung by this."""
        wanted = sorted(set(teams))
        if not wanted:
            return ()

        def work(connection: Connection) -> tuple[Claim, ...]:
            ring_rows.ensure(connection, wanted, at)
            return ring_rows.leased(connection, ring_rows.locked(connection, wanted, ring_rows.free(at)), at + lease)

        return self._transactions.write(work)

    def extend(self, claims: Sequence[Claim], at: datetime, lease: timedelta) -> bool:
        """All leases run on from now, or none and false."""

        def work(connection: Connection) -> bool:
            live = ring_rows.ours(connection, claims, rings.c.until > at)
            if len(live) < len({claim.team for claim in claims}):
                return False
            ring_rows.change(connection, [{"a_team": team, "until": at + lease} for team in live])
            return True

        return not claims or self._transactions.write(work)

    def holds(self, claims: Sequence[Claim], at: datetime) -> bool:
        """Whether all these leases are still ours and run."""
        leased = self._transactions.rows(select(rings.c.team, rings.c.token).where(rings.c.until > at))
        return {(claim.team, claim.token) for claim in claims} <= {(row.team, row.token) for row in leased}

    def finish(self, claims: Sequence[Claim], at: datetime, again: Mapping[str, datetime] | None = None) -> None:
        """Served rings gone; those that rang meanwhile are free and due. A lease that is another's is left alone."""
        later = again or {}

        def work(connection: Connection) -> None:
            held = ring_rows.ours(connection, claims)
            whole = {c.team for c in claims if c.team in held and held[c.team].generation == c.generation}
            served = sorted(whole - later.keys())
            if served:
                connection.execute(delete(rings).where(ring_rows.THIS_RING), [{"a_team": team} for team in served])
            fresh = {**ring_rows.FREED, "attempts": 0, "parked": None, "hold_until": None}
            rang = sorted(held.keys() - whole)
            changes = [{"a_team": team, **fresh, "not_before": min(held[team].not_before, at)} for team in rang]
            ring_rows.change(connection, changes)
            quiet = {**fresh, "cause": Cause.QUIET.value}
            kept = [{"a_team": team, **quiet, "not_before": later[team]} for team in sorted(whole & later.keys())]
            ring_rows.change(connection, kept)

        if claims:
            self._transactions.write(work)

    def give_back(self, claims: Sequence[Claim], at: datetime, until: datetime, failed: Code | None = None) -> None:
        """Free again, and not before `until`; a lease that is another's is left alone."""
        generations = {claim.team: claim.generation for claim in claims}

        def work(connection: Connection) -> None:
            held = ring_rows.ours(connection, claims)
            changes = []
            for team, row in held.items():
                tried = ring_rows.tried(row, failed, row.generation != generations[team])
                changes.append({"a_team": team, **ring_rows.back(row, at, until), **tried})
            ring_rows.change(connection, changes)

        if claims:
            self._transactions.write(work)

    def rings(self) -> tuple[Ring, ...]:
        """All of them, by team; `claimed` as long as a lease was not given back, even when it ran out."""
        return tuple(map(ring_rows.ring_of, self._transactions.rows(select(rings).order_by(rings.c.team))))

    def retry(self, teams: Sequence[str], at: datetime) -> int:
        """Those of these teams that are parked or held are due now, with fresh attempts; counts them."""
        stuck = or_(rings.c.parked.is_not(None), rings.c.hold_until > at)
        fresh = {"cause": Cause.OPERATOR.value, "hold_until": None, "attempts": 0, "parked": None}

        def work(connection: Connection) -> int:
            found = ring_rows.locked(connection, sorted(set(teams)), stuck)
            changes = [
                {"a_team": r.team, **fresh, "generation": r.generation + 1, "not_before": min(r.not_before, at)}
                for r in found
            ]
            ring_rows.change(connection, changes)
            return len(found)

        return self._transactions.write(work)
