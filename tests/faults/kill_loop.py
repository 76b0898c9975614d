"""The whole house is killed at random moments, again and again, while people move epics and write the book.

`python -m tests.faults.kill_loop ROUNDS` prints what came of it. In each round the house is killed a few times, at any
moment or just when Jira has made an issue and has not said so yet. What was acknowledged must be on the pages after the
last start, without another event; then people go on, stop, and everything must be in step; and nothing is there twice.
"""

import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from sqlite3 import connect

from connector.sandbox.log import Answered, Asked
from connector.supervisor import Role, embedded
from tests.flow.running import OKR, QUICK_WORKER, Town, free_port, post, soon, town
from tests.flow.state import doubled

EPICS = {"onboarding": ("ONB-12", "ONB-33", "ONB-40"), "metering": ("MET-3", "MET-7", "MET-21")}
STATUSES = ("To Do", "In Progress", "Done")
LAG = timedelta(seconds=4)  # of the site's search: longer than a start takes
KILLS = 3  # a round
UP = 60.0  # seconds until processes do something, on a machine with other things to do
CREATES = "/rest/api/3/issue/bulk"
KEY_RESULT = """
      - id: try-{number}
        hypothesis: {{who: Households, do: try number {number}}}
        indicators:
          - {{id: tried-{number}, name: Tried, kind: leading, unit: "%", source: {{type: pushed}},
             epics: {{keys: {{MET-7: Pictures}}}}}}
"""


@dataclass(slots=True, kw_only=True)
class Person:
    """Moves one team's epics and has Jira tell of it; `sure` while everything that was moved was acknowledged."""

    on: Town
    port: int
    team: str
    dice: random.Random
    sure: bool = True
    taken: int = 0
    refused: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def begins(self) -> None:
        """What nobody took before is told again, then on and on."""
        self.over.clear()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def stops(self) -> None:
        """A call that nobody takes now is given up, as senders give up in the end."""
        self.over.set()
        if self.thread is not None:
            self.thread.join()

    def _run(self) -> None:
        while not self.over.wait(self.dice.random() * 0.05):
            if self.dice.random() < 0.2 and self.team == "onboarding":
                self._tell(self._push)
                continue
            epic, status = self.dice.choice(EPICS[self.team]), self.dice.choice(STATUSES)
            self.sure = False
            self.on.epic_becomes(epic, status)
            self._tell(lambda epic=epic: self.on.event(self.port, epic))

    def _push(self) -> int:
        """A value of today, of which the last one taken must stand on the page."""
        value, day = round(self.dice.uniform(10, 90), 1), self.on.site.clock.now().date()
        body = f'{{"value": {value}, "on": "{day}"}}'.encode()
        return post(self.port, "/webhooks/readings/onboarding/setup-rate", body, {"X-OKR-Secret": "push-secret"})

    def _tell(self, call: Callable[[], int]) -> None:
        self.sure = False
        while call() != 202:
            self.refused += 1
            if self.over.wait(0.05):
                return
        self.sure = True
        self.taken += 1


@dataclass(slots=True)
class Outcome:
    """What came of it."""

    kills: int = 0
    at_creates: int = 0
    taken: int = 0
    refused: int = 0
    sure: int = 0  # checks of a team right after a kill, with everything acknowledged
    late: list[str] = field(default_factory=list)  # what was acknowledged and is not on the pages
    twice: dict[str, int] = field(default_factory=dict)
    intact: bool = False


@dataclass(slots=True, kw_only=True)
class House:
    """The processes of `okr serve`; leases are short, since most workers here are killed."""

    on: Town
    port: int
    roles: Sequence[Role] = ()

    def starts(self) -> None:
        web, _, clock = embedded(self.port)
        self.roles = (web, Role(name="worker", command=[sys.executable, "-c", QUICK_WORKER]), clock)
        for role in self.roles:
            role.process = self.on.start(*role.command[1:])

    def is_killed(self) -> None:
        for role in self.roles:
            role.end(signal.SIGKILL)


