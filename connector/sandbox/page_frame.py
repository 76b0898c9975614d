"""What stands around a page in Confluence: the tree, the path above it, who wrote it and how long ago."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import quote

from connector.sandbox.confluence_answers import web_path
from connector.sandbox.confluence_content import Page, Space
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.storage_format import parse, text_of

COLOURS = ("#8270DB", "#2898BD", "#1868DB", "#AE4787", "#6A9A23", "#B65C02", "#227D9B", "#5E4DB2")
WORDS_A_MINUTE = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A page in the tree with the pages below it."""

    title: str
    href: str
    current: bool
    open: bool
    below: tuple["Branch", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """A person as the page names them."""

    name: str
    initials: str
    colour: str


class Frame:
    """The surroundings of one page, or of none."""

    def __init__(self, world: ConfluenceWorld, page: Page | None) -> None:
        self._world = world
        self._page = page

    @property
    def space(self) -> Space | None:
        """The space of the page."""
        return self._world.spaces[self._page.space_id] if self._page else None

    @property
    def branches(self) -> tuple[Branch, ...]:
        """The page tree of the space below its homepage, opened along the path to the page."""
        if self._page is None or self.space is None:
            return ()
        below: dict[str, list[Page]] = defaultdict(list)
        for page in sorted(self._world.tree.pages.values(), key=lambda page: page.position):
            if page.status == "current" and page.parent_id:
                below[page.parent_id].append(page)
        path = {*self._world.tree.ancestors(self._page.id), self._page.id}
        return self._branches(below, self.space.homepage_id, path)

    @property
    def path(self) -> list[Page]:
        """The pages above, the topmost first, without the homepage."""
        if self._page is None or self.space is None:
            return []
        above = self._world.tree.ancestors(self._page.id)
        return [self._world.page(page_id) for page_id in above if page_id != self.space.homepage_id]

    @property
    def minutes(self) -> int:
        """How long reading the page takes."""
        words = len(text_of(parse(self._page.body)).split()) if self._page else 0
        return max(1, round(words / WORDS_A_MINUTE))

    @property
    def on_homepage(self) -> bool:
        """Whether the page is its space's homepage."""
        return bool(self._page and self.space and self._page.id == self.space.homepage_id)

    @property
    def me(self) -> Byline:
        """The person at the screen."""
        return self.by(self._world.people.account(2))

    def by(self, account_id: str) -> Byline:
        """The person behind an account."""
        person = self._world.people.find(account_id)
        name = person.name if person else "Former user"
        words = name.replace("-", " ").split()
        number = sha256(account_id.encode()).digest()[0]
        return Byline(name=name, initials=f"{words[0][0]}{words[-1][0]}".upper(), colour=COLOURS[number % len(COLOURS)])

    def href(self, page: Page) -> str:
        """Where the page is."""
        return f"/wiki{web_path(self._world, page)}"

    def edit_href(self, page: Page) -> str:
        """Where the page's editor is."""
        return f"/wiki/spaces/{quote(self._world.spaces[page.space_id].key)}/pages/edit-v2/{page.id}"

    def space_of(self, page: Page) -> Space:
        """The space a page is in."""
        return self._world.spaces[page.space_id]

    def when(self, moment: datetime) -> str:
        """How long ago, as Confluence says it."""
        passed = self._world.clock.now() - moment
        if passed < timedelta(minutes=1):
            return "just now"
        if passed < timedelta(hours=1):
            return _ago(int(passed.total_seconds() // 60), "minute")
        if passed < timedelta(days=1):
            return _ago(int(passed.total_seconds() // 3600), "hour")
        return f"{moment:%b} {moment.day}, {moment.year}"

    def colour(self, text: str) -> str:
        """The colour of a space's tile."""
        return COLOURS[sha256(text.encode()).digest()[0] % len(COLOURS)]

    def _branches(self, below: dict[str, list[Page]], top: str, path: set[str]) -> tuple[Branch, ...]:
        return tuple(
            Branch(
                title=page.title,
                href=self.href(page),
                current=self._page is not None and page.id == self._page.id,
                open=page.id in path,
                below=self._branches(below, page.id, path),
            )
            for page in below.get(top, ())
        )


def _ago(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'} ago"
