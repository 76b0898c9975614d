"""People of recorded bodies, which real sites sent: none of them gets through the real door into anything."""

import hashlib
import hmac
import json
import random
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from connector.privacy import canary_boundary
from connector.privacy.canary_answers import post
from connector.privacy.canary_census import Carrier, Manner, Place
from connector.privacy.canary_house import CanaryHouse, canary_house
from connector.privacy.canary_marks import Canary, Shape, hatch
from connector.privacy.canary_payloads import SECRET, Call
from connector.privacy.canary_scan import Scanner
from connector.privacy.canary_sinks import Gathered, Sink
from connector.privacy.canary_site import peopled_site
from mappings import boundary

PAYLOADS = Path(__file__).resolve().parents[3] / "shared" / "payloads"
beside = pytest.mark.skipif(not PAYLOADS.exists(), reason="the recorded bodies are not beside this checkout")
SHORTEST = 6
PASTED = 60
NOBODY = {"Europe/Berlin", "atlassian", "okr-connector", "Story Points"}  # words of our own, which bodies have too


@pytest.fixture
def house(tmp_path: Path) -> Iterator[CanaryHouse]:
    """A connector on a fresh database, in front of an imitation site that nobody asks."""
    dice = random.Random(1)
    flock = hatch([Place(carrier=Carrier.ISSUE, manner=Manner.USER, path="fields.assignee")], dice)
    book = Path(str(files("mappings") / "example"))
    with peopled_site(flock) as peopled, canary_house(peopled, flock, book, tmp_path, Gathered(), dice) as built:
        yield built


def recorded() -> list[tuple[dict[str, Any], bytes]]:
    entries = json.loads((PAYLOADS / "INDEX.json").read_text(encoding="utf-8"))
    return [(entry, (PAYLOADS / entry["file"]).read_bytes()) for entry in entries]


def people() -> dict[Place, Canary]:
    """Who is named in the recorded bodies, as far as a name can be looked for: long enough, and no mere number."""
    names = {name for entry, _ in recorded() for name in entry["person_values"] if len(name) >= SHORTEST}
    names -= NOBODY | {name for name in names if name.isdecimal()}
    places = [
        Place(carrier=Carrier.EVENT, manner=Manner.NAME, path=f"recorded {number}") for number in range(len(names))
    ]
    return {
        place: Canary(place=place, shape=Shape.NAME, core=name, text=name)
        for place, name in zip(places, sorted(names), strict=True)
    }


def to_the_door(path: str, body: bytes) -> Call:
    signature = f"sha256={hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}"
    return Call(path=path, body=body, headers={"X-Hub-Signature": signature, "X-OKR-Secret": SECRET}, honest=True)


@beside
def test_nobody_of_the_recorded_bodies_gets_through_the_door(house: CanaryHouse, tmp_path: Path) -> None:
    """Every body goes to every door: to its own, and to those of others by mistake."""
    doors = (
        "/webhooks/jira",
        "/webhooks/confluence",
        "/webhooks/automation",
        "/webhooks/readings/onboarding/setup-rate",
    )
    house.sent = [to_the_door(door, body) for door in doors for _, body in recorded()]
    post(house.web, house.sent, house.heard)
    house.look()
    house.paste(PASTED)
    house.gather(tmp_path)
    assert house.heard.statuses[202] + house.heard.statuses[204] > len(recorded())
    assert not {status for status in house.heard.statuses if status >= 500 or status == 0}
    known = people()
    assert len(known) > 100
    scanner = Scanner(known.values())
    assert len(scanner.hits("in", b"\n".join(call.body for call in house.sent[: len(recorded())]))) > 100
    assert [hit for trace in house.gathered.traces() for hit in scanner.hits(trace.sink, trace.data)] == []


def test_every_reader_of_the_boundary_is_tried_by_the_proof() -> None:
    functions = {name for name in boundary.__all__ if callable(getattr(boundary, name)) and name[0].islower()}
    tried = {getattr(reader, "func", reader).__name__ for reader in canary_boundary._READERS}
    assert functions - {"for_people"} == tried


def test_a_person_in_the_property_of_another_hand_is_not_kept(house: CanaryHouse, tmp_path: Path) -> None:
    """Our own issue property can be written by anybody; an account id would fit the form of its digest."""
    account = "712020:0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"
    issue = {"id": "10001", "key": "OKR-1", "fields": {}, "properties": {"okr": {"ref": "a/b", "digest": account}}}
    answer = json.dumps({"issues": [issue]}).encode()
    (record,) = boundary.fetched_issues(answer, frozenset())
    house.gather(tmp_path)
    assert account.encode() not in b"".join(t.data for t in house.gathered.traces() if t.sink is Sink.DATABASE)
    assert record.digest in (None, account)
