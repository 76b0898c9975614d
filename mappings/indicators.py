"""Leading and lagging indicators, where their values come from, and which epics are evidence for them."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import Final

from mappings.calendar import IsoWeek
from mappings.epics import EpicSelector

LARGEST: Final = Decimal(10) ** 12  # every value is smaller than that, either way
_WRITTEN: Final = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")


class IndicatorKind(StrEnum):
    """Whether a team can act on an indicator this week, or sees the result late."""

    LEADING = "leading"
    LAGGING = "lagging"


class SourceKind(StrEnum):
    """Where an indicator's values come from; none of them reads a field of an epic."""

    OBSERVED = "observed"  # the team writes it on the check-in page
    PUSHED = "pushed"
    CSV = "csv"
    JQL_COUNT = "jql-count"  # what customers bring, counted by ISO week
    HTTP_JSON = "http-json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One declared source; only the fields of its kind are set."""

    kind: SourceKind
    path: str | None = None  # csv, relative to the mapping folder
    jql: str | None = None  # jql-count, as written in the book
    url: str | None = None  # http-json
    pointer: str | None = None  # http-json, RFC 6901


class Direction(StrEnum):
    """Which way a team expects an indicator to move."""

    RISES = "rises"
    FALLS = "falls"
    STAYS = "stays"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a team expects to see at an indicator, and from which week on."""

    direction: Direction | None = None
    first_visible: IsoWeek | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target range; `low == high` is a single value."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Something a team watches together; unique by `team/id` and alive across cycles."""

    id: str
    name: str
    kind: IndicatorKind
    unit: str = ""
    baseline: Decimal | None = None
    target: Target | None = None  # absent for an exploration
    decimals: int = 1
    source: Source
    epics: EpicSelector | None = None
    expect: Expectation | None = None

    def quantised(self, value: Decimal) -> Decimal:
        """The value at the indicator's own precision, the only one that is kept."""
        rounded = value.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_EVEN)
        return rounded if rounded else rounded.copy_abs()  # there is no minus zero on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of one indicator on one day; `value is None` means unknown, which is a value of its own."""

    indicator: str  # team/indicator
    on: date
    value: Decimal | None

    @property
    def week(self) -> IsoWeek:
        """The ISO week the reading stands for."""
        return IsoWeek.of(self.on)


def written_number(text: str) -> Decimal:
    """A number as files and commands write it: a decimal point, below `LARGEST`; ValueError for anything else."""
    value = Decimal(text) if _WRITTEN.fullmatch(text) else None
    if value is None or abs(value) >= LARGEST:
        raise ValueError("a number is written like 41.5")
    return value
