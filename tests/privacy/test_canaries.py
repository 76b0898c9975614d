"""The proof: what it knows, that its search finds, and that the house passes it."""

import base64
import gzip
import hashlib
import json
import os
import random
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path

import psycopg
import pytest

from connector.privacy.canary_census import Carrier, Manner, census
from connector.privacy.canary_encodings import DIGESTS, ENCODINGS, SHORTEST, needles
from connector.privacy.canary_house import canary_house
from connector.privacy.canary_marks import LONG, Flock, Shape, hatch
from connector.privacy.canary_payloads import Doors, calls, placed
from connector.privacy.canary_scan import Scanner
from connector.privacy.canary_sinks import Gathered, Sink
from connector.privacy.canary_site import peopled_site
from connector.storage.store import Store
from tests.databases import prepare
from webhooks.signatures import signed

ROOT = Path(__file__).resolve().parents[2]
FLOCK = hatch(census(), random.Random(48))
SCANNER = Scanner(FLOCK.canaries)
DOORS = Doors(issues=("10012", "10033"), pages=("98304",), day="2026-11-23")
SAMPLE = [FLOCK.of[place][shape] for number, place in enumerate(FLOCK.of) for shape in Shape if number % 23 == 0]


def test_there_are_enough_places_sinks_and_encodings() -> None:
    assert len(set(census())) == len(census()) >= 120
    assert len(Sink) >= 14
    assert len(ENCODINGS) >= 15
    assert {place.carrier for place in census()} == set(Carrier)
    assert {place.manner for place in census()} == set(Manner)


def test_every_place_has_a_canary_of_every_shape_and_no_two_begin_alike() -> None:
    cores = [canary.core for canary in FLOCK.canaries]
    assert len(cores) == len(set(cores)) == len(census()) * len(Shape)
    assert min(map(len, cores)) >= SHORTEST
    assert {len(shapes[Shape.LONG].text) for shapes in FLOCK.of.values()} == {LONG}
    assert all(canary.core in canary.text for canary in FLOCK.canaries)


def test_a_canary_does_not_print() -> None:
    assert [canary for canary in FLOCK.canaries if canary.core in repr(canary)] == []
    assert FLOCK.canaries[0].core not in repr(FLOCK)


@pytest.mark.parametrize("around", [b"", b'{"a": "', bytes(range(256)) * 2])
def test_a_canary_is_found_in_every_dress(around: bytes) -> None:
    for canary in SAMPLE:
        for encoding, spelt in needles(canary):
            hits = SCANNER.hits("here", around + spelt + around)
            assert (canary.place, canary.shape) in {(h.place, h.shape) for h in hits}, (encoding, canary)


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "twice": lambda data: gzip.compress(b"head" + zlib.compress(data)),
    "gzip as base64": lambda data: base64.b64encode(gzip.compress(data)),
    "zlib as base64 for addresses": lambda data: base64.urlsafe_b64encode(zlib.compress(data)),
    "cut short": lambda data: zlib.compress(data + random.Random(1).randbytes(5000))[:2000],
    "backup of a page": lambda data: b"PNG" + bytes(3000) + zlib.compress(data) + bytes(3000),
}


@pytest.mark.parametrize("pack", list(PACKED.values()), ids=list(PACKED))
def test_a_canary_is_found_in_what_is_packed(pack: Callable[[bytes], bytes]) -> None:
    for canary in SAMPLE:
        packed = pack(b"by " + canary.text.encode() + b" on Monday")
        assert canary.place in {hit.place for hit in SCANNER.hits("here", packed)}


def test_a_piece_of_six_letters_is_found() -> None:
    for canary in SAMPLE:
        piece = canary.core if canary.shape is Shape.ID else canary.text[canary.text.index(canary.core) :][:6]
        assert canary.place in {hit.place for hit in SCANNER.hits("here", f"user={piece}&".encode())}


def test_a_piece_out_of_the_middle_of_a_long_text_is_found() -> None:
    for canary in (one for one in SAMPLE if one.shape is Shape.LONG):
        assert SCANNER.hits("here", canary.text[4000:4070].encode())


@pytest.mark.parametrize("name", DIGESTS)
def test_a_pseudonym_is_found(name: str) -> None:
    for canary in SAMPLE:
        digest = hashlib.new(name, canary.text.encode(), usedforsecurity=False)
        assert SCANNER.hits("here", f"digest {digest.hexdigest()[:16]}".encode())
        assert SCANNER.hits("here", b"\0" + digest.digest())


def test_what_holds_no_canary_shows_none() -> None:
    innocent = [path.read_bytes() for path in [*(ROOT / "mappings").rglob("*.py"), ROOT / "README.md"]]
    assert SCANNER.hits("here", b"\n".join(innocent)) == frozenset()
    assert SCANNER.hits("here", random.Random(3).randbytes(200_000)) == frozenset()


