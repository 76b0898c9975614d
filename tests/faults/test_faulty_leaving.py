"""Coming to a site's webhooks and leaving in bad weather: nothing twice, nothing of people's, and nothing is left."""

from pathlib import Path

import pytest

from connector.gateways.operations import (
    READ_REMOTE_LINK,
    REGISTER_WEBHOOK,
    REMOVE_LABEL,
    REMOVE_MARK,
    REMOVE_WEBHOOK,
    Operation,
)
from tests.faults.faulty_leaving import Act, Told, interrupted, play, played
from tests.faults.leaving_house import arrives, leaves
from tests.faults.weather import ALL

FAULTS = {fault.name: fault for fault in ALL}


@pytest.mark.parametrize(
    ("fault", "call", "act"),
    [
        ("close-after", REGISTER_WEBHOOK, arrives),
        ("502-after", REMOVE_WEBHOOK, leaves),
        ("cut-0.4", READ_REMOTE_LINK, leaves),
        ("429-an-hour", REMOVE_MARK, leaves),
    ],
)
def test_a_fault_on_the_way_in_or_out_does_no_harm_and_heals(
    fault: str, call: Operation, act: Act, tmp_path: Path
) -> None:
    told = Told()
    play(FAULTS[fault], call, act, 1, tmp_path, told)
    assert told.wrong == []
    assert told.struck == 1


@pytest.mark.parametrize(("write", "done"), [(2, True), (7, False)])
def test_a_leave_that_breaks_off_goes_on_where_it_stopped(write: int, done: bool, tmp_path: Path) -> None:
    assert interrupted(write, done=done, folder=tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
def test_a_leave_that_breaks_off_at_any_write_goes_on_where_it_stopped(done: bool, tmp_path: Path) -> None:
    write = 1
    while interrupted(write, done=done, folder=tmp_path / str(write)):
        write += 1
    assert write > 20


@pytest.mark.slow
@pytest.mark.timeout(3 * 3600)
def test_every_fault_at_every_call_of_coming_and_leaving_does_no_harm() -> None:
    told = played(ALL)
    assert told.wrong == []
    assert {fault for fault, _ in told.met} == set(FAULTS)
    assert REMOVE_LABEL.name in {call for _, call in told.met}
