"""R7–R14 in words: personnel and pay, rhythm without pressure, and the questions that only ask."""

from collections.abc import Mapping
from typing import Final

from mappings.concerns import Concern, Level, Rule, Wording, wording

_R, _H = Level.REFUSED, Level.HINT

METHOD_QUESTIONS: Final[Mapping[Concern, Wording]] = {
    Concern.HR_KEY: wording(
        Rule.R7,
        _R,
        de=(
            "„{key}“ gehört in die Personalverwaltung und wird nicht übernommen: OKR gehören hier einem Team.",
            "das Team eintragen",
            "die Angabe dort lassen, wo sie herkommt",
        ),
        en=(
            "“{key}” belongs to personnel administration and is left out: OKRs here belong to a team.",
            "enter the team",
            "leave the entry where it comes from",
        ),
    ),
    Concern.PAY_KEY: wording(
        Rule.R8,
        _R,
        de=(
            "„{key}“ handelt von Bezahlung und wird nicht übernommen: Geld hängt hier nicht an OKR.",
            "die Zeile weglassen",
            "die Wirkung als Annahme mit einem Indikator beschreiben",
        ),
        en=(
            "“{key}” is about pay and is left out: no money depends on OKRs here.",
            "leave the line out",
            "describe the outcome as an assumption with an indicator",
        ),
    ),
    Concern.OUTPUT_WORDING: wording(
        Rule.R9,
        _H,
        de=(
            "„{word}“ beschreibt, was wir tun. Was verändert sich dadurch, und bei wem?",
            "umformulieren",
            "als Epic bei einem Key Result eintragen",
            "so lassen",
        ),
        en=(
            "“{word}” describes what we do. What changes because of it, and for whom?",
            "put it in other words",
            "enter it as an epic beside a key result",
            "leave it as it is",
        ),
    ),
    Concern.MANY_OBJECTIVES: wording(
        Rule.R9,
        _H,
        de=(
            "Das sind mehr als {limit} Objectives in einem Zyklus. Auf welche könnten wir verzichten?",
            "eines in den nächsten Zyklus legen",
            "so lassen",
        ),
        en=(
            "These are more than {limit} objectives in one cycle. Which could we do without?",
            "move one to the next cycle",
            "leave it as it is",
        ),
    ),
    Concern.MANY_KEY_RESULTS: wording(
        Rule.R9,
        _H,
        de=(
            "Das sind mehr als {limit} Key Results an einem Objective. Auf welche könnten wir verzichten?",
            "zwei Annahmen zusammenfassen",
            "so lassen",
        ),
        en=(
            "These are more than {limit} key results for one objective. Which could we do without?",
            "merge two assumptions",
            "leave it as it is",
        ),
    ),
    Concern.ALL_LAGGING: wording(
        Rule.R9,
        _H,
        de=(
            "Hier gibt es nur Spätindikatoren. Woran würden wir es schon in den nächsten zwei Wochen merken?",
            "einen Frühindikator ergänzen (kind: leading)",
            "so lassen und im Review hinschauen",
        ),
        en=(
            "There are only lagging indicators here. What would we notice within the next two weeks?",
            "add a leading indicator (kind: leading)",
            "leave it and look at it in the review",
        ),
    ),
    Concern.NO_INDICATOR: wording(
        Rule.R9,
        _R,
        de=(
            "Ohne Indikator lässt sich eine Annahme nicht beobachten: Es braucht mindestens einen Frühindikator.",
            "einen Frühindikator mit der Quelle „observed“ eintragen, dann steht die Zahl auf der Check-in-Seite",
            "das Key Result weglassen, bis es so weit ist",
        ),
        en=(
            "Without an indicator an assumption cannot be observed: it needs at least one leading indicator.",
            "enter a leading indicator with the source “observed”, then the figure is a row of the check-in page",
            "leave the key result out until it is ready",
        ),
    ),
    Concern.NUMBER_IN_MOAL: wording(
        Rule.R10,
        _H,
        de=(
            "Im Moal steht eine Zahl. Ist das ein Bild, oder ein Ziel für die Teams?",
            "das Bild in Worten erzählen",
            "so lassen",
        ),
        en=(
            "There is a number in the Moal. Is it a picture, or a target for the teams?",
            "tell the picture in words",
            "leave it as it is",
        ),
    ),
    Concern.HANDED_DOWN: wording(
        Rule.R10,
        _H,
        de=(
            "Das ist ein Vorschlag an das Team; OKR entstehen daraus erst, wenn das Team sie aufschreibt.",
            "den Vorschlag mit dem Team besprechen",
            "ihn als Teil des Rahmens stehen lassen",
        ),
        en=(
            "This is a proposal to the team; it becomes OKRs only when the team writes them.",
            "talk the proposal over with the team",
            "leave it as part of the frame",
        ),
    ),
    Concern.NUDGE_KEY: wording(
        Rule.R11,
        _R,
        de=(
            "„{key}“ wird nicht übernommen: Niemand wird hier gemahnt, eine Woche ohne Check-in ist einfach eine.",
            "den Rhythmus unter „rhythm“ ändern",
            "ruhige Wochen unter „quiet_weeks“ eintragen",
        ),
        en=(
            "“{key}” is left out: nobody is nudged here, a week without a check-in is just that.",
            "change the rhythm under “rhythm”",
            "enter quiet weeks under “quiet_weeks”",
        ),
    ),
    Concern.APPROVAL_KEY: wording(
        Rule.R12,
        _R,
        de=(
            "„{key}“ wird nicht übernommen: OKR gelten, wenn das Team es sagt, ohne Freigabe.",
            "im Planning gemeinsam darüber sprechen",
            "den Rahmen der Führung unter „frame“ beschreiben",
        ),
        en=(
            "“{key}” is left out: OKRs hold when the team says so, without approval.",
            "talk about it together in the planning",
            "describe leadership's frame under “frame”",
        ),
    ),
    Concern.LOCK_KEY: wording(
        Rule.R13,
        _R,
        de=(
            "„{key}“ wird nicht übernommen: Rhythmus und Fragen bestimmt das Team.",
            "einen Rhythmus unter „rhythm“ vorschlagen",
            "den Rahmen der Führung unter „frame“ beschreiben",
        ),
        en=(
            "“{key}” is left out: the team decides about its rhythm and its questions.",
            "suggest a rhythm under “rhythm”",
            "describe leadership's frame under “frame”",
        ),
    ),
    Concern.NAME_IN_TEXT: wording(
        Rule.R14,
        _H,
        de=(
            "Hier steht vermutlich ein Name. Reicht die Rolle?",
            "die Rolle nennen",
            "so lassen",
        ),
        en=(
            "There is probably a name here. Would the role do?",
            "name the role",
            "leave it as it is",
        ),
    ),
    Concern.TEAM_LIKE_A_NAME: wording(
        Rule.R14,
        _H,
        de=(
            "Das Team heißt vermutlich nach einem Menschen. Reicht die Aufgabe als Name?",
            "das Team nach seiner Aufgabe nennen",
            "so lassen",
        ),
        en=(
            "The team is probably called after a person. Would its task do as a name?",
            "call the team after its task",
            "leave it as it is",
        ),
    ),
}
"""The second part of the table."""
