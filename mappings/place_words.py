"""What names a place in Jira, Confluence or on disk, in words."""

from collections.abc import Mapping
from typing import Final

from mappings.concerns import Concern, Level, Rule, Wording, wording

_R = Level.REFUSED

PLACE_WORDS: Final[Mapping[Concern, Wording]] = {
    Concern.SELECTOR: wording(
        Rule.VALUE,
        _R,
        de=(
            "Epics werden auf genau eine Weise genannt: label, parent, keys oder jql.",
            "eine davon behalten",
            "einen zweiten Indikator für die anderen Epics anlegen",
        ),
        en=(
            "Epics are named in exactly one way: label, parent, keys or jql.",
            "keep one of them",
            "make a second indicator for the other epics",
        ),
    ),
    Concern.SOURCE: wording(
        Rule.VALUE,
        _R,
        de=(
            "Die Quelle braucht einen dieser Typen: {choices}.",
            "„type: observed“ schreiben, dann tragen wir die Zahl im Check-in ein",
            "„type: pushed“ schreiben, dann wird sie geschickt",
        ),
        en=(
            "The source needs one of these types: {choices}.",
            "write “type: observed”, then we enter the figure at the check-in",
            "write “type: pushed”, then it is sent",
        ),
    ),
    Concern.CSV_PATH: wording(
        Rule.VALUE,
        _R,
        de=(
            "Die CSV-Datei liegt im Ordner der Mapping-Dateien; andere Wege werden nicht gelesen.",
            "die Datei in den Ordner legen und etwa readings/anrufe.csv schreiben",
            "die Werte mit der Quelle „pushed“ schicken",
        ),
        en=(
            "The CSV file lies in the folder of the mapping files; other paths are not read.",
            "put the file into the folder and write, for example, readings/calls.csv",
            "send the values with the source “pushed”",
        ),
    ),
    Concern.METRIC_URL: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier gehört eine Adresse hin, die mit https:// beginnt und keine Zugangsdaten enthält.",
            "die Adresse so schreiben und den Host in OKR_METRIC_HOSTS freigeben",
            "die Werte mit der Quelle „pushed“ schicken",
        ),
        en=(
            "An address belongs here that begins with https:// and holds no credentials.",
            "write the address like that and allow its host in OKR_METRIC_HOSTS",
            "send the values with the source “pushed”",
        ),
    ),
    Concern.POINTER: wording(
        Rule.VALUE,
        _R,
        de=(
            "Der Weg zum Wert beginnt mit einem Schrägstrich, etwa /data/value.",
            "den Weg so schreiben",
            'ihn leer lassen (""), wenn die Antwort nur die Zahl ist',
        ),
        en=(
            "The path to the value begins with a slash, such as /data/value.",
            "write the path like that",
            'leave it empty ("") if the answer is the number alone',
        ),
    ),
    Concern.PROJECT: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier gehört ein Projektschlüssel aus Jira hin.",
            "ihn wie ONB schreiben",
            "in Jira unter Projekteinstellungen nachsehen",
        ),
        en=(
            "A project key of Jira belongs here.",
            "write it like ONB",
            "look it up in Jira's project settings",
        ),
    ),
    Concern.SPACE: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier gehört ein Bereichsschlüssel aus Confluence hin.",
            "ihn wie ONB schreiben",
            "in Confluence unter Bereichseinstellungen nachsehen",
        ),
        en=(
            "A space key of Confluence belongs here.",
            "write it like ONB",
            "look it up in Confluence's space settings",
        ),
    ),
    Concern.ISSUE_KEY: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier gehört ein Vorgangsschlüssel aus Jira hin.",
            "ihn wie ONB-12 schreiben",
            "die Epics mit einem Label kennzeichnen und „label“ verwenden",
        ),
        en=(
            "An issue key of Jira belongs here.",
            "write it like ONB-12",
            "mark the epics with a label and use “label”",
        ),
    ),
    Concern.LABEL: wording(
        Rule.VALUE,
        _R,
        de=(
            "Ein Label in Jira hat keine Leerzeichen und höchstens {limit} Zeichen.",
            "das Label aus Jira übernehmen",
            "die Epics unter „keys“ mit ihrem Schlüssel nennen",
        ),
        en=(
            "A label in Jira has no spaces and {limit} characters at most.",
            "copy the label from Jira",
            "name the epics by their key under “keys”",
        ),
    ),
    Concern.JIRA_PLACE: wording(
        Rule.VALUE,
        _R,
        de=(
            "Hier gehört das Projekt für die OKR-Vorgänge hin, oder „none“.",
            "„jira: {{project: OKR}}“ schreiben",
            "„jira: none“ schreiben, dann entstehen keine Vorgänge",
        ),
        en=(
            "The project for the OKR issues belongs here, or “none”.",
            "write “jira: {{project: OKR}}”",
            "write “jira: none”, then no issues are made",
        ),
    ),
}
"""One entry per kind of place."""
