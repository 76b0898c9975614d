"""From where to where, when to think again, and what an indicator starts from, in a team's own words."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from connector.pages.amounts import amount
from connector.pages.form_days import days_in
from connector.pages.given import plain
from mappings.indicators import LARGEST, Indicator, IndicatorKind, Target
from mappings.okr import Cycle, Language, Rethink

_FINEST = 6  # decimals that a book can hold
_NOT_KNOWN = (
    "unbekannt", "unknown", "nicht bekannt", "noch nicht bekannt", "wissen wir nicht", "wissen wir noch nicht",
    "weiß ich nicht", "noch offen", "offen", "noch unbekannt", "noch unklar", "keine ahnung", "erkundung",
    "eine erkundung", "wir erkunden", "not known", "not known yet", "we do not know", "we don't know", "still open",
    "open", "exploring", "we are exploring", "exploration", "an exploration", "no idea", "tbd", "n a", "k a",
    "keine daten", "no data", "keiner", "keins", "keines", "kein ziel", "ohne ziel", "ohne zielbereich",
    "kein zielbereich", "none", "no target", "without a target", "noch keine", "noch keins", "noch keines",
    "bisher unbekannt", "not yet known", "unknown yet", "don't know", "we don't know yet", "we do not know yet",
    "das wissen wir nicht", "das wissen wir noch nicht", "ist unbekannt", "is unknown", "ohne", "noch keine daten",
    "bisher keine daten", "noch keine zahl", "noch keine zahlen", "no data yet", "no data so far", "no numbers yet",
)  # fmt: skip
_UNKNOWN = frozenset(plain(words) for words in _NOT_KNOWN)
_FROM_TO = (
    re.compile(r"(?:derzeit |heute )?(?:von|vom)\s+(?P<start>.+?)\s+auf\s+(?P<goal>.+)", re.IGNORECASE),
    re.compile(r"(?:derzeit |heute )?(?:von|vom)\s+(?P<start>.+?)\s+(?:nach|zu|hin zu)\s+(?P<goal>.+)", re.IGNORECASE),
    re.compile(r"(?:up |down )?from\s+(?P<start>.+?)\s+(?:up to|down to|to)\s+(?P<goal>.+)", re.IGNORECASE),
    re.compile(r"(?P<start>.+?)\s*(?:→|->|=>|⇒|➜|➔)\s*(?P<goal>.+)"),
    re.compile(
        r"(?:heute|derzeit|aktuell|start|today|currently|now)[: ]\s*(?P<start>.+?)\s*[,;]\s*(?:ziel|target|goal)\b:?\s*"
        r"(?P<goal>.+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:heute|derzeit|aktuell|today|currently|now)[: ]\s*(?P<start>[^,;]+(?:,[0-9][^,;]*)?)", re.IGNORECASE
    ),
    re.compile(r"(?:auf|ziel:?|to|target:?)\s+(?P<goal>.+)", re.IGNORECASE),
    re.compile(r"\A(?P<start>[^,]*[0-9][^,]*?|unbekannt|unknown)\s+(?:auf|to)\s+(?P<goal>.+)", re.IGNORECASE),
)
_SPLITS = re.compile(r"\s(?:auf|nach|to)\s|→|->|=>|⇒", re.IGNORECASE)
_BY = re.compile(r"[\s,;–—-]*\b(?:bis(?: zum| einschließlich)?|am|by|until|on|at)\s*\Z", re.IGNORECASE)
_BY_FIRST = re.compile(r"\W*(?:bis(?: zum)?|am|by|until|on)?\s*", re.IGNORECASE)
_AND_IF = re.compile(r"^[\s,:;–—-]+(?:(?:falls|wenn|if|when)\s+)?", re.IGNORECASE)
_TWO_ENDS = re.compile(
    r"(?:(?:von|zwischen|from|between)\s+)?(?P<low>[-−]?[0-9][0-9.,’' ]*?(?:\s?%)?)\s*(?:-|–|—|bis|to|und|and)\s*"
    r"(?P<high>[-−]?[0-9][0-9.,’' ]*(?:\s?%)?)(?P<unit>\s*[^\W\d_][^0-9]*)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:zwischen|between)\b", re.IGNORECASE)
_OPEN_END = re.compile(
    r"[<>≤≥]|\b(?:mindestens|höchstens|maximal|minimal|mind|max|min|über|unter|mehr|weniger|als|at least|at most|below"
    r"|above|under|over|more|less|fewer|than|up to|bis zu)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that could be read, or that the team says it does not know; `None` for both of these is a question."""

    value: Decimal | None
    percent: bool = False


