"""How long the rows of each table stay."""

from collections.abc import Mapping
from typing import Final

from connector.privacy.words import Both

_CYCLE = Both("bis ein Jahr nach dem Ende des Zyklus", "until a year after the end of the cycle")

PERIODS: Final[Mapping[str, Both]] = {
    "resources": Both(
        "solange die Seite oder das Issue betreut wird; ein Check-in bis ein Jahr nach dem Ende des Zyklus",
        "as long as the page or issue is looked after; a check-in until a year after the end of the cycle",
    ),
    "readings": _CYCLE,
    "answers": _CYCLE,
    "answers_observed": _CYCLE,
    "open_cells": _CYCLE,
    "runs": Both("400 Tage", "400 days"),
    "run_requests": Both("400 Tage, mit ihrem Lauf", "400 days, with their run"),
    "run_totals": Both("solange die Datenbank steht: nur Anzahlen", "as long as the database: counts only"),
    "request_totals": Both("solange die Datenbank steht: nur Anzahlen", "as long as the database: counts only"),
    "arrivals": Both("je Absender nur der letzte Tag", "the last day only, for each sender"),
    "rings": Both("bis das Team bedient ist", "until the team is served"),
    "fence": Both("eine einzige Zeile, ohne Bezug", "one single row, about nothing"),
    "slots": Both("14 Tage", "14 days"),
    "rhythms": _CYCLE,
    "rhythm_quiet_weeks": _CYCLE,
    "selfchecks": Both("solange die Datenbank steht: Tag und Anzahlen", "as long as the database: a day and counts"),
    "deletions": Both("solange die Datenbank steht: Tag und Anzahlen", "as long as the database: a day and counts"),
    "alembic_version": Both("eine einzige Zeile, ohne Bezug", "one single row, about nothing"),
}
