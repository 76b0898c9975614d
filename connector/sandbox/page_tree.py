"""Pages by id and by place: who stands below whom, and who holds which title."""

from collections.abc import Iterator

from connector.sandbox.confluence_content import Page, not_found

HOLDS_TITLE = frozenset({"current", "archived"})


class PageTree:
    """All pages of the site in every status; titles are unique per space among current and archived pages."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self._by_title: dict[tuple[str, str], dict[str, None]] = {}

    def page(self, page_id: str) -> Page:
        """The page with this id in whatever status; 404 when there is none."""
        if page_id not in self.pages:
            raise not_found("Not Found")
        return self.pages[page_id]

    def note(self, page: Page) -> None:
        """The page stands in the tree under its present title."""
        self.pages[page.id] = page
        self._by_title.setdefault(_key(page.space_id, page.title), {})[page.id] = None

    def drop(self, page_id: str) -> None:
        """The page is gone for good."""
        del self.pages[self.page(page_id).id]

    def titled(self, space_id: str, title: str) -> list[Page]:
        """The pages of a space with this title, in any case of letters and any status."""
        known = [
            self.pages[page_id] for page_id in self._by_title.get(_key(space_id, title), ()) if page_id in self.pages
        ]
        return [page for page in known if _key(page.space_id, page.title) == _key(space_id, title)]

    def holder(self, space_id: str, title: str) -> Page | None:
        """The page that keeps this title from being used again, or None."""
        return next((page for page in self.titled(space_id, title) if page.status in HOLDS_TITLE), None)

    def children(self, page_id: str | None) -> list[Page]:
        """The current pages directly below, in the order of the page tree."""
        below = [page for page in self.pages.values() if page.parent_id == page_id and page.status == "current"]
        return sorted(below, key=lambda page: page.position)

    def roots(self, space_id: str) -> list[Page]:
        """The current pages of a space that stand beside or are its homepage."""
        return [page for page in self.children(None) if page.space_id == space_id]

    def descendants(self, page_id: str) -> Iterator[Page]:
        """The current pages below at any depth, parents first."""
        for child in self.children(page_id):
            yield child
            yield from self.descendants(child.id)

    def ancestors(self, page_id: str) -> list[str]:
        """The ids above the page, the topmost first."""
        above: list[str] = []
        parent = self.page(page_id).parent_id
        while parent:
            above.insert(0, parent)
            parent = self.page(parent).parent_id
        return above


def _key(space_id: str, title: str) -> tuple[str, str]:
    return space_id, title.strip().casefold()
