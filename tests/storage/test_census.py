"""Law 4: nothing but ids, versions, digests, numbers, enums and weeks can be kept, on either database."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Text,
    inspect,
    text,
)
from sqlalchemy import Integer as Whole
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateTable

from connector.arrivals import Sender
from connector.errors import Code
from connector.gateways.operations import CONFLUENCE, GRANT, JIRA, METRIC, Operation
from connector.ledger import Answer, Kind, Resource, RunRecord
from connector.proofs import Check, Deletion, Rows
from connector.quota import QuotaLeft
from connector.rhythms import WrittenRhythm
from connector.rings import Slot, SlotKind
from connector.storage.engine import engine_of
from connector.storage.schema import migrate
from connector.storage.shapes import UTCDateTime
from connector.storage.store import Store
from connector.storage.tables import metadata, revision
from mappings.calendar import IsoWeek, Rhythm, Weekday
from mappings.indicators import Reading
from mappings.okr import CheckInAnswers, HypothesisState
from mappings.open_cells import CellKind, OpenCell

NUMBERS_AND_TIMES = (Whole, Numeric, Date, DateTime, UTCDateTime)
PERSON = re.compile(
    r"account|assign|author|avatar|born|by$|creator|display|e?mail|first|last|login|member|name|nick|owner|people|person"
    r"|phone|profile|reporter|user|voter|watch|who|worker",
)
TABLES = [*metadata.sorted_tables, revision]
COLUMNS = [(table.name, column.name) for table in TABLES for column in table.columns]
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 24)

SENTENCES = [
    "Ada Beispiel hat das geschrieben",
    "ada",
    "ada@example.com",
    "5b10ac8d82e05b22cc7d4ef5",
    "712020:3a2f0b1c-0000-4000-8000-00000000000a",
    "Ä",
    "",
    "x" * 301,
    "a\nb",
]


def is_text(column: Any) -> bool:
    return not isinstance(column["type"] if isinstance(column, dict) else column.type, NUMBERS_AND_TIMES)


def checks_of(table: Any, dialect: str) -> list[str]:
    """The conditions a table is made with on that database."""
    return [
        str(constraint.sqltext)
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
        and (constraint._ddl_if is None or constraint._ddl_if.dialect == dialect)
    ]


def columns_at_large(tables: list[Any], dialect: str) -> list[str]:
    """The text columns that no condition speaks of."""
    return [
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if is_text(column) and not any(f'"{column.name}"' in check for check in checks_of(table, dialect))
    ]


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_every_text_column_of_the_metadata_has_a_check(dialect: str) -> None:
    assert columns_at_large(TABLES, dialect) == []


def test_the_census_finds_a_column_at_large() -> None:
    planted = Table("planted", MetaData(), Column("note", Text), Column("count", Whole))
    assert columns_at_large([planted], "sqlite") == ["planted.note"]


def test_every_text_column_of_the_migrated_database_has_a_check(engine: Engine) -> None:
    inspector = inspect(engine)
    names = inspector.get_table_names()
    assert set(names) == {table.name for table in TABLES}
    for name in names:
        conditions = " ".join(check["sqltext"] for check in inspector.get_check_constraints(name))
        for column in inspector.get_columns(name):
            if is_text(column):
                assert re.search(rf"\b{column['name']}\b", conditions), f"{name}.{column['name']} has no CHECK"


def test_no_column_holds_json_or_bytes(engine: Engine) -> None:
    inspector = inspect(engine)
    reflected = [column["type"] for name in inspector.get_table_names() for column in inspector.get_columns(name)]
    declared = [column.type for table in TABLES for column in table.columns]
    assert len(reflected) == len(declared)
    assert not [type_ for type_ in [*reflected, *declared] if isinstance(type_, (JSON, LargeBinary))]
    assert not [type_ for type_ in reflected if re.search("JSON|BLOB|BYTEA|XML|ARRAY|HSTORE", str(type_).upper())]


def test_no_column_is_named_like_a_person() -> None:
    assert [column for _, column in COLUMNS if PERSON.search(column)] == []
    assert PERSON.search("author_id")
    assert PERSON.search("created_by")


def test_tables_are_what_the_metadata_says_and_no_more(engine: Engine) -> None:
    """Views, triggers and other places of text would show here."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            kinds = set(connection.execute(text("SELECT type FROM sqlite_master")).scalars())
            assert kinds == {"table", "index"}
        else:
            assert inspect(engine).get_view_names() == []