def test_some_hundred_calls_hold_people_of_every_place_of_events() -> None:
    sent = list(calls(FLOCK, DOORS, 400, random.Random(1)))
    whole = b"\n".join(call.body + json.dumps(dict(call.headers)).encode() + call.path.encode() for call in sent)
    to_the_door = set(Carrier) - {Carrier.ANSWER, Carrier.REPLY, Carrier.WORDS}
    for place, shapes in FLOCK.of.items():
        if place.carrier in to_the_door:
            assert any(canary.core.encode() in whole for canary in shapes.values()), place


def test_calls_are_honest_half_right_and_broken_and_the_honest_ones_are_signed() -> None:
    sent = list(calls(FLOCK, DOORS, 300, random.Random(2)))
    secrets = [b"canary-proof"]
    assert {call.honest for call in sent} == {True, False}
    assert all(signed(call.body, [call.headers["X-Hub-Signature"]], secrets) for call in sent if call.honest)
    assert not all(signed(call.body, [call.headers["X-Hub-Signature"]], secrets) for call in sent)
    readable = [_reads(call.body) for call in sent]
    assert 20 < readable.count(False) < 150


def test_the_same_seed_makes_the_same_people_and_calls() -> None:
    def made(seed: int) -> tuple[Flock, list[bytes]]:
        dice = random.Random(seed)
        flock = hatch(census(), dice)
        return flock, [call.body for call in calls(flock, DOORS, 50, dice)]

    assert made(3) == made(3) != made(4)


def test_a_person_is_placed_beside_what_is_wanted() -> None:
    issue = {"fields": {"labels": ["okr-calls"], "project": {"key": "ONB"}}}
    placed(issue, "fields.labels", ["Kanarie"])
    placed(issue, "fields.project.lead", {"name": "Kanarie"})
    placed(issue, "fields.comment.comments[].author", {"name": "Kanarie"})
    placed(issue, "fields.comment.comments[].body", "Kanarie")
    assert issue == {
        "fields": {
            "labels": ["okr-calls", "Kanarie"],
            "project": {"key": "ONB", "lead": {"name": "Kanarie"}},
            "comment": {"comments": [{"author": {"name": "Kanarie"}, "body": "Kanarie"}]},
        }
    }


def verified(*arguments: str, database: str) -> tuple[int, dict[str, object], str]:
    """What `okr privacy verify --json` says and how it ends."""
    done = subprocess.run(
        [sys.executable, "-c", "from connector.cli import main; main()", "privacy", "verify", "--json", *arguments],
        env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "DATABASE_URL": database, "LANG": "C.UTF-8"},
        cwd=Path(database.removeprefix("sqlite:///")).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout), done.stderr


def test_the_house_passes_on_this_machine_and_the_check_is_remembered(sqlite_url: str) -> None:
    status, told, _ = verified("--payloads", "300", database=sqlite_url)
    assert (told["findings"], told["missing"], status) == ([], [], 0)
    assert told["passed"] is told["kept"] is True
    assert told["control"] == {"planted": len(Sink), "found": len(Sink), "not_found": []}
    assert len(told["sinks"]) >= 18  # type: ignore[arg-type]  # a list in JSON
    with Store.open(sqlite_url) as store:
        check = store.proofs.last_check()
    assert check is not None
    assert check.passed
    assert (check.payloads, check.places, check.on) == (300, len(census()), date.fromisoformat(str(told["date"])))


def test_nobody_is_in_a_dump_of_postgresql(postgresql_url: str, tmp_path: Path) -> None:
    prepare(postgresql_url)
    dice, gathered = random.Random(5), Gathered()
    flock = hatch(census(), dice)
    book = Path(str(files("mappings") / "example"))
    with (
        peopled_site(flock) as peopled,
        canary_house(peopled, flock, book, tmp_path, gathered, dice, postgresql_url) as house,
    ):
        assert house.sync() > 1
        house.receive(200)
        house.work()
        assert house.heard.statuses[202] > 50
        gathered.add(Sink.DUMP, dump(postgresql_url))
    scanner = Scanner(flock.canaries)
    assert "onboarding/setup-rate" in gathered.text(Sink.DUMP)
    assert [str(hit) for t in gathered.traces() for hit in scanner.hits(t.sink, t.data)] == []
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE leak (words TEXT)")
        connection.execute("INSERT INTO leak VALUES (%s)", [flock.canaries[5].text])
    assert scanner.hits(Sink.DUMP, dump(postgresql_url))


def dump(url: str) -> bytes:
    """Every row of every table, as PostgreSQL writes it."""
    rows: list[bytes] = []
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        for (table,) in tables:
            with connection.cursor().copy(f'COPY "{table}" TO STDOUT') as copy:
                rows += [f"{table}\t".encode(), *(bytes(part) for part in copy)]
    return b"".join(rows)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_ten_thousand_calls_let_nobody_out(sqlite_url: str) -> None:
    status, told, _ = verified("--payloads", "10000", database=sqlite_url)
    assert (told["findings"], told["missing"], told["payloads"], status) == ([], [], 10_000, 0)


def _reads(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True
