"""The words on pages that are read back: written by the templates, known again by the readers."""

import re
from dataclasses import dataclass
from enum import StrEnum

from mappings.indicators import SourceKind
from mappings.okr import HypothesisState, KeyResult, Language

DE, EN = Language.DE, Language.EN

_OUT_OF = re.compile(r"(?:von|out of|of) \d+\b")


class Asked(StrEnum):
    """What a row of a team region asks for."""

    NUMBER = "number"  # the reading of an observed indicator
    OBSERVATION = "observation"
    STATE = "state"
    CONFIDENCE = "confidence"
    HIDDEN = "hidden"
    NEEDS = "needs"
    NEXT = "next"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a team region as it is made; the answer beside it starts empty."""

    asked: Asked
    text: str
    indicator: str | None = None  # id, for a number


QUESTIONS: dict[Asked, dict[Language, str]] = {
    Asked.NUMBER: {DE: "Unsere Zahl:", EN: "Our number:"},
    Asked.OBSERVATION: {
        DE: "Was haben wir beobachtet? Was hat uns überrascht?",
        EN: "What have we observed? What surprised us?",
    },
    Asked.STATE: {
        DE: "Wo steht unsere Annahme, und woran sehen wir das?",
        EN: "Where does our assumption stand, and what shows us that?",
    },
    Asked.CONFIDENCE: {DE: "Unsere Zuversicht, 1–10", EN: "Our confidence, 1–10"},
    Asked.HIDDEN: {DE: "Was zeigt die Zahl nicht?", EN: "What does the number not show?"},
    Asked.NEEDS: {
        DE: "Was hindert uns? Was brauchen wir, und von welchem Team oder welcher Rolle?",
        EN: "What is in our way? What do we need, and from which team or role?",
    },
    Asked.NEXT: {
        DE: "Was probieren wir bis zum nächsten Check-in? (höchstens drei)",
        EN: "What will we try until the next check-in? (three at most)",
    },
    Asked.DECIDED: {DE: "Was haben wir entschieden?", EN: "What have we decided?"},
}

STATES: dict[HypothesisState, dict[Language, str]] = {
    HypothesisState.OPEN: {DE: "offen", EN: "open"},
    HypothesisState.SUPPORTED: {DE: "gestützt", EN: "supported"},
    HypothesisState.UNCLEAR: {DE: "unklar", EN: "unclear"},
    HypothesisState.WEAKENED: {DE: "geschwächt", EN: "weakened"},
    HypothesisState.DISCARDED: {DE: "verworfen", EN: "discarded"},
}

NO_DATA = {DE: "keine Daten", EN: "no data"}
DATA_FROM = {DE: "Daten vom", EN: "Data from"}  # head of the row that dates the readings of a column
SAME_AS_LAST = {DE: "wie letztes Mal", EN: "same as last time"}
COMPARED_ON = {DE: "abgeglichen am", EN: "compared on"}  # the date after it is no change, see canonical.digest
SOMEONE = {DE: "jemand", EN: "someone"}

TOGETHER = "together"  # ref of the team region for the whole page


def key_result_rows(key_result: KeyResult, language: Language) -> tuple[Row, ...]:
    """The rows of a key result's team region: its name stands in the rows that are read, so none can be lined up."""
    numbers = tuple(
        Row(asked=Asked.NUMBER, text=_number(indicator.name, indicator.unit, language), indicator=indicator.id)
        for indicator in key_result.leading
        if indicator.source.kind is SourceKind.OBSERVED
    )
    name = f" ({key_result.short_name})"
    return (
        *numbers,
        Row(asked=Asked.OBSERVATION, text=QUESTIONS[Asked.OBSERVATION][language]),
        Row(asked=Asked.STATE, text=QUESTIONS[Asked.STATE][language] + name),
        Row(asked=Asked.CONFIDENCE, text=QUESTIONS[Asked.CONFIDENCE][language] + name),
        Row(asked=Asked.HIDDEN, text=QUESTIONS[Asked.HIDDEN][language]),
    )


def page_rows(language: Language) -> tuple[Row, ...]:
    """The rows of the one team region for the whole page."""
    return tuple(Row(asked=a, text=QUESTIONS[a][language]) for a in (Asked.NEEDS, Asked.NEXT, Asked.DECIDED))


def _number(name: str, unit: str, language: Language) -> str:
    counted = _OUT_OF.match(unit)  # "von 5 angerufenen Haushalten" asks for an answer like "3 von 5"
    unit = counted[0] if counted else unit
    measured = "" if not unit or unit in name else ", in %" if unit == "%" else f", {unit}"
    return f"{QUESTIONS[Asked.NUMBER][language]} {name}{measured}"
