"""What is left of Confluence's REST v1 in the Cloud: labels, uploads, search by CQL, the caller; the rest is gone."""

from collections.abc import Sequence
from typing import Any, NoReturn
from urllib.parse import urlencode

from flask import Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from connector.sandbox import confluence_answers as answers
from connector.sandbox import confluence_asks as asks
from connector.sandbox.confluence_content import Attachment, Page, Refusal, bad_request, not_found
from connector.sandbox.confluence_index import Row
from connector.sandbox.confluence_query import Query, QueryError
from connector.sandbox.confluence_world import ConfluenceWorld

SEARCH_LIMIT = 250


class Leftovers:
    """The routes below `/wiki/rest/api`."""

    def __init__(self, world: ConfluenceWorld) -> None:
        self._world = world

    def gone(self, page_id: str = "") -> NoReturn:
        """410: page reading and writing moved to v2."""
        raise Refusal(410, "GONE", "This deprecated endpoint has been removed.")

    def add_labels(self, page_id: str) -> Response:
        """POST /content/{id}/label."""
        page = self._page(page_id)
        given = asks.json_body()
        wanted = given if isinstance(given, list) else [given]
        for label in wanted:
            asks.fields(label, {"prefix": str, "name": str}, ["prefix", "name"], "label")
            if label["prefix"] not in ("global", "my", "team"):
                raise bad_request("Invalid label prefix")
            self._world.add_labels(page.id, [label["name"]], label["prefix"])
        labels = [answers.label_json(label, v1=True) for label in page.labels]
        links = {"base": answers.WIKI, "context": "/wiki", "self": f"{answers.WIKI}/rest/api/content/{page.id}/label"}
        return jsonify({"results": labels, "start": 0, "limit": 200, "size": len(labels), "_links": links})

    def remove_label(self, page_id: str, name: str | None = None) -> Response:
        """DELETE /content/{id}/label?name= and /content/{id}/label/{label}."""
        page, name = self._page(page_id), name or request.args.get("name")
        if not name:
            raise bad_request("The label name is missing")
        self._world.remove_label(page.id, name)
        return Response(status=204)

    def attach(self, page_id: str) -> Response:
        """PUT and POST /content/{id}/child/attachment; only PUT takes a name that exists."""
        if request.headers.get("X-Atlassian-Token", "").lower() not in ("nocheck", "no-check"):
            return Response("XSRF check failed", status=403, mimetype="text/plain")
        page = self._page(page_id)
        files = request.files.getlist("file")
        if not files or "minorEdit" not in {*request.form, *request.files}:
            raise bad_request("A multipart request with the parts file and minorEdit is required")
        if request.method == "POST" and any(file.filename in page.attachments for file in files):
            raise bad_request("Cannot add a new attachment with same file name as an existing attachment")
        author, comment = self._world.people.service.account_id, _part("comment")
        stored = [
            self._world.attach(
                page.id,
                file.filename or "unnamed",
                file.read(),
                media_type=file.mimetype,
                comment=comment,
                author=author,
            )
            for file in files
        ]
        results = [self._attachment(page, file) for file in stored]
        return jsonify({"results": results, "start": 0, "limit": 25, "size": len(results), "_links": _context()})

    def restrictions(self, page_id: str, operation: str) -> Response:
        """GET /content/{id}/restriction/byOperation/{operation}: of the page itself, not of what it stands below."""
        if operation not in ("read", "update"):
            raise bad_request(f"Invalid operation: {operation}")
        page, limit = self._page(page_id), asks.number("limit", 100, 0, 200)
        people = page.readers if operation == "read" else []
        named = [answers.user_json(self._world.people.find(one), one) for one in people[:limit]]
        users = {"results": named, "start": 0, "limit": limit, "size": len(named)}
        groups = {"results": [], "start": 0, "limit": limit, "size": 0}
        links = {**_context(), "self": f"{answers.WIKI}{request.path.removeprefix('/wiki')}"}
        expandable = {"content": f"/rest/api/content/{page.id}"}
        shown = {"user": users, "group": groups, "_expandable": {}}
        return jsonify({"operation": operation, "restrictions": shown, "_expandable": expandable, "_links": links})

    def download(self, page_id: str, file_id: str) -> AnyResponse:
        """GET /content/{id}/child/attachment/{attachmentId}/download: a redirect to the bytes."""
        page = self._page(page_id)
        found = [file for file in page.attachments.values() if file.id == file_id]
        if not found:
            raise not_found("No attachment found")
        return redirect(f"/wiki{answers.download_path(page, found[0])}", 302)

    def search(self) -> Response:
        """GET /search by CQL; `start` is ignored, `totalSize` an estimate."""
        rows, links = self._searched()
        results = [self._search_result(row) for row in rows[0]]
        told = {"start": 0, "limit": rows[1], "size": len(results), "totalSize": rows[2]}
        return jsonify(
            {
                "results": results,
                **told,
                "cqlQuery": request.args["cql"],
                "searchDuration": 7,
                "archivedResultCount": 0,
                "_links": links,
            }
        )

    def content_search(self) -> Response:
        """GET /content/search by CQL."""
        rows, links = self._searched()
        results = [self._content(row) for row in rows[0]]
        return jsonify({"results": results, "start": 0, "limit": rows[1], "size": len(results), "_links": links})

    def current_user(self) -> Response:
        """GET /user/current."""
        service = self._world.people.service
        return jsonify(answers.user_json(service, service.account_id))

    def _searched(self) -> tuple[tuple[Sequence[Row], int, int], dict[str, str]]:
        cql = request.args.get("cql")
        if not cql:
            raise bad_request("The query cannot be null or empty")
        now = self._world.clock.now()
        try:
            found = Query(cql, now).select(self._world.index.rows(now))
        except QueryError as error:
            raise bad_request(str(error)) from None
        limit = min(asks.number("limit", 25, 0, 10_000), SEARCH_LIMIT)
        offset = asks.place_of(request.args.get("cursor"))[1]
        shown = found[offset : offset + limit]
        links = {**_context(), "self": f"{answers.WIKI}{request.full_path.removeprefix('/wiki')}"}
        if offset + limit < len(found) and limit:
            cursor = asks.cursor_for("", offset + limit)
            query = urlencode({"next": "true", "cursor": cursor, "limit": limit, "start": offset + limit, "cql": cql})
            links["next"] = f"{request.path.removeprefix('/wiki')}?{query}"
        return (shown, limit, len(found)), links

    def _search_result(self, row: Row) -> dict[str, Any]:
        page = self._world.page(row.page_id)
        space = self._world.spaces[page.space_id]
        return {
            "content": self._content(row),
            "title": row.title,
            "excerpt": "",
            "url": answers.web_path(self._world, page),
            "resultGlobalContainer": {"title": space.name, "displayUrl": f"/spaces/{space.key}"},
            "breadcrumbs": [],
            "entityType": "content",
            "iconCssClass": "aui-icon content-type-page",
            "lastModified": answers.stamp(row.modified),
            "friendlyLastModified": row.modified.strftime("%b %d, %Y"),
            "score": 0.0,
        }

    def _content(self, row: Row) -> dict[str, Any]:
        page = self._world.page(row.page_id)
        wanted = {name.strip().removeprefix("content.") for name in request.args.get("expand", "").split(",")}
        shown: dict[str, Any] = {"id": row.page_id, "type": row.type, "status": "current", "title": row.title}
        if "version" in wanted:
            shown["version"] = self._version(page.now.author, page.now.number, answers.stamp(page.now.at))
        if "history" in wanted:
            creator = answers.user_json(self._world.people.find(page.author), page.author)
            shown["history"] = {"latest": True, "createdBy": creator, "createdDate": answers.stamp(page.created_at)}
        links = {"webui": answers.web_path(self._world, page), "tinyui": answers.tiny_path(page)}
        expandable = {"container": "", "metadata": "", "version": "", "history": "", "space": ""}
        return {**shown, "macroRenderedOutput": {}, "_expandable": expandable, "_links": links}

    def _attachment(self, page: Page, file: Attachment) -> dict[str, Any]:
        upload = file.now
        details = {"mediaType": upload.media_type, "fileSize": len(upload.data), "comment": upload.comment}
        return {
            "id": file.id,
            "type": "attachment",
            "status": "current",
            "title": file.name,
            "version": self._version(upload.author, upload.number, answers.stamp(upload.at)),
            "metadata": {"mediaType": upload.media_type, "comment": upload.comment},
            "extensions": {**details, "fileId": file.file_id},
            "_links": {"download": answers.download_path(page, file)},
        }

    def _version(self, author: str, number: int, when: str) -> dict[str, Any]:
        by = answers.user_json(self._world.people.find(author), author)
        return {"by": by, "when": when, "number": number, "minorEdit": False, "message": ""}

    def _page(self, page_id: str) -> Page:
        page = self._world.tree.pages.get(page_id)
        if page is None or page.status not in ("current", "draft"):
            raise not_found(f"No content found with id: ContentId{{id={page_id}}}")
        return page


def _part(name: str) -> str:
    file = request.files.get(name)
    return file.read().decode() if file is not None else request.form.get(name, "")


def _context() -> dict[str, str]:
    return {"base": answers.WIKI, "context": "/wiki"}
