"""`okr webhooks`: who rings at our door, where the platform lets us say so."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

import click

from connector.arrivals import Sender
from connector.commands.terminal import put, put_json
from connector.config import Settings
from connector.errors import Advice, Code, PermanentError, SettingError
from connector.query_fields import kinds_of_fields
from connector.registering import CONFLUENCE_DOOR, JIRA_DOOR, SiteFields, page_wish, queries, rule, wish
from connector.registrations import Registrations, renewed
from connector.wiring import AT_THE_COMMAND_LINE, Parts, house
from mappings.records import WebhookRecord

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

_SIGNED = {True: "signed", False: "not signed", None: "its secret is not shown"}


@click.group()
def webhooks() -> None:
    """Webhooks that ring at our door."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """One that lets us register, and our door for it."""

    product: str
    registrations: Registrations
    door: str

    def known(self) -> tuple[WebhookRecord, ...]:
        """Those that post to our door."""
        return self.registrations.registered(self.door)


@webhooks.command("list")
@_JSON
def list_webhooks(as_json: bool) -> None:
    """Show the webhooks that post to our door: in Jira, and in Confluence Data Center."""
    settings = Settings.from_environment(os.environ)
    with house(settings, patience=AT_THE_COMMAND_LINE) as parts:
        _show({site.product: site.known() for site in _sites(parts, _address(settings))}, as_json)


@webhooks.command()
@click.option("--thin", is_flag=True, help="Have Jira leave bodies out; after `okr doctor` saw a delivery arrive.")
@_JSON
def register(thin: bool, as_json: bool) -> None:
    """Register one webhook for all teams, in place of the one before, and print the rule to make in Confluence Cloud.

    Again where the book names new projects, labels or epics, or where a secret was changed.
    """
    settings = Settings.from_environment(os.environ)
    door, secret = _address(settings), _secret(settings, "jira")
    with house(settings, patience=AT_THE_COMMAND_LINE) as parts:
        book = parts.folder.book(parts.clock.today("UTC"))
        issues, *pages = _sites(parts, door)
        secrets = [_secret(settings, site.product.casefold()) for site in pages]
        if thin and Sender.JIRA not in parts.store.arrivals.last():
            raise _never_seen()
        fields = SiteFields(above=issues.registrations.above(), kinds=kinds_of_fields(parts.engine.jira, queries(book)))
        wanted = wish(book, door, secret, thin=thin, fields=fields)
        found = {issues.product: renewed(issues.registrations, issues.door, wanted)}
        for site, key in zip(pages, secrets, strict=True):
            found[site.product] = renewed(site.registrations, site.door, page_wish(door, key))
    _show(found, as_json)
    if not as_json and not pages:
        put(rule(book, door))


@webhooks.command()
@_JSON
def remove(as_json: bool) -> None:
    """Remove our webhooks; those of others stay."""
    settings = Settings.from_environment(os.environ)
    removed: list[str] = []
    with house(settings, patience=AT_THE_COMMAND_LINE) as parts:
        for site in _sites(parts, _address(settings)):
            for webhook in site.known():
                site.registrations.remove(webhook.id)
                removed.append(webhook.id)
    if as_json:
        put_json({"removed": removed})
    else:
        put([f"{len(removed)} removed"])


def _sites(parts: Parts, address: str) -> tuple[_Site, ...]:
    """Jira, and Confluence where it lets us."""
    pages = parts.page_registrations()
    issues = _Site(product="Jira", registrations=parts.registrations, door=f"{address}{JIRA_DOOR}")
    if pages is None:
        return (issues,)
    return (issues, _Site(product="Confluence", registrations=pages, door=f"{address}{CONFLUENCE_DOOR}"))


def _show(known: Mapping[str, tuple[WebhookRecord, ...]], as_json: bool) -> None:
    """Which product a webhook is in is said where both have some."""
    if as_json:
        put_json([_entry(w, product if len(known) > 1 else None) for product, found in known.items() for w in found])
        return
    for product, found in known.items():
        for webhook in found:
            state = "on" if webhook.enabled else "off"
            bodies = "without bodies" if webhook.thin else "with bodies"
            put([f"{product} {webhook.id}: {state}, {_SIGNED[webhook.signed]}, {bodies}"])
        if not found:
            put([f"No webhook in {product} posts to our door."])


def _entry(webhook: WebhookRecord, product: str | None) -> dict[str, object]:
    named = {} if product is None else {"product": product.casefold()}
    return {
        **named,
        "id": webhook.id,
        "enabled": webhook.enabled,
        "signed": webhook.signed,
        "thin": webhook.thin,
    }


def _address(settings: Settings) -> str:
    if settings.public_url is None:
        raise _missing("OKR_PUBLIC_URL", "Jira must know where our door is", "set it to the address of `okr serve`")
    return settings.public_url


def _secret(settings: Settings, sender: str) -> str:
    secrets = settings.webhook_secrets.of(sender)
    if not secrets:
        way = f"set it to {sender}=<32 random characters>"
        raise _missing("OKR_WEBHOOK_SECRETS", f"{sender.title()} signs with a secret", way)
    return secrets[-1].decode()


def _never_seen() -> PermanentError:
    return PermanentError(
        Code.NOT_FOUND,
        Advice(
            what="no signed delivery from Jira has arrived here yet, so nothing was registered",
            where="--thin",
            why="bodies are left out only where signed deliveries were seen to arrive",
            options=(
                "register it with bodies, change an epic that the book names, then register it again with --thin",
                "leave bodies in: only ids and labels are read of them, and nothing is kept",
            ),
        ),
    )


def _missing(name: str, why: str, way: str) -> SettingError:
    return SettingError(
        Code.SETTING_MISSING,
        Advice(what="this setting is needed", where=name, why=why, options=(way, "leave it: then the clock polls")),
    )
