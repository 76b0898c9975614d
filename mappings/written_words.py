"""What we ask about a page that a team wrote, German and English: questions, no faults, each with ways on."""

from collections.abc import Mapping
from typing import Final

from mappings.concerns import Words
from mappings.okr import Language
from mappings.written_concerns import Both, Unclear
from mappings.written_indicator_words import INDICATOR_QUESTIONS


def asked(what: Unclear, language: Language, **details: object) -> Words:
    """The question and its ways on; `details` fill the braces."""
    message, *options = _WORDS[what][0 if language is Language.DE else 1]
    return Words(message=message.format(**details), options=tuple(option.format(**details) for option in options))


_WORDS: Final[Mapping[Unclear, Both]] = {
    Unclear.VALID_FROM: (
        ("Hier ist kein Tag zu erkennen.", "ein Datum wie {example} eintragen", "leer lassen, dann bleibt es Entwurf"),
        ("No day can be seen here.", "enter a date like {example}", "leave it empty, then it stays a draft"),
    ),
    Unclear.STILL_IN_FORCE: (
        (
            "„Gilt ab“ ist wieder leer; bis dahin gilt weiter, was zuletzt galt. Ist das so gemeint?",
            "das Datum wieder eintragen",
            "so lassen, bis wir neu geplant haben",
        ),
        (
            "“Valid from” is empty again; until it is filled, what held last still holds. Is that meant?",
            "enter the date again",
            "leave it until we have planned anew",
        ),
    ),
    Unclear.SIZE: (
        ("Hier ist keine einzelne Zahl zu lesen.", "eine Zahl wie 7 eintragen", "so lassen und später ergänzen"),
        ("No single number can be read here.", "enter a number like 7", "leave it and fill it in later"),
    ),
    Unclear.CHECK_IN: (
        (
            "Wann wir uns treffen, ist hier nicht zu erkennen: Es braucht einen Tag von Montag bis Freitag, eine "
            "Uhrzeit und jede wievielte Woche.",
            "wie „dienstags um 9 Uhr, jede Woche“ schreiben",
            "leer lassen, dann entstehen Check-ins nur auf Wunsch",
        ),
        (
            "When we meet cannot be seen here: it needs a day from Monday to Friday, a time and how many weeks apart.",
            "write it like “Tuesdays at 9:00, every week”",
            "leave it empty, then check-ins are made on request only",
        ),
    ),
    Unclear.QUIET_WEEKS: (
        (
            "Welche Wochen gemeint sind, ist hier nicht ganz zu erkennen.",
            "sie wie „KW 51, KW 52“ oder „21.12.–3.1.“ schreiben",
            "so lassen, dann liegt auch in diesen Wochen eine Seite bereit",
        ),
        (
            "Which weeks are meant cannot quite be seen here.",
            "write them like “weeks 51, 52” or “21 December – 3 January”",
            "leave it, then a page is ready in those weeks as well",
        ),
    ),
    Unclear.REVIEW: (
        ("Hier ist kein Tag zu erkennen.", "ein Datum wie {example} eintragen", "leer lassen, bis einer feststeht"),
        ("No day can be seen here.", "enter a date like {example}", "leave it empty until there is one"),
    ),
    Unclear.LANGUAGE: (
        ("Welche Sprache gemeint ist, ist hier nicht zu erkennen.", "Deutsch oder Englisch eintragen", "leer lassen"),
        ("Which language is meant cannot be seen here.", "enter German or English", "leave it empty"),
    ),
    Unclear.TITLE: (
        (
            "Zu diesem Objective steht noch kein Satz. Seine Key Results kommen dazu, wenn er da ist.",
            "einen Satz ergänzen",
            "so lassen, bis er gefunden ist",
        ),
        (
            "There is no sentence for this objective yet. Its key results join when it is there.",
            "add a sentence",
            "leave it until it is found",
        ),
    ),
    Unclear.COPIED: (
        (
            "Dieser Block sieht aus wie eine Kopie von „{name}“; er bekommt eine eigene Kennung. Ist das so gemeint?",
            "so lassen",
            "den Kurznamen ändern",
            "einen der beiden Blöcke löschen",
        ),
        (
            "This block looks like a copy of “{name}”; it gets an identifier of its own. Is that meant?",
            "leave it as it is",
            "change the short name",
            "delete one of the two blocks",
        ),
    ),
    Unclear.COPIED_ROW: (
        (
            "Diese Zeile sieht aus wie eine Kopie; sie bekommt eine eigene Kennung. Ist das so gemeint?",
            "so lassen",
            "den Namen ändern",
            "eine der beiden Zeilen löschen",
        ),
        (
            "This row looks like a copy; it gets an identifier of its own. Is that meant?",
            "leave it as it is",
            "change the name",
            "delete one of the two rows",
        ),
    ),
    Unclear.IDENTIFIER: (
        (
            "Eine Kennung besteht aus a–z, 0–9 und Bindestrich, höchstens {limit} Zeichen; wir lesen sie hier als "
            "„{meant}“.",
            "sie so schreiben",
            "die Zelle leeren, dann füllen wir sie",
        ),
        (
            "An identifier consists of a–z, 0–9 and hyphens, {limit} characters at most; here we read it as “{meant}”.",
            "write it like that",
            "empty the cell, then we fill it in",
        ),
    ),
    Unclear.TOO_LONG: (
        (
            "Dieser Text ist länger als {limit} Zeichen; er kommt dazu, wenn er kürzer ist.",
            "kürzer schreiben",
            "die Einzelheiten daneben auf der Seite erzählen",
        ),
        (
            "This text is longer than {limit} characters; it joins when it is shorter.",
            "write it shorter",
            "tell the details beside it on the page",
        ),
    ),
    Unclear.WAY: (
        (
            "Von wo nach wo, ist hier nicht zu erkennen.",
            "es wie „von 38 % auf 55–65 %“ schreiben",
            "„unbekannt“ eintragen",
            "so lassen, dann ist es eine Erkundung",
        ),
        (
            "From where to where cannot be seen here.",
            "write it like “from 38% to 55–65%”",
            "enter “unknown”",
            "leave it, then it is an exploration",
        ),
    ),
    Unclear.RETHINK_DAY: (
        (
            "Hier ist kein Tag zu erkennen.",
            "ein Datum ergänzen",
            "so lassen, der Satz steht dann auf jedem Check-in",
        ),
        (
            "No day can be seen here.",
            "add a date",
            "leave it, then the sentence stands on every check-in",
        ),
    ),
    Unclear.RETHINK_WHAT: (
        (
            "Hier steht ein Tag, aber noch nicht, woran wir es dann sehen.",
            "einen Satz ergänzen, etwa „unter 42 %“",
            "so lassen, dann erinnert noch nichts daran",
        ),
        (
            "There is a day here, but not yet what we would see then.",
            "add a few words, such as “below 42%”",
            "leave it, then nothing comes back to it yet",
        ),
    ),
    Unclear.OUTPUT: (
        (
            "„{word}“ beschreibt, was wir tun. Was verändert sich dadurch, und bei wem?",
            "umformulieren",
            "als Epic bei einem anderen Key Result eintragen",
            "so lassen",
        ),
        (
            "“{word}” describes what we do. What changes because of it, and for whom?",
            "put it in other words",
            "enter it as an epic beside another key result",
            "leave it as it is",
        ),
    ),
    Unclear.ALL_LATE: (
        (
            "Hier gibt es nur Spätindikatoren. Woran würden wir es schon in den nächsten zwei Wochen merken?",
            "einen Frühindikator ergänzen",
            "so lassen und im Review hinschauen",
        ),
        (
            "There are only lagging indicators here. What would we notice within the next two weeks?",
            "add a leading indicator",
            "leave it and look at it in the review",
        ),
    ),
    **INDICATOR_QUESTIONS,
}
