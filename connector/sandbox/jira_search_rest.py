"""Jira REST v3 about searching: bounded queries in pages, estimates, and the searches that are gone."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from connector.sandbox.jira_answers import names_asked
from connector.sandbox.jira_refusals import JiraRefusal
from connector.sandbox.jira_search import Asked, Search
from connector.sandbox.jira_shapes import body, each, flag, number, query_number, text
from connector.sandbox.jira_world import JiraWorld

_GONE = (
    "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. "
    "A full migration guide is available at https://developer.atlassian.com/changelog/#CHANGE-2046"
)


class SearchCalls:
    """The calls about searching, answered out of one world."""

    def __init__(self, world: JiraWorld) -> None:
        self._search = Search(world)

    def register(self, blueprint: Blueprint) -> None:
        """The calls answer under the blueprint's address."""
        blueprint.add_url_rule("/search/jql", "search_by_post", self.by_post, methods=["POST"])
        blueprint.add_url_rule("/search/jql", "search_by_get", self.by_get, methods=["GET"])
        blueprint.add_url_rule("/search/approximate-count", "count", self.count, methods=["POST"])
        blueprint.add_url_rule("/search", "search_gone", self.gone, methods=["GET", "POST"])

    def by_post(self) -> Response:
        """POST /search/jql."""
        texts = each(text)
        asked = body(
            {
                "jql": text,
                "fields": texts,
                "maxResults": number,
                "nextPageToken": text,
                "properties": texts,
                "expand": text,
                "fieldsByKeys": flag,
                "reconcileIssues": each(number),
            }
        )
        return jsonify(
            self._page(
                asked.get("jql", ""),
                fields=asked.get("fields", []),
                size=asked.get("maxResults", 50),
                token=asked.get("nextPageToken", ""),
                properties=asked.get("properties", []),
                expand=[asked.get("expand", "")],
                reconcile=asked.get("reconcileIssues", []),
            )
        )

    def by_get(self) -> Response:
        """GET /search/jql."""
        reconcile = names_asked(request.args.getlist("reconcileIssues"))
        if not all(one.isdecimal() for one in reconcile):
            raise JiraRefusal(400, "The value of 'reconcileIssues' is not a list of issue ids.")
        return jsonify(
            self._page(
                request.args.get("jql", ""),
                fields=request.args.getlist("fields"),
                size=query_number("maxResults", 50),
                token=request.args.get("nextPageToken", ""),
                properties=request.args.getlist("properties"),
                expand=request.args.getlist("expand"),
                reconcile=[int(one) for one in reconcile],
            )
        )

    def count(self) -> Response:
        """POST /search/approximate-count."""
        return jsonify({"count": self._search.count(body({"jql": text}, required=("jql",))["jql"])})

    def gone(self) -> Response:
        """The offset search, removed in 2025."""
        raise JiraRefusal(410, _GONE)

    def _page(
        self,
        jql: str,
        *,
        fields: list[str],
        size: int,
        token: str,
        properties: list[str],
        expand: list[str],
        reconcile: list[int],
    ) -> dict[str, Any]:
        if size < 1 or size > 5000:
            raise JiraRefusal(400, "The value of 'maxResults' must be between 1 and 5000.")
        if len(names_asked(properties)) > 5:
            raise JiraRefusal(400, "A maximum of 5 issue property keys can be specified.")
        if len(reconcile) > 50:
            raise JiraRefusal(400, "A maximum of 50 issues can be reconciled.")
        return self._search.page(
            Asked(
                jql=jql,
                fields=tuple(names_asked(fields)) or ("id",),
                size=size,
                token=token,
                properties=tuple(names_asked(properties)),
                expand=tuple(names_asked(expand)),
                reconcile=tuple(reconcile),
            )
        )
