"""A client of the imitation that asks without a socket, as the service account."""

import base64
from typing import Any

from werkzeug.test import TestResponse

from connector.sandbox.site import Site, create_app

API = "/rest/api/3"


class Caller:
    """Calls a site's Jira; `ask("GET", "/myself")` goes to `/rest/api/3/myself`."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._client = create_app(site).test_client()
        pair = f"{site.email}:{site.token}".encode()
        self._headers = {"Authorization": "Basic " + base64.b64encode(pair).decode()}

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> TestResponse:
        kind = {} if body is None else {"json": body}
        return self._client.open(API + path, method=method, headers=self._headers, query_string=query, **kind)

    def raw(self, method: str, path: str, **given: Any) -> TestResponse:
        return self._client.open(path, method=method, **given)

    def search(self, jql: str, *fields: str, **more: Any) -> TestResponse:
        return self.ask("POST", "/search/jql", {"jql": jql, "fields": list(fields) or ["key"], **more})

    def keys(self, jql: str, **more: Any) -> list[str]:
        answer = self.search(jql, "key", **more)
        assert answer.status_code == 200, answer.text
        return [one["key"] for one in answer.json["issues"]]

    def make(self, summary: str = "Ein Ziel", **fields: Any) -> TestResponse:
        given = {"project": {"key": "OKR"}, "issuetype": {"name": "Task"}, "summary": summary, **fields}
        return self.ask("POST", "/issue", {"fields": given})
