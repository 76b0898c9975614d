"""Pages over REST v2: listing, reading, creating, updating with a version, trashing."""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify, request

from connector.sandbox import confluence_answers as answers
from connector.sandbox import confluence_asks as asks
from connector.sandbox.confluence_content import Attachment, Label, Page, Refusal, Version, bad_request, not_found
from connector.sandbox.confluence_world import ConfluenceWorld

LIST_STATES = ("current", "archived", "deleted", "trashed")
READ_STATES = ("current", "archived", "trashed", "deleted", "historical", "draft")
READ_FORMATS = ("atlas_doc_format", "view", "export_view", "anonymous_export_view", "styled_view", "editor")
SORTS = tuple(f"{sign}{name}" for name in ("id", "created-date", "modified-date", "title") for sign in ("", "-"))
CREATE: asks.Shape = {
    "spaceId": str,
    "status": str,
    "title": str,
    "parentId": (str, type(None)),
    "body": dict,
    "subtype": str,
}
UPDATE: asks.Shape = {
    "id": str,
    "status": str,
    "title": str,
    "spaceId": str,
    "parentId": (str, type(None)),
    "ownerId": str,
    "body": dict,
    "version": dict,
}


class PagesV2:
    """The routes below `/wiki/api/v2/pages`; every write is the service account's."""

    def __init__(self, world: ConfluenceWorld) -> None:
        self._world = world

    def all(self) -> Response:
        """GET /pages."""
        spaces, wanted = asks.ids("space-id", 100), asks.ids("id", 250)
        pages: Sequence[Page] = list(self._world.tree.pages.values())
        if wanted:
            known = self._world.tree.pages
            pages = [known[page_id] for page_id in dict.fromkeys(wanted) if page_id in known]
        return self._listed([page for page in pages if not spaces or page.space_id in spaces])

    def of_space(self, space_id: str) -> Response:
        """GET /spaces/{id}/pages."""
        space = self._world.space(asks.numeric(space_id, "id"))
        pages = [page for page in self._world.tree.pages.values() if page.space_id == space.id]
        if asks.chosen("depth", ("all", "root")) == ["root"]:
            pages = [page for page in pages if page.parent_id is None]
        return self._listed(pages)

    def one(self, page_id: str) -> Response:
        """GET /pages/{id}."""
        page = self._readable(page_id)
        storage = asks.wants_storage(others=READ_FORMATS)
        draft, states = asks.flag("get-draft"), asks.chosen("status", READ_STATES)
        if states and page.status not in states and not (draft and "draft" in states):
            raise not_found("Not Found")
        if page.status == "draft" and not draft and "draft" not in states:
            raise not_found("Not Found")
        shown = answers.page_json(self._world, page, storage=storage, version=_asked_version(page), draft=draft)
        if asks.flag("include-labels"):
            labels = [answers.label_json(label) for label in page.labels[:50]]
            more = {"hasMore": len(page.labels) > 50}
            shown["labels"] = {"results": labels, "meta": more, "_links": {"self": f"{request.path}/labels"}}
        if not asks.flag("include-version", True):
            del shown["version"]
        return _single(shown)

    def create(self) -> Response:
        """POST /pages."""
        given = asks.fields(asks.json_body(), CREATE, ["spaceId"])
        root = asks.flag("root-level")
        if root and given.get("parentId"):
            raise bad_request("A parentId may not be supplied together with root-level=true")
        status = asks.state_of(given.get("status", "current"))
        space = self._world.space(asks.numeric(given["spaceId"], "spaceId"))
        if "create page" in space.denied:
            raise Refusal(403, "FORBIDDEN", "User does not have permission to create pages in this space")
        page = self._world.create(
            space_id=space.id,
            title=given.get("title", ""),
            body=asks.storage_of(given["body"]) if "body" in given else "",
            parent_id=asks.parent_of(given),
            status=status,
            root=root,
            author=self._world.people.service.account_id,
        )
        return _single(answers.page_json(self._world, page, storage=True))

    def update(self, page_id: str) -> Response:
        """PUT /pages/{id}."""
        given = asks.fields(asks.json_body(), UPDATE, ["id", "status", "title", "body", "version"])
        page = self._readable(page_id)
        version = asks.fields(given["version"], {"number": int, "message": str}, ["number"], "version")
        body = asks.storage_of(given["body"])
        if given["id"] != page.id:
            raise bad_request("The id in the body and the id in the path are not the same")
        if given.get("spaceId", page.space_id) != page.space_id:
            raise bad_request("Moving a page to a different space is not supported")
        if asks.state_of(given["status"]) == "draft":
            return self._draft(page, body, version["number"])
        page = self._world.update(
            page.id,
            title=given["title"],
            body=body,
            number=version["number"],
            parent_id=asks.parent_of(given),
            message=version.get("message", ""),
            author=self._world.people.service.account_id,
        )
        page.owner = given.get("ownerId", page.owner)
        return _single(answers.page_json(self._world, page, storage=True))

    def delete(self, page_id: str) -> Response:
        """DELETE /pages/{id}: to the trash, or out of it for good."""
        page = self._readable(page_id)
        purge, draft = asks.flag("purge"), asks.flag("draft")
        if purge and page.status != "trashed":
            raise bad_request("Only trashed content can be purged")
        if draft != (page.status == "draft"):
            raise not_found("Not Found")
        if purge or draft:
            self._world.purge(page.id)
        elif page.status != "trashed":
            self._world.trash(page.id)
        return Response(status=204)

    def children(self, page_id: str) -> Response:
        """GET /pages/{id}/children."""
        below = self._world.tree.children(self._readable(page_id).id)
        return asks.paged(below, _id, lambda page: answers.child_json(page, typed=False))

    def direct_children(self, page_id: str) -> Response:
        """GET /pages/{id}/direct-children."""
        below = self._world.tree.children(self._readable(page_id).id)
        return asks.paged(below, _id, lambda page: answers.child_json(page, typed=True))

    def descendants(self, page_id: str) -> Response:
        """GET /pages/{id}/descendants: down to `depth` levels, two when not said."""
        top = self._readable(page_id)
        depth = asks.number("depth", 2, 1, 10)
        level = {top.id: 0}
        below = []
        for page in self._world.tree.descendants(top.id):
            level[page.id] = level[page.parent_id or ""] + 1
            below += [page] if level[page.id] <= depth else []
        return asks.paged(below, _id, lambda page: answers.descendant_json(page, level[page.id]))

    def ancestors(self, page_id: str) -> Response:
        """GET /pages/{id}/ancestors, the topmost first."""
        above = self._world.tree.ancestors(self._readable(page_id).id)
        return asks.paged(above, str, lambda ancestor: {"id": ancestor, "type": "page"})

    def versions(self, page_id: str) -> Response:
        """GET /pages/{id}/versions, the newest first."""
        states: list[Version] = list(reversed(self._readable(page_id).versions))
        return asks.paged(states, lambda state: str(state.number), answers.version_json)

    def labels(self, page_id: str) -> Response:
        """GET /pages/{id}/labels."""
        prefixes = asks.chosen("prefix", ("my", "team", "global", "system"))
        labels: list[Label] = [
            label for label in self._readable(page_id).labels if not prefixes or label.prefix in prefixes
        ]
        return asks.paged(labels, lambda label: label.id, answers.label_json)

    def attachments(self, page_id: str) -> Response:
        """GET /pages/{id}/attachments."""
        page, name, kind = self._readable(page_id), request.args.get("filename"), request.args.get("mediaType")
        files: list[Attachment] = [
            file
            for file in page.attachments.values()
            if (name is None or file.name == name) and (kind is None or file.now.media_type == kind)
        ]
        return asks.paged(
            files, lambda file: file.id, lambda file: answers.attachment_json(self._world, page, file), default=50
        )

    def _readable(self, page_id: str) -> Page:
        return self._world.page(asks.numeric(page_id, "id"))

    def _draft(self, page: Page, body: str, number: int) -> Response:
        if number != 1:
            raise Refusal(409, "CONFLICT", f"The version of a draft must be 1. Provided version: [{number}]")
        self._world.save_draft(page.id, body)
        return _single(answers.page_json(self._world, page, storage=True, draft=True))

    def _listed(self, pages: Sequence[Page]) -> Response:
        states = asks.chosen("status", LIST_STATES) or ["current", "archived"]
        title, storage = request.args.get("title"), asks.wants_storage()
        subtypes = asks.chosen("subtype", ("live", "page"))
        found = [page for page in pages if page.status in states and subtypes != ["live"]]
        if title is not None:
            found = [page for page in found if page.title.casefold() == title.casefold()]
        order = (asks.chosen("sort", SORTS) or ["id"])[0]
        found.sort(key=lambda page: _sort_key(page, order.lstrip("-")), reverse=order.startswith("-"))
        return asks.paged(found, _id, lambda page: answers.page_json(self._world, page, storage=storage))


def _id(page: Page) -> str:
    return page.id


def _sort_key(page: Page, name: str) -> tuple[str, str]:
    keys = {
        "created-date": page.created_at.isoformat(),
        "modified-date": page.now.at.isoformat(),
        "title": page.title.casefold(),
    }
    return keys.get(name, ""), page.id.zfill(20)


def _asked_version(page: Page) -> Version | None:
    asked = asks.number("version", 0, 1, 1_000_000)
    if not asked or asked == page.now.number:
        return None
    found = [version for version in page.versions if version.number == asked]
    if not found:
        raise not_found("Not Found")
    return found[0]


def _single(shown: dict[str, Any]) -> Response:
    return jsonify({**shown, "_links": {**shown["_links"], "base": answers.WIKI}})
