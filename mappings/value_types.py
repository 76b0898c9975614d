"""The values that a mapping file may hold, each with what we say when it holds something else."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from mappings.calendar import IsoWeek, Weekday
from mappings.concerns import Concern
from mappings.indicators import Target

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_MONTH = r"\d{4}-(0[1-9]|1[0-2])"
_NUMBER = re.compile(r"[-+]?[0-9]{1,12}(\.[0-9]{1,6})?\Z")
_MEETING = re.compile(r"([a-z]+?)s?,?\s+(?:at |um )?\s*(\d{1,2})[:.](\d{2})(?:\s*uhr)?\Z")
_DAYS: Final = {
    name: weekday
    for weekday, names in zip(
        Weekday,
        ("monday montag mon mo", "tuesday dienstag tue di", "wednesday mittwoch wed mi", "thursday donnerstag thu do",
         "friday freitag fri fr"),
        strict=True,
    )
    for name in names.split()
}  # fmt: skip
_PERSONAL_SPACE: Final = "~"


def concern_error(concern: Concern, **details: object) -> PydanticCustomError:
    """The error by which a value says what is wrong with it; its type is the concern."""
    return PydanticCustomError(concern.value, "{concern}", {"concern": concern.value, **details})


def _as_text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise concern_error(Concern.TEXT)
    return " ".join(str(value).split())


def _no_control(text: str) -> str:
    if any(unicodedata.category(c) in ("Cc", "Cs") or c in "\ufffe\uffff" for c in text):
        raise concern_error(Concern.CONTROL_CHARACTER)
    return text


def _text(least: int, most: int) -> Callable[[object], str]:
    def parse(value: object) -> str:
        text = _no_control(_as_text(value))
        if not least <= len(text) <= most:
            raise concern_error(Concern.TEXT_LENGTH, limit=most)
        return text

    return parse


def _query(value: object) -> str:
    if not isinstance(value, str):
        raise concern_error(Concern.TEXT)
    text = _no_control(re.sub(r"[\t\r\n]", " ", value))  # one character for one: an offset stays a column
    if not text.strip():
        raise concern_error(Concern.QUERY_EMPTY)
    return text


def _matching(concern: Concern, pattern: str, fold: Callable[[str], str], **details: object) -> Callable[[object], str]:
    expression = re.compile(rf"(?:{pattern})\Z", re.ASCII)

    def parse(value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int) or not expression.match(str(value)):
            raise concern_error(concern, **details)
        return fold(str(value))

    return parse


def _same(text: str) -> str:
    return text


def _space(value: object) -> str:
    if isinstance(value, str) and value.startswith(_PERSONAL_SPACE):
        raise concern_error(Concern.PERSONAL_SPACE)
    return _matching(Concern.SPACE, r"[A-Za-z0-9_.-]{1,255}", _same)(value)


def _whole(low: int, high: int) -> Callable[[object], int]:
    def parse(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise concern_error(Concern.WHOLE_NUMBER, low=low, high=high)
        return value

    return parse


def _size(value: object) -> int:
    if isinstance(value, list | dict):
        raise concern_error(Concern.SIZE_AS_LIST)
    number = _whole(0, 999)(value)
    if number < 3:
        raise concern_error(Concern.TEAM_TOO_SMALL)
    return number


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal) or not _NUMBER.match(str(value)):
        raise concern_error(Concern.NUMBER)
    return Decimal(str(value))


def _target(value: object) -> Target:
    parts = value if isinstance(value, list) else [value, value]
    if len(parts) != 2:
        raise concern_error(Concern.TARGET)
    low, high = (_number(part) for part in parts)
    if low > high:
        raise concern_error(Concern.TARGET)
    return Target(low=low, high=high)


def _day(value: object) -> date:
    if not isinstance(value, str) or not _DAY.match(value):
        raise concern_error(Concern.DAY)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise concern_error(Concern.DAY) from None


def _week(value: object) -> IsoWeek:
    try:
        return IsoWeek.parse(value if isinstance(value, str) else "")
    except ValueError:
        raise concern_error(Concern.WEEK) from None


def _zone(value: object) -> ZoneInfo:
    try:
        return ZoneInfo(value if isinstance(value, str) and value.isascii() else "")
    except (ValueError, ZoneInfoNotFoundError, OSError):
        raise concern_error(Concern.TIMEZONE) from None


def _meeting(value: object) -> tuple[Weekday, time]:
    match = _MEETING.match(value.casefold().strip()) if isinstance(value, str) else None
    if match is None or match[1] not in _DAYS or int(match[2]) > 23 or int(match[3]) > 59:
        raise concern_error(Concern.MEETING)
    return _DAYS[match[1]], time(int(match[2]), int(match[3]))


def _csv_path(value: object) -> str:
    text = value if isinstance(value, str) else ""
    parts = text.split("/")
    odd = any(part.strip() in ("", ".", "..") or part.startswith("~") for part in parts)
    if odd or len(text) > 200 or re.search(r"[\\:*?\"<>|\x00-\x1f]", text) or not text.casefold().endswith(".csv"):
        raise concern_error(Concern.CSV_PATH)
    return text


def _url(value: object) -> str:
    text = value if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
        fine = parts.scheme == "https" and parts.hostname and not (parts.username or parts.password or parts.fragment)
        fine = fine and (parts.port is None or parts.port > 0) and len(text) <= 2000
    except ValueError:
        fine = False
    if not fine or not re.match(r"[!-~]+\Z", text):
        raise concern_error(Concern.METRIC_URL)
    return text


def _string(**more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **more})


def _id(limit: int) -> Callable[[object], str]:
    return _matching(Concern.ID, rf"[A-Za-z0-9-]{{1,{limit}}}", str.casefold, limit=limit)


_ID_SCHEMA: Final = r"^[A-Za-z0-9-]+$"

Line = Annotated[str, BeforeValidator(_text(1, 255)), _string(minLength=1, maxLength=255)]
Prose = Annotated[str, BeforeValidator(_text(1, 4000)), _string(minLength=1, maxLength=4000)]
AsWritten = Annotated[
    str, BeforeValidator(_text(0, 255)), WithJsonSchema({"type": ["string", "number"], "maxLength": 255})
]
Query = Annotated[str, BeforeValidator(_query), _string(minLength=1, maxLength=4000)]
Id = Annotated[str, BeforeValidator(_id(60)), _string(pattern=_ID_SCHEMA, maxLength=60)]
TeamId = Annotated[str, BeforeValidator(_id(40)), _string(pattern=_ID_SCHEMA, maxLength=40)]
CycleId = Annotated[
    str,
    BeforeValidator(_matching(Concern.ID, r"[A-Za-z0-9-]{1,40}", _same, limit=40)),
    WithJsonSchema({"type": ["string", "integer"], "pattern": _ID_SCHEMA, "maxLength": 40}),
]
Size = Annotated[int, BeforeValidator(_size), WithJsonSchema({"type": "integer", "minimum": 3, "maximum": 999})]
Decimals = Annotated[
    int, BeforeValidator(_whole(0, 6)), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 6})
]
Weeks = Annotated[int, BeforeValidator(_whole(0, 26)), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 26})]
Every = Annotated[int, BeforeValidator(_whole(1, 12)), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 12})]
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
TargetRange = Annotated[
    Target,
    BeforeValidator(_target),
    WithJsonSchema(
        {"anyOf": [{"type": "number"}, {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}]}
    ),
]
Day = Annotated[date, BeforeValidator(_day), _string(format="date")]
Month = Annotated[str, BeforeValidator(_matching(Concern.MONTH, _MONTH, _same)), _string(pattern=f"^{_MONTH}$")]
Week = Annotated[IsoWeek, BeforeValidator(_week), _string(pattern=r"^\d{4}-W\d{2}$")]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone), _string(examples=["Europe/Berlin"])]
Meeting = Annotated[tuple[Weekday, time], BeforeValidator(_meeting), _string(examples=["tuesday 09:00"])]
CsvPath = Annotated[str, BeforeValidator(_csv_path), _string(pattern=r"\.csv$")]
Url = Annotated[str, BeforeValidator(_url), _string(pattern="^https://")]
Pointer = Annotated[
    str, BeforeValidator(_matching(Concern.POINTER, r"(/([^~/\s]|~[01])*)*", _same)), _string(pattern="^(/.*)?$")
]
Project = Annotated[
    str,
    BeforeValidator(_matching(Concern.PROJECT, r"[A-Za-z][A-Za-z0-9_]{0,254}", str.upper)),
    _string(pattern="^[A-Za-z][A-Za-z0-9_]*$"),
]
Space = Annotated[str, BeforeValidator(_space), _string(pattern="^[A-Za-z0-9_.-]+$")]
IssueKey = Annotated[
    str,
    BeforeValidator(_matching(Concern.ISSUE_KEY, r"[A-Za-z][A-Za-z0-9_]{0,254}-[1-9][0-9]{0,12}", str.upper)),
    _string(pattern="^[A-Za-z][A-Za-z0-9_]*-[1-9][0-9]*$"),
]
Label = Annotated[
    str,
    BeforeValidator(_matching(Concern.LABEL, r"[^\s\x00-\x1f\x7f\"]{1,255}", _same, limit=255)),
    _string(pattern=r"^\S+$", maxLength=255),
]