def way(text: str) -> tuple[str, str] | None:
    """Start and goal as written, empty where unknown; None when a cell says something else."""
    said = text.strip().rstrip(".").strip()
    if is_unknown(said):
        return "", ""
    for pattern in _FROM_TO:
        match = pattern.fullmatch(said)
        if match is None:
            continue
        parts = match.groupdict()
        start, goal = (_known(parts.get(name) or "") for name in ("start", "goal"))
        clear = not _SPLITS.search(f" {start} ") and not _SPLITS.search(f" {goal} ")
        return (start, goal) if clear and "?" not in start + goal else None
    return None


def is_unknown(text: str) -> bool:
    """Whether a cell is empty or says that nothing is known yet, which is an answer."""
    first = plain(text.split(",")[0].split("(")[0].split(";")[0])
    return not plain(text) or plain(text) in _UNKNOWN or (first in _UNKNOWN and not re.search(r"[0-9]", text))


def rethink(text: str, cycle: Cycle, indicators: tuple[Indicator, ...]) -> tuple[Rethink | None, date | None]:
    """When a team thinks again, and the day that the words hold; a criterion without a day keeps its words whole."""
    named, said = _at_indicator(text, indicators)
    found = list(days_in(said, cycle))
    day = found[0].day if len(found) == 1 else None
    condition = _without_day(said, found[0].at) if day is not None else said
    if not plain(condition):
        return None, day
    return Rethink(condition=condition, day=day, indicator=named), day


def today(text: str, indicator: Indicator, language: Language) -> Number | None:
    """The number that an indicator starts from."""
    if is_unknown(text):
        return Number(value=None)
    if amount(text, indicator, language) is None:
        return None
    read = amount(text, replace(indicator, decimals=_FINEST), language)
    if read is None or read.value is None or abs(read.value) >= LARGEST:
        return None
    return Number(value=_shortest(read.value), percent="%" in text)


def target(text: str, indicator: Indicator, language: Language) -> tuple[Target | None, bool] | None:
    """The target range of an indicator and whether it is in percent; None when a cell says something else."""
    if is_unknown(text):
        return None, False
    if _OPEN_END.search(text) or text.rstrip()[-1:] in "-–—":
        return None
    match = _TWO_ENDS.fullmatch(text.strip())
    if match is None:
        single = today(text, indicator, language)
        if single is None or single.value is None:
            return None
        return Target(low=single.value, high=single.value), single.percent
    ends = [today(match[name], indicator, language) for name in ("low", "high")]
    low, high = (end.value if end else None for end in ends)
    if low is None or high is None or low > high:
        return None
    return Target(low=low, high=high), "%" in text


def kind(text: str) -> IndicatorKind | None:
    """Early or late, by the first word."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    known = {_KINDS[word] for word in words[:1] + [w for w in words[1:] if w in _KINDS] if word in _KINDS}
    clear = len(known) == 1 and words[0] in _KINDS and "ish" not in words and "?" not in text
    return known.pop() if clear else None


_KINDS = {
    **dict.fromkeys(
        ("früh", "frueh", "frühindikator", "frühindikatoren", "early", "leading", "lead"), IndicatorKind.LEADING
    ),
    **dict.fromkeys(("spät", "spaet", "spätindikator", "late", "lagging", "lag"), IndicatorKind.LAGGING),
}


def _known(text: str) -> str:
    said = text.strip(" ,;")
    return "" if plain(said) in _UNKNOWN else said


def _at_indicator(text: str, indicators: tuple[Indicator, ...]) -> tuple[str | None, str]:
    """An indicator named before a colon, and the rest."""
    name, colon, rest = text.partition(":")
    if not colon or not rest.strip():
        return None, text
    known = next((i.id for i in indicators if plain(name) in (plain(i.name), plain(i.id))), None)
    return (None, text) if known is None else (known, rest.strip())


def _without_day(text: str, at: tuple[int, int]) -> str:
    """The words of a criterion without its day, where the day stands at one end; else all of them."""
    before, after = text[: at[0]], text[at[1] :]
    if not after.strip(" .,;)"):
        return _BY.sub("", before).strip(" ,;–—-(")
    if _BY_FIRST.fullmatch(before):
        return _AND_IF.sub("", after).strip()
    return text


def _shortest(value: Decimal) -> Decimal:
    """The same number without zeros at its end."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
