"""One team's OKRs in four stages that need every write this house makes; each costs a fraction of a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from connector.sandbox.seed import empty_site
from connector.sandbox.site import create_app
from connector.storage.store import Store
from mappings.indicators import Reading
from tests.faults.proxy import Proxy, faulty_way
from tests.faults.wire import Wire
from tests.flow.stand import START, Scene
from tests.flow.state import State, state

HORIZON = timedelta(minutes=15)  # OKR_SEARCH_LAG, as it is from the start
STAGES = 4

_STRATEGY = """\
organisation: Nordlicht Energie
language: de
timezone: Europe/Berlin
purpose: Wir machen Energiesparen leicht.
cycles:
  - {id: 2026-Q4, from: 2026-10-01, to: 2026-12-31}
confluence: {space: OKR, parent: OKRs}
strategy: here
"""
_TEAM = """\
team: klein
name: Klein
size: 6
delivery: [WORK]
jira: {{project: OKR}}
rhythm: {{check_in: tuesday 09:00}}
okrs: here
objectives:
  - id: besser
    cycle: 2026-Q4
    title: Haushalte finden sich zurecht
    key_results:
{key_results}
"""
_KEY_RESULT = """\
      - id: kr{name}
        hypothesis: {{who: Haushalte, do: {does}, because: eine kurze Anleitung}}
        indicators:
          - id: found-{name}
            name: Antwort {name} gefunden
            kind: leading
            unit: "%"
            baseline: 38
            target: [55, 65]
            source: {{type: pushed}}
            epics: {{label: okr-{name}}}
"""
_BEGINS = (timedelta(0), timedelta(hours=6), timedelta(days=7), timedelta(days=7, hours=6))  # from START on


@contextmanager
def small_house(folder: Path, lag: timedelta, wire: Wire) -> Iterator[Scene]:
    """Without a socket: `wire` stands in the place of connections."""
    on = _scene(folder, lag)
    on.site.base_url, wire.application, on.wire = "http://127.0.0.1:9", create_app(on.site), wire
    yield on
    on.site.sender.close()


@contextmanager
def house_behind_proxy(folder: Path, lag: timedelta) -> Iterator[tuple[Scene, Proxy]]:
    """Over sockets, with a proxy that may do anything to an answer."""
    on = _scene(folder, lag)
    with faulty_way(create_app(on.site), on.site.clock) as proxy:
        on.site.base_url = proxy.address
        yield on, proxy
    on.site.sender.close()


def _scene(folder: Path, lag: timedelta) -> Scene:
    """A site with an epic for every key result, and a folder for the book."""
    site = empty_site(start=START - HORIZON, frozen=True)
    for key in ("OKR", "WORK"):
        site.jira.add_project(key)
    site.confluence.add_space("OKR", "OKR")
    for name in ("a", "b"):
        for _ in range(2):
            site.jira.add_issue(project="WORK", summary="Anleitung", labels=(f"okr-{name}",))
    site.search_lag = lag
    (folder / "book" / "teams").mkdir(parents=True)
    (folder / "book" / "strategy.yaml").write_text(_STRATEGY, encoding="utf-8")
    site.clock.advance(HORIZON)  # searches know what stood before
    (folder / "okr.db").write_bytes(_empty_memory())
    return Scene(
        site=site,
        address=site.base_url,
        database=f"sqlite:///{folder / 'okr.db'}",
        book_folder=folder / "book",
        lag=HORIZON,
    )


@cache
def _empty_memory() -> bytes:
    """A database with its tables; making them takes a tenth of a history."""
    with TemporaryDirectory() as place:
        Store.open(f"sqlite:///{place}/okr.db").close()
        return Path(place, "okr.db").read_bytes()


def stage_begins(on: Scene, stage: int) -> None:
    """What happens before the next run: a book; new key results and somebody assigned; a new week; a lost database."""
    due = START + _BEGINS[stage] - on.site.clock.now()
    assert due >= timedelta(0), "a stage took longer than it may"
    on.site.clock.advance(due)
    if stage == 0:
        _write(on, {"a": "finden die Antwort selbst"})
    elif stage == 1:
        _write(on, {"a": "finden jede Antwort selbst", "b": "lesen die Anleitung"})
        on.site.jira.edit_issue(on.issue_key("klein/2026-q4/besser/kra"), assignee=on.site.people.person(3))
        on.site.clock.advance(HORIZON)  # searches know it
    elif stage == 2:
        today = on.site.clock.now().date()
        for weeks, value in ((2, 39), (1, 44), (0, 48)):
            on.push(Reading(indicator="klein/found-a", on=today - timedelta(weeks=weeks), value=Decimal(value)))
    else:
        on.lose_the_database()


def undisturbed(folder: Path) -> tuple[State, ...]:
    """The site after each stage, where nothing goes wrong."""
    stages = []
    with small_house(folder, timedelta(0), Wire()) as on:
        for stage in range(STAGES):
            stage_begins(on, stage)
            on.sync()
            on.silent_sync()
            stages.append(state(on.site))
    return tuple(stages)


def _write(on: Scene, key_results: dict[str, str]) -> None:
    text = "".join(_KEY_RESULT.format(name=name, does=does) for name, does in key_results.items())
    file = on.book_folder / "teams" / "klein.yaml"
    file.write_text(_TEAM.format(key_results=text.rstrip("\n")), encoding="utf-8")
