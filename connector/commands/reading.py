"""`okr reading add`: a reading by hand."""

import os
from datetime import date, datetime
from decimal import Decimal

import click

from connector.agreement import not_agreed
from connector.commands.terminal import put, put_json
from connector.config import Settings
from connector.errors import Advice, Code, PermanentError
from connector.privacy.agreement import in_force
from connector.wiring import Parts, house
from mappings.connected import indicators_at_hand
from mappings.indicators import Indicator, Reading, written_number
from mappings.okr import Team, indicator_ref

_UNKNOWN = {"unknown", "unbekannt", "-"}


@click.group()
def reading() -> None:
    """Readings of indicators."""


@reading.command(context_settings={"ignore_unknown_options": True})
@click.argument("team")
@click.argument("indicator")
@click.argument("value")
@click.option("--on", "day", required=True, metavar="DATE", help="The day the value stands for, like 2026-11-23.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def add(team: str, indicator: str, value: str, day: str, as_json: bool) -> None:
    """Keep VALUE (a number, or `unknown`) for INDICATOR of TEAM."""
    with house(Settings.from_environment(os.environ)) as parts:
        owner, named = _indicator(parts, team, indicator)
        if not in_force(parts.folder.root).allows(named.source.kind):
            raise not_agreed(owner.id, named.id, named.source.kind)
        new = Reading(indicator=indicator_ref(owner, named), on=_day(day, owner, parts), value=_value(value, named))
        changed = parts.store.add_readings([new])
    shown = None if new.value is None else str(new.value)
    if as_json:
        put_json({"indicator": new.indicator, "on": new.on.isoformat(), "value": shown, "changed": changed})
    else:
        put([f"{new.indicator} on {new.on}: {shown or 'unknown'}{'' if changed else ' (as before)'}"])


def _indicator(parts: Parts, team: str, indicator: str) -> tuple[Team, Indicator]:
    owner = parts.folder.book(parts.clock.today("UTC")).team(team)
    for named in indicators_at_hand(owner) if owner is not None else ():
        if owner is not None and named.id == indicator.casefold():
            return owner, named
    raise PermanentError(
        Code.TEAM_UNKNOWN,
        Advice(
            what="the book has no such team and indicator",
            where="TEAM INDICATOR",
            why="a reading needs a place to stand",
            options=("see the ids in the team's mapping file", "add the indicator to a key result, or to `sources:`"),
        ),
    )


def _day(text: str, team: Team, parts: Parts) -> date:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 (a calendar day has no zone)
    except ValueError as error:
        raise click.BadParameter("a day is written like 2026-11-23", param_hint="--on") from error
    if day > parts.clock.today(team.timezone.key):
        raise click.BadParameter("that day is still to come", param_hint="--on")
    return day


def _value(text: str, indicator: Indicator) -> Decimal | None:
    if text.casefold() in _UNKNOWN:
        return None
    try:
        return indicator.quantised(written_number(text))
    except ValueError as error:
        raise click.BadParameter("a number like 41.5, or `unknown`", param_hint="VALUE") from error
