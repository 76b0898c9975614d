"""What can happen to a webhook on its way: it is lost, comes twice, or late."""

import random
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(slots=True, kw_only=True)
class DeliveryFaults:
    """Chances between 0 and 1, settable at any time; with a delay they come late by up to it, in any order."""

    drop: float = 0.0
    double: float = 0.0
    delay: timedelta = timedelta(0)
    dice: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311  # repeatable, no secrets

    def fate(self) -> tuple[float, ...]:
        """After how many seconds one delivery comes; empty: never, two values: twice."""
        if self.dice.random() < self.drop:
            return ()
        times = 2 if self.dice.random() < self.double else 1
        return tuple(self.dice.random() * self.delay.total_seconds() for _ in range(times))

    def clear(self) -> None:
        """Every delivery comes once and at once."""
        self.drop = self.double = 0.0
        self.delay = timedelta(0)
