"""Somebody who listens for webhooks on loopback and remembers what came."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from connector.sandbox.server import listening


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One call that came in."""

    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True, kw_only=True)
class Ear:
    """Answers with the statuses it was given, one after the other, then with 202."""

    heard: list[Heard] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    url: str = ""

    def __call__(self, environment: dict[str, Any], start_response: Any) -> list[bytes]:
        headers = {name[5:].replace("_", "-").title(): value for name, value in environment.items() if "HTTP_" in name}
        body = environment["wsgi.input"].read()
        path, query = environment["PATH_INFO"], environment["QUERY_STRING"]
        self.heard.append(Heard(path=path, query=query, headers=headers, body=body))
        status = self.answers.pop(0) if self.answers else 202
        start_response(f"{status} Answered", [])
        return []

    @property
    def events(self) -> list[str]:
        return [one.told.get("webhookEvent") or one.told["event"] for one in self.heard]


@contextmanager
def open_ear(*answers: int) -> Iterator[Ear]:
    ear = Ear(answers=list(answers))
    with listening(ear) as address:
        ear.url = address
        yield ear
