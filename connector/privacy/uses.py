"""What one declared field becomes, what for, where it ends, and what it looks like."""

from dataclasses import dataclass

from connector.privacy.purposes import Leftover, Purpose


@dataclass(frozen=True, slots=True)
class WireUse:
    """The use of one declared field; `becomes` is empty where it is only looked at to decide."""

    becomes: str  # field of a record
    purpose: Purpose
    ends: str | Leftover  # columns, or what is left of it where no column holds it
    example: str


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """The use of one column."""

    purpose: Purpose
    example: str
