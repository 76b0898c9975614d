"""The two languages of generated pages: wording from a catalogue, numbers, days and weeks as people write them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from mappings.calendar import IsoWeek
from mappings.okr import Language

_SPACE_BEFORE_PERCENT = re.compile(r"(?<=\d)[ \u00a0\u202f]+(?=%)")
_ENDINGS = (".", "!", "?", "…", ":")
_QUOTES = "“”«»\"')’"
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language: every text of ours passes through `say`, whose messages are English."""

    language: Language
    catalogue: Mapping[str, str] = field(repr=False)

    def say(self, message: str, **values: object) -> str:
        """The message in this language, its {names} replaced; a message that the catalogue lacks stays English."""
        text = self.catalogue.get(message, message)
        return text.format_map(values) if values else text

    def number(self, value: Decimal) -> str:
        """`1.234,5` or `1,234.5`; trailing zeros are dropped."""
        return _written(value, self.language)

    def amount(self, value: Decimal, unit: str) -> str:
        """A number with its percent sign; every other unit stands in the name of the row."""
        return self.number(value) + self._percent(unit)

    def span(self, low: Decimal, high: Decimal, unit: str) -> str:
        """`55–65 %`, or one amount when both ends are the same."""
        if low == high:
            return self.amount(low, unit)
        return f"{self.number(low)}–{self.number(high)}{self._percent(unit)}"

    def _percent(self, unit: str) -> str:
        if unit.strip() != "%":
            return ""
        return f"{NO_BREAK}%" if self.language is Language.DE else "%"

    def steady(self, text: str) -> str:
        """Text as written, but a percent sign never stands alone on the next line."""
        return _SPACE_BEFORE_PERCENT.sub(NO_BREAK if self.language is Language.DE else "", text.strip())

    def day(self, day: date) -> str:
        """`24.11.2026` or `24 November 2026`."""
        return self._date(day, "dd.MM.yyyy", "d MMMM yyyy")

    def short_day(self, day: date) -> str:
        """`24.11.` or `24 Nov`."""
        return self._date(day, "dd.MM.", "d MMM")

    def spoken_day(self, day: date) -> str:
        """`24.11.` or `24 November`, within a sentence."""
        return self._date(day, "dd.MM.", "d MMMM")

    def long_day(self, day: date) -> str:
        """`Dienstag, 24. November 2026` or `Tuesday, 24 November 2026`."""
        return self._date(day, "EEEE, d. MMMM yyyy", "EEEE, d MMMM yyyy")

    def month(self, day: date) -> str:
        """`Juni 2027` or `June 2027`."""
        return self._date(day, "MMMM yyyy", "MMMM yyyy")

    def _date(self, day: date, german: str, english: str) -> str:
        pattern = german if self.language is Language.DE else english
        return str(format_date(day, pattern, locale=self.language.value))

    def clock(self, at: time) -> str:
        """`9` or `9:30` in German (the word Uhr follows), `9:00` in English."""
        if self.language is Language.DE and at.minute == 0:
            return str(at.hour)
        return f"{at.hour}:{at.minute:02d}"

    def week(self, week: IsoWeek) -> str:
        """`KW 48` or `week 48`, for running text."""
        return self.say("week {number}", number=f"{week.week:02d}")

    def column(self, week: IsoWeek) -> str:
        """`KW 48` or `Week 48`, as the head of a column."""
        return self.say("Week {number}", number=f"{week.week:02d}")


@lru_cache(maxsize=4096)
def _written(value: Decimal, language: Language) -> str:
    return str(format_decimal(value, format="#,##0.######", locale=language.value))


@cache
def words_of(language: Language) -> Words:
    """The words of a language; English is the language the messages are written in, so it needs no catalogue."""
    found = {} if language is Language.EN else _catalogue(language)
    return Words(language=language, catalogue=MappingProxyType(found))


def _catalogue(language: Language) -> dict[str, str]:
    source = files("connector.pages").joinpath("catalogues", f"{language.value}.po")
    with source.open("rb") as stream:
        messages = read_po(stream, locale=language.value)
    return {str(m.id): str(m.string) for m in messages if m.id and m.string and not m.fuzzy}


def sentence(text: str) -> str:
    """The text with a capital at its beginning and a full stop at its end, unless it ends with a mark of its own."""
    trimmed = text.strip()
    if not trimmed:
        return ""
    ended = trimmed if trimmed.rstrip(_QUOTES).endswith(_ENDINGS) else f"{trimmed}."
    return ended[0].upper() + ended[1:]


def closed(text: str) -> str:
    """The text with a full stop at its end, its beginning as the team wrote it."""
    trimmed = text.strip()
    return trimmed if not trimmed or trimmed.rstrip(_QUOTES).endswith(_ENDINGS) else f"{trimmed}."


def unclosed(text: str) -> str:
    """The text without the full stop at its end, where more follows in the same line."""
    trimmed = text.rstrip()
    return trimmed if trimmed.endswith("..") else trimmed.removesuffix(".")


def sentences(texts: tuple[str, ...]) -> str:
    """Several texts as one paragraph of sentences."""
    return " ".join(sentence(text) for text in texts if text.strip())
