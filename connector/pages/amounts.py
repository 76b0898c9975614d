"""Numbers as people write them in a cell; what could mean two things is no number."""

import re
from dataclasses import dataclass
from decimal import Decimal

from connector.pages.questions import NO_DATA
from mappings.indicators import Indicator
from mappings.okr import Language

_DIGITS = 12  # more before the decimal sign are no figure of a team
_NUMBER = r"(?:[0-9]{1,3}(?:[.,’' ][0-9]{3})+(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)?)(?![0-9])"
_ABOUT = (
    r"(?:ca\b\.?|circa|etwa|ungefähr|rund|knapp|gut|genau|nur|wieder|about|approx\b\.?|approximately|roughly|around"
    r"|exactly|only|again|~|≈|=)"
)
_HEAD = re.compile(rf"(?:{_ABOUT}\s*)*(?P<sign>[-−]?)(?P<number>{_NUMBER})(?P<tail>.*)\Z", re.DOTALL | re.IGNORECASE)
_OUT_OF = re.compile(
    r"\s*(?:(?:[^\W\d_]+ ){0,2}(?:von|of|out of|aus)\s(?:den |the )?|(?P<slash>/)\s*)"
    rf"(?P<whole>{_NUMBER})(?P<tail>.*)\Z",
    re.DOTALL | re.IGNORECASE,
)
_PERCENT = re.compile(r"\s*(?:%|prozent\b|percent\b|per cent\b)", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\s*(?:[-–—,;]\s*)?(?:[0-9+*×^]|(?:bis|oder|und|to|or|and|mal|times|k|tsd|tausend|thousand|mio|mrd|million\w*"
    r"|milliard\w*|billion\w*|dutzend|dozen)\b)",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s*(?:\(|[,;:–—.\n]\s*[^\W\d_]|-\s+[^\W\d_])")
_CHANGE = re.compile(
    r"[^(,;:.–—\n]*\b(?:mehr|weniger|höher|niedriger|besser|schlechter|more|less|fewer|higher|lower|better|worse)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\. ?[^\W\d_]")
_DATE = re.compile(r"[0-9]{1,2}\.\s?[0-9]{1,2}\.|[0-9]{4}-[0-9]{2}-|[0-9]{1,2}:[0-9]{2}")
_UNKNOWN = re.compile(
    rf"(?:{NO_DATA[Language.DE]}|{NO_DATA[Language.EN]}|unbekannt|unknown|nicht bekannt|not known"
    r"|k\. ?a\.|n\. ?a\.|n/a)(?!\w)",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\s*(?:punkte?|points?)\b", re.IGNORECASE)
_JUST_A_WORD = re.compile(
    r"\s*(?:\Z|[(?!.,;:–—\n-]|(?:weil|wie|aber|da|denn|noch|immer|because|but|as|like|since|still)\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What a cell says about an indicator; without a value the team says that it does not know."""

    value: Decimal | None


def amount(text: str, indicator: Indicator, language: Language) -> Amount | None:
    """The reading in a cell, at the indicator's precision; None when there is no single number to read."""
    if _UNKNOWN.match(text):
        return Amount(value=None)
    head = _HEAD.match(text)
    if head is None or _DATE.match(text, head.start("number")):
        return None
    value = number(head["number"], language, indicator.decimals)
    tail = _after_unit(head["tail"], value, indicator)
    if value is None or tail is None or not _is_remark(tail):
        return None
    return Amount(value=indicator.quantised(-value if head["sign"] else value))


def confidence(text: str) -> int | None:
    """A whole number from 1 to 10; None when the cell does not say exactly one."""
    head = _HEAD.match(text)
    if head is None or head["sign"] or not re.fullmatch(r"[0-9]{1,2}", head["number"]):
        return None
    tail, value = head["tail"], int(head["number"])
    whole = _OUT_OF.match(tail)
    if whole is not None:
        if whole["whole"] != "10":
            return None
        tail = whole["tail"]
    tail = _POINTS.sub("", tail, count=1) if _POINTS.match(tail) else tail
    if not 1 <= value <= 10 or not _JUST_A_WORD.match(tail) or not _is_remark(tail):
        return None
    return value


def number(written: str, language: Language, decimals: int) -> Decimal | None:
    """`1.234,5` or `1,234.5`; None for what both languages would read differently, unless the precision settles it."""
    signs = [char for char in written if not char.isdecimal()]
    point = _decimal_sign(written, signs, language, decimals)
    if point is None:
        return None
    whole, _, rest = written.rpartition(point) if point else (written, "", "")
    groups = re.split(r"[.,’' ]", whole)
    if len("".join(groups)) > _DIGITS or (len(groups) > 1 and groups[0].startswith("0")):
        return None
    return Decimal(f"{''.join(groups)}.{rest[:_DIGITS] or 0}")


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
    percent = _PERCENT.match(tail)
    if percent:
        return tail[percent.end() :]
    whole = _OUT_OF.match(tail)
    if whole is None:
        return None if _ORDINAL.match(tail) or tail[:1].isalpha() else tail
    counted = re.search(rf"\b(?:von|of)\s{re.escape(whole['whole'])}\b", f"{indicator.name} {indicator.unit}")
    if whole["slash"] and not counted:
        return None
    out_of = number(whole["whole"], Language.DE, indicator.decimals)
    return whole["tail"] if value is not None and out_of is not None and value <= out_of else None


def _is_remark(tail: str) -> bool:
    if _OTHERWISE.match(tail) or _CHANGE.match(tail):
        return False
    return not re.search(r"[0-9]", tail) or bool(_REMARK.match(tail))
