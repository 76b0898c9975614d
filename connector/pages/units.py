"""Units as people write them after a number, and whether they are those that an indicator is told in."""

import re
from typing import Final

_UNITS: Final = {
    "%": r"%(?!\s?-?\s?(?:punkte?|points?|pkte?|pts?)\b)|prozent(?!-?\s?punkt)|percent|per cent|v\. ?h\.?|vh",
    "‰": r"‰|promille|per mille",
    "h": r"h|std\.?|stunden?|hours?|hrs?\.?",
    "min": r"mins?\.?|minuten?|minutes?",
    "s": r"s|sek\.?|sekunden?|secs?|seconds?|ms|millisekunden?|milliseconds?",
    "d": r"tage?n?|werktage?n?|arbeitstage?n?|(?:working )?days?",
    "w": r"wochen?|weeks?",
    "mon": r"monate?n?|months?",
    "y": r"jahre?n?|years?",
    "€": r"€|eur|euros?",
    "ct": r"ct\.?|cents?",
    "$": r"\$|usd|dollars?",
    "£": r"£|gbp|pounds?",
    "chf": r"chf|franken|francs?",
    "kwh": r"kwh|kilowattstunden?",
    "km": r"km|kilometern?",
    "kg": r"kg|kilo|kilogramm",
}
_UNIT = re.compile(
    r"\s*(?:" + "|".join(f"(?P<u{n}>{unit})" for n, unit in enumerate(_UNITS.values())) + r")(?!\w)", re.IGNORECASE
)
_COUNTS = re.compile(r"\b(?:anzahl|zahl der|je|pro|per|number of|count of|a week|wie viele|how many)\b", re.IGNORECASE)
_SHARES = re.compile(r"anteil|quote|prozent|\brate\b|share|percent|proportion", re.IGNORECASE)
_THING = re.compile(r"\s+(?P<word>[^\W\d_]{3,})(?!\w)")
_NO_THING = frozenset({"Stand", "Ende", "Anfang", "Mitte", "Tendenz", "Status", "Punkte"})
SHARE: Final = "%"


def unit_in(tail: str) -> tuple[str, str] | None:
    """The unit that words begin with and what follows it; None when they begin with none that is known."""
    match = _UNIT.match(tail)
    if match is None or match.lastgroup is None:
        return None
    return list(_UNITS)[int(match.lastgroup[1:])], tail[match.end() :]


def measure(unit: str) -> str:
    """What an indicator is told in, however its unit is written; the words themselves where they are not known."""
    known = unit_in(unit)
    return known[0] if known else unit.strip().casefold()


def counts_things(name: str) -> bool:
    """Whether an indicator without a unit counts, so that a percentage cannot be meant."""
    return bool(_COUNTS.search(name)) and not _SHARES.search(name)


def tells_of_things(tail: str, name: str) -> bool:
    """Whether a number is said of things, like 41 households or 41 accounts, where a share is asked for."""
    match = _THING.match(tail)
    if match is None or match["word"] in _NO_THING:
        return False
    word = match["word"]
    return (word[0].isupper() and not word.isupper()) or word.casefold() in re.findall(r"\w{4,}", name.casefold())
