"""The sentences of the pack about logs, deletion, changes, audit, goals, and what lies outside the connector."""

from collections.abc import Mapping
from typing import Final

from connector.privacy.pack_words import Part, PartWords
from connector.privacy.words import Both

_LOGS: Final = PartWords(
    Both("5 · Protokolle", "5 · Logs"),
    (
        Both(
            "Protokolle dienen der Fehlersuche und der Sicherheit, sonst nichts. Jede Zeile ist ein fester Satz aus "
            "dem Programm mit wenigen typisierten Angaben; Worte von Menschen oder von Atlassian kann sie nicht "
            "halten. Zugriffsprotokolle schreibt der Connector nicht. Vorschlag: 14 Tage aufbewahren, das richtet der "
            "Betrieb ein.",
            "Logs serve fault finding and security, nothing else. Every line is a constant sentence of the program "
            "with a few typed facts; it cannot hold words of people or of Atlassian. The connector writes no access "
            "log. Proposal: keep them for 14 days, which is for operations to set up.",
        ),
    ),
)

_DELETION: Final = PartWords(
    Both("6 · Löschen", "6 · Deletion"),
    (
        Both(
            "Was seinen Zweck erfüllt hat, wird gelöscht, und zwar wirklich: gelöschter Text wird in der Datei "
            "überschrieben, das Schreibprotokoll der Datenbank geleert.",
            "What has served its purpose is deleted, and really so: deleted text is overwritten in the file, and the "
            "database's journal is emptied.",
        ),
        Both(
            "Das geschieht jede Nacht. „okr privacy deletions“ zeigt je Nacht und Tabelle, wie viele Zeilen es waren. "
            "Auf PostgreSQL werden die Tabellen einmal im Monat neu geschrieben; bis dahin, und in Sicherungen, die "
            "Sie selbst anlegen, kann Gelöschtes noch liegen.",
            "This happens every night. “okr privacy deletions” shows how many rows there were, by night and table. On "
            "PostgreSQL tables are written anew once a month; until then, and in backups of your own, deleted rows may "
            "still lie.",
        ),
        Both(
            "Die Datenbank kann jederzeit ganz gelöscht werden: Ein Lauf findet alles auf den Seiten und Issues "
            "wieder.",
            "The database can be deleted as a whole at any time: one run finds everything again on pages and issues.",
        ),
    ),
)

_CHANGES: Final = PartWords(
    Both("7 · Änderungen", "7 · Changes"),
    (
        Both(
            "Nummer {number}, Prüfsumme {hash}. Beide stehen für die Arten von Daten und Quellen: gelesene Felder, "
            "Spalten, Aufrufe, Arten von Quellen. Gleiche Nummer heißt: kein neues Feld.",
            "Number {number}, hash {hash}. Both stand for the kinds of data and sources: declared fields, columns, "
            "calls, kinds of sources. The same number means: no new field.",
        ),
        Both(
            "Ein neues Team oder ein neuer Frühindikator einer vereinbarten Art ändert nichts. Eine neue Art von "
            "Quelle bleibt aus, bis sie vereinbart ist; das Übrige läuft weiter.",
            "A new team, or a new indicator of an agreed kind, changes nothing. A new kind of source stays off until "
            "it is agreed; the rest runs on.",
        ),
    ),
)

_AUDIT: Final = PartWords(
    Both("8 · Prüfen, ohne uns zu glauben", "8 · Checking without trusting us"),
    (
        Both(
            "„okr privacy verify“ schickt auf Ihrem Rechner erfundene Personen durch das echte Programm und sucht sie "
            "danach überall: Datenbank, Protokolle, Antworten, Seiten. Zur Gegenprobe wird je Ort eine Spur gelegt, "
            "die gefunden werden muss.",
            "“okr privacy verify” sends invented people through the real program on your machine and then looks for "
            "them everywhere: database, logs, answers, pages. As a control a trace is planted in each place, which has "
            "to be found.",
        ),
        Both(
            "„okr strip --explain“ und die Seite /privacy zeigen für jede Nachricht, was von ihr bleibt.",
            "“okr strip --explain” and the page /privacy show what remains of any message.",
        ),
    ),
)

