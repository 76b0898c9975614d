"""The sentences of the works-council pack, ready to be annexed; what is claimed here is what can be tested."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from connector.privacy.words import Both


class Part(Enum):
    """The nine artefacts, and what lies outside the connector."""

    PURPOSE = "purpose"
    FLOW = "flow"
    CATALOGUE = "catalogue"
    ROLES = "roles"
    LOGS = "logs"
    DELETION = "deletion"
    CHANGES = "changes"
    AUDIT = "audit"
    GOALS = "goals"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class PartWords:
    """A heading and what stands below it before the tables."""

    title: Both
    paragraphs: tuple[Both, ...]


LEAD: Final = (
    Both(
        "Diese Seite entsteht aus dem Programm selbst: Sie nennt, was der okr-connector liest, behält und wegfallen "
        "lässt.",
        "This page is made from the program itself: it names what okr-connector reads, keeps and drops.",
    ),
    Both(
        "Sie ist für alle da: für Teams, Betriebsrat und Datenschutz. Sie ersetzt keine rechtliche Prüfung.",
        "It is there for everybody: teams, works council, data protection. It does not replace legal advice.",
    ),
)

_PURPOSE: Final = PartWords(
    Both(
        "1 · Zweck, Umfang, Ausschluss von Leistungs- und Verhaltenskontrolle",
        "1 · Purpose, scope, no control of performance or behaviour",
    ),
    (
        Both(
            "Zweck. Der okr-connector hält die OKR von Teams in Jira und Confluence im Gleichschritt, damit Teams "
            "gemeinsam lernen. Einen anderen Zweck hat er nicht.",
            "Purpose. okr-connector keeps the OKRs of teams in step in Jira and Confluence, so that teams learn "
            "together. It has no other purpose.",
        ),
        Both(
            "Umfang. Der Connector speichert, zeigt, protokolliert und sendet kein Datenfeld, das eine Person benennt "
            "oder beziffert. Von der Arbeit kennt er Nummer, Schlüssel, Projekt, übergeordneten Schlüssel und "
            "Statuskategorie von Epics, dazu die Labels, die das Team selbst genannt hat. Alles Übrige, was Atlassian "
            "schickt, fällt im Arbeitsspeicher weg, bevor etwas geschrieben wird.",
            "Scope. The connector stores, shows, logs and sends no data field that names or numbers a person. Of work "
            "it knows the id, key, project, parent key and status category of epics, and those labels that the team "
            "itself has named. Everything else Atlassian sends is dropped in memory before anything is written.",
        ),
        Both(
            "Keine Zahlen über Arbeit. Story-Points, Zeiten, Durchsatz, erledigte Mengen, Noten, Ranglisten und "
            "Vergleiche von Teams werden nicht berechnet. Es gibt keinen Schalter, der sie hinzufügt.",
            "No figures about work. Story points, times, throughput, amounts of finished work, grades, rankings and "
            "comparisons of teams are not computed. There is no switch that adds them.",
        ),
        Both(
            "Keine Datensätze zu Personen, auch keine pseudonymen: keine Kontonummern, keine Prüfsummen davon, kein "
            "Schlüssel, der zurückführt. Ein Issue-Schlüssel ist ein Zeiger: Wer das Issue in Jira öffnen darf, sieht "
            "dort, was Jira zeigt.",
            "No records of persons, not even pseudonymous ones: no account ids, no hashes of them, no key that leads "
            "back. An issue key is a pointer: whoever may open the issue in Jira sees there what Jira shows.",
        ),
        Both(
            "Vorschlag für eine Vereinbarung. „Daten des okr-connectors werden nicht zur Leistungs- oder "
            "Verhaltenskontrolle einzelner Beschäftigter oder von Gruppen verwendet. Sie fließen nicht in Beurteilung, "
            "Vergütung oder arbeitsrechtliche Maßnahmen ein. Neue Arten von Daten oder Quellen bleiben aus, bis sie "
            "vereinbart sind.“",
            "Proposal for an agreement. “Data of okr-connector are not used to control the performance or behaviour "
            "of individual employees or of groups. They do not enter into appraisal, pay or measures of employment "
            "law. New kinds of data or sources stay off until they are agreed.”",
        ),
        Both(
            "Der Connector unterstützt die Mitbestimmung. Ob und wie der Betriebsrat zu beteiligen ist, entscheidet "
            "sich nicht hier.",
            "The connector supports co-determination. Whether and how the works council is to be involved is not "
            "decided here.",
        ),
    ),
)

_FLOW: Final = PartWords(
    Both("2 · Aufbau und Datenfluss", "2 · Architecture and data flow"),
    (
        Both(
            "Ein Programm auf Ihrem eigenen Rechner, mit eigener Datenbank. Es spricht mit Jira und Confluence, mit "
            "der Stelle, die dafür Tokens ausgibt (OKR_AUTH_URL), und mit den Hosts, die in OKR_METRIC_HOSTS stehen. "
            "Trägt ein Team die Adresse seines Kanals in Slack oder Teams ein (OKR_POSTS), geht dorthin je "
            "Check-in-Seite eine Nachricht: ihr Titel und ihre Adresse. Sonst spricht es mit niemandem. Künstliche "
            "Intelligenz kommt nicht vor.",
            "One program on your own machine, with a database of its own. It talks to Jira and Confluence, to the "
            "place that hands out tokens for them (OKR_AUTH_URL), and to the hosts named in OKR_METRIC_HOSTS. Where a "
            "team enters the address of its channel in Slack or Teams (OKR_POSTS), one message goes there for each "
            "check-in page: its title and its address. It talks to nobody else. There is no artificial intelligence "
            "in it.",
        ),
        Both(
            "Ein Ereignis sagt nur, bei welchem Team nachzusehen ist; was darin steht, wird nicht aufbewahrt. Danach "
            "liest der Connector nach, was er braucht, und nennt dabei die Felder beim Namen.",
            "An event only says which team to look at; what it carries is not kept. Then the connector reads what it "
            "needs, and names the fields it asks for.",
        ),
        Both(
            "Zwei Fragen berühren Personen, und keine fragt, wer es ist. Die eine lautet „{clause}“: nur an unsere "
            "eigenen Issues, zurück kommen nur ihre Nummern. Steht dort jemand, nimmt der Connector den Eintrag "
            "heraus, ohne zu lesen, wer es war. Die andere gilt Seiten, aus denen etwas wiederholt werden soll, und "
            "dem, worunter sie stehen: ob nur einige sie lesen dürfen. Confluence antwortet mit einer Liste, und der "
            "Connector sieht nur, ob sie leer ist.",
            "Two questions touch people, and neither asks who it is. One is “{clause}”: asked of our own issues only, "
            "and only their ids come back. Where somebody is entered, the connector clears the entry without reading "
            "who it was. The other is about pages of which something is to be repeated, and what they stand below: "
            "whether only some may read them. Confluence answers with a list, and the connector only sees whether it "
            "is empty.",
        ),
        Both(
            "Confluence schickt mit jeder Seite Kontonummern ihrer Autorinnen und Autoren, ohne dass man sie "
            "abbestellen kann. Sie sind hier nirgends deklariert und entstehen deshalb nicht; die letzte Tabelle "
            "nennt sie.",
            "With every page Confluence sends account ids of its authors, and there is no way to leave them out. They "
            "are declared nowhere here, so they never come into being; the last table names them.",
        ),
    ),
)

_CATALOGUE: Final = PartWords(
    Both("3 · Datenkatalog", "3 · Data catalogue"),
    (
        Both(
            "Das ist die ganze Datenbank. Es gibt keine Spalte für freien Text, kein JSON und keine Binärdaten; jede "
            "Spalte trägt eine Bedingung, die nur Werte dieser Form zulässt. Zeiten in „resources“ und „rings“ sind "
            "Zeiten des Connectors, nicht der Arbeit.",
            "This is the whole database. There is no column for free text, no JSON and no binary data; each column "
            "carries a condition that lets only values of this form in. Times in “resources” and “rings” are those of "
            "the connector, not of anybody's work.",
        ),
    ),
)

_ROLES: Final = PartWords(
    Both("4 · Rollen und Zugriff", "4 · Roles and access"),
    (
        Both(
            "Der Connector hat keine Benutzerkonten. Wer eine Seite sieht, entscheidet Confluence. Leitung und Teams "
            "sehen dieselben Seiten; eine eigene Auswertung für Vorgesetzte gibt es nicht.",
            "The connector has no user accounts. Confluence decides who sees a page. Leadership and teams see the same "
            "pages; there is no evaluation for superiors.",
        ),
    ),
)

WORDS_TO_FLOW: Final[Mapping[Part, PartWords]] = {
    Part.PURPOSE: _PURPOSE,
    Part.FLOW: _FLOW,
    Part.CATALOGUE: _CATALOGUE,
    Part.ROLES: _ROLES,
}
