"""Requests of a sync, counted by the site and held against the least that it could be.

`python -m tests.bench.requests_bench` measures 2, 50 and 1,000 teams, `… 2 20` any other numbers. Every run is the real
command `okr sync --json` in a process of its own, its memory measured; the bounds are computed from the generated book
alone. Exit 1 where a bound is broken, where the site and the report count differently, or where a quiet run writes.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.bench.crowd import EPICS, KEY_RESULTS, Crowd, labelled_epic, parts, team_id
from tests.bench.rig import Rig, Run, rig

SIZES = (2, 50, 1000)
VALUES, FOUND, FETCHED, SHOWN, TITLES, BULK = 200, 100, 100, 250, 100, 50  # of one request
CONSTANT = 6  # what a quiet run may ask beyond its sum, whatever the number of teams
MEMORY, ROOM = 90, 8192  # KiB that a quiet run may take more for each team, and that two runs may differ by
TEAM = 1  # the one that something happens to


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The most requests that a run may take."""

    reads: int
    writes: int
    means: str  # the formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run beside its bound."""

    name: str
    run: Run
    bound: Bound

    @property
    def kept(self) -> bool:
        """Whether every team was served within the bound."""
        return self.run.served() and self.run.reads <= self.bound.reads and self.run.writes <= self.bound.writes


def quiet_reads(crowd: Crowd) -> int:
    """Searches for labels by chunks, named epics, our issues, versions of pages, the one check of assignees."""
    searches = 0
    for first in range(0, crowd.teams, VALUES):
        searches += max(1, parts(min(VALUES, crowd.teams - first) * EPICS, FOUND))
    return searches + parts(crowd.keys, FETCHED) + parts(crowd.issues, FETCHED) + parts(crowd.pages, SHOWN) + 1


def quiet(crowd: Crowd) -> Bound:
    """Nothing changed."""
    return Bound(reads=quiet_reads(crowd) + CONSTANT, writes=0, means="Q + 6; Q = Σ chunks + ⌈keys/100⌉ + ⌈I/100⌉ + …")


def cold(crowd: Crowd) -> Bound:
    """Everything is new: issues and pages are looked for once, and made."""
    seeking = parts(len(crowd.spaces), SHOWN) + parts(len(crowd.spaces), TITLES) + parts(crowd.teams, VALUES)
    dialog = 1 + 1  # the project's types, and the screen of the one that is used
    links = crowd.teams * KEY_RESULTS * EPICS
    writes = parts(crowd.issues, BULK) + links + crowd.issues + 2 * crowd.pages + crowd.pictures
    means = "⌈I/50⌉ + evidence links + I + 2 P written"
    return Bound(reads=quiet_reads(crowd) + CONSTANT + seeking + dialog, writes=writes, means=means)


def one_epic(crowd: Crowd) -> Bound:
    """The two pages that show it are read, looked at for drafts, and written."""
    return Bound(reads=quiet_reads(crowd) + CONSTANT + 1 + 2, writes=2, means="Q + 6 + bodies + drafts; 2 pages")


def one_answer(crowd: Crowd) -> Bound:
    """The page is read; it shows nothing new, or is written once; a month that is told of is one more page."""
    writes = 1 + 2 * crowd.reports
    return Bound(reads=quiet_reads(crowd) + CONSTANT + 1 + 1, writes=writes, means="Q + 6 + body + draft; the page")


def one_key_result(crowd: Crowd) -> Bound:
    """An issue with its links, and the two pages that name it."""
    extra = 1 + 2 + 1 + 2  # looked for by label; types and screen; bodies; drafts
    writes = 1 + EPICS + 1 + 2
    return Bound(reads=quiet_reads(crowd) + CONSTANT + extra, writes=writes, means="Q + 6 + 6; issue, links, 2 pages")


def lost(crowd: Crowd) -> Bound:
    """Of each page what is below it and its labels, of each issue its link; nothing is written."""
    seeking = parts(len(crowd.spaces), SHOWN) + parts(len(crowd.spaces), TITLES) + parts(crowd.teams, VALUES)
    bodies = parts(crowd.pages, SHOWN) + 4  # one level of the tree after the other
    reads = quiet_reads(crowd) + CONSTANT + seeking + bodies + 2 * crowd.pages + crowd.issues
    return Bound(reads=reads, writes=0, means="Q + 6 + bodies + 2 P + I read")


def story(crowd: Crowd, on: Rig) -> Iterator[Measured]:
    """Everything that is measured, in its order."""
    yield Measured(name="cold", run=on.sync(), bound=cold(crowd))
    yield Measured(name="quiet", run=on.sync(), bound=quiet(crowd))
    on.site.jira.set_status(labelled_epic(TEAM), "Done")
    yield Measured(name="one epic changed", run=on.sync(), bound=one_epic(crowd))
    week = on.site.clock.now().date().isocalendar()
    page = on.page_id(f"check-in/{team_id(TEAM)}/{week.year}-W{week.week:02d}")
    on.site.confluence.type_into_cell(page, "okr-t-first-week-alone-0", "Unsere Zuversicht", "7")
    yield Measured(name="one answer changed", run=on.sync(), bound=one_answer(crowd))
    crowd.write_team(on.book, TEAM, more=1)
    yield Measured(name="one key result added", run=on.sync(), bound=one_key_result(crowd))
    yield Measured(name="quiet again", run=on.sync(), bound=quiet(crowd))
    on.lose_the_database()
    yield Measured(name="database lost", run=on.sync(), bound=lost(crowd))


def measure(teams: int, *, here: bool = False) -> tuple[Measured, ...]:
    """All runs of one size; `here` without processes of their own, whose memory is not measured then."""
    crowd = Crowd(teams=teams, today=datetime.now(UTC).date())
    with rig(crowd, here=here) as on:
        return tuple(story(crowd, on))


def lines(teams: int, runs: tuple[Measured, ...]) -> Iterator[str]:
    """One size for people."""
    yield f"{teams} teams: {runs[0].bound.means}; quiet {runs[1].bound.means}"
    yield f"{'':<22}{'read':>7}{'bound':>7}{'written':>9}{'bound':>7}{'s':>8}{'CPU s':>7}{'MiB':>6}"
    for one in runs:
        run, bound = one.run, one.bound
        counts = f"{run.reads:>7}{bound.reads:>7}{run.writes:>9}{bound.writes:>7}"
        verdict = "" if one.kept else "  BROKEN"
        yield f"{one.name:<22}{counts}{run.seconds:>8.1f}{run.cpu:>7.1f}{run.peak // 1024:>6}{verdict}"


def memory(peaks: dict[int, int]) -> tuple[str, bool]:
    """Whether memory grows by no more than what the words of so many teams take."""
    small, large = min(peaks), max(peaks)
    more, teams = peaks[large] - peaks[small], large - small
    bound = MEMORY * teams + ROOM
    return f"memory of a quiet run: {more} KiB more for {teams} more teams, bound {bound}", more <= bound


def main(arguments: list[str]) -> int:
    """Exit 1 where a bound is broken."""
    peaks: dict[int, int] = {}
    kept = True
    for teams in map(int, arguments) if arguments else SIZES:
        runs = measure(teams)
        peaks[teams] = runs[1].run.peak
        kept = kept and all(one.kept for one in runs)
        print("\n".join(lines(teams, runs)), flush=True)  # noqa: T201
    said, flat = memory(peaks)
    print(said)  # noqa: T201
    return 0 if kept and flat else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
