"""Searching by offset, with a total: `/search`, and how far it can page."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, request

from connector.sandbox.datacenter.jira_answers import answer
from connector.sandbox.datacenter.jira_fields import CATALOGUE
from connector.sandbox.datacenter.jira_vocabulary import VOCABULARY, lenient
from connector.sandbox.datacenter.release import Release
from connector.sandbox.jira_answers import NAVIGABLE, names_asked
from connector.sandbox.jira_clauses import compiled
from connector.sandbox.jira_query import parse
from connector.sandbox.jira_refusals import JiraRefusal
from connector.sandbox.jira_search import Hit, ordering
from connector.sandbox.jira_shapes import body, each, flag, number, text
from connector.sandbox.jira_world import JiraWorld

MOST = 1000
"""The most issues of one page, whatever is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    jql: str
    start: int
    size: int
    fields: Sequence[str]
    expand: Sequence[str]
    strict: bool


class OffsetSearch:
    """The calls about searching, answered out of one world."""

    def __init__(self, world: JiraWorld, release: Release) -> None:
        self._world = world
        self._release = release

    def register(self, blueprint: Blueprint) -> None:
        """The calls answer under the blueprint's address; the window is told only by a release that has one."""
        blueprint.add_url_rule("/search", "search_by_post", self.by_post, methods=["POST"])
        blueprint.add_url_rule("/search", "search_by_get", self.by_get, methods=["GET"])
        if self._release.window is not None:
            blueprint.add_url_rule("/searchLimits/maxResultWindow", "window", self.window, methods=["GET"])

    def by_post(self) -> Response:
        """POST /search."""
        texts = each(text)
        shapes = {"jql": text, "startAt": number, "maxResults": number, "validateQuery": flag}
        asked = body({**shapes, "fields": texts, "expand": texts})
        return self._page(
            _Asked(
                jql=asked.get("jql", ""),
                start=max(asked.get("startAt", 0), 0),
                size=asked.get("maxResults", 50),
                fields=names_asked(asked.get("fields", [])),
                expand=names_asked(asked.get("expand", [])),
                strict=asked.get("validateQuery", True),
            )
        )

    def by_get(self) -> Response:
        """GET /search; `validateQuery` is a Java Boolean: whatever is not `true` means false."""
        return self._page(
            _Asked(
                jql=request.args.get("jql", ""),
                start=max(_whole("startAt", 0), 0),
                size=_whole("maxResults", 50),
                fields=names_asked(request.args.getlist("fields")),
                expand=names_asked(request.args.getlist("expand")),
                strict=request.args.get("validateQuery", "true").casefold() == "true",
            )
        )

    def window(self) -> Response:
        """GET /searchLimits/maxResultWindow."""
        return jsonify(self._release.window)

    def _page(self, asked: _Asked) -> Response:
        size = MOST if asked.size < 0 else min(asked.size, MOST)
        window = self._release.window
        if window is not None and asked.start + size > window:
            told = f"Result window is too large, startAt + maxResults must be less than or equal to: [{window}]"
            raise JiraRefusal(400, f"{told} but was [{asked.start + size}].")
        warnings: list[str] = []
        hits = self._found(asked, warnings)
        shown = [self._entry(asked, hit) for hit in hits[asked.start : asked.start + size]]
        page: dict[str, Any] = {"expand": "schema,names", "startAt": asked.start, "maxResults": size}
        page |= {"total": len(hits), "issues": shown}
        if warnings:
            page["warningMessages"] = warnings
        if "names" in asked.expand:
            sent = {name for one in shown for name in one.get("fields", {})}
            page["names"] = {name: field.name for name, field in CATALOGUE.items() if name in sent}
        return jsonify(page)

    def _entry(self, asked: _Asked, hit: Hit) -> dict[str, Any]:
        issue, fields = hit
        expand = [name for name in asked.expand if name != "names"]
        return answer(self._world, issue, asked.fields or [NAVIGABLE], expand=expand, fields=fields)

    def _found(self, asked: _Asked, warnings: list[str]) -> list[Hit]:
        query = parse(asked.jql)
        compare = ordering(query)
        vocabulary = VOCABULARY if asked.strict else lenient(warnings)
        test = compiled(self._world, query.where, vocabulary) if query.where is not None else lambda issue, fields: True
        now = self._world.clock.now()
        seen = ((one, self._world.indexed(one, now)) for one in self._world.issues.values() if not one.project.hidden)
        hits = [(one, fields) for one, fields in seen if fields is not None and test(one, fields)]
        return sorted(hits, key=functools.cmp_to_key(compare))


def _whole(name: str, default: int) -> int:
    given = request.args.get(name, str(default))
    if not given.lstrip("-").isdecimal():
        raise JiraRefusal(404, f"The value of '{name}' is not a number.")
    return int(given)
