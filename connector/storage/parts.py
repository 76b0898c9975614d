"""What tables are made of: one home for all of them, and columns that carry the CHECK of their shape."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, MetaData, SmallInteger
from sqlalchemy.types import TypeEngine

from connector.storage.shapes import Shape, checks, whole

MOST_DIGITS = 18  # a value is a whole number of up to so many digits, and a place for its point

NAMES = {"pk": "pk_%(table_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s", "fk": "fk_%(table_name)s"}

ROW_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only what is called INTEGER

metadata = MetaData(naming_convention=NAMES)


def column(
    name: str, type_: TypeEngine[Any], shape: Shape, *, key: bool = False, empty: bool = False
) -> Iterator[Column[Any] | CheckConstraint]:
    """A column and its CHECK; `empty`: it may be absent."""
    yield Column(name, type_, primary_key=key, nullable=empty)
    yield from checks(name, shape)


def value() -> Iterator[Column[Any] | CheckConstraint]:
    """A decimal, exactly: `units` scaled down by `digits` places; both absent means unknown."""
    most = 10**MOST_DIGITS - 1
    yield from column("units", BigInteger(), whole(-most, most), empty=True)
    yield from column("digits", SmallInteger(), whole(0, MOST_DIGITS), empty=True)
    yield CheckConstraint('("units" IS NULL) = ("digits" IS NULL)', name="value")
