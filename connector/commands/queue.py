"""`okr rings` and `okr runs`: the queue and its history."""

import os

import click

from connector.clock import WallClock
from connector.commands.terminal import put, put_json
from connector.config import Settings
from connector.ledger import RunRecord
from connector.rings import Ring
from connector.storage.store import Store

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_COUNTS = ("created", "updated", "retired", "unchanged", "drift", "failed", "reads", "writes")


@click.group()
def rings() -> None:
    """Teams that are to be looked at."""


@rings.command("list")
@_JSON
def list_rings(as_json: bool) -> None:
    """Show what waits, is being served, or is parked."""
    with Store.open(Settings.from_environment(os.environ).database_url) as store:
        found = store.ring_ledger.rings()
    if as_json:
        put_json([_ring_json(ring) for ring in found])
        return
    put([_ring_line(ring) for ring in found] or ["Nothing waits."])


@rings.command()
@click.argument("teams", nargs=-1)
@_JSON
def retry(teams: tuple[str, ...], as_json: bool) -> None:
    """Give parked or held teams a new try now; without TEAMS all of them."""
    with Store.open(Settings.from_environment(os.environ).database_url) as store:
        chosen = teams or tuple(ring.team for ring in store.ring_ledger.rings() if ring.parked or ring.hold_until)
        due = store.ring_ledger.retry(chosen, WallClock().now())
    if as_json:
        put_json({"due": due})
    else:
        put([f"{due} due now"])


@click.command()
@click.option("--newest", type=click.IntRange(1, 1000), default=20, show_default=True)
@_JSON
def runs(newest: int, as_json: bool) -> None:
    """Show the newest runs in counts."""
    with Store.open(Settings.from_environment(os.environ).database_url) as store:
        found = store.runs(newest)
    if as_json:
        put_json([_run_json(number, run) for number, run in found])
        return
    put([_run_line(number, run) for number, run in found] or ["No run yet."])


def _run_line(number: int, run: RunRecord) -> str:
    counts = ", ".join(f"{getattr(run, name)} {name}" for name in _COUNTS)
    return f"{number:>6}  {run.started.date()}  {counts}" + (f", about {run.points} API points" if run.points else "")


def _run_json(number: int, run: RunRecord) -> dict[str, object]:
    counts = {name: getattr(run, name) for name in _COUNTS}
    asked = {"points": run.points, "by_operation": dict(run.by_operation)}
    quota = {one.product: {"limit": one.limit, "remaining": one.remaining} for one in run.quota}
    return {"run": number, "day": run.started.date().isoformat(), **counts, **asked, "quota": quota}


def _ring_json(ring: Ring) -> dict[str, object]:
    return {
        "team": ring.team,
        "cause": ring.cause.value,
        "state": _state(ring),
        "due": max(ring.not_before, ring.hold_until or ring.not_before).isoformat(timespec="minutes"),
        "attempts": ring.attempts,
        "parked": ring.parked.value if ring.parked else None,
    }


def _ring_line(ring: Ring) -> str:
    why = f" ({ring.parked.value})" if ring.parked else ""
    return f"{ring.team:<40} {_state(ring)}{why}, {ring.cause.value}"


def _state(ring: Ring) -> str:
    return "parked" if ring.parked else "served now" if ring.claimed else "waits"
