"""Everything that may come back in the place of an answer, by name."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.faults.calling import Spoken
from tests.faults.proxy import Bytes, Fault, http

Says = Callable[[Spoken], Bytes]

_LOGIN = b"<!DOCTYPE html><html><head><title>Log in</title></head><body>Log in as kanarie@example.com</body></html>"
_JSON, _HTML = ("Content-Type", "application/json"), ("Content-Type", "text/html; charset=UTF-8")
_NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_REFUSAL = b'{"errorMessages":["Kanarie darf nicht"],"errors":{}}'
_SHAPES = {
    "list": b"[]",
    "text": b'"kanarie"',
    "number": b"42",
    "null": b"null",
    "truth": b"true",
    "strange-object": b'{"kanarie": 1}',
    "nested-list": b'[[{"issues": {"id": []}}]]',
    "wrong-types": b'{"issues": 7, "results": "x", "id": [], "version": null, "values": {}, "isLast": "no"}',
    "deep": b"[" * 5000 + b"]" * 5000,
    "not-a-number": b'{"issues": NaN, "results": NaN, "id": NaN, "version": {"number": NaN}}',
    "half-json": b'{"issues": [{"id": "10',
    "two-documents": b"{}{}",
    "nothing-but-space": b"   \r\n ",
}


def _whole(status: int, body: bytes, *headers: tuple[str, str]) -> Says:
    return lambda _: Bytes(pieces=(http(Spoken(status=status, headers=headers, body=body)),))


def _with(change: Callable[[bytes], bytes], *headers: tuple[str, str]) -> Says:
    """The site's own answer with another body."""

    def says(spoken: Spoken) -> Bytes:
        body = change(spoken.body)
        return Bytes(pieces=(http(Spoken(status=200, headers=(*spoken.headers, *headers), body=body)),))

    return says


def _cut(share: float, *, closing: bool = False) -> Says:
    """So much of the bytes after the status line; `closing`: no length is told."""

    def says(spoken: Spoken) -> Bytes:
        whole = http(spoken, length=-1 if closing else None)
        start = whole.index(b"\r\n\r\n") + 4 if closing else 0
        return Bytes(pieces=(whole[: start + int((len(whole) - start) * share)],))

    return says


def _raw(*pieces: bytes, ends: str = "close") -> Says:
    return lambda _: Bytes(pieces=pieces, ends=ends)


def _length(by: int) -> Says:
    return lambda spoken: Bytes(pieces=(http(spoken, length=max(0, len(spoken.body) + by)),))


