"""Publishing some two hundred pages: requests, wall clock and what it costs to see that nothing is to be done.

`python -m tests.bench.publishing_bench` runs the real command against an imitation site, with a book that keeps nothing
in Jira, and prints counts and times beside the goals. Below stands what other publishers took for as many pages,
measured once, on another day and with other pages: quoted, not repeated. Exit 1 where a count is missed; times decide
nothing.
"""

import hashlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from connector.clock import WallClock
from connector.folder import MappingFolder
from connector.pages.canonical import well_formed
from connector.pages.check_in import check_in
from connector.pages.draft import Region
from connector.pages.render import Pages, _check_in_blocks
from connector.pages.studio import Studio
from connector.pages.views import Addresses
from connector.sync.desired import Observations, WantedPage
from connector.sync.scope import Options, scope_of
from connector.sync.team_pages import wanted_team_pages
from mappings.okr import MappingBook
from tests.bench.crowd import Crowd, team_id
from tests.bench.rig import Rig, Run, rig
from tests.pages.team_onboarding import ADDRESSES, LAST, VIEW, WEEK

TEAMS, NEW = 100, 50
LATENCY = timedelta(milliseconds=100)
ROUNDS = 15
QUOTED = """quoted: other publishers, 200 pages at no latency, requests first / same / one edited; 50 new at 100 ms
  md2cf 2.3.0               401 / 401 / 402       1.7 s same      11.0 s
  confluencebuilder 3.2.0   2,005 / 5 / 20        4.6 s same      54.8 s   (v2, doctrees kept)
  md2conf 0.6.5             1,803 / 1,002 / 1,004 3.2 s same      47.1 s
  mark v16                  1,201 / 801 / 802     0.65 s same     80.6 s"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line: what was counted, and the most it may be."""

    name: str
    run: Run
    reads: int
    writes: int

    @property
    def kept(self) -> bool:
        """Whether the counts are within what the line allows."""
        return self.run.served() and self.run.reads <= self.reads and self.run.writes <= self.writes


def published(on: Rig, crowd: Crowd) -> Iterator[Told]:
    """The life of the pages; a page costs one write and one for its labels. The strategy page tells of all teams.

    In the first days of a month its report comes with the first words of a person.
    """
    pages, drawn, told = crowd.pages, crowd.pictures, crowd.reports
    yield Told(name=f"{pages} pages, first", run=on.sync(), reads=2, writes=2 * pages + drawn)
    yield Told(name="unchanged", run=on.sync(), reads=1, writes=0)
    page = on.page_id(f"check-in/{team_id(1)}/{_week(crowd.today)}")
    on.site.confluence.edit_by_hand(page, lambda body: f"{body}<p>Nebenbei bemerkt.</p>")
    yield Told(name="one edited by a person", run=on.sync(), reads=2 + 1, writes=2 * told)
    crowd.write_team(on.book, 2, title="Customers feel safe after two weeks")
    yield Told(name="one team edited in the book", run=on.sync(), reads=2 + 3 + 2 * told, writes=2 + drawn + told)
    yield Told(name="unchanged", run=on.sync(), reads=1, writes=0)


def at_a_distance(on: Rig, crowd: Crowd) -> Iterator[Told]:
    """New check-in pages of so many teams whose other pages stand, over a slow network."""
    on.sync()
    on.site.faults.delay(LATENCY)
    new = on.run("checkin", "--week", _week(crowd.today + timedelta(weeks=1)))
    yield Told(name=f"{crowd.teams} new pages", run=new, reads=2, writes=2 * crowd.teams)
    yield Told(name="unchanged", run=on.sync(), reads=1, writes=0)


def _week(day: date) -> str:
    week = day.isocalendar()
    return f"{week.year}-W{week.week:02d}"


def decision(crowd: Crowd) -> tuple[int, float]:
    """How many team pages, and the seconds of CPU until it is known that none of them changed."""
    with TemporaryDirectory() as place:
        crowd.write_book(Path(place) / "book")
        book = MappingFolder(Path(place) / "book").book(crowd.today)
    pages, clock = Pages(), WallClock()
    addresses = Addresses(issues={}, pages={}, browse="https://jira.example.org/browse/")
    known = {wanted.ref: wanted.fingerprint(addresses) for wanted in _wanted(book, pages, clock)}

    def decide() -> list[str]:
        return [w.ref for w in _wanted(book, pages, clock) if known[w.ref] != w.fingerprint(addresses)]

    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        decide()
        taken.append(time.process_time() - started)
    return len(known), statistics.median(taken)


