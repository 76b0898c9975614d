"""How people fill a planning page, in two languages: the cell, what they wrote, and what it is to mean.

An expectation is a value, or `ASKED`: then nothing may be read and a question stands beside the place. German rows are
written on a German page, English ones on an English page. Weeks and days are those of the fourth quarter of 2026.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from connector.pages.form_fields import Field
from mappings.calendar import IsoWeek, Weekday
from mappings.epics import EpicSelector
from mappings.indicators import Direction, Expectation, IndicatorKind, SourceKind, Target
from mappings.okr import Language

DE, EN = Language.DE, Language.EN
ASKED = "asked"
MO, TU, WE, TH, FR = Weekday


@dataclass(frozen=True, slots=True)
class Spelling:
    """One cell as somebody filled it."""

    language: Language
    field: Field
    written: str
    expected: object


def link(key: str, said: str = "") -> str:
    """An epic as a person pastes it."""
    return f'<a href="https://jira.example.org/browse/{key}">{said or key}</a>'


def smart(key: str) -> str:
    """An epic as the Cloud editor makes a card of it."""
    address = f"https://jira.example.org/browse/{key}"
    return f'<a href="{address}" data-card-appearance="inline">{address}</a>'


def macro(key: str) -> str:
    """An epic as the Jira macro shows it."""
    return (
        '<ac:structured-macro ac:name="jira" ac:schema-version="1"><ac:parameter ac:name="server">Jira</ac:parameter>'
        f'<ac:parameter ac:name="key">{key}</ac:parameter></ac:structured-macro>'
    )


def _weeks(*numbers: int) -> frozenset[IsoWeek]:
    return frozenset(IsoWeek(2026 if number > 9 else 2027, number) for number in numbers)


def _keys(*pairs: tuple[str, str]) -> EpicSelector:
    return EpicSelector(keys=pairs)


def _span(low: str, high: str | None = None) -> Target:
    return Target(low=Decimal(low), high=Decimal(high or low))


def _moved(
    epics: EpicSelector | None, way: Direction | None = None, week: int | None = None
) -> tuple[EpicSelector | None, Expectation | None]:
    since = IsoWeek(2026, week) if week else None
    return epics, Expectation(direction=way, first_visible=since) if way or since else None


UP, DOWN, SAME = Direction
OCTOBER, FIFTH = date(2026, 10, 1), date(2026, 10, 5)
NOVEMBER, DECEMBER = date(2026, 11, 20), date(2026, 12, 15)

VALID_FROM: dict[Language, dict[str, object]] = {
    DE: {
        "1.10.2026!": OCTOBER,
        "1.10.2026 ✅": OCTOBER,
        "1.10.2026-31.12.2026": ASKED,
        "1.10.-31.12.": ASKED,
        "Freitag, 1. Oktober 2026": ASKED,
        "1.10.2026": OCTOBER,
        "01.10.26": OCTOBER,
        "1. Oktober 2026": OCTOBER,
        "1.Oktober 2026": OCTOBER,
        "1. Okt. 2026": OCTOBER,
        "2026-10-01": OCTOBER,
        "1.10.": OCTOBER,
        "ab 1.10.2026": OCTOBER,
        "ab dem 1. Oktober": OCTOBER,
        "Do, 1.10.2026": OCTOBER,
        "Donnerstag, den 1. Oktober 2026": OCTOBER,
        "1.10.2026 (nach dem Kick-off)": OCTOBER,
        "<s>1.10.2026</s> 5.10.2026": FIFTH,
        '<time datetime="2026-10-01" />': OCTOBER,
        "1.&nbsp;Oktober&nbsp;2026": OCTOBER,
        "<strong>5.10.2026</strong>": FIFTH,
        "Montag, 5.10.26": FIFTH,
        "": None,
        "–": None,
        "Dienstag, 5.10.2026": ASKED,
        "1.10.2062": ASKED,
        "31.11.2026": ASKED,
        "1.10.2026 oder 5.10.2026": ASKED,
        "vermutlich 1.10.2026": ASKED,
        "1.10.2026?": ASKED,
        "sofort": ASKED,
        "KW 40": ASKED,
        "nach dem Review": ASKED,
        "1/10/2026": ASKED,
        "Anfang Oktober": ASKED,
        "wenn alle zugestimmt haben": ASKED,
    },
    EN: {
        "1 October 2026": OCTOBER,
        "1 Oct 2026": OCTOBER,
        "October 1, 2026": OCTOBER,
        "Oct 1st, 2026": OCTOBER,
        "the 1st of October 2026": OCTOBER,
        "from 1 October": OCTOBER,
        "Thursday 1 October 2026": OCTOBER,
        "2026-10-01": OCTOBER,
        "01.10.2026": OCTOBER,
        '<time datetime="2026-10-05"></time>': FIFTH,
        "13/10/2026": date(2026, 10, 13),
        "10/12/2026": ASKED,
        "as soon as possible": ASKED,
        "October": ASKED,
        "not before 1 October 2026": ASKED,
        "week 40": ASKED,
    },
}
SIZE: dict[Language, dict[str, object]] = {
    DE: {
        "7 Mitarbeiter": 7,
        "7 Mitarbeitende": 7,
        "7 Mitarbeiter:innen": 7,
        "7 plus PO": ASKED,
        "6 Entwickler, 1 PO": ASKED,
        "7": 7,
        "sieben": 7,
        "Sieben": 7,
        "wir sind 7": 7,
        "Wir sind zu siebt": 7,
        "7 Leute": 7,
        "7 Personen im Team": 7,
        "7 (mit Product Owner)": 7,
        "<s>6</s> 7": 7,
        "zwölf": 12,
        "": None,
        "etwa 7": ASKED,
        "5–7": ASKED,
        "7 bis 8": ASKED,
        "6,5": ASKED,
        "7?": ASKED,
        "6 + 1": ASKED,
        "Anna, Ben und Cem": ASKED,
        "noch offen": ASKED,
        "2": ASKED,
        "1": ASKED,
        "zwei": ASKED,
    },
    EN: {
        "7": 7,
        "seven": 7,
        "seven of us": 7,
        "we are seven": 7,
        "7 people": 7,
        "about seven": ASKED,
        "6 or 7": ASKED,
        "two": ASKED,
        "7.5 FTE": ASKED,
    },
}
CHECK_IN: dict[Language, dict[str, object]] = {
    DE: {
        "Dienstag 9 Uhr, alle 14 Tage": (TU, time(9), 2),
        "Dienstag 9:00 Uhr (nach dem Daily)": (TU, time(9), 1),
        "Dienstag 9:00 Uhr (statt Daily)": ASKED,
        "Dienstag 9 Uhr, zweimal die Woche": ASKED,
        "Dienstag, 9 Uhr c.t.": ASKED,
        "Di 9 Uhr remote, Do 9 Uhr vor Ort": ASKED,
        "dienstags um 9 Uhr, jede Woche": (TU, time(9), 1),
        "alle zwei Wochen donnerstags 14:30": (TH, time(14, 30), 2),
        "Di 9:00": (TU, time(9), 1),
        "Di., 9 Uhr, wöchentlich": (TU, time(9), 1),
        "jeden Dienstag um 9.30 Uhr": (TU, time(9, 30), 1),
        "jeden zweiten Mittwoch um 10 Uhr": (WE, time(10), 2),
        "14-tägig, freitags 11 Uhr": (FR, time(11), 2),
        "montags 9 Uhr 30, alle 3 Wochen": (MO, time(9, 30), 3),
        "dienstags 9–9:30 Uhr": (TU, time(9), 1),
        "Donnerstag 14h30": (TH, time(14, 30), 1),
        "dienstags 9 Uhr (Raum 3)": (TU, time(9), 1),
        "dienstags 9 Uhr, im Teamraum": (TU, time(9), 1),
        "<s>montags</s> dienstags um 9 Uhr": (TU, time(9), 1),
        "einmal die Woche, dienstags 9 Uhr": (TU, time(9), 1),
        "": None,
        "dienstags": ASKED,
        "9 Uhr": ASKED,
        "dienstags und donnerstags 9 Uhr": ASKED,
        "dienstags oder mittwochs 9 Uhr": ASKED,
        "samstags 10 Uhr": ASKED,
        "täglich 9 Uhr": ASKED,
        "monatlich, dienstags 9 Uhr": ASKED,
        "jeden ersten Dienstag im Monat, 9 Uhr": ASKED,
        "dienstags gegen 9": ASKED,
        "dienstags um halb zehn": ASKED,
        "dienstags um 9 Uhr, außer in den Ferien": ASKED,
        "nach dem Daily": ASKED,
    },
    EN: {
        "every 14 days, Tuesdays 9am": (TU, time(9), 2),
        "Tuesdays 9am, twice a week": ASKED,
        "Tuesdays at 9 am, every week": (TU, time(9), 1),
        "Tuesdays at 9:00, every week": (TU, time(9), 1),
        "Thursdays at 2:30 pm, every two weeks": (TH, time(14, 30), 2),
        "every other Wednesday, 10:00": (WE, time(10), 2),
        "fortnightly, Fridays 3pm": (FR, time(15), 2),
        "weekly on Monday at 9:30": (MO, time(9, 30), 1),
        "every third week, Fridays 11 am": (FR, time(11), 3),
        "Tue 09:00": (TU, time(9), 1),
        "Tuesdays 2–3 pm": (TU, time(14), 1),
        "Fridays at 12 pm": (FR, time(12), 1),
        "biweekly, Tuesdays 9:00": ASKED,
        "Tuesdays at 2": ASKED,
        "first Tuesday of the month, 9:00": ASKED,
        "Tuesdays": ASKED,
        "usually Tuesdays at 9 am": ASKED,
    },
}
QUIET_WEEKS: dict[Language, dict[str, object]] = {
    DE: {
        "KW 42-44 und 52": _weeks(42, 43, 44, 52),
        "19.10.-23.10.": _weeks(43),
        "19.10.2026-30.10.2026": _weeks(43, 44),
        "KWs 42 und 43": _weeks(42, 43),
        "42+52": _weeks(42, 52),
        "KW 42 🍂 KW 52 🎄": _weeks(42, 52),
        "<ul><li>KW 42</li><li>KW 52</li></ul>": _weeks(42, 52),
        "19.–30. Oktober": _weeks(43, 44),
        "KW 52": _weeks(52),
        "KW 52, 53": _weeks(52, 53),
        "KW 52 und 53": _weeks(52, 53),
        "KW52/53": _weeks(52, 53),
        "KW 43/44": _weeks(43, 44),
        "KW 51–53": _weeks(51, 52, 53),
        "KW 52 bis KW 1": _weeks(52, 53, 1),
        "52": _weeks(52),
        "2026-W52": _weeks(52),
        "21.12.–3.1.": _weeks(52, 53),
        "21.12.2026 bis 3.1.2027": _weeks(52, 53),
        "vom 21. Dezember bis 3. Januar": _weeks(52, 53),
        "21.–31.12.": _weeks(52, 53),
        "KW 44, 21.12.–3.1.": _weeks(44, 52, 53),
        "KW 52 (Weihnachten)": _weeks(52),
        "<s>KW 51,</s> KW 52": _weeks(52),
        "keine": _weeks(),
        "": _weeks(),
        "Weihnachten": ASKED,
        "zwischen den Jahren": ASKED,
        "vielleicht KW 52": ASKED,
        "KW 60": ASKED,
        "KW 30": ASKED,
        "die letzten zwei Wochen": ASKED,
    },
    EN: {
        "week 52": _weeks(52),
        "weeks 52 and 53": _weeks(52, 53),
        "weeks 51-53": _weeks(51, 52, 53),
        "21 December – 3 January": _weeks(52, 53),
        "Dec 21 to Jan 3": _weeks(52, 53),
        "none": _weeks(),
        "Christmas": ASKED,
        "maybe week 52": ASKED,
    },
}
REVIEW: dict[Language, dict[str, object]] = {
    DE: {
        "15.12.2026": DECEMBER,
        "15.12.": DECEMBER,
        "Dienstag, 15. Dezember": DECEMBER,
        "15.12.2026, 14 Uhr": DECEMBER,
        "15.12.2026, 14–16 Uhr": DECEMBER,
        "am 15.12.2026 um 14:00 Uhr (90 Minuten)": DECEMBER,
        "": None,
        "noch offen": None,
        "KW 51": ASKED,
        "15. oder 16.12.": ASKED,
        "Mitte Dezember": ASKED,
    },
    EN: {
        "15 December 2026": DECEMBER,
        "15 December at 2 pm": DECEMBER,
        "Tue 15 Dec 2026": DECEMBER,
        "mid December": ASKED,
    },
}
LANGUAGE: dict[Language, dict[str, object]] = {
    DE: {
        "Deutsch": DE,
        "deutsch": DE,
        "Englisch": EN,
        "auf Deutsch": DE,
        "DE": DE,
        "": None,
        "Deutsch/Englisch": ASKED,
    },
    EN: {"English": EN, "German": DE, "en": EN, "French": ASKED},
}
WAY: dict[Language, dict[str, object]] = {
    DE: {
        "von 38 % auf 55–65 %": ("38 %", "55–65 %"),
        "Von 38% auf 55-65%.": ("38%", "55-65%"),
        "38 % → 60 %": ("38 %", "60 %"),
        "38 -> 60": ("38", "60"),
        "38 % auf 60 %": ("38 %", "60 %"),
        "auf 60 %": ("", "60 %"),
        "heute 38 %": ("38 %", ""),
        "heute 38 %, Ziel 60 %": ("38 %", "60 %"),
        "von unbekannt auf 60 %": ("", "60 %"),
        "von 120 Anrufen auf unter 80": ("120 Anrufen", "unter 80"),
        "von 1 von 5 auf 4 von 5": ("1 von 5", "4 von 5"),
        "von fast keinem auf die meisten": ("fast keinem", "die meisten"),
        "unbekannt, wir erkunden": ("", ""),
        "unbekannt": ("", ""),
        "wissen wir noch nicht": ("", ""),
        "": ("", ""),
        "<s>von 30 % auf 50 %</s> von 38 % auf 55 %": ("38 %", "55 %"),
        "verdoppeln": ASKED,
        "deutlich weniger": ASKED,
        "mehr als 60 %": ASKED,
        "38 %": ASKED,
        "von 5 auf 10 auf 20": ASKED,
    },
    EN: {
        "from 22% to 35–45%": ("22%", "35–45%"),
        "22% to 40%": ("22%", "40%"),
        "to 40%": ("", "40%"),
        "today 22%": ("22%", ""),
        "from 2 of 6 to 5 of 6": ("2 of 6", "5 of 6"),
        "unknown, we are exploring": ("", ""),
        "we don't know yet": ("", ""),
        "double it": ASKED,
        "fewer calls": ASKED,
    },
}
RETHINK: dict[Language, dict[str, object]] = {
    DE: {
        "unter 42 % vom 10.11.-20.11.": ASKED,
        "unter 42 % vom 10.-20.11.": ASKED,
        "unter 42 % bis 20.11.2026": ("unter 42 %", NOVEMBER),
        "unter 42 % bis zum 20.11.": ("unter 42 %", NOVEMBER),
        "unter 42 % bis 20. November": ("unter 42 %", NOVEMBER),
        "am 20.11.2026, falls unter 42 %": ("unter 42 %", NOVEMBER),
        "20.11.2026: unter 42 %": ("unter 42 %", NOVEMBER),
        'unter 42 % bis <time datetime="2026-11-20" />': ("unter 42 %", NOVEMBER),
        "unter 42 % bis <s>1.11.2026</s> 20.11.2026": ("unter 42 %", NOVEMBER),
        "wenn es bis 20.11. unter 42 % bleibt": ("wenn es bis 20.11. unter 42 % bleibt", NOVEMBER),
        "": None,
        "höchstens 1 von 5": ASKED,
        "unter 42 % bis KW 47": ASKED,
        "unter 42 % bis 31.11.2026": ASKED,
        "unter 42 % bis Ende November": ASKED,
        "20.11.2026": ASKED,
    },
    EN: {
        "below 42% by 20 November 2026": ("below 42%", NOVEMBER),
        "below 42%, by Nov 20": ("below 42%", NOVEMBER),
        "on 20 November 2026 if below 42%": ("below 42%", NOVEMBER),
        "below 42% by the end of November": ASKED,
    },
}
NOTICED: dict[Language, dict[str, object]] = {
    DE: {
        "Anteil selbst eingerichteter Konten, in %": ("Anteil selbst eingerichteter Konten", "%"),
        "Anteil Konten (in %)": ("Anteil Konten", "%"),
        "Anteil Konten in Prozent": ("Anteil Konten", "%"),
        "Anteil Konten, %": ("Anteil Konten", "%"),
        "Antwort gefunden, von 5 angerufenen Haushalten": ("Antwort gefunden", "von 5 angerufenen Haushalten"),
        "Wartezeit am Telefon, in Minuten": ("Wartezeit am Telefon", "Minuten"),
        "Anrufe je Woche": ("Anrufe je Woche", ""),
        "Haushalte, in denen niemand anruft": ("Haushalte, in denen niemand anruft", ""),
        "Konten, die leer bleiben": ("Konten, die leer bleiben", ""),
        "Net Promoter Score nach vier Wochen": ("Net Promoter Score nach vier Wochen", ""),
    },
    EN: {
        "Readings with a photo, in %": ("Readings with a photo", "%"),
        "Number found, of 6 households": ("Number found", "of 6 households"),
        "Questions per week": ("Questions per week", ""),
        "Homes, in which nobody calls": ("Homes, in which nobody calls", ""),
    },
}
KIND: dict[Language, dict[str, object]] = {
    DE: {
        "früh": IndicatorKind.LEADING,
        "Früh": IndicatorKind.LEADING,
        "spät": IndicatorKind.LAGGING,
        "Spätindikator": IndicatorKind.LAGGING,
        "spät (im Review)": IndicatorKind.LAGGING,
        "früh/spät": ASKED,
        "mittel": ASKED,
        "eher früh": ASKED,
        "früh?": ASKED,
    },
    EN: {
        "early": IndicatorKind.LEADING,
        "leading": IndicatorKind.LEADING,
        "late": IndicatorKind.LAGGING,
        "both": ASKED,
    },
}
TODAY: dict[Language, dict[str, object]] = {
    DE: {
        "38": Decimal(38),
        "38 %": Decimal(38),
        "38,5": Decimal("38.5"),
        "38,25 %": Decimal("38.25"),
        "1.234": Decimal(1234),
        "3 von 5": Decimal(3),
        "120 Anrufe": Decimal(120),
        "<s>35</s> 38": Decimal(38),
        "unbekannt": None,
        "wissen wir noch nicht": None,
        "": None,
        "30–40": ASKED,
        "noch nicht gemessen": ASKED,
        "zwischen 30 und 40": ASKED,
        "viele": ASKED,
        "38 oder 39": ASKED,
    },
    EN: {"22": Decimal(22), "22.5%": Decimal("22.5"), "1,234": Decimal(1234), "unknown": None, "a few": ASKED},
}
TARGET: dict[Language, dict[str, object]] = {
    DE: {
        "60 (Neukunden), 40 (Bestand)": ASKED,
        "55–65": _span("55", "65"),
        "55 - 65 %": _span("55", "65"),
        "55 % bis 65 %": _span("55", "65"),
        "zwischen 55 und 65": _span("55", "65"),
        "60": _span("60"),
        "55,5–60": _span("55.5", "60"),
        "1.200–1.500": _span("1200", "1500"),
        "": None,
        "unbekannt": None,
        "kein Ziel": None,
        "mindestens 60": ASKED,
        "> 60": ASKED,
        "unter 30": ASKED,
        "65–55": ASKED,
        "mehr": ASKED,
        "30 oder 40": ASKED,
    },
    EN: {
        "35–45%": _span("35", "45"),
        "35 to 45": _span("35", "45"),
        "between 35 and 45": _span("35", "45"),
        "none": None,
        "at least 35": ASKED,
        "better": ASKED,
    },
}
SOURCE: dict[Language, dict[str, object]] = {
    DE: {
        "tragen wir ein": SourceKind.OBSERVED,
        "Tragen wir im Check-in selbst ein": SourceKind.OBSERVED,
        "wir tragen sie ein": SourceKind.OBSERVED,
        "schauen wir im Review nach": SourceKind.OBSERVED,
        "von Hand": SourceKind.OBSERVED,
        "": SourceKind.OBSERVED,
        "wird geschickt, aus dem Kundenkonto": SourceKind.PUSHED,
        "wird uns geschickt": SourceKind.PUSHED,
        "Zählung in Jira: Kundenanfragen": SourceKind.JQL_COUNT,
        "zählen wir in Jira": SourceKind.JQL_COUNT,
        "aus einer Datei": SourceKind.CSV,
        "wird abgerufen": SourceKind.HTTP_JSON,
        "aus dem Kundenkonto": ASKED,
        "weiß das Controlling": ASKED,
        "wird geschickt?": ASKED,
    },
    EN: {
        "we enter it": SourceKind.OBSERVED,
        "we look at it in the review": SourceKind.OBSERVED,
        "is sent by the portal": SourceKind.PUSHED,
        "a count in Jira": SourceKind.JQL_COUNT,
        "from a file": SourceKind.CSV,
        "is fetched": SourceKind.HTTP_JSON,
        "somewhere": ASKED,
    },
}
GUIDED, HINT = ("ONB-12", "Geführte Einrichtung"), ("ONB-33", "Hinweis zum Zählerstand")
MOVED_BY: dict[Language, dict[str, object]] = {
    DE: {
        f"Geführte Einrichtung: {link('ONB-12')}, Hinweis zum Zählerstand: {link('ONB-33')}; steigt, ab KW 44": _moved(
            _keys(GUIDED, HINT), UP, 44
        ),
        f"Geführte Einrichtung: {smart('ONB-12')}; steigt ab KW 44": _moved(_keys(GUIDED), UP, 44),
        f"Geführte Einrichtung: {macro('ONB-12')} steigt": _moved(_keys(GUIDED), UP),
        "Geführte Einrichtung: ONB-12; sinkt, ab KW 47": _moved(_keys(GUIDED), DOWN, 47),
        "Geführte Einrichtung – ONB-12; bleibt gleich": _moved(_keys(GUIDED), SAME),
        "Geführte Einrichtung (ONB-12), Hinweis zum Zählerstand (ONB-33)": _moved(_keys(GUIDED, HINT)),
        "ONB-12, ONB-33; soll steigen": _moved(_keys(("ONB-12", ""), ("ONB-33", "")), UP),
        "ONB-12: Geführte Einrichtung": _moved(_keys(GUIDED)),
        f"<ul><li>Geführte Einrichtung: {link('ONB-12')}</li><li>Hinweis zum Zählerstand: {link('ONB-33')}</li></ul>"
        "<p>steigt, ab Woche 44</p>": _moved(_keys(GUIDED, HINT), UP, 44),
        f"{link('ONB-12', 'Geführte Einrichtung')}; steigt": _moved(_keys(GUIDED), UP),
        "Geführte Einrichtung: https://jira.example.org/browse/ONB-12": _moved(_keys(GUIDED)),
        f"<s>Alt: {link('ONB-9')},</s> Geführte Einrichtung: {link('ONB-12')}": _moved(_keys(GUIDED)),
        "alle mit dem Label „okr-setup“; steigt, ab KW 44": _moved(EpicSelector(label="okr-setup"), UP, 44),
        "alle Epics mit dem Label okr-setup": _moved(EpicSelector(label="okr-setup")),
        "alle unter ONB-1; sinkt": _moved(EpicSelector(parent="ONB-1"), DOWN),
        "steigt, ab 26.10.": _moved(None, UP, 44),
        "ab KW 44": _moved(None, None, 44),
        "steigt": _moved(None, UP),
        "": _moved(None),
        "Geführte Einrichtung": ASKED,
        "UTF-8 umstellen": ASKED,
        "steigt oder sinkt": ASKED,
        "Geführte Einrichtung: ONB-12; steigt, ab November": ASKED,
        f"A: {link('ONB-12')}; steigt; B: {link('ONB-33')}; sinkt": ASKED,
    },
    EN: {
        f"Guided setup: {link('ONB-12')}; rises, from week 44 on": _moved(_keys(("ONB-12", "Guided setup")), UP, 44),
        "Guided setup: ONB-12 goes up": _moved(_keys(("ONB-12", "Guided setup")), UP),
        "all with the label “okr-setup”; falls": _moved(EpicSelector(label="okr-setup"), DOWN),
        "all epics with the label okr-setup": _moved(EpicSelector(label="okr-setup")),
        "all below ONB-1; stays": _moved(EpicSelector(parent="ONB-1"), SAME),
        "rises, from week 45": _moved(None, UP, 45),
        "Guided setup": ASKED,
        "it will get better": ASKED,
    },
}
CONTRIBUTES: dict[Language, dict[str, object]] = {
    DE: {
        "Moal": ("moal",),
        "moal": ("moal",),
        "unser Moal": ("moal",),
        "Moal, rechnung/klarheit": ("moal", "rechnung/klarheit"),
        '<a href="https://wiki.example.org/x">Rechnungen sind klar</a>': ("Rechnungen sind klar",),
        "": (),
    },
    EN: {"the Moal": ("moal",), "metering/trusted-reading": ("metering/trusted-reading",)},
}
DEPENDS: dict[Language, dict[str, object]] = {
    DE: {
        "Team Kundenservice, Team Messstellen": ("Team Kundenservice", "Team Messstellen"),
        "Team Kundenservice und Team Messstellen": ("Team Kundenservice", "Team Messstellen"),
        "<ul><li>Team Rechnung</li><li>Recht</li></ul>": ("Team Rechnung", "Recht"),
        "Forschung und Entwicklung": ("Forschung und Entwicklung",),
        "": (),
    },
    EN: {"Team Metering; Team Billing": ("Team Metering", "Team Billing")},
}
IDENTIFIER: dict[Language, dict[str, object]] = {
    DE: {
        "": "einrichtung-ohne-hilfe",
        "setup-alone": "setup-alone",
        "Setup-Alone": "setup-alone",
        "<strong>setup-alone</strong>": "setup-alone",
        "Größe &amp; Übersicht": ASKED,
    },
    EN: {"": "einrichtung-ohne-hilfe", "setup alone": ASKED},
}
CELLS: dict[Field, dict[Language, dict[str, object]]] = {
    Field.VALID_FROM: VALID_FROM,
    Field.SIZE: SIZE,
    Field.CHECK_IN: CHECK_IN,
    Field.QUIET_WEEKS: QUIET_WEEKS,
    Field.REVIEW: REVIEW,
    Field.LANGUAGE: LANGUAGE,
    Field.WAY: WAY,
    Field.RETHINK: RETHINK,
    Field.NOTICED: NOTICED,
    Field.KIND: KIND,
    Field.TODAY: TODAY,
    Field.TARGET: TARGET,
    Field.SOURCE: SOURCE,
    Field.MOVED_BY: MOVED_BY,
    Field.CONTRIBUTES: CONTRIBUTES,
    Field.DEPENDS: DEPENDS,
    Field.IDENTIFIER: IDENTIFIER,
}


def _spellings() -> Iterator[Spelling]:
    for field, languages in CELLS.items():
        for language, cells in languages.items():
            for written, expected in cells.items():
                yield Spelling(language, field, written, expected)


CORPUS = tuple(_spellings())