SAID = tuple(QuotaLeft(product=product, limit=65_000, remaining=64_000) for product in ("Confluence", "Jira"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Engine]:
    """One whole row in every table; what tests try is taken back."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('census') / 'okr.db'}"
    else:
        url = request.getfixturevalue("postgresql_server").empty(f"okr_{worker_id}_census")
    engine = engine_of(url)
    migrate(engine)
    _fill(Store(engine))
    yield engine
    engine.dispose()


def _fill(store: Store) -> None:
    store.keep([Resource(kind=Kind.PAGE, ref="home/ONB", remote_id="7", version=1, digest="0a1b2c3d", since=NOW)])
    store.add_readings([Reading(indicator="onboarding/calls", on=date(2026, 11, 24), value=Decimal("1.5"))])
    answers = CheckInAnswers(state=HypothesisState.OPEN, confidence=5, observed=(("calls", Decimal(3)),))
    store.keep_answers(
        [Answer(team="onboarding", week=IsoWeek(2026, 48), key_result="onboarding/2026-q4/a/b", answers=answers)]
    )
    counts = dict.fromkeys(("created", "updated", "retired", "unchanged", "drift", "failed", "reads", "writes"), 0)
    guess = OpenCell(
        team="onboarding",
        week=IsoWeek(2026, 48),
        key_result="onboarding/2026-q4/a/b",
        kind=CellKind.NUMBER,
        indicator="calls",
    )
    store.keep_open_cells([("onboarding", IsoWeek(2026, 48))], [guess])
    store.record_run(
        RunRecord(started=NOW, finished=NOW, by_operation=(("jira.search", 2),), points=9, quota=SAID, **counts)
    )
    store.arrivals.note(Sender.JIRA, DAY)
    rhythm = Rhythm(
        check_in=Weekday.TUESDAY,
        at=time(9),
        reviews=(("2026-Q4", DAY),),
        quiet_weeks=frozenset({IsoWeek(2026, 52)}),
    )
    store.keep_rhythms([WrittenRhythm(team="onboarding", cycle="2026-q4", valid_from=DAY, rhythm=rhythm)])
    store.slot_ledger.serve([Slot(team="onboarding", kind=SlotKind.CHECK_IN, slot="2026-W48")], NOW)
    store.proofs.record(
        Check(on=DAY, places=230, payloads=300, encodings=25, sinks=18, hits=0, planted=20, found=20, missing=0)
    )
    store.proofs.note([Deletion(on=DAY, rows=Rows.READINGS, count=3)])
    claims = store.ring_ledger.claim(NOW, timedelta(minutes=5), 1)
    for _ in range(8):
        store.ring_ledger.give_back(claims, NOW, NOW, Code.SPACE_MISSING)
        claims = store.ring_ledger.take(["onboarding"], NOW, timedelta(minutes=5))


# Where an id of ours stands, a word that could be one cannot be told from it: there the import law stands guard.
COULD_BE_OURS = {"ada", "5b10ac8d82e05b22cc7d4ef5"}
TEAMS = {"answers.team", "answers_observed.team", "open_cells.team", "rings.team", "slots.team"}
PLANS = {f"{table}.{column}" for table in ("rhythms", "rhythm_quiet_weeks") for column in ("team", "cycle")}
IDS_OF_OURS = {"resources.ref", "answers_observed.indicator", "open_cells.indicator", *TEAMS, *PLANS}


def test_words_are_refused_in_every_column(filled: Engine) -> None:
    """Also in columns of numbers and times: SQLite would take any text in any of them."""
    accepted = []
    for table, column in COLUMNS:
        for sentence in SENTENCES:
            if sentence in COULD_BE_OURS and f"{table}.{column}" in IDS_OF_OURS:
                continue
            if _takes(filled, table, column, sentence):
                accepted.append(f"{table}.{column}: {sentence!r}")
    assert accepted == []


@pytest.mark.parametrize("hidden", ["0a1b2c\0Ada", "7\0Ada", "2026-W48\0Ada", "home/ONB\0Ada", "a/b\0Ada"])
def test_nothing_hides_behind_a_nul(filled: Engine, hidden: str) -> None:
    assert not [place for place in COLUMNS if _takes(filled, *place, hidden)]


def test_sqlite_refuses_bytes_in_every_column(filled: Engine) -> None:
    if filled.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's types refuse bytes by themselves")
    assert not [place for place in COLUMNS if _takes(filled, *place, b"Ada Beispiel")]


@pytest.mark.parametrize(
    ("table", "column", "value", "taken"),
    [
        ("resources", "remote_id", "98304", True),
        ("resources", "remote_id", "JIRAUSER10100", False),
        ("resources", "remote_id", "1" * 21, False),
        ("resources", "digest", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", True),
        ("resources", "digest", "abc", False),
        ("resources", "digest", "0123456789abcdef01234567", False),
        ("resources", "version", -1, False),
        ("resources", "kind", "note", False),
        ("resources", "ref", "home/~ada", False),
        ("answers", "state", "supported", True),
        ("answers", "state", "red", False),
        ("answers_observed", "place", -1, False),
        ("open_cells", "place", -1, False),
        ("open_cells", "kind", "note", False),
        ("open_cells", "kind", "state", False),
        ("open_cells", "key_result", None, False),
        ("open_cells", "indicator", None, False),
        ("open_cells", "repeats", 1, True),
        ("open_cells", "repeats", 2, False),
        ("readings", "digits", 19, False),
        ("readings", "units", None, False),
        ("readings", "indicator", "onboarding", False),
        ("readings", "indicator", "a/b/c", False),
        ("readings", "indicator", "/b", False),
        ("rings", "team", "*", True),
        ("rings", "team", "**", False),
        ("rings", "team", "a*", False),
        ("rings", "team", "*\0Ada", False),
        ("rings", "cause", "somebody", False),
        ("rings", "generation", 0, False),
        ("rings", "attempts", -1, False),
        ("rings", "parked", "not-found", True),
        ("rings", "parked", "ada", False),
        ("rings", "parked", "-ada", False),
        ("rings", "parked", "not-found-", False),
        ("rings", "token", None, False),
        ("rings", "until", None, False),
        ("fence", "id", 2, False),
        ("fence", "token", -1, False),
        ("slots", "kind", "meeting", False),
        ("slots", "slot", "2026-W53", True),
        ("slots", "slot", "2026-W54", False),
        ("slots", "slot", "2026-11-24", True),
        ("slots", "slot", "2026-11-24T10:05", True),
        ("slots", "slot", "2026-11-24T10", False),
        ("slots", "slot", "2026-W48T10:05", False),
        ("runs", "points", None, True),
        ("runs", "points", -1, False),
        ("runs", "jira_limit", 0, False),
        ("runs", "jira_limit", None, False),
        ("runs", "confluence_remaining", 0, True),
        ("runs", "confluence_remaining", -1, False),
        ("runs", "confluence_remaining", 10**12 + 1, False),
        ("run_totals", "points", -1, False),
        ("run_requests", "operation", "confluence.page.create", True),
        ("run_requests", "operation", "metric", True),
        ("run_requests", "operation", "metrics", False),
        ("run_requests", "operation", "jira.", False),
        ("run_requests", "operation", "jira.Ada", False),
        ("run_requests", "count", 0, False),
        ("run_totals", "id", 2, False),
        ("run_totals", "reads", -1, False),
        ("request_totals", "operation", "ada.search", False),
        ("request_totals", "operation", "confluence.labels", True),
        ("request_totals", "count", -1, False),
        ("arrivals", "sender", "readings", True),
        ("arrivals", "sender", "readings/onboarding", False),
        ("arrivals", "on", "24.11.2026", False),
        ("rhythms", "weekday", 5, False),
        ("rhythms", "minute", 1440, False),
        ("rhythms", "every", 0, False),
        ("rhythms", "every", None, False),
        ("rhythms", "review", None, True),
        ("rhythms", "valid_from", "24.11.2026", False),
        ("rhythm_quiet_weeks", "week", "2026-W54", False),
        ("resources", "kind", "plan", True),
        ("deletions", "rows", "rhythms", True),
        ("deletions", "rows", "people", False),
        ("deletions", "deleted", -1, False),
        ("selfchecks", "hits", -1, False),
        ("selfchecks", "on", "24.11.2026", False),
        ("alembic_version", "version_num", "main", False),
    ],
)
def test_a_column_takes_its_shape_and_nothing_else(
    filled: Engine, table: str, column: str, value: object, taken: bool
) -> None:
    assert _takes(filled, table, column, value) is taken


@pytest.mark.parametrize(
    ("week", "taken"),
    [("2026-W01", True), ("2026-W53", True), ("2026-W00", False), ("2026-W54", False), ("2026-48", False)],
)
def test_a_week_is_an_iso_week(filled: Engine, week: str, taken: bool) -> None:
    assert _takes(filled, "answers", "week", week, without="answers_observed") is taken


@pytest.mark.parametrize("key_result", ["a/b/c", "a/b/c/d/e", "a//b/c", "/a/b/c", "a/b/c/", "A/b/c/d"])
def test_a_key_result_has_four_parts(filled: Engine, key_result: str) -> None:
    assert not _takes(filled, "answers", "key_result", key_result, without="answers_observed")
    assert _takes(filled, "answers", "key_result", "a/b/c/d", without="answers_observed")


@pytest.mark.parametrize("code", list(Code))
def test_every_code_can_stand_where_a_ring_is_parked(filled: Engine, code: Code) -> None:
    assert _takes(filled, "rings", "parked", code.value)


@pytest.mark.parametrize("operation", [*JIRA, *CONFLUENCE, GRANT, METRIC], ids=lambda operation: operation.name)
def test_every_operation_can_be_counted(filled: Engine, operation: Operation) -> None:
    assert _takes(filled, "run_requests", "operation", operation.name)
    assert _takes(filled, "request_totals", "operation", operation.name)


def test_a_table_is_made_with_one_check_a_column_not_with_both_dialects() -> None:
    for table in TABLES:
        assert " ~ " not in str(CreateTable(table).compile(dialect=sqlite.dialect()))
        assert "GLOB" not in str(CreateTable(table).compile(dialect=postgresql.dialect()))


def _takes(engine: Engine, table: str, column: str, value: object, without: str | None = None) -> bool:
    """Whether the row of that table could hold the value there; nothing is kept of the try.

    `without`: a table whose rows belong to that row and would be left behind.
    """
    with engine.connect() as connection:
        attempt = connection.begin()
        try:
            if without is not None:
                connection.execute(text(f"DELETE FROM {without}"))  # noqa: S608 (a name of our own tables)
            statement = f'UPDATE {table} SET "{column}" = :value'  # noqa: S608 (names of our own tables)
            connection.execute(text(statement), {"value": value})
        except (DBAPIError, ValueError):
            return False
        finally:
            attempt.rollback()
    return True
