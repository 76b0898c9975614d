"""The imitation Confluence Data Center's REST interface, version 1, below `/confluence/rest/api`.

Pages: GET and POST `/content`, GET, PUT and DELETE `/content/{id}` (`status`, `version`, `expand`), `/content/search`,
`/content/{id}/child/page`, `/descendant/page`, `/history`. Their parts: `/content/{id}/label[/{name}]`,
`/property[/{key}]`, `/child/attachment[/{id}/data]`, `/restriction/byOperation/{operation}`. The site:
`/space[/{key}]`, `/user/current`, `/server-information`. Many pages at once: `ids` of `/content`, `id in (…)` in CQL.
"""

from typing import Any

from flask import Blueprint, Response, jsonify

from connector.sandbox.confluence_answers import stamp
from connector.sandbox.confluence_asks import chosen, listed
from connector.sandbox.confluence_content import Refusal, Space, not_found
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.datacenter import confluence_answers as answers
from connector.sandbox.datacenter import confluence_asks as asks
from connector.sandbox.datacenter.confluence_pages import ContentCalls
from connector.sandbox.datacenter.confluence_parts import PartCalls
from connector.sandbox.datacenter.release import Release

_REASONS = {
    400: ("BadRequestException", "Bad Request"),
    403: ("PermissionException", "Forbidden"),
    404: ("NotFoundException", "Not Found"),
    409: ("ConflictException", "Conflict"),
    413: ("RequestTooLargeException", "Request Entity Too Large"),
}


def blueprint(world: ConfluenceWorld, release: Release) -> Blueprint:
    """All calls under `/confluence/rest/api`."""
    rooms = Blueprint("confluence_v1", __name__, url_prefix="/confluence/rest/api")
    rooms.register_error_handler(Refusal, refused)
    _pages(rooms, ContentCalls(world))
    _parts(rooms, PartCalls(world))
    spaces = SpaceCalls(world, release)
    for rule, view in (
        ("/space", spaces.all),
        ("/space/<key>", spaces.one),
        ("/user/current", spaces.caller),
        ("/server-information", spaces.server),
    ):
        rooms.add_url_rule(rule, f"site_{view.__name__}", view, methods=["GET"])
    return rooms


def _pages(rooms: Blueprint, calls: ContentCalls) -> None:
    one = "/content/<page_id>"
    for rule, method, view in (
        ("/content", "GET", calls.all),
        ("/content", "POST", calls.create),
        ("/content/search", "GET", calls.search),
        (one, "GET", calls.one),
        (one, "PUT", calls.update),
        (one, "DELETE", calls.delete),
        (f"{one}/child/page", "GET", calls.children),
        (f"{one}/descendant/page", "GET", calls.descendants),
        (f"{one}/history", "GET", calls.history),
    ):
        rooms.add_url_rule(rule, view.__name__, view, methods=[method])


def _parts(rooms: Blueprint, calls: PartCalls) -> None:
    one = "/content/<page_id>"
    prop, file = f"{one}/property", f"{one}/child/attachment"
    for rule, method, view in (
        (f"{one}/label", "GET", calls.labels),
        (f"{one}/label", "POST", calls.add_labels),
        (f"{one}/label", "DELETE", calls.remove_label),
        (f"{one}/label/<name>", "DELETE", calls.remove_label),
        (prop, "GET", calls.properties),
        (prop, "POST", calls.add_property),
        (f"{prop}/<key>", "GET", calls.property),
        (f"{prop}/<key>", "POST", calls.add_property),
        (f"{prop}/<key>", "PUT", calls.write_property),
        (f"{prop}/<key>", "DELETE", calls.delete_property),
        (file, "GET", calls.files),
        (file, "POST", calls.attach),
        (f"{file}/<file_id>/data", "POST", calls.replace),
        (f"{one}/restriction/byOperation/<operation>", "GET", calls.restrictions),
    ):
        rooms.add_url_rule(rule, f"{view.__name__}_{method}_{rule.count('/')}", view, methods=[method])


class SpaceCalls:
    """The calls about spaces, the caller and the server."""

    def __init__(self, world: ConfluenceWorld, release: Release) -> None:
        self._world = world
        self._release = release

    def all(self) -> Response:
        """GET /space, e.g. `?spaceKey=A&spaceKey=B`."""
        keys = {key.lower() for key in (*listed("spaceKey", 200), *listed("spaceKeys", 200))}
        kinds = chosen("type", ("global", "personal"))
        found = [one for one in self._world.spaces.values() if not keys or one.key.lower() in keys]
        found = sorted((one for one in found if not kinds or one.kind in kinds), key=lambda one: one.key)
        return asks.paged(found, self._shown)

    def one(self, key: str) -> Response:
        """GET /space/{key}."""
        found = next((one for one in self._world.spaces.values() if one.key.lower() == key.lower()), None)
        if found is None:
            raise not_found(f"No space with key : {key}")
        shown = self._shown(found)
        return jsonify({**shown, "_links": {**shown["_links"], "base": answers.BASE, "context": answers.CONTEXT}})

    def caller(self) -> Response:
        """GET /user/current, mail address included."""
        service = self._world.people.service
        shown = answers.user_json(self._world, service.account_id)
        links = {**shown["_links"], "base": answers.BASE, "context": answers.CONTEXT}
        return jsonify({"email": service.mail, **shown, "_links": links})

    def server(self) -> Response:
        """GET /server-information."""
        version = self._release.confluence
        build = int("".join(part.zfill(2) for part in version.split(".")))
        told = {"baseUrl": answers.BASE, "version": version, "buildNumber": build, "marketplaceBuildNumber": build}
        return jsonify({**told, "buildDate": stamp(self._world.clock.now())})

    def _shown(self, space: Space) -> dict[str, Any]:
        shown = answers.space_json(space)
        if "homepage" in asks.expanded():
            shown["homepage"] = answers.content_json(self._world, self._world.page(space.homepage_id), ())
            del shown["_expandable"]["homepage"]
        return shown


def refused(refusal: Refusal) -> tuple[Response, int]:
    """A refusal as Confluence Data Center words it: a class of Java and its sentence."""
    kind, reason = _REASONS.get(refusal.status, ("ServiceException", "Internal Server Error"))
    known = refusal.status not in (403, 404)
    state = {"authorized": known, "valid": True, "allowedInReadOnlyMode": True, "errors": [], "successful": False}
    message = f"com.atlassian.confluence.api.service.exceptions.{kind}: {refusal.title}"
    body = {"statusCode": refusal.status, "data": state, "message": message, "reason": reason}
    return jsonify(body), refusal.status
