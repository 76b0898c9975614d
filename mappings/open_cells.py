"""Cells of check-in pages that hold words without a value of ours: which, never what stands in them."""

from dataclasses import dataclass
from enum import StrEnum

from mappings.calendar import IsoWeek


class CellKind(StrEnum):
    """What is known of the words in a cell."""

    NUMBER = "number"  # a reading was asked for
    STATE = "state"
    CONFIDENCE = "confidence"
    WORDS = "words"  # nothing was asked for that could be read: the team wrote, and that is all


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCell:
    """One such cell of a team's check-in page; its words stay on the page."""

    team: str
    week: IsoWeek
    key_result: str | None  # ref; None: the part of the page that is about all key results
    kind: CellKind
    indicator: str | None = None  # id, of a number
    as_last: bool = False  # „wie letztes Mal“: its value is that of the check-in before, as far as there is one
