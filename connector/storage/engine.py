"""How a database is opened: SQLite with every commit on the disk, or PostgreSQL when one machine is not enough."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from connector.errors import Advice, Code, ConnectorError, SettingError

PATIENCE = 30_000  # milliseconds to wait for another writer
JOURNAL = 4 * 2**20  # bytes that the write-ahead log keeps of the disk when a long reader had let it grow
READING = "okr_reading"  # execution option: this connection only reads, so it takes no write lock

_PRAGMAS = (
    f"busy_timeout={PATIENCE}",  # first: the switch to WAL below may have to wait for another process
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL may lose the last commits at a power cut, and with them an intent
    "foreign_keys=ON",
    "secure_delete=ON",
    f"journal_size_limit={JOURNAL}",
)
_OPTIONS = ("write sqlite:///okr.db for a file", "write postgresql://user:password@host/database")


def engine_of(url: str) -> Engine:
    """An engine for `DATABASE_URL`, not yet connected; the embedded file is made, readable for its owner only.

    Errors: SettingError for an address that is neither SQLite nor PostgreSQL; STORE_UNUSABLE for a file that cannot be.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    return _postgresql(address)


def is_embedded(engine: Engine) -> bool:
    """Whether the database is our own file beside us."""
    return engine.dialect.name == "sqlite"


def _address(url: str) -> URL:
    if url.startswith("postgres://"):  # as some platforms still hand it out
        url = url.replace("postgres://", "postgresql://", 1)
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        address = None
    if address is None or address.drivername not in {"sqlite", "postgresql", "postgresql+psycopg"}:
        raise SettingError(
            Code.SETTING_WRONG,
            Advice(
                where="DATABASE_URL",
                what="This is no address of a database we can use",
                why="SQLite and PostgreSQL are supported",
                options=_OPTIONS,
            ),
        )
    return address


def _sqlite(address: URL) -> Engine:
    name = address.database or ""
    if name in {"", ":memory:"} or name.startswith("file:"):
        raise SettingError(
            Code.SETTING_WRONG,
            Advice(
                where="DATABASE_URL",
                what="The database must be a plain file",
                why="what is kept in memory is lost when the process ends, and creates would be done twice",
                options=_OPTIONS,
            ),
        )
    _make_private(Path(name))
    engine = create_engine(address, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _postgresql(address: URL) -> Engine:
    try:
        return create_engine(
            address.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, "tcp_user_timeout": 10_000},  # a network that fell silent is noticed
        )
    except ImportError:
        pass
    raise ConnectorError(
        Code.STORE_UNUSABLE,
        Advice(
            where="DATABASE_URL",
            what="The driver for PostgreSQL is not installed",
            why="it comes with the extra `postgresql`",
            options=("install okr-connector[postgresql]", "use a file: sqlite:///okr.db"),
        ),
    )


def _make_private(file: Path) -> None:
    """Made before SQLite would make it, so that it is never readable for others; journal files take the same mode."""
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        if os.name == "posix" and file.stat().st_mode & 0o077:
            file.chmod(0o600)
        return
    except OSError:
        pass
    raise ConnectorError(
        Code.STORE_UNUSABLE,
        Advice(
            where="DATABASE_URL",
            what="The database file cannot be opened for writing",
            why="its folder is missing or the file belongs to another account",
            options=("make the folder and give it to this account", "name another file in DATABASE_URL"),
        ),
    )


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves; the driver would begin too late
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: what it read cannot be changed by another before it writes."""
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
