"""How Confluence Data Center writes its answers: content with what was asked to be expanded, and people by name."""

from collections.abc import Collection
from typing import Any
from urllib.parse import quote, quote_plus

from connector.sandbox.confluence_answers import stamp, tiny_path
from connector.sandbox.confluence_content import Attachment, Label, Page, Property, Space, Version
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.people import ORIGIN

CONTEXT = "/confluence"
BASE = f"{ORIGIN}{CONTEXT}"
API = f"{BASE}/rest/api"
_PARTS = ("container", "metadata", "operations", "children", "restrictions", "history", "ancestors", "body", "version")
_OPERATIONS = {"read page": "read space", "update page": "create page", "delete page": "delete page"}
"""What can be done with a page, by the permission in its space: who may add pages may change them."""


def user_json(world: ConfluenceWorld, account_id: str) -> dict[str, Any]:
    """A person by name and key."""
    picture = {"path": f"{CONTEXT}/images/icons/profilepics/default.svg", "width": 48, "height": 48, "isDefault": True}
    person = world.people.find(account_id)
    if person is None:
        return {"type": "anonymous", "profilePicture": picture, "displayName": "Anonymous"}
    return {
        "type": "known",
        "username": person.login,
        "userKey": person.user_key,
        "profilePicture": picture,
        "displayName": person.name,
        "_links": {"self": f"{API}/user?key={person.user_key}"},
        "_expandable": {"status": ""},
    }


def web_path(world: ConfluenceWorld, page: Page) -> str:
    """Where people see the page, below the context path."""
    if page.status != "current":
        return f"/pages/viewpage.action?pageId={page.id}"
    return f"/spaces/{world.spaces[page.space_id].key}/pages/{page.id}/{quote_plus(page.title)}"


def content_json(
    world: ConfluenceWorld,
    page: Page,
    expand: Collection[str],
    *,
    version: Version | None = None,
    draft: bool = False,
) -> dict[str, Any]:
    """A page with its expanded parts; `version` shows an older state, `draft` the one that nobody published."""
    shown = version or page.now
    status = "draft" if draft else "historical" if version else page.status
    body = page.draft if draft and page.draft is not None else shown.body
    older = f"?status=historical&version={shown.number}" if version else ""
    content: dict[str, Any] = {"id": page.id, "type": "page", "status": status, "title": shown.title}
    if "space" in expand:
        content["space"] = space_json(world.spaces[page.space_id])
    if "history" in expand:
        content["history"] = history_json(world, page, latest=version is None)
    if "version" in expand:
        content["version"] = version_json(world, shown)
    if "ancestors" in expand:
        above = [] if page.status != "current" else world.tree.ancestors(page.id)
        content["ancestors"] = [content_json(world, world.page(one), ()) for one in above]
    if "operations" in expand:
        content["operations"] = operations_json(world.spaces[page.space_id])
    if "body.storage" in expand:
        storage = {
            "value": body,
            "representation": "storage",
            "_expandable": {"content": f"/rest/api/content/{page.id}"},
        }
        content["body"] = {"storage": storage, "_expandable": dict.fromkeys(("editor", "view", "export_view"), "")}
    if "metadata.labels" in expand:
        content["metadata"] = {"labels": collected([label_json(one) for one in page.labels], 0, 200)}
    content["extensions"] = {"position": "none"}
    links = {"webui": web_path(world, page), "edit": f"/pages/resumedraft.action?draftId={page.id}"}
    content["_links"] = {**links, "tinyui": tiny_path(page), "self": f"{API}/content/{page.id}{older}"}
    content["_expandable"] = {name: "" for name in (*_PARTS, "space") if name not in content}
    return content


def whole(content: dict[str, Any]) -> dict[str, Any]:
    """Content that is an answer by itself: its links say what they are relative to."""
    around = {"collection": "/rest/api/content", "base": BASE, "context": CONTEXT}
    return {**content, "_links": {**content["_links"], **around}}


def version_json(world: ConfluenceWorld, version: Version) -> dict[str, Any]:
    """A version, its author inside."""
    return {
        "by": user_json(world, version.author),
        "when": stamp(version.at),
        "message": version.message,
        "number": version.number,
        "minorEdit": False,
        "hidden": False,
        "_expandable": {"content": ""},
    }


def history_json(world: ConfluenceWorld, page: Page, *, latest: bool = True) -> dict[str, Any]:
    """Who made the page, and when."""
    return {
        "latest": latest,
        "createdBy": user_json(world, page.author),
        "createdDate": stamp(page.created_at),
        "_links": {"self": f"{API}/content/{page.id}/history"},
        "_expandable": dict.fromkeys(("lastUpdated", "previousVersion", "contributors", "nextVersion"), ""),
    }


def space_json(space: Space) -> dict[str, Any]:
    """A space; its id is a number here."""
    return {
        "id": int(space.id),
        "key": space.key,
        "name": space.name,
        "status": "ARCHIVED" if space.archived else "CURRENT",
        "type": space.kind,
        "_links": {"webui": f"/spaces/{space.key}", "self": f"{API}/space/{space.key}"},
        "_expandable": {
            "metadata": "",
            "icon": "",
            "description": "",
            "homepage": f"/rest/api/content/{space.homepage_id}",
        },
    }


def operations_json(space: Space) -> list[dict[str, str]]:
    """What the service account may do with a page of the space."""
    allowed = (one.split() for one, needed in _OPERATIONS.items() if needed not in space.denied)
    return [{"operation": verb, "targetType": target} for verb, target in allowed]


def label_json(label: Label) -> dict[str, Any]:
    """A label."""
    return {"prefix": label.prefix, "name": label.name, "id": label.id, "label": label.name}


def property_json(world: ConfluenceWorld, page: Page, one: Property) -> dict[str, Any]:
    """A property, with its version."""
    state = Version(number=one.number, at=one.at, author=one.author, title="", body="")
    place = f"/content/{page.id}/property/{quote(one.key, safe='')}"
    return {
        "id": one.id,
        "key": one.key,
        "value": one.value,
        "version": version_json(world, state),
        "_links": {"self": f"{API}{place}", "base": BASE, "context": CONTEXT},
        "_expandable": {"content": f"/rest/api/content/{page.id}"},
    }


def attachment_json(world: ConfluenceWorld, page: Page, file: Attachment) -> dict[str, Any]:
    """A file."""
    upload = file.now
    state = Version(number=upload.number, at=upload.at, author=upload.author, title="", body="")
    moment = int(upload.at.timestamp() * 1000)
    download = (
        f"/download/attachments/{page.id}/{quote(file.name)}?version={upload.number}&modificationDate={moment}&api=v2"
    )
    return {
        "id": file.id,
        "type": "attachment",
        "status": "current",
        "title": file.name,
        "version": version_json(world, state),
        "metadata": {"comment": upload.comment, "mediaType": upload.media_type},
        "extensions": {"mediaType": upload.media_type, "fileSize": len(upload.data), "comment": upload.comment},
        "_links": {"webui": web_path(world, page), "download": download, "self": f"{API}/content/{file.id}"},
        "_expandable": {name: "" for name in _PARTS if name not in ("version", "metadata")},
    }


def collected(results: list[Any], start: int, limit: int) -> dict[str, Any]:
    """Part of a list, as it stands inside another answer."""
    return {"results": results, "start": start, "limit": limit, "size": len(results)}
