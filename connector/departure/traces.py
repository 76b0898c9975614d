"""What of ours stands at the sites, and what taking it away means: a frozen list, shown before it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from connector.ledger import Kind
from mappings.labels import CLOSED, DUPLICATE, OURS, RETIRED, cycle_label

_ON_PAGES = frozenset(
    f"okr-{kind}"
    for kind in ("check-in", "planning", "review", "retrospective", "learning", "report", "strategy", "data-flow")
)
_PAGE = "okr"  # on every page of ours, and taken off last


class Place(StrEnum):
    """The kinds of things that bear something of ours."""

    WEBHOOK = "webhook"
    ISSUE = "issue"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One thing at a site and what of ours it bears; the order of the parts is the order in which they go.

    The mark by which a thing is found again goes last, so that a leave that was interrupted goes on.
    """

    place: Place
    product: str  # "Jira" or "Confluence"
    id: str
    name: str = ""  # ref of ours where it is known
    links: tuple[str, ...] = ()  # ids of issue links that we drew
    page_links: tuple[str, ...] = ()  # global ids of links from an issue to its page
    mark: bool = False  # our property
    labels: tuple[str, ...] = ()
    rows: tuple[tuple[Kind, str], ...] = ()  # what our memory knows of it

    @property
    def writes(self) -> int:
        """Requests that it takes: on an issue all labels go at once, on a page each by itself."""
        if self.place is Place.WEBHOOK:
            return 1
        labels = bool(self.labels) if self.place is Place.ISSUE else len(self.labels)
        return len(self.links) + len(self.page_links) + self.mark + labels


def issue_labels(found: Iterable[str], cycles: Iterable[str]) -> tuple[str, ...]:
    """Of an issue's labels, ours; one that a team invented itself is not."""
    ours = {OURS, RETIRED, CLOSED, DUPLICATE, *map(cycle_label, cycles)}
    return tuple(sorted(label for label in found if label in ours or _of_a_team(label)))


def page_labels(found: Iterable[str], cycles: Iterable[str], *, known: bool = False) -> tuple[str, ...]:
    """Of a page's labels, ours, the one that all of them bear last; `known`: we remember having made the page.

    A page that bears only `okr` may have it from somebody else.
    """
    named = frozenset(found)
    ours = sorted(label for label in named if label in _ON_PAGES or _of_a_team(label))
    if not ours and not known:
        return ()
    ours += sorted(named & set(map(cycle_label, cycles)))
    return (*ours, *([_PAGE] if _PAGE in named else []))


def _of_a_team(label: str) -> bool:
    return label.startswith("okr-team-")
