"""A reading that is pushed to us: `{"value": 41.5, "on": "2026-11-23"}`, or null for a value that is not known."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from mappings.wire.metric import metric
from mappings.wire.shape import Wire, decoded


@dataclass(frozen=True, slots=True, kw_only=True)
class PushedReading:
    """A value and the day it stands for, as sent; `None`: it is not known."""

    value: Decimal | None
    on: date


class _Day(Wire):
    on: date


_DAY = msgspec.json.Decoder(_Day)


def pushed_reading(body: bytes) -> PushedReading:
    """The reading, or a BoundaryError: a value is a JSON number or null, a day is written like 2026-11-23."""
    on = decoded(body, _DAY).on
    return PushedReading(value=metric(body, "/value"), on=on)
