"""The search: bounded queries over a lagging index, in pages that follow a token."""

import base64
import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connector.sandbox.jira_answers import answer, only_ids
from connector.sandbox.jira_clauses import compiled, field_named
from connector.sandbox.jira_query import Query, parse
from connector.sandbox.jira_records import Issue
from connector.sandbox.jira_refusals import JiraRefusal
from connector.sandbox.jira_world import JiraWorld

Hit = tuple[Issue, dict[str, Any]]

_UNBOUNDED = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
_KEYS: dict[str, Callable[[Hit], Any]] = {
    "key": lambda hit: (hit[0].key.rsplit("-", 1)[0], int(hit[0].key.rsplit("-", 1)[1])),
    "created": lambda hit: datetime.fromisoformat(hit[1]["created"]),
    "updated": lambda hit: datetime.fromisoformat(hit[1]["updated"]),
    "summary": lambda hit: str(hit[1].get("summary")).casefold(),
    "project": lambda hit: hit[0].project.key,
    "issuetype": lambda hit: hit[1]["issuetype"]["name"],
    "status": lambda hit: int(hit[1]["status"]["id"]),
    "statuscategory": lambda hit: hit[1]["status"]["statusCategory"]["id"],
    "priority": lambda hit: 0,
    "rank": lambda hit: hit[0].id,
    "resolutiondate": lambda hit: hit[1].get("resolutiondate") or "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One search request, checked for shape."""

    jql: str
    fields: tuple[str, ...] = ("id",)
    size: int = 50
    token: str = ""
    properties: tuple[str, ...] = ()
    expand: tuple[str, ...] = ()
    reconcile: tuple[int, ...] = ()


class Search:
    """The searching side of a Jira world; it remembers where each given token goes on."""

    def __init__(self, world: JiraWorld) -> None:
        self._world = world
        self._places: dict[str, tuple[Asked, Hit]] = {}

    def count(self, jql: str) -> int:
        """How many issues a bounded query finds."""
        query = _bounded(jql)
        ordering(query)
        return len(self._found(query, ()))

    def page(self, asked: Asked) -> dict[str, Any]:
        """One page of the answer: `issues`, `isLast`, and `nextPageToken` unless it is the last."""
        query = _bounded(asked.jql)
        hits = sorted(self._found(query, asked.reconcile), key=functools.cmp_to_key(ordering(query)))
        if asked.token:
            hits = self._rest(asked, query, hits)
        limit = 5000 if only_ids(asked.fields) and not asked.properties else self._world.page_limit
        shown, more = hits[: min(asked.size, limit)], len(hits) > min(asked.size, limit)
        page: dict[str, Any] = {"issues": [self._entry(asked, hit) for hit in shown]}
        if more:
            page["nextPageToken"] = self._token(asked, shown[-1])
        return {**page, "isLast": not more}

    def _entry(self, asked: Asked, hit: Hit) -> dict[str, Any]:
        issue, fields = hit
        return answer(self._world, issue, asked.fields, properties=asked.properties, expand=asked.expand, fields=fields)

    def _found(self, query: Query, reconcile: tuple[int, ...]) -> list[Hit]:
        if query.where is None:
            raise JiraRefusal(400, _UNBOUNDED)
        test, now = compiled(self._world, query.where), self._world.clock.now()
        hits = []
        for issue in self._world.issues.values():
            fields = issue.fields if issue.id in reconcile else self._world.indexed(issue, now)
            if fields is not None and not issue.project.hidden and test(issue, fields):
                hits.append((issue, fields))
        return hits

    def _token(self, asked: Asked, last: Hit) -> str:
        number = len(self._places)
        token = base64.urlsafe_b64encode(f"sandbox-page-{number:08d}-{last[0].id}".encode()).decode()
        self._places[token] = (asked, last)
        return token

    def _rest(self, asked: Asked, query: Query, hits: list[Hit]) -> list[Hit]:
        before, last = self._places.get(asked.token, (None, None))
        if before is None or last is None or before.jql != asked.jql or before.reconcile != asked.reconcile:
            raise JiraRefusal(400, "The provided next page token is invalid or has expired.")
        compare = ordering(query)
        return [hit for hit in hits if compare(hit, last) > 0]


def _bounded(jql: str) -> Query:
    query = parse(jql)
    if query.where is None:
        raise JiraRefusal(400, _UNBOUNDED)
    return query


def ordering(query: Query) -> Callable[[Hit, Hit], int]:
    """Which of two hits comes first; a JiraRefusal (400) for a field that nothing is sorted by."""
    for name, _ in query.order:
        if field_named(name) not in _KEYS:
            raise JiraRefusal(400, f"Not able to sort using field '{name}'.")
    steps = [(_KEYS[field_named(name)], down) for name, down in query.order]

    def compare(left: Hit, right: Hit) -> int:
        for key, down in steps:
            first, second = key(left), key(right)
            if first != second:
                return (1 if first > second else -1) * (-1 if down else 1)
        return right[0].id - left[0].id

    return compare
