"""What the house says about itself: constant sentences with typed fields, one JSON object a line.

A log line cannot hold words of people or of sites: sentences are written in the code and never filled in, a fact is of
a closed list and of its type, a library's line is its logger and place without its text, an error is its type, our code
and the places it came through.

    log = logging.getLogger(__name__)
    log.info("A team was synced", extra=facts(team="onboarding", created=3))
"""

import json
import logging
import logging.config
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from types import TracebackType
from typing import Final, TextIO, TypeAlias

from connector.errors import ConnectorError

Value: TypeAlias = str | int | float | bool | None

HOUSE: Final = frozenset({"connector", "webhooks", "mappings"})
NOISY: Final = ("atlassian", "urllib3", "requests", "sqlalchemy", "alembic", "werkzeug", "matplotlib", "apscheduler")
LIBRARY_SENTENCE: Final = "A library reported something"
CRASH_SENTENCE: Final = "An error was not caught"
UNWRITTEN_SENTENCE: Final = "A sentence was not written as text"

_ID = re.compile(r"[A-Za-z0-9/.*>_-]{1,300}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,120}")
_RUN = re.compile(r"[0-9a-f-]{1,36}")
_DEEPEST = 40  # places of one traceback; a recursion has thousands

_run: ContextVar[str | None] = ContextVar("okr_run", default=None)


class NotLoggable(ValueError):
    """A value that cannot stand in a line under that name."""


def _count(value: object) -> Value:
    if isinstance(value, bool) or not isinstance(value, int):
        raise NotLoggable
    return value


def _id(value: object) -> Value:
    text = str(value) if isinstance(value, (str, StrEnum)) else ""
    if not _ID.fullmatch(text):
        raise NotLoggable
    return text


def _listed(value: object) -> Value:
    if not isinstance(value, StrEnum):
        raise NotLoggable
    return value.value


def _seconds(value: object) -> Value:
    if isinstance(value, timedelta):
        return round(value.total_seconds(), 3)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise NotLoggable
    return round(value, 3)


def _switch(value: object) -> Value:
    if not isinstance(value, bool):
        raise NotLoggable
    return value


def _day(value: object) -> Value:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise NotLoggable
    return value.isoformat()


# Every fact there is, and what it takes; one that gets something else is left out and counted.
FACTS: Final[Mapping[str, Callable[[object], Value]]] = {
    **dict.fromkeys(("team", "cycle", "ref", "operation", "role"), _id),
    **dict.fromkeys(("code", "kind", "product"), _listed),
    **dict.fromkeys(("created", "updated", "retired", "unchanged", "drift", "failed", "reads", "writes"), _count),
    **dict.fromkeys(("teams", "changes", "readings", "attempt", "status", "port", "dropped", "number"), _count),
    **dict.fromkeys(("seconds", "retry_after"), _seconds),
    **dict.fromkeys(("dry", "forced"), _switch),
    **dict.fromkeys(("day",), _day),
}
_GIVEN = "facts"  # under a name of their own: a log record has a `created` already


def facts(**given: object) -> dict[str, object]:
    """What a line tells beside its sentence, for `extra=`; the names are those of `FACTS`."""
    return {_GIVEN: given}


class Lines(logging.Formatter):
    """One JSON object a record; total, whatever the record holds."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without a line break."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname if _NAME.fullmatch(record.levelname) else "OTHER",
            "logger": record.name if _NAME.fullmatch(record.name) else "OTHER",
        }
        run = _run.get()
        if run is not None:
            line["run"] = run
        if record.name.partition(".")[0] in HOUSE:
            line |= _of_house(record)
        else:
            line |= {"says": LIBRARY_SENTENCE, "place": _place(record.module, record.funcName, record.lineno)}
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            line["error"] = told(record.exc_info[1])
        return json.dumps(line)  # in ASCII: some signs end a line for those who read it


def _of_house(record: logging.LogRecord) -> dict[str, object]:
    """The sentence as it stands in the code: what would be filled in is not looked at."""
    line: dict[str, object] = {"says": record.msg if type(record.msg) is str else UNWRITTEN_SENTENCE}
    given = record.__dict__.get(_GIVEN, {})
    left_out = 1 if record.args else 0
    for name, value in given.items() if isinstance(given, dict) else ():
        try:
            line[name] = FACTS[name](value)
        except (KeyError, NotLoggable):
            left_out += 1
    return line | ({"left_out": left_out} if left_out else {})


def told(error: BaseException) -> dict[str, object]:
    """An error as its type, our code where it has one, the places it came through, and what it came from."""
    story: dict[str, object] = {"type": type(error).__qualname__}
    if isinstance(error, ConnectorError):
        story["code"] = error.code.value
    story["through"] = list(places(error))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        story["from"] = type(cause).__qualname__
    return story


def places(error: BaseException) -> Iterator[str]:
    """The places in code that an error came through, the outermost first; nothing of what it says or held."""
    at: TracebackType | None = error.__traceback__
    for _ in range(_DEEPEST):
        if at is None:
            return
        frame = at.tb_frame
        yield _place(str(frame.f_globals.get("__name__")), frame.f_code.co_name, at.tb_lineno)
        at = at.tb_next


def _place(module: str, function: str | None, line: int) -> str:
    """`module:function:line`; no path, since folders of a machine may be called like its people."""
    return f"{module if _NAME.fullmatch(module) else 'OTHER'}:{function}:{line}"


def tell_crashes(stream: TextIO) -> None:
    """From here on an error that nobody caught ends its thread with one such line, not with a text of its own."""

    def crashed(error: BaseException | None) -> None:
        if error is not None and not isinstance(error, SystemExit):
            print(json.dumps({"level": "CRITICAL", "says": CRASH_SENTENCE, "error": told(error)}), file=stream)

    sys.excepthook = lambda kind, error, at: crashed(error)
    threading.excepthook = lambda crash: crashed(crash.exc_value)
    sys.unraisablehook = lambda crash: crashed(crash.exc_value)


@contextmanager
def in_run(run: str) -> Iterator[None]:
    """Every line within carries this run's id: hex digits, made by the caller; threads get it by `copy_context`."""
    if not _RUN.fullmatch(run):
        raise NotLoggable("a run's id is up to 36 hex digits and dashes")
    token = _run.set(run)
    try:
        yield
    finally:
        _run.reset(token)


def start_logging(level: str, stream: TextIO) -> None:
    """From here on everything that is logged goes to `stream`: ours from `level` on, libraries from WARNING on."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"lines": {"()": Lines}},
            "handlers": {"stream": {"class": "logging.StreamHandler", "stream": stream, "formatter": "lines"}},
            "loggers": {
                **{room: {"level": level} for room in sorted(HOUSE)},
                **{library: {"level": "WARNING", "handlers": [], "propagate": True} for library in NOISY},
            },
            "root": {"level": "WARNING", "handlers": ["stream"]},
        }
    )
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a stream that is gone must not bring a traceback with text
