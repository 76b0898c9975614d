"""Which epics are to move an indicator, under which names, and which way: read from one cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from connector.pages.form_days import days_in, week_of, weeks_in
from connector.pages.form_links import CLOSE, OPEN, marked
from connector.pages.given import plain
from mappings.calendar import IsoWeek
from mappings.epics import EpicSelector
from mappings.indicators import Direction, Expectation
from mappings.okr import Cycle, Language

_MARK = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_EPICS = r"(?:(?:alle|all)(?:\s+(?:die|the|unsere|our))?(?:\s+epics?)?|epics?|(?:alles|everything))"
_LABEL = re.compile(
    rf"(?:{_EPICS}\s+)?(?:(?:mit|with)\s+(?:dem\s+|the\s+|einem\s+|a\s+)?)?(?:labell?ed(?:\s+(?:with|as))?|label|stichwort)"
    r"(?![\w-])\s*[:=]?\s*"
    r"(?:[„“\"‚'«»](?P<quoted>[^“”\"‘'«»\s]{1,255})[“”\"‘'«»]|(?P<bare>[^\s,;„“”\"]{1,255}))",
    re.IGNORECASE,
)
_BELOW = re.compile(
    rf"(?:{_EPICS}\s+)?(?:unter|unterhalb von|below|under)\s+{OPEN}(?P<key>[^{CLOSE}]*){CLOSE}", re.IGNORECASE
)
_NOT_ONLY = re.compile(  # a second label, or epics that are left out
    r"\s*,?\s*(?:und|oder|and|or|sowie|&|\+|/|außer|ausser|ohne|nicht|aber|except|without|not|but)(?!\w)\s*[^;\n]",
    re.IGNORECASE,
)
_LEFT_OUT = r"\b(?:nicht|ohne|außer|ausser|bis auf|not|except|without|excluding)"
_DOUBTFUL = re.compile(
    rf"{_LEFT_OUT}\s+(?:(?:die|das|the|epics?|dem|den)\s+)*{OPEN}|{CLOSE}\s*(?:-|–|—|bis|to|through|oder|or)\s*{OPEN}"
    rf"|{_LEFT_OUT}\s+(?:(?:dem|the|einem|a)\s+)?label\b",
    re.IGNORECASE,
)
_QUERY = re.compile(
    r"was die Abfrage in der Mapping-Datei findet|what the query in the mapping file finds", re.IGNORECASE
)
_SHOULD = (
    r"(?:(?:es|sie|er|die zahl|der wert|der anteil|it|this|the number)\s+)?"
    r"(?:soll(?:te|en)?|wird|should|will|is to|to)?\s*"
)
_WAYS = {
    Direction.RISES: r"steigt|steigen|steigend|wächst|wachsen|nimmt zu|zunehmen|geht (?:hoch|nach oben|rauf)|hoch|rauf"
    r"|nach oben|mehr|höher|rises?|rising|increases?|grows?|goes up|go up|up(?:wards)?|more|higher|↑|↗|⬆",
    Direction.FALLS: r"sinkt|sinken|sinkend|fällt|fallen|fallend|nimmt ab|abnehmen|geht (?:runter|zurück|nach unten)"
    r"|runter|nach unten|weniger|niedriger|falls?|falling|decreases?|drops?|shrinks?|goes down|go down"
    r"|down(?:wards)?|less|fewer|lower|↓|↘|⬇",
    Direction.STAYS: r"bleibt?(?: gleich| stabil| unverändert| wie (?:er|sie|es) ist)?|bleiben(?: gleich| stabil)?"
    r"|gleich|unverändert|stabil|stays?(?: the same| stable| level| unchanged)?|unchanged|stable|steady",
}
_WAY = rf"{_SHOULD}(?:{'|'.join(_WAYS.values())})"
_SINCE = (
    r"(?:sichtbar |zu sehen |erkennbar |first visible |visible )?"
    r"(?:ab|seit|in|von|from|since|starting(?: in)?|as of)\s+"
)
_WEEK_SAID = (
    r"(?:der |the )?(?:kw|kalenderwoche|woche|cw|calendar week|week|w)\.?\s*[0-9]{1,2}(?:\s?/\s?[0-9]{4})?(?: on| an)?"
)
_DAY_SAID = r"(?:dem\s+)?[0-9]{1,2}\.\s?(?:[0-9]{1,2}\.(?:[0-9]{2,4})?|[A-Za-zä]{3,9})(?: [0-9]{4})?(?: on| an)?"
_VAGUE = r"(?:(?:mitte|anfang|ende|mid|early|late)[ -])?[^\W\d_]+(?: an| on)?"
_EDGE = rf"(?:(?<=[;,.\n:{CLOSE}(–—-])|\A|(?<=\bund)|(?<=\band))\s*"
_END = r"(?!\w)\s*(?=[;,.\n:)]|\Z)"
_EXPECTED = re.compile(
    rf"{_EDGE}(?:(?P<way>{_WAY})(?:,?\s+(?P<since>{_SINCE}(?:{_WEEK_SAID}|{_DAY_SAID}|{_VAGUE})))?"
    rf"|(?P<alone>{_SINCE}(?:{_WEEK_SAID}|{_DAY_SAID}|{_VAGUE}))"
    rf"|(?:soll|wird|should)\s+(?P<amid>{_SINCE}(?:{_WEEK_SAID}|{_DAY_SAID}))\s+(?P<end>{'|'.join(_WAYS.values())})){_END}"
    rf"|{_EDGE}(?P<arrow>[↑↗⬆↓↘⬇]){_END}",
    re.IGNORECASE,
)
_BETWEEN = " \n\t,;.·•*|/&+–—-:()"
_AND = re.compile(r"^(?:und|and|sowie|plus)\b\s*|\s*\b(?:und|and|sowie)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What a cell says about the epics of an indicator, and what could not be told."""

    epics: EpicSelector | None = None
    by_query: bool = False  # the cell points to the query in the mapping file
    expect: Expectation | None = None
    both_ways: bool = False  # epics and a label; the epics are read
    unclear_way: bool = False
    unclear_week: bool = False
    left: str = field(default="", repr=False)  # words beside which no epic stands