_GOALS: Final = PartWords(
    Both("9 · Schutzziele und Schwelle zur Folgenabschätzung", "9 · Protection goals and the DPIA threshold"),
    (
        Both(
            "Vorlage für die eigene Prüfung: die Gewährleistungsziele des Standard-Datenschutzmodells, dazu die "
            "Schwelle des Art. 35 DSGVO. Die Bewertung liegt beim Verantwortlichen.",
            "A draft for your own assessment: the goals of the Standard Data Protection Model, and the threshold of "
            "Art. 35 GDPR. The judgement is the controller's.",
        ),
    ),
)

_OUTSIDE: Final = PartWords(
    Both("Was außerhalb des Connectors bleibt", "What remains outside the connector"),
    (
        Both(
            "Atlassian selbst behält: wer welche Version einer Seite geschrieben hat und wann, wer Seiten aufruft (je "
            "nach Tarif und Einstellung), Kommentare, Erwähnungen und Beobachter, in Jira die zugewiesene Person, "
            "Ersteller und den ganzen Verlauf. Das ändert der Connector nicht; es gehört in Ihre Regelung zu Jira und "
            "Confluence.",
            "Atlassian itself keeps: who wrote which version of a page and when, who views pages (depending on plan "
            "and settings), comments, mentions and watchers, in Jira the assignee, the creator and the whole history. "
            "The connector does not change that; it belongs into your rules on Jira and Confluence.",
        ),
        Both(
            "Ein Bericht über Seiteneigenschaften in Confluence kann noch: die Check-ins eines Teams Woche für Woche "
            "untereinander stellen, und die Antworten, die für das ganze Team gelten, mehrerer Teams nebeneinander. "
            "Auch die Zahl der Kommentare und Likes einer Seite kann er zeigen. Zustände und Zuversicht mehrerer Teams "
            "stellt er nicht in eine Spalte, solange ihre Key Results verschieden heißen, weil diese Zeilen deren "
            "Namen tragen. Was darüber hinaus ausgeschlossen sein soll, regeln Sie in Confluence.",
            "A page-properties report in Confluence can still: list the check-ins of one team week by week, and put "
            "the answers that are a whole team's side by side for several teams. It can show the number of comments "
            "and likes of a page, too. It does not put states and confidences of several teams into one column as "
            "long as their key results have different names, because those rows carry that name. What is to be ruled "
            "out beyond that, you rule out in Confluence.",
        ),
        Both(
            "Ausnahmen. Erstens: Konten für den Betrieb gibt es nicht, nur ein gemeinsames Kennwort (OKR_UI_TOKEN); "
            "die Adresse des Dienstkontos steht in den Einstellungen. Nehmen Sie dafür kein persönliches Konto. "
            "Zweitens: Text, den ein Team in seine OKR oder in einen Check-in schreibt, kann Namen enthalten; er "
            "bleibt in Confluence und in den Dateien und kommt nicht in die Datenbank. Drittens: was Atlassian selbst "
            "behält.",
            "Exceptions. First: there are no operators' accounts, only one shared password (OKR_UI_TOKEN); the address "
            "of the service account stands in the settings. Do not use a personal account for it. Second: text that a "
            "team writes into its OKRs or a check-in may hold names; it stays in Confluence and in the files and does "
            "not enter the database. Third: what Atlassian itself keeps.",
        ),
        Both(
            "Kleine Teams: Wer weiß, wer in einem Team ist, kann aus dem, was ein Team gemeinsam schreibt, auf "
            "Menschen schließen. Unter drei Menschen legt der Connector deshalb keine OKR an; darüber hinaus "
            "behauptet er keine Anonymität im Rechtssinn.",
            "Small teams: whoever knows who is in a team may draw conclusions from what it writes together. Below "
            "three people the connector therefore makes no OKRs; beyond that it does not claim anonymity in law.",
        ),
    ),
)

WORDS_OF_PROOF: Final[Mapping[Part, PartWords]] = {
    Part.LOGS: _LOGS,
    Part.DELETION: _DELETION,
    Part.CHANGES: _CHANGES,
    Part.AUDIT: _AUDIT,
    Part.GOALS: _GOALS,
    Part.OUTSIDE: _OUTSIDE,
}
