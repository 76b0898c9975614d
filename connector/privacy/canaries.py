"""The proof: invented people go in by every way there is, and none of them comes out anywhere."""

import random
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes

from connector.errors import Code
from connector.privacy.canary_boundary import read_everything
from connector.privacy.canary_census import Carrier, Place, census
from connector.privacy.canary_controls import leaks
from connector.privacy.canary_encodings import ENCODINGS
from connector.privacy.canary_house import UI_TOKEN, CanaryHouse, canary_house, environment_of
from connector.privacy.canary_marks import Flock, hatch
from connector.privacy.canary_payloads import READING, Call
from connector.privacy.canary_processes import Processes
from connector.privacy.canary_scan import Hit, Scanner
from connector.privacy.canary_sinks import Gathered, Sink, gather_files
from connector.privacy.canary_site import SAYING, PeopledSite, peopled_site

PASTED: Final = 24
SAMPLES: Final = 3  # payloads for a command that reads one
_WEEK: Final = timedelta(days=7)

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was done and what came out; whole only if nothing leaked, all planted leaks were found, and it did work."""

    places: int
    missed: tuple[Place, ...]  # in which no person ever stood
    payloads: int
    encodings: int
    sinks: tuple[Sink, ...]
    hits: tuple[Hit, ...]
    unfound: tuple[Sink, ...]  # whose planted leak was not found
    absent: tuple[str, ...]  # wanted facts that did not come out
    seconds: float

    @property
    def whole(self) -> bool:
        """Whether the promise holds."""
        return not (self.hits or self.unfound or self.absent or self.missed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long the proof is to be."""

    payloads: int
    environ: Mapping[str, str] | None  # of the processes; None: everything happens in this one
    seed: int


def prove(folder: Path, effort: Effort, tell: Tell = lambda step: None) -> Proof:
    """The whole proof in an empty folder, on an imitation site; needs nothing but this installation."""
    started = time.monotonic()
    dice = random.Random(effort.seed)  # noqa: S311  # the people are to be the same again for the same seed
    flock, gathered = hatch(census(), dice), Gathered()
    with as_file(files("mappings") / "example") as example:
        book = Path(shutil.copytree(example, folder / "book"))
    (folder / "temporary").mkdir()
    with peopled_site(flock) as peopled:
        tell("house")
        with canary_house(peopled, flock, book, folder, gathered, dice) as house:
            absent = list(_live(house, effort.payloads, folder))
        if effort.environ is not None:
            tell("processes")
            absent += _as_processes(house, effort.environ, book, folder)
        house.gather_requests()
        gather_files(gathered, folder / "temporary")
        tell("scan")
        planted, victims = leaks(peopled, flock, folder / "planted")
    scanner = Scanner(flock.canaries)
    absent += _facts(house, scanner)
    return Proof(
        places=len(flock.of),
        missed=tuple(_missed(flock, peopled, house.sent)),
        payloads=len(house.sent),
        encodings=len(ENCODINGS),
        sinks=tuple(sink for sink in Sink if sink in gathered.sinks()),
        hits=tuple(sorted(_hits(gathered, scanner), key=str)),
        unfound=tuple(_unfound(planted, victims, scanner)),
        absent=tuple(absent),
        seconds=time.monotonic() - started,
    )


def _live(house: CanaryHouse, payloads: int, folder: Path) -> Iterator[str]:
    """Some weeks of a house with all that can go wrong; yields what ought to have happened and did not."""
    house.be_refused("*", "POST")
    if house.sync() < 1:
        yield "a run makes issues and pages"
    house.name_people()
    house.receive(payloads)
    house.work()
    read_everything(house)
    house.peopled.site.clock.advance(_WEEK)
    if house.sync() < 1:
        yield "the next week has a page"
    house.peopled.site.jira.set_status("MET-7", "Done")
    house.be_refused("PUT")
    house.sync()
    house.look()
    house.paste(PASTED)
    house.gather(folder)
    for status, what in ((202, "accepted"), (204, "let pass"), (400, "called unreadable"), (401, "refused")):
        if payloads >= 100 and not house.heard.statuses[status]:
            yield f"calls are {what}"
    kept = {(reading.indicator, str(reading.value)) for reading in house.parts.store.readings()}
    if payloads >= 4 and ("/".join(READING[:2]), READING[2]) not in kept:
        yield "a pushed value is kept"


def _as_processes(house: CanaryHouse, environ: Mapping[str, str], book: Path, folder: Path) -> Iterator[str]:
    settings = environment_of(house.peopled, book, f"sqlite:///{folder / 'processes.db'}")
    temporary = {"TMPDIR": str(folder / "temporary"), "OKR_UI_TOKEN": UI_TOKEN}
    running = Processes(environ={**environ, **settings, **temporary}, folder=folder, gathered=house.gathered)
    if running.command("sync", "--json") != 0:
        yield "okr sync does its work"
    running.commands(house.sent[1 : 1 + SAMPLES])
    running.serve(house.sent[: max(40, len(house.sent) // 4)])
    if not running.heard.statuses[202]:
        yield "the server accepts calls"


def _facts(house: CanaryHouse, scanner: Scanner) -> Iterator[str]:
    """What is wanted of the world, and must have come out."""
    written = house.gathered.text(Sink.WRITTEN)
    for text, what in (("ONB-12", "an epic is named by its key"), ("Key Results", "pages hold what they are for")):
        if text not in written:
            yield what
    on_page = b"\n".join(t.data for t in house.gathered.traces() if t.page is not None)
    if not any(hit.place.carrier is Carrier.WORDS for hit in scanner.hits(Sink.WRITTEN, on_page)):
        yield "a team's words stay on its page"
    if "pasted 200" not in house.gathered.text(Sink.PAGES_FOR_PEOPLE):
        yield "a pasted message shows what remains of it"
    elsewhere = b"".join(t.data for t in house.gathered.traces() if t.sink is Sink.WRITTEN and t.page is None)
    if not any(f"{SAYING} {somebody}".encode() in elsewhere for somebody in ("jemand", "someone")):
        yield "whoever a team mentions is somebody elsewhere"
    if Code.PERMISSION_MISSING.value not in house.gathered.text(Sink.EXCEPTIONS):
        yield "errors are told"
    if not house.log.getvalue():
        yield "log lines are written"


def _hits(gathered: Gathered, scanner: Scanner) -> Iterator[Hit]:
    """Everything found, but for a team's own words on the very page where they stand."""
    for trace in gathered.traces():
        for hit in scanner.hits(trace.sink, trace.data):
            if trace.page is None or hit.place.carrier is not Carrier.WORDS:
                yield hit


def _missed(flock: Flock, peopled: PeopledSite, sent: Sequence[Call]) -> Iterator[Place]:
    """The places whose people are not to be seen in what went in."""
    heads = (value.encode("latin-1") for call in sent for value in call.headers.values())
    calls = (unquote_to_bytes(call.path) + call.body for call in sent)
    given = b"\n".join(dict.fromkeys(chain(peopled.planting.sent, calls, heads)))
    for place, shapes in flock.of.items():
        if not any(canary.core.encode() in given for canary in shapes.values()):
            yield place


def _unfound(planted: Gathered, victims: Mapping[Sink, object], scanner: Scanner) -> Iterator[Sink]:
    for sink, victim in victims.items():
        found = [scanner.hits(sink, trace.data) for trace in planted.traces() if trace.sink is sink]
        if victim not in {scanner.canary(hit) for hits in found for hit in hits}:
            yield sink
