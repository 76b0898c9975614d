"""The REST dialect of Confluence Cloud: v2 for spaces and pages, and what is left of v1."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from connector.sandbox import confluence_answers as answers
from connector.sandbox import confluence_asks as asks
from connector.sandbox.confluence_answers import ConfluenceSite
from connector.sandbox.confluence_content import Refusal, Space
from connector.sandbox.confluence_leftovers import Leftovers
from connector.sandbox.confluence_pages import PagesV2
from connector.sandbox.confluence_world import ConfluenceWorld

V2 = "/wiki/api/v2"
V1 = "/wiki/rest/api"


def blueprint(site: ConfluenceSite) -> Blueprint:
    """All routes of the dialect on the world of this site."""
    rooms = Blueprint("confluence_rest", __name__)
    rooms.register_error_handler(Refusal, _refused)
    _spaces(rooms, site.confluence)
    _pages(rooms, PagesV2(site.confluence))
    _leftovers(rooms, Leftovers(site.confluence))
    return rooms


def _spaces(rooms: Blueprint, world: ConfluenceWorld) -> None:
    rooms.add_url_rule(f"{V2}/spaces", "spaces", lambda: _list_spaces(world), methods=["GET"])
    rooms.add_url_rule(
        f"{V2}/spaces/<space_id>", "space", lambda space_id: _one_space(world, space_id), methods=["GET"]
    )
    rooms.add_url_rule(
        f"{V2}/spaces/<space_id>/operations",
        "space_operations",
        lambda space_id: _operations(world, space_id),
        methods=["GET"],
    )


def _pages(rooms: Blueprint, pages: PagesV2) -> None:
    one = f"{V2}/pages/<page_id>"
    rooms.add_url_rule(f"{V2}/pages", "pages", pages.all, methods=["GET"])
    rooms.add_url_rule(f"{V2}/pages", "create_page", pages.create, methods=["POST"])
    rooms.add_url_rule(f"{V2}/spaces/<space_id>/pages", "pages_of_space", pages.of_space, methods=["GET"])
    rooms.add_url_rule(one, "page", pages.one, methods=["GET"])
    rooms.add_url_rule(one, "update_page", pages.update, methods=["PUT"])
    rooms.add_url_rule(one, "delete_page", pages.delete, methods=["DELETE"])
    rooms.add_url_rule(f"{one}/children", "children", pages.children, methods=["GET"])
    rooms.add_url_rule(f"{one}/direct-children", "direct_children", pages.direct_children, methods=["GET"])
    rooms.add_url_rule(f"{one}/descendants", "descendants", pages.descendants, methods=["GET"])
    rooms.add_url_rule(f"{one}/ancestors", "ancestors", pages.ancestors, methods=["GET"])
    rooms.add_url_rule(f"{one}/versions", "versions", pages.versions, methods=["GET"])
    rooms.add_url_rule(f"{one}/labels", "labels", pages.labels, methods=["GET"])
    rooms.add_url_rule(f"{one}/attachments", "attachments", pages.attachments, methods=["GET"])


def _leftovers(rooms: Blueprint, v1: Leftovers) -> None:
    one = f"{V1}/content/<page_id>"
    rooms.add_url_rule(f"{V1}/content", "v1_content", v1.gone, methods=["GET", "POST"])
    rooms.add_url_rule(one, "v1_page", v1.gone, methods=["GET", "PUT", "DELETE"])
    rooms.add_url_rule(f"{one}/label", "v1_labels", v1.gone, methods=["GET"])
    rooms.add_url_rule(f"{one}/label", "add_labels", v1.add_labels, methods=["POST"])
    rooms.add_url_rule(f"{one}/label", "remove_label", v1.remove_label, methods=["DELETE"])
    rooms.add_url_rule(f"{one}/label/<name>", "remove_named_label", v1.remove_label, methods=["DELETE"])
    rooms.add_url_rule(f"{one}/child/attachment", "put_attachment", v1.attach, methods=["PUT", "POST"])
    rooms.add_url_rule(f"{one}/child/attachment/<file_id>/download", "download", v1.download, methods=["GET"])
    rooms.add_url_rule(f"{one}/restriction/byOperation/<operation>", "restrictions", v1.restrictions, methods=["GET"])
    rooms.add_url_rule(f"{V1}/search", "search", v1.search, methods=["GET"])
    rooms.add_url_rule(f"{V1}/content/search", "content_search", v1.content_search, methods=["GET"])
    rooms.add_url_rule(f"{V1}/user/current", "current_user", v1.current_user, methods=["GET"])


def _list_spaces(world: ConfluenceWorld) -> Response:
    wanted_ids, keys = asks.ids("ids", 250), [key.lower() for key in asks.listed("keys", 250)]
    kinds = asks.chosen("type", ("global", "collaboration", "knowledge_base", "personal", "system"))
    states = asks.chosen("status", ("current", "archived"))

    def meant(space: Space) -> bool:
        state = "archived" if space.archived else "current"
        by_name = (not wanted_ids or space.id in wanted_ids) and (not keys or space.key.lower() in keys)
        return by_name and (not kinds or space.kind in kinds) and (not states or state in states)

    found = sorted(filter(meant, world.spaces.values()), key=lambda space: space.name.casefold())
    return asks.paged(found, lambda space: space.id, answers.space_json)


def _one_space(world: ConfluenceWorld, space_id: str) -> Response:
    space = world.space(asks.numeric(space_id, "id"))
    shown = answers.space_json(space)
    return jsonify({**shown, "_links": {**shown["_links"], "base": answers.WIKI}})


def _operations(world: ConfluenceWorld, space_id: str) -> Response:
    space = world.space(asks.numeric(space_id, "id"))
    return jsonify({"operations": answers.operations_json(space)})


def _refused(refusal: Refusal) -> tuple[Response, int]:
    body: dict[str, Any] = {
        "errors": [{"status": refusal.status, "code": refusal.code, "title": refusal.title, "detail": refusal.detail}]
    }
    if request.path.startswith(V1):
        kind = {400: "BadRequest", 403: "Permission", 404: "NotFound", 410: "Gone"}.get(refusal.status, "Service")
        state = {"authorized": refusal.status != 403, "valid": True, "errors": [], "successful": False}
        message = f"com.atlassian.confluence.api.service.exceptions.{kind}Exception: {refusal.title}"
        body = {"statusCode": refusal.status, "data": state, "message": message}
    return jsonify(body), refusal.status
