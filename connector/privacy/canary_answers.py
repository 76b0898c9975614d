"""What the door said while the proof ran."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True, repr=False)
class Heard:
    """What the door answered."""

    statuses: Counter[int] = field(default_factory=Counter)
    bodies: set[bytes] = field(default_factory=set)
    headers: set[str] = field(default_factory=set)

    def note(self, status: int, headers: Iterable[tuple[str, str]], body: bytes) -> None:
        """One more answer."""
        self.statuses[status] += 1
        self.bodies.add(body)
        self.headers.update(f"{name}: {value}" for name, value in headers if name.lower() != "date")
