"""`okr privacy verify` and `okr privacy deletions`: what was promised, checked on the machine where it runs."""

import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from connector.commands.terminal import put, put_json
from connector.config import Settings
from connector.errors import ConnectorError
from connector.privacy.canaries import Effort, Proof, prove
from connector.privacy.canary_sinks import Sink
from connector.privacy.verification import check_of, record
from connector.privacy.verify_words import VERIFY_WORDS, VerifyWords
from connector.proofs import Check, Deletion
from connector.storage.store import Store
from mappings.okr import Language

_PAYLOADS = 1000
_SHOWN = 20  # findings that are printed
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_LANGUAGE = click.option(
    "--language", type=click.Choice([one.value for one in Language]), default=None, help="Default: as LANG says."
)


@click.command()
@click.option("--payloads", type=click.IntRange(100, 100_000), default=_PAYLOADS, show_default=True)
@click.option("--seed", type=int, default=None, help="Make the same people and messages again.")
@_LANGUAGE
@_JSON
def verify(payloads: int, seed: int | None, language: str | None, as_json: bool) -> None:
    """Send invented people through this installation and look for them everywhere; needs no site. Exit 0 or 1."""
    words = VERIFY_WORDS[_spoken(language)]
    effort = Effort(payloads=payloads, environ=dict(os.environ), seed=secrets.randbits(32) if seed is None else seed)
    with tempfile.TemporaryDirectory(prefix="okr-verify-") as folder:
        proof = prove(Path(folder), effort, lambda step: click.echo(words.steps[step], err=True))
    check = check_of(proof, _today())
    kept = _kept(check)
    if as_json:
        put_json(_json(proof, check, kept) | {"seed": effort.seed})
    else:
        put(_lines(proof, check, kept, words))
    if not check.passed:
        sys.exit(1)


@click.command()
@click.option("--days", type=click.IntRange(1, 4000), default=31, show_default=True, help="So many days back.")
@_JSON
def deletions(days: int, as_json: bool) -> None:
    """Show how much was deleted in which night, table by table."""
    with Store.open(Settings.from_environment(os.environ).database_url) as store:
        found = store.proofs.deletions(_today() - timedelta(days=days))
    if as_json:
        put_json([{"on": d.on.isoformat(), "rows": d.rows.value, "deleted": d.count} for d in found])
    else:
        put(list(_nights(found)) or ["Nothing was deleted in these days: no night of retention has run."])


def _kept(check: Check) -> bool:
    """Beside the rest of the memory, where there is one."""
    if not os.environ.get("DATABASE_URL"):
        return False
    try:
        with Store.open(Settings.from_environment(os.environ).database_url) as store:
            record(store.proofs, check)
    except ConnectorError:
        return False
    return True


def _json(proof: Proof, check: Check, kept: bool) -> dict[str, object]:
    return {
        "date": check.on.isoformat(),
        "passed": check.passed,
        "places": proof.places,
        "payloads": proof.payloads,
        "encodings": proof.encodings,
        "sinks": [sink.value for sink in proof.sinks],
        "findings": [str(hit) for hit in proof.hits],
        "control": {"planted": check.planted, "found": check.found, "not_found": [s.value for s in proof.unfound]},
        "missing": [*proof.absent, *map(str, proof.missed)],
        "seconds": round(proof.seconds, 1),
        "kept": kept,
    }


def _lines(proof: Proof, check: Check, kept: bool, words: VerifyWords) -> Iterator[str]:
    yield f"{proof.places:>7} {words.places}"
    yield f"{proof.payloads:>7} {words.payloads}"
    yield f"{proof.encodings:>7} {words.encodings}"
    yield f"{len(proof.sinks):>7} {words.sinks}"
    yield from (f"{'':>9} {sink.value}" for sink in proof.sinks)
    yield f"{len(proof.hits):>7} {words.hits}"
    yield from (f"{'':>9} {hit}" for hit in proof.hits[:_SHOWN])
    yield f"{f'{check.found}/{len(Sink)}':>7} {words.control}"
    for title, missing in ((words.absent, proof.absent), (words.missed, tuple(map(str, proof.missed)))):
        if missing:
            yield f"{len(missing):>7} {title}: {' · '.join(missing)}"
    yield f"{proof.seconds:>7.1f} {words.seconds}"
    yield words.passed if check.passed else words.failed
    yield words.kept if kept else words.not_kept


def _nights(found: tuple[Deletion, ...]) -> Iterator[str]:
    for day in dict.fromkeys(deletion.on for deletion in found):
        counts = ", ".join(f"{one.count} {one.rows}" for one in found if one.on == day)
        yield f"{day.isoformat()}  {counts}"


def _spoken(language: str | None) -> Language:
    if language:
        return Language(language)
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return Language.DE if spoken.casefold().startswith("de") else Language.EN


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
