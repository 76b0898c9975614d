"""Pages of ours as they should be against those that are there. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from connector.ledger import Kind, Resource
from connector.pages.regions import merge
from connector.pages.views import Addresses
from connector.sync.desired import WantedPage
from connector.sync.difference import Difference
from connector.sync.plan import CreatePage, Drift, LabelPage, UpdatePage
from connector.sync.survey import Survey
from mappings.records import PageRecord


def compare_pages(
    wanted: Iterable[WantedPage],
    seen: Survey,
    bodies: Mapping[str, PageRecord],
    addresses: Addresses,
    out: Difference,
) -> None:
    """Pages of ours as they should be against those that are there; `bodies` has every page whose inputs changed."""
    for page in wanted:
        _compare_page(page, seen, bodies, addresses, out)


def _compare_page(
    wanted: WantedPage, seen: Survey, bodies: Mapping[str, PageRecord], addresses: Addresses, out: Difference
) -> None:
    row = out.memory.remote(Kind.PAGE, wanted.ref)
    if row is not None and row.version is None:
        out.unchanged.append((wanted.team, wanted.ref))  # somebody's own page serves as home
        return
    there = row is not None and wanted.ref in seen.versions
    if row is not None and not there and not (out.restore or wanted.asked):
        out.left(wanted.team, wanted.ref, "page")
        return
    if row is None or not there:
        if wanted.make:
            fingerprint = wanted.fingerprint(addresses)
            out.do(wanted.team, wanted.ref, wanted.ref, CreatePage(wanted=wanted), fingerprint)
            out.do(wanted.team, wanted.ref, wanted.ref, LabelPage(page=wanted.ref, labels=wanted.labels))
        return
    before = len(out.steps)
    _compare_body(wanted, row, seen.versions[wanted.ref], bodies.get(wanted.ref), addresses, out)
    _compare_labels(wanted, row, seen, out)
    if len(out.steps) == before:
        out.unchanged.append((wanted.team, wanted.ref))


def _compare_body(
    wanted: WantedPage, row: Resource, version: int, page: PageRecord | None, addresses: Addresses, out: Difference
) -> None:
    fingerprint = wanted.fingerprint(addresses)
    if page is None:
        out.drift += [Drift(team=wanted.team, ref=wanted.ref, what="region")] * row.drifted
        return
    merged = merge(page.body, wanted.draw(addresses, None), out.restore)
    for region in merged.drifted:
        out.left(wanted.team, wanted.ref, region)
    if merged.changed:
        deed = UpdatePage(wanted=wanted, page=page, restore=out.restore)
        out.do(wanted.team, wanted.ref, wanted.ref, deed, fingerprint)
    else:
        out.notes.append(replace(row, version=version, digest=fingerprint, drifted=len(merged.drifted)))


def _compare_labels(wanted: WantedPage, row: Resource, seen: Survey, out: Difference) -> None:
    if out.memory.row(Kind.PAGE_LABELS, wanted.ref) is not None:
        return
    missing = tuple(label for label in wanted.labels if label not in seen.labels.get(wanted.ref, frozenset()))
    if missing:
        out.do(wanted.team, wanted.ref, wanted.ref, LabelPage(page=wanted.ref, labels=missing))
    else:
        out.notes.append(Resource(kind=Kind.PAGE_LABELS, ref=wanted.ref, remote_id=row.remote_id, since=seen.scope.now))
