"""The state of an imitation Confluence Cloud: strict about titles, versions, labels and storage format."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import uuid5

from connector.sandbox import confluence_content as content
from connector.sandbox import storage_format
from connector.sandbox.changes import Listener, Silence
from connector.sandbox.clock import SiteClock
from connector.sandbox.confluence_content import Attachment, Label, Page, Refusal, Space, Version
from connector.sandbox.confluence_index import SearchIndex, row_of
from connector.sandbox.drafts import left_open
from connector.sandbox.editors import round_trip
from connector.sandbox.page_tree import PageTree
from connector.sandbox.people import People
from connector.sandbox.team_cells import all_answered


class ConfluenceWorld:
    """Spaces, pages, labels, attachments and the search index; callers hold the site's lock."""

    def __init__(self, clock: SiteClock, people: People, search_lag: timedelta = timedelta(0)) -> None:
        self.clock = clock
        self.people = people
        self.index = SearchIndex(search_lag)
        self.spaces: dict[str, Space] = {}
        self.tree = PageTree()
        self.listener: Listener = Silence()
        self.lifts_children = False
        self._labels: dict[str, str] = {}
        self._last_id = 1_998_848_001

    def fresh_id(self) -> str:
        """A new content id: a number in a string, larger than all before, with gaps."""
        self._last_id += 97
        return str(self._last_id)

    def fresh_uuid(self) -> str:
        """A new id for a macro or a file."""
        return str(uuid5(content.NAMES, self.fresh_id()))

    def add_space(self, key: str, name: str, kind: str = "global") -> Space:
        """A new space with a homepage that carries the space's name and lists what is below it."""
        if any(space.key.lower() == key.lower() for space in self.spaces.values()):
            raise content.bad_request(f"A space with key {key} already exists.")
        author, now = self.people.account(0), self.clock.now()
        space = Space(id=self.fresh_id(), key=key, name=name, kind=kind, author=author, created_at=now, homepage_id="")
        self.spaces[space.id] = space
        home = self.create(space_id=space.id, title=name, body=content.HOMEPAGE, author=author, root=True)
        space.homepage_id = home.id
        return space

    def space_of_key(self, key: str) -> Space:
        """The space with this key, in any case of letters; 404 when there is none."""
        found = next((space for space in self.spaces.values() if space.key.lower() == key.lower()), None)
        if found is None:
            raise content.not_found("Space not found")
        return found

    def space(self, space_id: str) -> Space:
        """The space with this id; 404 when there is none."""
        if space_id not in self.spaces:
            raise content.not_found("Space not found")
        return self.spaces[space_id]

    def page(self, page_id: str) -> Page:
        """The page with this id in whatever status; 404 when there is none."""
        return self.tree.page(page_id)

    def add_page(
        self, *, space: str, title: str, body: str = "", parent: str | None = None, labels: Iterable[str] = ()
    ) -> Page:
        """A page that a person made: `space` is a key, `parent` a page id, None for below the homepage."""
        home, author = self.space_of_key(space).id, self.people.account(1)
        page = self.create(space_id=home, title=title, body=body, parent_id=parent, author=author)
        return self.add_labels(page.id, labels)

    def create(
        self,
        *,
        space_id: str,
        title: str,
        body: str,
        author: str,
        parent_id: str | None = None,
        status: str = "current",
        root: bool = False,
    ) -> Page:
        """A new page; without `parent_id` below the homepage, with `root` beside it."""
        space = self.space(space_id)
        title = content.clean_title(title) if status == "current" else title.strip()
        if status == "current":
            self._refuse_taken(space_id, title)
        parent = None if root else self._parent(space, parent_id or space.homepage_id)
        now, body = self.clock.now(), self._stored(body)
        page = Page(
            id=self.fresh_id(),
            space_id=space_id,
            parent_id=parent,
            status=status,
            position=len(self.tree.pages),
            author=author,
            owner=author,
            created_at=now,
            versions=[Version(number=1, at=now, author=author, title=title, body=body)],
        )
        return self._indexed(page, "page_created")

    def update(
        self,
        page_id: str,
        *,
        title: str,
        body: str,
        number: int,
        author: str,
        parent_id: str | None = None,
        message: str = "",
    ) -> Page:
        """The page in its next version; 409 unless `number` is exactly one more; an open draft is overridden."""
        page = self.page(page_id)
        if page.status == "trashed":
            return self.restore(page_id)
        due = 1 if page.status == "draft" else page.now.number + 1
        if number != due:
            raise content.conflict(due - 1, number)
        title, body = content.clean_title(title), self._stored(body)
        self._refuse_taken(page.space_id, title, except_id=page_id)
        parent = self._parent(self.space(page.space_id), parent_id) if parent_id else page.parent_id
        if parent and (parent == page_id or page_id in self.tree.ancestors(parent)):
            raise content.bad_request("A page cannot be its own ancestor.")
        draft = left_open(page, body)
        state = Version(number=number, at=self.clock.now(), author=author, title=title, body=body, message=message)
        page.versions = [state] if page.status == "draft" else [*page.versions, state]
        page.parent_id, page.draft, page.status = parent, draft, "current"
        return self._indexed(page, "page_created" if number == 1 else "page_updated")

    def save_draft(self, page_id: str, body: str) -> Page:
        """The page with unpublished changes: what somebody types right now."""
        page = self.page(page_id)
        page.draft = self._stored(body)
        return page

    def trash(self, page_id: str) -> Page:
        """The page in the trash without a parent; what is below is archived, or lifted where the world does that."""
        page = self.page(page_id)
        for child in self.tree.children(page_id) if self.lifts_children else ():
            child.parent_id = page.parent_id
            self._indexed(child, "page_moved")
        for below in list(self.tree.descendants(page_id)):
            below.status, below.parent_id = "archived", None if below.parent_id == page_id else below.parent_id
            self._indexed(below, "page_archived")
        page.status, page.parent_id, page.draft = "trashed", None, None
        return self._indexed(page, "page_trashed")

    def restore(self, page_id: str) -> Page:
        """The page back from the trash below the homepage, its contents and version as they were."""
        page = self.page(page_id)
        self._refuse_taken(page.space_id, page.title, except_id=page_id)
        page.status, page.parent_id = "current", self.spaces[page.space_id].homepage_id
        return self._indexed(page, "page_restored")

    def purge(self, page_id: str) -> None:
        """The page is gone for good."""
        self.index.write(page_id, None, self.clock.now())
        self.tree.drop(page_id)

    def add_labels(self, page_id: str, names: Iterable[str], prefix: str = "global") -> Page:
        """The page with these labels added; known ones stay as they are."""
        page = self.page(page_id)
        for name in [content.clean_label(name) for name in names]:
            page.tag(Label(id=self._labels.setdefault(name, self.fresh_id()), name=name, prefix=prefix))
        return self._indexed(page, "label_added")

    def remove_label(self, page_id: str, name: str) -> Page:
        """The page without this label."""
        page = self.page(page_id)
        page.labels = [label for label in page.labels if label.name != name]
        return self._indexed(page, "label_removed")

    def attach(
        self, page_id: str, name: str, data: bytes, *, author: str, media_type: str = "", comment: str = ""
    ) -> Attachment:
        """The file on the page; an existing name becomes a new version of the file, the page's version stays."""
        page = self.page(page_id)
        file = page.attachments.get(name) or Attachment(
            id=f"att{self.fresh_id()}", file_id=self.fresh_uuid(), name=name
        )
        file.store(data, at=self.clock.now(), author=author, media_type=media_type, comment=comment)
        return page.attachments.setdefault(name, file)

    def edit_by_hand(
        self, page_id: str, change: Callable[[str], str], editor: str = "cloud", *, author: str | None = None
    ) -> Page:
        """The page after a person edited and published it in the `cloud` or `legacy` editor, or with `none` of them."""
        page = self.page(page_id)
        body = round_trip(change(page.body), editor, self.fresh_uuid)
        person = author or self.people.account(2)
        return self.update(page_id, title=page.title, body=body, number=page.now.number + 1, author=person)

    def type_into_cell(
        self, page_id: str, region_id: str, question_contains: str, answer: str, editor: str = "cloud"
    ) -> Page:
        """The page after a person typed an answer beside a question; KeyError when there is no such row."""
        return self.type_into_cells(page_id, [(region_id, question_contains, answer)], editor)

    def type_into_cells(self, page_id: str, answers: Iterable[tuple[str, str, str]], editor: str = "cloud") -> Page:
        """The page after a person typed into cells (region, part of the question, answer) and published it once."""
        return self.edit_by_hand(page_id, lambda body: all_answered(body, answers), editor)

    def rename(self, page_id: str, title: str) -> Page:
        """The page after a person gave it another title."""
        page, person = self.page(page_id), self.people.account(3)
        return self.update(page_id, title=title, body=page.body, number=page.now.number + 1, author=person)

    def move(self, page_id: str, parent_id: str) -> Page:
        """The page after a person dragged it below another one; its version stays."""
        page = self.page(page_id)
        page.parent_id = self._parent(self.space(page.space_id), parent_id)
        return self._indexed(page, "page_moved")

    def _stored(self, body: str) -> str:
        if len(body.encode()) > content.BODY_LIMIT:
            raise Refusal(413, "PAYLOAD_TOO_LARGE", "The request is larger than 5 MB.")
        try:
            storage_format.check(body)
        except storage_format.StorageError as error:
            raise Refusal(400, "BAD_REQUEST", str(error)) from None
        return storage_format.saved(body, self.fresh_uuid)

    def _refuse_taken(self, space_id: str, title: str, except_id: str | None = None) -> None:
        holder = self.tree.holder(space_id, title)
        if holder is not None and holder.id != except_id:
            raise content.title_taken()

    def _parent(self, space: Space, parent_id: str) -> str | None:
        if not parent_id:
            return None
        parent = self.tree.pages.get(parent_id)
        if parent is None or parent.space_id != space.id or parent.status != "current":
            raise content.not_found("Parent page not found in this space")
        return parent_id

    def _indexed(self, page: Page, event: str) -> Page:
        self.tree.note(page)
        row = row_of(page, self.spaces[page.space_id].key, self.tree.ancestors(page.id))
        self.index.write(page.id, row if page.status == "current" else None, self.clock.now())
        self.listener.happened(event, page, {})
        return page
