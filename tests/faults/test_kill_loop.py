"""Web, worker and clock killed at random moments: what was acknowledged is on the pages in the end, nothing twice."""

import random
from pathlib import Path

import pytest

from tests.faults.kill_loop import KILLS, LAG, Outcome, loop
from tests.flow.running import town

LONG = 200 // KILLS + 1


def killed(folder: Path, rounds: int) -> Outcome:
    seed = random.SystemRandom().randrange(10**6)
    print("seed", seed)  # noqa: T201  # shown where the test fails
    with town(f"sqlite:///{folder / 'okr.db'}", folder, lag=LAG) as on:
        return loop(on, rounds, seed)


def holds(outcome: Outcome) -> None:
    assert outcome.late == [], outcome
    assert outcome.twice == {}, outcome
    assert outcome.intact, outcome
    assert outcome.taken > outcome.kills, outcome


@pytest.mark.timeout(240)
def test_no_acknowledged_event_is_lost_and_nothing_is_doubled_by_kills(tmp_path: Path) -> None:
    outcome = killed(tmp_path, 1)
    holds(outcome)
    assert outcome.kills == KILLS


@pytest.mark.slow
@pytest.mark.timeout(4 * 3600)
def test_two_hundred_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    outcome = killed(tmp_path, LONG)
    holds(outcome)
    assert outcome.kills >= 200, outcome
    assert outcome.at_creates > LONG // 2, outcome  # just when Jira had made an issue
    assert outcome.sure > LONG, outcome
    assert outcome.refused > 0, outcome  # the door was shut at times
