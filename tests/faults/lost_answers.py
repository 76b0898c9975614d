"""Histories of writes whose answers were lost: `python -m tests.faults.lost_answers 5000 [minutes] [journal]`.

With a journal the next run goes on where the last one ended, and `[journal] 1/2` plays every second seed, so that two
may run side by side; what is told at the end, and the exit, is of everything in the journal.

A run counts when a write of it was struck. After every run nothing may stand there twice; in the end good weather must
lead to the site that undisturbed runs lead to, and then to silence. Exit 1 where it does not.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from connector.errors import ConnectorError
from connector.gateways import operations
from connector.gateways.operations import Operation
from connector.sync.engine import Engine
from connector.sync.scope import Options
from tests.faults.journal import Journal
from tests.faults.small_house import HORIZON, small_house, stage_begins, undisturbed
from tests.faults.wire import Loss, Moment, Strike, Wire
from tests.flow.stand import Scene
from tests.flow.state import State, doubled, state

WRITES = (  # of a stage, in the order in which a run makes them
    (operations.CREATE_ISSUES, operations.LINK, operations.CREATE_PAGE, operations.ADD_LABELS, operations.REMOTE_LINK),
    (
        operations.CREATE_ISSUES,
        operations.EDIT_ISSUE,
        operations.CLEAR_ASSIGNEE,
        operations.LINK,
        operations.UPDATE_PAGE,
        operations.REMOTE_LINK,
    ),
    (operations.CREATE_PAGE, operations.ATTACH, operations.UPDATE_PAGE, operations.ADD_LABELS),
)
STRIKES = 6  # of one stage at most
LONGEST_LAG = 15  # minutes
NOTHING_KEPT = Journal(None)
PAUSES = (0, 0.5, 2, 5, 14, 20)  # minutes until the next run


@dataclass(slots=True, kw_only=True)
class Told:
    """What was played."""

    struck: Counter[tuple[str, Loss, Moment]] = field(default_factory=Counter)
    histories: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def runs(self) -> int:
        """With a write that was struck."""
        return sum(self.struck.values())

    def add(self, other: "Told") -> None:
        """What another one was told, too."""
        self.struck += other.struck
        self.histories += other.histories
        self.wrong += other.wrong

    def line(self, seed: int) -> dict[str, Any]:
        """For a journal: what the history of this seed came to."""
        struck = [[*kind, count] for kind, count in self.struck.items()]
        return {"seed": seed, "struck": struck, "histories": self.histories, "wrong": self.wrong}

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> Self:
        """A line of a journal."""
        struck = Counter({(name, Loss(loss), Moment(done)): count for name, loss, done, count in line["struck"]})
        return cls(struck=struck, histories=line["histories"], wrong=line["wrong"])


def play(seed: int, folder: Path, expected: State, told: Told) -> None:
    """One history."""
    dice, wire = random.Random(seed), Wire()
    lag = timedelta(minutes=dice.randint(0, LONGEST_LAG))
    with small_house(folder, lag, wire) as on:
        for stage in range(len(WRITES)):
            stage_begins(on, stage)
            with on.engine() as engine:
                _stage_is_struck(on, engine, wire, dice, WRITES[stage], told)
                on.minutes_pass(HORIZON.total_seconds() / 60 + 1)
                engine.sync(on.book(), Options())
        on.silent_sync()
        assert state(on.site) == expected, "the site ends otherwise than undisturbed"
    told.histories += 1


def _stage_is_struck(
    on: Scene, engine: Engine, wire: Wire, dice: random.Random, writes: Sequence[Operation], told: Told
) -> None:
    """Strikes go on from write to write, as runs do; in between the site is down, or the run comes to its end."""
    places = sorted(dice.choices(range(len(writes)), k=STRIKES))
    for place in places:
        strike = _strike(dice, writes[place])
        wire.arm(strike)
        with suppress(ConnectorError):
            engine.sync(on.book(), Options())
        hit = wire.disarm()
        assert doubled(on.site) == {}, f"{strike.operation.name} {strike.loss} {strike.done}: {doubled(on.site)}"
        if hit:
            told.struck[strike.operation.name, strike.loss, strike.done] += 1
        on.minutes_pass(min(dice.choice(PAUSES), _still_held(on, strike)))
        wire.deliver_late()
        assert doubled(on.site) == {}, f"late {strike.operation.name}: {doubled(on.site)}"
        if not (hit or strike.nth > 1):
            return


def _still_held(on: Scene, strike: Strike) -> float:
    """Minutes after which a request that was held on the way arrives: searches show it before the horizon ends."""
    return (HORIZON - on.site.search_lag).total_seconds() / 60 if strike.done is Moment.LATER else LONGEST_LAG * 2


def _strike(dice: random.Random, operation: Operation) -> Strike:
    loss = dice.choice(list(Loss))
    late = [Moment.LATER] if loss in (Loss.TIMEOUT, Loss.BAD_GATEWAY) else []
    return Strike(
        operation=operation,
        nth=dice.choice((1, 1, 1, 2)),
        loss=loss,
        done=dice.choice([Moment.NEVER, Moment.AT_ONCE, *late]),
        then_down=dice.random() < 0.9,
    )


def played(runs: int, seeds: Iterable[int], minutes: float = 11.0, journal: Journal = NOTHING_KEPT) -> Told:
    """So many struck runs, those that the journal knows included, or as many as fit."""
    told, until = Told(), time.monotonic() + 60 * minutes
    known = set()
    for line in journal.lines():
        known.add(line["seed"])
        told.add(Told.of(line))
    with TemporaryDirectory() as place:
        expected = undisturbed(Path(place) / "undisturbed")[len(WRITES) - 1]
    for seed in seeds:
        if told.runs >= runs or time.monotonic() > until:
            break
        if seed not in known:
            one = _one(seed, expected)
            journal.add(one.line(seed))
            told.add(one)
    return told


def _one(seed: int, expected: State) -> Told:
    told = Told()
    with TemporaryDirectory() as place:
        try:
            play(seed, Path(place) / "house", expected, told)
        except (AssertionError, ConnectorError) as error:
            told.wrong.append(f"seed {seed}: {type(error).__name__} {error}"[:600])
    return told


def main(arguments: Sequence[str]) -> int:
    """Exit 1 where a history ended wrong, or fewer runs were struck than were asked for."""
    runs = int(arguments[0]) if arguments else 5000
    minutes = float(arguments[1]) if len(arguments) > 1 else 60.0
    journal = Journal(Path(arguments[2]) if len(arguments) > 2 else None)
    shard, shards = map(int, arguments[3].split("/")) if len(arguments) > 3 else (1, 1)
    told = played(runs, count(shard - 1, shards), minutes, journal)
    sys.stdout.write(
        f"{told.runs} struck runs in {told.histories} histories, {time.process_time():.0f} s of processor time, "
        f"{len(told.struck)} kinds, the rarest {min(told.struck.values(), default=0)} times; wrong: {len(told.wrong)}\n"
    )
    for kind, times in sorted(told.struck.items()):
        sys.stdout.write(f"{' '.join(kind):<50}{times:>6}\n")
    sys.stdout.write("".join(f"{line}\n" for line in told.wrong))
    return 0 if told.runs >= runs and not told.wrong else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
