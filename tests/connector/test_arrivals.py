"""The day of a delivery is kept once, so that the door stays quick."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from connector.arrivals import Sender
from connector.doorbell import Arrivals
from connector.errors import Code, PermanentError
from tests.connector.working import ADVICE, NOW, Hands

TODAY = NOW.date()


@dataclass(slots=True, kw_only=True)
class Memory:
    """Keeps days, but for the calls that fail."""

    fails: list[bool] = field(default_factory=list)
    kept: list[tuple[Sender, date]] = field(default_factory=list)

    def note(self, sender: Sender, on: date) -> None:
        if self.fails and self.fails.pop(0):
            raise PermanentError(Code.STORE_UNUSABLE, ADVICE)
        self.kept.append((sender, on))

    def last(self) -> dict[Sender, date]:
        return dict(self.kept)


def test_a_day_is_kept_once_for_each_sender() -> None:
    memory, clock = Memory(), Hands()
    arrivals = Arrivals(ledger=memory, clock=clock)
    for hours in (0, 1, 24):
        clock.pass_by(hours=hours)
        for sender in ("jira", "readings", "jira"):
            arrivals.arrived(sender)
    days = (TODAY, TODAY + timedelta(days=1))
    assert memory.kept == [(sender, day) for day in days for sender in (Sender.JIRA, Sender.READINGS)]


def test_a_day_that_could_not_be_kept_is_kept_with_the_next_delivery() -> None:
    memory = Memory(fails=[True, False])
    arrivals = Arrivals(ledger=memory, clock=Hands())
    for _ in range(3):
        arrivals.arrived("jira")
    assert memory.kept == [(Sender.JIRA, TODAY)]
