"""The sockets by which marks of ours are taken off again; the things that bear them stay."""

from collections.abc import Sequence
from typing import Protocol


class IssueMarks(Protocol):
    """What we put on issues; each call is one write, errors as in `connector.ports.Jira`.

    What is not there any more is no error, so that a call may be made again.
    """

    def unlink(self, link_id: str) -> None:
        """Called by departure: an issue link is gone, both issues stay."""

    def unlink_page(self, issue_id: str, global_id: str) -> None:
        """Called by departure: the remote link of that global id is gone."""

    def remove_mark(self, issue_id: str) -> None:
        """Called by departure: our property is gone."""

    def remove_labels(self, issue_id: str, labels: Sequence[str]) -> None:
        """Called by departure: these labels are off, all others stay."""


class PageMarks(Protocol):
    """What we put on pages; as `IssueMarks`."""

    def remove_label(self, page_id: str, label: str) -> None:
        """Called by departure: the label is off, the page and its body stay as they are."""
