"""`okr webhooks`: who rings at our door, where the platform lets us say so."""

import os

import click

from connector.arrivals import Sender
from connector.commands.printing import put_json
from connector.config import Settings
from connector.errors import Advice, Code, PermanentError, SettingError
from connector.registering import JIRA_DOOR, rule, wish
from connector.wiring import AT_THE_COMMAND_LINE, Parts, house
from mappings.records import WebhookRecord

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def webhooks() -> None:
    """Webhooks that ring at our door."""


@webhooks.command("list")
@_JSON
def list_webhooks(as_json: bool) -> None:
    """Show the webhooks in Jira that post to our door."""
    settings = Settings.from_environment(os.environ)
    with house(settings, patience=AT_THE_COMMAND_LINE) as parts:
        _show(_registered(parts, settings), as_json)


@webhooks.command()
@click.option("--thin", is_flag=True, help="Have Jira leave bodies out; after `okr doctor` saw a delivery arrive.")
@_JSON
def register(thin: bool, as_json: bool) -> None:
    """Register one webhook in Jira for all teams, and print the rule to make in Confluence. Never twice."""
    settings = Settings.from_environment(os.environ)
    door, secret = _address(settings), _secret(settings)
    with house(settings, patience=AT_THE_COMMAND_LINE) as parts:
        book = parts.folder.book(parts.clock.today("UTC"))
        known = _registered(parts, settings)
        if thin and Sender.JIRA not in parts.store.arrivals.last():
            raise _never_seen()
        if not known:
            known = (parts.registrations.register(wish(book, door, secret, thin=thin)),)
    _show(known, as_json)
    if not as_json:
        click.echo("\n".join(rule(book, door)))


@webhooks.command()
@_JSON
def remove(as_json: bool) -> None:
    """Remove our webhooks from Jira; those of others stay."""
    settings = Settings.from_environment(os.environ)
    with house(settings, patience=AT_THE_COMMAND_LINE) as parts:
        known = _registered(parts, settings)
        for webhook in known:
            parts.registrations.remove(webhook.id)
    if as_json:
        put_json({"removed": [webhook.id for webhook in known]})
    else:
        click.echo(f"{len(known)} removed")


def _registered(parts: Parts, settings: Settings) -> tuple[WebhookRecord, ...]:
    return parts.registrations.registered(f"{_address(settings)}{JIRA_DOOR}")


def _show(known: tuple[WebhookRecord, ...], as_json: bool) -> None:
    if as_json:
        put_json([{"id": w.id, "enabled": w.enabled, "signed": w.signed, "thin": w.thin} for w in known])
        return
    for webhook in known:
        state = "on" if webhook.enabled else "off"
        click.echo(
            f"{webhook.id}: {state}, {'signed' if webhook.signed else 'not signed'}, "
            f"{'without' if webhook.thin else 'with'} bodies"
        )
    if not known:
        click.echo("No webhook in Jira posts to our door.")


def _address(settings: Settings) -> str:
    if settings.public_url is None:
        raise _missing("OKR_PUBLIC_URL", "Jira must know where our door is", "set it to the address of `okr serve`")
    return settings.public_url


def _secret(settings: Settings) -> str:
    secrets = settings.webhook_secrets.of("jira")
    if not secrets:
        raise _missing("OKR_WEBHOOK_SECRETS", "Jira signs with a secret", "set it to jira=<32 random characters>")
    return secrets[-1].decode()


def _never_seen() -> PermanentError:
    return PermanentError(
        Code.NOT_FOUND,
        Advice(
            what="no signed delivery from Jira has arrived here yet, so nothing was registered",
            where="--thin",
            why="bodies are left out only where signed deliveries were seen to arrive",
            options=(
                "register it with bodies, change an epic that the book names, then remove it and register it again",
                "leave bodies in: only ids and labels are read of them, and nothing is kept",
            ),
        ),
    )


def _missing(name: str, why: str, way: str) -> SettingError:
    return SettingError(
        Code.SETTING_MISSING,
        Advice(what="this setting is needed", where=name, why=why, options=(way, "leave it: then the clock polls")),
    )
