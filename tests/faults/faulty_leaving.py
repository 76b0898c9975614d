"""Every fault at every call of coming to a site's webhooks and of leaving it again.

`python -m tests.faults.faulty_leaving [minutes] [journal]` has a small house register its webhook and leave while one
call meets one fault, once or every time. Nothing may be registered twice, sent again too early, or taken from people;
our memory stays as long as something is left. One more try in good weather leaves nothing of ours, and the next one has
nothing to do. Exit 1 where that does not hold.
"""

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from connector.errors import ConnectorError
from connector.gateways.access import Patience
from connector.gateways.operations import Operation
from tests.faults.faulty_runs import LONGEST_HOLD, NOTHING_KEPT, SHORT_PATIENCE
from tests.faults.journal import Journal
from tests.faults.leaving_house import arrives, begins, is_left, leaves, of_ours, of_people
from tests.faults.proxy import Fault, Proxy
from tests.faults.small_house import house_behind_proxy
from tests.faults.weather import ALL
from tests.flow.stand import Scene

Act = Callable[[Scene], object]


@dataclass(slots=True, kw_only=True)
class Told:
    """What was played."""

    met: set[tuple[str, str]] = field(default_factory=set)  # fault and call
    struck: int = 0
    histories: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Told") -> None:
        """What another one was told, too."""
        self.met |= other.met
        self.struck += other.struck
        self.histories += other.histories
        self.wrong += other.wrong


def calls_of(act: Act, before: Act | None, folder: Path) -> tuple[Operation, ...]:
    """The kinds of call that it takes in good weather, in their order."""
    with house_behind_proxy(folder, timedelta(0)) as (on, proxy):
        begins(on)
        if before is not None:
            before(on)
        proxy.heard = {}
        act(on)
        return tuple(proxy.heard)


def play(fault: Fault, call: Operation, act: Act, times: int, folder: Path, told: Told) -> None:
    """One history: `act` is what meets the fault."""
    with house_behind_proxy(folder, timedelta(0)) as (on, proxy):
        begins(on)
        if act is leaves:
            arrives(on)
        try:
            people = of_people(on)
            _in_bad_weather(on, proxy, fault, call, act, times)
            on.site.clock.advance(LONGEST_HOLD)
            if act is arrives:
                arrives(on)
                assert len(on.site.webhooks.registered) == 1, "registered twice, or not at all"
            ends_well(on, people)
        except (AssertionError, ConnectorError) as error:
            told.wrong.append(f"{fault.name} {call.name} {times}: {type(error).__name__} {error}"[:500])
        told.struck += proxy.struck
        if proxy.struck:
            told.met.add((fault.name, call.name))
    told.histories += 1


def interrupted(write: int, *, done: bool, folder: Path) -> bool:
    """A leave whose connection breaks at its n-th write, before or after that is done; False: it has no such write."""
    with house_behind_proxy(folder, timedelta(0)) as (on, _):
        begins(on)
        arrives(on)
        people = of_people(on)
        on.site.faults.interrupt_write(write, done)
        with suppress(ConnectorError):
            leaves(on)
        met = not on.site.faults.pending()
        on.site.faults.clear()
        assert not of_ours(on) or on.resources(), "our memory is gone, and something is left"
        ends_well(on, people)
        return met


def _in_bad_weather(on: Scene, proxy: Proxy, fault: Fault, call: Operation, act: Act, times: int) -> None:
    on.patience = replace(SHORT_PATIENCE, read=SHORT_PATIENCE.read if "hang" in fault.name else 5.0)
    proxy.switch_on(fault, call, times)
    with suppress(ConnectorError):
        act(on)
    proxy.switch_off()
    on.patience = Patience(connect=20, read=20)
    assert not proxy.early(), proxy.early()
    assert not of_ours(on) or on.resources(), "our memory is gone, and something is left"


def ends_well(on: Scene, people: object) -> None:
    """One more try leaves nothing of ours, and everything of people's."""
    assert of_people(on) == people, "something of people's is gone"
    removed = leaves(on)
    assert not removed.troubles, removed.troubles
    assert not of_ours(on), of_ours(on)
    assert not is_left(on).writes, is_left(on).traces
    assert of_people(on) == people, "something of people's is gone in the end"


def played(faults: Sequence[Fault], minutes: float = 120.0, journal: Journal = NOTHING_KEPT) -> Told:
    """Each of these at each kind of call, or as many as fit; what the journal knows is told and not played again."""
    told, until, known = Told(), time.monotonic() + 60 * minutes, set()
    for line in journal.lines():
        known.add(line["history"])
        told.add(Told(**line["told"] | {"met": set(map(tuple, line["told"]["met"]))}))
    for fault, call, act in _histories(faults):
        name = f"{fault.name} {call.name} {act.__name__}"
        if time.monotonic() > until:
            break
        if name in known:
            continue
        one = Told()
        with TemporaryDirectory() as place:
            play(fault, call, act, 1 if len(name) % 2 else 1000, Path(place), one)
        journal.add({"history": name, "told": asdict(one) | {"met": sorted(one.met)}})
        told.add(one)
    return told


def _histories(faults: Sequence[Fault]) -> list[tuple[Fault, Operation, Act]]:
    with TemporaryDirectory() as place:
        coming = calls_of(arrives, None, Path(place) / "coming")
        leaving = calls_of(leaves, arrives, Path(place) / "leaving")
    ways = [*((call, arrives) for call in coming), *((call, leaves) for call in leaving)]
    return [(fault, call, act) for fault in faults for call, act in ways]


def main(arguments: Sequence[str]) -> int:
    """Exit 1 where a history ended wrong, or not all of them were played."""
    minutes = float(arguments[0]) if arguments else 120.0
    told = played(ALL, minutes, Journal(Path(arguments[1]) if len(arguments) > 1 else None))
    every = len(_histories(ALL))
    sys.stdout.write(
        f"{told.histories} of {every} histories: {len({fault for fault, _ in told.met})} faults met "
        f"{len({call for _, call in told.met})} calls in {len(told.met)} pairs, {told.struck} answers spoilt; "
        f"wrong: {len(told.wrong)}\n"
    )
    sys.stdout.write("".join(f"{line}\n" for line in told.wrong))
    return 0 if told.histories >= every and not told.wrong else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
