"""R1–R14 in words: what the method leaves out or asks about. Nothing here says wrong, forbidden or must."""

from collections.abc import Mapping
from typing import Final

from mappings.concerns import Concern, Level, Rule, Wording, wording

_R, _H = Level.REFUSED, Level.HINT

METHOD_WORDS: Final[Mapping[Concern, Wording]] = {
    Concern.PERSON_IN_QUERY: wording(
        Rule.R1,
        _R,
        de=(
            "Diese Abfrage enthält ein Personenfeld und wird nicht übernommen.",
            "nach Epic, Label oder Komponente fragen",
            "die Abfrage weglassen und die Zahl im Check-in eintragen",
        ),
        en=(
            "This query contains a person field and is left out.",
            "ask by epic, label or component instead",
            "leave the query out and enter the figure at the check-in",
        ),
    ),
    Concern.SAVED_FILTER: wording(
        Rule.R1,
        _R,
        de=(
            "Diese Abfrage verweist auf einen gespeicherten Filter, den wir hier nicht lesen können: Darin könnte ein "
            "Personenfeld stehen.",
            "den Inhalt des Filters selbst in die Abfrage schreiben",
            "nach Epic, Label oder Komponente fragen",
        ),
        en=(
            "This query points to a saved filter that we cannot read here: it could contain a person field.",
            "write what the filter asks into the query itself",
            "ask by epic, label or component instead",
        ),
    ),
    Concern.UNREADABLE_FUNCTION: wording(
        Rule.R1,
        _R,
        de=(
            "Diese Abfrage ruft eine Funktion auf, die wir nicht kennen: Was sie liest, könnten Personen sein.",
            "die gemeinten Werte ausschreiben",
            "nach Epic, Label oder Komponente fragen",
        ),
        en=(
            "This query calls a function that we do not know: what it reads could be people.",
            "write out the values that are meant",
            "ask by epic, label or component instead",
        ),
    ),
    Concern.PERSON_AS_OWNER: wording(
        Rule.R2,
        _R,
        de=(
            "OKR gehören hier einem Team; die Person wird nicht übernommen.",
            "das Team eintragen",
            "eine Rolle als Text nennen",
        ),
        en=(
            "OKRs here belong to a team; the person is left out.",
            "enter the team",
            "name a role as text",
        ),
    ),
    Concern.SIZE_AS_LIST: wording(
        Rule.R2,
        _R,
        de=(
            "Die Größe eines Teams ist hier eine Zahl; eine Liste wird nicht übernommen, denn sie nennt Menschen.",
            "die Zahl eintragen, etwa 7",
            "eine Rolle als Text nennen",
        ),
        en=(
            "The size of a team is a number here; a list is left out because it names people.",
            "enter the number, such as 7",
            "name a role as text",
        ),
    ),
    Concern.TEAM_TOO_SMALL: wording(
        Rule.R2,
        _R,
        de=(
            "Für weniger als drei Menschen legt der Connector keine OKR an: Zahlen ließen sich einer Person zuordnen.",
            "mit einem Nachbarteam planen",
            "die OKR frei in Confluence führen",
        ),
        en=(
            "For fewer than three people the connector makes no OKRs: figures could be matched to one person.",
            "plan together with a neighbouring team",
            "keep the OKRs freely in Confluence",
        ),
    ),
    Concern.PERSONAL_SPACE: wording(
        Rule.R2,
        _R,
        de=(
            "Dieser Bereich gehört einer Person und wird nicht übernommen: OKR gehören hier einem Team.",
            "den Bereich des Teams eintragen",
            "die Zeile weglassen, dann gilt der Bereich der Strategie",
        ),
        en=(
            "This space belongs to a person and is left out: OKRs here belong to a team.",
            "enter the team's space",
            "leave the line out, then the strategy's space is used",
        ),
    ),
    Concern.PERSON_IN_PAYLOAD: wording(
        Rule.R3,
        _R,
        de=(
            "Die Personenfelder dieser Nachricht werden nicht übernommen: Wir brauchen nur Schlüssel und Zustand.",
            "nur die Kennung des Vorgangs senden",
            "mit „okr strip --explain“ ansehen, was übrig bleibt",
        ),
        en=(
            "The person fields of this message are left out: we only need a key and a state.",
            "send the issue's key alone",
            "look at what remains with “okr strip --explain”",
        ),
    ),
    Concern.PERSON_IN_REPORT: wording(
        Rule.R4,
        _R,
        de=(
            "Nach Personen wird hier nicht gruppiert oder gefiltert: Wir halten keine Daten über sie.",
            "nach Team fragen",
            "nach Objective oder Indikator fragen",
        ),
        en=(
            "Nothing is grouped or filtered by person here: we keep no data about people.",
            "ask by team",
            "ask by objective or indicator",
        ),
    ),
    Concern.WORK_KEY: wording(
        Rule.R5,
        _R,
        de=(
            "„{key}“ misst Arbeit und wird nicht übernommen: Eine Annahme zeigt sich daran, was Menschen tun.",
            "die Epics unter „epics“ als Beleg nennen",
            "einen Indikator für die Wirkung wählen",
        ),
        en=(
            "“{key}” measures work and is left out: an assumption shows in what people do.",
            "name the epics under “epics” as evidence",
            "choose an indicator of the outcome",
        ),
    ),
    Concern.WORK_IN_COUNT: wording(
        Rule.R5,
        _R,
        de=(
            "Diese Abfrage zählt erledigte oder gemessene Arbeit und wird nicht übernommen: Gezählt wird, was "
            "Kundinnen und Kunden bringen.",
            "die Bedingung weglassen und nach Label oder Komponente zählen",
            "die Epics unter „epics“ als Beleg nennen",
        ),
        en=(
            "This query counts finished or measured work and is left out: what is counted is what customers bring.",
            "leave the condition out and count by label or component",
            "name the epics under “epics” as evidence",
        ),
    ),
    Concern.WORK_IN_SELECTOR: wording(
        Rule.R5,
        _R,
        de=(
            "Diese Abfrage wählt Epics nach gemessener Arbeit aus und wird nicht übernommen: Ein Epic ist hier "
            "ein Beleg.",
            "nach Label, Komponente oder übergeordnetem Vorgang fragen",
            "die Epics mit ihrem Schlüssel nennen",
        ),
        en=(
            "This query chooses epics by measured work and is left out: an epic is evidence here.",
            "ask by label, component or parent",
            "name the epics by their key",
        ),
    ),
    Concern.COUNT_IN_DELIVERY: wording(
        Rule.R5,
        _H,
        de=(
            "Hier wird in einem Projekt gezählt, in dem auch die Epics liegen. Zählen wir, was "
            "Kundinnen und Kunden bringen?",
            "in dem Projekt zählen, in dem ihre Anfragen ankommen",
            "so lassen, wenn es ihre Anfragen sind",
        ),
        en=(
            "This counts in a project where the epics live as well. Do we count what customers bring?",
            "count in the project where their requests arrive",
            "leave it if these are their requests",
        ),
    ),
    Concern.STATE_IN_SELECTOR: wording(
        Rule.R5B,
        _H,
        de=(
            "Mit dieser Bedingung kann ein Epic von der Seite verschwinden, sobald sich sein Zustand ändert; dann "
            "fragt niemand mehr, was wir seitdem sehen.",
            "die Bedingung weglassen",
            "so lassen",
        ),
        en=(
            "With this condition an epic can leave the page as soon as its state changes; then nothing asks any more "
            "what we have seen since.",
            "leave the condition out",
            "leave it as it is",
        ),
    ),
    Concern.DAILY_BUSINESS: wording(
        Rule.R5B,
        _H,
        de=(
            "Das liest sich wie Tagesgeschäft. Gehört es zu einer Annahme?",
            "das Epic bei einem Indikator nennen",
            "so lassen",
        ),
        en=(
            "This reads like daily business. Does it belong to an assumption?",
            "name the epic beside an indicator",
            "leave it as it is",
        ),
    ),
    Concern.SCORE_KEY: wording(
        Rule.R6,
        _R,
        de=(
            "„{key}“ bewertet und wird nicht übernommen: Hier wird beobachtet, nicht benotet oder verglichen.",
            "den Stand der Annahme im Check-in in Worten nennen",
            "einen Indikator mit Zielbereich eintragen",
        ),
        en=(
            "“{key}” rates and is left out: here we observe, we do not grade or compare.",
            "say in words at the check-in where the assumption stands",
            "enter an indicator with a target range",
        ),
    ),
}
"""The first part of the table: people, work and grades."""
