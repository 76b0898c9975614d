"""`okr doctor`: everything that would fail later, found now; and the sheet an administrator can forward."""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from connector.arrivals import Deliveries, Sender
from connector.clock import WallClock
from connector.commands.printing import requests_json
from connector.commands.terminal import put, put_json
from connector.config import Settings
from connector.doctor.checks import Check, Name, Outcome, refused, will_fail
from connector.doctor.desk import account_checks, book_checks, named_teams, secret_checks, setting_checks
from connector.doctor.door_checks import DoorExamination
from connector.doctor.jira_checks import guarded
from connector.doctor.letter import letter
from connector.doctor.memory_checks import agreement_check, delivery_checks
from connector.doctor.page_checks import PagesRead, pages_read
from connector.doctor.places import places_of
from connector.doctor.quota_checks import quota_checks
from connector.doctor.sheet import Sheet, sheet_of
from connector.doctor.sheet_words import SHEET_WORDS, granted
from connector.doctor.time_checks import clock_checks, expiry_check
from connector.doctor.visit import Visit
from connector.errors import ConnectorError
from connector.folder import MappingFolder
from connector.gateways.door import knock
from connector.ports import RequestCounts
from connector.privacy.agreement import FILE
from connector.privacy.pack import standing_of
from connector.registering import CONFLUENCE_DOOR
from connector.setting_values import Product
from connector.wiring import AT_THE_COMMAND_LINE, Parts, house
from mappings.okr import Language, MappingBook


