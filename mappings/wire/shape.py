"""What all answers have in common: bytes in, declared fields out, and one error that cannot quote them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

Shape = TypeVar("Shape")
Record = TypeVar("Record")

_ID = re.compile(r"[0-9]{1,20}")
_ISSUE_KEY = re.compile(r"([A-Z][A-Z0-9_]{0,19})-[0-9]{1,10}")
_OUR_LABEL = re.compile(r"okr[0-9A-Za-z-]{0,120}")
_LONGEST_CONTINUATION = 8192
_EPIC_LEVEL, _SUB_TASK_LEVEL = 1, -1

NOTHING = msgspec.Raw()  # the part was not sent; a union with None would refuse every part that was


class Flaw(StrEnum):
    """In which ways bytes can fail to be the answer that was asked for; the last two only that of a metric endpoint."""

    PAGE = "a page for people"
    UNREADABLE = "no complete JSON"
    UNEXPECTED = "JSON of another shape"
    ABSENT = "JSON without the part that was pointed to"
    NO_NUMBER = "no number where one was pointed to"


class BoundaryError(Exception):
    """Bytes that are not the answer asked for; holds its flaw and nothing of the bytes."""

    def __init__(self, flaw: Flaw = Flaw.UNEXPECTED) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


class Wire(msgspec.Struct, rename="camel"):
    """A declared part of an answer; undeclared fields do not exist, and its repr shows none of the declared ones."""

    def __repr__(self) -> str:
        return type(self).__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Record]):
    """Some records of a longer answer.

    `next` continues it and is None on the last page; `partial`: the site itself says that it left something out.
    """

    records: tuple[Record, ...]
    next: str | None = field(default=None, repr=False)
    partial: bool = False


def for_people(answer: bytes, content_type: str) -> bool:
    """Whether an answer is a page for people, such as a login; an empty one is none, whatever its type says."""
    return _begins_with_a_tag(answer) or ("html" in content_type.casefold() and bool(answer.strip()))


def _begins_with_a_tag(answer: bytes) -> bool:
    return answer[:64].lstrip().startswith(b"<")


def decoded(answer: bytes, decoder: msgspec.json.Decoder[Shape]) -> Shape:
    """The declared fields of an answer, or a BoundaryError; whatever the bytes are."""
    try:
        return decoder.decode(answer)
    except msgspec.ValidationError:
        flaw = Flaw.UNEXPECTED
    except (msgspec.MsgspecError, ValueError, RecursionError, OverflowError, MemoryError):
        flaw = Flaw.PAGE if _begins_with_a_tag(answer) else Flaw.UNREADABLE
    raise BoundaryError(flaw)  # outside the handlers, so that the library's words are not even this error's context


def lenient(part: msgspec.Raw | bytes, decoder: msgspec.json.Decoder[Shape]) -> Shape | None:
    """A part that others may have filled with anything; None where it is not of our shape."""
    try:
        return decoded(bytes(part), decoder)
    except BoundaryError:
        return None


def identifier(value: str | int) -> str:
    """A numeric id as text, or a BoundaryError."""
    text = str(value)
    if not _ID.fullmatch(text):
        raise BoundaryError
    return text


def optional_id(value: str | int | None) -> str | None:
    """A numeric id as text, or None where something else stands."""
    text = "" if value is None else str(value)
    return text if _ID.fullmatch(text) else None


def issue_key(value: str) -> str:
    """An issue key, or a BoundaryError."""
    if not _ISSUE_KEY.fullmatch(value):
        raise BoundaryError
    return value


def optional_key(value: str | None) -> str | None:
    """An issue key, or None where something else stands."""
    return value if value is not None and _ISSUE_KEY.fullmatch(value) else None


def project_of(key: str) -> str:
    """The project's key within an issue key."""
    return key.rpartition("-")[0]


def our_labels(labels: Iterable[str]) -> frozenset[str]:
    """Of these labels, those that can be ours: they begin with `okr` and hold neither spaces nor signs."""
    return frozenset(label for label in labels if _OUR_LABEL.fullmatch(label))


def named(values: Iterable[str], names: frozenset[str]) -> frozenset[str]:
    """Of these values, those that are among the names, in the names' own spelling; case does not matter on a site."""
    spelling = _spelling(names)
    return frozenset([spelling[value] for value in map(str.casefold, values) if value in spelling])


@lru_cache(maxsize=64)  # the names are those of a book: the same for every issue and event until the book changes
def _spelling(names: frozenset[str]) -> Mapping[str, str]:
    return {name.casefold(): name for name in names}


def either(of_cloud: list[Shape] | None, of_data_center: list[Shape] | None) -> list[Shape]:
    """A list that the two products name differently; a BoundaryError where neither name is there."""
    listed = of_cloud if of_cloud is not None else of_data_center
    if listed is None:
        raise BoundaryError
    return listed


def level_of(level: int | None, name: str, *, subtask: bool) -> int:
    """An issue type's level of hierarchy; Data Center sends none, and there the type of epics is called Epic."""
    if level is not None:
        return level
    if subtask:
        return _SUB_TASK_LEVEL
    return _EPIC_LEVEL if is_epic(name) else 0


def is_epic(name: str) -> bool:
    """Whether an issue type is called as epics are called."""
    return name.strip().casefold() == "epic"


def continuation(value: str | None) -> str | None:
    """A token to hand back to the site, of visible ASCII; a BoundaryError for anything that is no token."""
    if not value:
        return None
    if len(value) > _LONGEST_CONTINUATION or not (value.isascii() and value.isprintable()):
        raise BoundaryError
    return value
