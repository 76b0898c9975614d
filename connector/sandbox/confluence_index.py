"""The search index of the imitation: what was written becomes findable only after the lag."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from connector.sandbox.confluence_content import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the index knows of one page: never the truth of now, always a state of some moment ago."""

    page_id: str
    title: str
    space: str
    labels: frozenset[str]
    parent: str
    ancestors: tuple[str, ...]
    created: datetime
    modified: datetime
    body: str
    type: str = "page"


class SearchIndex:
    """Rows by page, each visible once `lag` has passed since it was written."""

    def __init__(self, lag: timedelta) -> None:
        self.lag = lag
        self._history: dict[str, list[tuple[datetime, Row | None]]] = {}

    def write(self, page_id: str, row: Row | None, at: datetime) -> None:
        """From `at` plus the lag on the page is found as this row, or no more when `row` is None."""
        states = [*self._history.get(page_id, []), (at, row)]
        seen = [n for n, (moment, _) in enumerate(states) if moment + self.lag <= at]
        self._history[page_id] = states[seen[-1] :] if seen else states

    def rows(self, now: datetime) -> Iterator[Row]:
        """Every row visible at this moment, oldest page first."""
        for states in self._history.values():
            visible = [row for moment, row in states if moment + self.lag <= now]
            if visible and visible[-1] is not None:
                yield visible[-1]


def row_of(page: Page, space_key: str, ancestors: Iterable[str]) -> Row:
    """What the index will know of the page as it is now."""
    return Row(
        page_id=page.id,
        title=page.title,
        space=space_key,
        labels=frozenset(label.name for label in page.labels),
        parent=page.parent_id or "",
        ancestors=tuple(ancestors),
        created=page.created_at,
        modified=page.now.at,
        body=page.body,
    )
