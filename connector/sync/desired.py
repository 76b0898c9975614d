"""The pages we want in Confluence: which, where, and from what each is drawn."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from connector.ledger import Answer
from connector.pages.draft import Draft
from connector.pages.edition import edition
from connector.pages.origin import made_from_file
from connector.pages.paper import Paper
from connector.pages.render import Pages
from connector.pages.titles import (
    home_labels,
    record_labels,
    record_title,
    strategy_labels,
    strategy_title,
)
from connector.pages.views import Addresses, Quoted
from connector.sync.evidence import EvidenceByIndicator
from connector.sync.refs import ORGANISATION, RECORD, STRATEGY, home_ref
from connector.sync.scope import Scope
from mappings.calendar import IsoWeek
from mappings.indicators import Reading
from mappings.okr import OkrSource, Strategy
from mappings.open_cells import OpenCell
from mappings.team_text import TeamText

OWN = 20  # digits of a fingerprint that tell of the page itself; what follows tells of pages whose words it repeats
Draw = Callable[[Addresses, Quoted], Draft]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPage:
    """One page as it should be; drawn late, because the keys and addresses it names may be made in the same run."""

    team: str
    ref: str
    space: str  # key
    parent: str | None  # ref; None: below the homepage of its space
    depth: int  # parents before children
    title: str
    labels: tuple[str, ...]
    make: bool = True  # create it where it is missing
    asked: bool = False  # a person asked for it by name
    earlier: tuple[str, ...] = ()  # refs of check-ins that are quoted when this one is made, the newest first
    uses: frozenset[str]  # refs whose addresses stand on it
    inputs: bytes  # everything else that shapes it, but for the date of the run
    draw: Draw
    fill: Callable[[TeamText], TeamText] | None = None  # cells of the team's that are ours to fill while they are empty
    sources: tuple[str, ...] = ()  # refs of pages whose words it repeats
    composed: str = ""  # edition of those; empty: this run does not look at them
    repeats: Callable[[str], bool] | None = None  # whether a region of that name holds words of other pages
    insert: Callable[[TeamText], TeamText] | None = None  # regions that come with what other pages say
    settled: bool = False  # this run leaves it as it is where it stands
    unread: bool = False  # made once, and never looked at after that

    def fingerprint(self, addresses: Addresses, known: str | None = None) -> str:
        """Equal fingerprints draw equal pages, so that nothing is drawn where nothing changed.

        `known`: the one that is remembered, whose part about other pages holds while this run does not look at them.
        """
        uses = sorted(self.uses.difference(self.sources))  # the edition of a source tells its address, too
        shown = {ref: address for ref in uses if (address := _address(addresses, ref))}
        parts = [edition().encode(), addresses.browse.encode(), encoded([addresses.about, shown]), self.inputs]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()[:OWN] + (self.composed or (known or "")[OWN:])

    def filled(self, body: TeamText) -> TeamText:
        """The page as it stands with what is ours to put outside of our regions."""
        filled = self.fill(body) if self.fill else body
        return self.insert(filled) if self.insert else filled

    def as_it_was(self) -> "WantedPage":
        """The same, but what it repeats of other pages stays as it stands."""
        repeats = self.repeats
        if repeats is None:
            return self

        def draw(addresses: Addresses, quoted: Quoted) -> Draft:
            draft = self.draw(addresses, quoted)
            return replace(draft, regions=tuple(r for r in draft.regions if not repeats(r.name)))

        return replace(self, draw=draw, insert=None, sources=())


def _address(addresses: Addresses, ref: str) -> str | None:
    return addresses.issues.get(ref) or addresses.pages.get(ref)


def wanted_organisation(scope: Scope, pages: Pages, paper: Paper | None = None) -> Iterator[WantedPage]:
    """The page below which everything stands, in each space, leadership's strategy page, and what is read here."""
    strategy = scope.strategy
    for space in dict.fromkeys([strategy.space, *(s.team.space for s in scope.teams)]):
        yield WantedPage(
            team=ORGANISATION,
            ref=home_ref(space),
            space=space,
            parent=None,
            depth=0,
            title=strategy.parent,
            labels=home_labels(),
            uses=frozenset(),
            inputs=encoded(["home", strategy.language, strategy.organisation, strategy.parent]),
            draw=lambda addresses, quoted: pages.home(strategy, strategy.language),
        )
    yield organisation_page(
        strategy,
        STRATEGY,
        (strategy_title(strategy), strategy_labels()),
        uses=frozenset(home_ref(team.space) for team in scope.book.teams),
        inputs=encoded(["strategy", strategy, [[team.name, team.space] for team in scope.book.teams]]),
        draw=lambda addresses, quoted: pages.strategy(as_made(strategy, quoted.body), addresses, scope.book.teams),
    )
    if paper is not None:
        yield _record(strategy, paper, pages)


def as_made(strategy: Strategy, body: TeamText | None) -> Strategy:
    """A strategy page that shows what the file says goes on doing so: cells to write in come with a new page."""
    from_file = body is not None and made_from_file(body)
    return replace(strategy, source=OkrSource.HERE) if from_file else strategy


Known = tuple[str, tuple[str, ...]]  # by which title and labels


def organisation_page(
    strategy: Strategy, ref: str, known: Known, *, uses: frozenset[str], inputs: bytes, draw: Draw
) -> WantedPage:
    """One of the organisation's pages, right below its home."""
    title, labels = known
    return WantedPage(
        team=ORGANISATION,
        ref=ref,
        space=strategy.space,
        parent=home_ref(strategy.space),
        depth=1,
        title=title,
        labels=labels,
        uses=uses,
        inputs=inputs,
        draw=draw,
    )


def _record(strategy: Strategy, paper: Paper, pages: Pages) -> WantedPage:
    return organisation_page(
        strategy,
        RECORD,
        (record_title(strategy), record_labels()),
        uses=frozenset(),
        inputs=encoded(["record", strategy.organisation, paper]),
        draw=lambda addresses, quoted: pages.record(strategy, paper),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """What is known of one team beside its book: evidence, series, answers, and which weeks had a page."""

    evidence: EvidenceByIndicator
    readings: Mapping[str, tuple[Reading, ...]]  # by indicator id
    answers: tuple[Answer, ...]
    weeks: frozenset[IsoWeek]
    agreed_on: date | None = None
    signed: bool = False
    open_cells: tuple[OpenCell, ...] = ()  # words without a value on its check-in pages


def encoded(value: object) -> bytes:
    """What shapes a page, as bytes: equal values, equal bytes."""
    return msgspec.json.encode(value, enc_hook=_plain, order="deterministic")


def _plain(value: object) -> str:
    if isinstance(value, ZoneInfo):
        return value.key
    raise TypeError(type(value).__name__)
