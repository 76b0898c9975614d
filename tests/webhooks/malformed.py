"""Calls as no honest sender makes them, some of them well signed, so that they come as far as possible."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.webhooks.stand import signature

_PATHS = (
    ("/webhooks/jira", b"jira-new"),
    ("/webhooks/confluence", b"conf-one"),
    ("/webhooks/automation", b"auto-one"),
    ("/webhooks/readings/onboarding/setup-rate", b"one-team"),
    ("/webhooks/readings/%00/%ff", b"all-teams"),
)
_WORDS = (
    "webhookEvent", "issue", "id", "key", "fields", "labels", "issuetype", "hierarchyLevel", "parent", "changelog",
    "items", "field", "fromString", "issueLink", "sourceIssueId", "comment", "self", "worklog", "issueId", "page",
    "event", "content", "type", "value", "on", "project", "jira:issue_updated", "comment_created", "page_updated",
    "10012", "ONB-12", "Key", "2026-11-23", "\ud800", "\x00", "é🐦", "", "~kanarie", "-0", "1e400",
)  # fmt: skip
_SCRAPS = (
    b"NaN", b"-Infinity", b'"\\ud800"', b"[" * 3000, b'{"a":' * 3000, b"9" * 5000, b"1e999999", b"\xff\xfe", b"\x00",
    b'{"issue":{"id":"1","id":"2"}}', b'{"page":{"id":1},"page":{"id":2}}', b"<html>", b"\xef\xbb\xbf{}", b"null",
    b"true", b'"text"', b"{", b'{"issue"', b'{"issue":{"id":1}} {}', b'{"value":1e309,"on":"2026-11-23"}',
    b'{"issue":{"key":"' + b"A" * 100_000 + b'-1"}}', b'{"issue":{"id":' + b"1" * 400 + b"}}",
)  # fmt: skip
_HEADERS = ("X-Hub-Signature", "X-OKR-Secret", "Content-Type", "Content-Encoding", "X-Atlassian-Webhook-Identifier")
_VALUES = (
    "sha256=", "sha256=00", "sha512=" + "0" * 64, "=", "sha256=é", "a" * 5000, "gzip", "application/xml", "\x7f",
    "sha256=" + "0" * 64, "multipart/form-data", "application/x-www-form-urlencoded", "text/plain; charset=utf-7",
)  # fmt: skip
_QUERIES = ("", "issue=10012", "issue=%7Bissue.id%7D", "key=%ff%fe", "issue=1&issue=2", "a=" * 500, "%", "&&&=&",
            "page=1", "user_key=kanarie")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request."""

    path: str
    query: str
    body: bytes = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)


def calls(count: int, seed: int, samples: tuple[bytes, ...] = ()) -> Iterator[Call]:
    """So many calls, always the same for a seed; `samples` are honest bodies to spoil."""
    dice = random.Random(seed)  # repeatable, no secrets
    return (_call(dice, samples) for _ in range(count))


def _call(dice: random.Random, samples: tuple[bytes, ...]) -> Call:
    path, secret = dice.choice(_PATHS)
    body = _body(dice, samples)
    headers = [(dice.choice(_HEADERS), dice.choice(_VALUES)) for _ in range(dice.randrange(3))]
    if dice.random() < 0.7:
        honest = {**signature(body, secret), "X-OKR-Secret": secret.decode()}
        headers = [pair for pair in headers if pair[0] not in honest] + list(honest.items())
    if dice.random() < 0.05:
        headers.append(dice.choice(headers) if headers else ("X-OKR-Secret", ""))
    return Call(path=path, query=dice.choice(_QUERIES), body=body, headers=tuple(headers))


def _body(dice: random.Random, samples: tuple[bytes, ...]) -> bytes:
    kind = dice.random()
    if kind < 0.2:
        return dice.randbytes(dice.randrange(200))
    if kind < 0.45:
        return dice.choice(_SCRAPS)
    if kind < 0.75 or not samples:
        return json.dumps(_value(dice, 5), ensure_ascii=dice.random() < 0.5).encode("utf-8", "surrogatepass")
    return _spoiled(dice, dice.choice(samples))


def _value(dice: random.Random, depth: int) -> object:
    kind = dice.randrange(8) if depth else dice.randrange(5)
    if kind < 2:
        return dice.choice(_WORDS)
    if kind == 2:
        return dice.choice((None, True, False, float("nan"), float("inf")))
    if kind < 5:
        return dice.choice((0, -1, 10012, 2**63, -(2**70), 10**30, 0.1, 1e308))
    if kind == 5:
        return [_value(dice, depth - 1) for _ in range(dice.randrange(3))]
    return {dice.choice(_WORDS): _value(dice, depth - 1) for _ in range(dice.randrange(5))}


def _spoiled(dice: random.Random, sample: bytes) -> bytes:
    start = dice.randrange(len(sample))
    end = min(len(sample), start + dice.randrange(40))
    return sample[:start] + dice.choice(_SCRAPS)[:200] + sample[end:]
