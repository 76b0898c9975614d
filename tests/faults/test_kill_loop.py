"""Web, worker and clock killed at random moments: what was acknowledged is on the pages in the end, nothing twice."""

import random
from pathlib import Path

import pytest

from tests.faults.kill_loop import Outcome, loop
from tests.flow.running import town

SHORT, LONG = 5, 200


def killed(folder: Path, kills: int) -> Outcome:
    seed = random.SystemRandom().randrange(10**6)
    print("seed", seed)  # noqa: T201  # shown where the test fails
    with town(f"sqlite:///{folder / 'okr.db'}", folder) as on:
        return loop(on, kills, seed)


def holds(outcome: Outcome) -> None:
    assert outcome.lost == (), outcome
    assert outcome.twice == {}, outcome
    assert outcome.intact, outcome
    assert outcome.ended == (0, 0, 0), outcome
    assert outcome.taken > outcome.kills, outcome
    assert outcome.refused > 0, outcome  # the door was shut at times, and people came again


@pytest.mark.timeout(180)
def test_no_acknowledged_event_is_lost_and_nothing_is_doubled_by_kills(tmp_path: Path) -> None:
    holds(killed(tmp_path, SHORT))


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_two_hundred_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    outcome = killed(tmp_path, LONG)
    holds(outcome)
    assert outcome.working >= LONG // 4, outcome
