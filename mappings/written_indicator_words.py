"""What we ask about the indicators that a team wrote, German and English."""

from collections.abc import Mapping
from typing import Final

from mappings.written_concerns import Both, Unclear

INDICATOR_QUESTIONS: Final[Mapping[Unclear, Both]] = {
    Unclear.KIND: (
        (
            "Ob wir es früh oder spät merken, ist hier nicht zu erkennen.",
            "„früh“ oder „spät“ eintragen",
            "so lassen, bis dahin gilt „früh“",
        ),
        (
            "Whether we notice it early or late cannot be seen here.",
            "enter “early” or “late”",
            "leave it, until then it counts as early",
        ),
    ),
    Unclear.TODAY: (
        (
            "Hier ist keine einzelne Zahl zu lesen.",
            "eine Zahl oder „unbekannt“ eintragen",
            "so lassen, dann beginnen wir ohne Startwert",
        ),
        (
            "No single number can be read here.",
            "enter a number or “unknown”",
            "leave it, then we begin without a start value",
        ),
    ),
    Unclear.TARGET: (
        (
            "Hier ist kein Zielbereich zu lesen.",
            "eine Zahl oder einen Bereich wie 55–65 eintragen",
            "so lassen, dann bleibt es ohne Zielbereich",
        ),
        (
            "No target range can be read here.",
            "enter a number or a range like 55–65",
            "leave it, then it stays without a target range",
        ),
    ),
    Unclear.SOURCE: (
        (
            "Woher die Zahl kommt, ist hier nicht zu erkennen.",
            "mit „tragen wir ein“, „wird geschickt“ oder „Zählung in Jira“ beginnen",
            "so lassen, dann tragen wir sie im Check-in ein",
        ),
        (
            "Where the number comes from cannot be seen here.",
            "begin with “we enter it”, “is sent” or “a count in Jira”",
            "leave it, then we enter it at the check-in",
        ),
    ),
    Unclear.NOT_CONNECTED: (
        (
            "Die Zahl ist noch nicht angeschlossen.",
            "die Administration schließt sie an",
            "bis dahin tragen wir sie im Check-in ein",
        ),
        (
            "The number is not connected yet.",
            "an administrator connects it",
            "until then we enter it at the check-in",
        ),
    ),
    Unclear.MOVED_BY: (
        (
            "Hier ist nicht alles zu erkennen: „{words}“.",
            "den Link aus Jira mit einem Namen davor einfügen",
            "so lassen, es bleibt dann auf dieser Seite",
        ),
        (
            "Not everything can be seen here: “{words}”.",
            "paste the link from Jira with a name before it",
            "leave it, then it stays on this page",
        ),
    ),
    Unclear.MOVED_TWICE: (
        (
            "Hier stehen Epics und ein Label; gelesen werden die Epics.",
            "eines von beiden wegnehmen",
            "so lassen",
        ),
        (
            "There are epics and a label here; the epics are read.",
            "take one of them away",
            "leave it as it is",
        ),
    ),
    Unclear.DIRECTION: (
        (
            "In welche Richtung, ist hier nicht eindeutig.",
            "„steigt“, „sinkt“ oder „bleibt“ schreiben",
            "so lassen, dann zeigen wir keine Richtung",
        ),
        (
            "Which way is not clear here.",
            "write “rises”, “falls” or “stays”",
            "leave it, then we show no direction",
        ),
    ),
    Unclear.SINCE: (
        (
            "Ab welcher Woche, ist hier nicht zu erkennen.",
            "es wie „ab KW 44“ schreiben",
            "so lassen, dann zeigen wir keine Woche",
        ),
        (
            "From which week on cannot be seen here.",
            "write it like “from week 44 on”",
            "leave it, then we show no week",
        ),
    ),
    Unclear.NO_DELIVERY: (
        (
            "In welchem Projekt wir nach dem Label suchen, wissen wir noch nicht.",
            "die Administration nennt das Projekt unserer Epics",
            "die Epics mit ihrem Link einfügen",
        ),
        (
            "We do not know yet in which project to look for the label.",
            "an administrator names the project of our epics",
            "paste the epics with their links",
        ),
    ),
}
"""The second part of the table."""
