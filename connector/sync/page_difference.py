"""Pages of ours as they should be against those that are there. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from connector.ledger import Kind, Resource
from connector.pages.canonical import BodyUnreadable
from connector.pages.regions import merge
from connector.pages.views import Addresses, Quoted
from connector.sync.desired import OWN, WantedPage
from connector.sync.difference import Difference
from connector.sync.memory import labelled
from connector.sync.page_recovery import UNCONFIRMED
from connector.sync.plan import CreatePage, Drift, LabelPage, Trouble, UpdatePage
from connector.sync.survey import Survey
from mappings.records import PageRecord


class Standing(Enum):
    """How a page we want stands at the site."""

    OURS = auto()
    SOMEBODYS = auto()  # somebody's own page serves as home
    COMING = auto()  # it is made in this run
    LEFT = auto()  # people took it away, so it stays away
    LATER = auto()  # it is not made yet


def standing(wanted: WantedPage, seen: Survey, out: Difference) -> Standing:
    """What is to become of a page we want."""
    row = out.memory.remote(Kind.PAGE, wanted.ref)
    if row is None:
        return Standing.COMING if wanted.make else Standing.LATER
    if row.version is None:
        return Standing.SOMEBODYS
    if wanted.ref in seen.versions:
        return Standing.OURS
    if not (out.restore or wanted.asked):
        return Standing.LEFT
    return Standing.COMING if wanted.make else Standing.LATER


def looked_at(wanted: WantedPage, out: Difference) -> WantedPage:
    """What a page repeats of others stays where none of those moved, and where this run does not look at them."""
    row = out.memory.remote(Kind.PAGE, wanted.ref)
    same = row is not None and row.digest is not None and row.digest[OWN:] == wanted.composed
    return wanted.as_it_was() if not wanted.composed or (same and not out.restore) else wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What pages are compared by."""

    seen: Survey
    bodies: Mapping[str, PageRecord]  # of every page whose inputs changed
    addresses: Addresses
    coming: frozenset[str]  # refs of issues and pages that this run makes, whose addresses are not known yet

    def pages(self, wanted: Iterable[WantedPage], out: Difference) -> None:
        """Pages of ours as they should be against those that are there; one that cannot be read stops no other."""
        for page in wanted:
            try:
                self._page(page, out)
            except BodyUnreadable as error:
                out.troubles.append(Trouble(team=page.team, error=error))

    def _page(self, wanted: WantedPage, out: Difference) -> None:
        match standing(wanted, self.seen, out):
            case Standing.SOMEBODYS:
                out.unchanged.append((wanted.team, wanted.ref))
            case Standing.LEFT:
                out.left(wanted.team, wanted.ref, "page")
            case Standing.COMING:
                fingerprint = wanted.fingerprint(self.addresses)
                out.do(wanted.team, wanted.ref, wanted.ref, CreatePage(wanted=wanted), fingerprint)
                if not wanted.unread:
                    out.do(wanted.team, wanted.ref, wanted.ref, LabelPage(page=wanted.ref, labels=wanted.labels))
            case Standing.OURS:
                before = len(out.steps)
                self._body(wanted, out)
                self._labels(wanted, out)
                if len(out.steps) == before:
                    out.unchanged.append((wanted.team, wanted.ref))

    def _body(self, wanted: WantedPage, out: Difference) -> None:
        row, page = out.memory.remote(Kind.PAGE, wanted.ref), self.bodies.get(wanted.ref)
        if row is None or page is None or wanted.settled:
            drifted = row.drifted if row else 0
            out.drift += [Drift(team=wanted.team, ref=wanted.ref, what="region")] * drifted
            return
        fingerprint = wanted.fingerprint(self.addresses, row.digest)
        draft = wanted.draw(self.addresses, Quoted(body=page.body))
        body = wanted.filled(page.body)
        fills = body.words != page.body.words
        merged = merge(body, draft, out.restore)
        for region in merged.drifted:
            out.left(wanted.team, wanted.ref, region)
        upload = row.digest == UNCONFIRMED and draft.picture is not None
        if merged.changed or fills or upload or wanted.uses & self.coming:
            deed = UpdatePage(wanted=wanted, page=page, restore=out.restore, upload=upload, fills=fills)
            out.do(wanted.team, wanted.ref, wanted.ref, deed, fingerprint)
        else:
            version = self.seen.versions[wanted.ref]
            since = row.since if version == row.version else self.seen.scope.now
            note = replace(row, version=version, digest=fingerprint, drifted=len(merged.drifted), since=since)
            out.notes.append(note)

    def _labels(self, wanted: WantedPage, out: Difference) -> None:
        page = out.memory.remote(Kind.PAGE, wanted.ref)
        if page is None or labelled(page, out.memory.row(Kind.PAGE_LABELS, wanted.ref)):
            return
        there = self.seen.labels.get(wanted.ref, frozenset())
        missing = tuple(label for label in wanted.labels if label not in there)
        if missing:
            out.do(wanted.team, wanted.ref, wanted.ref, LabelPage(page=wanted.ref, labels=missing))
        else:
            row = Resource(kind=Kind.PAGE_LABELS, ref=wanted.ref, since=self.seen.scope.now)
            out.notes.append(replace(row, remote_id=page.remote_id))
