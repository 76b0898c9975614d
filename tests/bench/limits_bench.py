"""A site with Atlassian's limits and 50 ms of latency: is a run as fast as they allow, and is it never refused?

`python -m tests.bench.limits_bench [teams]` measures 1,000 teams, or so many. The bound is what the limits allow where
every call waits for nothing but them: of each endpoint its calls over its limit, one endpoint after the other; what
needs nothing of each other, issues and pages once the issues are there, side by side; of reads that wait for each other
their latency. Exit 1 where a call was refused for its rate, a team was not served, or a cold run stays below 80 % on a
machine that has nothing else to do.
"""

import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from connector.sandbox.log import kind_of
from connector.sync.connections import CONNECTIONS
from tests.bench.crowd import Crowd
from tests.bench.rates import BURSTS, Limits
from tests.bench.rig import Run, rig

LATENCY = timedelta(milliseconds=50)
SHARE = 0.8
_BESIDE = {  # what is written in Jira while pages are written in Confluence
    "issues": re.compile(r"/rest/api/[^/]+/(issueLink|issue/\{\}(/assignee)?)"),
    "pages": re.compile(r"/wiki/.*"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run beside what the limits allow."""

    name: str
    run: Run
    bound: float  # seconds
    refused: int
    fastest: str

    @property
    def share(self) -> float:
        """Of the bound that was reached."""
        return self.bound / self.run.at_work if self.run.at_work else 1.0


def bound(calls: Mapping[tuple[str, str], int], latency: float) -> float:
    """Seconds that so many calls take at least: writes by their limit or their latency on all connections, reads one
    after the other."""
    seconds: dict[str, float] = defaultdict(float)
    for (method, path), count in calls.items():
        if kind_of(method, path) == "read":
            seconds["alone"] += count * latency
        else:
            seconds[_lane(path)] += max(count / BURSTS[method], latency * -(-count // CONNECTIONS))
    return seconds["alone"] + max(seconds["issues"], seconds["pages"])


def _lane(path: str) -> str:
    return next((name for name, paths in _BESIDE.items() if paths.fullmatch(path)), "alone")


def measure(teams: int, latency: timedelta = LATENCY, *, here: bool = False) -> tuple[Measured, ...]:
    """A cold run and a quiet one."""
    crowd = Crowd(teams=teams, today=datetime.now(UTC).date())
    limits = Limits(monotonic=time.monotonic, latency=latency)
    measured = []
    with rig(crowd, here=here, limits=limits) as on:
        for name in ("cold", "quiet"):
            limits.clear()
            run = on.sync()
            place, most = max(limits.fastest.items(), key=lambda item: item[1])
            measured.append(
                Measured(
                    name=name,
                    run=run,
                    bound=bound(limits.calls, latency.total_seconds()),
                    refused=sum(limits.refused.values()),
                    fastest=f"{most}/s {' '.join(place)}",
                )
            )
    return tuple(measured)


def main(arguments: Sequence[str]) -> int:
    """Exit 1 where a bound is broken."""
    teams = int(arguments[0]) if arguments else 1000
    cores, load = os.cpu_count() or 1, os.getloadavg()[0]
    sys.stdout.write(f"{cores} cores, load {load:.1f}\n")
    runs = measure(teams)
    for one in runs:
        sys.stdout.write(
            f"{teams} teams, {one.name}: {one.run.reads} read, {one.run.writes} written, {one.run.at_work:.1f} s at "
            f"work (bound {one.bound:.1f} s, {one.share:.0%}), {one.run.cpu:.1f} s of processor time, "
            f"{one.run.peak // 1024} MiB, fastest {one.fastest}, refused for rate: {one.refused}\n"
        )
    kept = all(one.run.served() and not one.refused for one in runs)
    if load > cores / 2:
        sys.stdout.write("others were at work on this machine, so the share is not judged\n")
    return 0 if kept and (runs[0].share >= SHARE or load > cores / 2) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
