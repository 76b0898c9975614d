"""What the boundary costs: `python -m tests.bench.boundary_bench` prints decode time as a ratio to json.loads.

Both read the same recorded bodies in turns within one run; the figure is the median over the bodies, and the aim 0.35.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from mappings.boundary import confluence_event, jira_event

AIM = 0.35
PAYLOADS = Path(__file__).parents[3] / "shared" / "payloads" / "webhooks"
LABELS = frozenset(f"okr-label-{number}" for number in range(200))
ROUNDS = 15
CALLS = 40


def seconds(work: Callable[[], object]) -> float:
    """What one call takes, as the best of some rounds would be too kind: the median."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(CALLS):
            work()
        taken.append((time.perf_counter() - start) / CALLS)
    return statistics.median(taken)


def ratio(name: str, body: bytes) -> tuple[float, float]:
    """The boundary's time as a part of json.loads, and as microseconds."""
    if name.startswith("jira"):
        ours = seconds(lambda: jira_event(body, {}, LABELS))
    else:
        ours = seconds(lambda: confluence_event(body, {}))
    return ours / seconds(lambda: json.loads(body)), ours * 1e6


def main() -> int:
    """Exit 1 where the median is above the aim."""
    bodies = {path.name: path.read_bytes() for path in sorted(PAYLOADS.glob("*.json"))}
    if not bodies:
        print("the recorded bodies are not beside this checkout")  # noqa: T201
        return 0
    measured = {name: ratio(name, body) for name, body in bodies.items()}
    ratios = sorted(part for part, _ in measured.values())
    median, worst = statistics.median(ratios), max(measured, key=lambda name: measured[name][0])
    large = statistics.median(measured[name][0] for name, body in bodies.items() if len(body) >= 4096)
    lines = (
        f"bodies                 {len(bodies)}, median {statistics.median(map(len, bodies.values())):.0f} bytes",
        f"ratio to json.loads    median {median:.3f} (aim {AIM}), of bodies of 4 KiB and more {large:.3f}",
        f"slowest                {measured[worst][0]:.3f} of json.loads, {measured[worst][1]:.1f} us: {worst}",
    )
    print("\n".join(lines))  # noqa: T201
    return int(median > AIM)


if __name__ == "__main__":
    sys.exit(main())
