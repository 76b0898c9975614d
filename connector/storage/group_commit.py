"""Durable rings at speed: one writer puts all that wait into one transaction and lets each go when it is committed.

A caller returns only after the commit did, so what was acknowledged survives a power cut (SQLite: `synchronous=FULL`).
Whatever fails reaches every caller of that transaction, and the next transaction starts on a fresh connection.
"""

import re
import threading
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from connector.errors import Advice
from connector.rings import Cause, Due
from connector.storage.engine import is_embedded
from connector.storage.ring_rows import ring_in
from connector.storage.shapes import TimeWithoutZone
from connector.storage.trouble import BUSY, OTHER, REFUSED, advice_for, store_unusable

MOST = 256  # callers in one transaction
ROOM = 4096  # callers that may wait
PATIENCE = 8.0  # seconds until a caller is told; senders give us ten, and a lock of five must not be seen

_TEAM = re.compile(r"[a-z0-9-]{1,40}|\*")
_CROWDED = Advice(
    what="Too many events came at once",
    why="they are kept only as fast as the disk confirms them",
    options=("send it again in a few seconds", "use PostgreSQL and several web processes"),
)
_CLOSED = Advice(
    what="Events are not taken any more",
    why="this process is ending",
    options=("send it again in a few seconds", "start `okr serve` again"),
)


@dataclass(slots=True, kw_only=True, eq=False)
class _Waiting:
    """One caller's rings, and what became of them once `settled` is open."""

    due: Mapping[str, Due]
    advice: Advice | None = None  # None: they are on the disk
    settled: threading.Lock = field(default_factory=threading.Lock)  # bare, because every event pays for it

    def __post_init__(self) -> None:
        self.settled.acquire()

    def settle(self, advice: Advice | None) -> None:
        """The caller goes on."""
        self.advice = advice
        self.settled.release()


class GroupCommit:
    """The door's way to the ring ledger; use it as a context, or call `start` in the process that serves, then `stop`.

    Errors of `ring`: STORE_UNUSABLE; nothing was acknowledged then, though it may have been kept.
    """

    def __init__(self, engine: Engine, *, most: int = MOST, room: int = ROOM, patience: float = PATIENCE) -> None:
        self._engine = engine
        self._most, self._room, self._patience = most, room, patience
        self._turn = threading.Condition()
        self._waiting: deque[_Waiting] = deque()
        self._open = False
        self._writer: threading.Thread | None = None
        self._connection: Connection | None = None

    def start(self) -> None:
        """Rings are taken from now on."""
        with self._turn:
            if self._writer is not None:
                return
            self._open = True
            self._writer = threading.Thread(target=self._run, name="group-commit", daemon=True)
            self._writer.start()

    def stop(self) -> None:
        """No ring is taken any more, and all that were taken have been kept or refused."""
        with self._turn:
            self._open = False
            writer, self._writer = self._writer, None
            self._turn.notify_all()
        if writer is not None:
            writer.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def ring(
        self,
        teams: Iterable[str],
        cause: Cause,
        at: datetime,
        not_before: datetime | None = None,
        behind_until: datetime | None = None,
    ) -> None:
        """Returns when these teams' rings are on the disk, within the patience, or raises."""
        moment = not_before or at
        if moment.tzinfo is None:
            raise TimeWithoutZone("a time needs its zone")
        due = dict.fromkeys(teams, Due(cause=cause, not_before=moment, behind_until=behind_until))
        if not all(_TEAM.fullmatch(team) for team in due):  # alone, before it could spoil the others' transaction
            raise store_unusable(REFUSED)
        if due:
            self._outcome(self._queued(due))

    def _queued(self, due: Mapping[str, Due]) -> _Waiting:
        waiting = _Waiting(due=due)
        with self._turn:
            if not self._open:
                raise store_unusable(_CLOSED)
            if len(self._waiting) >= self._room:
                raise store_unusable(_CROWDED)
            self._waiting.append(waiting)
            self._turn.notify()
        return waiting

    def _outcome(self, waiting: _Waiting) -> None:
        if not waiting.settled.acquire(timeout=self._patience):
            with self._turn, suppress(ValueError):  # where no transaction has begun with it, none will
                self._waiting.remove(waiting)
            raise store_unusable(BUSY)
        if waiting.advice is not None:
            raise store_unusable(waiting.advice)

    def _run(self) -> None:
        while batch := self._next():
            advice = self._commit(_merged(batch))
            for waiting in batch:
                waiting.settle(advice)
        _close(self._connection)
        self._connection = None

    def _next(self) -> Sequence[_Waiting]:
        """What waits now, up to one transaction; nothing at the end."""
        with self._turn:
            while self._open and not self._waiting:
                self._turn.wait()
            return [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]

    def _commit(self, due: Mapping[str, Due]) -> Advice | None:
        """None when the rings are on the disk; otherwise what to say, and nothing is known to be kept."""
        fresh = self._connection is None
        try:
            self._write(due)
            return None
        except SQLAlchemyError as error:
            self._renew()
            if not fresh and isinstance(error, DBAPIError) and error.connection_invalidated:
                return self._commit(due)  # the server was started anew since the last transaction
            return advice_for(error)
        except Exception:  # whatever it is, nobody may wait for ever or be told that it was kept
            self._renew()
            return OTHER

    def _write(self, due: Mapping[str, Due]) -> None:
        if self._connection is None:
            self._connection = self._connected()
        with self._connection.begin():
            ring_in(self._connection, due)

    def _connected(self) -> Connection:
        """Our own, out of the pool, with the patience of our callers."""
        connection = self._engine.connect()
        connection.detach()
        patience = int(self._patience * 1000)
        driver = connection.connection.cursor()
        driver.execute(
            f"PRAGMA busy_timeout={patience}" if is_embedded(self._engine) else f"SET statement_timeout = {patience}"
        )
        driver.close()
        connection.connection.commit()
        return connection

    def _renew(self) -> None:
        """After an error nothing of the connection is trusted: neither its caches nor its transaction.

        The file is opened anew first: who closes it last takes the journal away, and on a full disk it could not be
        made again, so that nobody could even read.
        """
        old, self._connection = self._connection, None
        if is_embedded(self._engine):
            with suppress(Exception):
                self._connection = self._connected()
        _close(old)


def _close(connection: Connection | None) -> None:
    if connection is not None:
        with suppress(Exception):
            connection.close()


def _merged(taken: Sequence[_Waiting]) -> dict[str, Due]:
    """One ring a team; no worker can come between them in one transaction."""
    due: dict[str, Due] = {}
    for waiting in taken:
        for team, one in waiting.due.items():
            due[team] = due[team].merged(one) if team in due else one
    return due
