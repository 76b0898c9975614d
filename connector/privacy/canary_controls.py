"""The counter-check: a leak planted in every sink, through the same hands that gather, must be found there."""

import base64
import logging
import os
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

from flask import Flask, Response

from connector.privacy.canary_answers import asked
from connector.privacy.canary_marks import Canary, Flock, Shape
from connector.privacy.canary_sinks import (
    Gathered,
    Sink,
    gather_database,
    gather_error,
    gather_files,
    gather_process,
    gather_records,
)
from connector.privacy.canary_site import PeopledSite
from connector.sandbox.server import listening

_TALKING: Final = """
import sys
print(sys.argv[1], flush=True)
print(sys.argv[1], file=sys.stderr, flush=True)
sys.stdin.read()
"""


def leaks(peopled: PeopledSite, flock: Flock, folder: Path) -> tuple[Gathered, Mapping[Sink, Canary]]:
    """What came out of things that do leak, and which canary each of them let go."""
    gathered = Gathered()
    folder.mkdir()
    victims = dict(zip(Sink, _some(flock), strict=False))
    _from_database(gathered, victims, folder)
    _from_memory(gathered, victims)
    _from_a_process(gathered, victims)
    _from_the_web(gathered, victims)
    _to_the_site(gathered, victims, peopled)
    (folder / "left.txt").write_bytes(zlib.compress(victims[Sink.FILES].text.encode()))
    (folder / "database").mkdir(exist_ok=True)
    gather_files(gathered, folder)
    gathered.add(Sink.DUMP, victims[Sink.DUMP].text.encode("utf-16-le"))
    return gathered, victims


def _some(flock: Flock) -> Iterator[Canary]:
    """Canaries of many places and of changing shape."""
    shapes = (Shape.NAME, Shape.ID, Shape.UNICODE, Shape.MAIL, Shape.RTL, Shape.SHORT, Shape.URL)
    for number, place in enumerate(list(flock.of)[:: max(1, len(flock.of) // (2 * len(Sink)))]):
        yield flock.of[place][shapes[number % len(shapes)]]


def _from_database(gathered: Gathered, victims: Mapping[Sink, Canary], folder: Path) -> None:
    file = folder / "leak.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE leak (words TEXT)")
        words = [(victims[sink].text,) for sink in (Sink.DATABASE, Sink.BACKUP)]
        connection.executemany("INSERT INTO leak VALUES (?)", words)
        connection.commit()
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("INSERT INTO leak VALUES (?)", (victims[Sink.WAL].text,))
        connection.commit()
        gather_database(gathered, file, folder / "leak-backup.db")
    gathered.add(Sink.SHM, bytes(64) + victims[Sink.SHM].text.encode("utf-16-be"))  # SQLite puts no words there itself


def _from_memory(gathered: Gathered, victims: Mapping[Sink, Canary]) -> None:
    line = logging.Formatter("%(message)s").format(
        logging.LogRecord("leak", logging.INFO, "leak.py", 1, "User %s", (victims[Sink.LOG].text,), None)
    )
    gathered.add(Sink.LOG, line)
    gather_records(gathered, [{"author": victims[Sink.RECORDS].text}])
    for victim, with_locals in ((victims[Sink.EXCEPTIONS], False), (victims[Sink.TRACEBACKS], True)):
        try:
            _fail(victim.text, spoken=not with_locals)
        except ValueError as error:
            gather_error(gathered, error, with_locals=with_locals)


def _fail(words: str, *, spoken: bool) -> None:
    raise ValueError(words if spoken else len(words))


def _from_a_process(gathered: Gathered, victims: Mapping[Sink, Canary]) -> None:
    spoken, secret = victims[Sink.COMMAND_LINE], victims[Sink.ENVIRONMENT]
    process = subprocess.Popen(
        [sys.executable, "-c", _TALKING, f"{spoken.text} {victims[Sink.STDOUT].text} {victims[Sink.STDERR].text}"],
        env={"LEAK": secret.text, "PYTHONUTF8": "1", "PATH": os.defpath},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    if process.stdout is not None:
        gathered.add(Sink.STDOUT, process.stdout.readline())
    gather_process(gathered, process.pid)
    _, told = process.communicate()
    gathered.add(Sink.STDERR, told)


def _from_the_web(gathered: Gathered, victims: Mapping[Sink, Canary]) -> None:
    app = Flask("leak")

    @app.get("/")
    def leak() -> Response:
        return Response(quote(victims[Sink.RESPONSES].text), headers={"X-Who": quote(victims[Sink.HEADERS].text)})

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(f'seen{{user="{victims[Sink.METRICS].text}"}} 1')

    @app.get("/status")
    def status() -> Response:
        return Response(base64.b64encode(b"by " + victims[Sink.PAGES_FOR_PEOPLE].text.encode()))

    with listening(app) as web:
        _, headers, body = asked(web, "GET", "/", b"", {})
        gathered.add(Sink.RESPONSES, body)
        gathered.add(Sink.HEADERS, *(f"{name}: {value}" for name, value in headers))
        gathered.add(Sink.METRICS, asked(web, "GET", "/metrics", b"", {})[2])
        gathered.add(Sink.PAGES_FOR_PEOPLE, asked(web, "GET", "/status", b"", {})[2])


def _to_the_site(gathered: Gathered, victims: Mapping[Sink, Canary], peopled: PeopledSite) -> None:
    before = len(peopled.asked)
    path = f"/rest/api/3/issue/ONB-12?who={quote(victims[Sink.ADDRESSES].text)}"
    asked(peopled.address, "PUT", path, victims[Sink.WRITTEN].text.encode(), {})
    for request in peopled.asked[before:]:
        gathered.add(Sink.WRITTEN, request.body)
        gathered.add(Sink.ADDRESSES, f"{request.path}?{request.query}")
