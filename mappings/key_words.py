"""What is said about the keys of a file."""

from collections.abc import Mapping
from typing import Final

from mappings.concerns import Concern, Level, Rule, Wording, wording

_R = Level.REFUSED

KEY_WORDS: Final[Mapping[Concern, Wording]] = {
    Concern.KEY_NOT_TEXT: wording(
        Rule.YAML,
        _R,
        de=(
            "Dieser Schlüssel ist kein Wort.",
            "ein Wort vor den Doppelpunkt schreiben",
            "ein fehlendes Leerzeichen nach dem Doppelpunkt ergänzen",
        ),
        en=(
            "This key is not a word.",
            "write a word before the colon",
            "add a missing space after the colon",
        ),
    ),
    Concern.MERGE_KEY: wording(
        Rule.YAML,
        _R,
        de=(
            "Zusammenführen mit << wird nicht gelesen: Jede Zeile soll für sich stehen.",
            "die Zeilen ausschreiben",
            "die Zeile löschen",
        ),
        en=(
            "Merging with << is not read: every line is to stand for itself.",
            "write the lines out",
            "delete the line",
        ),
    ),
    Concern.DUPLICATE_KEY: wording(
        Rule.DUPLICATE_KEY,
        _R,
        de=(
            "Dieser Schlüssel{named} steht hier zum zweiten Mal; eines von beiden ginge verloren.",
            "eine der beiden Zeilen löschen",
            "die zweite umbenennen",
        ),
        en=(
            "This key{named} stands here for the second time; one of the two would get lost.",
            "delete one of the two lines",
            "rename the second one",
        ),
    ),
    Concern.UNKNOWN_KEY: wording(
        Rule.UNKNOWN_KEY,
        _R,
        de=(
            "Diesen Schlüssel{named} kennen wir an dieser Stelle nicht.",
            "einen Schlüssel aus der Beispieldatei verwenden",
            "die Zeile löschen oder mit # auskommentieren",
        ),
        en=(
            "We do not know this key{named} in this place.",
            "use a key of the example file",
            "delete the line or comment it out with #",
        ),
    ),
    Concern.MISSPELT_KEY: wording(
        Rule.UNKNOWN_KEY,
        _R,
        de=(
            "Diesen Schlüssel{named} kennen wir an dieser Stelle nicht; vielleicht ist „{meant}“ gemeint.",
            "ihn umbenennen",
            "die Zeile löschen oder mit # auskommentieren",
        ),
        en=(
            "We do not know this key{named} in this place; perhaps “{meant}” is meant.",
            "rename it",
            "delete the line or comment it out with #",
        ),
    ),
    Concern.MISSING_KEY: wording(
        Rule.MISSING,
        _R,
        de=(
            "Hier fehlt „{key}“.",
            "die Zeile ergänzen",
            "mit der Beispieldatei vergleichen",
        ),
        en=(
            "“{key}” is missing here.",
            "add the line",
            "compare with the example file",
        ),
    ),
}
"""Unknown, doubled, missing and odd keys."""
