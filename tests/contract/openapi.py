"""Atlassian's own documents, held against everything a site hears and says.

The documents lie beside the repository (`../shared/contracts`); where they are absent, `documents_missing()` says so.
"""

import functools
import gzip
import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

from connector.sandbox.log import Answered, Asked
from tests.contract import datacenter_documents

CONTRACTS = Path(__file__).resolve().parents[3] / "shared" / "contracts"
HOST = "http://site.example"

UNDOCUMENTED = {
    "GET /_edge/tenant_info": "the cloud id of a site stands in Atlassian's manuals, in no OpenAPI document",
    "POST /oauth/token": "the token service is Atlassian's, not the site's",
    "POST /jira/rest/oauth2/latest/token": "service accounts stand in Data Center's manual, in no OpenAPI document",
    "POST /confluence/rest/oauth2/latest/token": "service accounts stand in Data Center's manual, in no document",
    "GET /rest/webhooks/1.0/webhook": "admin webhooks stand in Jira's manual, in no OpenAPI document",
    "POST /rest/webhooks/1.0/webhook": "admin webhooks stand in Jira's manual, in no OpenAPI document",
    "DELETE /rest/webhooks/1.0/webhook/{id}": "admin webhooks stand in Jira's manual, in no OpenAPI document",
    "GET /wiki/rest/api/content": "v1 content was removed; a site answers 410",
    "POST /wiki/rest/api/content": "v1 content was removed; a site answers 410",
    "GET /wiki/rest/api/content/{id}": "v1 content was removed; a site answers 410",
    "PUT /wiki/rest/api/content/{id}": "v1 content was removed; a site answers 410",
    "DELETE /wiki/rest/api/content/{id}": "v1 content was removed; a site answers 410",
    "GET /wiki/rest/api/content/{id}/label": "v1 reads of labels were removed; a site answers 410",
    "GET /wiki/rest/api/content/{id}/child/attachment/{attachment}/download": "the address of a file",
    "GET /jira/rest/jira-webhook/1.0/webhooks": "admin webhooks stand in Jira's manual, in no OpenAPI document",
    "POST /jira/rest/jira-webhook/1.0/webhooks": "admin webhooks stand in Jira's manual, in no OpenAPI document",
    "PUT /jira/rest/jira-webhook/1.0/webhooks/{id}": "admin webhooks stand in Jira's manual, in no OpenAPI document",
    "DELETE /jira/rest/jira-webhook/1.0/webhooks/{id}": "admin webhooks stand in Jira's manual, in no OpenAPI document",
}
"""Calls that stand in no document, and why they are allowed."""

PROSE_NULLS = (("User", "accountId"),)
"""Nulls that a document's prose asks for (nobody as assignee) and its schema refuses."""

UNLISTED = ("ChangeDetails",)
"""Parts of answers that sites fill beyond what the document lists (recorded: tmpFromAccountId, tmpToAccountId)."""

