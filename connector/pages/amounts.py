"""Numbers as people write them in a cell; what could mean two things is no number."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from connector.pages.spellings import (
    AFTER_ALL,
    AS_PERCENT,
    BEFORE,
    BOUND,
    CHANGE,
    DATED,
    DATED_BEFORE,
    GRADED,
    HEAD,
    HEDGE,
    IS_DATE,
    JUST_A_WORD,
    LEADING_ASIDE,
    LONGER,
    NOT_A_READING,
    NTH,
    NUMBER,
    OF_SOMETHING,
    ORDINAL,
    OTHERWISE,
    OUT_OF,
    PER,
    POINTS,
    REMARK,
    REMARK_ON_THINGS,
    SINCE,
    SPOKEN,
    SURE,
    UNKNOWN,
    names_another_share,
    without_ornaments,
)
from connector.pages.units import SHARE, counts_things, measure, tells_of_things, unit_in
from mappings.indicators import Indicator
from mappings.okr import Language

_DIGITS = 12  # more before the decimal sign are no figure of a team
_FINEST = 6  # decimals to tell by whether a number was rounded
_FIGURE = re.compile(r"[0-9]")
_WHOLE = re.compile(rf"(?:\A|[,(]\s*)(?:von|of|out of|aus)\s(?:je )?(?P<whole>{NUMBER})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What a cell says about an indicator; without a value the team says that it does not know."""

    value: Decimal | None


def reading(text: str, indicator: Indicator, language: Language) -> Amount | None:
    """The reading that a team tells at its check-in; 0,415 and 41.500 are no shares in percent that anybody means."""
    told = amount(text, indicator, language)
    if told is None or told.value is None or measure(indicator.unit) != SHARE:
        return told
    exact = amount(text, replace(indicator, decimals=_FINEST), language)
    is_fraction = exact is not None and exact.value is not None and 0 < abs(exact.value) < 1 and exact != told
    return None if abs(told.value) >= 1000 or is_fraction else told


def amount(text: str, indicator: Indicator, language: Language) -> Amount | None:
    """The reading in a cell, at the indicator's precision; None when there is no single number to read."""
    bare = without_ornaments(text)
    unknown = UNKNOWN.match(bare)
    if unknown is not None:
        why = SINCE.match(unknown["tail"])
        said_after_all = AFTER_ALL.search(unknown["tail"]) or not (why or _is_remark(unknown["tail"]))
        return None if said_after_all else Amount(value=None)
    bare = DATED_BEFORE.sub("", bare, count=1) if DATED_BEFORE.match(bare) else bare
    head = HEAD.match(bare)
    if head is None or IS_DATE.match(bare, head.start("number")):
        return None
    value = number(head["number"], language, indicator.decimals)
    tail = _after_unit(head["tail"], value, indicator)
    if value is None or tail is None:
        return None
    if not (_is_remark(tail) or _is_remark(_without_day(tail)) or _tells_of_some(tail)):
        return None
    told = -value if head["sign"] else value
    return Amount(value=indicator.quantised(told)) if _is_possible(told, indicator) else None


def confidence(text: str) -> int | None:
    """A whole number from 1 to 10; None when the cell does not say exactly one."""
    bare = without_ornaments(text)
    named = SURE.match(bare)
    head = HEAD.match(bare[named.end() :] if named else bare)
    if head is None or head["sign"]:
        return None
    value, tail = _whole_number(head["number"]), head["tail"]
    whole = OUT_OF.match(tail)
    if whole is not None:
        if _whole_number(whole["whole"]) != 10:
            return None
        tail = whole["tail"]
    tail = POINTS.sub("", tail, count=1) if POINTS.match(tail) else tail
    if value is None or not 1 <= value <= 10 or GRADED.match(tail) or NTH.match(tail):
        return None
    return value if JUST_A_WORD.match(tail) and _is_remark(tail) else None


def number(written: str, language: Language, decimals: int) -> Decimal | None:
    """`1.234,5` or `1,234.5`; None for what both languages would read differently, unless the precision settles it."""
    word = written.casefold()
    if word in SPOKEN:
        return None if word == "null" and language is Language.EN else Decimal(SPOKEN[word])
    signs = [char for char in written if not char.isdecimal()]
    point = _decimal_sign(written, signs, language, decimals)
    if point is None:
        return None
    whole, _, rest = written.rpartition(point) if point else (written, "", "")
    groups = re.split(r"[.,’' ]", whole)
    if len("".join(groups)) > _DIGITS or not _in_thousands(groups):
        return None
    return Decimal(f"{''.join(groups)}.{rest[:_DIGITS] or 0}")


def _in_thousands(groups: list[str]) -> bool:
    if len(groups) == 1:
        return True
    return not groups[0].startswith("0") and all(len(group) == 3 for group in groups[1:])


