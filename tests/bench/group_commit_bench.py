"""What durability costs: `python -m tests.bench.group_commit_bench` prints rings a second, FULL as a ratio to NORMAL.

Both sit on the same disk and take turns within one run; the figures are medians over the rounds. There is no HTTP in
between, so a sync stands against bare Python, and the ratio hangs on the disk, whose sync is printed first. The aim is
0.8 at 128 callers; where a page's sync takes more than half a millisecond it is not judged, and that is said. The third
figure of a line is what each caller's own transaction would reach.
"""

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, event

from connector.rings import Cause
from connector.storage.engine import engine_of
from connector.storage.group_commit import GroupCommit
from connector.storage.rings import Rings
from connector.storage.schema import migrate

AIM = 0.8
FAST = 0.0005  # seconds a sync may take for the aim to count
ROUNDS = 7
CALLS = 3000
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def engine_with(folder: Path, synchronous: str) -> Engine:
    """A migrated file of its own."""
    engine = engine_of(f"sqlite:///{folder / synchronous}.db")
    migrate(engine)
    engine.dispose()

    def prepare(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA synchronous={synchronous}")  # type: ignore[attr-defined]  # the driver's own

    event.listen(engine, "connect", prepare)
    return engine


def rate(ring: Callable[[str], None], callers: int, calls: int) -> float:
    """Rings a second by so many callers, each of whom waits for its own."""

    def call(caller: int) -> None:
        for number in range(caller, calls, callers):
            ring(f"team-{number % 500}")

    threads = [threading.Thread(target=call, args=(caller,)) for caller in range(callers)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return calls / (time.perf_counter() - start)


def measured(callers: int, folder: Path) -> float:
    """The ratio, said aloud."""
    full, normal = engine_with(folder, "FULL"), engine_with(folder, "NORMAL")
    alone = Rings(full)
    rates: dict[str, list[float]] = {"full": [], "normal": [], "alone": []}
    with ExitStack() as stack:
        doors = {name: stack.enter_context(GroupCommit(e)) for name, e in (("full", full), ("normal", normal))}
        for turn in range(ROUNDS):
            for name in ("full", "normal") if turn % 2 else ("normal", "full"):
                door = doors[name]
                rates[name].append(rate(partial(_ring, door), callers, CALLS))
        rates["alone"].append(rate(partial(_ring, alone), min(callers, 4), 400))
    medians = {name: statistics.median(found) for name, found in rates.items()}
    ratio = medians["full"] / medians["normal"]
    line = f"{callers:4} callers: FULL {medians['full']:6.0f}/s, NORMAL {medians['normal']:6.0f}/s, ratio {ratio:.2f}"
    print(f"{line}; each its own transaction, FULL, {medians['alone']:.0f}/s")  # noqa: T201
    full.dispose()
    normal.dispose()
    return ratio


def sync_time(folder: Path) -> float:
    """Seconds that a page and its sync take here, the median."""
    taken = []
    with (folder / "probe").open("wb", buffering=0) as probe:
        for _ in range(200):
            start = time.perf_counter()
            probe.write(bytes(4096))
            os.fdatasync(probe.fileno())
            taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _ring(bell: GroupCommit | Rings, team: str) -> None:
    bell.ring([team], Cause.EVENT, NOW)


def main() -> int:
    """Exit 1 where the disk is fast and the ratio of the largest crowd is below the aim."""
    ratios = []
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else None) as folder:
        sync = sync_time(Path(folder))
        print(f"a page and its sync take {sync * 1000:.2f} ms here")  # noqa: T201
        for callers in (1, 8, 32, 128):
            place = Path(folder) / str(callers)
            place.mkdir()
            ratios.append(measured(callers, place))
    if sync > FAST:
        print("the disk is too slow here for the aim to be judged")  # noqa: T201
        return 0
    return int(ratios[-1] < AIM)


if __name__ == "__main__":
    sys.exit(main())
