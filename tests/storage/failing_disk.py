"""Programs that ring through the door's writer while the disk fails; each caller's answer is a line.

`python -m tests.storage.failing_disk steadily|full ADDRESS RINGS`
"""

import os
import resource
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import event

from connector.errors import ConnectorError
from connector.rings import Cause
from connector.storage.engine import engine_of
from connector.storage.group_commit import GroupCommit
from connector.storage.rings import Rings

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PAGE = 4096


def ring(door: GroupCommit, team: str) -> bool:
    """Whether the door said that it is kept; said aloud."""
    try:
        door.ring([team], Cause.EVENT, NOW)
    except ConnectorError as error:
        print("refused", team, error.code, error.advice.why.replace(" ", "-"), flush=True)  # noqa: T201
        return False
    print("kept", team, flush=True)  # noqa: T201
    return True


def steadily(address: str, rings: int) -> None:
    """One after the other, whatever comes; the failures are injected from outside."""
    with GroupCommit(engine_of(address)) as door:
        for number in range(rings):
            ring(door, f"team-{number}")


def full(address: str, rings: int) -> None:
    """No file may grow past a limit that moves through every place of a transaction; then there is room again."""
    engine = engine_of(address)
    event.listen(engine, "connect", _no_checkpoint)
    journal = Path(f"{engine.url.database}-wal")
    with GroupCommit(engine) as door:
        ring(door, "first")
        for number in range(rings):
            with_room(journal.stat().st_size + number * 509 % (2 * PAGE), partial(_try, door, engine, number))
            if not ring(door, f"again-{number}"):
                print("stuck", number, flush=True)  # noqa: T201


def with_room(most: int, work: Callable[[], object]) -> None:
    """The work, while no file of this process may be longer."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        work()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def _try(door: GroupCommit, engine: object, number: int) -> None:
    ring(door, f"team-{number}")
    assert Rings(engine).rings()  # type: ignore[arg-type]  # reading goes on while nothing can be written


def _no_checkpoint(connection: object, _record: object) -> None:
    """The journal's length is then where the next transaction begins."""
    connection.execute("PRAGMA wal_autocheckpoint=0")  # type: ignore[attr-defined]  # the driver's own


if __name__ == "__main__":
    {"steadily": steadily, "full": full}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
    sys.stdout.flush()
    os._exit(0)  # as a crash: nothing is put in order at the end
