"""Which versions of Jira and Confluence Data Center a site imitates, and what differs between them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A pair of versions.

    `window` is the most issues that searches can page through (None: no end); `old_hooks` says that webhooks are
    registered where Jira had them before version 10.
    """

    jira: str
    confluence: str
    window: int | None = None
    old_hooks: bool = False

    def jira_numbers(self) -> list[int]:
        """Jira's version as numbers."""
        return [int(part) for part in self.jira.split(".")]


NEWEST = Release(jira="11.3.8", confluence="10.2.14", window=10_000)
BEFORE = Release(jira="10.3.24", confluence="10.0.3")
LAST_NINE = Release(jira="9.12.28", confluence="8.5.25", old_hooks=True)
