"""A client of the imitation's second dialect that asks without a socket, with a personal access token."""

from typing import Any

from werkzeug.test import TestResponse

from connector.sandbox.calls import WEEKS
from connector.sandbox.dialect import Dialect
from connector.sandbox.seed import demo_site
from connector.sandbox.site import Site, create_app


class DataCenter:
    """`ask("GET", "/myself")` goes to `/jira/rest/api/2/myself`, `page("GET", "/content/1")` to Confluence's v1."""

    def __init__(self, site: Site | None = None) -> None:
        self.site = site or demo_site(dialect=Dialect.DATACENTER, to_come=WEEKS)
        self._client = create_app(self.site).test_client()
        self._headers = {"Authorization": f"Bearer {self.site.token}"}

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> TestResponse:
        return self._open(method, f"/jira/rest/api/2{path}", body, query)

    def page(self, method: str, path: str, body: Any = None, **query: Any) -> TestResponse:
        return self._open(method, f"/confluence/rest/api{path}", body, query)

    def raw(self, method: str, path: str, headers: dict[str, str] | None = None, **given: Any) -> TestResponse:
        return self._client.open(path, method=method, headers=self._headers if headers is None else headers, **given)

    def search(self, jql: str, *fields: str, **more: Any) -> TestResponse:
        return self.ask("POST", "/search", {"jql": jql, "fields": list(fields) or ["key"], **more})

    def keys(self, jql: str, **more: Any) -> list[str]:
        answer = self.search(jql, "key", **more)
        assert answer.status_code == 200, answer.text
        return [one["key"] for one in answer.json["issues"]]

    def make(self, summary: str = "Ein Ziel", kind: str = "Task", **fields: Any) -> TestResponse:
        given = {"project": {"key": "OKR"}, "issuetype": {"name": kind}, "summary": summary, **fields}
        return self.ask("POST", "/issue", {"fields": given})

    def write(self, title: str = "Check-in", body: str = "<p>x</p>", space: str = "ONB", **more: Any) -> TestResponse:
        storage = {"storage": {"value": body, "representation": "storage"}}
        return self.page(
            "POST", "/content", {"type": "page", "title": title, "space": {"key": space}, "body": storage, **more}
        )

    def _open(self, method: str, path: str, body: Any, query: dict[str, Any]) -> TestResponse:
        kind = {} if body is None else {"json": body}
        return self._client.open(path, method=method, headers=self._headers, query_string=query, **kind)
