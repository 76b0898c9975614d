"""Asking a server, and what it said while the proof ran."""

import http.client
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from connector.privacy.canary_payloads import Call

_SENDERS = 3


@dataclass(slots=True, repr=False)
class Heard:
    """What the door answered."""

    statuses: Counter[int] = field(default_factory=Counter)
    bodies: set[bytes] = field(default_factory=set)
    headers: set[str] = field(default_factory=set)

    def note(self, status: int, headers: Iterable[tuple[str, str]], body: bytes) -> None:
        """One more answer."""
        self.statuses[status] += 1
        self.bodies.add(body)
        self.headers.update(f"{name}: {value}" for name, value in headers if name.lower() != "date")


def post(web: str, sent: Iterable[Call], heard: Heard) -> None:
    """The calls, by several senders at once."""
    waiting = list(sent)
    turns = [waiting[number::_SENDERS] for number in range(_SENDERS)]
    lock = threading.Lock()

    def send(mine: list[Call]) -> None:
        for call in mine:
            answer = asked(web, "POST", call.path, call.body, call.headers)
            with lock:
                heard.note(*answer)

    threads = [threading.Thread(target=send, args=(mine,)) for mine in turns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def asked(
    web: str, method: str, path: str, body: bytes, headers: Mapping[str, str]
) -> tuple[int, list[tuple[str, str]], bytes]:
    """One request and its answer; status 0 where there was none."""
    parts = urlsplit(web)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    except (OSError, http.client.HTTPException):
        return 0, [], b""
    finally:
        connection.close()
