"""`okr plan`, `okr sync`, and `okr checkin`, `review`, `planning`: what would be done, doing it, making a page now."""

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import click

from connector.commands.printing import plan_json, plan_lines, report_json, report_lines
from connector.commands.terminal import put, put_json
from connector.config import Settings
from connector.errors import ConnectorError
from connector.sync.engine import nobody_served
from connector.sync.report import SyncReport, errors_by_team
from connector.sync.scope import Options
from connector.wiring import AT_THE_COMMAND_LINE, Parts, house
from mappings.calendar import IsoWeek
from mappings.okr import MappingBook

_TEAMS = click.option("--team", "teams", multiple=True, metavar="TEAM", help="Only this team; may be given again.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command()
@_TEAMS
@_JSON
def plan(teams: tuple[str, ...], as_json: bool) -> None:
    """Show what a sync would do, with its checksum. Exit 0: nothing, 3: changes."""
    with _parts() as parts:
        made = parts.engine.plan(_book(parts), Options(teams=_ids(teams))).plan
    errors = errors_by_team(made.troubles)
    if as_json:
        put_json(plan_json(made, errors))
    else:
        put(plan_lines(made))
    blocked = {trouble.team for trouble in made.troubles if trouble.blocks}
    if blocked and not made.steps and len(blocked) >= len(made.teams):
        sys.exit(1)
    sys.exit(3 if made.steps or errors else 0)


@click.command()
@_TEAMS
@click.option("--force", is_flag=True, help="Release a plan that would retire more than usual.")
@click.option("--restore-drift", is_flag=True, help="Bring back what people changed or removed in our parts.")
@click.option("--checksum", metavar="SUM", help="Only if the plan is still the one `okr plan` showed.")
@_JSON
def sync(teams: tuple[str, ...], force: bool, restore_drift: bool, checksum: str | None, as_json: bool) -> None:
    """Bring Jira and Confluence in step with the book. Exit 0: done, 1: failed, 3: partly failed."""
    options = Options(teams=_ids(teams), force=force, restore_drift=restore_drift, expected=checksum)
    _run(options, as_json)


@click.command()
@_TEAMS
@click.option("--week", metavar="2026-W48", help="The week of the check-in; default: this week.")
@_JSON
def checkin(teams: tuple[str, ...], week: str | None, as_json: bool) -> None:
    """Make the check-in page of a week now, also where it was trashed."""
    with _parts() as parts:
        book = _book(parts)
        chosen = [team for team in book.teams if not teams or team.id in _ids(teams)]
        weeks = {t.id: _week(week) if week else IsoWeek.of(parts.clock.today(t.timezone.key)) for t in chosen}
        report = _synced(parts, book, Options(teams=_ids(teams), check_ins=weeks))
    _finish(report, as_json)


@click.command()
@_TEAMS
@click.option("--cycle", metavar="2026-Q4", help="The cycle that ends; default: the running one.")
@_JSON
def review(teams: tuple[str, ...], cycle: str | None, as_json: bool) -> None:
    """Make the review page of a cycle now, and a retrospective beside it; also where it was trashed."""
    with _parts() as parts:
        book = _book(parts)
        named = _cycle(book, cycle, parts.clock.today(book.strategy.timezone.key))
        chosen = [team.id for team in book.teams if not teams or team.id in _ids(teams)]
        report = _synced(parts, book, Options(teams=_ids(teams), reviews=dict.fromkeys(chosen, named)))
    _finish(report, as_json)


@click.command()
@_TEAMS
@_JSON
def planning(teams: tuple[str, ...], as_json: bool) -> None:
    """Make the planning page of the next cycle now, however far away it is; one that was trashed is made anew."""
    with _parts() as parts:
        book = _book(parts)
        chosen = frozenset(team.id for team in book.teams if not teams or team.id in _ids(teams))
        report = _synced(parts, book, Options(teams=_ids(teams), plannings=chosen))
        silent = list(without_planning(book, chosen, parts.clock.today(book.strategy.timezone.key)))
    if silent:
        put(silent, err=True)
    _finish(report, as_json)


def without_planning(book: MappingBook, chosen: frozenset[str], today: date) -> Iterator[str]:
    """Why a team gets no page of the next cycle: what its own file would have to name is not there."""
    following = min(
        (cycle for cycle in book.strategy.cycles if cycle.first > today), key=lambda c: c.first, default=None
    )
    if following is None:
        yield "strategy.yaml names no cycle to come. Possible: add it under “cycles” · ask those who lead for it."
        return
    for team in book.teams:
        if team.id in chosen and not team.writes_itself and not team.in_cycle(following):
            yield (
                f"{team.id}: no planning page of {following.id} (its file names no objective of it). Possible: add one"
                " with this cycle · write “okrs: confluence”: then the team begins on an empty page."
            )


def _cycle(book: MappingBook, named: str | None, today: date) -> str:
    """The cycle that was named, else the running one, else the one that ended last."""
    cycles = {cycle.id.casefold(): cycle.id for cycle in book.strategy.cycles}
    if named is not None:
        if named.casefold() not in cycles:
            raise click.BadParameter("strategy.yaml names no such cycle", param_hint="--cycle")
        return cycles[named.casefold()]
    running = book.strategy.running(today)
    ended = max((c for c in book.strategy.cycles if c.last < today), key=lambda c: c.last, default=None)
    found = running or ended
    if found is None:
        raise click.BadParameter("no cycle has begun yet", param_hint="--cycle")
    return found.id


def _run(options: Options, as_json: bool) -> None:
    with _parts() as parts:
        report = _synced(parts, _book(parts), options)
    _finish(report, as_json)


def _synced(parts: Parts, book: MappingBook, options: Options) -> SyncReport:
    before = parts.tally.counts()
    try:
        with _progress():
            return parts.engine.sync(book, options)
    except ConnectorError as error:
        return nobody_served(book, options, error, before, parts.tally.counts())


def _finish(report: SyncReport, as_json: bool) -> None:
    if as_json:
        put_json(report_json(report))
    else:
        put(report_lines(report))
    if report.partly:
        sys.exit(1 if report.failed else 3)


def _ids(teams: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(team.casefold() for team in teams)


def _week(text: str) -> IsoWeek:
    try:
        return IsoWeek.parse(text)
    except ValueError as error:
        raise click.BadParameter("a week is written like 2026-W48", param_hint="--week") from error


def _book(parts: Parts) -> MappingBook:
    return parts.folder.book(parts.clock.today("UTC"))


@contextmanager
def _parts() -> Iterator[Parts]:
    with house(Settings.from_environment(os.environ), patience=AT_THE_COMMAND_LINE) as parts:
        yield parts


@contextmanager
def _progress() -> Iterator[None]:
    """A quiet sign of life on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    rich = importlib.import_module("rich.console")  # reading it takes longer than a quiet run without a terminal may
    with rich.Console(stderr=True).status("Comparing the book with Jira and Confluence …"):
        yield
