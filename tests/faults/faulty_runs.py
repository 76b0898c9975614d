"""Every fault at every call of ours: `python -m tests.faults.faulty_runs [minutes] [journal]` plays all that fit.

With a journal the next run goes on where the last one ended, and `[journal] 1/2` plays every second history, so that
two may run side by side; what is told at the end, and the exit, is of everything in the journal.

A history has four stages; in each of them one call meets one fault, once or every time. Nothing may be written wrong or
twice, nothing may be sent again before the time that the site asked for, at most two runs in good weather must lead to
the site that undisturbed runs lead to, and the next one must write nothing. Exit 1 where that does not hold.
"""

import random
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from connector.errors import ConnectorError
from connector.gateways import operations as at
from connector.gateways.access import Patience
from connector.sync.scope import Options
from tests.faults.journal import Journal
from tests.faults.proxy import Fault, Proxy
from tests.faults.small_house import HORIZON, STAGES, house_behind_proxy, stage_begins, undisturbed
from tests.faults.weather import ALL
from tests.flow.stand import Scene
from tests.flow.state import State, doubled, state

CALLS = (  # by stage; the first one of every history is of the first stage
    (
        *(at.SPACES, at.PAGES, at.SEARCH, at.CREATE_DIALOG, at.CREATE_SCREEN),
        *(at.CREATE_ISSUES, at.LINK, at.CREATE_PAGE, at.ADD_LABELS, at.REMOTE_LINK),
    ),
    (at.BULK_FETCH, at.PAGE_DRAFT, at.EDIT_ISSUE, at.CLEAR_ASSIGNEE, at.UPDATE_PAGE),
    (at.ATTACH, at.CREATE_PAGE, at.PAGES),
    (at.CHILDREN, at.LABELS, at.READ_REMOTE_LINK, at.SEARCH),
)
WIDTH, LONG = 10, 5  # histories of each fault, and those of them that have more than a first stage
ALL_HISTORIES = [(fault, place) for fault in ALL for place in range(WIDTH)]
random.Random(8).shuffle(ALL_HISTORIES)
NUMBERS = {(fault.name, place): number for number, (fault, place) in enumerate(ALL_HISTORIES)}
PAIRS = len(ALL) * len({call.name for calls in CALLS for call in calls})
NOTHING_KEPT = Journal(None)
SHORT_PATIENCE = Patience(connect=5, read=0.5)
LONGEST_HOLD = timedelta(minutes=61)


@dataclass(slots=True, kw_only=True)
class Told:
    """What was played."""

    met: set[tuple[str, str]] = field(default_factory=set)  # fault and call
    struck: int = 0
    second_runs: int = 0  # stages that needed two runs in good weather
    histories: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Told") -> None:
        """What another one was told, too."""
        self.met |= other.met
        self.struck += other.struck
        self.second_runs += other.second_runs
        self.histories += other.histories
        self.wrong += other.wrong

    def line(self, number: int) -> dict[str, Any]:
        """For a journal: what the history of this number came to."""
        return {"history": number, **asdict(self), "met": sorted(self.met)}

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> Self:
        """A line of a journal."""
        kept = {name: value for name, value in line.items() if name != "history"}
        return cls(**kept | {"met": {(fault, call) for fault, call in line["met"]}})


def play(fault: Fault, place: int, folder: Path, expected: Sequence[State], told: Told) -> None:
    """One history."""
    with house_behind_proxy(folder, timedelta(minutes=place)) as (on, proxy):
        for stage in range(STAGES if place < LONG else 1):
            call = CALLS[stage][place % len(CALLS[stage])]
            stage_begins(on, stage)
            try:
                told.second_runs += _stage(on, proxy, fault, call, times=1 if (stage + place) % 2 else 1000)
            except (AssertionError, ConnectorError) as error:
                told.wrong.append(f"{fault.name} {call.name} stage {stage} place {place}: {error}"[:500])
                return
            told.struck += proxy.struck
            if proxy.struck:
                told.met.add((fault.name, call.name))
        if state(on.site) != expected[stage]:
            told.wrong.append(f"{fault.name} {call.name} stage {stage} place {place}: ends otherwise than undisturbed")
            return
    told.histories += 1


def _stage(on: Scene, proxy: Proxy, fault: Fault, call: at.Operation, times: int) -> bool:
    """Whether a second run in good weather had something left to do."""
    on.patience = replace(SHORT_PATIENCE, read=SHORT_PATIENCE.read if "hang" in fault.name else 5.0)
    proxy.switch_on(fault, call, times)
    with on.engine() as engine, suppress(ConnectorError):
        engine.sync(on.book(), Options())
    proxy.switch_off()
    on.patience = Patience(connect=20, read=20)
    early = proxy.early()
    assert not early, early
    _nothing_twice(on)
    if fault.asked is None:
        with on.engine() as engine, suppress(ConnectorError):
            engine.sync(on.book(), Options())  # at once, before searches know what was written
        _nothing_twice(on)
    on.site.clock.advance(LONGEST_HOLD)
    on.sync()
    on.site.clock.advance(HORIZON)  # searches know by now what was written
    mark = on.site.log.mark()
    on.sync()
    if not on.site.log.writes(mark):
        return False
    on.site.clock.advance(HORIZON)
    on.silent_sync()
    return True


def _nothing_twice(on: Scene) -> None:
    twice = doubled(on.site)
    assert not twice, twice


def played(histories: Sequence[tuple[Fault, int]], minutes: float, journal: Journal = NOTHING_KEPT) -> Told:
    """All of these that the journal does not know, or as many as fit; everything it knows then is told."""
    until, known = time.monotonic() + 60 * minutes, {line["history"] for line in journal.lines()}
    told = Told()
    with TemporaryDirectory() as place:
        expected = undisturbed(Path(place) / "undisturbed")
    for fault, number in histories:
        history = NUMBERS[fault.name, number]
        if time.monotonic() > until:
            break
        if history in known:
            continue
        one = Told()
        with TemporaryDirectory() as place:
            play(fault, number, Path(place) / "house", expected, one)
        journal.add(one.line(history))
        told.add(one)
    for line in journal.lines():
        if line["history"] in known:
            told.add(Told.of(line))
    return told


def main(arguments: Sequence[str]) -> int:
    """Exit 1 where a history ended wrong, or not all of them were played."""
    minutes = float(arguments[0]) if arguments else 60.0
    journal = Journal(Path(arguments[1]) if len(arguments) > 1 else None)
    shard, shards = map(int, arguments[2].split("/")) if len(arguments) > 2 else (1, 1)
    mine = ALL_HISTORIES[shard - 1 :: shards]
    told = played(mine, minutes, journal)
    kinds, calls = {fault for fault, _ in told.met}, {call for _, call in told.met}
    sys.stdout.write(
        f"{told.histories} of {len(ALL_HISTORIES)} histories: {len(kinds)} faults met {len(calls)} calls "
        f"in {len(told.met)} of {PAIRS} pairs, {told.struck} answers spoilt, {told.second_runs} second runs; "
        f"{time.process_time():.0f} s of processor time; wrong: {len(told.wrong)}\n"
    )
    sys.stdout.write("".join(f"{line}\n" for line in told.wrong))
    return 0 if told.histories >= len(mine) and not told.wrong else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