@dataclass(slots=True)
class Trap:
    """Holds back the answer to the next create of issues, when it is set, and tells that it was done."""

    waits: threading.Event = field(default_factory=threading.Event)
    caught: threading.Event = field(default_factory=threading.Event)

    def __call__(self, asked: Asked, answered: Answered) -> None:
        if asked.path == CREATES and self.waits.is_set():
            self.waits.clear()
            self.caught.set()
            time.sleep(0.3)


def loop(on: Town, rounds: int, seed: int) -> Outcome:
    """So many rounds, then peace."""
    dice, trap, out = random.Random(seed), Trap(), Outcome()
    on.site.log.on_exchange(trap)
    with _standing(on) as house:
        people = [Person(on=on, port=house.port, team=t, dice=random.Random(f"{seed}{t}")) for t in EPICS]
        try:
            for number in range(rounds):
                _book(on, number)
                for kill in range(KILLS):
                    _killed(house, people, trap, dice, at_create=kill == 0, out=out)
                house.starts()
                _checked(on, [person.team for person in people if person.sure], out)
                for person in people:
                    person.begins()
                time.sleep(dice.random() + 0.5)
                _all_stop(people)
                _checked(on, [person.team for person in people if person.sure], out)
                house.is_killed()
        finally:
            _all_stop(people)
    out.taken, out.refused = sum(p.taken for p in people), sum(p.refused for p in people)
    out.twice, out.intact = doubled(on.site), _intact(on)
    return out


def _killed(
    house: House, people: Sequence[Person], trap: Trap, dice: random.Random, *, at_create: bool, out: Outcome
) -> None:
    """Started, and killed at its first create if it comes to one, else a moment after it has begun to work."""
    mark = house.on.site.log.mark()
    trap.caught.clear()
    if at_create:
        trap.waits.set()
    house.starts()
    for person in people:
        person.begins()
    assert soon(lambda: house.on.site.log.mark() > mark, UP), house.on.said()[-3000:]
    if at_create:
        out.at_creates += trap.caught.wait(10)
    else:
        time.sleep(dice.random() ** 2 * 2)
    house.is_killed()
    trap.waits.clear()
    _all_stop(people)
    out.kills += 1


def _all_stop(people: Sequence[Person]) -> None:
    for person in people:
        person.over.set()
    for person in people:
        person.stops()


def _checked(on: Town, teams: Sequence[str], out: Outcome) -> None:
    """Once nothing waits any more, a run would find nothing to do for teams of which everything was acknowledged."""
    assert soon(lambda: on.queue() == [], UP), (on.queue(), on.said()[-3000:])
    on.site.search_lag = timedelta(0)
    try:
        steps = on.scene.plan().steps
    finally:
        on.site.search_lag = LAG
    out.sure += len(teams)
    out.late += [f"{type(step.deed).__name__} {step.ref}" for step in steps if step.team in teams]


def _book(on: Town, number: int) -> None:
    """Each round one key result comes, and that of the round before goes."""
    file, kept = on.scene.book_folder / "teams" / "metering.yaml", on.folder / "metering.yaml"
    if not kept.exists():
        kept.write_text(file.read_text("utf-8"), "utf-8")
    file.write_text(kept.read_text("utf-8").rstrip() + KEY_RESULT.format(number=number), "utf-8")


@contextmanager
def _standing(on: Town) -> Iterator[House]:
    on.start("-c", OKR, "migrate").wait(UP)
    house = House(on=on, port=free_port())
    try:
        yield house
    finally:
        house.is_killed()


def _intact(on: Town) -> bool:
    with connect(on.folder / "okr.db") as database:
        return [row[0] for row in database.execute("PRAGMA integrity_check")] == ["ok"]


def main(rounds: int) -> None:
    seed = random.SystemRandom().randrange(10**6)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with town(f"sqlite:///{folder / 'okr.db'}", folder, lag=LAG) as on:
            print(f"seed {seed}\n{loop(on, rounds, seed)}")  # noqa: T201  # a program's own words


if __name__ == "__main__":
    main(int(sys.argv[1]))
