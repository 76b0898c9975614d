"""A copy of the embedded database, taken while everything runs."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine

from connector.errors import Advice, Code, ConnectorError, SettingError
from connector.storage.engine import PATIENCE, is_embedded
from connector.storage.trouble import OTHER, store_unusable

_ELSEWHERE = Advice(
    where="DATABASE_URL",
    what="This database is not a file beside us",
    why="PostgreSQL has its own way to be backed up",
    options=("run `pg_dump --format=custom` on it", "leave it: everything is found again at the sites"),
)


def back_up(engine: Engine, target: Path) -> None:
    """The file holds the database as it is now, whole, readable for its owner only; an existing file is left alone.

    Errors: SettingError where the database is none of our files, or the target is taken; STORE_UNUSABLE otherwise.
    """
    name = engine.url.database
    if not is_embedded(engine) or name is None:
        raise SettingError(Code.SETTING_WRONG, _ELSEWHERE)
    _make(target)
    try:
        with (
            closing(sqlite3.connect(name, timeout=PATIENCE / 1000)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            whole = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.Error:
        whole = False
    if not whole:
        with suppress(OSError):
            target.unlink()
        raise store_unusable(OTHER)


def _make(target: Path) -> None:
    """Private before anything is in it."""
    try:
        os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        return
    except OSError:
        pass
    raise ConnectorError(
        Code.SETTING_WRONG,
        Advice(
            where=str(target),
            what="The copy cannot be put here",
            why="something stands there, or the folder is missing or belongs to another account",
            options=("name a file that is not there yet", "make the folder and give it to this account"),
        ),
    )
