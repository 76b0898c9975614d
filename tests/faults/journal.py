"""What long runs have played, one line of JSON each, so that a run goes on where another one ended."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Journal:
    """A file that is only ever added to; several runs side by side may share it. Without a path nothing is kept."""

    path: Path | None

    def lines(self) -> Iterator[dict[str, Any]]:
        """Everything so far; a last line that a kill cut short was not played."""
        if self.path is None or not self.path.exists():
            return
        for line in self.path.read_text(encoding="utf-8").splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                continue

    def add(self, line: dict[str, Any]) -> None:
        """One history."""
        if self.path is not None:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
