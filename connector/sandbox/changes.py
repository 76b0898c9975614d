"""Who hears of it when a world changes; nobody, unless somebody was told to listen."""

from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

from connector.sandbox.confluence_content import Page
from connector.sandbox.jira_records import Issue, Link

Changed: TypeAlias = Issue | Link | Page


class Listener(Protocol):
    """Somebody who wants to hear of every change; called while the site is locked."""

    def happened(self, event: str, subject: Changed, before: Mapping[str, Any], /) -> None:
        """An event by the platform's own name; `before` holds what the changed fields of an issue were."""


class Silence:
    """The listener of a world whose events nobody asked for."""

    def happened(self, event: str, subject: Changed, before: Mapping[str, Any]) -> None:
        """Nothing."""
