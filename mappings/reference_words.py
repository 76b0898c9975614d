"""How the parts of a book hang together, in words."""

from collections.abc import Mapping
from typing import Final

from mappings.concerns import Concern, Level, Rule, Wording, wording

_R, _H = Level.REFUSED, Level.HINT

REFERENCE_WORDS: Final[Mapping[Concern, Wording]] = {
    Concern.DUPLICATE_ID: wording(
        Rule.DUPLICATE_ID,
        _R,
        de=(
            "Diese Kennung gibt es schon; zwei Dinge unter einem Namen ließen sich später nicht unterscheiden.",
            "eine der beiden umbenennen",
            "eine der beiden herausnehmen",
        ),
        en=(
            "This id exists already; two things of one name could not be told apart later.",
            "rename one of the two",
            "take one of the two out",
        ),
    ),
    Concern.SAME_PAGE_TITLE: wording(
        Rule.DUPLICATE_ID,
        _R,
        de=(
            "Zwei Teams im selben Bereich heißen gleich, ihre Seiten bekämen denselben Titel.",
            "eines der Teams umbenennen",
            "einem der Teams einen eigenen Bereich geben",
        ),
        en=(
            "Two teams in the same space have the same name, their pages would get the same title.",
            "rename one of the teams",
            "give one of the teams a space of its own",
        ),
    ),
    Concern.INDICATOR_CHANGED: wording(
        Rule.DUPLICATE_ID,
        _R,
        de=(
            "Dieser Indikator steht schon in einem anderen Zyklus, dort mit anderer Einheit, Genauigkeit oder "
            "Quelle; eine Reihe hätte zwei Maße.",
            "dieselben Angaben verwenden",
            "ihm eine neue Kennung geben",
        ),
        en=(
            "This indicator already stands in another cycle, with another unit, precision or source there; one "
            "series would have two measures.",
            "use the same entries",
            "give it a new id",
        ),
    ),
    Concern.UNKNOWN_CYCLE: wording(
        Rule.REFERENCE,
        _R,
        de=(
            "Diesen Zyklus nennt die Strategie nicht.",
            "ihn in strategy.yaml unter „cycles“ ergänzen",
            "einen der Zyklen von dort nennen",
        ),
        en=(
            "The strategy does not name this cycle.",
            "add it under “cycles” in strategy.yaml",
            "name one of the cycles there",
        ),
    ),
    Concern.NO_RUNNING_CYCLE: wording(
        Rule.REFERENCE,
        _R,
        de=(
            "Heute läuft kein Zyklus, deshalb braucht dieses Objective einen.",
            "„cycle“ ergänzen",
            "den Zyklus in strategy.yaml unter „cycles“ ergänzen",
        ),
        en=(
            "No cycle runs today, so this objective needs one.",
            "add “cycle”",
            "add the cycle under “cycles” in strategy.yaml",
        ),
    ),
    Concern.UNKNOWN_OBJECTIVE: wording(
        Rule.REFERENCE,
        _R,
        de=(
            "Dieses Objective gibt es im Buch nicht.",
            "es wie team/objective schreiben",
            "„moal“ schreiben oder die Angabe weglassen",
        ),
        en=(
            "This objective is not in the book.",
            "write it like team/objective",
            "write “moal” or leave the entry out",
        ),
    ),
    Concern.UNKNOWN_INDICATOR: wording(
        Rule.REFERENCE,
        _R,
        de=(
            "Dieses Key Result hat keinen Indikator mit dieser Kennung.",
            "die Kennung eines seiner Indikatoren nennen",
            "die Angabe weglassen, dann gilt der erste Frühindikator",
        ),
        en=(
            "This key result has no indicator with this id.",
            "name the id of one of its indicators",
            "leave the entry out, then the first leading indicator is meant",
        ),
    ),
    Concern.UNKNOWN_TEAM: wording(
        Rule.REFERENCE,
        _H,
        de=(
            "Ein Team mit dieser Kennung steht nicht im Buch; es erscheint so, wie es hier steht.",
            "die Kennung eines Teams im Buch nennen",
            "den vollen Namen des Teams schreiben",
        ),
        en=(
            "There is no team with this id in the book; it appears as it stands here.",
            "name the id of a team in the book",
            "write the team's full name",
        ),
    ),
    Concern.ITSELF: wording(
        Rule.REFERENCE,
        _R,
        de=(
            "Das verweist auf sich selbst.",
            "ein anderes Objective oder Team nennen",
            "die Angabe weglassen",
        ),
        en=(
            "This points to itself.",
            "name another objective or team",
            "leave the entry out",
        ),
    ),
    Concern.NO_MOAL: wording(
        Rule.REFERENCE,
        _H,
        de=(
            "Die Strategie nennt noch kein Moal.",
            "es in strategy.yaml unter „moal“ beschreiben",
            "so lassen",
        ),
        en=(
            "The strategy names no Moal yet.",
            "describe it under “moal” in strategy.yaml",
            "leave it as it is",
        ),
    ),
    Concern.NO_DELIVERY: wording(
        Rule.REFERENCE,
        _R,
        de=(
            "Label, Parent und JQL suchen in den Projekten des Teams, und hier ist keines genannt.",
            "„delivery“ mit dem Projekt der Epics ergänzen",
            "die Epics unter „keys“ mit ihrem Schlüssel nennen",
        ),
        en=(
            "Label, parent and JQL search in the team's projects, and none is named here.",
            "add “delivery” with the project of the epics",
            "name the epics by their key under “keys”",
        ),
    ),
    Concern.RENAMED_TO_EXISTING: wording(
        Rule.REFERENCE,
        _R,
        de=(
            "Unter dieser früheren Kennung steht noch ein Team im Buch.",
            "die alte Datei herausnehmen",
            "„was“ weglassen",
        ),
        en=(
            "A team still stands in the book under this former id.",
            "take the old file out",
            "leave “was” out",
        ),
    ),
    Concern.REVIEW_OUTSIDE: wording(
        Rule.REFERENCE,
        _H,
        de=(
            "Der Review liegt außerhalb seines Zyklus. Ist das so gemeint?",
            "den Tag prüfen",
            "so lassen",
        ),
        en=(
            "The review lies outside its cycle. Is that meant?",
            "check the day",
            "leave it as it is",
        ),
    ),
    Concern.OUTSIDE_CYCLE: wording(
        Rule.REFERENCE,
        _H,
        de=(
            "Dieser Tag liegt außerhalb des Zyklus. Ist das so gemeint?",
            "den Tag prüfen",
            "so lassen",
        ),
        en=(
            "This day lies outside the cycle. Is that meant?",
            "check the day",
            "leave it as it is",
        ),
    ),
    Concern.ONLY_FIRST_PAGE: wording(
        Rule.REFERENCE,
        _H,
        de=(
            "Das Team schreibt seine OKR in Confluence; was hier steht, gilt nur für die erste Seite.",
            "auf der Planning-Seite weiterschreiben",
            "„okrs: here“ schreiben, wenn die Datei gelten soll",
        ),
        en=(
            "The team writes its OKRs in Confluence; what stands here only starts the first page.",
            "go on writing on the planning page",
            "write “okrs: here” if the file is to count",
        ),
    ),
    Concern.SOURCES_UNUSED: wording(
        Rule.REFERENCE,
        _H,
        de=(
            "„sources“ wird erst gelesen, wenn das Team seine OKR in Confluence schreibt.",
            "die Quelle direkt beim Indikator nennen",
            "„okrs: confluence“ schreiben",
        ),
        en=(
            "“sources” is read only when the team writes its OKRs in Confluence.",
            "name the source beside the indicator",
            "write “okrs: confluence”",
        ),
    ),
}
"""References, duplicates, and what lies outside its cycle."""
