"""A rush of events by many callers at once, each over its own connection: what every single one was answered."""

import http.client
import sqlite3
import statistics
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.bench.ingest_stand import signature_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Rush:
    """Statuses in the order of the events, and milliseconds until the answer."""

    statuses: tuple[int, ...]
    p50: float
    p99: float


def acknowledged(port: int, bodies: Sequence[bytes], callers: int) -> Rush:
    """Nothing is sent twice."""
    signatures = {body: signature_of(body) for body in set(bodies)}
    statuses, taken = [0] * len(bodies), [0.0] * len(bodies)

    def call(caller: int) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            for number in range(caller, len(bodies), callers):
                start = time.perf_counter()
                headers = {"Content-Type": "application/json", "X-Hub-Signature": signatures[bodies[number]]}
                connection.request("POST", "/webhooks/jira", bodies[number], headers)
                answer = connection.getresponse()
                answer.read()
                statuses[number], taken[number] = answer.status, (time.perf_counter() - start) * 1000

    threads = [threading.Thread(target=call, args=(caller,)) for caller in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    marks = statistics.quantiles(taken, n=100)
    return Rush(statuses=tuple(statuses), p50=marks[49], p99=marks[98])


def generations(database: Path) -> dict[str, int]:
    """How often each team was rung, as it stands in the file."""
    with closing(sqlite3.connect(database)) as connection:
        return dict(connection.execute("SELECT team, generation FROM rings").fetchall())
