"""How a team works, as people write it: when it meets, how many it is, which language."""

import re
from dataclasses import dataclass
from datetime import time

from connector.pages.form_days import in_doubt, is_remark
from mappings.calendar import Weekday
from mappings.okr import Language

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
    (re.compile(r"\b(?:alle|every)\s+(?:14|vierzehn|fourteen)\s+(?:tage|days)\b", re.IGNORECASE), 2),
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
    r"|viertel|nach absprache|flexib\w*|(?:zwei|drei|vier)?mal|mehrmals|twice|c\.\s?t|dann|then|ausnahme\w*|gerade\w*"
    r"|ungerade\w*|odd|even|bi-?weekly)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\([^()]*\)|(?:\b(?:für|for|je)\s+)?\b[0-9]+\s*(?:minuten|minutes|min)\b\.?", re.IGNORECASE)
_DAILY = re.compile(
    r"\b(?:nach|vor|after|before)\s+(?:(?:dem|unserem|the|our)\s+)?(?:daily|stand-?up)\b", re.IGNORECASE
)
_SIZE = re.compile(
    r"(?:(?:wir|we|sind|are|we're|team of|zu|derzeit|gerade|aktuell|currently|insgesamt|in total)\s+)*"
    r"(?P<n>[0-9]{1,3}|[a-zäöüß]+)(?P<rest>(?!\s*[-–—,.+/]\s*[0-9]|-ish\b).*)",
    re.IGNORECASE | re.DOTALL,
)
_PEOPLE = re.compile(
    r"(?:\s*\b(?:menschen|personen|leute|köpfe|(?:team)?mitglieder|mitarbeiter(?:innen|[*:]innen)?|mitarbeitende"
    r"|kolleg(?:en|innen|[*:]innen)|kolleginnen und kollegen|people|persons|(?:team )?members|of us|in total"
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
    marked = match["fu"] or match["tu"] or (match["tm"] and ":" in match[0])
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
    remark = _DAILY.sub(" ", remark)
    strange = _STRANGE.search(remark) or _DAY.search(remark) or in_doubt(remark)
    return not strange and not re.search(r"[0-9]\s*(?:uhr|h\b|:|\.|[ap]m\b)|woche|week|\bKW\b", remark, re.IGNORECASE)
