"""What things are read and kept for: a closed list, so that none is without a reason."""

from enum import Enum

from connector.privacy.words import Both


class Purpose(Enum):
    """One reason, in both languages."""

    LOOK = Both("finden, was anzusehen ist", "to find what to look at")
    BELONGING = Both("Epics ihrem Frühindikator zuordnen", "to bring epics to their leading indicator")
    EPIC_STATE = Both("den Zustand eines Epics zeigen", "to show the state of an epic")
    OURS = Both("eigene Issues und Seiten wiederfinden, nichts doppelt anlegen", "to find our own again, never twice")
    WRITING = Both("eigene Seiten schreiben, ohne Worte der Teams zu ändern", "to write pages, never a team's words")
    ANSWERS = Both("die Antworten des Teams auf seine Seite zurückbringen", "to bring a team's answers to its pages")
    ASKING_BACK = Both(
        "wissen, in welcher Zelle Worte ohne lesbaren Wert stehen", "to know in which cell words stand without a value"
    )
    SERIES = Both("den Verlauf eines Frühindikators zeigen", "to show the series of a leading indicator")
    READ_ON = Both("in langen Antworten weiterlesen", "to read on in a long answer")
    SETTING_UP = Both("prüfen, ob die Einrichtung stimmt", "to check that the installation is right")
    WAY_IN = Both("sich bei Jira und Confluence als Dienstkonto ausweisen", "to come as the service account")
    GUARD = Both(
        "keine Abfrage senden, die Menschen oder Arbeit betrifft", "to send no query that is about people or work"
    )
    LEAVING = Both("beim Abschied alles Eigene wieder wegnehmen", "to take all that is ours away again on leaving")
    REFUSAL = Both(
        "verstehen, warum Jira oder Confluence etwas ablehnt", "to understand why Jira or Confluence refuses something"
    )
    QUEUE = Both("kein Ereignis verlieren und keines doppelt bearbeiten", "to lose no event and to serve none twice")
    ARRIVALS = Both("sehen, ob Ereignisse überhaupt ankommen", "to see whether events arrive at all")
    RHYTHM = Both("jeden Termin im Rhythmus genau einmal bedienen", "to serve every moment of the rhythm just once")
    COUNTS = Both("den Betrieb in Zahlen zeigen, ohne Team und Text", "to show how it runs in counts, no team, no text")
    PROOF = Both("zeigen, dass geprüft und gelöscht wurde", "to show that it was checked and deleted")
    SCHEMA = Both("den Stand der Datenbank kennen", "to know the version of the database")


class Leftover(Enum):
    """Where something ends that is in no column."""

    MEMORY = Both("nur im Arbeitsspeicher, bis der Lauf endet", "in memory only, until the run ends")
    PAGE = Both("auf der Seite des Teams, solange es sie gibt", "on the team's page, as long as that is there")
