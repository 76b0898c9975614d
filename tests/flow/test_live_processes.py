"""`okr serve` and the roles of the Procfile as real processes: from an event to the page, and to a clean end."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from connector.rings import Cause
from connector.storage.store import Store
from connector.sync.refs import ORGANISATION
from tests.flow.running import OKR, ROOT, Town, commands, family, free_port, get, killed, soon, town
from tests.flow.state import doubled

STARTED = 40.0  # seconds, on a machine with other things to do
SERVED = 30.0
DRAINED = 20.0


def made(on: Town) -> bool:
    return bool(on.body("onboarding") and on.body("metering")) and on.queue() == []


def creations(on: Town) -> Counter[str]:
    """Pages and bulk creates of issues that the site was asked for and did."""
    done = (line for line in on.site.log.writes() if 200 <= line.status < 300 and line.method == "POST")
    made = {on.scene.path(route) for route in ("/wiki/api/v2/pages", "/rest/api/3/issue/bulk")}
    return Counter(line.route for line in done if line.route in made)


def test_serve_brings_an_event_to_its_page_outlives_a_killed_worker_and_ends_in_time(
    sqlite_url: str, tmp_path: Path
) -> None:
    with town(sqlite_url, tmp_path) as on:
        port = free_port()
        house = on.start("-c", OKR, "serve", "--port", str(port))
        try:
            assert soon(lambda: get(port, "/healthz") == 200 and made(on), STARTED), on.said()
            assert get(port, "/readyz") == 200
            on.epic_becomes("MET-7", "Done")
            assert on.event(port, "MET-7") == 202
            assert soon(lambda: "MET-7 is completed" in on.body("metering") and on.queue() == [], SERVED), on.said()
            workers = [pid for pid, line in commands(family(house.pid)).items() if line.rstrip().endswith(" worker")]
            assert len(workers) == 1
            os.kill(workers[0], signal.SIGKILL)
            on.epic_becomes("ONB-33", "Done")
            assert on.event(port, "ONB-33") == 202
            assert soon(lambda: "ONB-33 ist" in on.body("onboarding") and on.queue() == [], SERVED), on.said()
            processes = family(house.pid)
            started = time.monotonic()
            house.terminate()
            assert house.wait(DRAINED + 5) == 0
            assert time.monotonic() - started < DRAINED
            assert commands(processes[1:]) == {}
        finally:
            killed(family(house.pid))
            house.wait()
        said = on.said()
        assert "Traceback" not in said
        assert "threads" not in said  # the server has nothing to warn of
        assert doubled(on.site) == {}


def test_a_worker_that_waits_for_the_site_ends_in_time_and_leaves_its_teams_free(
    sqlite_url: str, tmp_path: Path
) -> None:
    with town(sqlite_url, tmp_path) as on:
        on.scene.sync()
        on.site.faults.answer(503, headers={"Retry-After": "4"}, times=None)
        with subprocess.Popen(
            [sys.executable, "-c", OKR, "worker"], env=dict(on.environ), cwd=tmp_path, stderr=subprocess.DEVNULL
        ) as worker:
            mark = on.site.log.mark()
            with Store.open(sqlite_url) as store:
                store.ring_ledger.ring(("metering",), Cause.OPERATOR, on.site.clock.now())
            assert soon(lambda: on.site.log.mark() > mark, STARTED)
            worker.terminate()
            assert worker.wait(DRAINED) == 0
        with Store.open(sqlite_url) as store:
            assert not any(ring.claimed for ring in store.ring_ledger.rings())
            assert [ring.team for ring in store.ring_ledger.rings()] == ["metering"]


@pytest.mark.timeout(180)
def test_two_of_each_role_on_postgresql_make_everything_once_and_lose_no_ring(
    postgresql_url: str, tmp_path: Path
) -> None:
    with town(postgresql_url, tmp_path) as on:
        port = free_port(2)
        honcho = on.start("-m", "honcho", "-f", str(ROOT / "Procfile"), "-d", str(tmp_path), "start",
                          "-c", "web=2,worker=2,clock=2,release=0", "-p", str(port))  # fmt: skip
        try:
            doors = [port, port + 1]
            assert soon(lambda: all(get(door, "/healthz") == 200 for door in doors) and made(on), 2 * STARTED), (
                on.said()
            )
            once = creations(on)
            for number in range(12):
                epic = ("ONB-33", "MET-7")[number % 2]
                on.epic_becomes(epic, "Done" if number >= 10 else ("In Progress", "To Do")[number % 3 % 2])
                assert on.event(doors[number // 2 % 2], epic) == 202
            assert soon(lambda: on.queue() == [], SERVED), on.said()
            assert "MET-7 is completed" in on.body("metering")
            assert "ONB-33 ist" in on.body("onboarding")
            assert creations(on) == once
            assert doubled(on.site) == {}
            processes = family(honcho.pid)
            honcho.terminate()
            honcho.wait(DRAINED + 5)
            assert soon(lambda: commands(processes[1:]) == {}, 5)
        finally:
            killed(family(honcho.pid))
            honcho.wait()
        alone = on.scene.sync()  # makes what is made for all teams together, as the report of a month that is over
        assert [one.team for one in alone.teams if one.created or one.updated] in ([], [ORGANISATION])
        on.scene.silent_sync()
        assert "Traceback" not in on.said()
