"""The whole house is killed at random moments, again and again, while people move epics and Jira tells of it.

`python -m tests.faults.kill_loop KILLS [FOLDER]` prints what came of it. What was acknowledged must be on the pages in
the end, and nothing twice.
"""

import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import connect

from connector.supervisor import Role, embedded
from tests.flow.running import OKR, QUICK_WORKER, Town, free_port, get, post, soon, town
from tests.flow.state import doubled

EPICS = ("ONB-12", "ONB-33", "ONB-40", "MET-3", "MET-7", "MET-21")
STATUSES = ("To Do", "In Progress", "Done")
UP = 30.0  # seconds until processes do something, on a machine with other things to do
SETTLED = 60.0


@dataclass(slots=True, kw_only=True)
class People:
    """They move epics, and Jira and a portal tell of it until somebody takes it, as senders do."""

    on: Town
    port: int
    dice: random.Random
    pause: float = 0.15
    taken: int = 0
    refused: int = 0
    last: dict[str, str] = field(default_factory=dict)  # status by epic, acknowledged
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.over.wait(self.pause * self.dice.random() * 2):
            epic, status = self.dice.choice(EPICS), self.dice.choice(STATUSES)
            self.on.epic_becomes(epic, status)
            self._until_taken(lambda epic=epic: self.on.event(self.port, epic))
            self.last[epic] = status

    def pushes(self) -> None:
        """Values of an indicator, the last of which must be on the page."""
        while not self.over.wait(self.pause * 4 * self.dice.random()):
            value = round(self.dice.uniform(10, 90), 1)
            day = self.on.site.clock.now().date().isoformat()
            body = f'{{"value": {value}, "on": "{day}"}}'.encode()
            path, headers = "/webhooks/readings/onboarding/setup-rate", {"X-OKR-Secret": "push-secret"}
            self._until_taken(lambda path=path, body=body, headers=headers: post(self.port, path, body, headers))
            self.last["value"] = f"{value}"

    def _until_taken(self, call: Callable[[], int]) -> None:
        while call() != 202:
            self.refused += 1
            time.sleep(0.05)
        self.taken += 1


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came of it."""

    kills: int
    taken: int
    refused: int
    working: int  # kills that met a run at work
    lost: tuple[str, ...]  # what a run afterwards had to write
    twice: dict[str, int]
    intact: bool
    ended: tuple[int, ...]  # how the processes ended when they were told to


def roles(port: int) -> tuple[Role, ...]:
    """Those of `okr serve`; leases are short, since most workers here are killed."""
    web, _, clock = embedded(port)
    return web, Role(name="worker", command=[sys.executable, "-c", QUICK_WORKER]), clock


def loop(on: Town, kills: int, seed: int) -> Outcome:
    """So many kills of all processes at once, then peace."""
    dice, port = random.Random(seed), free_port()
    people = People(on=on, port=port, dice=random.Random(seed + 1))
    threads = [threading.Thread(target=work) for work in (people.run, people.pushes)]
    working = 0
    with _standing(on, port) as standing:
        for thread in threads:
            thread.start()
        try:
            for _ in range(kills):
                mark = on.site.log.mark()
                assert soon(lambda mark=mark: on.site.log.mark() > mark, UP), on.said()[-3000:]
                time.sleep(dice.random() ** 2 * 1.5)
                working += standing.killed()
                standing.started()
        finally:
            people.over.set()
            for thread in threads:
                thread.join()
        assert soon(lambda: on.queue() == [], SETTLED), (on.queue(), on.said()[-3000:])
        ended = standing.told()
    return Outcome(
        kills=kills,
        taken=people.taken,
        refused=people.refused,
        working=working,
        lost=_lost(on, people.last),
        twice=doubled(on.site),
        intact=_intact(on),
        ended=ended,
    )


@dataclass(slots=True, kw_only=True)
class _Standing:
    on: Town
    port: int
    roles: Sequence[Role]

    def started(self) -> None:
        """All processes anew; the door must open again."""
        self.roles = roles(self.port)
        for role in self.roles:
            role.process = self.on.start(*role.command[1:])
        assert soon(lambda: get(self.port, "/healthz") == 200, UP), self.on.said()[-3000:]

    def killed(self) -> bool:
        """Everything at once; whether teams were being served at that moment."""
        for role in self.roles:
            role.end(signal.SIGKILL)
        with suppress(OSError), connect(self.on.folder / "okr.db") as database:
            return bool(database.execute("SELECT count(*) FROM rings WHERE token IS NOT NULL").fetchone()[0])
        return False

    def told(self) -> tuple[int, ...]:
        """Ended as a machine that is shut down ends them."""
        for role in self.roles:
            role.end(signal.SIGTERM)
        return tuple(role.process.wait(25) for role in self.roles if role.process is not None)


@contextmanager
def _standing(on: Town, port: int) -> Iterator[_Standing]:
    on.start("-c", OKR, "migrate").wait(UP)
    standing = _Standing(on=on, port=port, roles=())
    try:
        standing.started()
        yield standing
    finally:
        for role in standing.roles:
            role.end(signal.SIGKILL)


def _lost(on: Town, last: dict[str, str]) -> tuple[str, ...]:
    """What a run over everybody still finds to do, and values that are not in the series."""
    time.sleep(1.1)  # the site's search knows everything by then
    mark = on.site.log.mark()
    on.scene.sync()
    lost = [f"{line.method} {line.route}" for line in on.site.log.writes(mark)]
    kept = {str(reading.value) for reading in on.scene.readings() if reading.indicator == "onboarding/setup-rate"}
    return tuple(lost) + (() if last.get("value", "") in kept | {""} else ("value",))


def _intact(on: Town) -> bool:
    with connect(on.folder / "okr.db") as database:
        return [row[0] for row in database.execute("PRAGMA integrity_check")] == ["ok"]


def main(kills: int, folder: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    with town(f"sqlite:///{folder / 'okr.db'}", folder) as on:
        print(f"seed {seed}\n{loop(on, kills, seed)}")  # noqa: T201  # a program's own words


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        main(int(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else scratch))