def _dribbled(spoken: Spoken) -> Bytes:
    whole = http(spoken)
    step = max(1, len(whole) // 8)
    return Bytes(pieces=tuple(whole[i : i + step] for i in range(0, len(whole), step)), pause=0.01, ends="keep")


def _late(spoken: Spoken) -> Bytes:
    return Bytes(pieces=(b"", http(spoken)), pause=0.1, ends="keep")


def _doubled_keys(body: bytes) -> bytes:
    """A wrong type first, then the truth: the last one counts, or none does."""
    known = json.loads(body) if body[:1] == b"{" else {}
    return b"{" + b"".join(b'"%s": 7, ' % name.encode() for name in known) + body[1:] if known else body


def _doubled_keys_wrong_last(body: bytes) -> bytes:
    known = json.loads(body) if body[:1] == b"{" else {}
    return body.rstrip()[:-1] + b"".join(b', "%s": 7' % name.encode() for name in known) + b"}" if known else body


def _limited(name: str, value: str | None, asked: float | None, status: int = 429, *more: tuple[str, str]) -> Fault:
    headers = [_JSON, *more]
    if value is not None:
        headers.append(("Retry-After", value))
    return Fault(name=f"{status}-{name}", done=False, says=_whole(status, _REFUSAL, *headers), asked=asked)


def _date(seconds: float) -> str:
    return format_datetime(_NOW + timedelta(seconds=seconds), usegmt=True)


_DATED = ("Date", _date(0))


def _limits() -> tuple[Fault, ...]:
    return (
        _limited("seconds", "3", 3),
        _limited("fraction", "2.5", 2.5),
        _limited("zero", "0", 0.2),
        _limited("spaced", "  2 ", 2),
        _limited("negative", "-5", 0.4),
        _limited("words", "soon", 0.4),
        _limited("empty", "", 0.4),
        _limited("none", None, 0.4),
        _limited("not-a-number", "nan", 0.4),
        _limited("endless", "inf", 0.4),
        _limited("absurd", "1e12", 3600),
        _limited("an-hour", "3600", 3600),
        _limited("a-minute", "60", 60),
        _limited("date", _date(4), 4, 429, _DATED),
        _limited("date-far", _date(900), 900, 429, _DATED),
        _limited("date-past", _date(-90), 0.4, 429, _DATED),
        _limited("date-alone", _date(4), 0.4),
        _limited("quota", "30", 30, 429, ("RateLimit-Reason", "jira-quota-global-based")),
        _limited("per-issue", "2", 2, 429, ("RateLimit-Reason", "jira-per-issue-on-write")),
        _limited("burst", "1", 1, 429, ("RateLimit-Reason", "jira-burst-based"), ("X-RateLimit-Remaining", "0")),
        _limited("seconds", "3", 3, 503),
        _limited("far", "120", 120, 503),
        _limited("date", _date(4), 4, 503, _DATED),
    )


def _refusals() -> tuple[Fault, ...]:
    statuses = (400, 401, 403, 404, 405, 407, 408, 409, 410, 412, 413, 414, 415, 418, 422, 423, 425, 431, 451)
    as_json = (Fault(name=f"{s}", done=False, says=_whole(s, _REFUSAL, _JSON)) for s in statuses)
    as_page = (Fault(name=f"{s}-page", done=False, says=_whole(s, _LOGIN, _HTML)) for s in (400, 401, 403, 404))
    return (*as_json, *as_page)


def _failures() -> tuple[Fault, ...]:
    """Of servers: what was asked may have been done or not."""
    return tuple(
        Fault(name=f"{status}-{'after' if done else 'before'}", done=done, says=_whole(status, _LOGIN, _HTML))
        for status in (500, 502, 503, 504, 520)
        for done in (False, True)
    )


def _connections() -> tuple[Fault, ...]:
    return tuple(
        Fault(name=f"{ends}-{'after' if done else 'before'}", done=done, says=_raw(ends=ends))
        for ends in ("close", "reset", "hang")
        for done in (False, True)
    )


def _redirects() -> tuple[Fault, ...]:
    return tuple(
        Fault(name=f"{status}", done=False, says=_whole(status, b"", ("Location", where)))
        for status, where in (
            (301, "https://elsewhere.example/"),
            (302, "/login"),
            (303, "/login"),
            (307, "http://127.0.0.1:1/"),
            (308, "https://elsewhere.example/"),
        )
    )


def _bodies() -> tuple[Fault, ...]:
    """The request is done, and the answer says nothing that can be read, or too much."""
    gzipped = ("Content-Encoding", "gzip")
    answers: dict[str, Says] = {
        "login-page": _whole(200, _LOGIN, _HTML),
        "login-page-as-json": _whole(200, _LOGIN, _JSON),
        "empty": _whole(200, b"", _JSON),
        "no-content": _whole(204, b""),
        "accepted": _whole(202, b"", _JSON),
        "utf-16": _with(lambda body: body.decode().encode("utf-16")),
        "wrong-charset": _with(lambda body: body[:-1] + b"\xff\xfe" + body[-1:], ("X-Charset", "none")),
        "byte-order-mark": _with(lambda body: b"\xef\xbb\xbf" + body),
        "gzip-garbage": _with(lambda body: b"\x1f\x8b" + body, gzipped),
        "gzip-cut": _with(lambda body: gzip.compress(body)[:-9], gzipped),
        "not-gzip": _with(lambda body: body, gzipped),
        "unknown-encoding": _with(lambda body: body[::-1], ("Content-Encoding", "x-kanarie")),
        "too-short-length": _length(-3),
        "too-long-length": _length(9),
        "no-chunks": lambda s: Bytes(pieces=(http(s, "Transfer-Encoding: chunked", length=-1),)),
        "huge": _with(lambda body: b'{"kanarie": "' + b"x" * 4_000_000 + b'"}'),
        "doubled-keys": _with(_doubled_keys),
        "doubled-keys-wrong-last": _with(_doubled_keys_wrong_last),
        "slow": _dribbled,
        "latency": _late,
        "reset-inside": lambda s: Bytes(pieces=(http(s)[:-1],), ends="reset"),
        "hang-inside": lambda s: Bytes(pieces=(http(s)[:-1],), ends="hang"),
        "cut-0.1": _cut(0.1),
        "cut-0.4": _cut(0.4),
        "cut-0.7": _cut(0.7),
        "cut-0.99": _cut(0.99),
        "closing-0": _cut(0.0, closing=True),
        "closing-0.5": _cut(0.5, closing=True),
        "closing-0.98": _cut(0.98, closing=True),
        "no-http": _raw(b"220 mail.example ESMTP\r\n"),
        "tls-alert": _raw(b"\x15\x03\x01\x00\x02\x02\x28"),
        "binary": _raw(bytes(range(256))),
        "bad-status": _raw(b"HTTP/1.1 zweihundert OK\r\n\r\n{}"),
        "many-headers": _raw(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 200 + b"Content-Length: 2\r\n\r\n{}"),
        "long-header": _raw(b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * 70_000 + b"\r\n\r\n{}"),
    }
    shapes = {f"shape-{name}": _whole(200, body, _JSON) for name, body in _SHAPES.items()}
    return tuple(Fault(name=name, done=True, says=says) for name, says in (answers | shapes).items())


ALL = (*_limits(), *_refusals(), *_failures(), *_connections(), *_redirects(), *_bodies())