@click.command()
@click.option("--needs", is_flag=True, help="Print the permissions to ask an administrator for; needs no site.")
@click.option(
    "--language", type=click.Choice([one.value for one in Language]), help="Of that sheet; default: the strategy's."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(needs: bool, language: str | None, as_json: bool) -> None:
    """Look for what would fail later; reads only. Exit 0: nothing (questions are allowed), 1: something."""
    if needs:
        sheet = _sheet(Settings.from_environment(os.environ), language)
        put_json(_sheet_json(sheet)) if as_json else put(letter(sheet))
        return
    counts: list[RequestCounts] = []
    found = tuple(_checks(counts))
    requests = counts[0] if counts else RequestCounts()
    if as_json:
        put_json({"checks": [_check_json(check) for check in found], "requests": requests_json(requests)})
    else:
        put(_lines(found, requests))
    if will_fail(found):
        sys.exit(1)


def _checks(counts: list[RequestCounts]) -> Iterator[Check]:
    """The desk first; sites are visited when settings and book allow it. `counts` receives what that cost."""
    try:
        settings = Settings.from_environment(os.environ)
    except ConnectorError as error:
        yield refused(Name.SETTINGS, error)
        return
    at_desk = tuple(setting_checks(settings))
    yield from at_desk
    yield from secret_checks(settings)
    if settings.mappings is None:
        return
    try:
        reading = MappingFolder(settings.mappings).read(WallClock().today("UTC"))
    except ConnectorError as error:
        yield refused(Name.BOOK, error)
        return
    yield from book_checks(reading)
    if reading.book is not None:
        yield from named_teams(settings, reading.book)
        yield from guarded(Name.AGREEMENT, FILE, partial(_agreement, reading.book, settings.mappings))
    if not will_fail(at_desk):
        yield from account_checks(settings)
        if settings.token_expires is not None:
            yield expiry_check(settings.token_expires, WallClock().today("UTC"))
        if reading.book is not None:
            yield from _visit(settings, reading.book, counts)


def _agreement(book: MappingBook, folder: Path) -> Iterator[Check]:
    standing = standing_of(book, folder)
    yield agreement_check(standing.surface, standing.note)


def _visit(settings: Settings, book: MappingBook, counts: list[RequestCounts]) -> Iterator[Check]:
    try:
        with house(settings, patience=AT_THE_COMMAND_LINE) as parts:
            pages = _pages(book, parts)
            yield from pages.checks()
            yield from Visit(
                jira=parts.engine.jira,
                jira_inspection=parts.jira_inspection,
                confluence=parts.engine.confluence,
                confluence_inspection=parts.confluence_inspection,
                written=parts.store.resources(),
                book=pages.book,
                today=parts.clock.today(book.strategy.timezone.key),
                scopes=parts.scopes,
            ).checks()
            for examination in _doors(settings, parts):
                yield from examination.checks()
            expected = tuple(sender for sender in Sender if settings.webhook_secrets.any_of(sender.value))
            yield from delivery_checks(Deliveries(ledger=parts.store.arrivals, expected=expected).last())
            yield from quota_checks(parts.tally.quotas.left())
            yield from clock_checks(parts.tally.clocks.now(time.monotonic()), parts.clock.now())
            counts.append(parts.tally.counts())
    except ConnectorError as error:
        yield refused(Name.DATABASE, error)


def _pages(book: MappingBook, parts: Parts) -> PagesRead:
    """Where Confluence cannot be read, what the files say: the visit tells why."""
    try:
        return pages_read(book, parts.engine.confluence, parts.store, parts.clock)
    except ConnectorError:
        return PagesRead(book=book, standings=())


def _doors(settings: Settings, parts: Parts) -> Iterator[DoorExamination]:
    """Jira's, and Confluence's where it can ring by itself."""
    at_jira = DoorExamination(
        registrations=parts.registrations,
        knock=lambda address, secret: knock(address, secret, str(settings.ca_file) if settings.ca_file else None),
        public_url=settings.public_url,
        secrets=settings.webhook_secrets.of("jira"),
    )
    yield at_jira
    pages = parts.page_registrations()
    if pages is not None:
        secrets = settings.webhook_secrets.of("confluence")
        yield replace(at_jira, registrations=pages, secrets=secrets, product="Confluence", door=CONFLUENCE_DOOR)


def _sheet(settings: Settings, language: str | None) -> Sheet:
    today = WallClock().today("UTC")
    book = MappingFolder(settings.mappings_folder()).book(today)
    return sheet_of(
        places_of(book, today),
        language=Language(language) if language else book.strategy.language,
        organisation=book.strategy.organisation,
        teams=len(book.teams),
        scoped=settings.product is not Product.DATACENTER,
    )


def _check_json(check: Check) -> dict[str, object]:
    return {
        "name": check.name.value,
        "outcome": check.outcome.value,
        "what": check.what,
        "where": check.where,
        "why": check.why,
        "options": list(check.options),
    }


def _lines(checks: Iterable[Check], requests: RequestCounts) -> Iterator[str]:
    outcomes: Counter[Outcome] = Counter()
    for check in checks:
        outcomes[check.outcome] += 1
        place = f"{check.where}: " if check.where else ""
        because = f" ({check.why})" if check.why else ""
        yield f"{check.outcome.value:<9} {place}{check.what}{because}"
        if check.options:
            yield f"{'':<9} Possible: {' · '.join(check.options)}"
    asked = outcomes[Outcome.QUESTION]
    counted = (
        f"{outcomes[Outcome.OK]} ok, {asked} question{'' if asked == 1 else 's'}, {outcomes[Outcome.FAILED]} failed"
    )
    yield f"{counted} · {requests.reads} requests, nothing written"


def _sheet_json(sheet: Sheet) -> dict[str, object]:
    words = SHEET_WORDS[sheet.language]
    return {
        "language": sheet.language.value,
        "projects": [
            {
                "projects": list(grant.projects),
                "uses": sorted(use.value for use in grant.uses),
                "permissions": [_needed(name, *granted(words, name, grant.uses)) for name in grant.permissions],
            }
            for grant in sheet.projects
        ],
        "spaces": {
            "spaces": list(sheet.spaces),
            "permissions": [_needed(name, *words.operations[name]) for name in sheet.operations],
        },
        "scopes": {
            product: [{"scope": scope, "for": words.scopes[scope]} for scope in scopes]
            for product, scopes in sheet.scopes.items()
        },
        "not_needed": list(words.not_needed[1]),
    }


def _needed(key: str, name: str, purpose: str) -> dict[str, str]:
    return {"key": key, "name": name, "for": purpose}
