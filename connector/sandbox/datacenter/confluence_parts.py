"""What hangs on a page: labels, properties with versions of their own, attached files, who may read it."""

import json
from typing import Any

from flask import Response, jsonify, request

from connector.sandbox.confluence_asks import Shape, fields, json_body, listed
from connector.sandbox.confluence_content import Attachment, Page, Property, Refusal, bad_request, not_found
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.datacenter import confluence_answers as answers
from connector.sandbox.datacenter import confluence_asks as asks
from connector.sandbox.datacenter.confluence_pages import ContentCalls

LONGEST_VALUE = 32_768


class PartCalls:
    """The calls about a page's parts, answered out of one world; every write is the service account's."""

    def __init__(self, world: ConfluenceWorld) -> None:
        self._world = world
        self._page = ContentCalls(world).current

    def labels(self, page_id: str) -> Response:
        """GET /content/{id}/label."""
        prefixes = listed("prefix", 20)
        found = [one for one in self._page(page_id).labels if not prefixes or one.prefix in prefixes]
        return asks.paged(found, answers.label_json, default=200)

    def add_labels(self, page_id: str) -> Response:
        """POST /content/{id}/label: one or a list."""
        page, given = self._page(page_id), json_body()
        for label in given if isinstance(given, list) else [given]:
            fields(label, {"prefix": str, "name": str, "id": str, "label": str}, ["name"], "label")
            self._world.add_labels(page.id, [label["name"]], label.get("prefix", "global"))
        return asks.paged(page.labels, answers.label_json, default=200)

    def remove_label(self, page_id: str, name: str | None = None) -> Response:
        """DELETE /content/{id}/label?name= and /content/{id}/label/{label}; 404 for one that is not there."""
        page, name = self._page(page_id), name or request.args.get("name")
        if all(label.name != name for label in page.labels):
            raise not_found(f"No label found with name: {name}")
        self._world.remove_label(page.id, str(name))
        return Response(status=204)

    def properties(self, page_id: str) -> Response:
        """GET /content/{id}/property."""
        page = self._page(page_id)
        return asks.paged(
            list(page.properties.values()), lambda one: answers.property_json(self._world, page, one), default=10
        )

    def property(self, page_id: str, key: str) -> Response:
        """GET /content/{id}/property/{key}."""
        page = self._page(page_id)
        return jsonify(answers.property_json(self._world, page, _known(page, key)))

    def add_property(self, page_id: str, key: str | None = None) -> Response:
        """POST /content/{id}/property[/{key}]: 409 for a key that is known."""
        page = self._page(page_id)
        given = fields(json_body(), {"key": str, "value": object}, ["value"] if key else ["key", "value"])
        key = key or given["key"]
        if key in page.properties:
            raise Refusal(409, "CONFLICT", f"Property with key {key} already exists for content {page.id}")
        return self._stored(page, key, given["value"], 1)

    def write_property(self, page_id: str, key: str) -> Response:
        """PUT /content/{id}/property/{key}: the next version; version 1 makes a new one."""
        page = self._page(page_id)
        shape: Shape = {"id": str, "key": str, "value": object, "version": dict, "_links": dict, "_expandable": dict}
        given = fields(json_body(), shape, ["value", "version"])
        version = fields(given["version"], {"number": int, "minorEdit": bool, "message": str}, ["number"], "version")
        if given.get("key", key) != key:
            raise bad_request("The key in the body and the key in the path are not the same")
        if key not in page.properties and version["number"] != 1:
            raise not_found(f"No property found with key: {key}")
        due = page.properties[key].number + 1 if key in page.properties else 1
        if version["number"] != due:
            raise Refusal(409, "CONFLICT", f"Version must be incremented on update. Current version is: {due - 1}")
        return self._stored(page, key, given["value"], due)

    def delete_property(self, page_id: str, key: str) -> Response:
        """DELETE /content/{id}/property/{key}."""
        page = self._page(page_id)
        del page.properties[_known(page, key).key]
        return Response(status=204)

    def files(self, page_id: str) -> Response:
        """GET /content/{id}/child/attachment: all, or of one name or kind."""
        page, name, kind = self._page(page_id), request.args.get("filename"), request.args.get("mediaType")
        found = [one for one in page.attachments.values() if name in (None, one.name)]
        found = [one for one in found if kind in (None, one.now.media_type)]
        return asks.paged(found, lambda one: answers.attachment_json(self._world, page, one), default=50)

    def attach(self, page_id: str) -> Response:
        """POST /content/{id}/child/attachment: new names only; 403 without the header against forgery."""
        _refuse_forgery()
        page, files = self._page(page_id), request.files.getlist("file")
        if not files:
            raise bad_request("At least one attachment is required")
        taken = next((one.filename for one in files if one.filename in page.attachments), None)
        if taken is not None:
            told = f"Cannot add a new attachment with same file name as an existing attachment: {taken}"
            raise bad_request(told)
        stored = [self._kept(page, one.filename or "unnamed", one.read(), one.mimetype) for one in files]
        return asks.paged(stored, lambda one: answers.attachment_json(self._world, page, one), default=50)

    def replace(self, page_id: str, file_id: str) -> Response:
        """POST /content/{id}/child/attachment/{attachment}/data: the file's next version."""
        _refuse_forgery()
        page = self._page(page_id)
        known, file = _file(page, file_id), request.files.get("file")
        if file is None:
            raise bad_request("An attachment is required")
        kept = self._kept(page, known.name, file.read(), file.mimetype)
        return jsonify(answers.attachment_json(self._world, page, kept))

    def restrictions(self, page_id: str, operation: str) -> Response:
        """GET /content/{id}/restriction/byOperation/{operation}: of the page itself, not of what it stands below."""
        if operation not in ("read", "update"):
            raise bad_request(f"Invalid operation: {operation}")
        page = self._page(page_id)
        people = [answers.user_json(self._world, one) for one in (page.readers if operation == "read" else [])]
        shown = {"user": answers.collected(people, 0, 100), "group": answers.collected([], 0, 100), "_expandable": {}}
        links = {"self": f"{answers.API}/content/{page.id}/restriction/byOperation/{operation}", "base": answers.BASE}
        expandable = {"content": f"/rest/api/content/{page.id}"}
        return jsonify({"operation": operation, "restrictions": shown, "_links": links, "_expandable": expandable})

    def _kept(self, page: Page, name: str, data: bytes, kind: str) -> Attachment:
        author, comment = self._world.people.service.account_id, request.form.get("comment", "")
        return self._world.attach(page.id, name, data, media_type=kind, comment=comment, author=author)

    def _stored(self, page: Page, key: str, value: Any, number: int) -> Response:
        if len(json.dumps(value, ensure_ascii=False)) > LONGEST_VALUE:
            raise Refusal(413, "PAYLOAD_TOO_LARGE", "The value of the property is too long.")
        identity = page.properties[key].id if key in page.properties else self._world.fresh_id()
        now, author = self._world.clock.now(), self._world.people.service.account_id
        one = Property(id=identity, key=key, value=value, number=number, at=now, author=author)
        page.properties[key] = one
        return jsonify(answers.property_json(self._world, page, one))


def _known(page: Page, key: str) -> Property:
    if key not in page.properties:
        raise not_found(f"No property found with key: {key}")
    return page.properties[key]


def _file(page: Page, file_id: str) -> Attachment:
    found = next((one for one in page.attachments.values() if one.id == file_id), None)
    if found is None:
        raise not_found(f"No attachment found with id: {file_id}")
    return found


def _refuse_forgery() -> None:
    if request.headers.get("X-Atlassian-Token", "").lower() not in ("nocheck", "no-check"):
        raise Refusal(403, "XSRF", "XSRF check failed")
