"""The record is told from the code: no field, column or call without a reason, no reason without its thing."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl

import msgspec
import pytest

from connector.gateways import operations, operations_datacenter
from connector.privacy.bodies import BODIES, Body
from connector.privacy.calls import ASKS, OPERATIONS, PERSON_CLAUSE, UNASKED
from connector.privacy.columns import USES, kept_columns
from connector.privacy.grids import UNSAID, WIRE_USES, use_of
from connector.privacy.periods import PERIODS
from connector.privacy.purposes import Leftover
from connector.privacy.retention import AFTER_A_CYCLE, RUNS, SLOTS
from connector.privacy.sheets import field_rows
from connector.privacy.wire_fields import WireField, shapes, wire_fields
from connector.proofs import Rows
from mappings.okr import Language
from mappings.payload_keys import IDENTITY
from mappings.wire.shape import Wire
from tests.flow.stand import scene

OF_REQUESTS = {"limit", "cursor", "startAt", "maxResults", "notifyUsers", "status"}
NAMES_NO_PERSON = {"assigneeType"}  # a switch of a project: whether new issues get somebody


def test_every_shape_of_the_boundary_belongs_to_a_body() -> None:
    assert {(shape.module, shape.name) for shape in shapes()} == set(BODIES)


def test_every_struct_of_the_boundary_is_reached_by_a_decoder() -> None:
    reached = {struct for shape in shapes() for struct in _structs(shape.type)}
    declared = {one for one in _below(Wire) if one.__module__.startswith("mappings.") and not one.__subclasses__()}
    assert declared
    assert declared - reached == set()


def test_every_declared_field_has_a_use_and_every_use_its_field() -> None:
    assert [f"{field.body}: {field.path}" for field in wire_fields() if use_of(field) is None] == []
    known = {(field.body, field.path) for field in wire_fields()}
    assert [(body, path) for body, uses in WIRE_USES.items() for path in uses if (body, path) not in known] == []


def test_a_field_that_nobody_spoke_of_is_told_as_such() -> None:
    assert use_of(WireField(body=Body.PAGES, path="authorId", kind="text")) is None
    assert use_of(WireField(body=None, path="new.shape", kind="text")) is None


def test_every_column_has_a_use_and_a_period_and_every_use_its_column() -> None:
    assert [column.full_name for column in kept_columns() if column.use is None or not column.shape.check] == []
    assert {column.shape.table for column in kept_columns()} == set(PERIODS)
    known = {column.full_name for column in kept_columns()}
    assert {f"{table}.{name}" for table, uses in USES.items() for name in uses} == known


def test_the_periods_that_are_told_are_those_that_are_kept() -> None:
    assert {text.partition(" ")[0] for text in (PERIODS["runs"].de, PERIODS["runs"].en)} == {str(RUNS.days)}
    assert {text.partition(" ")[0] for text in (PERIODS["slots"].de, PERIODS["slots"].en)} == {str(SLOTS.days)}
    assert timedelta(days=365) == AFTER_A_CYCLE
    assert "ein Jahr nach dem Ende des Zyklus" in PERIODS["answers"].de
    assert set(map(str, Rows)) <= set(PERIODS)


def test_a_field_ends_in_a_column_that_there_is() -> None:
    columns = {column.full_name for column in kept_columns()}
    ends = [use.ends for uses in WIRE_USES.values() for use in uses.values() if not isinstance(use.ends, Leftover)]
    assert {end.strip() for listed in ends for end in listed.split(",")} <= columns


def test_every_call_says_what_it_asks_for() -> None:
    rooms = (*vars(operations).values(), *vars(operations_datacenter).values())
    named = {one for one in rooms if isinstance(one, operations.Operation)}
    assert named == set(OPERATIONS) == set(ASKS)
    assert set(UNASKED) <= {operation.name for operation in OPERATIONS}
    assert {o.name for o, ask in ASKS.items() if ask.unasked} == set(UNASKED)


def test_what_is_sent_unasked_is_declared_nowhere() -> None:
    last = {re.split(r"[.\[]", field.path.rstrip("[]"))[-1] for field in wire_fields()}
    assert last & (IDENTITY - NAMES_NO_PERSON) == set()
    assert "authorId" in IDENTITY  # the list that they are held against knows them
    paths = {field.path for field in wire_fields()}
    assert [path for listed in UNASKED.values() for path in listed if path in paths] == []


def test_the_only_person_clause_is_the_one_that_is_told() -> None:
    assert PERSON_CLAUSE == "assignee IS NOT EMPTY"


@pytest.mark.parametrize("language", list(Language))
def test_every_row_of_the_catalogue_is_whole(language: Language) -> None:
    rows = field_rows(language)
    assert {row["is"] for row in rows} == {"read", "kept"}
    assert len(rows) == len(wire_fields()) + len(kept_columns())
    assert [row["name"] for row in rows if UNSAID in row.values() or not all(row.values())] == []


def test_a_run_asks_for_nothing_but_what_the_record_names(tmp_path: Path) -> None:
    with scene(f"sqlite:///{tmp_path / 'okr.db'}", tmp_path) as on:
        on.sync()
        on.site.clock.advance(timedelta(days=7))
        on.lose_the_database()
        on.sync()
        lines = list(on.site.log.requests())
    named = {operation: {field.partition("=")[0] for field in ask.fields} for operation, ask in ASKS.items()}
    strange = set()
    for line in lines:
        operation = operations.operation_of(OPERATIONS, line.method, line.path.lstrip("/").removeprefix("wiki/"))
        assert operation is not None, line.path
        asked = {name for name, _ in parse_qsl(line.query)} - OF_REQUESTS
        strange |= {(operation.name, name) for name in asked - named[operation]}
    assert lines
    assert strange == set()


def _structs(kind: object) -> list[type]:
    found: list[type] = []
    waiting = [msgspec.inspect.type_info(kind)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, msgspec.inspect.StructType):
            found.append(one.cls)
            waiting += [field.type for field in one.fields]
        waiting += [getattr(one, name) for name in ("item_type", "value_type") if hasattr(one, name)]
        waiting += list(getattr(one, "types", ()))
    return found


def _below(kind: type) -> list[type]:
    return [one for child in kind.__subclasses__() for one in (child, *_below(child))]
