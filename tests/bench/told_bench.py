"""Requests and memory of a run in which every page that gathers others is made anew.

`python -m tests.bench.told_bench` measures 2, 50 and 1,000 teams, `… 2 20` any other numbers. Every team has
written a need; the bound counts bodies by 250 and the readers of pages that say something, each asked for itself and
for what it stands below. Exit 1 where a bound is broken.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from tests.bench.crowd import Crowd, parts, team_id
from tests.bench.requests_bench import CONSTANT, MEMORY, ROOM, SHOWN, Bound, Measured, quiet_reads
from tests.bench.rig import Rig, rig

SIZES = (2, 50, 1000)
TOGETHER = 25  # pages whose readers are asked for in one go, and what those stand below is asked for once in each


def told(crowd: Crowd) -> Bound:
    """Check-ins are read because they moved, the strategy page because of them; then who may read each that speaks."""
    reads = quiet_reads(crowd) + CONSTANT + parts(crowd.teams, SHOWN) + 2 + readers(crowd)
    return Bound(
        reads=reads,
        writes=1 + 2 * crowd.reports,
        means="Q + 6 + ⌈teams/250⌉ + body + draft + 3 teams + 2 spaces + 4 ⌈teams/25⌉; one page",
    )


def readers(crowd: Crowd) -> int:
    """Of each team's page what it stands below, its own readers and its planning's."""
    shared = 2 * len(crowd.spaces) + 4 * parts(crowd.teams, TOGETHER)  # home pages, the strategy page
    return 3 * crowd.teams + shared


def night(crowd: Crowd) -> Bound:
    """Nothing moved, but a day later the quoted pages may be for some only."""
    reads = quiet_reads(crowd) + CONSTANT + readers(crowd)
    return Bound(reads=reads, writes=0, means="Q + 6 + 3 teams + 2 spaces + 4 ⌈teams/25⌉")


def quiet(crowd: Crowd) -> Bound:
    """Nothing moved: what was gathered costs nothing."""
    return Bound(reads=quiet_reads(crowd) + CONSTANT, writes=0, means="Q + 6")


def story(crowd: Crowd, on: Rig) -> Iterator[Measured]:
    """Everybody writes, and all of it is gathered once."""
    on.sync()
    week = on.site.clock.now().date().isocalendar()
    for number in crowd.numbers:
        page = on.page_id(f"check-in/{team_id(number)}/{week.year}-W{week.week:02d}")
        question = "Was hindert uns" if number % 2 else "What is in our way"
        on.site.confluence.type_into_cell(page, "okr-t-together", question, "Führung: Dürfen wir?")
    yield Measured(name="everybody needs", run=on.sync(), bound=told(crowd))
    yield Measured(name="quiet", run=on.sync(), bound=quiet(crowd))
    on.a_night_passes()
    yield Measured(name="next night", run=on.sync(), bound=night(crowd))


def measure(teams: int, *, here: bool = False) -> tuple[Measured, ...]:
    """The runs of one size."""
    crowd = Crowd(teams=teams, today=datetime.now(UTC).date())
    with rig(crowd, here=here) as on:
        return tuple(story(crowd, on))


def main(arguments: list[str]) -> int:
    """Exit 1 where a bound is broken."""
    peaks: dict[int, int] = {}
    kept = True
    for teams in map(int, arguments) if arguments else SIZES:
        for one in measure(teams):
            run, bound = one.run, one.bound
            peaks[teams] = max(peaks.get(teams, 0), run.peak)
            kept = kept and one.kept
            counts = f"{run.reads:>7} of {bound.reads:>7} read, {run.writes:>6} of {bound.writes:>6} written"
            print(f"{teams:>5} {one.name:<16}{counts}{run.seconds:>8.1f} s{run.peak // 1024:>6} MiB", flush=True)  # noqa: T201
    more, teams = peaks[max(peaks)] - peaks[min(peaks)], max(peaks) - min(peaks)
    bound = 4 * MEMORY * teams + ROOM
    print(f"memory: {more} KiB more for {teams} more teams, bound {bound}")  # noqa: T201
    return 0 if kept and more <= bound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
