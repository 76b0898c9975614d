"""`okr` as a user runs it: a process of its own, settings from the environment, a book whose cycle is running today."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, serving
from tests.flow.dialects import SPOKEN, documents_kept, settings_of
from tests.flow.stand import EXAMPLE

OKR = [sys.executable, "-c", "from connector.cli import main; main()"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended and what it said."""

    code: int
    said: str
    complained: str

    @property
    def json(self) -> Any:
        return json.loads(self.said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A user at a terminal, with an imitation site somewhere else."""

    site: Site
    folder: Path
    environment: Mapping[str, str]

    @property
    def book(self) -> Path:
        return self.folder / "book"

    def started(self, *words: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*OKR, *words],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def okr(self, *words: str) -> Ended:
        process = self.started(*words)
        said, complained = process.communicate(timeout=60)
        assert "Traceback" not in complained
        return Ended(code=process.returncode, said=said, complained=complained)


@contextmanager
def desk(folder: Path, **settings: str) -> Iterator[Desk]:
    """Everything a first day needs; `settings` come on top."""
    site = demo_site(dialect=SPOKEN)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(EXAMPLE, folder / "book")
    _run_today(folder / "book")
    with serving(site), documents_kept(site):
        environment = {
            **settings_of(site),
            "OKR_MAPPINGS": str(folder / "book"),
            "DATABASE_URL": f"sqlite:///{folder / 'okr.db'}",
            "OKR_SEARCH_LAG": "0s",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            **settings,
        }
        yield Desk(site=site, folder=folder, environment=environment)


def _run_today(book: Path) -> None:
    """The first cycle began some weeks ago, whenever the suite runs; days in it that are not needed are left out."""
    today = datetime.now(UTC).date()
    first, last, then, end = ((today + timedelta(weeks=weeks)).isoformat() for weeks in (-5, 8, 9, 20))
    strategy = (book / "strategy.yaml").read_text(encoding="utf-8")
    strategy = strategy.replace("from: 2026-10-01, to: 2026-12-31", f"from: {first}, to: {last}")
    strategy = strategy.replace("from: 2027-01-01, to: 2027-03-31", f"from: {then}, to: {end}")
    (book / "strategy.yaml").write_text(strategy, encoding="utf-8")
    for path in (book / "teams").glob("*.yaml"):
        text = re.sub(r"\n  (?:reviews|quiet_weeks): .*", "", path.read_text(encoding="utf-8"))
        text = re.sub(r", day: 20\d\d-\d\d-\d\d", "", text)
        path.write_text(re.sub(r", first_visible: 20\d\d-W\d\d", "", text), encoding="utf-8")
