"""Whatever becomes of a write's answer, nothing is there twice and nothing is missing."""

from itertools import count

import pytest

from connector.gateways.operations import CREATE_ISSUES
from tests.faults.lost_answers import WRITES, played
from tests.faults.wire import Loss, Moment


def test_seventy_runs_with_lost_answers_double_and_lose_nothing() -> None:
    told = played(70, count(1))
    assert told.wrong == []
    assert told.runs >= 70
    assert {name for name, _, _ in told.struck} == {write.name for stage in WRITES for write in stage}
    assert {loss for _, loss, _ in told.struck} == set(Loss)
    assert {moment for name, _, moment in told.struck if name == CREATE_ISSUES.name} == set(Moment)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_five_thousand_runs_with_lost_answers_double_and_lose_nothing() -> None:
    told = played(5000, count(1000), minutes=55)
    assert told.wrong == []
    assert told.runs >= 5000
    writes, moments = {write.name for stage in WRITES for write in stage}, (Moment.NEVER, Moment.AT_ONCE)
    assert {(w, loss, moment) for w in writes for loss in Loss for moment in moments} <= told.struck.keys()
