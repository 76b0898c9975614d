"""Pages as content: found, read in any version, written with a version that is one more, trashed, restored."""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify, request

from connector.sandbox.confluence_asks import Shape, fields, json_body, listed, number
from connector.sandbox.confluence_content import Page, Refusal, Version, bad_request, not_found
from connector.sandbox.confluence_query import Query, QueryError
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.datacenter import confluence_answers as answers
from connector.sandbox.datacenter import confluence_asks as asks

USUAL = "history,space,version"
WRITTEN = "body.storage,history,space,version,ancestors"
SHAPE: Shape = {
    "id": (str, int, type(None)),
    "type": str,
    "status": str,
    "title": str,
    "space": dict,
    "ancestors": list,
    "body": dict,
    "version": dict,
    "metadata": dict,
    "extensions": dict,
    "position": int,
}


class ContentCalls:
    """The calls about pages, answered out of one world; every write is the service account's."""

    def __init__(self, world: ConfluenceWorld) -> None:
        self._world = world

    def all(self) -> Response:
        """GET /content: by ids, space, title, status."""
        wanted, states, title, key = (
            listed("ids", 200),
            asks.states(),
            request.args.get("title"),
            request.args.get("spaceKey"),
        )
        space = self._space(key) if key is not None else None
        pages: Sequence[Page] = list(self._world.tree.pages.values())
        if wanted:
            pages = [page for page in pages if page.id in set(wanted)]
        if request.args.get("type", "page") != "page":
            pages = []
        found = [
            page
            for page in pages
            if page.status in states
            and (space is None or page.space_id == space)
            and (title is None or page.title.casefold() == title.strip().casefold())
        ]
        return self._listed(found)

    def one(self, page_id: str) -> Response:
        """GET /content/{id}: the current state, or the draft or the version that `status` and `version` ask for."""
        states, asked = asks.states(), number("version", 0, 0, 1_000_000)
        page = self._world.tree.pages.get(page_id)
        if page is None:
            raise no_content(page_id)
        draft = "draft" in states and (page.status == "draft" or page.draft is not None)
        if not draft and page.status not in states and "historical" not in states:
            raise no_content(page_id)
        version = None if draft else _asked_version(page, asked, states)
        shown = answers.content_json(self._world, page, asks.expanded(USUAL), version=version, draft=draft)
        return jsonify(answers.whole(shown))

    def create(self) -> Response:
        """POST /content; without ancestors beside the homepage, not below it."""
        given = fields(json_body(), SHAPE, ["type", "title", "space"])
        _check_type(given)
        space = self._world.space(self._space(asks.key_of(given["space"])))
        if "create page" in space.denied:
            raise Refusal(403, "FORBIDDEN", "Could not create content with type page")
        status, parent = given.get("status", request.args.get("status", "current")), asks.parent_of(given)
        if status == "current":
            self._refuse_taken(space.id, given["title"])
        page = self._world.create(
            space_id=space.id,
            title=given["title"],
            body=asks.storage_of(given) or "",
            parent_id=parent,
            status="draft" if status == "draft" else "current",
            root=parent is None,
            author=self._world.people.service.account_id,
        )
        return self._written(page)

    def update(self, page_id: str) -> Response:
        """PUT /content/{id}: the next version; out of the trash with `status: current`; 409 for what came between."""
        given = fields(json_body(), SHAPE, ["type", "version"])
        _check_type(given)
        page = self._world.tree.pages.get(page_id)
        if page is None or (page.status == "trashed" and given.get("status") != "current"):
            raise no_content(page_id)
        if "update page" in self._world.space(page.space_id).denied:
            raise Refusal(403, "FORBIDDEN", "User not permitted to edit the content")
        version = fields(given["version"], {"number": int, "message": str, "minorEdit": bool}, ["number"], "version")
        self._refuse_stale(page, version["number"])
        if page.status == "trashed":
            return self._written(self._world.restore(page.id))
        title = given.get("title", page.title)
        self._refuse_taken(page.space_id, title, but=page.id)
        body = asks.storage_of(given)
        page = self._world.update(
            page.id,
            title=title,
            body=page.body if body is None else body,
            number=version["number"],
            parent_id=asks.parent_of(given),
            message=version.get("message", ""),
            author=self._world.people.service.account_id,
        )
        return self._written(page)

    def delete(self, page_id: str) -> Response:
        """DELETE /content/{id}: into the trash; with `status=trashed` out of it for good."""
        states = asks.states()
        page = self._world.tree.pages.get(page_id)
        if page is None or page.status not in states:
            raise no_content(page_id)
        if "delete page" in self._world.space(page.space_id).denied:
            raise Refusal(403, "FORBIDDEN", "User not permitted to delete the content")
        if page.status == "current":
            self._world.trash(page.id)
        else:
            self._world.purge(page.id)
        return Response(status=204)

    def children(self, page_id: str) -> Response:
        """GET /content/{id}/child/page."""
        return self._listed(self._world.tree.children(self.current(page_id).id))

    def descendants(self, page_id: str) -> Response:
        """GET /content/{id}/descendant/page: of every depth."""
        return self._listed(list(self._world.tree.descendants(self.current(page_id).id)))

    def history(self, page_id: str) -> Response:
        """GET /content/{id}/history."""
        page = self.current(page_id)
        told = {**answers.history_json(self._world, page), "lastUpdated": answers.version_json(self._world, page.now)}
        return jsonify({**told, "_expandable": {"contributors": ""}})

    def search(self) -> Response:
        """GET /content/search by CQL, out of the index."""
        cql, now = request.args.get("cql"), self._world.clock.now()
        if not cql:
            raise bad_request("The query cannot be null or empty")
        try:
            rows = Query(cql, now).select(self._world.index.rows(now))
        except QueryError as error:
            raise bad_request(str(error)) from None
        pages = self._world.tree.pages
        return self._listed([pages[row.page_id] for row in rows if row.page_id in pages])

    def current(self, page_id: str) -> Page:
        """The page, published and not in the trash, or a draft; 404 for any other."""
        page = self._world.tree.pages.get(page_id)
        if page is None or page.status not in ("current", "draft"):
            raise no_content(page_id)
        return page

    def _listed(self, pages: Sequence[Page]) -> Response:
        expand = asks.expanded()
        return asks.paged(pages, lambda page: answers.content_json(self._world, page, expand), bodies="body" in expand)

    def _written(self, page: Page) -> Response:
        draft = page.status == "draft"
        return jsonify(answers.whole(answers.content_json(self._world, page, asks.expanded(WRITTEN), draft=draft)))

    def _space(self, key: str) -> str:
        found = next((one for one in self._world.spaces.values() if one.key.lower() == key.lower()), None)
        if found is None:
            raise not_found(f"No space with key : {key}")
        return found.id

    def _refuse_stale(self, page: Page, given: int) -> None:
        due = 1 if page.status == "draft" else page.now.number + 1
        if given != due:
            raise Refusal(409, "CONFLICT", f"Version must be incremented on update. Current version is: {due - 1}")
        typed = page.draft is not None and page.draft != page.body and page.status == "current"
        if typed and request.args.get("status") != "draft":
            raise Refusal(409, "CONFLICT", "Content has an unpublished draft; it would be overridden.")

    def _refuse_taken(self, space_id: str, title: str, but: str = "") -> None:
        holder = self._world.tree.holder(space_id, title)
        if holder is not None and holder.id != but:
            where = f"with the title {holder.title} in the space with key {self._world.space(space_id).key}"
            told = f"A page with this title already exists: A page already exists {where}"
            raise Refusal(400, "BAD_REQUEST", told)


def no_content(page_id: str) -> Refusal:
    """The 404 of content that is not there, or not in the status asked for."""
    return not_found(f"No content found with id: ContentId{{id={page_id}}}")


def _check_type(given: dict[str, Any]) -> None:
    if given["type"] != "page":
        raise Refusal(501, "NOT_IMPLEMENTED", "The sandbox imitates pages only")


def _asked_version(page: Page, asked: int, states: set[str]) -> Version | None:
    if not asked or (asked == page.now.number and page.status in states):
        return None
    found = next((one for one in page.versions if one.number == asked), None)
    if found is None or "historical" not in states:
        raise no_content(page.id)
    return found
