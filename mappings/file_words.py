"""How a file is written, in words."""

from collections.abc import Mapping
from typing import Final

from mappings.concerns import Concern, Level, Rule, Wording, wording

_R = Level.REFUSED

FILE_WORDS: Final[Mapping[Concern, Wording]] = {
    Concern.ONLY_FIRST_FRAME: wording(
        Rule.REFERENCE,
        Level.HINT,
        de=(
            "Die Führung schreibt auf ihrer Strategie-Seite; was hier steht, gilt nur für die erste Fassung.",
            "auf der Strategie-Seite weiterschreiben",
            "„strategy: here“ schreiben, wenn die Datei gelten soll",
        ),
        en=(
            "Leadership writes on its strategy page; what stands here only starts the first version.",
            "go on writing on the strategy page",
            "write “strategy: here” if the file is to count",
        ),
    ),
    Concern.NOT_YAML: wording(
        Rule.YAML,
        _R,
        de=(
            "Ab hier ist die Datei nicht zu lesen: Anführungszeichen, Klammern oder Einrückung gehen nicht auf.",
            "die Stelle mit der Beispieldatei vergleichen",
            "Text mit Sonderzeichen in Anführungszeichen setzen",
        ),
        en=(
            "From here the file cannot be read: quotes, brackets or indentation do not match up.",
            "compare the place with the example file",
            "put text with special characters in quotes",
        ),
    ),
    Concern.TAB: wording(
        Rule.YAML,
        _R,
        de=(
            "Hier steht ein Tabulator in der Einrückung; YAML rückt mit Leerzeichen ein.",
            "den Tabulator durch zwei Leerzeichen ersetzen",
            "im Editor „Tabs als Leerzeichen“ einstellen",
        ),
        en=(
            "There is a tab in the indentation; YAML indents with spaces.",
            "replace the tab by two spaces",
            "set “tabs as spaces” in the editor",
        ),
    ),
    Concern.NOT_UTF8: wording(
        Rule.YAML,
        _R,
        de=(
            "Diese Datei ist nicht als UTF-8 gespeichert, deshalb gehen Umlaute verloren.",
            "im Editor als UTF-8 speichern",
            "die Datei mit „okr init“ neu beginnen",
        ),
        en=(
            "This file is not saved as UTF-8, so that letters get lost.",
            "save it as UTF-8 in the editor",
            "start the file anew with “okr init”",
        ),
    ),
    Concern.CONTROL_CHARACTER: wording(
        Rule.YAML,
        _R,
        de=(
            "Hier steht ein Steuerzeichen, das auf keiner Seite darstellbar ist.",
            "das Zeichen löschen",
            "den Text neu tippen statt einfügen",
        ),
        en=(
            "There is a control character here that no page can show.",
            "delete the character",
            "type the text anew instead of pasting it",
        ),
    ),
    Concern.TOO_LARGE: wording(
        Rule.FILE,
        _R,
        de=(
            "Diese Datei ist größer als {limit} Zeichen; so groß ist kein OKR-Blatt.",
            "abgelaufene Zyklen herausnehmen",
            "das Team in zwei Dateien mit zwei Teams teilen",
        ),
        en=(
            "This file has more than {limit} characters; no OKR sheet is that large.",
            "take out cycles that are over",
            "split it into two files for two teams",
        ),
    ),
    Concern.TOO_DEEP: wording(
        Rule.YAML,
        _R,
        de=(
            "Hier ist die Datei tiefer verschachtelt, als es ein OKR-Blatt braucht.",
            "überzählige Klammern entfernen",
            "die Stelle mit der Beispieldatei vergleichen",
        ),
        en=(
            "The file is nested deeper here than an OKR sheet needs.",
            "remove surplus brackets",
            "compare the place with the example file",
        ),
    ),
    Concern.ALIAS: wording(
        Rule.YAML,
        _R,
        de=(
            "Anker und Verweise (& und *) werden nicht gelesen: Jede Zeile soll für sich stehen.",
            "den Wert ausschreiben",
            "Text mit & oder * am Anfang in Anführungszeichen setzen",
        ),
        en=(
            "Anchors and aliases (& and *) are not read: every line is to stand for itself.",
            "write the value out",
            "put text that begins with & or * in quotes",
        ),
    ),
    Concern.TAG: wording(
        Rule.YAML,
        _R,
        de=(
            "YAML-Typen mit Ausrufezeichen werden nicht gelesen: Die Datei enthält nur Text und Zahlen.",
            "das Ausrufezeichen mit seinem Wort löschen",
            "Text mit ! am Anfang in Anführungszeichen setzen",
        ),
        en=(
            "YAML types with an exclamation mark are not read: the file holds text and numbers only.",
            "delete the exclamation mark and its word",
            "put text that begins with ! in quotes",
        ),
    ),
    Concern.SEVERAL_DOCUMENTS: wording(
        Rule.YAML,
        _R,
        de=(
            "Hier beginnt ein zweites Dokument; eine Datei beschreibt ein Team.",
            "den zweiten Teil in eine eigene Datei legen",
            "die Zeile mit --- löschen",
        ),
        en=(
            "A second document begins here; one file describes one team.",
            "move the second part to a file of its own",
            "delete the line with ---",
        ),
    ),
    Concern.EMPTY_FILE: wording(
        Rule.FILE,
        _R,
        de=(
            "Diese Datei ist leer.",
            "mit „okr init“ einen Anfang holen",
            "die Datei löschen",
        ),
        en=(
            "This file is empty.",
            "make a folder to start from with “okr init”",
            "delete the file",
        ),
    ),
    Concern.EMPTY_TABLE: wording(
        Rule.FILE,
        _R,
        de=(
            "In dieser Tabelle steht keine Zeile.",
            "eine Zeile mit den Spalten und je Team eine Zeile schreiben",
            "die Tabelle noch einmal als CSV speichern",
        ),
        en=(
            "This table has no line.",
            "write a line with the columns and a line for each team",
            "save the table as CSV once more",
        ),
    ),
    Concern.TABLE_NOT_UTF8: wording(
        Rule.FILE,
        _R,
        de=(
            "Diese Tabelle ist nicht als UTF-8 gespeichert, deshalb gehen Umlaute verloren.",
            "in Excel als „CSV UTF-8 (durch Trennzeichen getrennt)“ speichern",
            "im Editor als UTF-8 speichern",
        ),
        en=(
            "This table is not saved as UTF-8, so that letters get lost.",
            "save it in Excel as “CSV UTF-8 (comma delimited)”",
            "save it as UTF-8 in an editor",
        ),
    ),
    Concern.NOT_A_MAPPING: wording(
        Rule.YAML,
        _R,
        de=(
            "Hier werden Zeilen der Form „schlüssel: wert“ erwartet.",
            "die Stelle mit der Beispieldatei vergleichen",
            "mit „okr init“ einen Anfang holen",
        ),
        en=(
            "Lines of the form “key: value” are expected here.",
            "compare the place with the example file",
            "make a folder to start from with “okr init”",
        ),
    ),
    Concern.STRATEGY_MISSING: wording(
        Rule.MISSING,
        _R,
        de=(
            "Im Ordner fehlt die Datei strategy.yaml, sie nennt Organisation, Zyklen und Bereich.",
            "mit „okr init“ einen Anfang holen",
            "in OKR_MAPPINGS einen anderen Ordner nennen",
        ),
        en=(
            "The file strategy.yaml is missing in the folder, it names organisation, cycles and space.",
            "make a folder to start from with “okr init”",
            "name another folder in OKR_MAPPINGS",
        ),
    ),
}
"""Syntax and keys."""
