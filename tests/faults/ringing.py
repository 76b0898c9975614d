"""The program whose power is cut: the door's writer under many callers, and a clock beside it.

`python -m tests.faults.ringing ADDRESS SYNCHRONOUS CHECKPOINT RINGS` writes a word when something is promised to be
kept: the team of a ring, the slot that was served. It ends without closing anything, as at a power cut.
"""

import os
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import event

from connector.rings import Cause, Slot, SlotKind
from connector.storage.engine import engine_of
from connector.storage.group_commit import GroupCommit
from connector.storage.slots import Slots

CALLERS = 8
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def told(word: str) -> None:
    """One call of the system a word, so that the recorder sees when it was said."""
    os.write(1, f"{word}\n".encode())


def run(address: str, synchronous: str, checkpoint: int, rings: int) -> None:
    """So many rings by callers side by side, and a tenth as many slots."""
    engine = engine_of(address)

    def prepare(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA synchronous={synchronous}")  # type: ignore[attr-defined]  # the driver's own
        connection.execute(f"PRAGMA wal_autocheckpoint={checkpoint}")  # type: ignore[attr-defined]  # the same

    event.listen(engine, "connect", prepare)
    door, slots = GroupCommit(engine), Slots(engine)
    door.start()

    def call(caller: int) -> None:
        for number in range(caller, rings, CALLERS):
            door.ring([f"team-{number}"], Cause.EVENT, NOW)
            told(f"team-{number}")

    def tick() -> None:
        for number in range(rings // 10):
            day = f"{2026 + number // 28:04}-11-{number % 28 + 1:02}"
            slots.serve([Slot(team="*", kind=SlotKind.NIGHTLY, slot=day)], NOW)
            told(day)

    work: list[Callable[[], None]] = [partial(call, caller) for caller in range(CALLERS)]
    threads = [threading.Thread(target=target) for target in (*work, tick)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    os._exit(0)
