"""`okr export` and `okr leave`: everything out, and a clean exit."""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from connector.clock import WallClock
from connector.commands.printing import error_json, requests_json
from connector.commands.terminal import put, put_json
from connector.config import Settings
from connector.departure.papers import Addresses, papers
from connector.departure.removal import Removal, Removed
from connector.departure.search import Doors, Found, Search
from connector.departure.traces import Trace
from connector.errors import Advice, Code, SettingError
from connector.folder import MappingFolder
from connector.privacy.agreement import FILE
from connector.privacy.pack import pack, standing_of
from connector.privacy.sheets import report_json
from connector.proofs import Rows
from connector.registering import CONFLUENCE_DOOR, JIRA_DOOR
from connector.storage.store import Store
from connector.sync.scope import Options
from connector.web.paper import paper_page
from connector.wiring import AT_THE_COMMAND_LINE, Parts, house

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_SHOWN = 40  # things that are named one by one


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@_JSON
def export(folder: Path, as_json: bool) -> None:
    """Put the book, readings, answers, addresses and the data-flow record into DIR; asks no site."""
    settings = Settings.from_environment(os.environ)
    if folder.exists() and any(folder.iterdir()):
        raise _occupied(folder)
    files = _papers(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in files.items():
        _write(folder / name, content)
    if as_json:
        put_json({"folder": str(folder), "files": {name: len(content) for name, content in files.items()}})
    else:
        put(f"{len(content):>9}  {folder / name}" for name, content in files.items())


@click.command()
@click.option("--yes", is_flag=True, help="Do it; without it the plan is shown and nothing happens.")
@_JSON
def leave(yes: bool, as_json: bool) -> None:
    """Take everything of ours away: webhooks, links, marks, labels. Pages and issues stay. Exit 3: something is left.

    Stop `okr serve` first: a worker that goes on running makes everything anew.
    """
    settings = Settings.from_environment(os.environ)
    with house(settings, patience=AT_THE_COMMAND_LINE) as parts:
        doors = _doors(parts, settings)
        found = _search(parts, doors)
        kept = parts.store.clearing.counts()
        removed = _removal(parts, doors).do(found, parts.clock.today("UTC")) if yes else None
        requests = requests_json(parts.tally.counts())
    if as_json:
        put_json({**_json(found, kept, removed), "requests": requests})
    else:
        put(_lines(found, kept, removed, settings))
    if removed.troubles if removed else found.writes or any(kept.values()) or found.troubles:
        sys.exit(3)


def _papers(settings: Settings) -> dict[str, bytes]:
    root = MappingFolder(settings.mappings_folder())
    site = Addresses(jira=settings.jira().url, confluence=settings.confluence().url)
    with Store.open(settings.database_url) as store:
        book = root.book(WallClock().today("UTC"))
        standing, language = standing_of(book, root.root), book.strategy.language
        paper = pack(standing, language)
        record = paper_page(paper, standing.surface.number, standing.surface.hash)
        files = dict(root.files())
        if (root.root / FILE).is_file():
            files[FILE] = (root.root / FILE).read_bytes()
        return papers(files, store, site, record, report_json(paper, standing))


def _write(path: Path, content: bytes) -> None:
    """Readable for whoever took it, for nobody else."""
    path.parent.mkdir(exist_ok=True, mode=0o700)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _doors(parts: Parts, settings: Settings) -> tuple[Doors, ...]:
    """Nothing rings where nobody said where our door is."""
    if settings.public_url is None:
        return ()
    address, pages = settings.public_url, parts.page_registrations()
    issues = Doors(product="Jira", registrations=parts.registrations, door=f"{address}{JIRA_DOOR}")
    if pages is None:
        return (issues,)
    return (issues, Doors(product="Confluence", registrations=pages, door=f"{address}{CONFLUENCE_DOOR}"))


def _search(parts: Parts, doors: tuple[Doors, ...]) -> Found:
    book = parts.folder.book(parts.clock.today("UTC"))
    return Search(
        jira=parts.engine.jira,
        confluence=parts.engine.confluence,
        ledger=parts.store,
        doors=doors,
        remember=lambda: parts.store.keep(parts.engine.plan(book, Options()).plan.notes),
    ).look(book)


def _removal(parts: Parts, doors: tuple[Doors, ...]) -> Removal:
    return Removal(
        issues=parts.issue_marks,
        pages=parts.page_marks,
        doors=doors,
        ledger=parts.store,
        proofs=parts.store.proofs,
        clear=parts.store.clearing.clear,
    )


def _json(found: Found, kept: Mapping[Rows, int], removed: Removed | None) -> dict[str, object]:
    plan = {"writes": found.writes, "things": [_thing(trace) for trace in found.traces]}
    troubles = found.troubles if removed is None else removed.troubles
    return {
        "plan": {**plan, "rows": {rows.value: count for rows, count in kept.items()}},
        "done": None if removed is None else [_thing(trace) for trace in removed.traces],
        "deleted": {} if removed is None else {rows.value: count for rows, count in removed.deleted.items()},
        "errors": [error_json(error) for error in troubles],
    }


def _thing(trace: Trace) -> dict[str, object]:
    return {
        "is": trace.place.value,
        "product": trace.product.casefold(),
        "id": trace.id,
        "ref": trace.name,
        "links": len(trace.links),
        "page_links": len(trace.page_links),
        "mark": trace.mark,
        "labels": list(trace.labels),
    }


def _lines(found: Found, kept: Mapping[Rows, int], removed: Removed | None, settings: Settings) -> Iterator[str]:
    rows = ", ".join(f"{count} {name.value}" for name, count in kept.items() if count)
    if not found.traces and not rows and not found.troubles:
        yield "Nothing of ours is left."
        yield from _left_to_people(settings)
        return
    yield from _counted(found)
    yield f"our database: {rows or 'empty'}"
    troubles = found.troubles if removed is None else removed.troubles
    yield from (f"{error.code.value}: {error}" for error in troubles)
    if removed is None:
        yield f"Nothing was done. {found.writes} requests would take it away: `okr export DIR`, then `okr leave --yes`."
    elif removed.troubles:
        yield f"{len(removed.traces)} of {len(found.traces)} done; `okr leave --yes` goes on with the rest."
    else:
        yield f"Done: {len(removed.traces)} things, and our memory is empty (`okr privacy deletions`)."
    yield from _left_to_people(settings)


def _counted(found: Found) -> Iterator[str]:
    things = Counter(trace.place for trace in found.traces)
    yield from (f"{count} {place.value}{'s' if count > 1 else ''}" for place, count in things.items())
    for trace in found.traces[:_SHOWN]:
        parts = [
            *([f"{len(trace.links)} links to epics"] if trace.links else []),
            *(["the link to its page"] if trace.page_links else []),
            *(["our mark"] if trace.mark else []),
            *([f"labels {' '.join(trace.labels)}"] if trace.labels else []),
        ]
        yield f"  {trace.place.value} {trace.id} {trace.name}: {', '.join(parts) or 'removed'}"
    if len(found.traces) > _SHOWN:
        yield f"  … and {len(found.traces) - _SHOWN} more (--json names all)"


def _left_to_people(settings: Settings) -> Iterator[str]:
    """What no token of ours can take away."""
    yield "Pages and issues stay as they are, with their text: they are the teams'. Left to you:"
    if settings.public_url is None:
        yield "  a webhook named okr-connector, where one was registered: OKR_PUBLIC_URL, which tells ours, is not set"
    else:
        yield "  a webhook named okr-connector at another address, where OKR_PUBLIC_URL was another before"
    if settings.webhook_secrets.any_of("automation"):
        yield "  the rule “Send web request” in Confluence's space automation, which posts to our door"
    yield "  the service account and its token; the database; `OKR_…` settings; the mapping folder"


def _occupied(folder: Path) -> SettingError:
    return SettingError(
        Code.SETTING_WRONG,
        Advice(
            what="there is something in this folder",
            where=str(folder),
            why="an export overwrites nothing",
            options=("name a folder that is empty, or not there yet", "move what is there away"),
        ),
    )