UNDOCUMENTED_STATUS = frozenset({400, 401, 403, 404, 409, 410, 413, 415, 429, 500, 502, 503, 504})
"""Refusals that Atlassian answers without listing them at each operation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    host_url: str
    path: str
    method: str
    content_type: str
    body: bytes | None
    parameters: RequestParameters


@dataclass(frozen=True, slots=True, kw_only=True)
class _Response:
    status_code: int
    content_type: str
    headers: Headers
    data: bytes


def documents_missing() -> str:
    """Why exchanges cannot be checked here; empty where they can."""
    return "" if CONTRACTS.is_dir() else "Atlassian's OpenAPI documents are not there: ../shared/contracts is absent"


_ONE_AT_A_TIME = threading.Lock()  # a document is read at its first use: eight readers at once outlast all callers


class ContractCheck:
    """Give it to `log.on_exchange`; `violations` says what broke a contract, `checked` counts what was held up to one.

    A request that the site refused with 400 or 415 is not checked again unless `refused_too`: tests of strictness send
    such requests on purpose. `jira` and `confluence` are the releases of Data Center whose documents count.
    """

    def __init__(self, *, refused_too: bool = False, jira: str = "11.3", confluence: str = "10.2") -> None:
        self._refused_too = refused_too
        self._releases = {"jira": jira, "confluence": confluence}
        self.violations: list[str] = []
        self.checked: Counter[str] = Counter()

    def __call__(self, asked: Asked, answered: Answered) -> None:
        name = f"{asked.method} {asked.path}"
        if any(re.fullmatch(_as_pattern(call), name) for call in UNDOCUMENTED):
            self.checked["undocumented, allowed by name"] += 1
            return
        place = _place_of(asked.path, self._releases)
        if place is None:
            self.violations.append(f"{name}: belongs to no document")
            return
        request = _request(asked)
        if self._refused_too or answered.status not in (400, 401, 415):
            self._note(f"{name} (request)", lambda: _document(*place).validate_request(request))
        if answered.status not in UNDOCUMENTED_STATUS:
            answer = _response(answered)
            self._note(
                f"{name} → {answered.status}",
                lambda: _document(*place, answers=True).validate_response(request, answer),
            )

    def _note(self, what: str, check: Callable[[], None]) -> None:
        self.checked[what.split(" ", 1)[0]] += 1
        try:
            with _ONE_AT_A_TIME:
                check()
        except OpenAPIError as error:
            self.violations.append(f"{what}: {_reason(error)}")


def _as_pattern(call: str) -> str:
    return re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(call))


def _reason(error: BaseException) -> str:
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        faults = [f"{one.json_path}: {one.message[:300]}" for one in getattr(seen, "schema_errors", ())]
        parts += faults or [str(seen)[:300]]
        seen = seen.__cause__
    return " ← ".join(reversed(parts))


def _request(asked: Asked) -> _Request:
    headers = Headers(list(asked.headers))
    content = headers.get("Content-Type", "")
    return _Request(
        host_url=HOST,
        path=asked.path,
        method=asked.method.lower(),
        content_type=content,
        body=asked.body or None,
        parameters=RequestParameters(
            query=ImmutableMultiDict(parse_qsl(asked.query, keep_blank_values=True)),
            header=headers,
            cookie=ImmutableMultiDict(),
        ),
    )


def _response(answered: Answered) -> _Response:
    headers = Headers(list(answered.headers))
    return _Response(
        status_code=answered.status,
        content_type=headers.get("Content-Type", ""),
        headers=headers,
        data=answered.body,
    )


def _place_of(path: str, releases: Mapping[str, str]) -> tuple[str, str] | None:
    places = {
        "/rest/api/3/": ("jira-cloud-platform-v3", ""),
        "/wiki/api/v2/": ("confluence-cloud-v2", "/wiki/api/v2"),
        "/wiki/rest/api/": ("confluence-cloud-v1", ""),
        "/jira/rest/api/2/": (f"jira-dc-{releases['jira']}", "/jira/rest"),
        "/confluence/rest/api/": (f"confluence-dc-{releases['confluence']}", "/confluence"),
    }
    return next((place for prefix, place in places.items() if path.startswith(prefix)), None)


@functools.cache
def _document(name: str, base: str, *, answers: bool = False) -> OpenAPI:
    with gzip.open(CONTRACTS / f"{name}.json.gz") as packed:
        text = json.load(packed)
    text["servers"] = [{"url": HOST + base}]
    for schema, field in PROSE_NULLS:
        text["components"]["schemas"].get(schema, {}).get("properties", {}).get(field, {})["nullable"] = True
    for schema in UNLISTED if answers else ():
        text["components"]["schemas"].get(schema, {})["additionalProperties"] = True
    if "-dc-" in name:
        datacenter_documents.mend(text)
    for node in _nodes(text):
        _mend(node)
        if answers:
            _loosen(node)
    return OpenAPI.from_dict(text, config=Config(spec_validator_cls=None))


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for one in list(value.values()):
            yield from _nodes(one)
    elif isinstance(value, list):
        for one in value:
            yield from _nodes(one)


def _mend(node: dict[str, Any]) -> None:
    """The documents' own faults.

    A page body so ambiguous that it refuses every body, security no test can give, and lists that the prose wants
    separated by commas where the schema, by its default, says repeated.
    """
    if isinstance(node.get("oneOf"), list):
        node["anyOf"] = node.pop("oneOf")
    if isinstance(node.get("security"), list):
        node.pop("security")
    if node.get("in") == "query" and "comma-separated list" in node.get("description", ""):
        node["explode"] = False


def _loosen(node: dict[str, Any]) -> None:
    """Where Atlassian's answers are known to differ from its documents: nulls, empty bodies, offsets with no colon."""
    if isinstance(node.get("type"), str):
        node["nullable"] = True
    if isinstance(node.get("enum"), list):
        node["enum"] = [*node["enum"], None]
    if node.get("format") == "date-time":
        node.pop("format")
    if isinstance(node.get("responses"), dict):
        for answer in node["responses"].values():
            bodies = answer.get("content", {}) if isinstance(answer, dict) else {}
            if all(not body.get("schema") for body in bodies.values()):
                answer.pop("content", None)
