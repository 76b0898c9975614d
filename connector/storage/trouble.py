"""What a person reads when the database fails: our own words, chosen by the database's error class."""

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from connector.errors import Advice, Code, ConnectorError

BUSY = Advice(
    what="The database was busy for too long",
    why="another process is writing",
    options=("run again", "end a run that hangs"),
)
_FULL = Advice(
    what="The database cannot grow",
    why="the disk is full",
    options=("make room on the disk and run again", "name a place with more room in DATABASE_URL"),
)
_DENIED = Advice(
    what="The database may not be written",
    why="this account lacks the right",
    options=("give the account the right to write", "name another database in DATABASE_URL"),
)
_BROKEN = Advice(
    what="The database cannot be read",
    why="the file is damaged or is no database of ours",
    options=(
        "move the file away and run `okr sync`: everything is found again",
        "restore it from a backup, and remove its -wal and -shm files",
    ),
)
_FAILING = Advice(
    what="The disk did not do what the database asked for",
    why="reading or writing failed below the database",
    options=("look for errors of the disk in the system's log", "name a place on another disk in DATABASE_URL"),
)
_UNREACHABLE = Advice(
    what="The database does not answer",
    why="the server is down, refuses the account, or has no such database",
    options=("check host, account and database in DATABASE_URL", "start the server and run again"),
)
REFUSED = Advice(
    what="A row was refused",
    why="only ids, versions, digests, numbers, closed lists and weeks are kept",
    options=("check the ids in the mapping files with `okr lint`", "report this with the version of okr-connector"),
)
_OLD = Advice(
    what="The database has not the tables of this version",
    why="it was not migrated, or belongs to something else",
    options=("run `okr migrate`", "name another database in DATABASE_URL"),
)
OTHER = Advice(
    what="The database could not do what was asked",
    why="nothing of this step was kept",
    options=("run again", "check the database and its log"),
)

_SQLITE = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _DENIED,
    "SQLITE_PERM": _DENIED,
    "SQLITE_AUTH": _DENIED,
    "SQLITE_CANTOPEN": _DENIED,
    "SQLITE_CORRUPT": _BROKEN,
    "SQLITE_NOTADB": _BROKEN,
    "SQLITE_IOERR": _FAILING,
    "SQLITE_CONSTRAINT": REFUSED,
    "SQLITE_MISMATCH": REFUSED,
    "SQLITE_ERROR": _OLD,
}
_POSTGRESQL = {  # by SQLSTATE, the longest fitting beginning counts
    "08": _UNREACHABLE,
    "22": REFUSED,
    "23": REFUSED,
    "25006": _DENIED,
    "28": _UNREACHABLE,
    "3D": _UNREACHABLE,
    "40": BUSY,
    "42": _OLD,
    "42501": _DENIED,
    "53": BUSY,
    "53100": _FULL,
    "55P03": BUSY,
    "57": _UNREACHABLE,
    "57014": BUSY,  # our own patience ended
    "58": _FAILING,
    "XX": _BROKEN,
}


def store_unusable(advice: Advice) -> ConnectorError:
    """The one error of this room."""
    return ConnectorError(Code.STORE_UNUSABLE, advice)


def advice_for(error: SQLAlchemyError) -> Advice:
    """Our words for a failure; nothing of the library's text, which may quote a row."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", "")
        return next((advice for known, advice in _SQLITE.items() if name.startswith(known)), OTHER)
    if cause is not None and hasattr(cause, "sqlstate"):
        return _by_state(cause.sqlstate)
    return OTHER


def _by_state(state: str | None) -> Advice:
    if state is None:  # no server said anything: the connection itself failed
        return _UNREACHABLE
    fitting = [known for known in _POSTGRESQL if state.startswith(known)]
    return _POSTGRESQL[max(fitting, key=len)] if fitting else OTHER
