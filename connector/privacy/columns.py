"""Every column of the database, with what it is for; one that nobody gave a use is told as such."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from connector.privacy.purposes import Purpose
from connector.privacy.uses import ColumnUse
from connector.storage.columns import ColumnShape, column_shapes
from connector.storage.tables import CHECKED, COUNTS, QUOTAS, TOTALS

_SINCE = ColumnUse(Purpose.OURS, "2026-11-24 06:00 UTC")
_TEAM = "onboarding"
_KEY_RESULT = "onboarding/2026-q4/first-week/setup-alone"
_UNITS, _DIGITS = ColumnUse(Purpose.SERIES, "415"), ColumnUse(Purpose.SERIES, "1")

USES: Final[Mapping[str, Mapping[str, ColumnUse]]] = {
    "resources": {
        "kind": ColumnUse(Purpose.OURS, "page"),
        "ref": ColumnUse(Purpose.OURS, "check-in/onboarding/2026-W48"),
        "remote_id": ColumnUse(Purpose.OURS, "98304"),
        "version": ColumnUse(Purpose.WRITING, "7"),
        "digest": ColumnUse(Purpose.WRITING, "3f2a9c1b5d6e7f801234"),
        "drifted": ColumnUse(Purpose.WRITING, "0"),
        "since": _SINCE,
    },
    "readings": {
        "indicator": ColumnUse(Purpose.SERIES, "onboarding/setup-rate"),
        "on": ColumnUse(Purpose.SERIES, "2026-11-23"),
        "units": _UNITS,
        "digits": _DIGITS,
    },
    "answers": {
        "team": ColumnUse(Purpose.ANSWERS, _TEAM),
        "week": ColumnUse(Purpose.ANSWERS, "2026-W48"),
        "key_result": ColumnUse(Purpose.ANSWERS, _KEY_RESULT),
        "state": ColumnUse(Purpose.ANSWERS, "supported"),
        "confidence": ColumnUse(Purpose.ANSWERS, "7"),
    },
    "answers_observed": {
        "team": ColumnUse(Purpose.ANSWERS, _TEAM),
        "week": ColumnUse(Purpose.ANSWERS, "2026-W48"),
        "key_result": ColumnUse(Purpose.ANSWERS, _KEY_RESULT),
        "indicator": ColumnUse(Purpose.ANSWERS, "found-answer"),
        "place": ColumnUse(Purpose.ANSWERS, "0"),
        "units": _UNITS,
        "digits": _DIGITS,
    },
    "open_cells": {
        "team": ColumnUse(Purpose.ASKING_BACK, _TEAM),
        "week": ColumnUse(Purpose.ASKING_BACK, "2026-W48"),
        "place": ColumnUse(Purpose.ASKING_BACK, "0"),
        "key_result": ColumnUse(Purpose.ASKING_BACK, _KEY_RESULT),
        "kind": ColumnUse(Purpose.ASKING_BACK, "number"),
        "indicator": ColumnUse(Purpose.ASKING_BACK, "found-answer"),
        "repeats": ColumnUse(Purpose.ASKING_BACK, "0"),
    },
    "runs": {
        "id": ColumnUse(Purpose.COUNTS, "812"),
        "started": ColumnUse(Purpose.COUNTS, "2026-11-24 06:00 UTC"),
        "finished": ColumnUse(Purpose.COUNTS, "2026-11-24 06:00 UTC"),
        **dict.fromkeys(COUNTS, ColumnUse(Purpose.COUNTS, "3")),
        "points": ColumnUse(Purpose.COUNTS, "54"),
        **{f"{product}_limit": ColumnUse(Purpose.COUNTS, "65000") for product in QUOTAS},
        **{f"{product}_remaining": ColumnUse(Purpose.COUNTS, "61200") for product in QUOTAS},
    },
    "run_requests": {
        "run": ColumnUse(Purpose.COUNTS, "812"),
        "operation": ColumnUse(Purpose.COUNTS, "confluence.page.update"),
        "count": ColumnUse(Purpose.COUNTS, "2"),
    },
    "run_totals": {
        "id": ColumnUse(Purpose.COUNTS, "1"),
        **dict.fromkeys(TOTALS, ColumnUse(Purpose.COUNTS, "812")),
    },
    "request_totals": {
        "operation": ColumnUse(Purpose.COUNTS, "confluence.page.update"),
        "count": ColumnUse(Purpose.COUNTS, "1624"),
    },
    "arrivals": {
        "sender": ColumnUse(Purpose.ARRIVALS, "jira"),
        "on": ColumnUse(Purpose.ARRIVALS, "2026-11-24"),
    },
    "rings": {
        "team": ColumnUse(Purpose.QUEUE, _TEAM),
        "cause": ColumnUse(Purpose.QUEUE, "event"),
        "generation": ColumnUse(Purpose.QUEUE, "4"),
        "not_before": ColumnUse(Purpose.QUEUE, "2026-11-24 08:30 UTC"),
        "hold_until": ColumnUse(Purpose.QUEUE, "2026-11-24 08:31 UTC"),
        "attempts": ColumnUse(Purpose.QUEUE, "0"),
        "parked": ColumnUse(Purpose.QUEUE, "space-missing"),
        "token": ColumnUse(Purpose.QUEUE, "51"),
        "until": ColumnUse(Purpose.QUEUE, "2026-11-24 08:35 UTC"),
        "behind_until": ColumnUse(Purpose.QUEUE, "2026-11-24 08:45 UTC"),
    },
    "fence": {"id": ColumnUse(Purpose.QUEUE, "1"), "token": ColumnUse(Purpose.QUEUE, "51")},
    "slots": {
        "team": ColumnUse(Purpose.RHYTHM, _TEAM),
        "kind": ColumnUse(Purpose.RHYTHM, "check-in"),
        "slot": ColumnUse(Purpose.RHYTHM, "2026-W48"),
        "served_at": ColumnUse(Purpose.RHYTHM, "2026-11-23 06:00 UTC"),
    },
    "rhythms": {
        "team": ColumnUse(Purpose.RHYTHM, _TEAM),
        "cycle": ColumnUse(Purpose.RHYTHM, "2026-q4"),
        "valid_from": ColumnUse(Purpose.RHYTHM, "2026-10-05"),
        "weekday": ColumnUse(Purpose.RHYTHM, "1"),
        "minute": ColumnUse(Purpose.RHYTHM, "540"),
        "every": ColumnUse(Purpose.RHYTHM, "1"),
        "review": ColumnUse(Purpose.RHYTHM, "2026-12-15"),
    },
    "rhythm_quiet_weeks": {
        "team": ColumnUse(Purpose.RHYTHM, _TEAM),
        "cycle": ColumnUse(Purpose.RHYTHM, "2026-q4"),
        "week": ColumnUse(Purpose.RHYTHM, "2026-W52"),
    },
    "selfchecks": {
        "id": ColumnUse(Purpose.PROOF, "3"),
        "on": ColumnUse(Purpose.PROOF, "2026-11-24"),
        **dict.fromkeys(CHECKED, ColumnUse(Purpose.PROOF, "20")),
    },
    "deletions": {
        "on": ColumnUse(Purpose.PROOF, "2026-11-24"),
        "rows": ColumnUse(Purpose.PROOF, "readings"),
        "deleted": ColumnUse(Purpose.PROOF, "12"),
    },
    "alembic_version": {"version_num": ColumnUse(Purpose.SCHEMA, "0007")},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptColumn:
    """One column of the database and its use."""

    shape: ColumnShape
    use: ColumnUse | None  # None: nobody has said what for

    @property
    def full_name(self) -> str:
        """`table.column`."""
        return f"{self.shape.table}.{self.shape.name}"


@cache
def kept_columns() -> tuple[KeptColumn, ...]:
    """Every column there is, by table."""
    return tuple(KeptColumn(shape=shape, use=USES.get(shape.table, {}).get(shape.name)) for shape in column_shapes())
