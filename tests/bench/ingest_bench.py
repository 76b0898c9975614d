"""What a durable event costs: `python -m tests.bench.ingest_bench [FOLDER]` prints ratios to a bare Flask route.

Three servers of one kind (granian, one worker, 32 threads) stand side by side and are asked in turns by `wrk` with 32
connections: a bare route that reads the body, our application with every ring on the disk before it answers, and the
same code on a database that syncs nothing. Bodies are signed and as large as Jira Cloud's. Figures are medians over the
rounds. Then so many events at once, each of which must have been rung where it was acknowledged, and one call alone.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.crowd import Crowd
from tests.bench.group_commit_bench import FAST, sync_time
from tests.bench.ingest_body import body_of
from tests.bench.ingest_rush import acknowledged, generations
from tests.bench.ingest_stand import Stand, standing

AIM = 0.4  # of the bare route, through a Flask view
DURABLE = 0.8  # of the same code without a sync
ROUNDS = 9
SECONDS = 3
CONNECTIONS = 32
TEAMS = 20
RUSH = 5000
_LUA = Path(__file__).with_name("ingest_calls.lua")
_TIMES = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What `wrk` saw of one server: answers a second, and milliseconds."""

    rate: float
    p50: float
    p99: float


def asked(stand: Stand, connections: int = CONNECTIONS) -> Round:
    """One round; an answer that is no 2xx or 3xx is an error."""
    threads = str(min(2, connections))
    call = ["wrk", "-t", threads, "-c", str(connections), "-d", f"{SECONDS}s", "--latency", "-s", str(_LUA), stand.url]
    told = subprocess.run(
        call, check=True, capture_output=True, text=True, env={**os.environ, "OKR_BENCH_CALLS": str(stand.calls)}
    ).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise ValueError(told)
    rate = re.search(r"Requests/sec:\s+([0-9.]+)", told)
    marks = {
        mark: float(size) * _TIMES[unit] for mark, size, unit in re.findall(r"(50|99)%\s+([0-9.]+)(us|ms|s)", told)
    }
    return Round(rate=float(rate[1]) if rate else 0.0, p50=marks["50"], p99=marks["99"])


def median(rounds: list[Round]) -> Round:
    """Each figure's own median."""
    return Round(
        rate=statistics.median(one.rate for one in rounds),
        p50=statistics.median(one.p50 for one in rounds),
        p99=statistics.median(one.p99 for one in rounds),
    )


def in_turns(stands: dict[str, Stand]) -> dict[str, Round]:
    """Every server once a round, each time in another order."""
    rounds: dict[str, list[Round]] = {name: [] for name in stands}
    names = list(stands)
    for turn in range(ROUNDS + 1):
        for place in range(len(names)):
            name = names[(turn + place) % len(names)]
            seen = asked(stands[name])
            if turn:  # the first warms up
                rounds[name].append(seen)
    return {name: median(seen) for name, seen in rounds.items()}


def rushed(stand: Stand) -> int:
    """How many of the acknowledged events of a burst are not there afterwards."""
    before = generations(stand.database)
    rush = acknowledged(stand.port, [body_of(1 + number % TEAMS) for number in range(RUSH)], 64)
    after = generations(stand.database)
    lost = sum(1 for number, status in enumerate(rush.statuses) if status == 202 and not _rung(number, before, after))
    kept = rush.statuses.count(202)
    say(f"burst of {RUSH}: {kept} acknowledged, {lost} of them lost; p50 {rush.p50:.1f} ms, p99 {rush.p99:.1f} ms")
    return lost + RUSH - kept


def _rung(number: int, before: dict[str, int], after: dict[str, int]) -> bool:
    team = f"district-{1 + number % TEAMS:04d}"
    return after.get(team, 0) > before.get(team, 0)


def say(line: str) -> None:
    """To whoever started the bench."""
    print(line, flush=True)  # noqa: T201


def compared(stands: dict[str, Stand], sync: float) -> bool:
    """Whether the aims that this machine lets us judge were reached."""
    medians = in_turns(stands)
    for name, seen in medians.items():
        part = f"{seen.rate / medians['bare'].rate:.2f} of the bare route"
        say(f"{name:7} {seen.rate:6.0f}/s, {part}; p50 {seen.p50:.2f} ms, p99 {seen.p99:.2f} ms")
    durable = medians["full"].rate / medians["normal"].rate
    say(f"FULL is {durable:.2f} of NORMAL (aim {DURABLE})")
    alone = asked(stands["full"], 1)
    say(f"one call alone: p50 {alone.p50:.2f} ms, p99 {alone.p99:.2f} ms, where a sync takes {sync * 1000:.2f} ms")
    return medians["full"].rate >= AIM * medians["bare"].rate and (durable >= DURABLE or sync > FAST)


def main() -> int:
    """Exit 1 where an event was lost, or where an aim was missed on a machine that has nothing else to do."""
    if shutil.which("wrk") is None:
        say("wrk is missing; it comes with the package of that name")
        return 2
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else None) as place:
        folder = Path(place)
        Crowd(teams=TEAMS, today=datetime.now(UTC).date()).write_book(folder / "book")
        sync = sync_time(folder)
        cores, load = os.cpu_count() or 1, os.getloadavg()[0]
        say(f"{cores} cores, load {load:.1f}; bodies of {len(body_of(1))} bytes")
        with standing(folder, ("bare", "full", "normal"), TEAMS) as stands:
            reached = compared(stands, sync)
            lost = rushed(stands["full"])
    if load > cores / 2:
        say("others were at work on this machine, so the aims are not judged")
    return int(lost > 0 or (load <= cores / 2 and not reached))


if __name__ == "__main__":
    sys.exit(main())
