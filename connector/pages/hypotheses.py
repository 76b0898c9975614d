"""A team's assumption in its own words: main clauses and labels, never a sentence built around them."""

import re
from dataclasses import dataclass

from connector.pages.language import NO_BREAK, Words, closed, sentence
from mappings.epics import StatusCategory
from mappings.indicators import Direction, Expectation, Indicator
from mappings.okr import Hypothesis, KeyResult

_NOT_KNOWN = frozenset({"", "-", "–", "?", "unbekannt", "unknown"})
_LIMIT = re.compile(r"(unter|below|under|über|above|over)\s+(-?\d[\d.,]*\s*%?)\Z", re.IGNORECASE)
_BELOW = frozenset({"unter", "below", "under"})

STATUS = {
    StatusCategory.TO_DO: "not started yet",
    StatusCategory.IN_PROGRESS: "in progress",
    StatusCategory.DONE: "completed",
    StatusCategory.OTHER: "without a state",
    None: "not visible",
}
DIRECTION = {Direction.RISES: "rises", Direction.FALLS: "falls", Direction.STAYS: "stays"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A hypothesis as a page shows it; empty parts are left out."""

    claim: str
    exploration: bool
    trying: str
    later: str
    rethink: str  # only a criterion without a day: one with a day becomes a question when the day has come


def assumption(key_result: KeyResult, words: Words) -> Assumption:
    """The hypothesis of a key result in sentences; a missing start or target is an exploration, not a lack."""
    hypothesis = key_result.hypothesis
    rethink = hypothesis.rethink
    return Assumption(
        claim=_claim(hypothesis, words),
        exploration=not goal(hypothesis, words) and not any(i.target for i in key_result.leading),
        trying=closed(hypothesis.because),
        later=closed(", ".join(i.name for i in key_result.lagging)),
        rethink=closed(words.steady(rethink.condition)) if rethink and not rethink.day else "",
    )


def _claim(hypothesis: Hypothesis, words: Words) -> str:
    said = " ".join(part.strip().rstrip(".") for part in (hypothesis.who, hypothesis.does) if part.strip())
    way = from_to(hypothesis, words)
    return sentence(f"{said}, {way}" if way else said)


def from_to(hypothesis: Hypothesis, words: Words) -> str:
    """`von 38 % auf 55–65 %`, or what of it is known; empty for an exploration."""
    start, end = _known(hypothesis.start, words), goal(hypothesis, words)
    if start and end:
        return words.say("from {start} to {goal}", start=start, goal=end)
    if end:
        return words.say("to {goal}", goal=end)
    return words.say("today {start}", start=start) if start else ""


def goal(hypothesis: Hypothesis, words: Words) -> str:
    """Where the team wants to get, as written; empty when it is not known yet."""
    return _known(hypothesis.goal, words)


def _known(text: str, words: Words) -> str:
    return "" if text.strip().casefold() in _NOT_KNOWN else words.steady(text).rstrip(".")


def expectation(expect: Expectation | None, words: Words, *, leave_out_week: bool = False) -> str:
    """`steigt, ab KW 44`, or what of it the team said."""
    if expect is None:
        return ""
    direction = words.say(DIRECTION[expect.direction]) if expect.direction else ""
    week = (
        ""
        if leave_out_week or expect.first_visible is None
        else words.week(expect.first_visible).replace(" ", NO_BREAK)
    )
    since = words.say("from {week} on", week=week) if week else ""
    return ", ".join(part for part in (direction, since) if part)


def named(indicator: Indicator) -> str:
    """The indicator's name with its unit, unless the name says it already; a percent sign stands at the numbers."""
    unit = indicator.unit.strip()
    if unit in ("", "%") or unit.casefold() in indicator.name.casefold():
        return indicator.name
    return f"{indicator.name}, {unit}"


def row_head(indicator: Indicator, words: Words) -> str:
    """Name, start and target range of an indicator; an exploration shows its name alone."""
    parts = [named(indicator)]
    if indicator.baseline is not None:
        parts.append(words.say("start {value}", value=words.amount(indicator.baseline, indicator.unit)))
    if indicator.target is not None:
        low, high = indicator.target.low, indicator.target.high
        message = "target {value}" if low == high else "target range {value}"
        parts.append(words.say(message, value=words.span(low, high, indicator.unit)))
    elif indicator.baseline is not None:
        parts.append(words.say("no target range"))
    return " · ".join(parts)


def condition(text: str, words: Words) -> tuple[str, str]:
    """Message and value for a criterion: a whole sentence for a plain limit, the team's words after a colon else."""
    limit = _LIMIT.match(text.strip())
    if limit is None:
        return "On {day} we wanted to think again if: {condition}", closed(words.steady(text))
    below = limit[1].casefold() in _BELOW
    return (
        "On {day} we wanted to think again if the value is below {condition}."
        if below
        else "On {day} we wanted to think again if the value is above {condition}."
    ), words.steady(limit[2])