def _wanted(book: MappingBook, pages: Pages, clock: WallClock) -> list[WantedPage]:
    scope = scope_of(book, Options(), clock)
    seen = Observations(evidence={}, readings={}, answers=(), weeks=frozenset())
    return [w for team in scope.teams for w in wanted_team_pages(team, scope.strategy, seen, pages)]


def rendering() -> tuple[float, float, float]:
    """Seconds of one check-in page: bare templates; with the check and a hash; all that is done for it."""
    pages = Pages()
    studio = pages._studios[VIEW.team.language]
    listening = _Listening(studio)
    list(_check_in_blocks(listening, check_in(VIEW, WEEK, ADDRESSES, LAST, studio.words)))
    body = pages.check_in(VIEW, WEEK, ADDRESSES, LAST).body

    def bare() -> None:
        for template, values in listening.heard:
            studio._environment.get_template(f"{template}.xml.j2").render(**values)

    def checked() -> None:
        bare()
        well_formed(body)
        hashlib.sha256(body.words.encode()).digest()

    works: tuple[Callable[[], object], ...] = (bare, checked, lambda: pages.check_in(VIEW, WEEK, ADDRESSES, LAST))
    rounds = [[_seconds(work) for work in works] for _ in range(ROUNDS)]
    one, two, three = (statistics.median(taken) for taken in zip(*rounds, strict=True))
    return one, two, three


class _Listening:
    """Draws with a studio and remembers what the templates were given."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.heard: list[tuple[str, Mapping[str, object]]] = []

    def machine(self, name: str, template: str, *, once: bool = False, **values: object) -> Region:
        """As the studio does."""
        self.heard.append((template, values))
        return self._studio.machine(name, template, once=once, **values)

    def team(self, ref: str, rows: tuple[str, ...]) -> object:
        """As the studio does."""
        self.heard.append(("questions", {"rows": rows}))
        return self._studio.team(ref, rows)


def _seconds(work: Callable[[], object], calls: int = 10) -> float:
    started = time.process_time()
    for _ in range(calls):
        work()
    return (time.process_time() - started) / calls


def libraries() -> float:
    """Seconds of CPU of a process that only imports what the house is built on."""
    names = "atlassian, sqlalchemy, pydantic_settings, ruamel.yaml, jinja2, lxml.etree, babel.dates, msgspec, click"
    timed = f"import time, {names}; print(time.process_time())"
    return float(subprocess.run([sys.executable, "-c", timed], check=True, capture_output=True).stdout)


def table(title: str, told: Iterator[Told]) -> bool:
    """Prints runs as they end; whether all counts were kept."""
    heads = f"{'read':>6}{'most':>6}{'written':>9}{'most':>6}{'process s':>11}{'CPU s':>7}{'at the site s':>15}"
    print(f"{title:<28}{heads}")  # noqa: T201
    kept = True
    for one in told:
        run = one.run
        counts = f"{run.reads:>6}{one.reads:>6}{run.writes:>9}{one.writes:>6}"
        times = f"{run.seconds:>11.2f}{run.cpu:>7.2f}{run.at_work:>15.2f}"
        print(f"{one.name:<28}{counts}{times}{'' if one.kept else '  BROKEN'}", flush=True)  # noqa: T201
        kept = kept and one.kept
    return kept


def main() -> int:
    """Exit 1 where more was asked or written than the pages need."""
    today = datetime.now(UTC).date()
    many, few = (Crowd(teams=teams, today=today, jira=False) for teams in (TEAMS, NEW))
    with rig(many) as on:
        kept = table("no latency", published(on, many))
    with rig(few) as on:
        kept = table("100 ms a request", at_a_distance(on, few)) and kept
    pages, cpu = decision(many)
    bare, checked, whole = rendering()
    lines = (
        f"libraries alone: {libraries():.2f} s CPU of a process (goal for a whole unchanged run: 0.5 s)",
        f"deciding that {pages} pages are unchanged: {cpu * 1000:.0f} ms CPU (goal: 50 ms)",
        f"a page: bare templates {bare * 1e6:.0f} us, with check and hash {checked / bare:.2f} of it (goal: 1.6)",
        f"  from the words to a body with digests of regions {whole / bare:.1f} of it, {1 / whole:.0f} pages a second",
        QUOTED,
    )
    print("\n".join(lines))  # noqa: T201
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
