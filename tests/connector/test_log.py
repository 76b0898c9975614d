import io
import json
import logging
import threading
import warnings
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from connector.errors import Advice, Code, ConnectorError
from connector.ledger import Kind
from connector.log import FACTS, LIBRARY_SENTENCE, NOISY, NotLoggable, facts, in_run, start_logging
from mappings.team_text import TeamText

CANARY = "Ada Beispiel"


@dataclass(frozen=True, slots=True)
class Lines:
    """What was logged."""

    stream: io.StringIO

    @property
    def all(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]

    @property
    def one(self) -> dict[str, object]:
        (line,) = self.all
        return line

    @property
    def bytes(self) -> str:
        return self.stream.getvalue()


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Logging as a process sets it up, put back afterwards."""
    root = logging.getLogger()
    before = (root.level, root.handlers[:], logging.raiseExceptions)
    loggers = [logging.getLogger(name) for name in (*NOISY, "connector", "webhooks", "mappings")]
    states = [(logger, logger.level, logger.handlers[:], logger.propagate) for logger in loggers]
    stream = io.StringIO()
    start_logging("INFO", stream)
    yield Lines(stream)
    logging.captureWarnings(False)
    root.setLevel(before[0])
    root.handlers[:] = before[1]
    logging.raiseExceptions = before[2]
    for logger, level, handlers, propagate in states:
        logger.setLevel(level)
        logger.handlers[:] = handlers
        logger.propagate = propagate


OURS = logging.getLogger("connector.sync.engine")


def test_a_line_is_a_sentence_with_typed_fields(lines: Lines) -> None:
    OURS.info("A team was synced", extra=facts(team="onboarding", created=3, seconds=timedelta(milliseconds=1500)))
    line = lines.one
    at = datetime.fromisoformat(str(line.pop("at")))
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)
    assert line == {
        "level": "INFO",
        "logger": "connector.sync.engine",
        "says": "A team was synced",
        "team": "onboarding",
        "created": 3,
        "seconds": 1.5,
    }


def test_a_field_takes_its_type_only(lines: Lines) -> None:
    OURS.info("All", extra=facts(code=Code.NOT_FOUND, kind=Kind.PAGE, day=date(2026, 11, 24), dry=True))
    assert {"code": "not-found", "kind": "page", "day": "2026-11-24", "dry": True}.items() <= lines.one.items()


@pytest.mark.parametrize(
    "given",
    [
        {"team": CANARY},
        {"team": TeamText("ada")},
        {"ref": "ada@example.com"},
        {"created": CANARY},
        {"created": True},
        {"code": CANARY},
        {"code": "not-found"},
        {"seconds": CANARY},
        {"dry": 1},
        {"day": CANARY},
        {"day": datetime(2026, 11, 24, tzinfo=UTC)},
        {"user": "ada"},
        {"payload": {"name": CANARY}},
    ],
)
def test_what_does_not_fit_a_field_is_left_out_and_counted(lines: Lines, given: dict[str, object]) -> None:
    OURS.info("A thing was done", extra=facts(**given))
    assert lines.one["left_out"] == 1
    assert not set(given) & set(lines.one)
    assert "ada" not in lines.bytes.casefold()


def test_no_field_is_named_like_a_part_of_every_line() -> None:
    assert not set(FACTS) & {"at", "level", "logger", "run", "says", "error", "left_out", "place"}


def test_what_is_given_past_the_facts_is_not_looked_at(lines: Lines) -> None:
    OURS.info("A thing was done", extra={"user": CANARY, "facts": CANARY})
    assert CANARY not in lines.bytes


def test_a_sentence_is_never_filled_in(lines: Lines) -> None:
    OURS.warning("Could not read %s", CANARY)
    assert (lines.one["says"], lines.one["left_out"]) == ("Could not read %s", 1)
    assert CANARY not in lines.bytes


def test_a_sentence_that_is_no_text_is_not_made_one(lines: Lines) -> None:
    OURS.warning(ValueError(CANARY))
    OURS.warning({"name": CANARY})
    assert len(lines.all) == 2
    assert CANARY not in lines.bytes


def test_an_error_is_its_type_its_code_and_its_places(lines: Lines) -> None:
    def deeper() -> None:
        try:
            int(CANARY)
        except ValueError as error:
            raise ConnectorError(Code.STORE_UNUSABLE, Advice(what=CANARY)) from error

    try:
        deeper()
    except ConnectorError:
        OURS.exception("A run ended")
    error = lines.one["error"]
    assert isinstance(error, dict)
    assert (error["type"], error["code"], error["from"]) == ("ConnectorError", "store-unusable", "ValueError")
    assert [place.rpartition(":")[0] for place in error["through"]] == [
        f"{__name__}:test_an_error_is_its_type_its_code_and_its_places",
        f"{__name__}:deeper",
    ]
    assert CANARY not in lines.bytes


def test_a_recursion_is_cut(lines: Lines) -> None:
    def down() -> None:
        down()

    try:
        down()
    except RecursionError:
        OURS.exception("Too deep")
    error = lines.one["error"]
    assert isinstance(error, dict)
    assert len(error["through"]) == 40


def test_the_stack_and_the_text_of_an_error_are_not_passed_through(lines: Lines) -> None:
    record = logging.LogRecord("connector.x", logging.ERROR, __file__, 1, "Said", (), None)
    record.exc_text = CANARY
    record.stack_info = CANARY
    OURS.handle(record)
    assert lines.one["says"] == "Said"
    assert CANARY not in lines.bytes


@pytest.mark.parametrize("library", [*NOISY, "psycopg.pool", "some_new_library"])
def test_a_library_is_heard_from_warning_on_and_without_its_words(lines: Lines, library: str) -> None:
    deep = logging.getLogger(f"{library}.deep")
    deep.debug("GET /rest/api/3/user?name=%s", CANARY)
    deep.info("GET /rest/api/3/user?name=%s", CANARY)
    assert lines.all == []
    deep.warning("Retrying %s", CANARY, extra={"team": CANARY})
    line = lines.one
    assert (line["says"], line["logger"], line["level"]) == (LIBRARY_SENTENCE, f"{library}.deep", "WARNING")
    assert str(line["place"]).startswith("test_log:test_a_library_is_heard")
    assert CANARY not in lines.bytes


def test_a_library_that_turned_itself_loud_before_is_capped() -> None:
    loud = logging.getLogger("sqlalchemy")
    loud.setLevel(logging.DEBUG)
    handler = logging.StreamHandler(io.StringIO())
    loud.addHandler(handler)
    stream = io.StringIO()
    try:
        start_logging("DEBUG", stream)
        assert (loud.level, loud.handlers) == (logging.WARNING, [])
    finally:
        loud.setLevel(logging.NOTSET)
        logging.captureWarnings(False)
        logging.getLogger().handlers.clear()


def test_warnings_of_python_come_without_their_words(lines: Lines) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(CANARY, UserWarning, stacklevel=1)
    assert (lines.one["logger"], lines.one["says"]) == ("py.warnings", LIBRARY_SENTENCE)
    assert CANARY not in lines.bytes


def test_our_level_is_the_settings_and_the_libraries_are_not_lowered_by_it(lines: Lines) -> None:
    stream = io.StringIO()
    start_logging("DEBUG", stream)
    OURS.debug("A detail")
    logging.getLogger("urllib3").info("GET")
    start_logging("ERROR", stream)
    OURS.warning("Not now")
    assert [json.loads(line)["says"] for line in stream.getvalue().splitlines()] == ["A detail"]


def test_lines_of_a_run_carry_its_id_and_others_do_not(lines: Lines) -> None:
    OURS.info("Before")
    with in_run("0a1b"):
        OURS.info("Within")
        with in_run("2c3d"):
            OURS.info("Deeper")
        logging.getLogger("urllib3").warning("Retrying")
    OURS.info("After")
    assert [line.get("run") for line in lines.all] == [None, "0a1b", "2c3d", "0a1b", None]


def test_a_thread_carries_the_run_of_the_context_it_got(lines: Lines) -> None:
    with in_run("0a1b"):
        threads = [
            threading.Thread(target=copy_context().run, args=(OURS.info, "In a thread")),
            threading.Thread(target=OURS.info, args=("In a bare thread",)),
        ]
        for thread in threads:
            thread.start()
            thread.join()
    assert [line.get("run") for line in lines.all] == ["0a1b", None]


@pytest.mark.parametrize("run", [CANARY, "", "x" * 4, "0" * 37])
def test_a_run_has_no_name(run: str) -> None:
    with pytest.raises(NotLoggable), in_run(run):
        pass


def test_a_logger_or_level_with_an_odd_name_is_not_quoted(lines: Lines) -> None:
    logging.getLogger(f"site of {CANARY}").error("x")
    assert lines.one["logger"] == "OTHER"
    assert CANARY not in lines.bytes


def test_a_line_is_one_line_whatever_the_sentence(lines: Lines) -> None:
    OURS.info("One\nline – „ganz“")
    assert lines.bytes.count("\n") == 1
    assert lines.one["says"] == "One\nline – „ganz“"
