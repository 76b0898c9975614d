"""`okr sync` killed without a warning, again and again: the next one goes on, and nothing is doubled."""

import random
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.flow.command import Desk, desk
from tests.flow.state import doubled, state

WRITES = 34  # of a cold sync
PAUSE = timedelta(milliseconds=15)  # before each answer, so that a kill can meet it


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_a_killed_sync_is_gone_on_with(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with desk(tmp_path / "undisturbed") as on:
        assert on.okr("sync").code == 0
        expected = state(on.site)
    with desk(tmp_path / "killed") as on:
        on.site.faults.delay(PAUSE)
        for _ in range(4):
            _killed_after(on, writes=chance.randrange(1, WRITES // 3), pause=chance.random() * 0.02)
            assert doubled(on.site) == {}
        on.site.faults.clear()
        assert on.okr("sync").code == 0
        assert state(on.site) == expected
        assert on.okr("plan").code == 0


def _killed_after(on: Desk, writes: int, pause: float) -> None:
    mark = on.site.log.mark()
    process = on.started("sync")
    try:
        while len(on.site.log.writes(mark)) < writes and process.poll() is None:
            time.sleep(0.002)
        time.sleep(pause)
    finally:
        process.kill()
        process.communicate(timeout=10)
