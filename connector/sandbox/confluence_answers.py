"""How Confluence Cloud writes its answers: the JSON of spaces, pages, labels and files, full of account ids."""

import base64
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote, quote_plus

from connector.sandbox.confluence_content import Attachment, Label, Page, Space, Version
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.people import ORIGIN, Person

WIKI = f"{ORIGIN}/wiki"
_OPERATIONS = (
    *("read space", "use space", "create page", "create blogpost", "create comment", "create attachment"),
    *("archive page", "delete page", "delete attachment", "export page"),
)


class ConfluenceSite(Protocol):
    """What the dialect and the views need of a site."""

    @property
    def confluence(self) -> ConfluenceWorld:
        """The state that is asked and changed."""


def stamp(moment: datetime) -> str:
    """The moment as Confluence writes it: milliseconds, Z."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def web_path(world: ConfluenceWorld, page: Page) -> str:
    """Where people see the page, below `/wiki`."""
    space = world.spaces[page.space_id]
    if page.id == space.homepage_id:
        return f"/spaces/{space.key}/overview"
    if page.status == "draft":
        return f"/pages/viewpage.action?pageId={page.id}"
    return f"/spaces/{space.key}/pages/{page.id}/{quote_plus(page.title)}"


def tiny_path(page: Page) -> str:
    """The short address of the page, below `/wiki`."""
    code = base64.b64encode(int(page.id).to_bytes(8, "little").rstrip(b"\0"), b"-_").decode().rstrip("=")
    return f"/x/{code}"


def page_links(world: ConfluenceWorld, page: Page) -> dict[str, str]:
    """The `_links` of a page."""
    space = world.spaces[page.space_id]
    return {
        "editui": f"/pages/resumedraft.action?draftId={page.id}",
        "webui": web_path(world, page),
        "edituiv2": f"/spaces/{space.key}/pages/edit-v2/{page.id}",
        "tinyui": tiny_path(page),
    }


def version_json(version: Version) -> dict[str, Any]:
    """The `version` of a page, its author inside."""
    return {
        "number": version.number,
        "message": version.message,
        "minorEdit": False,
        "authorId": version.author,
        "createdAt": stamp(version.at),
    }


def page_json(
    world: ConfluenceWorld, page: Page, *, storage: bool, version: Version | None = None, draft: bool = False
) -> dict[str, Any]:
    """A page as v2 answers it, people unasked; `version` shows an older state, `draft` the unpublished one."""
    shown = version or page.now
    body = page.draft if draft and page.draft is not None else shown.body
    status = "draft" if draft and page.draft is not None else "historical" if version else page.status
    return {
        "parentType": "page" if page.parent_id else None,
        "parentId": page.parent_id,
        "spaceId": page.space_id,
        "ownerId": page.owner,
        "lastOwnerId": None,
        "createdAt": stamp(page.created_at),
        "authorId": page.author,
        "position": page.position,
        "version": version_json(shown),
        "status": status,
        "body": {"storage": {"representation": "storage", "value": body}} if storage else {},
        "title": shown.title,
        "id": page.id,
        "_links": page_links(world, page),
    }


def child_json(page: Page, *, typed: bool) -> dict[str, Any]:
    """A page as its parent lists it."""
    kind = {"type": "page"} if typed else {}
    shown = {"id": page.id, "status": page.status, "title": page.title, "spaceId": page.space_id}
    return {**shown, **kind, "childPosition": page.position}


def descendant_json(page: Page, depth: int) -> dict[str, Any]:
    """A page as any of its ancestors lists it."""
    shown = {"id": page.id, "status": page.status, "title": page.title, "type": "page"}
    return {**shown, "parentId": page.parent_id, "depth": depth, "childPosition": page.position}


def space_json(space: Space) -> dict[str, Any]:
    """A space as v2 answers it, its creator inside."""
    return {
        "authorId": space.author,
        "spaceOwnerId": space.author,
        "id": space.id,
        "key": space.key,
        "name": space.name,
        "type": space.kind,
        "status": "archived" if space.archived else "current",
        "homepageId": space.homepage_id,
        "createdAt": stamp(space.created_at),
        "currentActiveAlias": space.key,
        "icon": None,
        "description": None,
        "_links": {"webui": f"/spaces/{space.key}"},
    }


def label_json(label: Label, *, v1: bool = False) -> dict[str, Any]:
    """A label; v1 repeats its name."""
    known = {"id": label.id, "name": label.name, "prefix": label.prefix}
    return {**known, "label": label.name} if v1 else known


def download_path(page: Page, file: Attachment) -> str:
    """Where the bytes of the file are, below `/wiki`."""
    upload = file.now
    moment = int(upload.at.timestamp() * 1000)
    query = f"version={upload.number}&modificationDate={moment}&cacheVersion=1&api=v2"
    return f"/download/attachments/{page.id}/{quote(file.name)}?{query}"


def attachment_json(world: ConfluenceWorld, page: Page, file: Attachment) -> dict[str, Any]:
    """A file as v2 answers it."""
    upload, download = file.now, download_path(page, file)
    webui = f"{web_path(world, page)}?preview=%2F{page.id}%2F{file.id.removeprefix('att')}%2F{quote_plus(file.name)}"
    return {
        "id": file.id,
        "status": "current",
        "title": file.name,
        "createdAt": stamp(upload.at),
        "pageId": page.id,
        "mediaType": upload.media_type,
        "mediaTypeDescription": upload.media_type.split("/")[-1].upper(),
        "comment": upload.comment,
        "fileId": file.file_id,
        "fileSize": len(upload.data),
        "webuiLink": webui,
        "downloadLink": download,
        "version": {
            "number": upload.number,
            "message": upload.comment,
            "minorEdit": True,
            "authorId": upload.author,
            "createdAt": stamp(upload.at),
        },
        "_links": {"webui": webui, "download": download},
    }


def operations_json(space: Space) -> list[dict[str, str]]:
    """What the service account may do in a space, as a plain member of it may."""
    ruled = ("administer space",) if space.administered else ()
    allowed = (one for one in (*_OPERATIONS, *ruled) if one not in space.denied)
    return [{"operation": verb, "targetType": target} for verb, target in (one.split() for one in allowed)]


def user_json(person: Person | None, account_id: str) -> dict[str, Any]:
    """A person as v1 answers it; an unknown account id gives a nameless user."""
    if person is None:
        return {"type": "unknown", "accountId": account_id, "displayName": "Former user"}
    picture = {"path": "/wiki/aa-avatar/" + quote(person.account_id), "width": 48, "height": 48, "isDefault": False}
    return {
        "type": "known",
        "accountId": person.account_id,
        "accountType": person.account_type,
        "email": person.mail,
        "publicName": person.name,
        "displayName": person.name,
        "timeZone": "Europe/Berlin",
        "profilePicture": picture,
        "isExternalCollaborator": False,
        "isGuest": False,
        "_expandable": {"operations": "", "personalSpace": ""},
        "_links": {"self": f"{WIKI}/rest/api/user?accountId={quote(person.account_id, safe='')}"},
    }
