"""Confluence's events: which page to look at. Cloud's bodies do not even say what happened."""

from collections.abc import Mapping
from typing import Final

import msgspec

from mappings.hints import PageHint
from mappings.wire.declared import declared
from mappings.wire.shape import Wire, decoded, optional_id

_OF_PAGES = ("page_", "content_")
_PAGE = "page"

VARIABLES: Final = ("page",)
"""The name in the address of a call whose body is empty: `?page=` and the page's id."""


class _Content(Wire):
    id: str | int | None = None
    content_type: str | None = None
    type: str | None = None


class _Event(Wire):
    event: str | None = None
    event_type: str | None = None
    page: _Content | None = None
    content: _Content | None = None
    id: str | int | None = None  # of content that is the whole body
    type: str | None = None


_EVENT = msgspec.json.Decoder(_Event)


def confluence_event(body: bytes, variables: Mapping[str, str]) -> tuple[PageHint, ...]:
    """The page an event is about; empty for spaces, comments, attachments, labels, people, and a test call."""
    if not body.strip():
        return page_of(variables.get(VARIABLES[0]))
    event = decoded(body, _EVENT)
    happened = event.event or event.event_type
    if happened is not None and not happened.startswith(_OF_PAGES):
        return ()
    return page_of(_id(event))


def page_of(number: str | int | None) -> tuple[PageHint, ...]:
    """The page of that id; empty for anything that is none."""
    known = optional_id(number)
    return () if known is None else (PageHint(id=known),)


def _id(event: _Event) -> str | int | None:
    if event.page is not None:
        return event.page.id
    if event.content is not None:
        return event.content.id if _PAGE in (event.content.type, event.content.content_type) else None
    return event.id if event.type == _PAGE else None


def confluence_paths() -> frozenset[str]:
    """What of a body is looked at."""
    return declared(_Event)
