"""Calls at our door that are full of invented people: honest ones, ones that are half right, and broken ones."""

import hashlib
import hmac
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from connector.privacy.canary_census import Carrier, Place
from connector.privacy.canary_marks import Flock, Shape

SECRET: Final = "canary-proof"  # noqa: S105  # of a house that stands for a minute
SECRETS: Final = ",".join(f"{sender}={SECRET}" for sender in ("jira", "confluence", "automation", "readings"))
READING: Final = ("onboarding", "setup-rate", "43.7")  # a value that must come out
LABEL: Final = "okr-setup-rate"
_AT_ONCE = 16  # places of one carrier in one call
_LONG_EVERY = 40
_EPICS: Final = ("ONB-12", "ONB-33", "MET-3", "MET-7")
_EVENTS: Final = (
    "jira:issue_updated",
    "jira:issue_created",
    "comment_created",
    "jira:worklog_updated",
    "issuelink_created",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One POST to the door; `honest` if it is whole, signed and of a shape that is known."""

    path: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)  # as a server hands them over: one character a byte
    honest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What the door knows of: ids of issues and pages of the imitation site, the day of a reading."""

    issues: tuple[str, ...]
    pages: tuple[str, ...]
    day: str


def calls(flock: Flock, doors: Doors, count: int, dice: random.Random) -> Iterator[Call]:
    """So many calls; the first of each kind together hold a canary of every place of events."""
    makers = (_jira, _confluence, _automation, _reading)
    for turn in range(count):
        path, whole = makers[turn % len(makers)](_Pen(flock, turn // len(makers), dice), doors)
        yield _sent(path, whole, turn, flock, dice)


def placed(body: Any, path: str, value: Any) -> None:
    """The value stands at the path within the body, where what stands in its way allows it."""
    here = body
    parts = path.split(".")
    for part, name in enumerate(parts):
        key, is_list = name.removesuffix("[]"), name.endswith("[]")
        last = part == len(parts) - 1
        if not isinstance(here, dict):
            return
        if last:
            _put(here, key, value, is_list)
            return
        here = _inner(here, key, is_list)


def _put(here: dict[str, Any], key: str, value: Any, is_list: bool) -> None:
    known = here.get(key)
    if is_list or isinstance(value, list):
        values = value if isinstance(value, list) else [value]
        here[key] = [*(known if isinstance(known, list) else []), *values]
    elif isinstance(known, dict) and isinstance(value, dict):
        here[key] = {**value, **known}
    else:
        here[key] = value


def _inner(here: dict[str, Any], key: str, is_list: bool) -> Any:
    known = here.get(key)
    if not is_list:
        return known if isinstance(known, dict) else here.setdefault(key, {})
    if not isinstance(known, list) or not known or not isinstance(known[0], dict):
        here[key] = [*(known if isinstance(known, list) else []), {}]
        return here[key][-1]
    return known[0]


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes the canaries of one turn; so many turns write them all."""

    flock: Flock
    turn: int
    dice: random.Random

    def write(self, body: Any, carrier: Carrier, below: str = "") -> None:
        long = self.dice.randrange(_LONG_EVERY) == 0
        for number, place in enumerate(self.due(carrier)):
            value = self.flock.standing(place, self.turn + number, long=long and number == 0)
            placed(body, f"{below}{place.path}", value)

    def due(self, carrier: Carrier) -> list[Place]:
        here = [place for place in self.flock.of if place.carrier is carrier]
        start = self.turn * _AT_ONCE % max(1, len(here))
        return (here + here)[start : start + min(_AT_ONCE, len(here))]


def _jira(pen: _Pen, doors: Doors) -> tuple[str, dict[str, Any]]:
    fields: dict[str, Any] = {"issuetype": {"hierarchyLevel": 1}, "labels": [LABEL]}
    body: dict[str, Any] = {
        "webhookEvent": pen.dice.choice(_EVENTS),
        "timestamp": 1,
        "issue": {"id": pen.dice.choice(doors.issues), "key": pen.dice.choice(_EPICS), "fields": fields},
    }
    pen.write(body["issue"], Carrier.ISSUE)
    pen.write(body, Carrier.EVENT)
    if pen.turn % 5 == 4:
        del body["issue"]  # as Server sends comments and Cloud sends work logs
    return "/webhooks/jira", body


def _confluence(pen: _Pen, doors: Doors) -> tuple[str, dict[str, Any]]:
    body: dict[str, Any] = {"event": "page_updated", "page": {"id": pen.dice.choice(doors.pages)}}
    pen.write(body, Carrier.CONFLUENCE)
    pen.write(body["page"], Carrier.PAGE)
    return "/webhooks/confluence", body


def _automation(pen: _Pen, doors: Doors) -> tuple[str, dict[str, Any]]:
    body: dict[str, Any] = {"issue": {"id": pen.dice.choice(doors.issues), "key": pen.dice.choice(_EPICS)}}
    if pen.turn % 2:
        body = {"page": {"id": pen.dice.choice(doors.pages)}}
    pen.write(body, Carrier.AUTOMATION)
    return "/webhooks/automation", body


def _reading(pen: _Pen, doors: Doors) -> tuple[str, dict[str, Any]]:
    team, indicator, value = READING
    body: dict[str, Any] = {"value": float(value), "on": doors.day}
    pen.write(body, Carrier.READING)
    return f"/webhooks/readings/{team}/{indicator}", body


def _sent(path: str, whole: dict[str, Any], turn: int, flock: Flock, dice: random.Random) -> Call:
    """Two of three are honest; of the others each is wrong in a way of its own."""
    pen = _Pen(flock, turn // 4, dice)
    wrong = turn % 3 == 2
    fault = turn // 3 % 6 if wrong else -1
    if fault == 0:
        _misplaced(whole, flock, dice)
    body = json.dumps(whole, ensure_ascii=bool(turn % 2)).encode()
    if fault in _FAULTS:
        body = _FAULTS[fault](body)
    headers = {"Content-Type": "application/json", **_named(pen, Carrier.HEADER), **_signature(body)}
    if fault == 4:
        headers |= {"X-Hub-Signature": "sha256=" + "0" * 64, "X-OKR-Secret": _header(_somebody(flock, dice))}
    query = "&".join(f"{quote(name)}={quote(text)}" for name, text in _named(pen, Carrier.QUERY, plain=True).items())
    return Call(path=f"{path}?{query}", body=body, headers=headers, honest=not wrong)


_FAULTS: Final = {
    1: lambda body: body[: max(1, len(body) * 2 // 3)],  # cut short
    2: lambda body: b"[" * 2000 + body,
    3: lambda body: b"<html><title>" + body + b"\xff\xfe</title>",
    5: lambda body: body.replace(b'"', b"'"),
}


def _misplaced(whole: dict[str, Any], flock: Flock, dice: random.Random) -> None:
    """People stand where ids, keys, levels, events and values are due."""
    somebody = _somebody(flock, dice)
    for path in (
        "issue.id",
        "issue.key",
        "issue.fields.project.key",
        "issue.fields.issuetype.hierarchyLevel",
        "page.id",
    ):
        if path.partition(".")[0] in whole:
            placed(whole, path, somebody if dice.random() < 0.7 else {"displayName": somebody})
    for name in ("webhookEvent", "event", "value", "on", "project", "key"):
        if name in whole or dice.random() < 0.1:
            whole[name] = somebody


def _somebody(flock: Flock, dice: random.Random) -> str:
    return dice.choice(list(flock.of.values()))[dice.choice((Shape.NAME, Shape.SHORT, Shape.UNICODE))].text


def _named(pen: _Pen, carrier: Carrier, *, plain: bool = False) -> dict[str, str]:
    texts = {place.path: str(pen.flock.standing(place, pen.turn)) for place in pen.due(carrier)}
    return texts if plain else {name: _header(text) for name, text in texts.items()}


def _header(text: str) -> str:
    return text.encode().decode("latin-1")


def _signature(body: bytes) -> dict[str, str]:
    signed = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Hub-Signature": f"sha256={signed}", "X-OKR-Secret": SECRET}
