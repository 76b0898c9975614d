"""The one number of a metric endpoint's answer; only the parts on the way to it are looked at."""

import re
from decimal import Decimal

import msgspec

from mappings.indicators import LARGEST
from mappings.wire.shape import BoundaryError, Flaw, decoded

_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_WHOLE = msgspec.json.Decoder(msgspec.Raw)
_NUMBER = re.compile(rb"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,4})?")
_PLACE = re.compile(r"0|[1-9][0-9]{0,8}")
_LONGEST = 100  # signs of a number


def metric(answer: bytes, pointer: str) -> Decimal | None:
    """The number at an RFC 6901 pointer, None where null stands there; else a BoundaryError.

    Its flaw is ABSENT where the pointer leads nowhere, and NO_NUMBER for text, true and false, lists and objects.
    """
    part = bytes(decoded(answer, _WHOLE)).strip()
    for step in pointer.split("/")[1:]:
        part = _within(part, step.replace("~1", "/").replace("~0", "~"))
    if part == b"null":
        return None
    if len(part) > _LONGEST or not _NUMBER.fullmatch(part):
        raise BoundaryError(Flaw.NO_NUMBER)
    value = Decimal(part.decode("ascii"))
    if abs(value) >= LARGEST:
        raise BoundaryError(Flaw.NO_NUMBER)
    return value


def _within(part: bytes, step: str) -> bytes:
    found: msgspec.Raw | None = None
    if part.startswith(b"{"):
        found = decoded(part, _OBJECT).get(step)
    elif part.startswith(b"[") and _PLACE.fullmatch(step):
        items = decoded(part, _LIST)
        found = items[int(step)] if int(step) < len(items) else None
    if found is None:
        raise BoundaryError(Flaw.ABSENT)
    return bytes(found).strip()
