"""Workers side by side, in threads and in processes, one of them put to sleep past its lease."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

from connector.rings import Cause, Claim
from connector.storage.store import Store

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LEASE = timedelta(minutes=5)
TEAMS = [f"team-{number}" for number in range(120)]

CLAIMER = """
import sys
from datetime import UTC, datetime, timedelta
from connector.storage.store import Store
now = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
with Store.open(sys.argv[1]) as store:
    sys.stdin.readline()
    idle = 0
    while idle < 20:
        claims = store.ring_ledger.claim(now, timedelta(minutes=5), 3)
        idle = 0 if claims else idle + 1
        for claim in claims:
            print(claim.team, claim.token, flush=True)
        store.ring_ledger.finish(claims, now)
"""

SLEEPER = """
import sys
from datetime import UTC, datetime, timedelta
from connector.errors import Code
from connector.storage.store import Store
lease = timedelta(seconds=0.5)
with Store.open(sys.argv[1]) as store:
    now = datetime.now(UTC)
    claims = store.ring_ledger.claim(now, lease, 1)
    print(store.ring_ledger.holds(claims, now), flush=True)
    sys.stdin.readline()
    now = datetime.now(UTC)
    print(store.ring_ledger.holds(claims, now), store.ring_ledger.extend(claims, now, lease), flush=True)
    store.ring_ledger.finish(claims, now)
    store.ring_ledger.give_back(claims, now, now, Code.NOT_FOUND)
"""


def started(script: str, url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_threads_that_claim_and_ring_side_by_side_serve_every_ring_once(store: Store) -> None:
    served: list[str] = []
    tokens: list[int] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        while claims := store.ring_ledger.claim(NOW, LEASE, 4):
            served.extend(claim.team for claim in claims)
            tokens.extend(claim.token for claim in claims)
            store.ring_ledger.finish(claims, NOW)

    def ring() -> None:
        start.wait()
        for team in TEAMS[:20]:
            store.ring_ledger.ring([team, "*"], Cause.EVENT, NOW)

    store.ring_ledger.ring(TEAMS, Cause.EVENT, NOW)
    threads = [threading.Thread(target=target) for target in (work, work, work, ring)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work_left = store.ring_ledger.claim(NOW, LEASE, 1000)
    served.extend(claim.team for claim in work_left)
    counts = Counter(served)
    assert set(TEAMS) <= counts.keys()
    assert {counts[team] for team in TEAMS[20:]} == {1}
    assert len(tokens) == len(set(tokens))


def test_processes_that_claim_side_by_side_serve_every_ring_once(store: Store, database_url: str) -> None:
    store.ring_ledger.ring(TEAMS, Cause.EVENT, NOW)
    claimers = [started(CLAIMER, database_url) for _ in range(3)]
    answers = [claimer.communicate("go\n", timeout=60) for claimer in claimers]
    assert [said for _, said in answers] == [""] * 3
    lines = [line.split() for out, _ in answers for line in out.splitlines()]
    assert sorted(team for team, _ in lines) == sorted(TEAMS)
    assert len({token for _, token in lines}) == len(TEAMS)
    assert store.ring_ledger.rings() == ()


def test_a_process_that_was_stopped_past_its_lease_wakes_up_fenced(store: Store, database_url: str) -> None:
    store.ring_ledger.ring(["onboarding"], Cause.EVENT, datetime.now(UTC))
    sleeper = started(SLEEPER, database_url)
    assert sleeper.stdin
    assert sleeper.stdout
    assert sleeper.stdout.readline() == "True\n"
    os.kill(sleeper.pid, signal.SIGSTOP)
    claims: tuple[Claim, ...] = ()
    deadline = time.monotonic() + 30
    while not claims and time.monotonic() < deadline:
        claims = store.ring_ledger.claim(datetime.now(UTC), timedelta(minutes=5), 1)
        time.sleep(0.05)
    before = store.ring_ledger.rings()
    os.kill(sleeper.pid, signal.SIGCONT)
    assert sleeper.communicate("go\n", timeout=60) == ("False False\n", "")
    assert store.ring_ledger.rings() == before
    assert store.ring_ledger.holds(claims, datetime.now(UTC))
