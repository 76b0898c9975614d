"""Versions of pages on which people write what the book would say: each is understood once, its words are not kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from connector.pages.markup import BodyUnreadable
from connector.pages.written import FormUnreadable
from mappings.team_text import TeamText

Edition = tuple[str, int]  # page id, version
Of = TypeVar("Of")
Said = TypeVar("Said")


@dataclass(slots=True, kw_only=True)
class Editions(Generic[Of, Said]):
    """What versions of pages say, for as long as a process lives; `Of` is what else shapes the understanding."""

    understand: Callable[[TeamText, Of], Said]  # raises FormUnreadable or BodyUnreadable
    _known: dict[Edition, tuple[Of, Said | None]] = field(default_factory=dict)
    _pages: dict[str, set[int]] = field(default_factory=dict)  # versions that are known, by page id

    def seen(self, page: str) -> bool:
        """Whether some version of the page was understood before."""
        return page in self._pages

    def at_hand(self, edition: Edition, of: Of) -> bool:
        """Whether this version was, so that its body need not be read."""
        known = self._known.get(edition)
        return known is not None and known[0] == of

    def said(self, edition: Edition, of: Of, body: TeamText | None) -> Said | None:
        """What a version says; None: it cannot be read cleanly, or neither it nor its body is at hand."""
        if not self.at_hand(edition, of):
            if body is None:
                return None
            self._known[edition] = (of, self._understood(body, of))
            self._pages.setdefault(edition[0], set()).add(edition[1])
        return self._known[edition][1]

    def keep_only(self, page: str, versions: Iterable[int | None]) -> None:
        """Forgets the other versions of a page."""
        for version in self._pages.get(page, set()) - set(versions):
            self._pages[page].discard(version)
            del self._known[page, version]

    def _understood(self, body: TeamText, of: Of) -> Said | None:
        try:
            return self.understand(body, of)
        except (FormUnreadable, BodyUnreadable):
            return None
