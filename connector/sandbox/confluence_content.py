"""What a Confluence site holds: spaces, pages with every version, labels, attachments; and how it refuses."""

import mimetypes
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

NAMES = UUID("c0f1a11c-0000-4000-8000-000000000000")
TITLE_LIMIT = 255
BODY_LIMIT = 5 * 1024 * 1024
HOMEPAGE = (
    '<ac:structured-macro ac:name="children" ac:schema-version="2">'
    '<ac:parameter ac:name="all">true</ac:parameter></ac:structured-macro>'
)
LABEL_LIMIT = 255
LABEL_FORBIDDEN = frozenset(" :;,.?&[]()#^*@!")


class Refusal(Exception):
    """The platform says no; `status` is the HTTP status, `title` its sentence."""

    def __init__(self, status: int, code: str, title: str, detail: str | None = None) -> None:
        super().__init__(title)
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail


def bad_request(title: str) -> Refusal:
    """A 400 with the platform's sentence."""
    return Refusal(400, "INVALID_REQUEST_PARAMETER", title)


def not_found(title: str) -> Refusal:
    """A 404 with the platform's sentence."""
    return Refusal(404, "NOT_FOUND", title)


def conflict(current: int, provided: int) -> Refusal:
    """The 409 of a version that is not exactly one more."""
    told = f"Current Version: [{current}]. Provided version: [{provided}]"
    return Refusal(409, "CONFLICT", f"Version must be incremented when updating a page. {told}")


def title_taken() -> Refusal:
    """The 400 of a title that another current or archived page of the space has."""
    same = "A page already exists with the same TITLE in this space"
    return Refusal(400, "BAD_REQUEST", f"A page with this title already exists: {same}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One published state of a page."""

    number: int
    at: datetime
    author: str
    title: str
    body: str
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label on a page; `id` is the site's id of the name."""

    id: str
    name: str
    prefix: str = "global"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One state of an attached file."""

    number: int
    at: datetime
    author: str
    data: bytes
    media_type: str
    comment: str = ""


@dataclass(slots=True, kw_only=True)
class Attachment:
    """A file on a page, by its name unique there."""

    id: str
    file_id: str
    name: str
    uploads: list[Upload] = field(default_factory=list)

    @property
    def now(self) -> Upload:
        """The newest state of the file."""
        return self.uploads[-1]

    def store(self, data: bytes, *, at: datetime, author: str, media_type: str = "", comment: str = "") -> None:
        """The file in its next state; without a media type the name decides."""
        kind = media_type or mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        number = len(self.uploads) + 1
        self.uploads.append(Upload(number=number, at=at, author=author, data=data, media_type=kind, comment=comment))


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A named JSON value at a page, in one of its versions."""

    id: str
    key: str
    value: Any
    number: int
    at: datetime
    author: str


@dataclass(slots=True, kw_only=True)
class Page:
    """A page with its whole history; `draft` is what somebody typed and has not published, as storage text."""

    id: str
    space_id: str
    parent_id: str | None
    status: str
    position: int
    author: str
    owner: str
    created_at: datetime
    versions: list[Version]
    draft: str | None = None
    merges_drafts: bool = False  # the site merges a new version into an open draft where it can
    labels: list[Label] = field(default_factory=list)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    overridden_drafts: list[str] = field(default_factory=list)
    properties: dict[str, Property] = field(default_factory=dict)
    readers: list[str] = field(default_factory=list)  # accounts, if only these may read it

    @property
    def now(self) -> Version:
        """The newest published state; of a page that was never published, its first draft."""
        return self.versions[-1]

    @property
    def title(self) -> str:
        """The title people see."""
        return self.now.title

    @property
    def body(self) -> str:
        """The published body in storage format."""
        return self.now.body

    def tag(self, label: Label) -> None:
        """The page carries the label; one of the same name stays as it was."""
        if all(known.name != label.name for known in self.labels):
            self.labels.append(label)


@dataclass(slots=True, kw_only=True)
class Space:
    """A space with its homepage."""

    id: str
    key: str
    name: str
    kind: str
    author: str
    created_at: datetime
    homepage_id: str
    archived: bool = False
    administered: bool = False  # by the service account
    denied: set[str] = field(default_factory=set)  # what the service account may not do there, like `create page`


def clean_title(title: str) -> str:
    """The title as the platform keeps it: trimmed; refuses the empty and the overlong."""
    title = title.strip()
    if not title:
        raise bad_request("A page must have a title.")
    if len(title) > TITLE_LIMIT:
        raise bad_request(f"Title cannot be longer than {TITLE_LIMIT} characters.")
    return title


def clean_label(name: str) -> str:
    """The label as the platform keeps it: lower case; refuses spaces and reserved signs."""
    if not name or len(name) > LABEL_LIMIT or LABEL_FORBIDDEN & set(name):
        raise Refusal(
            400, "BAD_REQUEST", "The label name is empty, too long or holds characters that labels cannot have."
        )
    return name.lower()
