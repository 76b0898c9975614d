"""How a team works, as people write it: when it meets, which weeks are quiet, how many it is, which language."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from connector.pages.form_days import days_in, in_doubt, is_remark, week_of, weeks_in
from mappings.calendar import IsoWeek, Weekday
from mappings.okr import Cycle, Language

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "montag montags mo monday mondays mon",
            "dienstag dienstags di tuesday tuesdays tue tues",
            "mittwoch mittwochs mi wednesday wednesdays wed",
            "donnerstag donnerstags do thursday thursdays thu thur thurs",
            "freitag freitags fr friday fridays fri",
            "samstag samstags sonnabend sonnabends sa saturday saturdays sat",
            "sonntag sonntags so sunday sundays sun",
        )
    )
    for name in names.split()
}
_DAY = re.compile(rf"\b({'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\b\.?", re.IGNORECASE)
_AFTER = r"(?![\d:]|[.,]\d)"
_CLOCK = (
    r"(?:(?P<{0}h>[0-9]{{1,2}})(?:(?:[:.]|\s?h\s?)(?P<{0}m>[0-9]{{2}}))?" + _AFTER + r"\s*"
    r"(?P<{0}u>uhr(?:\s(?P<{0}r>[0-9]{{2}}))?|h\b|o'clock|(?P<{0}a>a\.?m\b\.?)|(?P<{0}p>p\.?m\b\.?))?)"
)
_TIME = re.compile(
    rf"(?P<word>\b(?:um|ab|at|from|von)\s+|@\s*)?{_CLOCK.format('f')}(?:\s*(?:-|–|—|bis|to)\s*{_CLOCK.format('t')})?",
    re.IGNORECASE,
)
_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "ein eine one", "zwei two", "drei three", "vier four", "fünf five", "sechs six", "sieben seven",
            "acht eight", "neun nine", "zehn ten", "elf eleven", "zwölf twelve",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_IN_GROUPS = ("", "", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwölft")
_ORDINALS = {
    "zweite": 2, "zweiten": 2, "zweiter": 2, "dritte": 3, "dritten": 3, "dritter": 3, "vierte": 4, "vierten": 4,
    "other": 2, "second": 2, "third": 3, "fourth": 4, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip
_COUNT = rf"(?:[0-9]{{1,2}}|{'|'.join(_NUMBERS)})"
_PACES = (
    (re.compile(r"\b(?:alle|every)\s+(?P<n>" + _COUNT + r")\s+(?:wochen|weeks)\b", re.IGNORECASE), None),
    (re.compile(r"\b(?P<n>" + _COUNT + r")-?(?:wöchentlich|wöchig)\b", re.IGNORECASE), None),
    (re.compile(r"\b(?:zwei|2-?)wöchentlich\b|\b14-?\s?(?:tägig|täglich)\b|\bfortnightly\b", re.IGNORECASE), 2),
    (re.compile(r"\bdreiwöchentlich\b", re.IGNORECASE), 3),
    (re.compile(r"\bvierwöchentlich\b", re.IGNORECASE), 4),
    (
        re.compile(
            r"\b(?:jede[nr]?|every)\s+(?P<o>" + "|".join(_ORDINALS) + r"|[234]\.)(?!\w)(?:\s+(?:woche|week)\b)?",
            re.IGNORECASE,
        ),
        None,
    ),
    (re.compile(r"\b(?:jede|every|each|pro|je)\s+(?:woche|week)\b|\bwöchentlich\b|\bweekly\b", re.IGNORECASE), 1),
    (re.compile(r"\beinmal (?:die|in der|pro) woche\b|\bonce a week\b", re.IGNORECASE), 1),
)
_FILLER = re.compile(r"[\s,;.·–—-]+|\b(?:und|and|immer|always|jeden|every|each|on|am|an|in|der|the|check-?in)\b", re.I)
_STRANGE = re.compile(
    r"\b(?:monat\w*|month\w*|quartal\w*|quarter\w*|täglich|daily|abwechselnd|alternat\w*|wechselnd|meist\w*|usually|halb|half"
    r"|viertel|nach absprache|flexib\w*|mal|dann|then|ausnahme\w*|gerade\w*|ungerade\w*|odd|even|bi-?weekly)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\([^()]*\)|(?:\b(?:für|for|je)\s+)?\b[0-9]+\s*(?:minuten|minutes|min)\b\.?", re.IGNORECASE)
_SAME_MONTH = re.compile(
    r"(?<![\w.])([0-9]{1,2})\.?\s*(-|–|—|bis|to)\s*([0-9]{1,2}\.?\s?)((?:[0-9]{1,2}\.|[A-Za-zäÄ]{3,9}\b\.?)(?:\s?[0-9]{4})?)",
)
_NOTHING = re.compile(r"\W*(?:keine?|nichts|none|no|nein|kein|no quiet weeks|keine ruhigen wochen)\W*", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|–|—|bis(?: zum)?(?: einschließlich)?|to|until|through)\s*", re.IGNORECASE)
_SIZE = re.compile(
    r"(?:(?:wir|we|sind|are|we're|team of|zu|derzeit|gerade|aktuell|currently|insgesamt|in total)\s+)*"
    r"(?P<n>[0-9]{1,3}|[a-zäöüß]+)(?P<rest>(?!\s*[-–—,.+/]\s*[0-9]).*)",
    re.IGNORECASE | re.DOTALL,
)
_PEOPLE = re.compile(
    r"(?:\s*\b(?:menschen|personen|leute|köpfe|(?:team)?mitglieder|people|persons|(?:team )?members|of us|in total"
    r"|insgesamt|(?:im|in the|in our|in unserem) team))*\s*",
    re.IGNORECASE,
)
_LANGUAGES = {
    **dict.fromkeys(("deutsch", "de", "german", "deutsche"), Language.DE),
    **dict.fromkeys(("englisch", "en", "english", "eng"), Language.EN),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """When a team checks in."""

    check_in: Weekday
    at: time
    every: int


def meeting(text: str) -> Meeting | None:
    """`dienstags um 9 Uhr, jede Woche`; None unless day, time and pace can be told without a doubt."""
    rest = _REMARK.sub(lambda match: " " if _says_nothing(match[0]) else match[0], text)
    every, rest = _pace(rest)
    days = {_WEEKDAYS[match[1].casefold()] for match in _DAY.finditer(rest)}
    rest = _DAY.sub(" ", rest)
    times = [match for match in _TIME.finditer(rest) if match["fh"]]
    if every is None or len(days) != 1 or len(times) != 1 or max(days) > Weekday.FRIDAY:
        return None
    at = _time(times[0])
    rest = f"{rest[: times[0].start()]} {rest[times[0].end() :]}"
    if at is None or not _only_filler(rest):
        return None
    return Meeting(check_in=Weekday(days.pop()), at=at, every=every)


def quiet_weeks(text: str, cycle: Cycle, check_in: Weekday | None) -> tuple[frozenset[IsoWeek], bool]:
    """The weeks that a cell names, and whether everything in it was understood.

    A span of days makes those weeks quiet in which it covers the day of the check-in.
    """
    if not text or _NOTHING.fullmatch(text):
        return frozenset(), True
    weeks: set[IsoWeek] = set()
    said = re.sub(r"\([^()0-9]*\)", " ", text)
    left, understood = _spans_of_days(_SAME_MONTH.sub(r"\1. \4 \2 \3\4", said), cycle, check_in, weeks)
    left, whole = _weeks(left, cycle, weeks)
    if in_doubt(left):
        return frozenset(), False
    clean = re.sub(r"\b(?:und|and|sowie)\b|[\s,;&+/.()·]+|\b(?:jeweils|in)\b", "", left, flags=re.IGNORECASE)
    return frozenset(weeks), understood and whole and not clean


def size(text: str) -> int | None:
    """`7`, `sieben`, `wir sind zu siebt`; None for a range, an estimate, a list or anything else."""
    match = _SIZE.fullmatch(text.strip())
    if match is None or in_doubt(text):
        return None
    word = match["n"].casefold()
    number = int(word) if word.isdecimal() else _NUMBERS.get(word)
    if number is None and word in _IN_GROUPS[2:]:
        number = _IN_GROUPS.index(word)
    rest = _PEOPLE.sub("", match["rest"], count=1)
    return number if number is not None and (not rest or is_remark(rest)) and not re.search(r"[,;]", rest) else None


def language(text: str) -> Language | None:
    """The one language that a cell names."""
    said = re.findall(r"[^\W\d_]+", text.casefold())
    known = [word for word in said if word not in ("auf", "in", "bitte", "please")]
    return _LANGUAGES.get(known[0]) if len(known) == 1 else None


def _pace(text: str) -> tuple[int | None, str]:
    """Every how many weeks, 1 when nothing is said, and the text without it; None when it is said twice or too far."""
    told: list[int] = []
    for pattern, fixed in _PACES:
        for match in pattern.finditer(text):
            told.append(fixed if fixed is not None else _number(match))
        text = pattern.sub(" ", text)
    if any(not 1 <= each <= 12 for each in told) or len(set(told)) > 1:
        return None, text
    return (told[0] if told else 1), text


def _number(match: re.Match[str]) -> int:
    parts = match.groupdict()
    word = (parts.get("n") or parts.get("o") or "").casefold().rstrip(".")
    return int(word) if word.isdecimal() else _NUMBERS.get(word) or _ORDINALS[word]


def _time(match: re.Match[str]) -> time | None:
    hour, minute = int(match["fh"]), int(match["fm"] or match["fr"] or 0)
    marked = match["fu"] or match["tu"]
    if match["fp"] or (match["tp"] and not match["fa"] and not match["fu"] and hour < 12):
        hour += 12 if hour < 12 else 0
    elif match["fa"] and hour == 12:
        hour = 0
    if not (marked or match["fm"] or match["word"]) or hour > 23 or minute > 59 or hour < 6:
        return None
    return time(hour, minute)


def _only_filler(rest: str) -> bool:
    """Whether nothing stands around day, time and pace but small words and, after a comma, a remark."""
    if in_doubt(rest) or _STRANGE.search(rest) or re.search(r"[0-9]", rest):
        return False
    return not _FILLER.sub("", re.split(r"[,;]", rest, maxsplit=1)[0])


def _says_nothing(remark: str) -> bool:
    """Whether words in brackets leave day, time and pace alone."""
    strange = _STRANGE.search(remark) or _DAY.search(remark) or in_doubt(remark)
    return not strange and not re.search(r"[0-9]\s*(?:uhr|h\b|:|\.|[ap]m\b)|woche|week|\bKW\b", remark, re.IGNORECASE)


def _spans_of_days(text: str, cycle: Cycle, check_in: Weekday | None, weeks: set[IsoWeek]) -> tuple[str, bool]:
    known = days_in(text, _with_turn_of_year(cycle))
    found = [each for each in known if each.day is not None or "/" not in text[slice(*each.at)]]
    kept, understood, place = "", True, 0
    for one, two in zip(found[::2], found[1::2], strict=False):
        between = text[one.at[1] : two.at[0]]
        if one.day is None or two.day is None or not _RANGE.fullmatch(between) or not _fits(one.day, two.day):
            understood = False
        else:
            weeks |= _covered(one.day, two.day, check_in)
        kept += f"{text[place : one.at[0]]} "
        place = two.at[1]
    kept = re.sub(r"\b(?:vom|von|from|ab)\s*(?=[,;]|\Z|\s)", "", kept + text[place:], flags=re.IGNORECASE)
    return kept, understood and len(found) % 2 == 0


def _with_turn_of_year(cycle: Cycle) -> Cycle:
    """The cycle and some days more, so that 21.12.–3.1. finds its years."""
    return Cycle(id=cycle.id, first=cycle.first - timedelta(days=31), last=cycle.last + timedelta(days=31))


def _fits(first: date, last: date) -> bool:
    return timedelta(0) <= last - first <= timedelta(weeks=8)


def _covered(first: date, last: date, check_in: Weekday | None) -> set[IsoWeek]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    meant = [d for d in days if (d.weekday() <= Weekday.FRIDAY if check_in is None else d.weekday() == check_in)]
    return {IsoWeek.of(day) for day in meant}


def _weeks(text: str, cycle: Cycle, weeks: set[IsoWeek]) -> tuple[str, bool]:
    """Takes weeks, bare numbers after them, and spans of them out of a text."""
    marked = re.sub(
        r"(?<![\w.])([0-9]{1,2})(?=\s*(?:[,;&/)]|und\b|and\b|bis\b|to\b|-|–|—|\Z))(?!\s?/\s?[0-9]{4})",
        r"KW \1",
        re.sub(
            r"(?i)(?<![\w-])(?:kw|cw|wk|w|kalenderwochen?|wochen?|calendar weeks?|weeks?)\.?\s*(?=[0-9])", "KW ", text
        ),
    )
    marked = re.sub(r"KW KW ", "KW ", marked)
    found = list(weeks_in(marked, cycle))
    understood = all(week is not None for _, week in found)
    for ((_, end), one), ((start, _), two) in zip(found, found[1:], strict=False):
        if one and two and _RANGE.fullmatch(marked[end:start]):
            weeks |= set(one.until(two)) if one <= two <= one.shifted(8) else set()
            understood &= one <= two <= one.shifted(8)
            marked = f"{marked[:end]}{' ' * (start - end)}{marked[start:]}"
    weeks |= {week for _, week in found if week}
    for (start, end), _ in reversed(found):
        marked = f"{marked[:start]} {marked[end:]}"
    return marked, understood and bool(found or not text.strip())
