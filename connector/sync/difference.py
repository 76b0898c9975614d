"""Collects what a plan consists of, while desired and actual are compared."""

from dataclasses import dataclass, field

from connector.ledger import Resource
from connector.sync.memory import Memory
from connector.sync.plan import Deed, Drift, Step, Trouble


@dataclass(slots=True)
class Difference:
    """Collects what a plan consists of."""

    memory: Memory
    restore: bool = False
    steps: list[Step] = field(default_factory=list)
    unchanged: list[tuple[str, str]] = field(default_factory=list)
    drift: list[Drift] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    notes: list[Resource] = field(default_factory=list)

    def do(self, team: str, subject: str, ref: str, deed: Deed, digest: str = "") -> None:
        """One write that is needed."""
        self.steps.append(Step(team=team, subject=subject, ref=ref, deed=deed, digest=digest))

    def left(self, team: str, ref: str, what: str) -> None:
        """Something of people's that is left alone."""
        self.drift.append(Drift(team=team, ref=ref, what=what))