def _whole_number(written: str) -> int | None:
    """`6`, `6,0` or `sechs`; a number like 06 or 100 is none."""
    if written.casefold() in SPOKEN:
        return SPOKEN[written.casefold()]
    match = re.fullmatch(r"([1-9]|10|0)(?:[.,]0)?", written)
    return int(match[1]) if match else None


def _decimal_sign(written: str, signs: list[str], language: Language, decimals: int) -> str | None:
    """The sign before the decimals, empty when all signs part thousands; None when that cannot be told."""
    if not signs:
        return ""
    last = signs[-1]
    if len(set(signs)) > 1:
        return last if signs.count(last) == 1 and len(set(signs[:-1])) == 1 and last in ".," else None
    if len(signs) > 1 or last not in ".,":
        return ""
    whole, _, rest = written.partition(last)
    if len(rest) != 3 or whole == "0" or len(whole) > 3:
        return last
    if last == ("." if language is Language.DE else ","):
        return ""
    return last if decimals >= 3 else None


def _after_unit(tail: str, value: Decimal | None, indicator: Indicator) -> str | None:
    """What follows the number and its unit; None when what looks like a unit says something else."""
    unit = indicator.unit.strip()
    own, found = measure(unit), unit_in(tail)
    if found is not None:
        return _after_measure(*found, own, indicator)
    if unit and own != SHARE and tail.strip().casefold().startswith(unit.casefold()):
        rest = tail.strip()[len(unit) :]
        return None if rest[:1].isalnum() else rest
    whole = OUT_OF.match(tail)
    if whole is None:
        other = ORDINAL.match(tail) or tail[:1].isalnum() or _is_per_other(tail, indicator)
        return None if other or (own == SHARE and tells_of_things(tail, indicator.name)) else tail
    counted = _counted(indicator)
    if own == SHARE or (whole["slash"] and not counted):
        return None
    return _of_the_whole(whole, value, counted, indicator.decimals)


def _after_measure(said: str, rest: str, own: str, indicator: Indicator) -> str | None:
    """What follows a unit that is the indicator's own, or that stands where it has none."""
    if own not in ("", said) or _is_per_other(rest, indicator):
        return None
    if said != SHARE:
        return rest
    if counts_things(indicator.name) or _counted(indicator) or names_another_share(rest):
        return None
    something = OF_SOMETHING.match(rest)
    return rest[something.end() :] if something else rest


def _counted(indicator: Indicator) -> str | None:
    """Out of how many an indicator counts, as it is written in its name or unit."""
    match = _WHOLE.match(indicator.unit.strip()) or (not indicator.unit and _WHOLE.search(indicator.name))
    return match["whole"] if match else None


def _is_possible(value: Decimal, indicator: Indicator) -> bool:
    """Whether an indicator that counts out of five, say, can be at that value."""
    counted = _counted(indicator)
    whole = number(counted, Language.DE, indicator.decimals) if counted else None
    return whole is None or 0 <= value <= whole


def _of_the_whole(whole: re.Match[str], value: Decimal | None, counted: str | None, decimals: int) -> str | None:
    """What follows `von 5`; None where the indicator counts out of another number, or more than that many."""
    out_of = number(whole["whole"], Language.DE, decimals)
    if value is None or out_of is None or value > out_of:
        return None
    if counted is not None and number(counted, Language.DE, decimals) != out_of:
        return None
    return AS_PERCENT.sub("", whole["tail"], count=1) if AS_PERCENT.match(whole["tail"]) else whole["tail"]


def _is_per_other(tail: str, indicator: Indicator) -> bool:
    """`12 pro Tag` where the indicator does not speak of days."""
    match = PER.match(tail)
    if match is None:
        return False
    said = f"{indicator.name} {indicator.unit}".casefold()
    return next(filter(None, match.groups())).casefold() not in said


def _without_day(tail: str) -> str:
    """What follows `am 23.11.`, the day that a number is of."""
    day = DATED.match(tail)
    return tail[day.end() :] if day else tail


def _tells_of_some(tail: str) -> bool:
    """`112 Anrufe, davon 30 samstags`: the things counted, and then some of them."""
    thing = REMARK_ON_THINGS.match(tail)
    return thing is not None and _is_remark(tail[: thing.end()]) and not HEDGE.search(tail)


def _is_remark(tail: str) -> bool:
    aside = LEADING_ASIDE.match(tail)
    if aside is not None:  # „41 (Neukunden), 60 (Bestand)“: what follows the brackets can be another number
        return (
            not NOT_A_READING.fullmatch(aside["said"]) and _only_accompanies(tail) and _is_remark(tail[aside.end() :])
        )
    return _only_accompanies(tail)


def _only_accompanies(tail: str) -> bool:
    if any(other.match(tail) for other in (OTHERWISE, CHANGE, BOUND, BEFORE, LONGER)) or HEDGE.search(tail):
        return False
    if any(char.isnumeric() and not char.isascii() for char in tail):
        return False
    return not _FIGURE.search(tail) or bool(REMARK.match(tail))
