"""A site in this process and `okr sync` in another: what one run asked, by both counts, and what it took."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage, struct_rusage
from tempfile import TemporaryDirectory
from typing import cast

from click.testing import CliRunner

from connector.cli import okr
from connector.ledger import Kind
from connector.sandbox.faults import Faults
from connector.sandbox.site import Site, serving
from connector.storage.store import Store
from tests.bench.crowd import Crowd
from tests.bench.rates import Limits

_COMMAND = (sys.executable, "-c", "from connector.cli import main; main()")
_ROOT = Path(__file__).parents[2]


class CountsDiffer(Exception):  # it is a finding, named by what was found
    """The report of a run and the site's log do not agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One `okr sync`, start of the process included."""

    reads: int
    writes: int
    seconds: float
    cpu: float  # seconds, of the connector's process
    peak: int  # KiB of resident memory, of the connector's process
    at_work: float  # seconds between the first answer and the last one
    teams: tuple[Mapping[str, object], ...]  # as reported

    def served(self) -> bool:
        """Whether every team was."""
        return not any(team["errors"] for team in self.teams)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """One site, one book on disk, one database."""

    site: Site
    address: str
    folder: Path
    here: bool  # run commands in this process

    @property
    def book(self) -> Path:
        """The mapping folder."""
        return self.folder / "book"

    def sync(self) -> Run:
        """`okr sync`, of everything."""
        return self.run("sync")

    def run(self, *arguments: str) -> Run:
        """One command. Errors: CountsDiffer where its report and the site's log do not say the same."""
        mark, started = self.site.log.mark(), time.perf_counter()
        output, usage = self._report(arguments)
        seconds = time.perf_counter() - started
        report, lines = json.loads(output), self.site.log.requests(mark)
        writes = sum(line.kind == "write" for line in lines)
        run = Run(
            reads=len(lines) - writes,
            writes=writes,
            seconds=seconds,
            cpu=usage.ru_utime + usage.ru_stime,
            peak=usage.ru_maxrss,
            at_work=(lines[-1].at - lines[0].at).total_seconds() if lines else 0.0,
            teams=tuple(report["teams"]),
        )
        told = (report["requests"]["read"], report["requests"]["write"])
        if told != (run.reads, run.writes):
            raise CountsDiffer(f"the report says {told}, the site's log {(run.reads, run.writes)}")
        return run

    def _report(self, arguments: Sequence[str]) -> tuple[str | bytes, struct_rusage]:
        """What a command prints, run in a process of its own, or for quick tests in this one."""
        if not self.here:
            return _ran(arguments, self._environment())
        told = CliRunner().invoke(okr, [*arguments, "--json"], env=self._environment())
        return told.stdout, getrusage(RUSAGE_SELF)

    def page_id(self, ref: str) -> str:
        """The page of that ref."""
        with Store.open(self._database) as store:
            return store.resources()[Kind.PAGE, ref].remote_id or ""

    def a_night_passes(self) -> None:
        """Who may read a quoted page was asked a day ago."""
        with Store.open(self._database) as store:
            rows = [row for (kind, _), row in store.resources().items() if kind is Kind.READERS]
            store.keep(replace(row, since=row.since - timedelta(days=1)) for row in rows)

    def lose_the_database(self) -> None:
        """As if somebody had deleted it."""
        for file in self.folder.glob("okr.db*"):
            file.unlink()

    @property
    def _database(self) -> str:
        return f"sqlite:///{self.folder / 'okr.db'}"

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", ""),
            "OKR_JIRA_URL": self.address,
            "OKR_JIRA_EMAIL": self.site.email,
            "OKR_JIRA_TOKEN": self.site.token,
            "OKR_PRODUCT": "cloud",
            "OKR_MAPPINGS": str(self.book),
            "DATABASE_URL": self._database,
            "OKR_SEARCH_LAG": "0s",
        }


@contextmanager
def rig(crowd: Crowd, *, here: bool = False, limits: Limits | None = None) -> Iterator[Rig]:
    """A fresh site with the crowd's epics, and the crowd's book; nothing was synced yet."""
    site = crowd.site()
    if limits is not None:
        site.faults = cast(Faults, limits)  # asked for a verdict on each request, as those are
    with TemporaryDirectory() as place, serving(site) as address:
        made = Rig(site=site, address=address, folder=Path(place), here=here)
        crowd.write_book(made.book)
        yield made


def _ran(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[bytes, struct_rusage]:
    child = subprocess.Popen(
        [*_COMMAND, *arguments, "--json"], env=dict(environment), cwd=_ROOT, stdout=subprocess.PIPE
    )
    if child.stdout is None:
        raise ValueError("the command has an output")
    with child.stdout as stream:
        output = stream.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return output, usage
