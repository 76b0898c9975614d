"""What a value may be, in words."""

from collections.abc import Mapping
from typing import Final

from mappings.concerns import Concern, Level, Rule, Wording, wording

_R = Level.REFUSED

VALUE_WORDS: Final[Mapping[Concern, Wording]] = {
    Concern.TEXT: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier gehört Text hin.",
            "den Text in Anführungszeichen setzen",
            "die Zeile weglassen",
        ),
        en=(
            "Text belongs here.",
            "put the text in quotes",
            "leave the line out",
        ),
    ),
    Concern.TEXT_LENGTH: wording(
        Rule.VALUE,
        _R,
        de=(
            "Dieser Text ist leer oder länger als {limit} Zeichen.",
            "kürzer schreiben",
            "die Einzelheiten auf der Planning-Seite erzählen",
        ),
        en=(
            "This text is empty or longer than {limit} characters.",
            "write it shorter",
            "tell the details on the planning page",
        ),
    ),
    Concern.NUMBER: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier gehört eine Zahl ohne Einheit hin, mit Punkt statt Komma.",
            "eine Zahl schreiben, etwa 41.5, und die Einheit unter „unit“",
            "die Zeile weglassen, wenn der Wert unbekannt ist",
        ),
        en=(
            "A number without a unit belongs here, with a point.",
            "write a number such as 41.5, and its unit under “unit”",
            "leave the line out if the value is unknown",
        ),
    ),
    Concern.WHOLE_NUMBER: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier gehört eine ganze Zahl von {low} bis {high} hin.",
            "die Zahl eintragen",
            "die Zeile mit der Beispieldatei vergleichen",
        ),
        en=(
            "A whole number from {low} to {high} belongs here.",
            "enter the number",
            "compare the line with the example file",
        ),
    ),
    Concern.DAY: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier gehört ein Tag in der Form 2026-12-15 hin.",
            "den Tag so schreiben",
            "die Zeile weglassen, wenn noch kein Tag feststeht",
        ),
        en=(
            "A day of the form 2026-12-15 belongs here.",
            "write the day like that",
            "leave the line out if no day is set yet",
        ),
    ),
    Concern.MONTH: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier gehört ein Monat in der Form 2027-12 hin.",
            "den Monat so schreiben",
            "die Zeile weglassen",
        ),
        en=(
            "A month of the form 2027-12 belongs here.",
            "write the month like that",
            "leave the line out",
        ),
    ),
    Concern.WEEK: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier gehört eine Kalenderwoche in der Form 2026-W48 hin, die es in dem Jahr gibt.",
            "die Woche so schreiben",
            "die Angabe weglassen",
        ),
        en=(
            "An ISO week of the form 2026-W48 belongs here, one that the year has.",
            "write the week like that",
            "leave the entry out",
        ),
    ),
    Concern.LIST: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier gehört eine Liste hin.",
            "die Werte in eckige Klammern setzen: [eins, zwei]",
            "jeden Wert in eine eigene Zeile mit - schreiben",
        ),
        en=(
            "A list belongs here.",
            "put the values in brackets: [one, two]",
            "write every value on a line of its own with -",
        ),
    ),
    Concern.GROUP: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier gehören Zeilen der Form „schlüssel: wert“ hin.",
            "die Zeilen eingerückt darunter schreiben",
            "in geschweifte Klammern setzen: {{schlüssel: wert}}",
        ),
        en=(
            "Lines of the form “key: value” belong here.",
            "write the lines indented below",
            "put them in braces: {{key: value}}",
        ),
    ),
    Concern.CHOICE: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier geht einer dieser Werte: {choices}.",
            "einen davon eintragen",
            "die Zeile weglassen, dann gilt die Vorgabe, wo es eine gibt",
        ),
        en=(
            "One of these values works here: {choices}.",
            "enter one of them",
            "leave the line out, then the default is used where there is one",
        ),
    ),
    Concern.ID: wording(
        Rule.VALUE,
        _R,
        de=(
            "Eine Kennung besteht aus a–z, 0–9 und Bindestrich, höchstens {limit} Zeichen.",
            "Umlaute und Leerzeichen ersetzen, etwa erste-woche",
            "den schönen Namen unter „name“ oder „title“ schreiben",
        ),
        en=(
            "An id consists of a–z, 0–9 and hyphens, {limit} characters at most.",
            "replace other characters, such as first-week",
            "write the full name under “name” or “title”",
        ),
    ),
    Concern.TIMEZONE: wording(
        Rule.VALUE,
        _R,
        de=(
            "Diese Zeitzone kennen wir nicht.",
            "sie wie Europe/Berlin schreiben",
            "die Zeile weglassen, dann gilt die Zeitzone der Strategie",
        ),
        en=(
            "We do not know this time zone.",
            "write it like Europe/Berlin",
            "leave the line out, then the strategy's time zone is used",
        ),
    ),
    Concern.MEETING: wording(
        Rule.VALUE,
        _R,
        de=(
            "Der Check-in braucht einen Wochentag von Montag bis Freitag und eine Uhrzeit.",
            "ihn wie „tuesday 09:00“ oder „dienstag 09:00“ schreiben",
            "„rhythm“ weglassen, dann entstehen Check-ins nur auf Wunsch",
        ),
        en=(
            "The check-in needs a day from Monday to Friday and a time.",
            "write it like “tuesday 09:00”",
            "leave “rhythm” out, then check-ins are made on request only",
        ),
    ),
    Concern.TARGET: wording(
        Rule.VALUE,
        _R,
        de=(
            "Der Zielbereich ist eine Zahl oder ein Bereich von klein nach groß.",
            "ihn wie [55, 65] oder 60 schreiben",
            "für eine Erkundung weglassen",
        ),
        en=(
            "The target is a number or a range from low to high.",
            "write it like [55, 65] or 60",
            "leave it out for an exploration",
        ),
    ),
    Concern.CYCLE_BACKWARDS: wording(
        Rule.VALUE,
        _R,
        de=(
            "Dieser Zyklus endet, bevor er beginnt.",
            "„from“ und „to“ tauschen",
            "das Jahr prüfen",
        ),
        en=(
            "This cycle ends before it begins.",
            "swap “from” and “to”",
            "check the year",
        ),
    ),
    Concern.UNREADABLE_VALUE: wording(
        Rule.VALUE,
        _R,
        de=(
            "Dieser Wert ist hier nicht zu lesen.",
            "die Stelle mit der Beispieldatei vergleichen",
            "die Zeile weglassen",
        ),
        en=(
            "This value cannot be read here.",
            "compare the place with the example file",
            "leave the line out",
        ),
    ),
}
"""One entry per kind of value."""