def moved(cell: etree._Element, cycle: Cycle, delivery: tuple[str, ...], language: Language) -> Moved:
    """What is to move an indicator: epics with the team's names before them or a label, and what it expects."""
    text = marked(cell, delivery, language)
    text, expect, unclear_way, unclear_week = _expectation(text, cycle)
    by_query = _QUERY.search(text) is not None
    text = _QUERY.sub("", text)
    doubtful = _DOUBTFUL.search(text)
    if doubtful:
        return Moved(expect=expect, unclear_way=unclear_way, unclear_week=unclear_week, left=_shown(text))
    below = _BELOW.search(text)
    text = _BELOW.sub("", text)
    label, text = _label(text)
    keys, left = _named(text)
    epics: EpicSelector | None = None
    if keys:
        epics = EpicSelector(keys=keys)
    elif label:
        epics = EpicSelector(label=label)
    elif below:
        epics = EpicSelector(parent=below["key"].upper())
    return Moved(
        epics=epics,
        by_query=by_query and epics is None,
        expect=expect,
        both_ways=bool(keys) + bool(label) + bool(below) > 1,
        unclear_way=unclear_way,
        unclear_week=unclear_week,
        left=left,
    )


def _expectation(text: str, cycle: Cycle) -> tuple[str, Expectation | None, bool, bool]:
    ways: set[Direction] = set()
    weeks: set[IsoWeek | None] = set()
    matches = list(_EXPECTED.finditer(text))
    for match in matches:
        ways |= set(_direction(match["way"] or match["arrow"] or match["end"] or ""))
        since = match["since"] or match["alone"] or match["amid"]
        if since:
            weeks.add(_week(since, cycle))
    for match in reversed(matches):
        text = f"{text[: match.start()]};{text[match.end() :]}"
    direction = next(iter(ways)) if len(ways) == 1 else None
    week = next(iter(weeks)) if len(weeks) == 1 else None
    expect = Expectation(direction=direction, first_visible=week) if direction or week else None
    return text, expect, len(ways) > 1, bool(weeks) and week is None


def _direction(said: str) -> Iterator[Direction]:
    for direction, ways in _WAYS.items():
        if said and re.fullmatch(rf"{_SHOULD}(?:{ways})", said.strip(), re.IGNORECASE):
            yield direction


def _week(since: str, cycle: Cycle) -> IsoWeek | None:
    named = [week for _, week in weeks_in(since, cycle)]
    if named:
        return named[0]
    short = re.fullmatch(r".*?\bw\.?\s*([0-9]{1,2})(?: on| an)?", since, re.IGNORECASE)
    if short:
        return week_of(int(short[1]), cycle)
    days = [found.day for found in days_in(since, cycle)]
    return IsoWeek.of(days[0]) if days and days[0] else None


def _label(text: str) -> tuple[str, str]:
    match = _LABEL.search(text)
    if match is None:
        return "", text
    label = match["quoted"] or match["bare"].rstrip(".)")
    if _NOT_ONLY.match(text, match.end()):
        return "", text
    return label, f"{text[: match.start()]};{text[match.end() :]}"


def _named(text: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Keys with the names before them, or after them where none stands before; and the words that have no key."""
    marks = list(_MARK.finditer(text))
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(text)]
    between = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    if not marks:
        return (), _tidy(text)
    after = not _tidy(between[0]) and all(re.match(r"\s*[:(–—-]\s*\w", part) for part in between[1:])
    names = [_after(part) for part in between[1:]] if after else [_before(part) for part in between[:-1]]
    keys: dict[str, str] = {}
    for mark, name in zip(marks, names, strict=True):
        keys[mark[1]] = keys.get(mark[1]) or name
    return tuple(keys.items()), "" if after else _tidy(between[-1])


def _before(part: str) -> str:
    """The name before a key: what follows the end of the entry before it."""
    return _tidy(re.split(r"[;\n]", part.rstrip(_BETWEEN))[-1])


def _after(part: str) -> str:
    return _tidy(re.split(r"[;,\n]", part.lstrip(_BETWEEN))[0])


def _shown(text: str) -> str:
    """The words of a cell as they stand there, for a question about all of them."""
    return _tidy(_MARK.sub(r"\1", text))


def _tidy(part: str) -> str:
    said = _AND.sub("", part.strip(_BETWEEN)).strip(_BETWEEN)
    return said if plain(said) else ""
